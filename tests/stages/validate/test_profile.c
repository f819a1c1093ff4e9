/* The print of a file's rows: the same whatever their order and the files before them, another one when any value changes. */
#include "stages/validate/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pipeline/base/processor.h"

enum { ROWS = 70000, BEFORE = 1234 }; /* more than a block holds; rows of a file before */

static char path[] = "/tmp/finsamstat-profile-XXXXXX";
static struct error error;

/* Writes rows of the queue's extract, `step` of them further on each time; one value of row `changed` is another. */
static void write_rows(const struct extract *extract, size_t before, size_t step, size_t changed)
{
	struct column columns[32];
	struct column_writer *writer;
	char text[32];
	for (size_t i = 0; i < extract->fields; i++)
		columns[i] = (struct column){ extract->field[i].name, schema_column_type(extract->field[i].kind) };
	(void)unlink(path);
	assert_int_equal(column_create(&writer, path, columns, extract->fields, &error), 0);
	for (size_t n = 0; n < before + ROWS; n++) {
		size_t row = n < before ? n + 1000000 : (n - before) * step % ROWS;
		uint32_t value = (uint32_t)(row * 2654435761u >> 16) + (row == changed);
		for (size_t i = 0; i < extract->fields; i++)
			if (columns[i].type == COLUMN_KEY)
				column_put_key(writer, i, (struct key){ row / 2, value });
			else if (columns[i].type == COLUMN_U16)
				column_put_u16(writer, i, (uint16_t)(row % 3));
			else if (columns[i].type == COLUMN_I32)
				column_put_i32(writer, i, (int32_t)(17000 + row % 100));
			else if (columns[i].type == COLUMN_TEXT) {
				(void)snprintf(text, sizeof text, "text %zu", row % 7);
				assert_int_equal(column_put_text(writer, i, text, strlen(text), &error), 0);
			}
		assert_int_equal(column_end_row(writer, &error), 0);
	}
	assert_int_equal(column_finish(writer, &error), 0);
}

/* The print of the last file. */
static void measure(const struct extract *extract, size_t before, char print[PROFILE_PRINT], struct arena *arena)
{
	struct column_file *columns;
	struct profile_source source = { .rows = 0 };
	struct profile_file file[2] = { { .name = "first", .rows = before }, { .name = "second", .rows = ROWS } };
	assert_int_equal(column_open(&columns, path, &error), 0);
	struct profiling *profiling;
	assert_int_equal(profile_begin(&profiling, &source, columns, extract, file, 2, arena, &error), 0);
	for (size_t part = profile_parts(profiling); part > 0; part--)
		profile_measure(profiling, part - 1);
	assert_int_equal(profile_end(profiling, &error), 0);
	assert_int_equal(source.rows, before + ROWS);
	for (size_t i = 0; i < source.fields; i++) {
		uint64_t rows = source.field[i].empty;
		for (size_t k = 0; k < source.field[i].codes; k++)
			rows += source.field[i].code[k].rows;
		if (extract->field[i].kind == FIELD_CODE)
			assert_int_equal(rows, before + ROWS);
		if (extract->field[i].kind == FIELD_DATE)
			assert_int_equal(source.field[i].latest, 17099);
	}
	memcpy(print, file[1].print, PROFILE_PRINT);
	column_close(columns);
}

static void prints(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	const struct extract *extract = schema_extract("intresse", arena, &error);
	static const size_t steps[] = { 1, 3, 69999 }; /* no common factor with the rows */
	char first[PROFILE_PRINT], other[PROFILE_PRINT];
	assert_non_null(extract);
	write_rows(extract, 0, 1, SIZE_MAX);
	measure(extract, 0, first, arena);
	processor_at_most = PROCESSOR_PLAIN;
	measure(extract, 0, other, arena);
	processor_at_most = PROCESSOR_BEST;
	assert_string_equal(other, first);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		write_rows(extract, i * BEFORE, steps[i], SIZE_MAX);
		measure(extract, i * BEFORE, other, arena);
		assert_string_equal(other, first);
	}
	static const size_t edges[] = { 8 * COLUMN_BLOCK - 100, 8 * COLUMN_BLOCK, 16 * COLUMN_BLOCK - ROWS }; /* of parts */
	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
		write_rows(extract, edges[i], 3, SIZE_MAX);
		measure(extract, edges[i], other, arena);
		assert_string_equal(other, first);
	}
	for (size_t changed = 0; changed < ROWS; changed += 23333) {
		write_rows(extract, 0, 1, changed);
		measure(extract, 0, other, arena);
		assert_string_not_equal(other, first);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(prints) };
	int descriptor = mkstemp(path);
	if (descriptor < 0 || close(descriptor) != 0)
		return 1;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)unlink(path);
	return failed;
}
