/* Rows of plain lines, read a column at a time: many times as fast as record by record. What this reading is not sure of, an empty
   value that is required, a code that is not in its list, a date of an odd form, is left to row.c, which alone says what is wrong. */
#ifndef FINSAMSTAT_STAGES_INGEST_PLAIN_H
#define FINSAMSTAT_STAGES_INGEST_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/error.h"
#include "pipeline/table/column/column_batch.h"
#include "pipeline/table/csv/csv_lines.h"
#include "stages/ingest/layout.h"

/* Whether rows of the extract can be read so: every field and every rule over fields is of a kind that is known here. */
bool plain_takes(const struct extract *extract);

/* Reads lines into the values of `rows` from row rows->rows on, of every field but texts. unsure[row], one a line, becomes 1 for a line
   whose values do not hold, and stays what it is for the others. There must be room for the lines. */
void plain_read(const struct csv_lines *lines, const struct reading *reading, const struct layout *layout, struct column_batch *rows,
	uint8_t *unsure);

#endif
