/* Counts of what happened in a period, beside those of approved periods that overlap it, divide it, or follow on it: between any two days they add up.
   Written from docs/method.md, 13. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_JOINED_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_JOINED_H

#include "stages/audit/relations/earlier.h"

#define JOINED_MOST 16 /* approved periods of a table, the latest where there are more */

/* The days that approvals have of a table. */
struct joined_periods {
	size_t count;
	struct {
		int32_t from, to;
	} period[JOINED_MOST];
};
void joined_find(const struct earlier *earlier, const struct table *table, struct joined_periods *periods);

/* Whether what approved runs printed of other periods gives a count of the days: everybody knew it. Not where they contradict one another. */
bool joined_told(const struct earlier *earlier, const struct joined_periods *periods, const struct table *table, size_t measure, const char *key, int32_t from,
	int32_t to, double count);

/* What a printed count of the days gives away: EARLIER_WITHHELD where one that was withheld, EARLIER_CHANGED where one between days that no printed count
   covers, is by it known to be 1 … minimum − 1, or within less than minimum − 1; else EARLIER_NONE. */
enum earlier_finding joined_judge(const struct earlier *earlier, const struct published *published, const struct joined_periods *periods,
	const struct table *table, size_t measure, const char *key, int32_t from, int32_t to, double count);

#endif
