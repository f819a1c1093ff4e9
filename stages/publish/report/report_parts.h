/* The report being written, and what its chapters share. Faults are kept and told by report_write, so that a chapter reads like the page. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_REPORT_REPORT_PARTS_H
#define FINSAMSTAT_STAGES_PUBLISH_REPORT_REPORT_PARTS_H

#include "stages/publish/diagram/svg.h"
#include "stages/publish/page/html.h"
#include "stages/publish/page/pivot.h"
#include "stages/publish/sheet/publication.h"

/* The report being written. */
struct report {
	struct html html;
	struct publication *publication;
	const struct settings *settings;
	struct arena *arena;
	struct error *error;
	size_t fold_begin, fold_body; /* bytes of the page before the open fold and its content */
};

/* The table by its full name; NULL when it is not published. */
const struct sheet *report_sheet(const struct report *report, const char *table);

/* Zeroed memory in the report's arena; NULL when the report has failed or memory is out, which fails it. */
void *report_take(struct report *report, size_t count, size_t size);

/* Text in the report's arena; "" when memory is out, which fails the report. */
const char *report_print(struct report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* An empty picture in the report's arena. */
struct svg report_svg(struct report *report);

/* Saves a picture as diagram/NAME.svg and puts it into the page, with the table that it shows as its source (NULL: the settings). */
void report_picture(struct report *report, const struct svg *svg, const char *name, const char *table);

/* The part of file names that an insats's pictures share: "3-gron-rehabilitering". */
const char *report_insats_slug(struct report *report, size_t insats);

/* A folded part of the page, not printed; one into which nothing was written vanishes. Not one in another. */
void report_fold(struct report *report, const char *summary);
void report_unfold(struct report *report);

/* Whether the period is shorter than a year, and its months. */
bool report_part_of_year(const struct report *report, int *months);

#endif
