/* Tests of q01's protection: a row goes with its own cell, its explanation with every cell behind it, its number with the
   printed one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stages/protect/past/published.h"
#include "tests/arena.h"

static struct tables *tables;
static struct cube *i01, *q01, *cells;

static struct cube *add_cube(const char *name)
{
	struct cube *cube = cube_new(schema_table(name, arena, &error), arena, &error);
	assert_non_null(cube);
	return cube;
}

static void set(const char *insats, double number)
{
	const char *codes[] = { insats, "TOT", "TOT" };
	size_t row = cube_row_named(i01, codes, &error);
	cube_set(i01, row, cube_measure(i01, "personer"), number);
}

/* A row of q01 on personer of an insats, whose explanation looked at another insats, too. */
static void reconcile(const char *insats, const char *other, const char *published, const char *computed)
{
	char key[40], other_key[40];
	(void)snprintf(key, sizeof key, "%s|TOT|TOT", insats);
	(void)snprintf(other_key, sizeof other_key, "%s|TOT|TOT", other);
	const char *codes[] = { "i01_deltagare", key, "personer" };
	size_t row = cube_row_named(q01, codes, &error);
	cube_set_text(q01, row, cube_measure(q01, "publicerat"), published);
	cube_set_text(q01, row, cube_measure(q01, "beraknat"), computed);
	cube_set_text(q01, row, cube_measure(q01, "skillnad"), "1");
	cube_set_text(q01, row, cube_measure(q01, "forklaring"), "ingen förklaring funnen");
	const char *own[] = { "i01_deltagare", key, "personer", "i01_deltagare", key, "personer" };
	const char *seen[] = { "i01_deltagare", key, "personer", "i01_deltagare", other_key, "personer" };
	const char *names[] = { insats, "TOT", "TOT" }, *others[] = { other, "TOT", "TOT" };
	size_t measure = cube_measure(i01, "personer");
	cube_set(cells, cube_row_named(cells, own, &error), 0, cube_cell(i01, cube_find_named(i01, names), measure)->number);
	cube_set(cells, cube_row_named(cells, seen, &error), 0, cube_cell(i01, cube_find_named(i01, others), measure)->number);
}

/* Three insatser of 12, 7 and 30 persons, reconciled with 11, 6 and 29; each explanation looked at the next insats. */
static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	tables = arena == NULL ? NULL : arena_take(arena, 1, sizeof *tables, &error);
	if (tables == NULL)
		return -1;
	tables->arena = arena;
	i01 = add_cube("i01_deltagare");
	q01 = add_cube("q01_avstamning");
	cells = add_cube("avstamning_celler");
	set("Balder", 12);
	set("Stegen", 7);
	set("Verkstan", 30);
	reconcile("Balder", "Stegen", "11", "12");
	reconcile("Stegen", "Verkstan", "6", "7");
	reconcile("Verkstan", "Balder", "29", "30");
	return tables_add(tables, i01, &error) != 0 || tables_add(tables, q01, &error) != 0 || tables_add(tables, cells, &error) != 0;
}

static const struct cell *cell_of(const char *key, const char *measure)
{
	const char *codes[] = { "i01_deltagare", key, "personer" };
	return cube_cell(q01, cube_find_named(q01, codes), cube_measure(q01, measure));
}

static void nothing_withheld_changes_nothing(void **state)
{
	(void)state;
	assert_int_equal(published_protect(tables, &error), 0);
	for (size_t row = 0; row < q01->rows; row++)
		for (size_t m = 0; m < q01->table->measures; m++)
			assert_int_equal(cube_cell(q01, row, m)->status, CELL_PUBLISHED);
}

static void a_row_goes_with_its_cell(void **state)
{
	(void)state;
	const char *codes[] = { "Stegen", "TOT", "TOT" };
	tables_withhold(tables, 0, cube_find_named(i01, codes), cube_measure(i01, "personer"));
	assert_int_equal(published_protect(tables, &error), 0);
	assert_int_equal(cell_of("Stegen|TOT|TOT", "publicerat")->status, CELL_PUBLISHED);
	assert_int_equal(cell_of("Stegen|TOT|TOT", "beraknat")->status, CELL_PROTECTED);
	assert_int_equal(cell_of("Stegen|TOT|TOT", "skillnad")->status, CELL_PROTECTED);
	assert_int_equal(cell_of("Stegen|TOT|TOT", "forklaring")->status, CELL_PROTECTED);
	/* Balder's explanation looked at Stegen; its own figure is printed */
	assert_int_equal(cell_of("Balder|TOT|TOT", "beraknat")->status, CELL_PUBLISHED);
	assert_int_equal(cell_of("Balder|TOT|TOT", "forklaring")->status, CELL_PROTECTED);
	assert_int_equal(cell_of("Verkstan|TOT|TOT", "forklaring")->status, CELL_PUBLISHED);
}

/* A cell that is printed as another number (rounded) must not be told by q01. */
static void the_printed_number_counts(void **state)
{
	(void)state;
	set("Verkstan", 25);
	assert_int_equal(published_protect(tables, &error), 0);
	assert_string_equal(cell_of("Verkstan|TOT|TOT", "beraknat")->text, "25");
	assert_string_equal(cell_of("Verkstan|TOT|TOT", "skillnad")->text, "-4");
	assert_int_equal(cell_of("Verkstan|TOT|TOT", "forklaring")->status, CELL_PROTECTED);
	assert_int_equal(cell_of("Stegen|TOT|TOT", "forklaring")->status, CELL_PROTECTED);
	assert_string_equal(cell_of("Balder|TOT|TOT", "beraknat")->text, "12");
	assert_int_equal(cell_of("Balder|TOT|TOT", "forklaring")->status, CELL_PUBLISHED);
}

/* Where figures of an approved run stand, and where counts are rounded, an explanation that is printed would tell which of them are today's, or
   were multiples already: none is. */
static void what_stands_is_not_explained(void **state)
{
	(void)state;
	const char *codes[] = { "Verkstan", "TOT", "TOT" };
	cube_cell(i01, cube_find_named(i01, codes), cube_measure(i01, "personer"))->earlier = true;
	assert_int_equal(published_protect(tables, &error), 0);
	assert_string_equal(cell_of("Verkstan|TOT|TOT", "beraknat")->text, "30");
	assert_int_equal(cell_of("Verkstan|TOT|TOT", "forklaring")->status, CELL_PROTECTED);
	assert_int_equal(cell_of("Stegen|TOT|TOT", "forklaring")->status, CELL_PROTECTED);
	assert_int_equal(cell_of("Balder|TOT|TOT", "forklaring")->status, CELL_PUBLISHED);
	tables->truth[0] = arena_take(arena, i01->rows * i01->table->measures, sizeof *tables->truth[0], &error);
	assert_int_equal(published_protect(tables, &error), 0);
	assert_int_equal(cell_of("Balder|TOT|TOT", "forklaring")->status, CELL_PROTECTED);
	assert_int_equal(cell_of("Balder|TOT|TOT", "beraknat")->status, CELL_PUBLISHED);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, arena_end)
	const struct CMUnitTest tests[] = { TEST(nothing_withheld_changes_nothing), TEST(a_row_goes_with_its_cell),
		TEST(the_printed_number_counts), TEST(what_stands_is_not_explained) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
