/* Cycles: the smallest changes of a table of atoms that keep most of its totals. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_CYCLE_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_CYCLE_H

#include "stages/protect/rules/universe.h"

/* Atoms of a cell tried as the one that changes, the largest first. */
#define CYCLE_STARTS 12

/* `step` is added to the atom with codes `start`; in each dimension of `turns` (bits) the code `other` takes its place by
   turns, with alternating sign. turns = 0: the atom alone is raised. */
struct cycle {
	size_t start[UNIVERSE_DIMENSIONS], other[UNIVERSE_DIMENSIONS];
	unsigned turns;
};

/* After universe_rooms. Calls `meet` for each cell of the view that the cycle changes, with whether it loses what the start's atom gains,
   until it returns false: then *all is false. In a dimension that turns, those are the cell codes that contain exactly one of the two atom
   codes; in another, those that contain the atom's. -1 with the error set when memory is out. */
int cycle_cells(const struct universe *universe, const struct cycle *cycle, struct view *view,
	bool (*meet)(struct view *view, size_t cell, bool loses, void *context), void *context, bool *all, struct error *error);

/* After universe_rooms. The largest atoms of a cell (given by its codes) that no printed zero contains: their codes into `start`, at most CYCLE_STARTS.
   Returns their number. */
size_t cycle_starts(const struct universe *universe, const struct view *view, const size_t *target,
	size_t start[CYCLE_STARTS][UNIVERSE_DIMENSIONS]);

/* After universe_rooms. The cheapest feasible cycle from one of the starts that changes the cell by `step`: every printed zero stays 0, every other
   printed count at least 1, frozen cells that are not withheld as they are, and no count passes its ceiling. *cost is what it would
   newly withhold; UINT64_MAX when there is none. -1 with the error set when memory is out. */
int cycle_find(const struct universe *universe, const struct view *view, const size_t *target,
	size_t start[CYCLE_STARTS][UNIVERSE_DIMENSIONS], size_t starts, int64_t step, struct cycle *best, uint64_t *cost, struct error *error);

#endif
