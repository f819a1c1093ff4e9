/* A column file without some of its rows. */
#ifndef FINSAMSTAT_TABLE_COLUMN_LEAVE_OUT_H
#define FINSAMSTAT_TABLE_COLUMN_LEAVE_OUT_H

#include <stdbool.h>

#include "pipeline/table/column/column.h"

/* Writes the file anew without the rows that are `out` (one a row), the others in their order. `columns` are the file's, in theirs
   (EXIT_BUG when they are not). Who has the file open keeps the old one. -1 with the error set, and then there may be no file. */
int column_leave_out(const char *path, const struct column *columns, size_t count, const bool *out, struct error *error);

#endif
