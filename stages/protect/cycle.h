/* Cycles: the smallest changes of a table of atoms that keep most of its totals. */
#ifndef FINSAMSTAT_STAGES_PROTECT_CYCLE_H
#define FINSAMSTAT_STAGES_PROTECT_CYCLE_H

#include "stages/protect/universe.h"

/* Atoms of a cell tried as the one that changes, the largest first. */
#define CYCLE_STARTS 12

/* `step` is added to the atom with codes `start`; in each dimension of `turns` (bits) the code `other` takes its place by
   turns, with alternating sign. turns = 0: the atom alone is raised. */
struct cycle {
	size_t start[UNIVERSE_DIMENSIONS], other[UNIVERSE_DIMENSIONS];
	unsigned turns;
};

/* What a walk finds: a cell, how it changes, how dear it is. */
struct cycle_change {
	struct view *view;
	size_t cell;
	int64_t change;
	uint64_t weight;
};

/* One walk over the cells of a view that a cycle changes. In a dimension that turns, those are the cell codes that contain
   exactly one of the two atom codes; in another, those that contain the atom's. */
struct cycle_walk {
	const struct universe *universe;
	const struct cycle *cycle;
	struct view *view;
	int64_t step;
	size_t place[UNIVERSE_DIMENSIONS]; /* in `with` of the start's code, then of the other's */
	struct cycle_change before[UNIVERSE_DIMENSIONS + 1]; /* the cell as far as the dimensions before each determine it */
	bool begun;
};

/* The next cell that the cycle changes; false after the last. A walk begins as {universe, cycle, view, step}. */
bool cycle_next(struct cycle_walk *walk, struct cycle_change *change);

/* The largest atoms of a cell (given by its codes) that no printed zero contains: their codes into `start`, at most CYCLE_STARTS.
   Returns their number. */
size_t cycle_starts(const struct universe *universe, const struct view *view, const size_t *target,
	size_t start[CYCLE_STARTS][UNIVERSE_DIMENSIONS]);

/* The cheapest feasible cycle from one of the starts that changes the cell by `step`: every printed zero stays 0, every other
   printed count at least 1, frozen cells that are not withheld as they are, and no count passes its ceiling. Returns what it would
   newly withhold; UINT64_MAX when there is none. */
uint64_t cycle_find(const struct universe *universe, const struct view *view, const size_t *target,
	size_t start[CYCLE_STARTS][UNIVERSE_DIMENSIONS], size_t starts, int64_t step, struct cycle *best);

#endif
