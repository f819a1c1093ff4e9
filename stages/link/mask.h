/* Months as bits: the months of the panel in which a person is active. */
#ifndef FINSAMSTAT_STAGES_LINK_MASK_H
#define FINSAMSTAT_STAGES_LINK_MASK_H

#include <stddef.h>
#include <stdint.h>

#define MASK_WORDS 4 /* room for the longest panel, 240 months */

/* Sets the bits of the months that the days from `start` to `end` touch; bit 0 of mask[0] is `first_month` (as in date.h).
   Months outside the panel of `months` ≤ 64·MASK_WORDS are left out; no day when end < start. */
void mask_add(uint64_t mask[MASK_WORDS], int32_t first_month, int32_t months, int32_t start, int32_t end);

#endif
