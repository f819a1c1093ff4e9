/* Another table that an attacker must think possible: found by linear programming in a window of a system. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_POSSIBLE_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_POSSIBLE_H

#include "stages/protect/engine/most.h"
#include "stages/protect/engine/sight.h"
#include "stages/protect/engine/system.h"

/* What is wanted of the table. */
struct wish {
	size_t row;       /* moves by at least `step`, up or, when it is negative, down */
	int64_t step;
	const bool *still; /* of each row of the system: it must not move */
	const bool *shunned; /* likewise, of rows that one person forms: it had better not */
	bool free_only;   /* nothing may be withheld beyond what is */
	bool settled;     /* no target is unfinished, so that none is rewarded */
	bool quick;       /* give up soon when solutions split persons, and withhold nothing dear (system.h) */
	bool patient;     /* look longer for whole numbers */
	bool thrifty;     /* by branching alone, for the least cost */
	bool grow;        /* nothing may fall: as if persons came, whatever totals that takes */
	double reward;    /* of moving another unfinished target as far as it needs, in costs of a row; 0: none */
};

struct possible {
	const struct system *system;
	size_t moved;         /* atoms that differ */
	uint32_t *atom;
	int64_t *change;
	size_t touched;       /* rows that move, standing for themselves */
	uint32_t *row;
	int64_t *move;
	uint64_t cost;        /* of the rows that it would newly withhold */
	bool none;            /* the latest window left nothing out, and its program has no solution: there is no such table, whatever is withheld */
	uint64_t effort;      /* what its windows and programs have taken so far, in the measure of linear.h */
	bool (*mend)(void *context, const struct wish *wish); /* makes a table possible that breaks loose rows; false: it cannot */
	void *context;        /* of mend */
	struct most_view *most; /* what the table at hand makes of wholes (most.h); NULL: there are none */
	struct possible_work *work;
};

struct possible *possible_new(const struct system *system, struct error *error);

/* Whether there are windows of the size (sight.h). */
bool possible_has(const struct possible *possible, enum sight_size size);

/* The cheapest such table within a window of the size around the row. *found is false when there is none there, or the
   solver's bounds were reached; what is found agrees with everything that may not move, and has been checked in whole
   numbers. *whole: the window left nothing out. Windows and programs are used again while they last; possible_end ends
   them. -1 with the error set when memory is out. */
int possible_find(struct possible *possible, const struct wish *wish, enum sight_size size, bool *found, bool *whole, struct error *error);
void possible_end(struct possible *possible);

/* The table that differs in one atom only, by `step` ≥ 1, at whatever cost: always possible where no known row, no tie and
   no inequality holds the atom, and no row that must be still. *found accordingly. */
void possible_alone(struct possible *possible, size_t atom, int64_t step, const bool *still, bool *found);

/* Fills `touched`, `row`, `move` and `cost` from the atoms' changes. False when the table is not possible: a known row moves, a
   row falls below its floor, or a whole has fewer than its groups need. */
bool possible_check(struct possible *possible);

#endif
