/* px/<table>.px: a table as a PX-file, for PxWeb (PX-file format specification, AXIS-VERSION 2013, Statistics Sweden). */
#ifndef FINSAMSTAT_STAGES_PUBLISH_FILES_PX_H
#define FINSAMSTAT_STAGES_PUBLISH_FILES_PX_H

#include <stdbool.h>

#include "stages/publish/sheet/publication.h"

/* Whether the table is a full cube, so that it can be a PX-file: it has rows and numbers only, and the codes of no dimension
   depend on another's (as those of i02 do). */
bool px_fits(const struct sheet *sheet);

/* Writes a table that fits: every combination of its codes. One without a row is 0, or "." where 0 is no value; ".." is
   withheld, "." missing. 0, or -1 with the error set. */
int px_write(const struct publication *publication, const struct sheet *sheet, const char *path, struct error *error);

#endif
