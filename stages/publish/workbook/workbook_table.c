/* One sheet a table, in the layout that people know: see plan.c for what stands down and across. */
#include <string.h>

#include "stages/publish/sheet/arrangement.h"
#include "stages/publish/sheet/format.h"
#include "stages/publish/sheet/plan.h"
#include "stages/publish/workbook/workbook_parts.h"

#define LABEL_WIDTH 38.0  /* characters at most */
#define FIGURE_WIDTH 12.0 /* at least */
#define FIGURE_WIDEST 20.0
#define TEXT_WIDTH 30.0   /* of columns that hold texts */
#define NOTE_WIDTH 90.0   /* a table that is narrower has empty columns at its right under its note */
#define PLAIN_WIDTH 8.43  /* of a column that nothing was set for */
#define LEVELS (TABLE_DIMENSIONS + 1) /* headings beside each other */

/* A sheet being filled from top to bottom. Heights in points, widths in characters. */
struct page {
	lxw_worksheet *sheet;
	const struct sheet *table;
	size_t row;     /* the next free one */
	double height;  /* of the rows since the last block */
	size_t columns; /* the widest block so far */
	size_t labels;  /* columns of headings at the left */
	bool across_measures; /* and nothing else */
	double label[TABLE_DIMENSIONS + 1], word[TABLE_DIMENSIONS + 1]; /* longest of a dimension; behind them of the measures */
	double label_width[LEVELS], figure_width[TABLE_MEASURES]; /* by measure where only measures stand across; else the first */
	size_t heads, head_levels; /* rows above the first figures, and of them the headings' */
	double head_height;
	struct book_part *part;    /* a block each */
	size_t blocks, room;
};

/* ---- the columns ---- */

/* Finds the longest label of each dimension and of the measures, and the longest word of one. */
static void measure_labels(struct page *page)
{
	const struct sheet *sheet = page->table;
	for (size_t d = 0; d <= sheet->table->dimensions; d++) {
		bool measures = d == sheet->table->dimensions;
		const char *title = measures ? "Mått" : sheet->table->dimension[d].title;
		page->label[d] = (double)book_characters(title, true);
		for (size_t i = 0; i < (measures ? sheet->table->measures : sheet->cube->codes[d].count); i++) {
			const char *label = measures ? sheet->table->measure[i].title : sheet->label[d][i];
			double whole = (double)book_characters(label, false), word = (double)book_characters(label, true);
			page->label[d] = whole > page->label[d] ? whole : page->label[d];
			page->word[d] = word > page->word[d] ? word : page->word[d];
		}
	}
}

static double bounded(double width, double least, double most)
{
	return width < least ? least : width > most ? most : width;
}

/* The columns are as wide as the labels down and the longest word of a heading across; longer headings are wrapped. */
static void choose_widths(struct page *page, const struct arrangement *arrangement)
{
	const struct table *table = page->table->table;
	page->labels = arrangement_levels(&arrangement->down);
	for (size_t level = 0; level < page->labels; level++) {
		size_t d = level < arrangement->down.dimensions ? arrangement->down.dimension[level] : table->dimensions;
		double width = bounded(page->label[d] + 3, 0, LABEL_WIDTH);
		page->label_width[level] = width > page->label_width[level] ? width : page->label_width[level];
	}
	bool measures = arrangement->across.measures || arrangement->across.dimensions == 0;
	size_t last = measures ? table->dimensions : arrangement->across.dimension[arrangement->across.dimensions - 1];
	page->figure_width[0] = bounded(page->word[last] + 3, FIGURE_WIDTH, FIGURE_WIDEST);
	for (size_t m = 0; m < arrangement->measures && arrangement->across.dimensions == 0; m++) {
		const struct measure *measure = &table->measure[arrangement->measure[m]];
		page->figure_width[m] = measure_holds_text(measure->kind) ? TEXT_WIDTH
			: bounded((double)book_characters(measure->title, true) + 3, FIGURE_WIDTH, FIGURE_WIDEST);
	}
}

static double figure_width(const struct page *page, const struct arrangement *arrangement, size_t column)
{
	return page->figure_width[arrangement->across.dimensions == 0 && column < TABLE_MEASURES ? column : 0];
}

/* Ends a row, which has so many lines of text. */
static void end_row(struct book *book, struct page *page, size_t lines)
{
	double height = BOOK_ROW * (double)lines;
	if (lines > 1 && !book->failed)
		book_check(book, worksheet_set_row(page->sheet, (lxw_row_t)page->row, height, NULL));
	page->height += height;
	page->row++;
}

/* ---- one block ---- */

/* The headings of one level across; returns their lines. */
static size_t write_level(struct book *book, struct page *page, const struct arrangement *arrangement, size_t level)
{
	size_t width = arrangement_levels(&arrangement->down), most = 1;
	for (size_t position = 0; position < arrangement_positions(arrangement, &arrangement->across); position++) {
		size_t length = arrangement_run(arrangement, &arrangement->across, position, level);
		if (length == 0)
			continue;
		const char *heading = arrangement_heading(arrangement, &arrangement->across, position, level);
		size_t lines = book_lines(heading, figure_width(page, arrangement, position) * (double)length);
		bool text = arrangement->across.dimensions == 0 &&
			measure_holds_text(page->table->table->measure[arrangement->measure[position]].kind);
		book_wide_text(book, page->sheet, page->row, width + position, length, heading, text ? BOOK_HEAD_BESIDE : BOOK_HEAD);
		most = lines > most ? lines : most;
	}
	return most;
}

static void write_heads(struct book *book, struct page *page, const struct arrangement *arrangement)
{
	size_t height = arrangement_levels(&arrangement->across), width = arrangement_levels(&arrangement->down);
	size_t first = page->row, levels = height == 0 ? 1 : height;
	double above = page->height;
	for (size_t i = 0; i < levels; i++) {
		size_t lines = height > 0 ? write_level(book, page, arrangement, i) : 1;
		if (height == 0)
			book_text(book, page->sheet, page->row, width, arrangement->sheet->table->measure[arrangement->measure[0]].title, BOOK_HEAD);
		for (size_t level = 0; level < width; level++) {
			const char *title = i + 1 < levels ? "" : level < arrangement->down.dimensions
				? arrangement->sheet->table->dimension[arrangement->down.dimension[level]].title : "Mått";
			size_t needed = book_lines(title, page->label_width[level]);
			book_text(book, page->sheet, page->row, level, title, i + 1 < levels ? BOOK_LABEL : BOOK_HEAD_TEXT);
			lines = needed > lines ? needed : lines;
		}
		end_row(book, page, lines);
	}
	page->head_levels = page->row - first;
	page->head_height = page->height - above;
}

/* The lines that a cell's text takes: figures are on one. */
static size_t cell_lines(const struct page *page, size_t row, size_t measure, double width)
{
	char text[FORMAT_TEXT];
	if (row == CUBE_NO_ROW || !measure_holds_text(page->table->table->measure[measure].kind))
		return 1;
	return book_lines(format_cell(page->table, row, measure, text), width);
}

static void write_row(struct book *book, struct page *page, const struct arrangement *arrangement, size_t position)
{
	size_t width = arrangement_levels(&arrangement->down), most = 1;
	bool sum = arrangement_is_sum(arrangement, position);
	for (size_t level = 0; level < width; level++)
		book_text(book, page->sheet, page->row, level, arrangement_heading(arrangement, &arrangement->down, position, level),
			sum ? BOOK_LABEL_SUM : BOOK_LABEL);
	for (size_t column = 0; column < arrangement_positions(arrangement, &arrangement->across); column++) {
		size_t measure, row = arrangement_cell(arrangement, position, column, &measure);
		size_t lines = cell_lines(page, row, measure, figure_width(page, arrangement, column));
		book_cell(book, page->sheet, page->row, width + column, arrangement->sheet, row, measure, sum);
		most = lines > most ? lines : most;
	}
	end_row(book, page, most);
}

static void note_part(struct book *book, struct page *page, size_t first)
{
	struct book_part *part = book->failed ? NULL
		: arena_grow(book->arena, page->part, page->blocks, page->blocks + 1, &page->room, sizeof *part, book->error);
	book->failed = part == NULL;
	if (part == NULL)
		return;
	page->part = part;
	part[page->blocks++] = (struct book_part){ page->blocks == 0 ? 0 : first, page->height };
	page->height = 0;
}

static void write_block(struct book *book, struct page *page, const struct pivot *pivot)
{
	struct arrangement arrangement;
	struct arena *scratch = book->failed ? NULL : arena_new(book->error);
	int made = scratch == NULL ? -1 : arrangement_make(&arrangement, pivot, scratch, book->error);
	book->failed = book->failed || made < 0;
	if (made > 0) {
		size_t columns = arrangement_positions(&arrangement, &arrangement.across), first = page->row;
		if (pivot->detail != NULL) {
			book_text(book, page->sheet, page->row, 0, pivot->detail, BOOK_SUBTITLE);
			end_row(book, page, 1);
		}
		choose_widths(page, &arrangement);
		page->across_measures = arrangement.across.dimensions == 0;
		write_heads(book, page, &arrangement);
		page->heads = page->blocks == 0 ? page->row : page->heads;
		page->columns = columns > page->columns ? columns : page->columns;
		for (size_t position = 0; position < arrangement_positions(&arrangement, &arrangement.down); position++)
			write_row(book, page, &arrangement, position);
		end_row(book, page, 1);
		note_part(book, page, first);
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
	book_title(book, page->sheet, table->title);
	book_text(book, page->sheet, 1, 0, table->unit, BOOK_SUBTITLE);
	book_text(book, page->sheet, 3, 0, page->table->earlier
		? FORMAT_PROTECTED " skyddad uppgift   " FORMAT_MISSING " kan inte beräknas   Tidigare publicerade uppgifter: se Läs mig"
		: FORMAT_PROTECTED " skyddad uppgift   " FORMAT_MISSING " kan inte beräknas", BOOK_REMARK);
	book_link(book, page->sheet, 4, 0, "Innehåll", "Till innehållet");
	page->row = 6;
	page->height = BOOK_TITLE_ROW + 5 * BOOK_ROW;
}

/* Sets the columns; returns the width of all in characters, *pixels in pixels. */
static double set_columns(struct book *book, struct page *page, double *pixels)
{
	double width = 0;
	*pixels = 0;
	for (size_t i = 0; i < page->labels + page->columns; i++) {
		size_t column = i < page->labels || !page->across_measures ? 0 : i - page->labels;
		double own = i < page->labels ? page->label_width[i] : page->figure_width[column < TABLE_MEASURES ? column : 0];
		width += own;
		*pixels += book_column_pixels(own);
		book_check(book, worksheet_set_column(page->sheet, (lxw_col_t)i, (lxw_col_t)i, own, NULL));
	}
	return width;
}

/* The table's definition, as wide as its columns: a longer line would make the printed page smaller. Returns its height beyond the row
   that it stands in. */
static double write_note(struct book *book, struct page *page, double width)
{
	const char *note = page->table->note;
	size_t columns = page->labels + page->columns;
	for (; width < NOTE_WIDTH; columns++)
		width += PLAIN_WIDTH;
	book_wide_text(book, page->sheet, 2, 0, columns, note, BOOK_NOTE);
	double height = BOOK_ROW * (double)book_lines(note, width);
	if (!book->failed)
		book_check(book, worksheet_set_row(page->sheet, 2, height, NULL));
	return height - BOOK_ROW;
}

/* Rows that stay in sight and are repeated on paper: of a single block its headings, of several the title alone. */
static void set_view(struct book *book, struct page *page, double pixels)
{
	double repeated = BOOK_TITLE_ROW;
	if (page->blocks == 1) {
		worksheet_freeze_panes(page->sheet, (lxw_row_t)page->heads, (lxw_col_t)page->labels);
		worksheet_repeat_rows(page->sheet, (lxw_row_t)(page->heads - page->head_levels), (lxw_row_t)(page->heads - 1));
		repeated = page->head_height;
	} else {
		worksheet_freeze_panes(page->sheet, 1, (lxw_col_t)page->labels);
		worksheet_repeat_rows(page->sheet, 0, 0);
	}
	book_paginate(book, page->sheet, pixels, repeated, page->part, page->blocks);
}

static void write_table(struct book *book, const struct sheet *table)
{
	const struct plan *plan = plan_of(table->table);
	struct page page = { .table = table };
	double pixels;
	page.sheet = book_sheet(book, table->table->name, true);
	if (page.sheet == NULL)
		return;
	write_top(book, &page);
	if (plan == NULL || table->cube->rows == 0) {
		(void)write_note(book, &page, 0);
		book_text(book, page.sheet, page.row, 0, "Tabellen har inga uppgifter.", BOOK_LABEL);
		return;
	}
	measure_labels(&page);
	write_blocks(book, &page, &(struct pivot){ .sheet = table, .down = plan->down, .across = plan->across,
		.complete = plan->complete }, plan->blocks);
	if (book->failed || page.blocks == 0)
		return;
	double width = set_columns(book, &page, &pixels);
	page.part[0].height += write_note(book, &page, width);
	set_view(book, &page, pixels > book_column_pixels(NOTE_WIDTH) ? pixels : book_column_pixels(NOTE_WIDTH));
}

void book_tables(struct book *book)
{
	for (size_t i = 0; i < book->publication->sheets; i++)
		if (!book->left_out[i])
			write_table(book, &book->publication->sheet[i]);
}
