/* rapport.html: the report that a board member reads, one self-contained page without script; and the pictures in it. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_REPORT_REPORT_H
#define FINSAMSTAT_STAGES_PUBLISH_REPORT_REPORT_H

#include "stages/publish/report/report_parts.h"

/* Writes the report and diagram/. Every figure in it is a cell of a protected table. 0, or -1 with the error set. */
int report_write(struct publication *publication, struct error *error);

/* Its stylesheet, in two parts. */
extern const char report_style[];
extern const char report_style_narrow_and_print[];

/* Its chapters, in order. A table that is not published leaves its place out. */
void report_goals(struct report *report);
void report_malgrupper(struct report *report);
void report_insatser(struct report *report);
void report_payback(struct report *report);
void report_risk(struct report *report);
void report_economy(struct report *report);
void report_reconciliation(struct report *report);
void report_method(struct report *report);
void report_tables(struct report *report);

#endif
