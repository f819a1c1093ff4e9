/* Small counts that no table prints and that printed figures give: what a file without withheld rows can still tell. */
#ifndef FINSAMSTAT_STAGES_AUDIT_FILE_DERIVED_H
#define FINSAMSTAT_STAGES_AUDIT_FILE_DERIVED_H

#include "stages/audit/file/grid.h"

/* Called for each combination of leaves; `code` has one a dimension. -1 with the error set. */
typedef int derived_tell(void *context, const uint32_t *code, struct error *error);

/* Finds the combinations of leaves that no row of the finished grid shows and that additions and subtractions of its rows, all
   known, fix at 1 … threshold − 1, in the order of their codes. *searched is false, and nothing is told, when there are more than
   four million combinations. -1 with the error set. */
int derived_find(const struct grid *grid, int64_t threshold, derived_tell *tell, void *context, bool *searched, struct error *error);

#endif
