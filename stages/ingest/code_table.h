/* A code list made quick to look up: the same answers as codelist_find at the cost of one probe. */
#ifndef FINSAMSTAT_STAGES_INGEST_CODE_TABLE_H
#define FINSAMSTAT_STAGES_INGEST_CODE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/csv/csv_lines.h"
#include "pipeline/table/schema/codelist.h"

struct code_table;

/* The table of a list, in the arena. NULL with the error set when memory is out. */
const struct code_table *code_table_make(const struct codelist *list, struct arena *arena, struct error *error);

/* Index of a code in the list, CODE_NONE when it is not there. */
uint16_t code_table_find(const struct code_table *table, const char *code, size_t length);

/* The same for a column of all lines: code[row]. */
void code_table_column(const struct code_table *table, const struct csv_lines *lines, size_t column, uint16_t *code);

#endif
