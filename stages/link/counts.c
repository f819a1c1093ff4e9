/* What link counts: see counts.h. */
#include "stages/link/counts.h"

void counts_duplicate(uint64_t *duplicates, uint32_t *first, uint32_t other)
{
	duplicates[other < *first ? *first : other]++;
	*first = other < *first ? other : *first;
}
