/* Helårsekvivalenter of bistånd are months: twelve of them the persons of the year's months at KOM (m06), added up. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_MONTHS_OF_SUPPORT_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_MONTHS_OF_SUPPORT_H

#include "stages/protect/tables.h"

/* Demands the helårsekvivalenter of bistånd (FS and its group) in every row of m01 of which m06 withholds a month: less the months that it
   prints they would tell the others. Of rows that print all their months they say nothing new. To be asked when the counts are protected. */
void months_of_support_demand(struct tables *tables);

/* How far the helårsekvivalenter of a row of m01 must be able to be larger and smaller for the sake of its withheld months: minimum − 1 of
   them, or half of what they are where that is less; 0 where no month is withheld, and of other förmåner. */
double months_of_support_span(const struct tables *tables, size_t row, double minimum);

#endif
