/* The rows of Data as text: see workbook_rows.h. */
#include "stages/publish/workbook_rows.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

#include "stages/publish/format.h"
#include "stages/publish/workbook_files.h"

#define MARK DBL_MAX /* in the place of the rows until they are there: no figure is that */
#define MARK_TEXT "<v>1.797693134862316E+308</v>" /* as the library writes it */
#define CELL_BYTES 96 /* at most, of a cell's text */
#define ROW_BYTES (BOOK_COLUMNS * CELL_BYTES)
#define SPAN_ROWS 16 /* the library tells the columns in use for so many rows together */
#define TEXT_MOST 32767 /* characters of a cell */
#define NO_TEXT UINT32_MAX /* a cell without a value */

/* The place of a figure. */
struct figure {
	size_t table, row, measure;
};

/* What stands behind a cell's name: ` s="7" t="s"><v>326</v></c>`. */
struct ending {
	uint32_t string; /* among the book's shared strings; NO_TEXT */
	uint8_t length;  /* 0: not written yet */
	char text[55];
};

/* The endings of a table's cells of text, each in the style BOOK_PLAIN. */
struct endings {
	struct ending name, *title;              /* by measure */
	struct ending *label[TABLE_DIMENSIONS]; /* by code; of a dimension whose lists another one names, by both codes */
	size_t column[TABLE_DIMENSIONS];        /* of the sheet … */
	size_t order[TABLE_DIMENSIONS];         /* … and the dimensions from left to right */
};

struct rows {
	struct book *book;
	const struct book_columns *columns;
	char column[BOOK_COLUMNS][4]; /* "A", "AB" */
	struct endings *table;
	struct ending status[3]; /* by enum cell_status */
	struct ending earlier;
	struct figure next;
	size_t row, span; /* of the sheet, from 1; columns in use of its sixteen */
	struct workbook_insert insert;
};

bool book_is_listed(const struct book *book, size_t table)
{
	return !book->left_out[table] && strcmp(book->publication->sheet[table].table->chapter, "avstamning") != 0;
}

/* ---- the figures in turn ---- */

/* Goes on to the first figure at or behind the place. False at the end. */
static bool settle(const struct book *book, struct figure *figure)
{
	for (; figure->table < book->publication->sheets; figure->table++, figure->row = 0)
		if (book_is_listed(book, figure->table) && figure->row < book->publication->sheet[figure->table].cube->rows)
			return true;
	return false;
}

static bool step(const struct book *book, struct figure *figure)
{
	if (++figure->measure == book->publication->sheet[figure->table].table->measures) {
		figure->measure = 0;
		figure->row++;
	}
	return settle(book, figure);
}

static const struct cell *cell_of(const struct rows *rows, const struct figure *figure)
{
	return cube_cell(rows->book->publication->sheet[figure->table].cube, figure->row, figure->measure);
}

static bool has_status(const struct cell *cell)
{
	return cell->status != CELL_PUBLISHED || cell->earlier;
}

/* The last column in use among the figure's row and those behind it down to the end of its sixteen. */
static size_t span_of(const struct rows *rows, struct figure figure)
{
	size_t left = SPAN_ROWS - (rows->row - 1) % SPAN_ROWS, last = rows->columns->count - 2;
	for (bool more = true; more && left > 0; left--, more = step(rows->book, &figure)) {
		const struct cell *cell = cell_of(rows, &figure);
		if (has_status(cell))
			return rows->columns->count;
		last = cell->status == CELL_PUBLISHED ? rows->columns->count - 1 : last;
	}
	return last;
}

/* ---- strings: each is known to the book when its cells are, so that they are numbered in the order of the cells ---- */

static uint32_t string_of(struct book *book, const char *text)
{
	if (book->failed || *text == '\0')
		return NO_TEXT;
	const struct sst_element *element = lxw_get_sst_index(book->file->sst, text, 0);
	book_check(book, element == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED : lxw_utf8_strlen(text) > TEXT_MOST ? LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED
		: LXW_NO_ERROR);
	return book->failed ? NO_TEXT : element->index;
}

/* A cell of a text that others have, too: it is counted again, but looked up only the first time. */
static void count_string(struct rows *rows, struct ending *ending, const char *text)
{
	if (ending->length > 0)
		rows->book->file->sst->string_count += ending->string == NO_TEXT ? 0 : 1;
	else
		ending->string = string_of(rows->book, text);
	ending->length = 1; /* seen */
}

static struct ending *status_ending(struct rows *rows, const struct cell *cell)
{
	return cell->status == CELL_PUBLISHED ? &rows->earlier : &rows->status[cell->status];
}

/* The ending of the row's code in dimension d. */
static struct ending *label_ending(const struct endings *endings, const struct sheet *sheet, size_t row, size_t d)
{
	const uint32_t *key = sheet->cube->key + row * sheet->table->dimensions;
	size_t list = sheet->lists[d] == NULL ? 0 : key[sheet->by[d]];
	return &endings->label[d][list * sheet->cube->codes[d].count + key[d]];
}

static void count_strings(struct rows *rows, const struct figure *figure)
{
	struct book *book = rows->book;
	const struct sheet *sheet = &book->publication->sheet[figure->table];
	struct endings *endings = &rows->table[figure->table];
	const struct cell *cell = cell_of(rows, figure);
	char text[FORMAT_TEXT];
	double number;
	count_string(rows, &endings->name, sheet->table->name);
	for (size_t d = 0; d < sheet->table->dimensions; d++)
		count_string(rows, label_ending(endings, sheet, figure->row, d), sheet_label(sheet, figure->row, d));
	count_string(rows, &endings->title[figure->measure], sheet->table->measure[figure->measure].title);
	if (cell->status == CELL_PUBLISHED && measure_holds_text(sheet->table->measure[figure->measure].kind) &&
		!book_value(sheet, figure->row, figure->measure, &number))
		(void)string_of(book, format_cell(sheet, figure->row, figure->measure, text));
	if (has_status(cell))
		count_string(rows, status_ending(rows, cell), cube_status(cell));
}

/* ---- text ---- */

static char *put(char *at, const char *bytes, size_t length)
{
	memcpy(at, bytes, length);
	return at + length;
}

static char *put_whole(char *at, size_t number)
{
	char digits[24], *from = digits + sizeof digits;
	do
		*--from = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	return put(at, from, (size_t)(digits + sizeof digits - from));
}

/* `<c r="B2"` */
static char *put_name(const struct rows *rows, char *at, size_t column)
{
	at = put(at, "<c r=\"", 6);
	at = put(at, rows->column[column], strlen(rows->column[column]));
	at = put_whole(at, rows->row);
	return put(at, "\"", 1);
}

/* The styles get their numbers when the library first asks for them: in the order of the cells. */
static int style_of(const struct rows *rows, enum book_style style)
{
	return (int)lxw_format_get_xf_index(rows->book->style[style]);
}

static void write_ending(struct ending *ending, int style)
{
	int length = ending->string == NO_TEXT ? snprintf(ending->text, sizeof ending->text, " s=\"%d\"/>", style)
		: snprintf(ending->text, sizeof ending->text, " s=\"%d\" t=\"s\"><v>%u</v></c>", style, ending->string);
	ending->length = (uint8_t)length;
}

static char *put_string(const struct rows *rows, char *at, size_t column, struct ending *ending)
{
	if (ending->length <= 1)
		write_ending(ending, style_of(rows, BOOK_PLAIN));
	at = put_name(rows, at, column);
	return put(at, ending->text, ending->length);
}

/* The value: a number as the library writes it, or a text. */
static char *put_value(struct rows *rows, char *at, const struct figure *figure)
{
	const struct sheet *sheet = &rows->book->publication->sheet[figure->table];
	char text[FORMAT_TEXT];
	double number;
	at = put_name(rows, at, rows->columns->count - 2);
	if (!book_value(sheet, figure->row, figure->measure, &number)) {
		struct ending ending = { .string = string_of(rows->book, format_cell(sheet, figure->row, figure->measure, text)) };
		rows->book->file->sst->string_count -= ending.string == NO_TEXT ? 0 : 1; /* it has been counted */
		write_ending(&ending, style_of(rows, BOOK_TEXT));
		return put(at, ending.text, ending.length);
	}
	int style = style_of(rows, (enum book_style)(BOOK_NUMBER + format_decimals(sheet, figure->row, figure->measure)));
	if (number >= 0 && number < 1e15 && number <= (double)(size_t)number) {
		at += snprintf(at, CELL_BYTES, " s=\"%d\"><v>", style);
		at = put_whole(at, (size_t)number);
		return put(at, "</v></c>", 8);
	}
	return at + snprintf(at, CELL_BYTES, " s=\"%d\"><v>%.16G</v></c>", style, number);
}

/* The row of the next figure. */
static char *put_row(struct rows *rows, char *at)
{
	const struct figure *figure = &rows->next;
	const struct sheet *sheet = &rows->book->publication->sheet[figure->table];
	struct endings *endings = &rows->table[figure->table];
	const struct cell *cell = cell_of(rows, figure);
	if (rows->span == 0 || (rows->row - 1) % SPAN_ROWS == 0)
		rows->span = rows->row <= SPAN_ROWS ? rows->columns->count : span_of(rows, *figure); /* the heading has all */
	at = put(at, "<row r=\"", 8);
	at = put_whole(at, rows->row);
	at = put(at, "\" spans=\"1:", 11);
	at = put_whole(at, rows->span);
	at = put(at, "\">", 2);
	at = put_string(rows, at, 0, &endings->name);
	for (size_t i = 0; i < sheet->table->dimensions; i++) {
		size_t d = endings->order[i];
		at = put_string(rows, at, endings->column[d], label_ending(endings, sheet, figure->row, d));
	}
	at = put_string(rows, at, rows->columns->count - 3, &endings->title[figure->measure]);
	if (cell->status == CELL_PUBLISHED)
		at = put_value(rows, at, figure);
	if (has_status(cell))
		at = put_string(rows, at, rows->columns->count - 1, status_ending(rows, cell));
	return put(at, "</row>", 6);
}

/* Fills the buffer with whole rows (workbook_files.h). */
static size_t next_rows(void *context, char *bytes, size_t room)
{
	struct rows *rows = context;
	char *at = bytes;
	while (room - (size_t)(at - bytes) >= ROW_BYTES && settle(rows->book, &rows->next)) {
		at = put_row(rows, at);
		rows->row++;
		(void)step(rows->book, &rows->next);
	}
	return (size_t)(at - bytes);
}

/* ---- the whole ---- */

/* Room for the endings of one table's cells, and the columns of its dimensions. */
static int make_endings(struct rows *rows, size_t table)
{
	const struct book *book = rows->book;
	const struct sheet *sheet = &book->publication->sheet[table];
	struct endings *endings = &rows->table[table];
	endings->title = arena_take(book->arena, sheet->table->measures, sizeof *endings->title, book->error);
	for (size_t d = 0; d < sheet->table->dimensions && endings->title != NULL; d++) {
		size_t lists = sheet->lists[d] == NULL ? 1 : sheet->cube->codes[sheet->by[d]].count;
		endings->label[d] = arena_take(book->arena, lists * sheet->cube->codes[d].count, sizeof **endings->label, book->error);
		if (endings->label[d] == NULL)
			return -1;
		while (strcmp(rows->columns->name[endings->column[d]], sheet->table->dimension[d].name) != 0)
			endings->column[d]++;
		size_t place = d; /* insertion: those to the left come before */
		for (; place > 0 && endings->column[endings->order[place - 1]] > endings->column[d]; place--)
			endings->order[place] = endings->order[place - 1];
		endings->order[place] = d;
	}
	return endings->title == NULL ? -1 : 0;
}

static struct rows *make_rows(struct book *book, const struct book_columns *columns)
{
	size_t sheets = book->publication->sheets;
	struct rows *rows = arena_take(book->arena, 1, sizeof *rows, book->error);
	if (rows == NULL)
		return NULL;
	*rows = (struct rows){ .book = book, .columns = columns, .row = 2, .insert = { .mark = MARK_TEXT, .next = next_rows, .context = rows } };
	rows->table = arena_take(book->arena, sheets, sizeof *rows->table, book->error);
	for (size_t i = 0; i < sheets; i++)
		if (rows->table == NULL || (book_is_listed(book, i) && make_endings(rows, i) != 0))
			return NULL;
	for (size_t c = 0; c < columns->count; c++)
		lxw_col_to_name(rows->column[c], (lxw_col_t)c, 0);
	return rows;
}

size_t book_rows(struct book *book, lxw_worksheet *sheet, const struct book_columns *columns)
{
	size_t count = 0;
	struct figure figure = { 0 };
	struct rows *rows = book->failed ? NULL : make_rows(book, columns);
	book->failed = rows == NULL;
	for (bool more = !book->failed && settle(book, &figure); more && !book->failed; more = step(book, &figure), count++)
		count_strings(rows, &figure);
	if (count == 0 || book->failed)
		return 0;
	book_check(book, worksheet_write_number(sheet, (lxw_row_t)count, 0, MARK, NULL));
	workbook_files_insert(&rows->insert);
	return count;
}
