/* Tests of months and the year that holds them. */
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

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(a_year_of_one_month_is_that_month, begin_arena, end),
		cmocka_unit_test_setup_teardown(few_are_in_the_year_alone, begin_arena, end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
