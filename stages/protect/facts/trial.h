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

/* What the table makes of a row, and how far it may move in a possible one that withholds nothing: least ≤ 0 ≤ most. */
struct trial_row {
	int64_t by;
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
	struct trial_row *row;
	struct trial_change change[TRIAL_CHANGES];
	size_t changes;
	size_t wished;           /* the row that is wished to move … */
	int64_t wanted;          /* … so far, up or down … */
	const bool *still;       /* … and those that must not; NULL: none */
	bool careful;            /* no other single person may move */
	size_t broken;           /* rows that the table cannot move so: it is not possible, or at a cost … */
	size_t local;            /* … of them those that have no atoms but of one area */
	size_t stirred;          /* rows that it moves and that must be still */
	bool *across;            /* of each row: it has atoms of several areas, or none of any */
	size_t left;             /* tables that may still be checked */
	uint64_t effort;         /* what has been: engine_finder.effort (engine.h) */
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

/* Whether the table at hand is what is looked for: possible, at no cost, with the row as far as wanted and without the moves that must not be. */
bool trial_check(struct trial *trial);

/* The row that was first moved of those that are broken; with `local` of those that have no atoms but of one area. There is one. */
struct trial_breach trial_first_breach(const struct trial *trial, bool local);

#endif
