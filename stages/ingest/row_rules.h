/* The rules over several fields of one row, and what a wrong row is as a whole; row.c reads the fields. */
#ifndef FINSAMSTAT_STAGES_INGEST_ROW_RULES_H
#define FINSAMSTAT_STAGES_INGEST_ROW_RULES_H

#include "pipeline/table/csv/csv.h"
#include "stages/ingest/layout.h"
#include "stages/ingest/row.h"

/* A rule is broken at a field. The reason, which the row's other members then tell; REASON_NONE when the rule only warns. */
enum reason row_broken(struct row *row, enum reason reason, size_t field, enum severity severity, const char *rule);

/* A field's text without surrounding blanks; empty when the file lacks its column. */
struct csv_field row_text(const struct layout *layout, const struct csv_record *record, size_t field);

/* The extract's rules over a row whose fields are right. The first that does more than warn decides. */
enum reason row_check_rules(struct row *row, const struct reading *reading);

/* Calls a wrong row HEADER_AGAIN or TOTAL_ROW where it is no record at all. */
void row_name(struct row *row, const struct extract *extract, const struct layout *layout, const struct csv_record *record);

#endif
