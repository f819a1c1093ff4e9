/* Ratios that were published outside the program with today's value: what they tell of the counts behind them. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_RATIOS_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_RATIOS_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/published.h"

/* A figure that stood there: its row and measure in a table; within `half` of `number`. */
struct ratios_figure {
	const struct published_table *table;
	size_t row, measure;
	double number, half;
};

/* States it, where it is one whose parts are counts: a share of exits (i06, i14), persons per 1 000 inhabitants (m02), a cost per
   participation or result of a period within one year (e01). `settings` may be NULL: then no cost is. -1 with the error set. */
int ratios_state(struct published *published, const struct ratios_figure *figure, const struct settings *settings, struct error *error);

#endif
