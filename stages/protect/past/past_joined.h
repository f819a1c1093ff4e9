/* Inside of past: periods that together are another. Who came, who left: such counts of the parts add up to that of the whole, so that the one of
   them that was withheld follows from the others. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PAST_PAST_JOINED_H
#define FINSAMSTAT_STAGES_PROTECT_PAST_PAST_JOINED_H

#include "stages/protect/past/past_nested.h"

enum past_joined {
	PAST_APART, /* nothing follows */
	PAST_TOLD,  /* what approved runs printed gives the count: everybody knows it */
	PAST_TELLS  /* with what they printed it would hold a count that they withheld, or one of days between, among few or within a narrow range */
};

/* What a count of a period that no approval has is beside those of all approved periods of its table, whichever overlap, are parts of others or follow on
   one another: of what happened in them the counts between any two days are no less than 0, and add up. `spans`: the days that approvals have. */
enum past_joined past_join(const struct past *past, const struct past_spans *spans, size_t table, size_t row, size_t measure, const struct place *place);

#endif
