/* Measuring a source: see profile.h. */
#include "stages/validate/profile.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/processor.h"
#include "stages/validate/print.h"

#define PART_BLOCKS ((size_t)8) /* half a million rows */

enum { FIRST_YEAR = 1900, NUMBER_CODES = 100 /* sokandekategori: two digits */, STRETCH_ROWS = 2048 };

/* A text's own number, the same in every column file. */
static uint64_t text_number(const char *text)
{
	return hash_key(text, strlen(text)).low;
}

/* ---- one column ---- */

/* One field in one part, as far as it has been measured. */
struct measured {
	const struct field *field;
	size_t column, places;
	uint64_t *count;     /* rows by code, as far as `places` */
	uint64_t empty;
	int32_t latest;      /* the largest date or month; COLUMN_NONE_I32 so far */
	bool is_birth;
};

/* Some blocks of the column file: everything that is counted of them is added up in the end. */
struct part {
	struct measured *measured; /* by field */
	struct print *print;       /* by file; one more for rows of no file */
	uint64_t decade[PROFILE_DECADES];
};

struct profiling {
	const struct column_file *columns;
	const struct extract *extract;
	struct profile_source *source;
	struct profile_file *file;
	size_t files, parts;
	struct part *part;   /* at least one */
	uint64_t *text;      /* by index: the text's number */
	struct arena *arena;
};

/* How many codes of its own a field can have: places in a count of rows; 0 for a field without codes. */
static size_t code_places(const struct profiling *profiling, const struct field *field)
{
	if (field->kind == FIELD_CODE)
		return field->codes->count;
	if (field->kind == FIELD_INTEGER && field->codes != NULL)
		return NUMBER_CODES;
	return field->is_insats ? column_texts(profiling->columns) : 0;
}

static const char *code_name(const struct profiling *profiling, const struct field *field, size_t place, struct error *error)
{
	if (field->kind == FIELD_CODE)
		return field->codes->entry[place].kod;
	return field->is_insats ? arena_print(profiling->arena, error, "%s", column_text(profiling->columns, (uint32_t)place))
				: arena_print(profiling->arena, error, "%02zu", place);
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct profile_code *)a)->code, ((const struct profile_code *)b)->code);
}

/* The codes that occur. */
static int keep_codes(const struct profiling *profiling, const struct measured *measured, struct profile_field *result,
	struct error *error)
{
	struct profile_code *code = arena_take(profiling->arena, measured->places, sizeof *code, error);
	if (code == NULL)
		return -1;
	for (size_t i = 0; i < measured->places; i++) {
		if (measured->count[i] == 0)
			continue;
		code[result->codes] = (struct profile_code){ code_name(profiling, measured->field, i, error), measured->count[i] };
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

PROCESSOR_ANY void measure_codes(struct measured *measured, const uint16_t *code, size_t rows)
{
	uint32_t empty = 0;
	for (size_t row = 0; row < rows; row++)
		empty += code[row] == CODE_NONE;
	measured->empty += empty;
	count_places(measured->count, measured->places, code, rows);
}

PROCESSOR_ANY void measure_texts(struct measured *measured, const uint32_t *text, size_t rows)
{
	uint64_t *count = measured->count, empty = 0;
	size_t places = measured->places;
	for (size_t row = 0; row < rows; row++) {
		empty += text[row] == 0;
		if (text[row] != 0 && text[row] < places)
			count[text[row]]++;
	}
	measured->empty += empty;
}

/* Dates, months and numbers: how many are empty, and the largest. */
PROCESSOR_ANY void measure_numbers(struct measured *measured, const int32_t *number, size_t rows)
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
	measured->empty += empty;
}

/* Numbers that are codes, too. */
PROCESSOR_ANY void count_numbers(struct measured *measured, const int32_t *number, size_t rows)
{
	uint16_t place[STRETCH_ROWS];
	for (size_t row = 0; row < rows; row++)
		place[row] = number[row] >= 0 && number[row] < CODE_NONE ? (uint16_t)number[row] : CODE_NONE;
	count_places(measured->count, measured->places, place, rows);
}

/* Years of birth by decade. */
PROCESSOR_ANY void count_decades(uint64_t decade[PROFILE_DECADES], const int32_t *year, size_t rows)
{
	uint16_t place[STRETCH_ROWS];
	for (size_t row = 0; row < rows; row++)
		place[row] = year[row] >= FIRST_YEAR && year[row] - FIRST_YEAR < 10 * PROFILE_DECADES
			? (uint16_t)((year[row] - FIRST_YEAR) / 10) : CODE_NONE;
	count_places(decade, PROFILE_DECADES, place, rows);
}

/* Of the other types only what is empty. */
PROCESSOR_ANY uint64_t count_empty(enum column_type type, const void *values, size_t rows)
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

PROCESSOR_ANY void measure_column(struct measured *measured, enum column_type type, const void *values, size_t rows,
	uint64_t decade[PROFILE_DECADES])
{
	if (type == COLUMN_U16)
		measure_codes(measured, values, rows);
	else if (type == COLUMN_TEXT)
		measure_texts(measured, values, rows);
	else if (type == COLUMN_I32)
		measure_numbers(measured, values, rows);
	else
		measured->empty += count_empty(type, values, rows);
	if (type == COLUMN_I32 && measured->places > 0)
		count_numbers(measured, values, rows);
	if (measured->is_birth)
		count_decades(decade, values, rows);
}

/* ---- all of them ---- */

/* One column of a stretch, in a loop for the processor at hand. */
#if PROCESSOR_CHOICE
PROCESSOR_AVX512 static void measure_column_avx512(struct measured *measured, enum column_type type, const void *values, size_t rows,
	uint64_t decade[PROFILE_DECADES])
{
	measure_column(measured, type, values, rows, decade);
}
#endif

static void measure(struct measured *measured, enum column_type type, const void *values, size_t rows, uint64_t decade[PROFILE_DECADES])
{
#if PROCESSOR_CHOICE
	if (processor_has_avx512()) {
		measure_column_avx512(measured, type, values, rows, decade);
		return;
	}
#endif
	measure_column(measured, type, values, rows, decade);
}

/* Measures rows of one file in one block. */
static void measure_stretch(const struct profiling *profiling, struct part *part, size_t file, size_t block, size_t from, size_t rows)
{
	uint64_t row_print[STRETCH_ROWS];
	print_begin(row_print, rows);
	for (size_t i = 0; i < profiling->extract->fields; i++) {
		struct measured *measured = &part->measured[i];
		enum column_type type = schema_column_type(measured->field->kind);
		const char *first = column_values(profiling->columns, measured->column, block);
		const void *values = first + from * column_size(type);
		print_column(row_print, rows, type, values, profiling->text);
		measure(measured, type, values, rows, part->decade);
	}
	print_end(row_print, rows, &part->print[file]);
}

/* The file of a row, and how many of its rows are left from there on; the number of files for a row of none. */
static size_t file_of(const struct profiling *profiling, uint64_t row, uint64_t *left)
{
	size_t at = 0;
	for (; at < profiling->files && row >= profiling->file[at].rows; at++)
		row -= profiling->file[at].rows;
	*left = at < profiling->files ? profiling->file[at].rows - row : 0;
	return at;
}

void profile_measure(const struct profiling *profiling, size_t part)
{
	size_t blocks = column_blocks(profiling->columns), block = part * PART_BLOCKS;
	uint64_t left;
	size_t at = file_of(profiling, (uint64_t)block * COLUMN_BLOCK, &left);
	for (; block < blocks && block < (part + 1) * PART_BLOCKS; block++) {
		size_t end = column_block_rows(profiling->columns, block);
		for (size_t from = 0, rows; from < end; from += rows) {
			while (left == 0 && at < profiling->files)
				left = ++at < profiling->files ? profiling->file[at].rows : 0;
			rows = end - from < STRETCH_ROWS ? end - from : STRETCH_ROWS;
			rows = at < profiling->files && left < rows ? (size_t)left : rows;
			left -= at < profiling->files ? rows : 0;
			measure_stretch(profiling, &profiling->part[part], at, block, from, rows);
		}
		column_forget(profiling->columns, block);
	}
}

static int begin_part(const struct profiling *profiling, struct part *part, struct error *error)
{
	const struct extract *extract = profiling->extract;
	part->measured = arena_take(profiling->arena, extract->fields, sizeof *part->measured, error);
	part->print = arena_take(profiling->arena, profiling->files + 1, sizeof *part->print, error);
	if (part->measured == NULL || part->print == NULL)
		return -1;
	for (size_t i = 0; i < extract->fields; i++) {
		const struct field *field = &extract->field[i];
		struct measured *measured = &part->measured[i];
		*measured = (struct measured){ .field = field, .column = i, .places = code_places(profiling, field), .latest = COLUMN_NONE_I32,
			.is_birth = strcmp(field->name, "fodelsear") == 0 };
		measured->count = arena_take(profiling->arena, measured->places, sizeof *measured->count, error);
		if (measured->count == NULL)
			return -1;
	}
	return 0;
}

int profile_begin(struct profiling **profiling, struct profile_source *source, const struct column_file *columns,
	const struct extract *extract, struct profile_file *file, size_t files, struct arena *arena, struct error *error)
{
	struct profiling *new = arena_take(arena, 1, sizeof *new, error);
	size_t texts = column_texts(columns), blocks = column_blocks(columns);
	if (new == NULL)
		return -1;
	*new = (struct profiling){ .columns = columns, .extract = extract, .source = source, .file = file, .files = files, .arena = arena,
		.parts = blocks == 0 ? 1 : (blocks + PART_BLOCKS - 1) / PART_BLOCKS };
	new->text = arena_take(arena, texts, sizeof *new->text, error);
	new->part = arena_take(arena, new->parts, sizeof *new->part, error);
	if (new->text == NULL || new->part == NULL)
		return -1;
	for (size_t i = 0; i < texts; i++)
		new->text[i] = text_number(column_text(columns, (uint32_t)i));
	for (size_t i = 0; i < new->parts; i++)
		if (begin_part(new, &new->part[i], error) != 0)
			return -1;
	*profiling = new;
	return 0;
}

size_t profile_parts(const struct profiling *profiling)
{
	return profiling->parts;
}

/* Adds a part to the first one. */
static void join_part(const struct profiling *profiling, const struct part *part)
{
	struct part *all = &profiling->part[0];
	for (size_t i = 0; i < profiling->extract->fields; i++) {
		struct measured *to = &all->measured[i];
		const struct measured *from = &part->measured[i];
		to->empty += from->empty;
		to->latest = from->latest > to->latest ? from->latest : to->latest;
		for (size_t k = 0; k < to->places; k++)
			to->count[k] += from->count[k];
	}
	for (size_t i = 0; i <= profiling->files; i++) {
		all->print[i].sum += part->print[i].sum;
		all->print[i].other += part->print[i].other;
	}
	for (size_t i = 0; i < PROFILE_DECADES; i++)
		all->decade[i] += part->decade[i];
}

/* The latest day of a field of dates or months that are no ends. */
static int32_t latest_of(const struct measured *measured)
{
	bool is_date = measured->field->kind == FIELD_DATE && !measured->field->may_be_ongoing;
	if (measured->latest == COLUMN_NONE_I32 || !(is_date || measured->field->kind == FIELD_MONTH))
		return COLUMN_NONE_I32;
	return is_date ? measured->latest : date_last_day(measured->latest);
}

int profile_end(const struct profiling *profiling, struct error *error)
{
	struct profile_source *source = profiling->source;
	const struct part *all = &profiling->part[0];
	size_t fields = profiling->extract->fields;
	struct profile_field *field = arena_take(profiling->arena, fields, sizeof *field, error);
	if (field == NULL)
		return -1;
	for (size_t i = 1; i < profiling->parts; i++)
		join_part(profiling, &profiling->part[i]);
	for (size_t i = 0; i < fields; i++) {
		const struct measured *measured = &all->measured[i];
		field[i] = (struct profile_field){ .name = measured->field->name, .empty = measured->empty, .latest = latest_of(measured) };
		if (keep_codes(profiling, measured, &field[i], error) != 0)
			return -1;
	}
	for (size_t i = 0; i < profiling->files; i++)
		(void)snprintf(profiling->file[i].print, sizeof profiling->file[i].print, "%016" PRIx64 "%016" PRIx64, all->print[i].sum,
			all->print[i].other);
	memcpy(source->decade, all->decade, sizeof source->decade);
	source->rows = column_rows(profiling->columns);
	source->fields = fields;
	source->field = field;
	source->files = profiling->files;
	source->file = profiling->file;
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
