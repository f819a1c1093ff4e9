/* Days of spells that overlap: see sweep.h. */
#include "stages/malgrupp/sweep.h"

#include <stdlib.h>

#define FULL 100 /* per cent of a day */

void sweep_clear(struct sweep *sweep)
{
	sweep->count = 0;
}

int sweep_add(struct sweep *sweep, int32_t fran, int32_t till, int32_t first, int32_t last, int32_t per_cent,
	struct error *error)
{
	int32_t from = fran > first ? fran : first, to = till < last ? till : last;
	if (from > to)
		return 0;
	struct sweep_event *event = arena_grow(sweep->arena, sweep->event, sweep->count, sweep->count + 2, &sweep->capacity,
		sizeof *event, error);
	if (event == NULL)
		return -1;
	sweep->event = event;
	sweep->event[sweep->count++] = (struct sweep_event){ from, per_cent };
	sweep->event[sweep->count++] = (struct sweep_event){ to + 1, -per_cent };
	return 0;
}

static int compare_days(const void *left, const void *right)
{
	const struct sweep_event *a = left, *b = right;
	return (a->day > b->day) - (a->day < b->day);
}

int64_t sweep_per_cent_days(struct sweep *sweep)
{
	int64_t sum = 0, level = 0;
	if (sweep->count > 2)
		qsort(sweep->event, sweep->count, sizeof *sweep->event, compare_days);
	for (size_t i = 0; i < sweep->count; i++) {
		if (i > 0)
			sum += (level < FULL ? level : FULL) * (sweep->event[i].day - sweep->event[i - 1].day);
		level += sweep->event[i].change;
	}
	return sum;
}
