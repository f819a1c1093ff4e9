/* The sheet Data: every figure of the book on a row of its own, with all dimensions as columns, for pivot tables. */
#include <string.h>

#include "stages/publish/format.h"
#include "stages/publish/workbook_parts.h"

#define COLUMNS 64 /* more than all dimensions of all tables */

/* The columns: the table, every dimension of any table once, then measure, value and status. */
struct columns {
	size_t count;
	const char *name[COLUMNS];
};

static size_t column_of(const struct columns *columns, const char *name)
{
	for (size_t i = 0; i < columns->count; i++)
		if (strcmp(columns->name[i], name) == 0)
			return i;
	return SIZE_MAX;
}

/* Whether a table's figures stand here: not the reconciliation, whose own dimensions are a table and a measure. */
static bool is_listed(const struct book *book, size_t table)
{
	return !book->left_out[table] && strcmp(book->publication->sheet[table].table->chapter, "avstamning") != 0;
}

static void find_columns(const struct book *book, struct columns *columns)
{
	columns->name[columns->count++] = "tabell";
	for (size_t i = 0; i < book->publication->sheets; i++) {
		const struct table *table = book->publication->sheet[i].table;
		for (size_t d = 0; d < table->dimensions && is_listed(book, i); d++)
			if (column_of(columns, table->dimension[d].name) == SIZE_MAX && columns->count + 3 < COLUMNS)
				columns->name[columns->count++] = table->dimension[d].name;
	}
	columns->name[columns->count++] = "matt";
	columns->name[columns->count++] = "varde";
	columns->name[columns->count++] = "status";
}

static void write_figure(struct book *book, lxw_worksheet *sheet, const struct columns *columns, size_t at,
	const struct sheet *table, size_t row, size_t measure)
{
	const struct cell *cell = cube_cell(table->cube, row, measure);
	book_text(book, sheet, at, 0, table->table->name, BOOK_PLAIN);
	for (size_t d = 0; d < table->table->dimensions; d++)
		book_text(book, sheet, at, column_of(columns, table->table->dimension[d].name), sheet_label(table, row, d), BOOK_PLAIN);
	book_text(book, sheet, at, columns->count - 3, table->table->measure[measure].title, BOOK_PLAIN);
	if (cell->status == CELL_PUBLISHED)
		book_cell(book, sheet, at, columns->count - 2, table, row, measure, false);
	if (cell->status != CELL_PUBLISHED || cell->earlier)
		book_text(book, sheet, at, columns->count - 1, cube_status(cell), BOOK_PLAIN);
}

/* The range as an Excel table, which a pivot table takes as its source by name. */
static void make_table(struct book *book, lxw_worksheet *sheet, const struct columns *columns, size_t last_row)
{
	lxw_table_column column[COLUMNS];
	lxw_table_column *list[COLUMNS + 1] = { NULL };
	char name[] = "Data", style = LXW_TABLE_STYLE_TYPE_LIGHT;
	memset(column, 0, sizeof column);
	for (size_t i = 0; i < columns->count && !book->failed; i++) {
		column[i].header = arena_text(book->arena, columns->name[i], strlen(columns->name[i]), book->error);
		book->failed = column[i].header == NULL;
		list[i] = &column[i];
	}
	lxw_table_options options = { .name = name, .style_type = (uint8_t)style, .style_type_number = 1, .columns = list };
	if (!book->failed)
		book_check(book, worksheet_add_table(sheet, 0, 0, (lxw_row_t)last_row, (lxw_col_t)(columns->count - 1), &options));
}

void book_data(struct book *book)
{
	struct columns columns = { 0 };
	size_t at = 1;
	lxw_worksheet *sheet = book_sheet(book, "Data", true);
	if (sheet == NULL)
		return;
	find_columns(book, &columns);
	book_check(book, worksheet_set_column(sheet, 0, (lxw_col_t)(columns.count - 1), 14, NULL));
	for (size_t i = 0; i < book->publication->sheets; i++) {
		const struct sheet *table = &book->publication->sheet[i];
		for (size_t row = 0; row < table->cube->rows && is_listed(book, i) && !book->failed; row++)
			for (size_t m = 0; m < table->table->measures; m++)
				write_figure(book, sheet, &columns, at++, table, row, m);
	}
	if (at > 1)
		make_table(book, sheet, &columns, at - 1);
	worksheet_freeze_panes(sheet, 1, 1);
	if (!book->failed) /* hundreds of pages that nobody reads: only the heading is printed */
		book_check(book, worksheet_print_area(sheet, 0, 0, 0, (lxw_col_t)(columns.count - 1)));
}
