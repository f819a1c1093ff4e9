/* The search for witnesses: see universe.h for what a witness is. */
#ifndef FINSAMSTAT_STAGES_PROTECT_WITNESS_H
#define FINSAMSTAT_STAGES_PROTECT_WITNESS_H

#include "stages/protect/universe.h"

/* Sums the atoms into every view that is not `given`, and prepares the views for the search. */
int universe_sum(struct universe *universe, struct error *error);

/* Withholds every visible cell of 1 … minimum − 1 and every visible target, and finds a witness that adds at least `step` for
   each of them, for each hidden cell of that size, and for each hidden target. */
int witness_all(struct universe *universe, int64_t minimum, int64_t step, struct error *error);

#endif
