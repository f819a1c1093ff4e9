/* Rows of a column file in the making, held in memory: what a thread makes by itself, to be appended in its turn. */
#ifndef FINSAMSTAT_TABLE_COLUMN_BATCH_H
#define FINSAMSTAT_TABLE_COLUMN_BATCH_H

#include <stdbool.h>

#include "pipeline/table/column/column.h"
#include "pipeline/table/column/column_texts.h"

#define COLUMN_BATCH_COLUMNS 24 /* most columns of a batch */

/* {0} is an empty batch without columns. */
struct column_batch {
	struct arena *arena;
	size_t columns, rows, room;
	enum column_type type[COLUMN_BATCH_COLUMNS];
	void *values[COLUMN_BATCH_COLUMNS]; /* of each column `room` values of its type, of which `rows` count; for a text its
	                                       number in `texts` */
	size_t bytes[COLUMN_BATCH_COLUMNS]; /* of memory behind each */
	struct column_texts texts;
	bool numbered; /* the texts' numbers are the writer's own (column_give_texts), and `texts` is not used */
};

/* Empties the batch and gives it these columns and room for at least `rows` rows; memory is kept and used again, also for
   other columns. The
   caller writes values[column][row] for each column and then raises `rows`. -1 with the error set when memory is out or
   there are too many columns (EXIT_BUG). */
int column_batch_begin(struct column_batch *batch, const struct column *columns, size_t count, size_t rows,
	struct error *error);

/* The number of a text in the batch, to be put as a value; only for rows that are kept. -1 with the error set when memory
   is out. */
static inline int column_batch_text(struct column_batch *batch, const char *text, size_t length, uint32_t *index,
	struct error *error)
{
	return column_texts_index(&batch->texts, text, length, index, error);
}

/* Appends the rows as if each had been put and ended one by one, but for the numbers of texts, which follow from the
   order of their first column_batch_text. The columns must be the writer's (EXIT_BUG). */
int column_append(struct column_writer *writer, const struct column_batch *batch, struct error *error);

/* Gives a writer without rows its texts: text i gets number i, so the first is "", and no two are equal (EXIT_BUG). What else is
   put is numbered behind them. -1 with the error set. */
int column_give_texts(struct column_writer *writer, const char *const *text, size_t count, struct error *error);

/* Frees what the batch holds; an empty one is harmless. */
void column_batch_free(struct column_batch *batch);

#endif
