/* Month masks: see mask.h. */
#include "stages/link/mask.h"

#include "pipeline/base/date.h"

void mask_add(uint64_t mask[MASK_WORDS], int32_t first_month, int32_t months, int32_t start, int32_t end)
{
	if (end < start)
		return;
	int32_t from = date_month_of(start) - first_month, to = date_month_of(end) - first_month;
	if (from < 0)
		from = 0;
	if (to >= months)
		to = months - 1;
	for (int32_t word = from / 64; word < MASK_WORDS && from <= to; word++) {
		int32_t first = from - 64 * word, last = to - 64 * word < 63 ? to - 64 * word : 63;
		mask[word] |= UINT64_MAX << first & UINT64_MAX >> (63 - last);
		from = 64 * (word + 1);
	}
}
