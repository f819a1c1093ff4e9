/* Tests of what casework (underlag sus) tells of exits by förmån: by hand, one insats. */
#include "stages/protect/figures/casework.h"

#include "stages/protect/figures/actors.h"
#include "tests/stages/protect/cubes.h"

static struct tables tables;
static struct cube *i03, *e06, *contributions, *effects;
static size_t exits, results; /* i03 and e06 in the tables */

static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	tables = (struct tables){ .arena = arena };
	i03 = new_cube("i03_forsorjning");
	e06 = new_cube("e06_jamforelse");
	contributions = new_cube("dominans_aktor");
	effects = new_cube("dominans_poster");
	return 0;
}

/* Exits with a förmån before and after; the second, of few, is withheld by add_tables. */
static void support(const char *code, double before, double after)
{
	PUT(i03, "fore", before, "A", "TOT", code);
	PUT(i03, "efter", after, "A", "TOT", code);
}

static void withhold_few(const char *measure)
{
	for (size_t row = 0; row < i03->rows; row++)
		if (tables_small(tables_value(&tables, exits, row, measure), 5))
			tables_withhold(&tables, exits, row, cube_measure(i03, measure));
}

static void add_tables(void)
{
	struct cube *const cubes[] = { i03, e06, contributions, effects };
	for (size_t i = 0; i < sizeof cubes / sizeof *cubes; i++) {
		assert_int_equal(cube_sort(cubes[i], &error), 0);
		assert_int_equal(tables_add(&tables, cubes[i], &error), 0);
	}
	exits = tables_find(&tables, "i03_forsorjning");
	results = tables_find(&tables, "e06_jamforelse");
	withhold_few("fore");
	withhold_few("efter");
}

/* 60 persons, dödvikt 20 per cent: 166 kr are 850 · (30 − x) + 1 500 · (30 − 37), so x is 3. */
static void the_only_forman_of_an_agency_is_told(void **state)
{
	(void)state;
	support("SP", 30, 3);
	support("FS", 30, 37);
	add_tables();
	assert_true(casework_tells(&tables, "A"));
	assert_false(casework_tells(&tables, "B"));
	assert_false(casework_tells_before(&tables, "A"));
}

static void before_it_is_told_by_itself(void **state)
{
	(void)state;
	support("AE", 4, 3);
	add_tables();
	assert_true(casework_tells_before(&tables, "A"));
	assert_false(casework_tells(&tables, "A")); /* one more before is one more after */
}

static void several_formaner_leave_each_open(void **state)
{
	(void)state;
	support("SP", 12, 3);
	support("SE", 9, 0);
	support("AS", 12, 3);
	support("UE", 0, 9);
	add_tables();
	assert_false(casework_tells(&tables, "A"));
}

/* Casework and production are withheld: their sum is printed. Of the price of other counts nothing is. */
static void casework_goes_with_the_count(void **state)
{
	(void)state;
	static const char *const posts[] = { "SAMHALLE", "PRODUKTION", "HANDLAGGNING" };
	static const char *const measures[] = { "netto_manad", "produktion", "handlaggning" };
	static const char *const underlag[] = { "extrakt", "sus" };
	const struct settings settings = { .underlag = UNDERLAG_EXTRAKT };
	support("SP", 30, 3);
	for (size_t u = 0; u < 2; u++)
		for (size_t p = 0; p < 3; p++) {
			PUT(contributions, "summa", 1000, "A", underlag[u], "med", posts[p]);
			PUT(e06, measures[p], p == 0 ? 600 : p == 1 ? 217 : 383, "A", underlag[u], "0");
			if (p != 2)
				PUT(effects, "verkan", 1.3, "A", underlag[u], "med", posts[p], "13");
			if (p != 1)
				PUT(effects, "verkan", -1, "A", underlag[u], "med", posts[p], "9");
		}
	add_tables();
	assert_int_equal(actors_protect(&tables, &settings, &error), 0); /* also without the p % rule */
	for (size_t u = 0; u < 2; u++) {
		size_t row = cube_find_named(e06, (const char *const[]){ "A", underlag[u], "0" });
		for (size_t p = 0; p < 3; p++)
			assert_true(tables_measure_withheld(&tables, results, row, measures[p]) == (u == 1 && p > 0));
	}
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, arena_end)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(the_only_forman_of_an_agency_is_told), TEST(before_it_is_told_by_itself),
		TEST(several_formaner_leave_each_open), TEST(casework_goes_with_the_count) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
