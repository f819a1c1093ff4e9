/* Measuring a source: see profile.h. */
#include "stages/validate/profile.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"

enum { FIRST_YEAR = 1900, NUMBER_CODES = 100 /* sokandekategori: two digits */ };

/* ---- prints: two lanes of 64 bits a file ---- */

struct print {
	uint64_t a, b;
};

static void mix(struct print *print, uint64_t value)
{
	print->a = (print->a ^ value) * UINT64_C(0x9E3779B97F4A7C15);
	print->a ^= print->a >> 29;
	print->b = (print->b + value) * UINT64_C(0xD6E8FEB86659FD93);
	print->b ^= print->b >> 32;
}

/* A text's own number, the same in every column file. */
static uint64_t text_number(const char *text)
{
	return hash_key(text, strlen(text)).low;
}

/* ---- one column ---- */

/* The values of one type in one block, as numbers for the print; a text as its number. */
struct values {
	const void *at;
	enum column_type type;
	const uint64_t *text; /* by index */
};

static uint64_t value_of(const struct values *values, size_t row)
{
	uint64_t bits = 0;
	switch (values->type) {
	case COLUMN_U8:
		return ((const uint8_t *)values->at)[row];
	case COLUMN_U16:
		return ((const uint16_t *)values->at)[row];
	case COLUMN_I32:
	case COLUMN_U32:
		return ((const uint32_t *)values->at)[row];
	case COLUMN_I64:
	case COLUMN_U64:
		return ((const uint64_t *)values->at)[row];
	case COLUMN_F64:
		memcpy(&bits, (const double *)values->at + row, sizeof bits);
		return bits;
	case COLUMN_KEY:
		return ((const struct key *)values->at)[row].high ^ ((const struct key *)values->at)[row].low;
	case COLUMN_TEXT:
		return values->text[((const uint32_t *)values->at)[row]];
	}
	return 0;
}

static bool is_empty(const struct values *values, const struct field *field, size_t row)
{
	switch (values->type) {
	case COLUMN_U16:
		return ((const uint16_t *)values->at)[row] == CODE_NONE;
	case COLUMN_I32: {
		int32_t number = ((const int32_t *)values->at)[row];
		return number == COLUMN_NONE_I32 || (field->may_be_ongoing && number == DATE_ONGOING);
	}
	case COLUMN_I64:
		return ((const int64_t *)values->at)[row] == COLUMN_NONE_I64;
	case COLUMN_F64:
		return isnan(((const double *)values->at)[row]) != 0;
	case COLUMN_KEY:
		return (((const struct key *)values->at)[row].high | ((const struct key *)values->at)[row].low) == 0;
	case COLUMN_TEXT:
		return ((const uint32_t *)values->at)[row] == 0;
	case COLUMN_U8:
	case COLUMN_U32:
	case COLUMN_U64:
		break;
	}
	return false;
}

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
	size_t at;           /* file of the next row … */
	uint64_t left;       /* … and how many rows it still has */
	struct print *print; /* by file */
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

/* What a value that is not empty adds to the field. */
static void measure_value(const struct measuring *measuring, struct measured *measured, const struct values *values, size_t row)
{
	const struct field *field = measured->field;
	struct profile_field *result = measured->result;
	size_t place = values->type == COLUMN_U16 || values->type == COLUMN_I32 || values->type == COLUMN_TEXT
		? (values->type == COLUMN_U16 ? ((const uint16_t *)values->at)[row] : ((const uint32_t *)values->at)[row]) : 0;
	if (place < measured->places)
		measured->count[place]++;
	if (values->type != COLUMN_I32)
		return;
	int32_t number = ((const int32_t *)values->at)[row];
	if (field->kind == FIELD_DATE && !field->may_be_ongoing && number > result->latest)
		result->latest = number;
	else if (field->kind == FIELD_MONTH && date_last_day(number) > result->latest)
		result->latest = date_last_day(number);
	else if (measured->is_birth && number >= FIRST_YEAR && (number - FIRST_YEAR) / 10 < PROFILE_DECADES)
		measuring->source->decade[(number - FIRST_YEAR) / 10]++;
}

static void measure_block(const struct measuring *measuring, struct measured *measured, size_t block)
{
	const struct values values = { column_values(measuring->columns, measured->column, block),
		schema_column_type(measured->field->kind), measuring->text };
	for (size_t row = 0; row < column_block_rows(measuring->columns, block); row++) {
		while (measured->left == 0 && measured->at + 1 < measuring->files)
			measured->left = measuring->file[++measured->at].rows;
		measured->left -= measured->left > 0;
		mix(&measured->print[measured->at], value_of(&values, row));
		if (is_empty(&values, measured->field, row))
			measured->result->empty++;
		else
			measure_value(measuring, measured, &values, row);
	}
}

static int begin_field(const struct measuring *measuring, const struct extract *extract, size_t column, struct measured *measured,
	struct profile_field *result)
{
	const struct field *field = &extract->field[column];
	*measured = (struct measured){ .field = field, .column = column, .places = code_places(measuring, field),
		.left = measuring->files == 0 ? 0 : measuring->file[0].rows, .is_birth = strcmp(field->name, "fodelsear") == 0,
		.result = result };
	*result = (struct profile_field){ .name = field->name, .latest = COLUMN_NONE_I32 };
	measured->count = arena_take(measuring->arena, measured->places, sizeof *measured->count, measuring->error);
	measured->print = arena_take(measuring->arena, measuring->files + 1, sizeof *measured->print, measuring->error);
	return measured->count == NULL || measured->print == NULL ? -1 : 0;
}

/* The print of a file's rows: of those of its columns. */
static void join_prints(const struct measured *measured, size_t fields, size_t at, struct profile_file *file)
{
	struct print print = { 0 };
	for (size_t i = 0; i < fields; i++) {
		mix(&print, measured[i].print[at].a);
		mix(&print, measured[i].print[at].b);
	}
	(void)snprintf(file->print, sizeof file->print, "%016" PRIx64 "%016" PRIx64, print.a, print.b);
}

int profile_measure(struct profile_source *source, const struct column_file *columns, const struct extract *extract,
	struct profile_file *file, size_t files, struct arena *arena, struct error *error)
{
	struct measuring measuring = { .columns = columns, .source = source, .file = file, .files = files, .arena = arena, .error = error };
	size_t texts = column_texts(columns);
	struct profile_field *field = arena_take(arena, extract->fields, sizeof *field, error);
	struct measured *measured = arena_take(arena, extract->fields, sizeof *measured, error);
	measuring.text = arena_take(arena, texts, sizeof *measuring.text, error);
	if (field == NULL || measuring.text == NULL || measured == NULL)
		return -1;
	for (size_t i = 0; i < texts; i++)
		measuring.text[i] = text_number(column_text(columns, (uint32_t)i));
	for (size_t i = 0; i < extract->fields; i++)
		if (begin_field(&measuring, extract, i, &measured[i], &field[i]) != 0)
			return -1;
	for (size_t block = 0; block < column_blocks(columns); block++) {
		for (size_t i = 0; i < extract->fields; i++)
			measure_block(&measuring, &measured[i], block);
		column_forget(columns, block);
	}
	for (size_t i = 0; i < extract->fields; i++)
		if (keep_codes(&measuring, &measured[i]) != 0)
			return -1;
	for (size_t i = 0; i < files; i++)
		join_prints(measured, extract->fields, i, &file[i]);
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
