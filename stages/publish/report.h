/* rapport.html: the report that a board member reads, one self-contained page without script. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_REPORT_H
#define FINSAMSTAT_STAGES_PUBLISH_REPORT_H

#include "stages/publish/html.h"
#include "stages/publish/publication.h"

/* Writes the report. Every figure in it is a cell of a protected table; nothing is computed here. 0, or -1 with the error
   set. */
int report_write(struct publication *publication, struct error *error);

/* Its stylesheet. */
extern const char report_style[];

/* Its chapters, in order. A table that is not published leaves its place out. */
void report_goals(struct html *html, const struct publication *publication);
void report_malgrupper(struct html *html, const struct publication *publication);
void report_insatser(struct html *html, const struct publication *publication);
void report_economy(struct html *html, const struct publication *publication);
void report_tables(struct html *html, const struct publication *publication);
void report_method(struct html *html, const struct publication *publication);

#endif
