/* q01: what is said of a figure that was published earlier goes with the computed cells that it tells of. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PAST_PUBLISHED_H
#define FINSAMSTAT_STAGES_PROTECT_PAST_PUBLISHED_H

#include "stages/protect/tables.h"

/* Withholds beraknat, skillnad and forklaring of each row of q01 whose computed cell is withheld, and forklaring alone where
   another cell that it was made from is (support cube avstamning_celler, with the number that was computed). Where the computed cell is printed as another number
   than was computed, beraknat is that number and skillnad its difference; forklaring is withheld of every row that tells of a figure of an approved run or of a
   rounded one, changed or not, since it would say which are today's. All other tables must be final. -1 with the error set when memory is out. */
int published_protect(struct tables *tables, struct error *error);

#endif
