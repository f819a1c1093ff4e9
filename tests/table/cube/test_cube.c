/* Tests of cubes: margins, order, what is written and dropped, reading back, damaged files, many rows. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/table/cube/cube.h"
#include "tests/table/cube/begin.h"

/* Three dimensions, two of them starred; a count, a mean and a text. */
static const struct table people = {
	.name = "m99_people",
	.dimensions = 3,
	.measures = 3,
	.dimension = { { .name = "ar" }, { .name = "kommun", .total = true }, { .name = "kon", .total = true } },
	.measure = { { .name = "personer", .kind = MEASURE_COUNT, .additive = true }, { .name = "medel", .kind = MEASURE_TWO },
		{ .name = "ord", .kind = MEASURE_TEXT } },
};

static const struct table goals = {
	.name = "g99_goals",
	.dimensions = 2,
	.measures = 1,
	.dimension = { { .name = "insats" }, { .name = "mal", .numeric = true } },
	.measure = { { .name = "utfall", .kind = MEASURE_GOAL } },
};

static const struct table four_stars = {
	.name = "m98_stars",
	.dimensions = 5,
	.measures = 1,
	.dimension = { { .name = "a", .total = true }, { .name = "b", .total = true }, { .name = "c" },
		{ .name = "d", .total = true }, { .name = "e", .total = true } },
	.measure = { { .name = "antal", .kind = MEASURE_COUNT, .additive = true } },
};

static struct cube *new_cube(const struct table *table)
{
	struct cube *cube = cube_new(table, arena, &error);
	assert_non_null(cube);
	return cube;
}

static size_t row_of(struct cube *cube, const char *a, const char *b, const char *c)
{
	const char *const codes[3] = { a, b, c };
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	return row;
}

static size_t find(const struct cube *cube, const char *a, const char *b, const char *c)
{
	const char *const codes[3] = { a, b, c };
	return cube_find_named(cube, codes);
}

static bool is(const struct cube *cube, size_t row, size_t measure, double number)
{
	const struct cell *cell = cube_cell(cube, row, measure);
	return cell->status == CELL_PUBLISHED && cell->number >= number && cell->number <= number;
}

/* The bytes of a file, in a buffer lent until the next call. */
static const char *content(const char *path)
{
	static char bytes[8192];
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
	assert_int_equal(fclose(file), 0);
	return bytes;
}

static const char *written(struct cube *cube)
{
	const char *path = files_path("cube.csv");
	(void)remove(path);
	if (cube_write(cube, path, &error) != 0)
		fail_msg("%s", error.message[0]);
	return content(path);
}

static void empty_cube(void **state)
{
	(void)state;
	struct cube *cube = new_cube(&people);
	assert_int_equal(find(cube, "2018", "1440", "K"), CUBE_NO_ROW);
	assert_int_equal(cube_find_code(cube, 0, "2018"), UINT32_MAX);
	assert_int_equal(cube_sort(cube, &error), 0);
	assert_string_equal(written(cube), "ar,kommun,kon,matt,varde,status\n");
	struct cube *back = cube_read(&people, files_path("cube.csv"), arena, &error);
	assert_non_null(back);
	assert_int_equal(back->rows, 0);
}

static void codes_and_rows(void **state)
{
	(void)state;
	struct cube *cube = new_cube(&people);
	size_t first = row_of(cube, "2018", "1440", "K");
	assert_int_equal(row_of(cube, "2018", "1440", "K"), first);
	assert_int_equal(find(cube, "2018", "1440", "K"), first);
	assert_int_equal(find(cube, "2018", "1440", "M"), CUBE_NO_ROW);
	assert_true(is(cube, first, 0, 0) && is(cube, first, 1, 0));
	assert_string_equal(cube_cell(cube, first, 2)->text, "");
	assert_string_equal(cube_code_of(cube, first, 1), "1440");
	assert_false(cube_is_total(cube, first, 1));
	assert_int_equal(cube_measure(cube, "medel"), 1);
	size_t margin = row_of(cube, "2018", "TOT", "K");
	assert_true(cube_is_total(cube, margin, 1));
	assert_false(cube_is_total(cube, margin, 2));
	assert_int_equal(cube_find_code(cube, 2, "K"), 0);
	char code[] = "X"; /* a code is copied */
	assert_int_equal(cube_code(cube, 2, code, &error), 1);
	code[0] = 'Y';
	assert_int_equal(cube_find_code(cube, 2, "X"), 1);
	assert_int_equal(cube_find_code(cube, 2, ""), UINT32_MAX);
}

static void setters(void **state)
{
	(void)state;
	struct cube *cube = new_cube(&people);
	size_t row = row_of(cube, "2018", "1440", "K");
	cube_set(cube, row, 0, 3);
	cube_add(cube, row, 0, 4);
	assert_true(is(cube, row, 0, 7));
	cube_set(cube, row, 1, (double)NAN);
	assert_int_equal(cube_cell(cube, row, 1)->status, CELL_MISSING);
	cube_add(cube, row, 1, 1);
	assert_int_equal(cube_cell(cube, row, 1)->status, CELL_MISSING);
	cube_set(cube, row, 1, 2);
	assert_true(is(cube, row, 1, 2));
	cube_add(cube, row, 1, (double)INFINITY);
	assert_int_equal(cube_cell(cube, row, 1)->status, CELL_MISSING);
	cube_cell(cube, row, 0)->status = CELL_PROTECTED;
	cube_add(cube, row, 0, 1);
	assert_int_equal(cube_cell(cube, row, 0)->status, CELL_PROTECTED);
	cube_set_text(cube, row, 2, "uppfyllt");
	assert_string_equal(cube_cell(cube, row, 2)->text, "uppfyllt");
	cube_set_missing(cube, row, 2);
	assert_int_equal(cube_cell(cube, row, 2)->status, CELL_MISSING);
	assert_string_equal(cube_cell(cube, row, 2)->text, "");
}

/* Four starred dimensions: every one of the 2^4 margins of a cell holds the sum over the cells below it. */
static void margins_hold_sums(void **state)
{
	(void)state;
	struct cube *cube = new_cube(&four_stars);
	const char *const codes[3] = { "0", "1", "2" };
	const unsigned cells = 3 * 3 * 2 * 3 * 3;
	for (unsigned cell = 0; cell < cells; cell++) {
		unsigned part[5] = { cell % 3, cell / 3 % 3, cell / 9 % 2, cell / 18 % 3, cell / 54 };
		uint32_t key[5];
		for (size_t d = 0; d < 5; d++)
			key[d] = cube_code(cube, d, codes[part[d]], &error);
		assert_int_equal(cube_add_margins(cube, key, 0, cell, &error), 0);
	}
	assert_int_equal(cube->rows, 4 * 4 * 2 * 4 * 4);
	assert_int_equal(cube_sort(cube, &error), 0);
	for (size_t row = 0; row < cube->rows; row++) {
		double sum = 0;
		for (unsigned cell = 0; cell < cells; cell++) {
			unsigned part[5] = { cell % 3, cell / 3 % 3, cell / 9 % 2, cell / 18 % 3, cell / 54 };
			bool below = true;
			for (size_t d = 0; d < 5; d++)
				below = below && (cube_is_total(cube, row, d) || strcmp(cube_code_of(cube, row, d), codes[part[d]]) == 0);
			sum += below ? cell : 0;
		}
		assert_true(is(cube, row, 0, sum));
	}
}

static void margins_without_stars(void **state)
{
	(void)state;
	struct cube *cube = new_cube(&goals);
	uint32_t key[2] = { cube_code(cube, 0, "Balder", &error), cube_code(cube, 1, "1", &error) };
	assert_int_equal(cube_add_margins(cube, key, 0, 2, &error), 0);
	assert_int_equal(cube_add_margins(cube, key, 0, 3, &error), 0);
	assert_int_equal(cube->rows, 1);
	assert_true(is(cube, 0, 0, 5));
}

static void order_is_bytewise(void **state)
{
	(void)state;
	static const char *const kommuner[] = { "TOT", "Å", "1482", "0780", "å", "a", "Z", "", "148" };
	static const char *const sorted[] = { "", "0780", "148", "1482", "TOT", "Z", "a", "Å", "å" };
	struct cube *cube = new_cube(&people);
	for (size_t year = 2; year-- > 0;)
		for (size_t i = 0; i < 9; i++) {
			(void)row_of(cube, year == 1 ? "2018" : "2017", kommuner[i], "M");
			cube_set(cube, row_of(cube, year == 1 ? "2018" : "2017", kommuner[i], "K"), 0, (double)(i + 100 * year));
		}
	assert_int_equal(cube_sort(cube, &error), 0);
	assert_int_equal(cube->rows, 36);
	for (size_t row = 0; row < cube->rows; row++) {
		assert_string_equal(cube_code_of(cube, row, 0), row < 18 ? "2017" : "2018");
		assert_string_equal(cube_code_of(cube, row, 1), sorted[row / 2 % 9]);
		assert_string_equal(cube_code_of(cube, row, 2), row % 2 == 0 ? "K" : "M");
		assert_int_equal(cube_find(cube, cube->key + row * 3), row);
	}
	for (size_t i = 0; i < 9; i++) { /* cells moved with their rows, and both indices follow */
		assert_true(is(cube, find(cube, "2018", kommuner[i], "K"), 0, (double)(i + 100)));
		assert_true(is(cube, find(cube, "2017", kommuner[i], "K"), 0, (double)i));
		assert_true(cube_is_total(cube, find(cube, "2017", "TOT", "K"), 1));
	}
	assert_true(row_of(cube, "2019", "TOT", "K") == 36);
}

static void numeric_order(void **state)
{
	(void)state;
	static const char *const codes[] = { "10", "9", "TOT", "1", "100", "2", "3.5", "02", "x" };
	static const char *const sorted[] = { "1", "02", "2", "3.5", "9", "10", "100", "TOT", "x" };
	struct cube *cube = new_cube(&goals);
	for (size_t i = 0; i < 9; i++) {
		const char *const key[2] = { i % 2 == 0 ? "9" : "10", codes[i] };
		(void)cube_row_named(cube, key, &error);
	}
	assert_int_equal(cube_sort(cube, &error), 0);
	for (uint32_t i = 0; i < 9; i++)
		assert_int_equal(cube_find_code(cube, 1, sorted[i]), i);
	assert_string_equal(cube_code_of(cube, 0, 0), "10"); /* insats is not numeric */
	assert_string_equal(cube_code_of(cube, 8, 0), "9");
	assert_string_equal(cube_code_of(cube, 8, 1), "x");
}

static void what_is_written(void **state)
{
	(void)state;
	struct cube *cube = new_cube(&people);
	size_t row = row_of(cube, "2018", "1440", "M");
	cube_set(cube, row, 0, 12);
	cube_set(cube, row, 1, 0.1);
	cube_set_text(cube, row, 2, "ord, \"citat\"");
	row = row_of(cube, "2018", "1440", "K");
	cube_set(cube, row, 0, 3);
	cube_cell(cube, row, 0)->status = CELL_PROTECTED;
	cube_set_missing(cube, row, 1);
	cube_set_missing(cube, row, 2);
	assert_string_equal(written(cube), "ar,kommun,kon,matt,varde,status\n"
		"2018,1440,K,personer,,skyddad\n2018,1440,K,medel,,saknas\n2018,1440,K,ord,,saknas\n"
		"2018,1440,M,personer,12,\n2018,1440,M,medel,0.10000000000000001,\n2018,1440,M,ord,\"ord, \"\"citat\"\"\",\n");
}

static void rows_of_nothing_are_dropped(void **state)
{
	(void)state;
	struct cube *cube = new_cube(&people);
	(void)row_of(cube, "2018", "1401", "K");                                      /* dropped */
	(void)row_of(cube, "2018", "TOT", "K");                                       /* dropped: one star is left */
	(void)row_of(cube, "2018", "TOT", "TOT");                                     /* kept: a margin */
	cube_cell(cube, row_of(cube, "2018", "1402", "K"), 0)->status = CELL_PROTECTED; /* kept */
	cube_set_missing(cube, row_of(cube, "2018", "1407", "K"), 1);                 /* kept */
	cube_set_text(cube, row_of(cube, "2018", "1415", "K"), 2, "ord");             /* kept */
	cube_set(cube, row_of(cube, "2018", "1419", "K"), 0, -1);                     /* kept */
	cube_set(cube, row_of(cube, "2018", "1440", "K"), 1, -0.0);                   /* dropped */
	(void)written(cube);
	struct cube *back = cube_read(&people, files_path("cube.csv"), arena, &error);
	assert_non_null(back);
	assert_int_equal(cube->rows, 8);
	assert_int_equal(back->rows, 5);
	assert_int_equal(find(back, "2018", "1401", "K"), CUBE_NO_ROW);
	assert_true(is(back, find(back, "2018", "TOT", "TOT"), 0, 0));
	assert_int_equal(cube_cell(back, find(back, "2018", "1402", "K"), 0)->status, CELL_PROTECTED);
	assert_int_equal(cube_cell(back, find(back, "2018", "1407", "K"), 1)->status, CELL_MISSING);
	assert_string_equal(cube_cell(back, find(back, "2018", "1415", "K"), 2)->text, "ord");
	assert_true(is(back, find(back, "2018", "1419", "K"), 0, -1));
}

/* Without starred dimensions every row is its own margin. */
static void rows_without_stars_stay(void **state)
{
	(void)state;
	struct cube *cube = new_cube(&goals);
	const char *const key[2] = { "Balder", "1" };
	(void)cube_row_named(cube, key, &error);
	assert_string_equal(written(cube), "insats,mal,matt,varde,status\nBalder,1,utfall,0,\n");
}

static void round_trip(void **state)
{
	(void)state;
	static const double numbers[] = { 0.1, 1e-5, -123456.789, 1e300, 1.0 / 3, 9007199254740993.0, 4.9406564584124654e-324 };
	static const char *const insatser[] = { "Balder", "Grön rehabilitering", "A, B", "\"C\"", " D ", "två\nrader" };
	struct cube *cube = new_cube(&people);
	for (size_t i = 0; i < 6; i++)
		for (size_t j = 0; j < 7; j++) {
			char kommun[8];
			(void)snprintf(kommun, sizeof kommun, "%zu", 9999 - j);
			size_t row = row_of(cube, insatser[i], kommun, "K");
			cube_set(cube, row, 0, (double)(i * 7 + j));
			cube_set(cube, row, 1, numbers[j]);
			cube_set_text(cube, row, 2, insatser[i]);
		}
	(void)written(cube);
	struct cube *back = cube_read(&people, files_path("cube.csv"), arena, &error);
	assert_non_null(back);
	assert_int_equal(back->rows, 42);
	for (size_t row = 0; row < 42; row++) {
		for (size_t d = 0; d < 3; d++)
			assert_string_equal(cube_code_of(back, row, d), cube_code_of(cube, row, d));
		for (size_t m = 0; m < 2; m++)
			assert_true(is(back, row, m, cube_cell(cube, row, m)->number));
		assert_string_equal(cube_cell(back, row, 2)->text, cube_cell(cube, row, 2)->text);
	}
	assert_int_equal(cube_write(back, files_path("again.csv"), &error), 0);
	char first[8192];
	(void)snprintf(first, sizeof first, "%s", content(files_path("cube.csv")));
	assert_string_equal(content(files_path("again.csv")), first);
}

/* tidigare: a figure like any other, and its status. */
static void earlier_figures(void **state)
{
	(void)state;
	static const char text[] = "ar,kommun,kon,matt,varde,status\n2018,1440,K,personer,0,tidigare\n2018,1440,K,medel,2.5,\n"
		"2018,1440,K,ord,x,tidigare\n2018,TOT,K,personer,,skyddad\n2018,TOT,K,medel,7,tidigare\n2018,TOT,K,ord,,saknas\n";
	struct cube *cube = cube_read(&people, files_write("cube.csv", text, sizeof text - 1), arena, &error);
	assert_non_null(cube);
	assert_true(is(cube, 0, 0, 0) && cube_cell(cube, 0, 0)->earlier && !cube_cell(cube, 0, 1)->earlier);
	assert_true(cube_cell(cube, 0, 2)->earlier && cube_cell(cube, 0, 2)->status == CELL_PUBLISHED);
	assert_false(cube_cell(cube, 1, 0)->earlier);
	assert_string_equal(cube_status(cube_cell(cube, 1, 1)), "tidigare");
	assert_int_equal(cube_write(cube, files_path("again.csv"), &error), 0);
	assert_string_equal(content(files_path("again.csv")), text);
}

/* A measure that a row lacks is 0; a file in another order is sorted. */
static void absent_lines_are_zero(void **state)
{
	(void)state;
	static const char text[] = "ar,kommun,kon,matt,varde,status\n2018,TOT,K,medel,2.5,\n2018,1440,K,personer,1,\n";
	struct cube *cube = cube_read(&people, files_write("cube.csv", text, sizeof text - 1), arena, &error);
	assert_non_null(cube);
	assert_int_equal(find(cube, "2018", "1440", "K"), 0);
	assert_int_equal(find(cube, "2018", "TOT", "K"), 1);
	assert_true(is(cube, 0, 0, 1) && is(cube, 0, 1, 0) && is(cube, 1, 0, 0) && is(cube, 1, 1, 2.5));
	assert_string_equal(cube_cell(cube, 0, 2)->text, "");
}

static void damaged_files(void **state)
{
	(void)state;
#define HEADER "ar,kommun,kon,matt,varde,status\n"
	static const char *const texts[] = {
		"",
		"ar,kommun,matt,varde,status\n",
		"ar,kommun,kon,matt,status,varde\n",
		"ar,kommun,kon,extra,matt,varde,status\n",
		HEADER "2018,1440,K,personer,1\n",
		HEADER "2018,1440,K,personer,1,,\n",
		HEADER "2018,1440,K,annat,1,\n",
		HEADER "2018,1440,K,personer,,\n",
		HEADER "2018,1440,K,personer,x,\n",
		HEADER "2018,1440,K,personer,nan,\n",
		HEADER "2018,1440,K,personer,\"1,5\",\n",
		HEADER "2018,1440,K,personer,1,skyddad\n",
		HEADER "2018,1440,K,personer,,okand\n",
		HEADER "2018,1440,K,personer,,tidigare\n",
		HEADER "2018,1440,K,personer,1,\n2018,1440,K,personer,1,\n",
		HEADER "2018,1440,K,medel,1,\n2018,1440,K,personer,1,\n",
		HEADER "2018,1440,K,personer,1,\n2018,1440,M,personer,1,\n2018,1440,K,medel,1,\n",
		HEADER "2018,1440,\"K,personer,1,\n",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		memset(&error, 0, sizeof error);
		if (cube_read(&people, files_write("cube.csv", texts[i], strlen(texts[i])), arena, &error) != NULL)
			fail_msg("read: %s", texts[i]);
		assert_int_equal(error.code, EXIT_DATA);
		assert_int_equal(error.count, 1);
	}
#undef HEADER
}

static void files_that_cannot_be(void **state)
{
	(void)state;
	assert_null(cube_read(&people, files_path("finnsinte.csv"), arena, &error));
	assert_int_not_equal(error.code, EXIT_DONE);
	memset(&error, 0, sizeof error);
	const char *path = files_write("there.csv", "x", 1);
	assert_int_equal(cube_write(new_cube(&people), path, &error), -1);
	assert_int_equal(error.code, EXIT_IO);
	assert_string_equal(content(path), "x");
}

/* A table file is read fast as long as it is plain, and as CSV otherwise; a quote in its head makes it the latter. */
static int read_back(const char *text, size_t length, char *bytes, size_t room)
{
	memset(&error, 0, sizeof error);
	struct cube *cube = cube_read(&people, files_write("cube.csv", text, length), arena, &error);
	assert_true((cube == NULL) == (error.count > 0));
	if (cube != NULL)
		(void)snprintf(bytes, room, "%s", written(cube));
	return cube == NULL ? (int)error.code : EXIT_DONE;
}

/* Any byte of a file made another one: both ways of reading accept and refuse the same files, and find the same in them. */
static void any_byte_is_read_alike(void **state)
{
	(void)state;
	static const char rest[] = ",kommun,kon,matt,varde,status\n2018,1440,K,personer,12,\n2018,1440,K,medel,0.5,tidigare\n"
		"2018,1440,K,ord,abc,\n2018,1440,M,personer,,skyddad\n2018,1440,M,medel,,saknas\n2018,1440,TOT,personer,7,\n"
		"2018,TOT,K,medel,1e-05,\n2018,TOT,K,ord,,\n2019,1440,K,personer,-3,\n2019,1440,\xC3\xA5,ord,\xC3\xA4,\n";
	static const char others[] = ",\n\r\"0129KMTa.-e \0\xC3\xFF";
	for (size_t at = 6; at < sizeof rest; at++) /* behind the names of the columns that the others stand beside */
		for (size_t i = 0; i < sizeof others - 1; i++) {
			char plain[sizeof rest + 4], quoted[sizeof rest + 4], found[2][2048];
			memcpy(plain, "ar", 2);
			memcpy(quoted, "\"ar\"", 4);
			memcpy(plain + 2, rest, sizeof rest);
			plain[2 + at] = others[i];
			memcpy(quoted + 4, plain + 2, sizeof rest);
			size_t length = at + 1 < sizeof rest ? sizeof rest - 1 : sizeof rest; /* the last one: a byte more */
			int first = read_back(plain, length + 2, found[0], sizeof found[0]);
			int second = read_back(quoted, length + 4, found[1], sizeof found[1]);
			assert_int_equal(first, second);
			if (first == EXIT_DONE)
				assert_string_equal(found[0], found[1]);
			arena_free(arena);
			arena = arena_new(&error);
		}
	memset(&error, 0, sizeof error);
}

/* A cube that was read is still open: rows of known and of new codes come to it, and each is found, those that are not there not. */
/* Lines are put together in place, field by field where one is very long; codes may come in any order in all dimensions but the first. */
static void fields_of_any_length(void **state)
{
	(void)state;
	static char long_code[6000];
	struct cube *cube = new_cube(&people);
	memset(long_code, 'x', sizeof long_code - 1);
	for (size_t length = 0; length <= 40; length++) {
		char kommun[41] = "", kon[3] = { (char)('a' + (length * 7) % 26), (char)('a' + (length * 11) % 26), '\0' };
		memset(kommun, 'k', length);
		size_t row = row_of(cube, length % 2 == 0 ? "2018" : "2019", kommun, kon);
		cube_set(cube, row, 0, length % 3 == 0 ? 1e15 : (double)length);
		cube_set(cube, row, 1, -(double)length / 7);
		cube_set_text(cube, row, 2, length % 5 == 0 ? "a, \"b\"" : "");
		cube_cell(cube, row, 0)->status = (enum cell_status)(length % 3);
	}
	size_t row = row_of(cube, "2018", long_code, "TOT");
	cube_set(cube, row, 0, 7);
	row = row_of(cube, "2018", "Öckerö, norra", "TOT");
	cube_set(cube, row, 0, 9);
	cube_cell(cube, row, 0)->earlier = true;
	assert_int_equal(cube_write(cube, files_path("lengths.csv"), &error), 0);
	const struct cube *read = cube_read(&people, files_path("lengths.csv"), arena, &error);
	assert_non_null(read);
	assert_int_equal(read->rows, cube->rows);
	for (size_t r = 0; r < cube->rows; r++)
		for (size_t m = 0; m < 3; m++) {
			const struct cell *one = cube_cell(cube, r, m), *other = cube_cell(read, r, m);
			for (size_t d = 0; d < 3; d++)
				assert_string_equal(cube_code_of(cube, r, d), cube_code_of(read, r, d));
			assert_string_equal(cube_status(one), cube_status(other));
			if (one->status == CELL_PUBLISHED && m < 2)
				assert_true(one->number >= other->number && one->number <= other->number);
			if (m == 2)
				assert_string_equal(one->text, other->text);
		}
}

static void rows_after_reading(void **state)
{
	(void)state;
	char text[4096] = "ar,kommun,kon,matt,varde,status\n";
	for (int kommun = 1400; kommun < 1420; kommun++)
		for (int kon = 0; kon < 3; kon++)
			if ((kommun + kon) % 4 != 0)
				(void)snprintf(text + strlen(text), sizeof text - strlen(text), "2018,%d,%c,personer,%d,\n", kommun, "KMX"[kon], kommun * 3 + kon);
	struct cube *cube = cube_read(&people, files_write("cube.csv", text, strlen(text)), arena, &error);
	assert_non_null(cube);
	const uint32_t beyond[3] = { 0, UINT32_MAX, 0 };
	assert_true(cube_find(cube, beyond) == CUBE_NO_ROW);
	for (int round = 0; round < 3; round++) {
		for (int kommun = 1400; kommun < 1420; kommun++)
			for (int kon = 0; kon < 3; kon++) {
				char code[12], sex[2] = { "KMX"[kon], '\0' };
				(void)snprintf(code, sizeof code, "%d", kommun);
				size_t row = find(cube, "2018", code, sex);
				if ((kommun + kon) % 4 == 0 && !(round > 0 && kommun == 1400))
					assert_true(row == CUBE_NO_ROW);
				else if (kommun != 1400 || kon != 0)
					assert_true(is(cube, row, 0, kommun * 3 + kon));
			}
		(void)row_of(cube, round == 0 ? "2018" : "2019", "1400", "K");
		assert_true(find(cube, "2019", "1401", "K") == CUBE_NO_ROW);
	}
}

/* 200 000 rows in scattered order, through a file and back. */
static void many_rows(void **state)
{
	(void)state;
	struct cube *cube = new_cube(&people);
	const uint32_t rows = 200000;
	for (uint32_t i = 0; i < rows; i++) {
		uint32_t n = (uint32_t)((uint64_t)i * 77773 % rows); /* 77773 and 200 000 have no common divisor */
		char ar[8], kommun[8], kon[8];
		(void)snprintf(ar, sizeof ar, "%03u", n % 100);
		(void)snprintf(kommun, sizeof kommun, "%04u", n / 100 % 500);
		(void)snprintf(kon, sizeof kon, "%u", n / 50000);
		cube_set(cube, row_of(cube, ar, kommun, kon), 0, n + 1);
	}
	assert_int_equal(cube->rows, rows);
	assert_int_equal(cube_write(cube, files_path("many.csv"), &error), 0);
	struct cube *back = cube_read(&people, files_path("many.csv"), arena, &error);
	assert_non_null(back);
	assert_int_equal(back->rows, rows);
	for (size_t row = 0; row < rows; row++) {
		unsigned n = (unsigned)(row / 2000 + row / 4 % 500 * 100 + row % 4 * 50000);
		assert_true(is(back, row, 0, n + 1));
		assert_true(is(cube, row, 0, n + 1));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(empty_cube, begin, end),
		cmocka_unit_test_setup_teardown(codes_and_rows, begin, end),
		cmocka_unit_test_setup_teardown(setters, begin, end),
		cmocka_unit_test_setup_teardown(margins_hold_sums, begin, end),
		cmocka_unit_test_setup_teardown(margins_without_stars, begin, end),
		cmocka_unit_test_setup_teardown(order_is_bytewise, begin, end),
		cmocka_unit_test_setup_teardown(numeric_order, begin, end),
		cmocka_unit_test_setup_teardown(what_is_written, begin, end),
		cmocka_unit_test_setup_teardown(rows_of_nothing_are_dropped, begin, end),
		cmocka_unit_test_setup_teardown(rows_without_stars_stay, begin, end),
		cmocka_unit_test_setup_teardown(round_trip, begin, end),
		cmocka_unit_test_setup_teardown(earlier_figures, begin, end),
		cmocka_unit_test_setup_teardown(absent_lines_are_zero, begin, end),
		cmocka_unit_test_setup_teardown(damaged_files, begin, end),
		cmocka_unit_test_setup_teardown(any_byte_is_read_alike, begin, end),
		cmocka_unit_test_setup_teardown(files_that_cannot_be, begin, end),
		cmocka_unit_test_setup_teardown(fields_of_any_length, begin, end),
		cmocka_unit_test_setup_teardown(rows_after_reading, begin, end),
		cmocka_unit_test_setup_teardown(many_rows, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
