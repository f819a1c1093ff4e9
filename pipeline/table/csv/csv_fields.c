/* Records cut into fields: see csv_fields.h. The only user of libcsv, the authority on what a quoted field is. */
#include "pipeline/table/csv/csv_fields.h"

#include <csv.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 32
#define PARSER_STEP ((size_t)4096) /* libcsv's buffer grows by so much */

static int grow(struct csv_fields *fields, struct error *error)
{
	size_t capacity = fields->capacity == 0 ? FIRST_CAPACITY : 2 * fields->capacity;
	struct csv_field *field = realloc(fields->field, capacity * sizeof *field);
	if (field == NULL)
		return error_set(error, EXIT_IO, "no memory for the fields of a record");
	fields->field = field;
	fields->capacity = capacity;
	return 0;
}

static inline int add(struct csv_fields *fields, const char *text, size_t length, struct error *error)
{
	size_t at = fields->count++;
	if (fields->limit > 0 && at >= fields->limit)
		return 0;
	if (at == fields->capacity && grow(fields, error) != 0)
		return -1;
	fields->field[at] = (struct csv_field){text, length};
	return 0;
}

#ifdef __SSE2__
enum { WIDE = 32 };

/* Bit i: byte i is the delimiter. */
static inline uint32_t delimiters(const char *bytes, char delimiter)
{
	const __m128i wanted = _mm_set1_epi8(delimiter);
	__m128i low = _mm_loadu_si128((const __m128i *)(const void *)bytes);
	__m128i high = _mm_loadu_si128((const __m128i *)(const void *)(bytes + WIDE / 2));
	return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(low, wanted)) |
		(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(high, wanted)) << WIDE / 2;
}

/* Cuts what can be looked at WIDE bytes at a time; *field is where the next field begins, *at where the rest does. */
static int cut_wide(struct csv_fields *fields, const char *bytes, size_t length, size_t readable, char delimiter,
	size_t *field, size_t *at, struct error *error)
{
	for (; *at < length && readable - *at >= WIDE; *at += WIDE) {
		uint32_t found = delimiters(bytes + *at, delimiter);
		if (length - *at < WIDE)
			found &= (UINT32_C(1) << (length - *at)) - 1;
		for (; found != 0; found &= found - 1) {
			size_t end = *at + (size_t)__builtin_ctz(found);
			if (add(fields, bytes + *field, end - *field, error) != 0)
				return -1;
			*field = end + 1;
		}
	}
	return 0;
}
#endif

int csv_fields_cut(struct csv_fields *fields, const char *bytes, size_t length, size_t readable, char delimiter,
	struct error *error)
{
	size_t field = 0, at = 0;
	fields->count = 0;
#ifdef __SSE2__
	if (cut_wide(fields, bytes, length, readable, delimiter, &field, &at, error) != 0)
		return -1;
#else
	(void)readable;
#endif
	for (; at < length; at++)
		if (bytes[at] == delimiter) {
			if (add(fields, bytes + field, at - field, error) != 0)
				return -1;
			field = at + 1;
		}
	return add(fields, bytes + field, length - field, error);
}

/* libcsv takes spaces away; here they are data. */
static int no_space(unsigned char byte)
{
	(void)byte;
	return 0;
}

/* The scan lets no longer record through: a cap in case it is ever wrong. */
static void *capped_realloc(void *memory, size_t size)
{
	return size > CSV_LONGEST_BYTES + 2 * PARSER_STEP ? NULL : realloc(memory, size);
}

static int make_parser(struct csv_fields *fields, char delimiter, struct error *error)
{
	struct csv_parser *parser = malloc(sizeof *parser);
	if (parser == NULL || csv_init(parser, CSV_STRICT) != 0) {
		free(parser);
		return error_set(error, EXIT_IO, "no memory for libcsv");
	}
	csv_set_delim(parser, (unsigned char)delimiter);
	csv_set_space_func(parser, no_space);
	csv_set_realloc_func(parser, capped_realloc);
	csv_set_blk_size(parser, PARSER_STEP);
	fields->parser = parser;
	return 0;
}

/* Room for the values of a record of `length` bytes: unquoting makes nothing longer. */
static int reserve(struct csv_fields *fields, size_t length, struct error *error)
{
	if (length <= fields->values_capacity)
		return 0;
	char *values = realloc(fields->values, 2 * length);
	if (values == NULL)
		return error_set(error, EXIT_IO, "no memory for a record");
	fields->values = values;
	fields->values_capacity = 2 * length;
	return 0;
}

struct cut {
	struct csv_fields *fields;
	struct error *error;
	size_t records;
	bool failed;
};

static void on_field(void *text, size_t length, void *data)
{
	struct cut *cut = data;
	struct csv_fields *fields = cut->fields;
	if (length > fields->values_capacity - fields->values_used) {
		cut->failed = true;
		return;
	}
	char *value = fields->values + fields->values_used;
	memcpy(value, text, length);
	fields->values_used += length;
	if (add(fields, value, length, cut->error) != 0)
		cut->failed = true;
}

static void on_record(int end, void *data)
{
	struct cut *cut = data;
	(void)end;
	cut->records++;
}

int csv_fields_cut_quoted(struct csv_fields *fields, const char *bytes, size_t length, char delimiter,
	size_t expected, struct error *error)
{
	if (fields->parser == NULL && make_parser(fields, delimiter, error) != 0)
		return -1;
	if (reserve(fields, length, error) != 0)
		return -1;
	fields->count = 0;
	fields->values_used = 0;
	struct cut cut = {.fields = fields, .error = error};
	bool passed = csv_parse(fields->parser, bytes, length, on_field, on_record, &cut) == length &&
		csv_parse(fields->parser, "\n", 1, on_field, on_record, &cut) == 1;
	if (!passed && csv_error(fields->parser) == CSV_ENOMEM)
		return error_set(error, EXIT_IO, "no memory for a field");
	if (error->count > 0 && cut.failed)
		return -1;
	if (!passed || cut.failed || cut.records != 1 || fields->count != expected)
		return error_set(error, EXIT_BUG, "libcsv and the scan disagree about a record");
	return 0;
}

void csv_fields_free(struct csv_fields *fields)
{
	if (fields->parser != NULL)
		csv_free(fields->parser);
	free(fields->parser);
	free(fields->values);
	free(fields->field);
	*fields = (struct csv_fields){0};
}
