/* The sheet Data: every figure of the book on a row of its own, with all dimensions as columns, for pivot tables. */
#include <string.h>

#include "stages/publish/workbook/workbook_parts.h"
#include "stages/publish/workbook/workbook_rows.h"

static size_t column_of(const struct book_columns *columns, const char *name)
{
	for (size_t i = 0; i < columns->count; i++)
		if (strcmp(columns->name[i], name) == 0)
			return i;
	return SIZE_MAX;
}

static void find_columns(const struct book *book, struct book_columns *columns)
{
	columns->name[columns->count++] = "tabell";
	for (size_t i = 0; i < book->publication->sheets; i++) {
		const struct table *table = book->publication->sheet[i].table;
		for (size_t d = 0; d < table->dimensions && book_is_listed(book, i); d++)
			if (column_of(columns, table->dimension[d].name) == SIZE_MAX && columns->count + 3 < BOOK_COLUMNS)
				columns->name[columns->count++] = table->dimension[d].name;
	}
	columns->name[columns->count++] = "matt";
	columns->name[columns->count++] = "varde";
	columns->name[columns->count++] = "status";
}

/* The range as an Excel table, which a pivot table takes as its source by name. */
static void make_table(struct book *book, lxw_worksheet *sheet, const struct book_columns *columns, size_t last_row)
{
	lxw_table_column column[BOOK_COLUMNS];
	lxw_table_column *list[BOOK_COLUMNS + 1] = { NULL };
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
	lxw_worksheet *sheet = book_sheet(book, "Data", true);
	struct book_columns *columns = sheet == NULL ? NULL : arena_take(book->arena, 1, sizeof *columns, book->error);
	book->failed = book->failed || columns == NULL;
	if (columns == NULL)
		return;
	find_columns(book, columns);
	book_check(book, worksheet_set_column(sheet, 0, (lxw_col_t)(columns->count - 1), 14, NULL));
	size_t rows = book_rows(book, sheet, columns);
	if (rows > 0)
		make_table(book, sheet, columns, rows);
	worksheet_freeze_panes(sheet, 1, 1);
	if (!book->failed) /* hundreds of pages that nobody reads: only the heading is printed */
		book_check(book, worksheet_print_area(sheet, 0, 0, 0, (lxw_col_t)(columns->count - 1)));
}
