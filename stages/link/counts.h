/* What link counts beside what it writes, for the validation report. */
#ifndef FINSAMSTAT_STAGES_LINK_COUNTS_H
#define FINSAMSTAT_STAGES_LINK_COUNTS_H

#include <stdint.h>

#include "pipeline/table/validation.h"
#include "stages/link/crosscheck.h"

struct counts {
	struct flow flow[EXTRACTS];          /* after_period, left_out */
	uint64_t persons;
	uint64_t presence[IN_COMBINATIONS];  /* persons by the sources that hold their pid in any row */
	uint64_t broken[CROSSCHECKS];        /* persons whose records break a rule */
};

/* Counts a copy of a row, for the file it stands in: duplicates[] by number of a file. Of all copies the one in the first
   file counts for none; *first is the first file met so far and `other` that of a further copy. */
void counts_duplicate(uint64_t *duplicates, uint32_t *first, uint32_t other);

#endif
