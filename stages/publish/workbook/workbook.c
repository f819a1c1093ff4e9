/* The workbook as a whole: see workbook.h. The only users of libxlsxwriter are the files workbook*.c. */
#include "stages/publish/workbook/workbook.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/base/hash.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/publish/sheet/format.h"
#include "stages/publish/sheet/words.h"
#include "stages/publish/workbook/workbook_files.h"
#include "stages/publish/workbook/workbook_parts.h"
#include "stages/publish/workbook/workbook_words.h"

#define TABLE_FIGURES 60000u /* a table with more stands only in data/ and excel/ */
#define BOOK_FIGURES 400000u /* all tables of the book together: a sheet has 1 048 576 rows */

/* ---- cells ---- */

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

/* ---- styles ---- */

#define INK 0x1D1D1D
#define GREY 0x595959
#define BLUE 0x12436D

static lxw_format *add_style(struct book *book, enum book_style style)
{
	lxw_format *format = workbook_add_format(book->file);
	book->style[style] = format;
	if (format == NULL)
		book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
	else
		format_set_font_color(format, INK);
	return format;
}

static void make_text_styles(struct book *book)
{
	static const struct {
		enum book_style style;
		double size;
		bool bold, wrap;
		lxw_color_t colour;
	} plans[] = {
		{ BOOK_TITLE, 16, true, false, BLUE },
		{ BOOK_SUBTITLE, 12, true, false, INK },
		{ BOOK_PARAGRAPH, 11, false, true, INK },
		{ BOOK_NOTE, 10, false, true, GREY },
		{ BOOK_REMARK, 10, false, false, GREY },
		{ BOOK_HEAD, 11, true, true, INK },
		{ BOOK_HEAD_TEXT, 11, true, true, INK },
		{ BOOK_LABEL, 11, false, false, INK },
		{ BOOK_LABEL_SUM, 11, true, false, INK },
		{ BOOK_TEXT, 11, false, true, INK },
		{ BOOK_LINK, 11, false, false, BLUE },
		{ BOOK_YES, 11, true, true, 0x00582D },
		{ BOOK_NO, 11, true, true, 0x8A1F11 },
		{ BOOK_UNSURE, 11, true, true, GREY },
		{ BOOK_MARK, 11, false, false, GREY },
		{ BOOK_MARK_SUM, 11, true, false, GREY },
	};
	for (size_t i = 0; i < sizeof plans / sizeof *plans && !book->failed; i++) {
		lxw_format *format = add_style(book, plans[i].style);
		if (format == NULL)
			return;
		format_set_font_size(format, plans[i].size);
		format_set_font_color(format, plans[i].colour);
		format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
		if (plans[i].bold)
			format_set_bold(format);
		if (plans[i].wrap)
			format_set_text_wrap(format);
	}
}

static void make_number_styles(struct book *book)
{
	/* A minus is U+2212; Excel puts the groups' and decimals' signs of the reader's language in. */
	static const char *const formats[] = { "#,##0;\u2212#,##0", "#,##0.0;\u2212#,##0.0", "#,##0.00;\u2212#,##0.00",
		"0.000;\u22120.000" };
	for (int decimals = 0; decimals < 4 && !book->failed; decimals++)
		for (int sum = 0; sum < 2 && !book->failed; sum++) {
			lxw_format *format = add_style(book, (enum book_style)((sum ? BOOK_NUMBER_SUM : BOOK_NUMBER) + decimals));
			if (format == NULL)
				return;
			format_set_num_format(format, formats[decimals]);
			format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
			if (sum)
				format_set_bold(format);
		}
}

static void make_styles(struct book *book)
{
	make_text_styles(book);
	make_number_styles(book);
	if (book->failed)
		return;
	static const enum book_style right[] = { BOOK_HEAD, BOOK_MARK, BOOK_MARK_SUM };
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		format_set_align(book->style[right[i]], LXW_ALIGN_RIGHT);
	static const enum book_style heads[] = { BOOK_HEAD, BOOK_HEAD_TEXT };
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		format_set_bottom(book->style[heads[i]], LXW_BORDER_THIN);
		format_set_align(book->style[heads[i]], LXW_ALIGN_VERTICAL_BOTTOM);
	}
	static const enum book_style indented[] = { BOOK_TEXT, BOOK_YES, BOOK_NO, BOOK_UNSURE }; /* beside numbers */
	for (size_t i = 0; i < sizeof indented / sizeof *indented; i++)
		format_set_indent(book->style[indented[i]], 1);
	format_set_underline(book->style[BOOK_LINK], LXW_UNDERLINE_SINGLE);
	book->style[BOOK_PLAIN] = book->style[BOOK_LABEL]; /* of two equal formats the library hashes the second at every cell */
	for (int style = 0; style < BOOK_STYLES; style++)
		if (style == BOOK_LABEL_SUM || style == BOOK_MARK_SUM || style >= BOOK_NUMBER_SUM)
			format_set_top(book->style[style], LXW_BORDER_HAIR);
}

/* ---- sheets ---- */

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

/* ---- the whole ---- */

static void set_properties(struct book *book)
{
	const struct settings *settings = book->publication->settings;
	char period[WORDS_TEXT], company[256], status[256], title[] = "Målgrupper, insatser och resultat";
	words_period(settings->period_from, settings->period_to, period);
	(void)snprintf(company, sizeof company, "%s", settings->namn);
	(void)snprintf(status, sizeof status, "%s", book->publication->standing);
	lxw_doc_properties properties = { .title = title, .subject = period, .author = company, .company = company,
		.status = status, .created = (time_t)settings->uttagsdatum * 86400 };
	book_check(book, workbook_set_properties(book->file, &properties));
}

/* Which tables are too large to be read by people, or for a sheet. */
static int choose_tables(struct book *book)
{
	const struct publication *publication = book->publication;
	size_t room = BOOK_FIGURES;
	book->left_out = arena_take(book->arena, publication->sheets + 1, sizeof *book->left_out, book->error);
	if (book->left_out == NULL)
		return -1;
	for (size_t i = 0; i < publication->sheets; i++) {
		size_t figures = publication->sheet[i].cube->rows * publication->sheet[i].table->measures;
		book->left_out[i] = figures > TABLE_FIGURES || figures > room;
		room -= book->left_out[i] ? 0 : figures;
	}
	return 0;
}

static void write_parts(struct book *book)
{
	set_properties(book);
	make_styles(book);
	book_readme(book);
	book_goals(book);
	book_contents(book);
	book_charts(book);
	book_tables(book);
	book_data(book);
	book_definitions(book);
}

/* Begins a book, in an arena of its own; its temporary files lie beside it. NULL with the error set. */
static struct book *begin_book(struct workbook *workbook, const struct publication *publication, struct error *error)
{
	workbook_free(workbook);
	workbook->arena = arena_new(error);
	struct book *book = workbook->arena == NULL ? NULL : arena_take(workbook->arena, 1, sizeof *book, error);
	workbook->book = book;
	if (book == NULL)
		return NULL;
	*book = (struct book){ .publication = publication, .arena = workbook->arena, .error = error };
	char *folder = arena_text(workbook->arena, workbook->path, (size_t)(strrchr(workbook->path, '/') - workbook->path), error);
	if (folder == NULL || choose_tables(book) != 0 || workbook_words_begin(error) != 0)
		return NULL;
	workbook_files_begin();
	lxw_workbook_options options = { .tmpdir = folder };
	book->file = workbook_new_opt(workbook->path, &options);
	if (book->file == NULL)
		book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
	return book;
}

/* Writes the book once, into the file at its path, which is there. */
static int write_once(struct workbook *workbook, const struct publication *publication, struct error *error)
{
	struct book *book = begin_book(workbook, publication, error);
	if (book == NULL)
		return -1;
	if (book->file != NULL) {
		write_parts(book);
		if (book->failed)
			lxw_workbook_free(book->file);
		else
			book_check(book, workbook_close(book->file));
	}
	workbook_files_look();
	(void)workbook_words_end(error);
	if (workbook_files_fault() != 0)
		(void)error_system(error, workbook_files_fault(), "tabeller.xlsx: its temporary files");
	if (!book->failed && error->count == 0)
		(void)workbook_files_check(workbook->path, error);
	return book->failed || error->count > 0 ? -1 : 0;
}

/* A book that may lack what the library had no memory for is written again: it is whole when nothing is in doubt then, or when it
   came out the same, for the same allocation does not fail twice by chance. */
int workbook_write(struct workbook *workbook, const struct publication *publication, const char *path, struct error *error)
{
	char first[HASH_TEXT], second[HASH_TEXT];
	*workbook = (struct workbook){ .path = path };
	/* The library would follow a link and heed the umask: the empty file is made first. */
	if (text_save(&(struct text){ 0 }, path, error) != 0 || write_once(workbook, publication, error) != 0)
		return -1;
	if (!workbook_files_doubt())
		return 0;
	if (hash_file(path, first, error) != 0 || write_once(workbook, publication, error) != 0 || hash_file(path, second, error) != 0)
		return -1;
	return !workbook_files_doubt() || strcmp(first, second) == 0 ? 0 : error_set(error, EXIT_IO, "tabeller.xlsx: out of memory");
}

void workbook_free(const struct workbook *workbook)
{
	arena_free(workbook->arena);
}
