/* Rows held in memory: see column_batch.h. */
#include "pipeline/table/column/column_batch.h"

#include <stdbool.h>
#include <stdlib.h>

static int make_room(struct column_batch *batch, size_t rows, struct error *error)
{
	for (size_t i = 0; i < COLUMN_BATCH_COLUMNS; i++) {
		free(batch->values[i]);
		batch->values[i] = NULL;
	}
	batch->room = 0;
	for (size_t i = 0; i < batch->columns; i++) {
		batch->values[i] = calloc(rows + 1, column_size(batch->type[i]));
		if (batch->values[i] == NULL)
			return error_set(error, EXIT_IO, "out of memory for rows");
	}
	batch->room = rows;
	return 0;
}

int column_batch_begin(struct column_batch *batch, const struct column *columns, size_t count, size_t rows,
	struct error *error)
{
	bool same = batch->columns == count;
	if (count > COLUMN_BATCH_COLUMNS)
		return error_set(error, EXIT_BUG, "%zu columns are more than a batch takes", count);
	for (size_t i = 0; i < count && same; i++)
		same = batch->type[i] == columns[i].type;
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
	return same && rows <= batch->room ? 0 : make_room(batch, rows + rows / 4, error);
}

void column_batch_free(struct column_batch *batch)
{
	for (size_t i = 0; i < COLUMN_BATCH_COLUMNS; i++)
		free(batch->values[i]);
	arena_free(batch->arena);
	*batch = (struct column_batch){ .rows = 0 };
}
