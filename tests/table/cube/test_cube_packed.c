/* Packed cubes: they give back what a table file gives back, hold nothing of what is withheld, and no damage passes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/checksum.h"
#include "pipeline/table/cube/cube.h"
#include "tests/table/cube/begin.h"

static const struct table people = {
	.name = "m99_people",
	.dimensions = 3,
	.measures = 3,
	.dimension = { { .name = "ar" }, { .name = "kommun", .total = true }, { .name = "nummer", .numeric = true, .total = true } },
	.measure = { { .name = "personer", .kind = MEASURE_COUNT, .additive = true }, { .name = "medel", .kind = MEASURE_TWO },
		{ .name = "ord", .kind = MEASURE_TEXT } },
};
static const struct table others = { .name = "m98_others", .dimensions = 3, .measures = 3 };

#define SECRET 987654.25
#define SECRET_TEXT "Ett ord som ingen ska se"

/* Rows of every kind of cell, in no order; more than 256 codes in one dimension, and some of no row that is written. */
static struct cube *make_cube(int kommuner)
{
	struct cube *cube = cube_new(&people, arena, &error);
	assert_non_null(cube);
	for (int i = 0; i < 7 * kommuner; i++) {
		int n = i * 11 % (7 * kommuner);
		char kommun[12], nummer[12];
		(void)snprintf(kommun, sizeof kommun, "k%d", n / 7);
		(void)snprintf(nummer, sizeof nummer, "%d", n % 7 * 3);
		const char *const key[] = { n % 2 == 0 ? "2018" : "2019", n / 7 == 3 ? CUBE_TOTAL : kommun, n % 7 == 6 ? CUBE_TOTAL : nummer };
		size_t row = cube_row_named(cube, key, &error);
		assert_true(row != CUBE_NO_ROW);
		if (n % 11 == 0)
			continue; /* nothing: dropped */
		cube_set(cube, row, 0, n % 5 == 0 ? SECRET : n);
		cube_cell(cube, row, 0)->status = n % 5 == 0 ? CELL_PROTECTED : CELL_PUBLISHED;
		cube_cell(cube, row, 0)->earlier = n % 3 == 0;
		cube_set(cube, row, 1, n % 4 == 0 ? (double)NAN : -n / 3.0);
		cube_set_text(cube, row, 2, n % 6 == 0 ? SECRET_TEXT : n % 2 == 0 ? "" : "två\nord, \"citat\"");
		cube_cell(cube, row, 2)->status = n % 6 == 0 ? CELL_PROTECTED : CELL_PUBLISHED;
	}
	return cube;
}

static const char *write_new(struct cube *cube, const char *name)
{
	const char *path = files_path(name);
	(void)remove(path);
	assert_int_equal(cube_write(cube, path, &error), 0);
	return path;
}

static void assert_same(const struct cube *one, const struct cube *other)
{
	assert_int_equal(one->rows, other->rows);
	for (size_t d = 0; d < 3; d++) {
		assert_int_equal(one->codes[d].count, other->codes[d].count);
		assert_int_equal(one->codes[d].total, other->codes[d].total);
	}
	for (size_t row = 0; row < one->rows; row++) {
		const char *key[3];
		for (size_t d = 0; d < 3; d++) {
			key[d] = cube_code_of(one, row, d);
			assert_string_equal(key[d], cube_code_of(other, row, d));
		}
		assert_int_equal(cube_find_named(one, key), row);
		for (size_t m = 0; m < 3; m++) {
			const struct cell *a = cube_cell(one, row, m), *b = cube_cell(other, row, m);
			assert_int_equal(a->status, b->status);
			assert_string_equal(cube_status(a), cube_status(b));
			assert_memory_equal(&a->number, &b->number, sizeof a->number);
			assert_true((a->text == NULL) == (b->text == NULL));
			if (a->text != NULL)
				assert_string_equal(a->text, b->text);
		}
	}
}

static void gives_what_a_table_file_gives(void **state)
{
	(void)state;
	static const int sizes[] = { 0, 1, 4, 40, 600, 10000 };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct cube *cube = make_cube(sizes[i]);
		const struct cube *plain = cube_read(&people, write_new(cube, "t.csv"), arena, &error);
		const struct cube *packed = cube_read(&people, write_new(cube, "t.cube"), arena, &error);
		unsigned long long lines = 0;
		assert_non_null(plain);
		assert_non_null(packed);
		assert_same(packed, plain);
		assert_int_equal(cube_packed_lines(files_path("t.cube"), &lines, &error), 0);
		assert_int_equal(lines, 3 * plain->rows);
	}
}

static bool holds(const char *bytes, size_t length, const void *what, size_t size)
{
	for (size_t i = 0; i + size <= length; i++)
		if (memcmp(bytes + i, what, size) == 0)
			return true;
	return false;
}

static char *read_whole(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	char *bytes = malloc(1 << 16);
	*length = file == NULL || bytes == NULL ? 0 : fread(bytes, 1, 1 << 16, file);
	assert_true(*length > 0 && *length < 1 << 16);
	assert_int_equal(fclose(file), 0);
	return bytes;
}

static void holds_nothing_that_is_withheld(void **state)
{
	(void)state;
	size_t length;
	const double secret = SECRET, told = 13;
	char *bytes = read_whole(write_new(make_cube(40), "t.cube"), &length);
	assert_true(holds(bytes, length, &told, sizeof told));
	assert_false(holds(bytes, length, &secret, sizeof secret));
	assert_false(holds(bytes, length, SECRET_TEXT, strlen(SECRET_TEXT)));
	free(bytes);
}

static void refuse(const struct table *table, const char *bytes, size_t length)
{
	error = (struct error){ 0 };
	assert_null(cube_read(table, files_write("bad.cube", bytes, length), arena, &error));
	assert_int_equal(error.code, EXIT_IO);
}

static void no_damage_passes(void **state)
{
	(void)state;
	size_t length;
	char *bytes = read_whole(write_new(make_cube(2), "t.cube"), &length);
	for (size_t i = 0; i < length; i++) {
		refuse(&people, bytes, i); /* cut short */
		bytes[i] ^= 4;
		refuse(&people, bytes, length);
		bytes[i] ^= 4;
	}
	refuse(&others, bytes, length); /* another table's */
	refuse(&people, "ar,kommun", 9);
	error = (struct error){ 0 };
	assert_non_null(cube_read(&people, files_write("good.cube", bytes, length), arena, &error));
	free(bytes);
}

/* Whatever stands behind a checksum that is right is read or refused, never followed outside (run under ASan). */
static void survives_what_a_checksum_vouches_for(void **state)
{
	(void)state;
	size_t length;
	char *bytes = read_whole(write_new(make_cube(2), "t.cube"), &length);
	const size_t sum_at = 32, head = 40;
	for (size_t i = 8; i < length; i++)
		for (int change = 1; change < 256; change *= 4) {
			uint64_t sum = 0;
			char *copy = malloc(length);
			struct checksum checksum;
			memcpy(copy, bytes, length);
			copy[i] = (char)(copy[i] ^ change);
			memcpy(copy + sum_at, &sum, sizeof sum);
			checksum_begin(&checksum);
			checksum_add(&checksum, copy, length);
			sum = checksum_value(&checksum);
			memcpy(copy + sum_at, &sum, sizeof sum);
			error = (struct error){ 0 };
			const struct cube *cube = cube_read(&people, files_write("odd.cube", copy, length), arena, &error);
			assert_true(cube != NULL || error.code == EXIT_IO || error.code == EXIT_BUG);
			free(copy);
		}
	assert_true(length > head);
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(gives_what_a_table_file_gives, begin, end),
		cmocka_unit_test_setup_teardown(holds_nothing_that_is_withheld, begin, end),
		cmocka_unit_test_setup_teardown(no_damage_passes, begin, end),
		cmocka_unit_test_setup_teardown(survives_what_a_checksum_vouches_for, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
