/* The rows of Data as text: see workbook_rows.h. */
#include "stages/publish/workbook/workbook_rows.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

#include "stages/publish/sheet/format.h"
#include "stages/publish/workbook/workbook_files.h"

#define MARK DBL_MAX /* in the place of the rows until they are there: no figure is that */
#define MARK_TEXT "<v>1.797693134862316E+308</v>" /* as the library writes it */
#define CELL_BYTES 96 /* at most, of a cell's text */
#define ROW_BYTES (BOOK_COLUMNS * CELL_BYTES)
#define SPAN_ROWS 16 /* the library tells the columns in use for so many rows together */
#define BLOCK_ROWS 2048 /* of the sheet, a multiple of these: they are written, and packed, by themselves */
#define DECIMALS 4
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

/* Where the writing stands. */
struct cursor {
	struct figure next;
	size_t row;  /* of the sheet, from 1 */
	size_t text; /* values before it that are texts */
	size_t span; /* columns in use of its sixteen rows; 0: not known */
};

struct book_rows {
	struct book *book;
	const struct book_columns *columns;
	char column[BOOK_COLUMNS][4]; /* "A", "AB" */
	struct endings *table;
	struct ending status[3]; /* by enum cell_status */
	struct ending earlier;
	enum book_style style[DECIMALS + 1]; /* of the values, in the order in which they are first used */
	size_t styles;
	bool used[BOOK_STYLES];
	char number[DECIMALS][24]; /* by decimals: what stands between a cell's name and its number */
	int text_style;
	uint32_t *text; /* the string of each value that is a text */
	size_t texts, text_room;
	struct cursor *block; /* where each begins; behind them the end */
	size_t blocks, block_room;
	const char *before, *behind; /* what the library has made of the sheet without the rows */
	size_t before_length, behind_length;
	struct workbook_place place;
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

static const struct cell *cell_of(const struct book_rows *rows, const struct figure *figure)
{
	return cube_cell(rows->book->publication->sheet[figure->table].cube, figure->row, figure->measure);
}

static bool has_status(const struct cell *cell)
{
	return cell->status != CELL_PUBLISHED || cell->earlier;
}

/* The last column in use among the row at hand and those behind it down to the end of its sixteen. */
static size_t span_of(const struct book_rows *rows, const struct cursor *cursor)
{
	size_t left = SPAN_ROWS - (cursor->row - 1) % SPAN_ROWS, last = rows->columns->count - 2;
	struct figure figure = cursor->next;
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
static void count_string(struct book_rows *rows, struct ending *ending, const char *text)
{
	if (ending->length > 0)
		rows->book->file->sst->string_count += ending->string == NO_TEXT ? 0 : 1;
	else
		ending->string = string_of(rows->book, text);
	ending->length = 1; /* seen */
}

/* The ending of the row's code in dimension d. */
static struct ending *label_ending(const struct endings *endings, const struct sheet *sheet, size_t row, size_t d)
{
	const uint32_t *key = sheet->cube->key + row * sheet->table->dimensions;
	size_t list = sheet->lists[d] == NULL ? 0 : key[sheet->by[d]];
	return &endings->label[d][list * sheet->cube->codes[d].count + key[d]];
}

static void use_style(struct book_rows *rows, enum book_style style)
{
	if (!rows->used[style])
		rows->style[rows->styles++] = style;
	rows->used[style] = true;
}

/* The cell of a published value: its style, and its string where it is a text. */
static void count_value(struct book_rows *rows, const struct figure *figure)
{
	struct book *book = rows->book;
	const struct sheet *sheet = &book->publication->sheet[figure->table];
	char text[FORMAT_TEXT];
	double number;
	if (!measure_holds_text(sheet->table->measure[figure->measure].kind) || book_value(sheet, figure->row, figure->measure, &number)) {
		use_style(rows, (enum book_style)(BOOK_NUMBER + format_decimals(sheet, figure->row, figure->measure)));
		return;
	}
	use_style(rows, BOOK_TEXT);
	uint32_t *texts = arena_grow(book->arena, rows->text, rows->texts, rows->texts + 1, &rows->text_room, sizeof *texts, book->error);
	book->failed = book->failed || texts == NULL;
	if (texts == NULL)
		return;
	rows->text = texts;
	texts[rows->texts++] = string_of(book, format_cell(sheet, figure->row, figure->measure, text));
}

static void count_strings(struct book_rows *rows, const struct figure *figure)
{
	const struct sheet *sheet = &rows->book->publication->sheet[figure->table];
	struct endings *endings = &rows->table[figure->table];
	const struct cell *cell = cell_of(rows, figure);
	count_string(rows, &endings->name, sheet->table->name);
	for (size_t d = 0; d < sheet->table->dimensions; d++)
		count_string(rows, label_ending(endings, sheet, figure->row, d), sheet_label(sheet, figure->row, d));
	count_string(rows, &endings->title[figure->measure], sheet->table->measure[figure->measure].title);
	if (cell->status == CELL_PUBLISHED)
		count_value(rows, figure);
	if (has_status(cell))
		count_string(rows, cell->status == CELL_PUBLISHED ? &rows->earlier : &rows->status[cell->status], cube_status(cell));
}

/* ---- endings, when the library packs the sheet: then strings and styles have their numbers ---- */

static void write_ending(struct ending *ending, int style)
{
	int length = ending->string == NO_TEXT ? snprintf(ending->text, sizeof ending->text, " s=\"%d\"/>", style)
		: snprintf(ending->text, sizeof ending->text, " s=\"%d\" t=\"s\"><v>%u</v></c>", style, ending->string);
	ending->length = (uint8_t)length;
}

static void write_table_endings(struct endings *endings, const struct sheet *sheet, int style)
{
	write_ending(&endings->name, style);
	for (size_t m = 0; m < sheet->table->measures; m++)
		write_ending(&endings->title[m], style);
	for (size_t d = 0; d < sheet->table->dimensions; d++) {
		size_t lists = sheet->lists[d] == NULL ? 1 : sheet->cube->codes[sheet->by[d]].count;
		for (size_t i = 0; i < lists * sheet->cube->codes[d].count; i++)
			write_ending(&endings->label[d][i], style);
	}
}

/* The styles get their numbers when the library is first asked for them: in the order of the cells. */
static int style_of(const struct book_rows *rows, enum book_style style)
{
	return (int)lxw_format_get_xf_index(rows->book->style[style]);
}

static int found_place(void *context, const char *bytes, size_t before, size_t behind, size_t length)
{
	struct book_rows *rows = context;
	struct book *book = rows->book;
	int plain = style_of(rows, BOOK_PLAIN);
	for (size_t i = 0; i < rows->styles; i++) {
		int style = style_of(rows, rows->style[i]);
		if (rows->style[i] == BOOK_TEXT)
			rows->text_style = style;
		else
			(void)snprintf(rows->number[rows->style[i] - BOOK_NUMBER], sizeof *rows->number, " s=\"%d\"><v>", style);
	}
	for (size_t i = 0; i < book->publication->sheets; i++)
		if (book_is_listed(book, i))
			write_table_endings(&rows->table[i], &book->publication->sheet[i], plain);
	for (size_t i = 0; i < 3; i++)
		write_ending(&rows->status[i], plain);
	write_ending(&rows->earlier, plain);
	rows->before = arena_text(book->arena, bytes, before, book->error);
	rows->behind = arena_text(book->arena, bytes + behind, length - behind, book->error);
	rows->before_length = before;
	rows->behind_length = length - behind;
	return rows->before == NULL || rows->behind == NULL ? -1 : 0;
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
static char *put_name(const struct book_rows *rows, size_t row, char *at, size_t column)
{
	at = put(at, "<c r=\"", 6);
	at = put(at, rows->column[column], strlen(rows->column[column]));
	at = put_whole(at, row);
	return put(at, "\"", 1);
}

static char *put_string(const struct book_rows *rows, size_t row, char *at, size_t column, const struct ending *ending)
{
	at = put_name(rows, row, at, column);
	return put(at, ending->text, ending->length);
}

/* The value: a number as the library writes it, or a text. */
static char *put_value(const struct book_rows *rows, struct cursor *cursor, char *at)
{
	const struct figure *figure = &cursor->next;
	const struct sheet *sheet = &rows->book->publication->sheet[figure->table];
	double number;
	at = put_name(rows, cursor->row, at, rows->columns->count - 2);
	if (!book_value(sheet, figure->row, figure->measure, &number)) {
		struct ending ending = { .string = rows->text[cursor->text++] };
		write_ending(&ending, rows->text_style);
		return put(at, ending.text, ending.length);
	}
	const char *opening = rows->number[format_decimals(sheet, figure->row, figure->measure)];
	at = put(at, opening, strlen(opening));
	if (number >= 0 && number < 1e15 && number <= (double)(size_t)number)
		at = put_whole(at, (size_t)number);
	else
		at += snprintf(at, CELL_BYTES, "%.16G", number);
	return put(at, "</v></c>", 8);
}

/* The row of the next figure. */
static char *put_row(const struct book_rows *rows, struct cursor *cursor, char *at)
{
	const struct figure *figure = &cursor->next;
	const struct sheet *sheet = &rows->book->publication->sheet[figure->table];
	struct endings *endings = &rows->table[figure->table];
	const struct cell *cell = cell_of(rows, figure);
	if (cursor->span == 0 || (cursor->row - 1) % SPAN_ROWS == 0)
		cursor->span = cursor->row <= SPAN_ROWS ? rows->columns->count : span_of(rows, cursor); /* the heading has all */
	at = put(at, "<row r=\"", 8);
	at = put_whole(at, cursor->row);
	at = put(at, "\" spans=\"1:", 11);
	at = put_whole(at, cursor->span);
	at = put(at, "\">", 2);
	at = put_string(rows, cursor->row, at, 0, &endings->name);
	for (size_t i = 0; i < sheet->table->dimensions; i++) {
		size_t d = endings->order[i];
		at = put_string(rows, cursor->row, at, endings->column[d], label_ending(endings, sheet, figure->row, d));
	}
	at = put_string(rows, cursor->row, at, rows->columns->count - 3, &endings->title[figure->measure]);
	if (cell->status == CELL_PUBLISHED)
		at = put_value(rows, cursor, at);
	if (has_status(cell))
		at = put_string(rows, cursor->row, at, rows->columns->count - 1,
			cell->status == CELL_PUBLISHED ? &rows->earlier : &rows->status[cell->status]);
	return put(at, "</row>", 6);
}

/* ---- blocks ---- */

size_t book_rows_blocks(const struct book_rows *rows)
{
	return rows->blocks;
}

/* A block being written: before the first the sheet begins, behind the last it ends. */
struct writing {
	const struct book_rows *rows;
	struct cursor cursor;
	size_t end; /* the row of the sheet before which it ends */
	bool begins, ends;
};

/* Fills the buffer with whole rows (zip_pack). */
static size_t next_rows(void *context, char *bytes, size_t room)
{
	struct writing *writing = context;
	const struct book_rows *rows = writing->rows;
	char *at = bytes;
	if (writing->begins) {
		writing->begins = false;
		return (size_t)(put(at, rows->before, rows->before_length) - bytes);
	}
	while (room - (size_t)(at - bytes) >= ROW_BYTES && writing->cursor.row < writing->end) {
		at = put_row(rows, &writing->cursor, at);
		writing->cursor.row++;
		(void)step(rows->book, &writing->cursor.next);
	}
	if (at == bytes && writing->ends) {
		writing->ends = false;
		at = put(at, rows->behind, rows->behind_length);
	}
	return (size_t)(at - bytes);
}

int book_rows_pack(const struct book_rows *rows, size_t block, struct zip_piece *piece, struct arena *arena, struct error *error)
{
	struct writing writing = { .rows = rows, .cursor = rows->block[block], .end = rows->block[block + 1].row, .begins = block == 0,
		.ends = block + 1 == rows->blocks };
	return zip_pack(piece, writing.ends, next_rows, &writing, arena, error);
}

/* ---- the whole ---- */

/* Room for the endings of one table's cells, and the columns of its dimensions. */
static int make_endings(struct book_rows *rows, size_t table)
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

static struct book_rows *make_rows(struct book *book, const struct book_columns *columns)
{
	size_t sheets = book->publication->sheets;
	struct book_rows *rows = arena_take(book->arena, 1, sizeof *rows, book->error);
	if (rows == NULL)
		return NULL;
	*rows = (struct book_rows){ .book = book, .columns = columns, .place = { .mark = MARK_TEXT, .found = found_place, .context = rows } };
	rows->table = arena_take(book->arena, sheets, sizeof *rows->table, book->error);
	for (size_t i = 0; i < sheets; i++)
		if (rows->table == NULL || (book_is_listed(book, i) && make_endings(rows, i) != 0))
			return NULL;
	for (size_t c = 0; c < columns->count; c++)
		lxw_col_to_name(rows->column[c], (lxw_col_t)c, 0);
	return rows;
}

/* Notes that a block begins, or that all end, before a row of the sheet. */
static void add_block(struct book_rows *rows, const struct figure *figure, size_t row)
{
	struct book *book = rows->book;
	struct cursor *blocks = arena_grow(book->arena, rows->block, rows->blocks, rows->blocks + 1, &rows->block_room, sizeof *blocks, book->error);
	book->failed = book->failed || blocks == NULL;
	if (blocks == NULL)
		return;
	rows->block = blocks;
	blocks[rows->blocks++] = (struct cursor){ .next = *figure, .row = row, .text = rows->texts };
}

size_t book_rows(struct book *book, lxw_worksheet *sheet, const struct book_columns *columns)
{
	size_t row = 2;
	struct figure figure = { 0 };
	struct book_rows *rows = book->failed ? NULL : make_rows(book, columns);
	book->failed = rows == NULL;
	for (bool more = !book->failed && settle(book, &figure); more && !book->failed; more = step(book, &figure), row++) {
		if (row == 2 || (row - 1) % BLOCK_ROWS == 0)
			add_block(rows, &figure, row);
		count_strings(rows, &figure);
	}
	if (row == 2 || book->failed)
		return 0;
	add_block(rows, &figure, row);
	book_check(book, worksheet_write_number(sheet, (lxw_row_t)(row - 2), 0, MARK, NULL));
	if (book->failed)
		return 0;
	rows->blocks--; /* the end is none */
	book->rows = rows;
	book->rows_sheet = sheet->index + 1U;
	workbook_files_place(&rows->place);
	return row - 2;
}
