/* Measures of exits ([mått …]) within one another, by what they ask for. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ROUNDING_MATT_WITHIN_H
#define FINSAMSTAT_STAGES_PROTECT_ROUNDING_MATT_WITHIN_H

#include "pipeline/table/settings/settings.h"

/* Whether every exit that meets `part` meets `whole`, whatever its codes of sysselsattning are: all sets of the codes that either names, in what they exclude,
   too, are tried. False where they name more than 16. */
bool matt_within(const struct matt *part, const struct matt *whole);

#endif
