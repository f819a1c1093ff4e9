/* Wholes that have no fewer than the most of each of their groups, together: a year's persons, of whom nobody is of two ages, and those of each age in each
   month. Or, of sign −1, no more than the least of each: who never changed in a year was at the same parts in all its months, and those at just these in
   each. How many of a group the whole holds is in no table: at least the most, or at most the least, of what is counted of it, so that whether a table is
   possible is seen from the table alone. A group's items are sums of atoms. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_MOST_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_MOST_H

#include "stages/protect/engine/system.h"

struct most {
	size_t wholes, whole_room;
	struct most_whole {
		uint32_t atom;
		int sign;       /* 1: no fewer than the most of each group; −1: no more than the least */
		size_t first;   /* its groups are group[first] … up to the next whole's */
		int64_t left;   /* in truth it has so many more than its groups need (−1: than it has they leave), at least 0; filled by most_index, like all below */
	} *whole;
	size_t groups, group_room;
	struct most_group {
		size_t first;   /* of its items */
		uint32_t whole;
		uint32_t top;   /* the first item that has the most (−1: the least) in truth … */
		int64_t height; /* … and how many that is, times the sign */
	} *group;
	size_t items, item_room;
	size_t *item; /* its first term */
	size_t terms, term_room;
	uint32_t *term; /* atoms */
	size_t *held_first; /* of each atom: the groups that hold it are held[held_first[atom]] … held[held_first[atom + 1] − 1], some of them several times */
	uint32_t *held;
	int64_t *rise;      /* likewise: so far it may rise by itself; INT64_MAX: nothing bounds it. Of wholes of sign −1 only they themselves are */
	uint32_t *is;       /* of each atom: 1 + a whole that it is; 0: none */
	uint32_t *before;   /* of each whole: 1 + another one of the same atom; 0: none */
};

/* Begins a whole of sign 1 or −1, a group of the latest whole, an item of the latest group; adds an atom to the latest item. -1 with the error set when
   memory is out. */
int most_whole(struct system *system, size_t atom, int sign, struct error *error);
int most_group(struct system *system, struct error *error);
int most_item(struct system *system, struct error *error);
int most_term(struct system *system, size_t atom, struct error *error);

/* Where each list ends. */
size_t most_groups_end(const struct most *most, size_t whole);
size_t most_items_end(const struct most *most, size_t group);
size_t most_terms_end(const struct most *most, size_t item);

/* Adds those of another system whose whole is an atom of part `number`; of: of each of its atoms the part, place: its number in `to`. -1 likewise. */
int most_take(struct system *to, const struct system *from, const uint32_t *of, const uint32_t *place, size_t number, struct error *error);

/* What goes by the atoms' true counts, when all are there. -1 likewise. */
int most_index(struct system *system, struct error *error);

/* A table at hand: what it makes of wholes and groups. In whole numbers, or between them, as a program's solution may be. */
struct most_view {
	const struct system *system;
	double *change;    /* of each atom; 0 between most_end and most_begin */
	size_t atoms;      /* those that differ */
	uint32_t *atom;
	size_t groups;     /* the groups that it touches, … */
	uint32_t *group;
	bool *touched;
	double *height;    /* … and of each of all groups the most (−1: less the least), and the item that has it */
	uint32_t *top;
	size_t wholes;     /* likewise */
	uint32_t *whole;
	bool *moved;
	double *left;
};

/* A view of the tables of a system with wholes, sealed, in an arena. NULL with the error set when memory is out. */
struct most_view *most_view_new(const struct system *system, struct arena *arena, struct error *error);

/* A table begins; an atom differs in it, each at most once; whether every whole has what its groups need. */
void most_begin(struct most_view *view);
void most_move(struct most_view *view, uint32_t atom, double change);
bool most_end(struct most_view *view);

/* All of that for a table's changes. */
bool most_holds(struct most_view *view, size_t moved, const uint32_t *atom, const int64_t *change);

/* Whether a whole lacks some, as the view has it. */
bool most_lacks(const struct most_view *view, uint32_t whole);

#endif
