/* What holds between the cells of a grid, as sums of a knowledge. For grid.c. */
#ifndef FINSAMSTAT_STAGES_AUDIT_FILE_GRID_SUMS_H
#define FINSAMSTAT_STAGES_AUDIT_FILE_GRID_SUMS_H

#include "stages/audit/file/grid.h"

/* The cell of a set, added (neither known nor withheld) if new. SIZE_MAX with the error set. */
size_t grid_cell(struct grid *grid, const uint32_t *code, struct error *error);

/* Fills grid->knowledge. -1 with the error set. */
int grid_sums(struct grid *grid, struct error *error);

#endif
