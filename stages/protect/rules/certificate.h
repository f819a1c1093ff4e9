/* Witnesses by linear programming, for cells that no single cycle protects at little cost. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_CERTIFICATE_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_CERTIFICATE_H

#include "stages/protect/rules/universe.h"

/* The cheapest other table of atoms in which the cell differs by `step`, in the universe's arena, and in *cost what it would newly withhold. In a
   large universe only atoms near `start`, the codes of one of the cell's atoms, may change. *found false when there is none within that window and
   the solver's bounds. -1 with the error set when memory is out. */
int certificate_find(const struct universe *universe, const struct view *view, size_t cell, const size_t *start, int64_t step,
	struct universe_table *table, uint64_t *cost, bool *found, struct error *error);

#endif
