/* Tables in which too many counts are small, and the coarser table that would not have so many. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FIGURES_CROWDED_H
#define FINSAMSTAT_STAGES_PROTECT_FIGURES_CROWDED_H

#include <stdbool.h>

#include "pipeline/base/arena.h"
#include "pipeline/table/cube/cube.h"

/* Whether more than a tenth of the table's counts that are not 0 or missing are small (1 … minimum − 1). A table without counts is
   not crowded. */
bool crowded_is(const struct cube *cube, int minimum);

/* The fewest dimensions to give up (TOT alone is left of them) so that the table is no longer crowded; of equally few those with
   aldersgrupp, which a setting can leave out, then the ones that leave the most counts: "utan kommun", "utan kommun och kon". Where none
   helps: "skydd = avrundning". NULL with the error
   set when memory is out. */
const char *crowded_advice(const struct cube *cube, int minimum, struct arena *arena, struct error *error);

#endif
