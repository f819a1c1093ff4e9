/* Group disclosure: where all of a base are in one category, whoever knows that a person is in the base knows the category. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FIGURES_GROUP_H
#define FINSAMSTAT_STAGES_PROTECT_FIGURES_GROUP_H

#include "stages/protect/tables.h"

/* Demands that every base with one category other than 0 of försörjning (i03, m01; of i11 one pair) or avslut (i05) be withheld,
   with the category, wherever the two are printed. Zeros are printed: the rest of the line is not withheld. -1 with the error set when
   memory is out. */
int group_demand(struct tables *tables, struct error *error);

/* Bases of at least `minimum` in a table whose counted are all of one kön, or all of one age group: noted, not withheld. -1 with the error
   set when memory is out. */
int group_noted(const struct cube *cube, double minimum, size_t *noted, struct arena *arena, struct error *error);

#endif
