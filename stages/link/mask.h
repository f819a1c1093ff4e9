/* Months as bits: the months of the panel in which a person is active. */
#ifndef FINSAMSTAT_STAGES_LINK_MASK_H
#define FINSAMSTAT_STAGES_LINK_MASK_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

#define MASK_WORDS 4 /* room for the longest panel, 240 months */

/* The days of the panel, each with its month counted from the first. */
struct mask_panel {
	int32_t first_day, days;
	const uint8_t *month;
};

/* The panel of `months` ≤ 64·MASK_WORDS from `first_month` (as in date.h) on, in the arena. -1 with the error set when memory is
   out. */
int mask_panel_make(struct mask_panel *panel, int32_t first_month, int32_t months, struct arena *arena, struct error *error);

/* Sets the bits of the months that the days from `start` to `end` touch; bit 0 of mask[0] is the panel's first month. Months
   outside the panel are left out; no day when end < start. */
static inline void mask_add(uint64_t mask[MASK_WORDS], const struct mask_panel *panel, int32_t start, int32_t end)
{
	int32_t behind = panel->first_day + panel->days;
	if (end < start || end < panel->first_day || start >= behind)
		return;
	unsigned from = panel->month[start > panel->first_day ? start - panel->first_day : 0];
	unsigned to = panel->month[(end < behind ? end : behind - 1) - panel->first_day];
	for (unsigned word = from / 64; word <= to / 64; word++) {
		uint64_t first = word == from / 64 ? UINT64_MAX << from % 64 : UINT64_MAX;
		mask[word] |= word == to / 64 ? first & UINT64_MAX >> (63 - to % 64) : first;
	}
}

#endif
