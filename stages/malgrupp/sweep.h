/* Days of spells that overlap, each day counted up to a limit. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_SWEEP_H
#define FINSAMSTAT_STAGES_MALGRUPP_SWEEP_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

/* From this day on, so much more (or less). */
struct sweep_event {
	int32_t day;
	int32_t change;
};

/* The spells of one person, of one kind; events grow in the arena and are used again after sweep_clear. */
struct sweep {
	struct arena *arena;
	struct sweep_event *event;
	size_t count, capacity;
};

void sweep_clear(struct sweep *sweep);

/* Adds the days fran … till, cut to first … last, at `per_cent` each. -1 with the error set when memory is out. */
int sweep_add(struct sweep *sweep, int32_t fran, int32_t till, int32_t first, int32_t last, int32_t per_cent,
	struct error *error);

/* Sum over the days of the per cents of the day, at most 100 a day: two spells of 50 per cent for 10 days give 1000, as do
   two of 100. The spells may stand in any order. */
int64_t sweep_per_cent_days(struct sweep *sweep);

#endif
