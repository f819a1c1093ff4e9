/* Figures that cannot be computed, beside withheld ones: that there is none tells, too. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FIGURES_ABSENT_H
#define FINSAMSTAT_STAGES_PROTECT_FIGURES_ABSENT_H

#include "stages/protect/tables.h"

/* Withholds that a figure is missing where it rests on a withheld one: one pair has a mean and no interval, a curve without a limit has had no
   event yet, a net that never pays back is small. What is missing for everybody to see (the actor bears no cost) stays missing. Comes when
   all else is decided. */
void absent_withhold(struct tables *tables);

#endif
