/* The measures of m01 and m02: counts, kronor and helårsekvivalenter, and what they are per inhabitant. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_RATES_H
#define FINSAMSTAT_STAGES_MALGRUPP_RATES_H

#include "stages/malgrupp/population.h"
#include "stages/malgrupp/tally.h"

/* Both fill a row from a cell and take a struct population as context; a rate is missing where the inhabitants are unknown or
   none. */

/* m01: the cell holds persons, öre and parts of a helårsekvivalent (forsorjning.h). kr_per_invanare_dag: kronor ÷ (inhabitants
   16–64 of the same kommun and kon × days of the year inside the period). Without a common key personer of forman TOT is
   missing: who stands in several sources cannot be known. */
tally_fill rates_forsorjning;

/* m02: the cell holds persons. per_1000: of the inhabitants of the same kommun, kon and ages, within 16–64. */
tally_fill rates_malgrupp;

#endif
