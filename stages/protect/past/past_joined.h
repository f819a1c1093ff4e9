/* Inside of past: periods that together are another. Who came, who left: such counts of the parts add up to that of the whole, so that the one of
   them that was withheld follows from the others. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PAST_PAST_JOINED_H
#define FINSAMSTAT_STAGES_PROTECT_PAST_PAST_JOINED_H

#include "stages/protect/past/past_nested.h"

enum past_joined {
	PAST_APART, /* nothing follows */
	PAST_TOLD,  /* what approved runs printed gives the count: everybody knows it */
	PAST_TELLS  /* with what they printed it would give a count that they withheld, or leave 1 … minimum − 1 between */
};

/* What a count of a period that no approval has is beside those of approved periods, of which some, one after the other, fill it, or with it
   another. `spans`: the days that approvals have. */
enum past_joined past_join(const struct past *past, const struct past_spans *spans, size_t table, size_t row, size_t measure, const struct place *place);

#endif
