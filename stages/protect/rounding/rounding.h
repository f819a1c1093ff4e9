/* Rounds the counts of a system to a base, so that its rows stay close to what they were: small-count rounding.

   Every table is made anew from the rounded atoms: it adds up, and a set has one value wherever it stands. Which atoms go up and
   which down is a choice; it is made so that Σ cost·deviation² over the printed rows is small. Method: Langsrud and Heldal, An
   Algorithm for Small Count Rounding of Tabular Data (Privacy in Statistical Databases, 2018), who take one atom up after the
   other; here every atom is set in turn and then changed, alone and in pairs, for as long as that helps. Nothing is drawn at
   random: equal choices go to the first. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ROUNDING_ROUNDING_H
#define FINSAMSTAT_STAGES_PROTECT_ROUNDING_ROUNDING_H

#include "stages/protect/engine/system.h"

struct rounding {
	const struct system *system; /* sealed, all signs +1; rows of the kind ROW_CELL are printed, `cost` is their weight */
	int64_t base;                /* ≥ 2 */
	const bool *rounded;         /* by atom: to be rounded; the others keep their count. NULL: all */
	/* By atom: its number of 0 … choices − 1. The atoms of one number are rounded alike: to base·⌊(count + t)/base⌋ with one
	   t of 0 … base − 1, so that the smaller of two stays the smaller and equal ones stay equal. They stand in different rows.
	   NULL: every atom for itself. */
	const uint32_t *choice;
	size_t choices;
	/* By row: between what its count is to lie, whatever that costs, where the choices leave it. NULL: anything. */
	const int64_t *least, *most;
	int64_t *value;              /* out, by atom: a multiple of base next to the count, 0 for 0 */
};

/* -1 with the error set when memory is out. */
int rounding_solve(struct rounding *rounding, struct error *error);

/* The same with given sums: the atoms of each group (by atom: 0 … groups − 1) get multiples of base that add up to the group's
   sum, a multiple of base; an atom of 0 stays 0. A group without counts above 0 gets 0, whatever its sum. Atoms of the group number
   `groups` belong to none: each is rounded for itself. `choice` and `rounded` are not used. -1 with the error set when memory is out. */
int rounding_divide(struct rounding *rounding, const uint32_t *group, const int64_t *sum, size_t groups, struct error *error);

#endif
