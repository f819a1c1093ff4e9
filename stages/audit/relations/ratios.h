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

/* A count as the tables have it. */
struct ratios_count {
	const struct published_table *table; /* NULL: the run has none */
	size_t row;
	const char *measure;
};

/* States that numerator ÷ base is within half of the number, in per cent; `rest`: what is the base together with `base`, its table NULL without. -1 with
   the error set. */
int ratios_share(struct published *published, const struct ratios_figure *figure, const struct ratios_count *numerator,
	const struct ratios_count *base, const struct ratios_count *rest, struct error *error);

/* Bounds both by all pairs of counts whose share and Wilson limits are those that were published in the measures of the figure's row (share, lower,
   upper), where two of them were. */
void ratios_limits(struct published *published, const struct ratios_figure *figure, const char *const measure[3], double level,
	const struct ratios_count *numerator, const struct ratios_count *base);

/* A withheld count lies between the two; a printed one is what it is. */
void ratios_bound(const struct published *published, const struct ratios_count *count, double least, double most);

/* States it, where it is one whose parts are counts: a share of exits (i06, i14) and its limits, persons per 1 000 inhabitants (m02), those at risk in the
   first month (i13), a cost per participation or result of a period within one year (e01). `settings` may be NULL: then no cost or limit is. -1 with the
   error set. */
int ratios_state(struct published *published, const struct ratios_figure *figure, const struct settings *settings, struct error *error);

#endif
