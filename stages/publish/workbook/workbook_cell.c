/* The sheets of a workbook and their cells: see workbook_parts.h. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/publish/sheet/format.h"
#include "stages/publish/workbook/workbook_files.h"
#include "stages/publish/workbook/workbook_parts.h"

void book_check(struct book *book, lxw_error result)
{
	workbook_files_look();
	if (book->failed || result == LXW_NO_ERROR)
		return;
	book->failed = true;
	(void)error_set(book->error, EXIT_IO, "tabeller.xlsx: %s", lxw_strerror(result));
}

const char *book_print(struct book *book, const char *format, ...)
{
	char line[1024];
	va_list values;
	if (book->failed)
		return NULL;
	va_start(values, format);
	int length = vsnprintf(line, sizeof line, format, values);
	va_end(values);
	char *text = arena_text(book->arena, line, length < 0 ? 0 : (size_t)length < sizeof line ? (size_t)length : sizeof line - 1,
		book->error);
	book->failed = text == NULL;
	return text;
}

void book_text(struct book *book, lxw_worksheet *sheet, size_t row, size_t column, const char *text, enum book_style style)
{
	if (!book->failed)
		book_check(book, worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, text, book->style[style]));
}

void book_title(struct book *book, lxw_worksheet *sheet, const char *title)
{
	book_text(book, sheet, 0, 0, title, BOOK_TITLE);
	if (!book->failed)
		book_check(book, worksheet_set_row(sheet, 0, BOOK_TITLE_ROW, NULL));
}

void book_number(struct book *book, lxw_worksheet *sheet, size_t row, size_t column, double number, enum book_style style)
{
	if (!book->failed)
		book_check(book, worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column, number, book->style[style]));
}

void book_wide_text(struct book *book, lxw_worksheet *sheet, size_t row, size_t column, size_t columns, const char *text,
	enum book_style style)
{
	if (columns < 2)
		book_text(book, sheet, row, column, text, style);
	else if (!book->failed)
		book_check(book, worksheet_merge_range(sheet, (lxw_row_t)row, (lxw_col_t)column, (lxw_row_t)row,
			(lxw_col_t)(column + columns - 1), text, book->style[style]));
}

void book_link(struct book *book, lxw_worksheet *sheet, size_t row, size_t column, const char *target, const char *text)
{
	const char *url = book_print(book, "internal:'%s'!A1", target);
	if (url != NULL)
		book_check(book, worksheet_write_url_opt(sheet, (lxw_row_t)row, (lxw_col_t)column, url, book->style[BOOK_LINK],
			text, NULL));
}

bool book_value(const struct sheet *table, size_t cube_row, size_t measure, double *number)
{
	char text[NUMBER_TEXT];
	enum measure_kind kind = table->table->measure[measure].kind;
	if (cube_row == CUBE_NO_ROW) {
		*number = 0;
		return format_absent_is_zero(kind);
	}
	if (kind == MEASURE_TEXT || cube_cell(table->cube, cube_row, measure)->status != CELL_PUBLISHED)
		return false;
	(void)format_machine(table, cube_row, measure, text);
	return number_read_decimal(text, strlen(text), number);
}

void book_cell(struct book *book, lxw_worksheet *sheet, size_t row, size_t column, const struct sheet *table, size_t cube_row,
	size_t measure, bool sum)
{
	enum measure_kind kind = table->table->measure[measure].kind;
	char text[FORMAT_TEXT];
	double number;
	if (book_value(table, cube_row, measure, &number)) {
		int decimals = cube_row == CUBE_NO_ROW ? figure_kind_decimals(kind, NULL) : format_decimals(table, cube_row, measure);
		book_number(book, sheet, row, column, number,
			(enum book_style)((sum ? BOOK_NUMBER_SUM : BOOK_NUMBER) + decimals));
	} else if (cube_row == CUBE_NO_ROW || cube_cell(table->cube, cube_row, measure)->status == CELL_MISSING) {
		book_text(book, sheet, row, column, FORMAT_MISSING, sum ? BOOK_MARK_SUM : BOOK_MARK);
	} else if (cube_cell(table->cube, cube_row, measure)->status == CELL_PROTECTED) {
		book_text(book, sheet, row, column, FORMAT_PROTECTED, sum ? BOOK_MARK_SUM : BOOK_MARK);
	} else {
		book_text(book, sheet, row, column, format_cell(table, cube_row, measure, text), BOOK_TEXT);
	}
}

/* A text for a header or footer, where & begins a code and 255 characters are the limit. */
static const char *footer_text(struct book *book)
{
	struct text text = { .arena = book->arena };
	const char *name = book->publication->settings->namn;
	bool failed = text_add_string(&text, "&L&8", book->error) != 0;
	for (size_t i = 0; name[i] != '\0' && (i < 80 || ((unsigned char)name[i] & 0xC0) == 0x80) && !failed; i++)
		failed = text_add(&text, name[i] == '&' ? "&&" : &name[i], name[i] == '&' ? 2 : 1, book->error) != 0;
	failed = failed || text_add_format(&text, book->error, "\n%s&C&8&A&R&8&P (&N)", book->publication->standing) != 0;
	book->failed = book->failed || failed;
	return failed ? "" : text.bytes;
}

lxw_worksheet *book_sheet(struct book *book, const char *name, bool landscape)
{
	if (book->failed)
		return NULL;
	bool named = workbook_validate_sheet_name(book->file, name) == LXW_NO_ERROR;
	lxw_worksheet *sheet = named ? workbook_add_worksheet(book->file, name) : NULL;
	if (sheet == NULL) {
		(void)(named ? error_set(book->error, EXIT_IO, "tabeller.xlsx: no memory for the sheet %s", name)
			     : error_set(book->error, EXIT_BUG, "tabeller.xlsx: no sheet can be named %s", name));
		book->failed = true;
		return NULL;
	}
	worksheet_set_paper(sheet, 9); /* A4 */
	if (landscape)
		worksheet_set_landscape(sheet);
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_set_margins(sheet, 0.6, 0.6, 0.7, 0.7);
	book_check(book, worksheet_set_footer(sheet, footer_text(book)));
	worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
	return sheet;
}
