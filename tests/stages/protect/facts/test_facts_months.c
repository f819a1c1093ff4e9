/* Tests of months and the year that holds them. */
#include "stages/protect/facts/facts.h"
#include "stages/protect/facts/together.h"

#include "pipeline/table/settings/settings.h"
#include "tests/stages/protect/month.h"

/* In m01 the women and men are withheld, in m06 the women and those of unknown kön: each table by itself leaves the three women open, but in a year of one
   month the men are printed in the one and the others in the other. */
static void a_year_of_one_month_is_that_month(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	struct tables tables = { .arena = arena, .settings = &settings };
	struct together_account account;
	struct cube *m01 = count_year(), *m06 = count_month();
	(void)is_told(m01, "M", true);
	(void)is_told(m06, "X", true);
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	assert_int_equal(tables_add(&tables, m06, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
	assert_true(tables.months);
	bool told[4];
	for (size_t i = 0; i < 4; i++)
		told[i] = is_told(m01, kon_of_month[i], false) || is_told(m06, kon_of_month[i], false);
	assert_false(told[0]);
	assert_false(told[1] && told[2] && told[3]);
}

/* Of 20 women with bistånd in the year 17 had it in the month: who had not are 3. */
static void few_are_in_the_year_alone(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	struct tables tables = { .arena = arena, .settings = &settings };
	struct together_account account;
	struct cube *m01 = count_women(20), *m06 = count_women_of_month(17);
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	assert_int_equal(tables_add(&tables, m06, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
	assert_false(is_told(m01, "K", false) && is_told(m06, "K", false));
}

/* Of 20 women and 20 men with bistånd in the year 18 and 19 had it in the month: 2 and 1 had not, and these 3 together are a target, too. */
static void few_of_both_kinds_are_in_the_year_alone(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	struct tables tables = { .arena = arena, .settings = &settings, .months = true };
	static const double year[] = { 20, 20, 40 }, month[] = { 18, 19, 37 };
	static const char *const kon[] = { "K", "M", "TOT" }, *const forman[] = { "FS", "BISTAND", "TOT" };
	struct cube *m01 = new_cube("m01_forsorjningsmatt"), *m06 = new_cube("m06_manad");
	for (size_t i = 0; i < 18; i++)
		PUT(m01, "personer", year[i % 3], "2018", i < 9 ? "1440" : "TOT", kon[i % 3], forman[i / 3 % 3]);
	for (size_t i = 0; i < 12; i++)
		PUT(m06, "personer", month[i % 3], "2018-02", i < 6 ? "1440" : "TOT", kon[i % 3], i / 3 % 2 == 0 ? "16-64" : "TOT", "KOM");
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	assert_int_equal(tables_add(&tables, m06, &error), 0);
	const struct facts *facts = facts_new(&tables, 5, &error);
	assert_non_null(facts);
	bool asked[5] = { false }; /* by how many they must rise */
	for (size_t r = 0; r < facts->system->rows; r++)
		if (facts->system->row[r].up > 0 && facts->system->row[r].up < 5)
			asked[facts->system->row[r].up] = true;
	assert_true(asked[3] && asked[4]);
	assert_true(asked[2]);
}

/* Of 20 persons of each of two kommuner 18 and 19 were active in the month: of all, 3 were not. */
static void few_of_two_kommuner_are_in_the_year_alone(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	struct tables tables = { .arena = arena, .settings = &settings, .months = true };
	static const char *const kommun[] = { "1440", "1441", "TOT" };
	static const double month[] = { 18, 19, 37 };
	struct cube *m05 = new_cube("m05_tid_i_forsorjning"), *m03 = new_cube("m03_samtidighet");
	for (size_t i = 0; i < 12; i++)
		PUT(m05, "personer", i % 3 == 2 ? 40 : 20, "2018", kommun[i % 3], i < 6 ? "K" : "TOT", i / 3 % 2 == 0 ? "1-11" : "TOT");
	for (size_t i = 0; i < 6; i++)
		PUT(m03, "personer", month[i % 3], "2018-02", kommun[i % 3], i < 3 ? "FK" : "TOT");
	assert_int_equal(tables_add(&tables, m05, &error), 0);
	assert_int_equal(tables_add(&tables, m03, &error), 0);
	const struct facts *facts = facts_new(&tables, 5, &error);
	assert_non_null(facts);
	bool asked = false;
	for (size_t r = 0; r < facts->system->rows; r++)
		asked = asked || facts->system->row[r].up == 2;
	assert_true(asked);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(a_year_of_one_month_is_that_month, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(few_are_in_the_year_alone, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(few_of_both_kinds_are_in_the_year_alone, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(few_of_two_kommuner_are_in_the_year_alone, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
