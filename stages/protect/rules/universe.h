/* Sets of counts that an attacker sees together.

   A universe is a table of atoms: counts in the finest cross classes, persons or participations, each in one atom. A view
   is a table over it: each of its cells is a set of atoms, the product of one set of codes a dimension (a single code, a group,
   or all codes: TOT). What an attacker knows of a withheld count: that it is at least 1, and all other published cells.
   Zeros are published. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_UNIVERSE_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_UNIVERSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

#define UNIVERSE_DIMENSIONS 4
#define UNIVERSE_VIEWS 18

/* The cell codes of a dimension of which an atom's change from one code to another changes the cells: those that contain one of the two
   alone, or of one code with itself, all that contain it. */
struct view_side {
	size_t count;
	struct side_code {
		size_t cell; /* code × the cells that a step in this dimension passes */
		bool loses;  /* it contains the other one */
	} *code;
};

/* One dimension of a view: `codes` cell codes, each a set of atom codes. */
struct view_dimension {
	size_t codes;
	bool *holds;       /* codes × atom codes: whether the cell code contains the atom code */
	unsigned *weight;  /* how dear a cell of this code is: 1 the finest, more for totals */
	size_t **with;     /* by atom code: the cell codes that contain it … */
	size_t *with_count;
	size_t **atoms;    /* by cell code: the atom codes in it … */
	size_t *atom_count;
	size_t step;       /* cells between neighbours, from universe_rooms on */
};

/* What a cycle meets in a cell: the change of it must lie between `least` and `most`, and withholding it costs `price`. */
struct view_room {
	int64_t least, most; /* least above most: no cycle may change it */
	uint64_t price;      /* the toll alone when it is withheld or not printed */
};

struct view {
	bool visible;     /* its cells are printed; a hidden view holds differences that could be computed from printed ones */
	bool given;       /* its values are set by the caller and not sums of atoms (persons beside participations) */
	bool frozen;      /* its statuses are decided elsewhere: no cycle may change a cell that is not withheld */
	struct view *twin; /* cells of equal place share one status; NULL without */
	uint64_t toll;     /* what changing a cell costs beside withholding it: other universes have it, too */
	int64_t *floor;    /* by cell: the least that it can be when it is withheld; 0 is 1 */
	const int64_t *ceiling; /* by cell: the count of the whole that the cell is a part of; NULL without */
	struct view_dimension dimension[UNIVERSE_DIMENSIONS];
	size_t cells;
	int64_t *value;
	bool *withheld;
	bool *known;       /* set by the caller: published earlier with this value: withheld or not, it can be no other */
	bool *target;      /* set by the caller: must be withheld and have a witness, small or not */
	bool *target_down; /* set by the caller: must have a witness in which it is smaller (its rest is small) */
	int64_t *span;     /* set by the caller, of amounts: how far a target must be able to rise and to fall; 0: be another */
	bool *lacking;     /* frozen cells that would have to be withheld before all small cells have a witness */
	int64_t *raised, *lowered; /* the most that any witness adds to the cell, takes from it */
	struct view_room *room;    /* from universe_rooms on */
	size_t base;       /* from universe_rooms on: the number of its first cell among the cells of all views, in which tables that are found are kept */
	bool *mark;        /* from universe_rooms on, by cell: work space, all 0 between uses; likewise */
	int64_t *sum;
	bool idle;         /* hidden cells that are not protected: what tables that are kept must say of, too */
};

struct universe {
	struct arena *arena;
	size_t dimensions;
	size_t codes[UNIVERSE_DIMENSIONS];
	size_t atoms;
	int64_t *atom;
	size_t views;
	struct view *view[UNIVERSE_VIEWS];
	size_t *by_size[UNIVERSE_DIMENSIONS]; /* codes by the sum of their atoms, the largest first */
	unsigned char *may_change;            /* by atom, from universe_rooms on: enum universe_freedom */
	struct view_side **side[UNIVERSE_DIMENSIONS]; /* by two atom codes, from universe_rooms on: NULL until asked for (universe_sides) */
	struct found *found;                  /* set by the caller: where the tables that are found are kept (found.h); NULL: nowhere */
};

/* Whether some table that an attacker must reckon with has another count in an atom. */
enum universe_freedom { FREEDOM_UNASKED, FREEDOM_NONE /* a printed zero contains it */, FREEDOM_SOME };

/* A universe with all atoms 0. NULL with the error set when memory is out. */
struct universe *universe_new(size_t dimensions, const size_t *codes, struct arena *arena, struct error *error);

/* Index of the atom with these codes. */
size_t universe_atom(const struct universe *universe, const size_t *code);

/* A view with `codes[d]` cell codes in dimension d, each still empty; values are summed by universe_protect. NULL with the
   error set when memory is out or there are too many views (EXIT_BUG). */
struct view *universe_view(struct universe *universe, const size_t *codes, bool visible, struct error *error);

/* Cell code c of dimension d contains the atom code; every atom code for view_holds_all. `weight` ≥ 1. */
void view_holds(const struct universe *universe, struct view *view, size_t d, size_t c, size_t atom_code);
void view_holds_all(const struct universe *universe, struct view *view, size_t d, size_t c, unsigned weight);

/* Index of the cell with these cell codes. */
size_t view_cell(const struct universe *universe, const struct view *view, const size_t *code);

/* The cells of a view that contain an atom, one after another. */
struct universe_walk {
	const struct universe *universe;
	const struct view *view;
	size_t atom[UNIVERSE_DIMENSIONS], turn[UNIVERSE_DIMENSIONS];
	size_t cell[UNIVERSE_DIMENSIONS + 1]; /* as far as the dimensions before each determine it */
	bool done;
};
void universe_walk_start(struct universe_walk *walk, const struct universe *universe, const struct view *view, size_t atom);
bool universe_walk_next(struct universe_walk *walk, size_t *cell);

/* Whether no witness may change the cell: it is known, or decided elsewhere and not withheld. */
bool view_is_fixed(const struct view *view, size_t cell);

/* The least that a visible cell other than 0 can be in any table: 1, or its floor. */
int64_t view_floor(const struct view *view, size_t cell);

/* How dear a cell is by its codes; and a mild preference for withholding small values: the bits of a count. */
uint64_t universe_weight(const struct universe *universe, const struct view *view, size_t cell);
uint64_t universe_size(int64_t value);

/* Works out the rooms of all cells, when everything but `withheld` is final: from here on a cell is withheld by view_withhold alone,
   which sets its twin and both rooms too. -1 with the error set when memory is out. */
int universe_rooms(struct universe *universe, struct error *error);
void view_withhold(const struct universe *universe, struct view *view, size_t cell);

/* After universe_rooms. No cycle may change the cell; or, no longer held, again what may. */
void view_hold(const struct universe *universe, struct view *view, size_t cell, bool held);

/* After universe_rooms: the sides of dimension d between two atom codes, one a view, by number. NULL with the error set when memory is
   out. */
const struct view_side *universe_sides(const struct universe *universe, size_t d, size_t from, size_t to, struct error *error);

/* Whether no printed zero contains the atom: else it is 0 in every table. */
bool universe_may_change(const struct universe *universe, size_t atom);

/* Another table: some atoms, in ascending order, and what is added to each. */
struct universe_table {
	size_t atoms;
	size_t *atom;
	int64_t *change;
};

/* After universe_rooms. Calls `meet` for each cell of the view that the table changes, in ascending order, until it returns other than 0; returns what
   it returned. It takes time by what changes, not by the size of the universe. */
int universe_meet(const struct universe *universe, struct view *view, const struct universe_table *table,
	int (*meet)(struct view *view, size_t cell, int64_t change, void *context), void *context);

/* Likewise by hand: marks the cells that contain an atom; the first marked cell from `from` on, `cells` when there is none. Who marks unmarks. */
void view_mark(const struct universe *universe, struct view *view, size_t atom);
size_t view_marked(const struct view *view, size_t from);

/* Codes of a cell. */
void view_codes(const struct universe *universe, const struct view *view, size_t cell, size_t *code);

/* Sums the atoms into every view that is not `given`, and prepares the views for walks. -1 with the error set when memory is
   out. */
int universe_sum(struct universe *universe, struct error *error);

#endif
