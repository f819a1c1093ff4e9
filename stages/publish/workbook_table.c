/* One sheet a table, in the layout that people know: see plan.c for what stands down and across. */
#include <string.h>

#include "stages/publish/arrangement.h"
#include "stages/publish/format.h"
#include "stages/publish/plan.h"
#include "stages/publish/workbook_parts.h"

/* A sheet being filled from top to bottom. */
struct page {
	lxw_worksheet *sheet;
	const struct sheet *table;
	size_t row;     /* the next free one */
	size_t columns; /* the widest block so far */
	size_t labels;  /* columns of headings at the left */
	size_t heads;   /* rows above the first figures */
	size_t blocks;
};

/* ---- one block ---- */

static void write_heads(struct book *book, struct page *page, const struct arrangement *arrangement)
{
	size_t height = arrangement_levels(&arrangement->across), width = arrangement_levels(&arrangement->down);
	size_t last = page->row + (height == 0 ? 0 : height - 1);
	for (size_t level = 0; level < width; level++) {
		for (size_t row = page->row; row < last; row++)
			book_text(book, page->sheet, row, level, "", BOOK_LABEL);
		book_text(book, page->sheet, last, level, level < arrangement->down.dimensions
			? arrangement->sheet->table->dimension[arrangement->down.dimension[level]].title : "Mått", BOOK_HEAD_TEXT);
	}
	if (height == 0)
		book_text(book, page->sheet, last, width, arrangement->sheet->table->measure[arrangement->measure[0]].title, BOOK_HEAD);
	for (size_t level = 0; level < height; level++)
		for (size_t position = 0; position < arrangement_positions(arrangement, &arrangement->across); position++) {
			size_t length = arrangement_run(arrangement, &arrangement->across, position, level);
			if (length > 0)
				book_wide_text(book, page->sheet, page->row + level, width + position, length,
					arrangement_heading(arrangement, &arrangement->across, position, level), BOOK_HEAD);
		}
	page->row = last + 1;
}

static void write_row(struct book *book, struct page *page, const struct arrangement *arrangement, size_t position)
{
	size_t width = arrangement_levels(&arrangement->down);
	size_t columns = arrangement_positions(arrangement, &arrangement->across);
	bool sum = arrangement_is_sum(arrangement, position);
	for (size_t level = 0; level < width; level++)
		book_text(book, page->sheet, page->row, level, arrangement_heading(arrangement, &arrangement->down, position, level),
			sum ? BOOK_LABEL_SUM : BOOK_LABEL);
	for (size_t column = 0; column < columns; column++) {
		size_t measure, row = arrangement_cell(arrangement, position, column, &measure);
		book_cell(book, page->sheet, page->row, width + column, arrangement->sheet, row, measure, sum);
	}
	page->row++;
}

static void write_block(struct book *book, struct page *page, const struct pivot *pivot)
{
	struct arrangement arrangement;
	struct arena *scratch = book->failed ? NULL : arena_new(book->error);
	int made = scratch == NULL ? -1 : arrangement_make(&arrangement, pivot, scratch, book->error);
	book->failed = book->failed || made < 0;
	if (made > 0) {
		size_t columns = arrangement_positions(&arrangement, &arrangement.across);
		if (pivot->detail != NULL)
			book_text(book, page->sheet, page->row++, 0, pivot->detail, BOOK_SUBTITLE);
		write_heads(book, page, &arrangement);
		page->labels = arrangement_levels(&arrangement.down);
		page->heads = page->blocks == 0 ? page->row : page->heads;
		page->columns = columns > page->columns ? columns : page->columns;
		page->blocks++;
		for (size_t position = 0; position < arrangement_positions(&arrangement, &arrangement.down); position++)
			write_row(book, page, &arrangement, position);
		page->row++;
	}
	arena_free(scratch);
}

/* A block for each combination of the codes of the named dimensions. */
static void write_blocks(struct book *book, struct page *page, const struct pivot *pivot, const char *blocks)
{
	const struct sheet *table = pivot->sheet;
	size_t length = strcspn(blocks, " "), d = sheet_dimension(table->table, blocks, length);
	const char *rest = blocks + length + (blocks[length] == ' ');
	if (length == 0) {
		write_block(book, page, pivot);
		return;
	}
	size_t count = d == SIZE_MAX ? table->table->measures : table->cube->codes[d].count;
	for (size_t place = 0; place < count && !book->failed; place++) {
		struct pivot block = *pivot;
		size_t i = d == SIZE_MAX ? place : sheet_code_at(table, d, place);
		const char *label = d == SIZE_MAX ? table->table->measure[i].title : table->label[d][i];
		block.detail = pivot->detail == NULL ? label : book_print(book, "%s, %s", pivot->detail, label);
		if (d == SIZE_MAX)
			block.measures = table->table->measure[i].name;
		else
			block.fixed[d] = table->cube->codes[d].code[i];
		write_blocks(book, page, &block, rest);
	}
}

/* ---- one table ---- */

static void write_top(struct book *book, struct page *page)
{
	const struct table *table = page->table->table;
	book_text(book, page->sheet, 0, 0, table->title, BOOK_TITLE);
	book_text(book, page->sheet, 1, 0, table->unit, BOOK_SUBTITLE);
	book_text(book, page->sheet, 3, 0, page->table->earlier
		? FORMAT_PROTECTED " skyddad uppgift   " FORMAT_MISSING " kan inte beräknas   Tidigare publicerade uppgifter: se Läs mig"
		: FORMAT_PROTECTED " skyddad uppgift   " FORMAT_MISSING " kan inte beräknas", BOOK_REMARK);
	book_link(book, page->sheet, 4, 0, "Innehåll", "Till innehållet");
	page->row = 6;
}

#define LABEL_WIDTH 38 /* characters */
#define FIGURE_WIDTH 13

/* The table's definition, as wide as its columns: a longer line would make the printed page smaller. */
static void write_note(struct book *book, struct page *page)
{
	const char *note = page->table->table->note;
	size_t width = page->labels * LABEL_WIDTH + page->columns * FIGURE_WIDTH, columns = page->labels + page->columns;
	if (columns < 5) { /* a narrow table: some empty columns at its right */
		width += (5 - columns) * 8;
		columns = 5;
	}
	book_wide_text(book, page->sheet, 2, 0, columns, note, BOOK_NOTE);
	if (!book->failed)
		book_check(book, worksheet_set_row(page->sheet, 2, 13.5 * (double)(strlen(note) / (width - width / 8) + 1), NULL));
}

static void write_table(struct book *book, const struct sheet *table)
{
	const struct plan *plan = plan_of(table->table);
	struct page page = { .table = table };
	page.sheet = book_sheet(book, table->table->name, true);
	if (page.sheet == NULL)
		return;
	write_top(book, &page);
	if (plan == NULL || table->cube->rows == 0) {
		book_text(book, page.sheet, 2, 0, "Tabellen har inga uppgifter.", BOOK_REMARK);
		return;
	}
	write_blocks(book, &page, &(struct pivot){ .sheet = table, .down = plan->down, .across = plan->across,
		.complete = plan->complete }, plan->blocks);
	write_note(book, &page);
	if (page.labels > 0)
		book_check(book, worksheet_set_column(page.sheet, 0, (lxw_col_t)(page.labels - 1), LABEL_WIDTH, NULL));
	if (page.columns > 0)
		book_check(book, worksheet_set_column(page.sheet, (lxw_col_t)page.labels, (lxw_col_t)(page.labels + page.columns - 1),
			FIGURE_WIDTH, NULL));
	if (page.blocks == 1) {
		worksheet_freeze_panes(page.sheet, (lxw_row_t)page.heads, (lxw_col_t)page.labels);
		worksheet_repeat_rows(page.sheet, 0, (lxw_row_t)(page.heads - 1));
	} else {
		worksheet_freeze_panes(page.sheet, 1, (lxw_col_t)page.labels);
		worksheet_repeat_rows(page.sheet, 0, 0);
	}
}

void book_tables(struct book *book)
{
	for (size_t i = 0; i < book->publication->sheets; i++)
		if (!book->left_out[i])
			write_table(book, &book->publication->sheet[i]);
}
