/* The rows of Data and the large sheets, packed beside each other and put into the workbook that the library has written without them: see
   workbook.h. */
#include <errno.h>
#include <stdio.h>

#include "pipeline/base/text.h"
#include "pipeline/maths/parallel.h"
#include "stages/publish/workbook/workbook.h"
#include "stages/publish/workbook/workbook_files.h"
#include "stages/publish/workbook/workbook_rows.h"

#define SHEET_BLOCK ((size_t)1 << 19) /* bytes of a sheet that are packed by themselves */

/* A part of the book, whose blocks stand among those of all. */
struct packing_part {
	const struct workbook_sheet *sheet; /* NULL: Data */
	size_t first, blocks;
	char name[48];
};

struct packing {
	const struct book_rows *rows;
	struct arena **arena; /* of each thread; NULL until it packs a block */
	size_t parts, blocks;
	struct packing_part *part;
	struct zip_piece *piece; /* by block */
};

/* What is left of a block of a sheet. */
struct reading {
	const struct workbook_sheet *sheet;
	size_t at, end;
	int fault; /* errno; 0: none */
};

static size_t next_bytes(void *context, char *bytes, size_t room)
{
	struct reading *reading = context;
	size_t left = reading->end - reading->at;
	ptrdiff_t got = left == 0 ? 0 : workbook_files_read(reading->sheet, reading->at, bytes, left < room ? left : room);
	if (got < 0 || (got == 0 && left > 0))
		reading->fault = got < 0 ? errno : EIO;
	reading->at += got > 0 ? (size_t)got : 0;
	return got > 0 ? (size_t)got : 0;
}

static int pack_sheet(const struct packing_part *part, size_t block, struct zip_piece *piece, struct arena *arena, struct error *error)
{
	bool last = block + 1 == part->blocks;
	struct reading reading = { .sheet = part->sheet, .at = block * SHEET_BLOCK, .end = last ? part->sheet->length : (block + 1) * SHEET_BLOCK };
	if (zip_pack(piece, last, next_bytes, &reading, arena, error) != 0)
		return -1;
	return reading.fault == 0 ? 0 : error_system(error, reading.fault, "tabeller.xlsx: its temporary files");
}

static int pack_block(size_t item, void *context, struct error *error)
{
	struct packing *packing = context;
	struct arena **arena = &packing->arena[parallel_worker()];
	const struct packing_part *part = packing->part;
	while (item >= part->first + part->blocks)
		part++;
	if (*arena == NULL)
		*arena = arena_new(error);
	if (*arena == NULL)
		return -1;
	return part->sheet == NULL ? book_rows_pack(packing->rows, item - part->first, &packing->piece[item], *arena, error)
		: pack_sheet(part, item - part->first, &packing->piece[item], *arena, error);
}

static void add_part(struct packing *packing, const struct workbook_sheet *sheet, unsigned number, size_t blocks)
{
	struct packing_part *part = &packing->part[packing->parts++];
	*part = (struct packing_part){ .sheet = sheet, .first = packing->blocks, .blocks = blocks };
	(void)snprintf(part->name, sizeof part->name, "xl/worksheets/sheet%u.xml", number);
	packing->blocks += blocks;
}

static int list_parts(struct packing *packing, const struct workbook *workbook, struct arena *arena, struct error *error)
{
	size_t sheets;
	const struct workbook_sheet *sheet = workbook_files_sheets(&sheets);
	packing->part = arena_take(arena, sheets + 1, sizeof *packing->part, error);
	packing->arena = arena_take(arena, parallel_threads(), sizeof(struct arena *), error);
	if (packing->part == NULL || packing->arena == NULL)
		return -1;
	if (packing->rows != NULL)
		add_part(packing, NULL, workbook->book->rows_sheet, book_rows_blocks(packing->rows));
	for (size_t i = 0; i < sheets; i++)
		add_part(packing, &sheet[i], sheet[i].number, (sheet[i].length + SHEET_BLOCK - 1) / SHEET_BLOCK);
	packing->piece = arena_take(arena, packing->blocks + 1, sizeof *packing->piece, error);
	return packing->piece == NULL ? -1 : 0;
}

/* Exchanges the parts of the book at the path. */
static int exchange(const struct workbook *workbook, const struct packing *packing, struct arena *arena, struct error *error)
{
	struct text before = { .arena = arena }, after = { .arena = arena };
	struct zip_part *part = arena_take(arena, packing->parts, sizeof *part, error);
	if (part == NULL)
		return -1;
	for (size_t i = 0; i < packing->parts; i++)
		part[i] = (struct zip_part){ .name = packing->part[i].name, .piece = packing->piece + packing->part[i].first,
			.pieces = packing->part[i].blocks };
	if (workbook_files_take(workbook->path, &before, error) != 0 ||
		zip_exchange(before.bytes, before.length, "tabeller.xlsx", part, packing->parts, &after, error) != 0)
		return -1;
	return text_save(&after, workbook->path, error);
}

int workbook_finish(const struct workbook *workbook, struct error *error)
{
	struct packing packing = { .rows = workbook->book->rows };
	struct arena *arena = arena_new(error);
	int result = arena == NULL || list_parts(&packing, workbook, arena, error) != 0 ? -1 : 0;
	if (result == 0 && packing.parts > 0 &&
		(parallel_each(packing.blocks, pack_block, &packing, error) != 0 || exchange(workbook, &packing, arena, error) != 0))
		result = -1;
	for (size_t i = 0; packing.arena != NULL && i < parallel_threads(); i++)
		arena_free(packing.arena[i]);
	arena_free(arena);
	return result;
}
