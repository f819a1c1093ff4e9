/* What link counts beside what it writes, for the validation report. */
#ifndef FINSAMSTAT_STAGES_LINK_COUNTS_H
#define FINSAMSTAT_STAGES_LINK_COUNTS_H

#include <stdint.h>

#include "pipeline/table/validation.h"
#include "stages/link/crosscheck.h"

struct counts {
	struct flow flow[EXTRACTS];          /* duplicates, after_period, left_out */
	uint64_t persons;
	uint64_t presence[IN_COMBINATIONS];  /* persons by the sources that hold their pid in any row */
	uint64_t broken[CROSSCHECKS];        /* persons whose records break a rule */
};

#endif
