/* Pieces of a file, read into rows: see parcel.h. */
#include "stages/ingest/parcel.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv_block.h"
#include "stages/ingest/personnummer.h"
#include "stages/ingest/plain.h"

void parcel_clear(struct parcel *parcel)
{
	parcel->last = parcel->broken = parcel->unread = false;
	parcel->rows.rows = 0;
	parcel->part.unhashed = 0;
	parcel->account = (struct account){ .read = 0 };
	parcel->told = 0;
	memset(parcel->is_personnummer, 0, sizeof parcel->is_personnummer);
	memset(&parcel->error, 0, sizeof parcel->error);
	memset(&parcel->behind, 0, sizeof parcel->behind);
}

int parcel_begin(struct parcel *parcel, const struct parcel_reading *how, size_t rows)
{
	return column_batch_begin(&parcel->rows, how->columns, how->reading->extract->fields, rows, &parcel->error);
}

static void scan_personnummer(struct parcel *parcel, const struct parcel_reading *how, const struct csv_record *record)
{
	for (size_t i = 0; i < record->fields; i++) {
		if (!personnummer_within(record->field[i].text, record->field[i].length))
			continue;
		if (parcel->account.personnummer++ >= PARCEL_PERSONNUMMER)
			continue;
		parcel->told++;
		if (parcel->error.count < ERROR_KEPT)
			parcel->is_personnummer[parcel->error.count] = true;
		const struct error_place place = { .file = how->shown, .line = record->line, .record = record->number,
			.column = how->layout->name[i], .code = "PERSONNUMMER" };
		(void)error_at(&parcel->error, &place, "holds a personnummer or samordningsnummer; the delivery must be "
			"pseudonymised");
	}
}

static int reject(struct parcel *parcel, const struct csv_record *record, const struct row *row)
{
	size_t count = (size_t)parcel->account.rejected - 1; /* it is counted already */
	if (count == parcel->rejection_room) {
		size_t room = count == 0 ? 64 : 2 * count;
		struct rejection *rejection = realloc(parcel->rejection, room * sizeof *rejection);
		if (rejection == NULL)
			return error_set(&parcel->error, EXIT_IO, "out of memory for wrong rows");
		parcel->rejection = rejection;
		parcel->rejection_room = room;
	}
	parcel->rejection[count] = (struct rejection){ .line = record->line, .number = record->number, .field = row->field,
		.reason = row->reason, .rule = row->rule, .nearest = row->nearest };
	return 0;
}

static int keep(struct parcel *parcel, const struct row *row)
{
	struct column_batch *rows = &parcel->rows;
	size_t at = rows->rows;
	if (at == rows->room)
		return error_set(&parcel->error, EXIT_BUG, "more rows than lines in a piece of a file");
	for (size_t i = 0; i < rows->columns; i++) {
		const union value *value = &row->value[i];
		switch (rows->type[i]) {
		case COLUMN_KEY:
			((struct key *)rows->values[i])[at] = value->key;
			break;
		case COLUMN_U16:
			((uint16_t *)rows->values[i])[at] = value->code;
			break;
		case COLUMN_I32:
			((int32_t *)rows->values[i])[at] = value->number;
			break;
		case COLUMN_I64:
			((int64_t *)rows->values[i])[at] = value->ore;
			break;
		case COLUMN_F64:
			((double *)rows->values[i])[at] = value->decimal;
			break;
		case COLUMN_TEXT:
			if (column_batch_text(rows, value->text.text, value->text.length, (uint32_t *)rows->values[i] + at,
				    &parcel->error) != 0)
				return -1;
			break;
		case COLUMN_U8:
		case COLUMN_U32:
		case COLUMN_U64:
			return error_set(&parcel->error, EXIT_BUG, "a field of no type that ingest writes");
		}
	}
	rows->rows++;
	return 0;
}

int parcel_add(struct parcel *parcel, const struct parcel_reading *how, const struct csv_record *record, bool may_hold)
{
	struct row row;
	if (may_hold)
		scan_personnummer(parcel, how, record);
	if (!how->usable)
		return 0;
	row_read(&row, how->reading, how->layout, record);
	account_row(&parcel->account, &row);
	return row.reason == REASON_NONE ? keep(parcel, &row) : reject(parcel, record, &row);
}

/* ---- plain lines ---- */

/* Marks the lines that may hold a personnummer. */
static void mark_candidates(struct parcel *parcel)
{
	const struct csv_lines *lines = &parcel->lines;
	size_t length = (size_t)lines->end[lines->rows * lines->width - 1] + 1;
	for (size_t at = personnummer_candidate(lines->bytes, 0, length), row = 0; at < length;) {
		while (lines->end[(row + 1) * lines->width - 1] < at)
			row++;
		parcel->unsure[row] = 1;
		at = personnummer_candidate(lines->bytes, (size_t)lines->end[(row + 1) * lines->width - 1] + 1, length);
	}
}

/* Reads a line as any other record. */
static int read_line(struct parcel *parcel, const struct parcel_reading *how, size_t row)
{
	const struct csv_lines *lines = &parcel->lines;
	for (size_t i = 0; i < lines->width; i++)
		parcel->field[i] = csv_lines_field(lines, row, i);
	const struct csv_record record = { .line = lines->line + row, .number = lines->number + row + 1, .fields = lines->width,
		.field = parcel->field };
	return parcel_add(parcel, how, &record, true);
}

/* Texts of the lines `from` … `to` − 1 as the values of the next rows. */
static int keep_texts(struct parcel *parcel, size_t column, size_t from, size_t to, uint32_t *index)
{
	memset(index, 0, (to - from) * sizeof *index);
	for (size_t row = from; column != LAYOUT_ABSENT && row < to; row++) {
		struct csv_field text = csv_lines_field(&parcel->lines, row, column);
		text_trim(&text.text, &text.length);
		if (text.length > 0 && column_batch_text(&parcel->rows, text.text, text.length, &index[row - from], &parcel->error) != 0)
			return -1;
	}
	return 0;
}

/* Keeps the lines `from` … `to` − 1, whose values stand from row first + from on: moves them where the next rows belong. */
static int keep_lines(struct parcel *parcel, const struct parcel_reading *how, size_t first, size_t from, size_t to)
{
	struct column_batch *rows = &parcel->rows;
	for (size_t i = 0; i < rows->columns; i++) {
		size_t size = column_size(rows->type[i]);
		char *values = rows->values[i], *next = values + rows->rows * size;
		if (rows->type[i] == COLUMN_TEXT) {
			if (keep_texts(parcel, how->layout->column[i], from, to, (uint32_t *)rows->values[i] + rows->rows) != 0)
				return -1;
		} else if (rows->rows < first + from) {
			memmove(next, values + (first + from) * size, (to - from) * size);
		}
	}
	rows->rows += to - from;
	parcel->account.read += to - from;
	parcel->account.kept += to - from;
	return 0;
}

static int reserve_lines(struct parcel *parcel)
{
	if (parcel->unsure == NULL)
		parcel->unsure = malloc(CSV_LINES_BYTES);
	if (parcel->fields < parcel->lines.width) {
		free(parcel->field);
		parcel->field = malloc(parcel->lines.width * sizeof *parcel->field);
		parcel->fields = parcel->field == NULL ? 0 : parcel->lines.width;
	}
	return parcel->unsure == NULL || parcel->field == NULL ? error_set(&parcel->error, EXIT_IO, "out of memory for lines") : 0;
}

/* Reads lines that are cut at once: their columns, then each line that is not sure, in the order of the lines. */
static int read_lines(struct parcel *parcel, const struct parcel_reading *how)
{
	struct column_batch *rows = &parcel->rows;
	size_t first = rows->rows;
	if (reserve_lines(parcel) != 0)
		return -1;
	if (rows->room - first < parcel->lines.rows)
		return error_set(&parcel->error, EXIT_BUG, "more rows than lines in a piece of a file");
	memset(parcel->unsure, 0, parcel->lines.rows);
	plain_read(&parcel->lines, how->reading, how->layout, rows, parcel->unsure);
	mark_candidates(parcel);
	for (size_t row = 0, next; row < parcel->lines.rows; row = next) {
		for (next = row; next < parcel->lines.rows && !parcel->unsure[next]; next++)
			continue;
		if (next > row ? keep_lines(parcel, how, first, row, next) != 0 : read_line(parcel, how, next++) != 0)
			return -1;
	}
	return 0;
}

/* ---- any lines ---- */

/* Reads the records that begin before `stop`: -1 at a fault that ends the file, 0 at the end of the block, else 1. */
static int read_records(struct parcel *parcel, const struct parcel_reading *how, struct csv_block *block, size_t stop)
{
	struct csv_record record;
	size_t candidate = 0;
	while (block->at < stop) {
		size_t from = block->at;
		int got = csv_block_next(block, &record, &parcel->error);
		if (got == 0)
			return 0;
		if (got < 0 && !csv_block_pass(block))
			return -1;
		if (got < 0)
			continue;
		if (candidate <= from)
			candidate = personnummer_candidate(block->span.bytes, from, block->span.length);
		if (parcel_add(parcel, how, &record, candidate < block->at) != 0)
			return -1;
		if (candidate < block->at)
			candidate = block->at;
	}
	return 1;
}

static int read_block(struct parcel *parcel, const struct parcel_reading *how, struct csv_block *block)
{
	bool plain = how->usable && how->reading->plain;
	int more = 1;
	while (more == 1) {
		int cut = plain ? csv_lines_cut(&parcel->lines, block, &parcel->error) : 0;
		if (cut < 0)
			return -1;
		if (cut == 1)
			more = read_lines(parcel, how) == 0 ? 1 : -1;
		else
			more = read_records(parcel, how, block, plain ? block->at + CSV_LINES_BYTES : SIZE_MAX);
	}
	return more;
}

void parcel_read(struct parcel *parcel, const struct parcel_reading *how, const struct csv *csv)
{
	struct csv_block block;
	parcel->unread = false;
	csv_part_begin(csv, &parcel->part, &block);
	parcel->broken = read_block(parcel, how, &block) != 0;
	if (!parcel->broken && parcel->behind.count > 0) {
		error_join(&parcel->error, &parcel->behind);
		parcel->broken = true;
	} else if (!parcel->broken && block.at < parcel->part.length) {
		(void)error_set(&parcel->error, EXIT_BUG, "%s: a record without end and without fault", how->shown);
		parcel->broken = true;
	}
	csv_block_close(&block);
}

void parcel_free(struct parcel *parcel)
{
	column_batch_free(&parcel->rows);
	csv_part_free(&parcel->part);
	csv_lines_free(&parcel->lines);
	free(parcel->unsure);
	free(parcel->field);
	free(parcel->rejection);
	*parcel = (struct parcel){ .last = false };
}
