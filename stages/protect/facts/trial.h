/* A table that is being put together from moves of atoms: which rows it breaks, kept up to date move by move. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_TRIAL_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_TRIAL_H

#include "stages/protect/engine/system.h"

#define TRIAL_CHANGES 256

/* How far an atom may move at all: least above most: not at all. */
struct trial_room {
	int32_t least, most;
	bool lone; /* a single person forms it */
};

/* How far a row may move in a possible table that withholds nothing: least ≤ 0 ≤ most. */
struct trial_limit {
	int32_t least, most;
};

/* What a table makes of an atom; one that is moved twice stands twice. */
struct trial_change {
	uint32_t atom;
	int64_t by;
};

struct trial {
	const struct system *system;
	struct trial_room *room; /* of each atom */
	int64_t *moved;          /* likewise: what the table makes of it */
	struct trial_limit *limit; /* of each row */
	int64_t *by_row;         /* likewise: what the table makes of it */
	struct trial_change change[TRIAL_CHANGES];
	size_t changes;
	size_t row;              /* the one that is wished to move … */
	const bool *still;       /* … and those that must not */
	bool careful;            /* no other single person may move */
	size_t broken;           /* rows that the table cannot move so: it is not possible, or at a cost */
	size_t stirred;          /* rows that it moves and that must be still */
};

/* A row that a table breaks, and how far it must move beside. */
struct trial_breach {
	size_t row;
	int64_t by;
};

/* A trial without moves, in the system's arena; -1 with the error set when memory is out. */
int trial_begin(struct trial *trial, const struct system *system, struct error *error);

/* Finds rooms and limits again: after something more has been withheld, while the trial is without moves. */
void trial_find_rooms(struct trial *trial);

/* Whether the atom may move by so much beside what it moves already. */
bool trial_has_room(const struct trial *trial, uint32_t atom, int64_t by);

/* Moves an atom; takes moves back until `changes` are left. */
void trial_move(struct trial *trial, uint32_t atom, int64_t by);
void trial_take_back(struct trial *trial, size_t changes);

/* The row that was first moved of those that are broken. There is one. */
struct trial_breach trial_first_breach(const struct trial *trial);

#endif
