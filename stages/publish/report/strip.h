/* Figures of a table along one of its dimensions, the others held: what charts draw. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_REPORT_STRIP_H
#define FINSAMSTAT_STAGES_PUBLISH_REPORT_STRIP_H

#include "stages/publish/diagram/chart.h"
#include "stages/publish/page/value.h"
#include "stages/publish/report/report_parts.h"

struct strip {
	size_t count;
	const char **code, **label; /* in the order of printing */
};

/* The codes of `dimension` in the rows that have the other `codes` (one a dimension, in the table's order; the entry of
   `dimension` itself is not read); TOT only with `total`. None when the sheet is NULL. */
struct strip strip_find(struct report *report, const struct sheet *sheet, const char *dimension, const char *const *codes, bool total);

/* The figures of a measure at each code of the strip. NULL when the report has failed. */
struct value *strip_values(struct report *report, const struct sheet *sheet, const struct strip *strip, const char *dimension,
	const char *const *codes, const char *measure);

/* Women, men and total at each code of the strip; `codes[kon]` is where the sex stands and is TOT again afterwards. False when
   the report has failed. */
struct by_sex {
	const struct value *women, *men, *total;
	const struct value *both; /* women and men of each code side by side */
};
bool strip_by_sex(struct report *report, const struct sheet *sheet, const struct strip *strip, const char *dimension, const char **codes,
	size_t kon, const char *measure, struct by_sex *by_sex);

/* The names and colours of `both`. */
extern const struct chart_series_name strip_sexes[2];

/* Published figures among these that are not 0. */
size_t strip_shown(const struct value *value, size_t count);

/* Whether any of these is withheld. */
bool strip_withheld(const struct value *value, size_t count);

#endif
