/* Rows held in memory: see column_batch.h. */
#include "pipeline/table/column/column_batch.h"

#include <stdlib.h>

/* Room for so many rows in every column. */
static int make_room(struct column_batch *batch, size_t rows, struct error *error)
{
	batch->room = 0;
	for (size_t i = 0; i < batch->columns; i++) {
		size_t size = column_size(batch->type[i]);
		if (batch->values[i] != NULL && batch->bytes[i] / size > rows)
			continue;
		free(batch->values[i]);
		batch->bytes[i] = (rows + rows / 4 + 1) * size;
		batch->values[i] = calloc(rows + rows / 4 + 1, size);
		if (batch->values[i] == NULL)
			return error_set(error, EXIT_IO, "out of memory for rows");
	}
	batch->room = rows;
	return 0;
}

int column_batch_begin(struct column_batch *batch, const struct column *columns, size_t count, size_t rows,
	struct error *error)
{
	if (count > COLUMN_BATCH_COLUMNS)
		return error_set(error, EXIT_BUG, "%zu columns are more than a batch takes", count);
	batch->columns = count;
	batch->rows = 0;
	for (size_t i = 0; i < count; i++)
		batch->type[i] = columns[i].type;
	if (batch->arena == NULL) {
		batch->arena = arena_new(error);
		if (batch->arena == NULL)
			return -1;
		if (column_texts_begin(&batch->texts, batch->arena, error) != 0) {
			arena_free(batch->arena); /* or the next begin would take half-made texts for whole ones */
			batch->arena = NULL;
			batch->texts = (struct column_texts){ .count = 0 };
			return -1;
		}
	}
	column_texts_clear(&batch->texts);
	return make_room(batch, rows, error);
}

void column_batch_free(struct column_batch *batch)
{
	for (size_t i = 0; i < COLUMN_BATCH_COLUMNS; i++)
		free(batch->values[i]);
	arena_free(batch->arena);
	*batch = (struct column_batch){ .rows = 0 };
}
