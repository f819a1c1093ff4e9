/* Tests of bistånd by months and by year: helårsekvivalenter are not printed where they tell a withheld month. */
#include "stages/protect/rules/months_of_support.h"

#include "stages/protect/rules/by_rules.h"
#include "stages/protect/rules/dominance.h"
#include "tests/stages/protect/cubes.h"

#define MINIMUM 5
#define FEW 4 /* women in November */

static struct tables tables;
static struct cube *m01, *m06;
static size_t years, months; /* m01 and m06 in the tables */

/* The sum of the months is twelve times the year's helårsekvivalenter. */
static void add_year(const char *kommun, const char *kon, const char *forman, double persons, double person_months)
{
	PUT(m01, "personer", persons, "2020", kommun, kon, forman);
	PUT(m01, "belopp_kr", 8000 * person_months, "2020", kommun, kon, forman);
	PUT(m01, "helarsekvivalenter", person_months / 12, "2020", kommun, kon, forman);
}

/* Two kommuner in which ten women and ten men have bistånd in every month, but in November four women of 0114; as many have sjukpenning all year. */
static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	static const char *const kommun[] = { "0114", "0115", "TOT" }, *const kon[] = { "K", "M", "TOT" };
	static const char *const month[] = { "2020-01", "2020-02", "2020-03", "2020-04", "2020-05", "2020-06", "2020-07", "2020-08", "2020-09",
		"2020-10", "2020-11", "2020-12" };
	tables = (struct tables){ .arena = arena };
	m01 = new_cube("m01_forsorjningsmatt");
	m06 = new_cube("m06_manad");
	for (size_t k = 0; k < 3; k++)
		for (size_t s = 0; s < 3; s++) {
			double persons = 10 * (double)((k == 2 ? 2 : 1) * (s == 2 ? 2 : 1)), gone = k != 1 && s != 1 ? 10 - FEW : 0;
			for (size_t m = 0; m < 12; m++)
				PUT(m06, "personer", persons - (m == 10 ? gone : 0), month[m], kommun[k], kon[s], "TOT", "KOM");
			add_year(kommun[k], kon[s], "FS", persons, 12 * persons - gone);
			add_year(kommun[k], kon[s], "BISTAND", persons, 12 * persons - gone);
			add_year(kommun[k], kon[s], "SP", persons, 12 * persons);
			add_year(kommun[k], kon[s], "OHALSA", persons, 12 * persons);
			add_year(kommun[k], kon[s], "TOT", 2 * persons, 24 * persons - gone);
		}
	assert_int_equal(cube_sort(m01, &error), 0);
	assert_int_equal(cube_sort(m06, &error), 0);
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	assert_int_equal(tables_add(&tables, m06, &error), 0);
	years = tables_find(&tables, "m01_forsorjningsmatt");
	months = tables_find(&tables, "m06_manad");
	return 0;
}

static void withhold_november(const char *kommun, const char *kon)
{
	tables_withhold(&tables, months, cube_find_named(m06, (const char *const[]){ "2020-11", kommun, kon, "TOT", "KOM" }), 0);
}

static size_t row_of(const char *kommun, const char *kon, const char *forman)
{
	return cube_find_named(m01, (const char *const[]){ "2020", kommun, kon, forman });
}

static bool is_printed(const char *kommun, const char *kon, const char *forman)
{
	return !tables_measure_withheld(&tables, years, row_of(kommun, kon, forman), "helarsekvivalenter");
}

static void protect(void)
{
	months_of_support_demand(&tables);
	assert_int_equal(by_rules_protect(&tables, BY_RULES_ALONE, MINIMUM, &error), 0);
}

/* 9.5 × 12 less eleven months of ten would be the four of November. */
static void a_withheld_month_takes_the_year(void **state)
{
	(void)state;
	static const char *const kommun[] = { "0114", "0115" }, *const kon[] = { "K", "M" };
	for (size_t k = 0; k < 2; k++)
		for (size_t s = 0; s < 2; s++)
			withhold_november(kommun[k], kon[s]);
	protect();
	for (size_t k = 0; k < 2; k++)
		for (size_t s = 0; s < 2; s++) {
			assert_false(is_printed(kommun[k], kon[s], "FS"));
			assert_false(is_printed(kommun[k], kon[s], "BISTAND"));
			assert_true(tables_measure_withheld(&tables, years, row_of(kommun[k], kon[s], "FS"), "belopp_kr"));
			assert_false(is_printed(kommun[k], kon[s], "TOT") && is_printed(kommun[k], kon[s], "OHALSA")); /* TOT less the one is the other */
		}
	assert_true(is_printed("0114", "TOT", "FS") && is_printed("TOT", "K", "FS"));
}

static void printed_months_leave_it(void **state)
{
	(void)state;
	protect();
	for (size_t row = 0; row < m01->rows; row++)
		assert_false(tables_measure_withheld(&tables, years, row, "helarsekvivalenter"));
}

/* Four months more must be possible; of another förmån, or with all months printed, none. */
static void the_span_is_of_months(void **state)
{
	(void)state;
	withhold_november("0114", "K");
	assert_true(dominance_span(&tables, row_of("0114", "K", "FS"), "helarsekvivalenter", MINIMUM) == 4.0 / 12);
	assert_true(dominance_span(&tables, row_of("0114", "K", "FS"), "belopp_kr", MINIMUM) == 0);
	assert_true(dominance_span(&tables, row_of("0114", "K", "SP"), "helarsekvivalenter", MINIMUM) == 0);
	assert_true(dominance_span(&tables, row_of("0115", "K", "FS"), "helarsekvivalenter", MINIMUM) == 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, arena_end)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(a_withheld_month_takes_the_year), TEST(printed_months_leave_it), TEST(the_span_is_of_months) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
