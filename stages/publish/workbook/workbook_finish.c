/* The rows of Data, packed beside each other and put into the workbook that the library has written without them: see workbook.h. */
#include <stdio.h>

#include "pipeline/base/text.h"
#include "pipeline/maths/parallel.h"
#include "stages/publish/workbook/workbook.h"
#include "stages/publish/workbook/workbook_files.h"
#include "stages/publish/workbook/workbook_rows.h"

struct packing {
	const struct book_rows *rows;
	struct arena **arena;    /* of each thread; NULL until it packs a block */
	struct zip_piece *piece; /* by block */
};

static int pack_block(size_t item, void *context, struct error *error)
{
	struct packing *packing = context;
	struct arena **arena = &packing->arena[parallel_worker()];
	if (*arena == NULL)
		*arena = arena_new(error);
	return *arena == NULL ? -1 : book_rows_pack(packing->rows, item, &packing->piece[item], *arena, error);
}

/* Exchanges the sheet of the book at the path. */
static int exchange(const struct workbook *workbook, const struct packing *packing, struct arena *arena, struct error *error)
{
	char sheet[64];
	struct text before = { .arena = arena }, after = { .arena = arena };
	(void)snprintf(sheet, sizeof sheet, "xl/worksheets/sheet%u.xml", workbook->book->rows_sheet);
	if (workbook_files_take(workbook->path, &before, error) != 0 ||
		zip_exchange(before.bytes, before.length, "tabeller.xlsx", sheet, packing->piece, book_rows_blocks(packing->rows), &after, error) != 0)
		return -1;
	return text_save(&after, workbook->path, error);
}

static int pack(const struct workbook *workbook, struct packing *packing, struct arena *arena, struct error *error)
{
	size_t blocks = book_rows_blocks(packing->rows);
	packing->piece = arena_take(arena, blocks, sizeof *packing->piece, error);
	if (packing->piece == NULL || parallel_each(blocks, pack_block, packing, error) != 0)
		return -1;
	return exchange(workbook, packing, arena, error);
}

int workbook_finish(const struct workbook *workbook, struct error *error)
{
	struct packing packing = { .rows = workbook->book->rows };
	if (packing.rows == NULL)
		return 0;
	struct arena *arena = arena_new(error);
	packing.arena = arena == NULL ? NULL : arena_take(arena, parallel_threads(), sizeof(struct arena *), error);
	int result = packing.arena == NULL ? -1 : pack(workbook, &packing, arena, error);
	for (size_t i = 0; packing.arena != NULL && i < parallel_threads(); i++)
		arena_free(packing.arena[i]);
	arena_free(arena);
	return result;
}
