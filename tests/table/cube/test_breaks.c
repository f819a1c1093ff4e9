/* Tests of breaks in series: what is said of them, and at which codes of a table they stand. */
#include "pipeline/table/cube/breaks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "tests/arena.h"

static const char *const three[] = { "1440", "1482", "1415" }, *const four[] = { "1440", "1482", "1415", "1407" };
static struct kommuner kommuner[3];
static struct settings settings;

/* A panel from July 2016 to August 2018; Öckerö belongs from July 2017. */
static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	kommuner[0] = (struct kommuner){ INT32_MIN, { 3, three } };
	kommuner[1] = (struct kommuner){ date_day(2017, 7, 1), { 4, four } };
	kommuner[2] = (struct kommuner){ date_day(2018, 8, 31), { 3, three } };
	settings = (struct settings){ .kommuner_count = 2, .kommuner = kommuner, .historik_from = 2016 * 12 + 6,
		.period_from = date_day(2017, 1, 1), .period_to = date_day(2018, 8, 31) };
	return 0;
}

static void what_is_said(void **state)
{
	(void)state;
	assert_string_equal(breaks_text(&settings, arena, &error),
		"Brott i serierna: från och med 2017 gäller förbundets totaler andra kommuner än året före.");
	settings.kommuner_count = 3;
	assert_string_equal(breaks_text(&settings, arena, &error),
		"Brott i serierna: från och med 2017 och 2018 gäller förbundets totaler andra kommuner än respektive år före.");
	settings.kommuner_count = 1;
	assert_string_equal(breaks_text(&settings, arena, &error), "");
	settings.kommuner_count = 2;
	kommuner[1].from = date_day(2018, 9, 1); /* after the period */
	assert_string_equal(breaks_text(&settings, arena, &error), "");
	kommuner[1].from = date_day(2016, 12, 31); /* in the panel's first year */
	assert_string_equal(breaks_text(&settings, arena, &error), "");
}

static struct cube *cube_of(const char *name, const char *const codes[][4], size_t rows)
{
	struct cube *cube = cube_new(schema_table(name, arena, &error), arena, &error);
	assert_non_null(cube);
	for (size_t i = 0; i < rows; i++)
		assert_true(cube_row_named(cube, codes[i], &error) != CUBE_NO_ROW);
	return cube;
}

static bool stands(const struct cube *cube, const char *code)
{
	size_t at = 0;
	while (strcmp(cube->codes[0].code[at], code) != 0)
		at++;
	return breaks_at(cube, &settings, 0, at);
}

static void where_they_stand(void **state)
{
	(void)state;
	static const char *const months[][4] = { { "2017-02", "TOT", "TOT" }, { "2017-01", "TOT", "TOT" }, { "2018-01", "TOT", "TOT" },
		{ "2018-02", "TOT", "TOT" } };
	static const char *const years[][4] = { { "2018", "TOT", "TOT", "TOT" }, { "2017", "TOT", "TOT", "TOT" } };
	static const char *const groups[][4] = { { "Balder", "2017", "TOT", "" } };
	const struct cube *m03 = cube_of("m03_samtidighet", months, 4), *m04 = cube_of("m04_rundgang", years, 2);
	const struct cube *i10 = cube_of("i10_volym", groups, 1);
	assert_true(stands(m03, "2017-01")); /* the whole year is of the municipalities of its end */
	assert_false(stands(m03, "2017-02"));
	assert_false(stands(m03, "2018-01"));
	assert_true(stands(m04, "2017"));
	assert_false(stands(m04, "2018"));
	for (size_t d = 0; d < i10->table->dimensions; d++)
		assert_false(breaks_at(i10, &settings, d, 0)); /* participants wherever they live */
	assert_false(breaks_at(m04, &settings, 1, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(what_is_said, begin, arena_end),
		cmocka_unit_test_setup_teardown(where_they_stand, begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
