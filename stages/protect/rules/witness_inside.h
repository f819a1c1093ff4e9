/* Inside of witness: a universe while its witnesses are looked for. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_WITNESS_INSIDE_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_WITNESS_INSIDE_H

#include "stages/protect/rules/cycle.h"

/* One universe being protected. */
struct witness_search {
	struct universe *universe;
	size_t programs; /* left */
	struct error *error;
};

/* One way to change a cell by `step`: a cycle, or another table. */
struct witness_plan {
	uint64_t cost; /* UINT64_MAX: there is none */
	int64_t step;
	struct cycle cycle;
	struct universe_table *table; /* NULL: the cycle */
};

/* A cell for which plans are made. */
struct witness_subject {
	struct view *view;
	size_t cell;
	size_t target[UNIVERSE_DIMENSIONS];
	size_t starts, start[CYCLE_STARTS][UNIVERSE_DIMENSIONS];
};

/* A cell that needs a witness. */
struct witness_need {
	uint64_t weight;
	size_t view, cell;
};

/* Carries a plan out: withholds what it changes, and keeps the table. -1 with the error set when memory is out. */
int witness_apply(struct witness_search *search, const struct witness_plan *plan);

/* When all needs have witnesses, which were kept (universe->found): more of them, until no person who alone forms a cell, and knows it, can rule out those
   that a need rests on: with her own cell as it is, the need could still be `minimum` or more, and within a range of minimum − 1. What cycles do
   not give is left. -1 with the error set when memory is out. */
int alone_seclude(struct witness_search *search, const struct witness_need *need, size_t count, int64_t minimum);

#endif
