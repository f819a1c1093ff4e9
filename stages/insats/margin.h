/* Where a thing counts in a cube: its own row and the margins above it. */
#ifndef FINSAMSTAT_STAGES_INSATS_MARGIN_H
#define FINSAMSTAT_STAGES_INSATS_MARGIN_H

#include <stddef.h>

#include "pipeline/table/cube/cube.h"

struct margin_rows {
	size_t count;
	size_t row[1 << TABLE_DIMENSIONS];
};

/* The rows in which a thing with these codes counts: for each choice of the starred dimensions the one with TOT there
   and the thing's own code elsewhere. NULL in a starred dimension means that the code is unknown: the thing counts in
   TOT only; with NULL in all of them there is one row, the margin. New rows are added with 0. -1 with the error set when
   memory is out. */
int margin_rows(struct cube *cube, const char *const *codes, struct margin_rows *rows, struct error *error);

/* Adds `number` to the measure in each of these rows. */
int margin_add(struct cube *cube, const char *const *codes, size_t measure, double number, struct error *error);

#endif
