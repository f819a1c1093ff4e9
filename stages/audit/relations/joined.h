/* Counts of what happened in a period, beside those of approved periods that divide it, or that divide another with it: they add up. Written from
   docs/method.md, 13. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_JOINED_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_JOINED_H

#include "stages/audit/relations/earlier.h"

#define JOINED_MOST 64 /* approved periods of a table; a förbund that reports each month for five years has no more */

/* The days that approvals have of a table. */
struct joined_periods {
	size_t count;
	struct {
		int32_t from, to;
	} period[JOINED_MOST];
};
void joined_find(const struct earlier *earlier, const struct table *table, struct joined_periods *periods);

/* What a printed count of the days gives away: EARLIER_WITHHELD where by it all of a whole and its parts but one that was withheld are told,
   EARLIER_CHANGED where they are told and what no part covers is 1 … minimum − 1; else EARLIER_NONE. */
enum earlier_finding joined_judge(const struct earlier *earlier, const struct published *published, const struct joined_periods *periods,
	const struct table *table, size_t measure, const char *key, int32_t from, int32_t to, double count);

#endif
