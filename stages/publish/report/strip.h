/* Figures of a table along one of its dimensions, the others held: what charts draw. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_REPORT_STRIP_H
#define FINSAMSTAT_STAGES_PUBLISH_REPORT_STRIP_H

#include "stages/publish/report/report.h"
#include "stages/publish/value.h"

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

/* Published figures among these that are not 0. */
size_t strip_shown(const struct value *value, size_t count);

/* Whether any of these is withheld. */
bool strip_withheld(const struct value *value, size_t count);

#endif
