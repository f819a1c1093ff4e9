/* The rows of Data, packed beside each other and put into the workbook that the library has written without them: see workbook.h. */
#include <stdio.h>

#include "pipeline/base/text.h"
#include "pipeline/maths/parallel.h"
#include "stages/publish/workbook.h"
#include "stages/publish/workbook_files.h"
#include "stages/publish/workbook_rows.h"

/* What each thread packs with. */
struct packer {
	struct arena *arena; /* NULL until it packs a block */
	struct error error;
};

struct packing {
	const struct book_rows *rows;
	struct packer *packer;
	struct zip_piece *piece; /* by block */
	size_t *worker;          /* the thread that packed it */
};

static int pack_blocks(size_t block, size_t from, size_t to, void *context)
{
	struct packing *packing = context;
	struct packer *packer = &packing->packer[parallel_worker()];
	int result = 0;
	(void)block;
	if (packer->arena == NULL)
		packer->arena = arena_new(&packer->error);
	for (size_t i = from; i < to && result == 0; i++) {
		packing->worker[i] = parallel_worker();
		result = packer->arena == NULL ? -1 : book_rows_pack(packing->rows, i, &packing->piece[i], packer->arena, &packer->error);
	}
	return result;
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
	size_t blocks = book_rows_blocks(packing->rows), failed = 0;
	const struct parallel_job job = { .count = blocks, .block = 1, .work = pack_blocks, .context = packing };
	packing->piece = arena_take(arena, blocks, sizeof *packing->piece, error);
	packing->worker = arena_take(arena, blocks, sizeof *packing->worker, error);
	if (packing->piece == NULL || packing->worker == NULL)
		return -1;
	if (parallel_run(&job, &failed) == 0)
		return exchange(workbook, packing, arena, error);
	*error = packing->packer[packing->worker[failed]].error;
	return -1;
}

int workbook_finish(const struct workbook *workbook, struct error *error)
{
	struct packing packing = { .rows = workbook->book->rows };
	if (packing.rows == NULL)
		return 0;
	struct arena *arena = arena_new(error);
	packing.packer = arena == NULL ? NULL : arena_take(arena, parallel_threads(), sizeof *packing.packer, error);
	int result = packing.packer == NULL ? -1 : pack(workbook, &packing, arena, error);
	for (size_t i = 0; packing.packer != NULL && i < parallel_threads(); i++)
		arena_free(packing.packer[i].arena);
	arena_free(arena);
	return result;
}
