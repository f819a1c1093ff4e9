/* Amounts in which one or two persons have most: which they are, and how far they must stay open (the p % rule, setting `dominans`). */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_DOMINANCE_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_DOMINANCE_H

#include "stages/protect/tables.h"

/* Demands every sensitive amount of m01 (belopp_kr, helarsekvivalenter), as its support cube dominans_forman tells of the contributions.
   Nothing with tables->dominans 0. */
void dominance_demand(struct tables *tables);

/* How far the amount in a row of m01 must be able to be larger and smaller: dominans × its value, when it is sensitive or is that of
   1 … minimum − 1 persons, and no less than withheld months of bistånd need (months_of_support.h); else 0: it needs only not to be
   determined. */
double dominance_span(const struct tables *tables, size_t row, const char *measure, double minimum);

/* The two amounts of a row are of the same persons, and one can be guessed from the other: withheld both or neither. */
void dominance_pair(struct tables *tables);

#endif
