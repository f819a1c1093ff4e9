/* Tests of what goes with a cohort: its tables, and e06, which prints the cohorts of both bases. */
#include "stages/protect/follow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct error error;
static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	error = (struct error){ 0 };
	arena = arena_new(&error);
	return arena == NULL ? -1 : 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct cube *new_cube(const char *name)
{
	struct cube *cube = cube_new(schema_table(name, arena, &error), arena, &error);
	assert_non_null(cube);
	return cube;
}

static size_t add_row(struct cube *cube, const char *const *codes, double kohort)
{
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	for (size_t m = 0; m < cube->table->measures; m++)
		cube_set(cube, row, m, 100);
	cube_set(cube, row, cube_measure(cube, "kohort"), kohort);
	return row;
}
#define ADD(cube, kohort, ...) add_row(cube, (const char *const[]){ __VA_ARGS__ }, kohort)

/* Cohorts of 30 and 32: the two could be told from what is printed of both. Of 30 and 35 they could not. A cohort of 4 has
   nothing printed, the other base's larger one has. */
static void cohorts_that_differ_by_few_keep_their_parts(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	const struct settings settings = { .minsta_antal = 5 };
	struct cube *e06 = new_cube("e06_jamforelse");
	size_t near = ADD(e06, 30, "A", "extrakt", "0"), far = ADD(e06, 30, "B", "extrakt", "0");
	size_t near_sus = ADD(e06, 32, "A", "sus", "0"), small = ADD(e06, 4, "C", "extrakt", "0");
	(void)ADD(e06, 35, "B", "sus", "0");
	size_t large = ADD(e06, 40, "C", "sus", "0");
	assert_int_equal(tables_add(&tables, e06, &error), 0);
	assert_int_equal(follow_all(&tables, &settings, &error), 0);
	static const char *const parts[] = { "kohort", "kostnad", "netto_manad", "produktion", "vard", "handlaggning" };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		assert_true(tables_measure_withheld(&tables, 0, near, parts[i]));
		assert_true(tables_measure_withheld(&tables, 0, near_sus, parts[i]));
		assert_false(tables_measure_withheld(&tables, 0, far, parts[i]));
		assert_false(tables_measure_withheld(&tables, 0, large, parts[i]));
	}
	assert_false(tables_measure_withheld(&tables, 0, near, "aterbetalning_start"));
	for (size_t m = 0; m < e06->table->measures; m++)
		assert_true(tables_withheld(&tables, 0, small, m));
}

/* Without a table of the economy other than these, a cohort of 4 takes e08 with it and one of 5 does not. */
static void a_small_cohort_takes_its_tables(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	const struct settings settings = { .minsta_antal = 5 };
	struct cube *e08 = new_cube("e08_utjamning"), *kohort = new_cube("kohort_underlag");
	size_t rows[2];
	static const char *const names[] = { "A", "B" };
	for (size_t i = 0; i < 2; i++) {
		(void)ADD(kohort, (double)(4 + i), names[i]);
		rows[i] = cube_row_named(e08, (const char *const[]){ names[i], "KOM", "utan" }, &error);
		assert_true(rows[i] != CUBE_NO_ROW);
		cube_set(e08, rows[i], cube_measure(e08, "netto_manad"), 1000);
	}
	assert_int_equal(tables_add(&tables, e08, &error), 0);
	assert_int_equal(tables_add(&tables, kohort, &error), 0);
	assert_int_equal(follow_all(&tables, &settings, &error), 0);
	assert_true(tables_measure_withheld(&tables, 0, rows[0], "netto_manad"));
	assert_false(tables_measure_withheld(&tables, 0, rows[1], "netto_manad"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cohorts_that_differ_by_few_keep_their_parts, begin, end),
		cmocka_unit_test_setup_teardown(a_small_cohort_takes_its_tables, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
