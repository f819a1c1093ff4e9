/* A pivot: a table, or a part of one, with some dimensions down and some across; and which rows and columns it has: the codes in the
   order of printing, with the row of the cube behind each combination. For the page's tables and the workbook's. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_SHEET_ARRANGEMENT_H
#define FINSAMSTAT_STAGES_PUBLISH_SHEET_ARRANGEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stages/publish/sheet/sheet.h"

/* A table, or a part of one, to be laid out. `down` and `across` name dimensions, parted by spaces, each at most once; "matt" stands for the measures, in one of the two
   and there last. Without it `measures` names a single one. A starred dimension that is named nowhere is taken at its
   total. The dimension ar goes into the caption when a single year occurs. */
struct pivot {
	const struct sheet *sheet; /* NULL: nothing is written */
	const char *title;         /* of the caption */
	const char *detail;        /* what else the caption says, after a dash; NULL without */
	const char *fixed[TABLE_DIMENSIONS]; /* by dimension: the only code taken; NULL: as the names say */
	const char *down, *across;
	const char *measures;      /* names parted by spaces, in the order of printing; NULL: all of the table */
	bool complete;             /* rows and columns of the whole table, also those that the part taken lacks */
	bool sparing;              /* not written unless some figure in it, beside rows of sums, is published and not 0 */
};

/* Takes one code of a dimension, by names. */
void pivot_fix(struct pivot *pivot, const char *dimension, const char *code);

/* A place on an axis: the ranks of its codes, in the axis's order of dimensions, and a row of the cube that has them. */
struct place {
	uint32_t rank[TABLE_DIMENSIONS];
	size_t row;
};

/* The rows, or the columns, of the HTML table: every place, times the measures where they stand on this axis. */
struct axis {
	size_t dimensions;
	size_t dimension[TABLE_DIMENSIONS];
	bool measures;
	size_t places;
	struct place *place;
};

struct arrangement {
	const struct sheet *sheet;
	struct axis down, across;
	uint32_t fixed[TABLE_DIMENSIONS]; /* index of the only code taken; UINT32_MAX: on an axis */
	size_t measures;
	size_t measure[TABLE_MEASURES];
	size_t year; /* the row whose year stands in the caption; SIZE_MAX without */
};

/* Lays out the pivot, whose sheet is not NULL, in the arena. 1; 0 when no row is in it; -1 with the error set when memory is
   out. */
int arrangement_make(struct arrangement *arrangement, const struct pivot *pivot, struct arena *arena, struct error *error);

/* Headings over each other (or beside each other) on an axis: its dimensions, then the measures. */
size_t arrangement_levels(const struct axis *axis);

/* Rows or columns of the HTML table along an axis. */
size_t arrangement_positions(const struct arrangement *arrangement, const struct axis *axis);

/* The place and, on the axis that has the measures, the measure of a position; else *measure is untouched. */
const struct place *arrangement_place(const struct arrangement *arrangement, const struct axis *axis, size_t position, size_t *measure);

/* How many positions from this one on share its heading on a level; 0 when the one before does already. */
size_t arrangement_run(const struct arrangement *arrangement, const struct axis *axis, size_t position, size_t level);

/* The heading itself. */
const char *arrangement_heading(const struct arrangement *arrangement, const struct axis *axis, size_t position, size_t level);

/* Whether a row holds sums: TOT, or a group of codes, in the last dimension down. */
bool arrangement_is_sum(const struct arrangement *arrangement, size_t position);

/* The cell's row of the cube, CUBE_NO_ROW when the combination does not occur, and its measure. */
size_t arrangement_cell(const struct arrangement *arrangement, size_t down, size_t across, size_t *measure);

#endif
