/* Measuring a source: see profile.h. */
#include "stages/validate/profile.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "stages/validate/print.h"

enum { FIRST_YEAR = 1900, NUMBER_CODES = 100 /* sokandekategori: two digits */, STRETCH_ROWS = 2048 };

/* A text's own number, the same in every column file. */
static uint64_t text_number(const char *text)
{
	return hash_key(text, strlen(text)).low;
}

/* ---- one column ---- */

/* What is being measured of a source. */
struct measuring {
	const struct column_file *columns;
	struct profile_source *source;
	const struct profile_file *file;
	size_t files;
	uint64_t *text;      /* by index: the text's number */
	struct arena *arena;
	struct error *error;
};

/* One field, as far as it has been measured. */
struct measured {
	const struct field *field;
	size_t column, places;
	uint64_t *count;     /* rows by code, as far as `places` */
	int32_t latest;      /* the largest date or month; COLUMN_NONE_I32 so far */
	bool is_birth;
	struct profile_field *result;
};

/* How many codes of its own a field can have: places in a count of rows; 0 for a field without codes. */
static size_t code_places(const struct measuring *measuring, const struct field *field)
{
	if (field->kind == FIELD_CODE)
		return field->codes->count;
	if (field->kind == FIELD_INTEGER && field->codes != NULL)
		return NUMBER_CODES;
	return field->is_insats ? column_texts(measuring->columns) : 0;
}

static const char *code_name(const struct measuring *measuring, const struct field *field, size_t place)
{
	if (field->kind == FIELD_CODE)
		return field->codes->entry[place].kod;
	return field->is_insats ? arena_print(measuring->arena, measuring->error, "%s",
		column_text(measuring->columns, (uint32_t)place)) : arena_print(measuring->arena, measuring->error, "%02zu", place);
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct profile_code *)a)->code, ((const struct profile_code *)b)->code);
}

/* The codes that occur. */
static int keep_codes(const struct measuring *measuring, const struct measured *measured)
{
	struct profile_field *result = measured->result;
	struct profile_code *code = arena_take(measuring->arena, measured->places, sizeof *code, measuring->error);
	if (code == NULL)
		return -1;
	for (size_t i = 0; i < measured->places; i++) {
		if (measured->count[i] == 0)
			continue;
		code[result->codes] = (struct profile_code){ code_name(measuring, measured->field, i), measured->count[i] };
		if (code[result->codes++].code == NULL)
			return -1;
	}
	qsort(code, result->codes, sizeof *code, by_code);
	result->code = code;
	return 0;
}

/* Adds to count[] how often each place below `places` stands in a stretch. Neighbours are counted apart, for they are often alike and
   then would wait for each other. */
static void count_places(uint64_t *count, size_t places, const uint16_t *place, size_t rows)
{
	enum { APART = 4, FEW = 511 };
	uint32_t some[APART][FEW + 1] = { { 0 } };
	if (places > FEW) {
		for (size_t row = 0; row < rows; row++)
			if (place[row] < places)
				count[place[row]]++;
		return;
	}
	for (size_t row = 0; row < rows; row++)
		some[row % APART][place[row] < places ? place[row] : places]++;
	for (size_t i = 0; i < places; i++)
		count[i] += (uint64_t)some[0][i] + some[1][i] + some[2][i] + some[3][i];
}

static void measure_codes(struct measured *measured, const uint16_t *code, size_t rows)
{
	uint32_t empty = 0;
	for (size_t row = 0; row < rows; row++)
		empty += code[row] == CODE_NONE;
	measured->result->empty += empty;
	count_places(measured->count, measured->places, code, rows);
}

static void measure_texts(struct measured *measured, const uint32_t *text, size_t rows)
{
	uint64_t *count = measured->count, empty = 0;
	size_t places = measured->places;
	for (size_t row = 0; row < rows; row++) {
		empty += text[row] == 0;
		if (text[row] != 0 && text[row] < places)
			count[text[row]]++;
	}
	measured->result->empty += empty;
}

/* Dates, months and numbers: how many are empty, and the largest. */
static void measure_numbers(struct measured *measured, const int32_t *number, size_t rows)
{
	int32_t latest = measured->latest, beyond = measured->field->may_be_ongoing ? DATE_ONGOING : COLUMN_NONE_I32;
	uint32_t empty = 0;
	for (size_t row = 0; row < rows; row++) { /* the least number of all is no date: it is never the largest */
		bool none = number[row] == COLUMN_NONE_I32 || number[row] == beyond;
		int32_t value = none ? COLUMN_NONE_I32 : number[row];
		empty += none;
		latest = value > latest ? value : latest;
	}
	measured->latest = latest;
	measured->result->empty += empty;
}

/* Numbers that are codes, too. */
static void count_numbers(struct measured *measured, const int32_t *number, size_t rows)
{
	uint16_t place[STRETCH_ROWS];
	for (size_t row = 0; row < rows; row++)
		place[row] = number[row] >= 0 && number[row] < CODE_NONE ? (uint16_t)number[row] : CODE_NONE;
	count_places(measured->count, measured->places, place, rows);
}

/* Years of birth by decade. */
static void count_decades(uint64_t decade[PROFILE_DECADES], const int32_t *year, size_t rows)
{
	uint16_t place[STRETCH_ROWS];
	for (size_t row = 0; row < rows; row++)
		place[row] = year[row] >= FIRST_YEAR && year[row] - FIRST_YEAR < 10 * PROFILE_DECADES
			? (uint16_t)((year[row] - FIRST_YEAR) / 10) : CODE_NONE;
	count_places(decade, PROFILE_DECADES, place, rows);
}

/* Of the other types only what is empty. */
static uint64_t count_empty(enum column_type type, const void *values, size_t rows)
{
	const int64_t *amount = values;
	const double *number = values;
	const struct key *key = values;
	uint64_t empty = 0;
	for (size_t row = 0; type == COLUMN_I64 && row < rows; row++)
		empty += amount[row] == COLUMN_NONE_I64;
	for (size_t row = 0; type == COLUMN_F64 && row < rows; row++)
		empty += isnan(number[row]) != 0;
	for (size_t row = 0; type == COLUMN_KEY && row < rows; row++)
		empty += (key[row].high | key[row].low) == 0;
	return empty;
}

static void measure_column(const struct measuring *measuring, struct measured *measured, enum column_type type, const void *values,
	size_t rows)
{
	if (type == COLUMN_U16)
		measure_codes(measured, values, rows);
	else if (type == COLUMN_TEXT)
		measure_texts(measured, values, rows);
	else if (type == COLUMN_I32)
		measure_numbers(measured, values, rows);
	else
		measured->result->empty += count_empty(type, values, rows);
	if (type == COLUMN_I32 && measured->places > 0)
		count_numbers(measured, values, rows);
	if (measured->is_birth)
		count_decades(measuring->source->decade, values, rows);
}

/* Measures rows of one file in one block. */
static void measure_stretch(const struct measuring *measuring, struct measured *measured, size_t fields, size_t block, size_t from,
	size_t rows, struct print *print)
{
	uint64_t row_print[STRETCH_ROWS];
	print_begin(row_print, rows);
	for (size_t i = 0; i < fields; i++) {
		enum column_type type = schema_column_type(measured[i].field->kind);
		const char *first = column_values(measuring->columns, measured[i].column, block);
		const void *values = first + from * column_size(type);
		print_column(row_print, rows, type, values, measuring->text);
		measure_column(measuring, &measured[i], type, values, rows);
	}
	print_end(row_print, rows, print);
}

/* Measures all rows, stretch by stretch; print[] is by file, and has one more for rows of no file. */
static void measure_rows(const struct measuring *measuring, struct measured *measured, size_t fields, struct print *print)
{
	size_t at = 0, blocks = column_blocks(measuring->columns);
	uint64_t left = measuring->files == 0 ? 0 : measuring->file[0].rows;
	for (size_t block = 0; block < blocks; block++) {
		size_t end = column_block_rows(measuring->columns, block);
		for (size_t from = 0, rows; from < end; from += rows) {
			while (left == 0 && at < measuring->files)
				left = ++at < measuring->files ? measuring->file[at].rows : 0;
			rows = end - from < STRETCH_ROWS ? end - from : STRETCH_ROWS;
			rows = at < measuring->files && left < rows ? (size_t)left : rows;
			left -= at < measuring->files ? rows : 0;
			measure_stretch(measuring, measured, fields, block, from, rows, &print[at]);
		}
		column_forget(measuring->columns, block);
	}
}

/* The latest day of a field of dates or months that are no ends. */
static void keep_latest(const struct measured *measured)
{
	bool is_date = measured->field->kind == FIELD_DATE && !measured->field->may_be_ongoing;
	if (measured->latest != COLUMN_NONE_I32 && (is_date || measured->field->kind == FIELD_MONTH))
		measured->result->latest = is_date ? measured->latest : date_last_day(measured->latest);
}

static int begin_field(const struct measuring *measuring, const struct extract *extract, size_t column, struct measured *measured,
	struct profile_field *result)
{
	const struct field *field = &extract->field[column];
	*measured = (struct measured){ .field = field, .column = column, .places = code_places(measuring, field),
		.latest = COLUMN_NONE_I32, .is_birth = strcmp(field->name, "fodelsear") == 0, .result = result };
	*result = (struct profile_field){ .name = field->name, .latest = COLUMN_NONE_I32 };
	measured->count = arena_take(measuring->arena, measured->places, sizeof *measured->count, measuring->error);
	return measured->count == NULL ? -1 : 0;
}

int profile_measure(struct profile_source *source, const struct column_file *columns, const struct extract *extract,
	struct profile_file *file, size_t files, struct arena *arena, struct error *error)
{
	struct measuring measuring = { .columns = columns, .source = source, .file = file, .files = files, .arena = arena, .error = error };
	size_t texts = column_texts(columns);
	struct profile_field *field = arena_take(arena, extract->fields, sizeof *field, error);
	struct measured *measured = arena_take(arena, extract->fields, sizeof *measured, error);
	measuring.text = arena_take(arena, texts, sizeof *measuring.text, error);
	struct print *print = arena_take(arena, files + 1, sizeof *print, error);
	if (field == NULL || measuring.text == NULL || measured == NULL || print == NULL)
		return -1;
	for (size_t i = 0; i < texts; i++)
		measuring.text[i] = text_number(column_text(columns, (uint32_t)i));
	for (size_t i = 0; i < extract->fields; i++)
		if (begin_field(&measuring, extract, i, &measured[i], &field[i]) != 0)
			return -1;
	measure_rows(&measuring, measured, extract->fields, print);
	for (size_t i = 0; i < extract->fields; i++) {
		keep_latest(&measured[i]);
		if (keep_codes(&measuring, &measured[i]) != 0)
			return -1;
	}
	for (size_t i = 0; i < files; i++)
		(void)snprintf(file[i].print, sizeof file[i].print, "%016" PRIx64 "%016" PRIx64, print[i].sum, print[i].other);
	source->rows = column_rows(columns);
	source->fields = extract->fields;
	source->field = field;
	source->files = files;
	source->file = file;
	return 0;
}

const struct profile_field *profile_field(const struct profile_source *source, const char *name)
{
	for (size_t i = 0; i < source->fields; i++)
		if (strcmp(source->field[i].name, name) == 0)
			return &source->field[i];
	return NULL;
}

uint64_t profile_code_rows(const struct profile_field *field, const char *code)
{
	for (size_t i = 0; i < field->codes; i++)
		if (strcmp(field->code[i].code, code) == 0)
			return field->code[i].rows;
	return 0;
}
