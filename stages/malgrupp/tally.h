/* A dense table of whole numbers by the dimensions of a result table, and the cube made of it with its totals. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_TALLY_H
#define FINSAMSTAT_STAGES_MALGRUPP_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/cube/cube.h"
#include "pipeline/table/schema/schema.h"

#define TALLY_VALUES 3 /* most values of a cell */

/* The codes of one dimension, TOT left out. */
struct tally_codes {
	size_t count;
	const char *const *code;
	bool outer; /* stands outside the others in memory: where a person lives, so that its other numbers lie together */
};

struct tally {
	const struct table *table;
	struct tally_codes codes[TABLE_DIMENSIONS];
	size_t size[TABLE_DIMENSIONS];   /* positions: the codes and, where the dimension is starred, TOT behind them */
	size_t stride[TABLE_DIMENSIONS]; /* numbers from one position to the next */
	size_t values;                   /* numbers of a cell */
	size_t numbers;
	int64_t *number;
};

/* A tally of zeros; `codes` holds one entry a dimension of the table. -1 with the error set when memory is out. */
int tally_init(struct tally *tally, const struct table *table, const struct tally_codes *codes, size_t values,
	struct arena *arena, struct error *error);

/* The `values` numbers of the cell with these positions, one a dimension. */
int64_t *tally_cell(const struct tally *tally, const size_t *at);

/* Adds the numbers of another tally of the same shape. */
void tally_join(struct tally *tally, const struct tally *other);

/* Fills the cells with TOT by summing along each starred dimension. Once, when all has been counted. */
void tally_total(struct tally *tally);

/* Sets the measures of a cube's row from a cell: positions `at` (that of TOT is codes[d].count) and its numbers. */
typedef void tally_fill(struct cube *cube, size_t row, const size_t *at, const int64_t *number, const void *context);

/* For tables whose measures are the numbers themselves. */
tally_fill tally_fill_numbers;
/* For tables that cannot be computed: every measure is missing. */
tally_fill tally_fill_missing;

/* The cube: one row for each cell with a number that is not 0, and for each margin (TOT in every starred dimension), in their order.
   It is to be written: its rows have no index (cube_index_appended). In the arena. NULL with the error set when memory is out. */
struct cube *tally_cube(const struct tally *tally, tally_fill *fill, const void *context, struct arena *arena,
	struct error *error);

#endif
