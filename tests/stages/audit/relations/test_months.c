/* Tests of months and the year that holds them, as the auditor sees them. */
#include "stages/audit/relations/months.h"
#include "stages/audit/relations/relations.h"

#include "tests/stages/protect/month.h"

/* The least and the greatest number of women that the print leaves: in m01 they and the men are withheld, in m06 they and those of unknown kön. */
static void bound_women(bool months, int64_t *low, int64_t *high)
{
	const struct settings settings = { .period_from = 0 };
	struct published published = { .arena = arena, .minimum = 5, .months = months, .knowledge = knowledge_new(arena, &error) };
	struct cube *m01 = count_year(), *m06 = count_month();
	for (size_t i = 0; i < 2; i++) {
		(void)is_told(m01, kon_of_month[i], true);
		(void)is_told(m06, kon_of_month[2 * i], true);
	}
	assert_int_equal(published_add(&published, m01, count_year(), &error), 0);
	assert_int_equal(published_add(&published, m06, count_month(), &error), 0);
	assert_int_equal(relations_state(&published, &error), 0);
	assert_int_equal(months_state(&published, &settings, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 10, &error), 0);
	size_t row = cube_find_named(m01, (const char *const[]){ "2018", "1440", "K", "FS" });
	size_t variable = published.table[0].variable[row * m01->table->measures + cube_measure(m01, "personer")];
	*low = published.knowledge->low[variable];
	*high = published.knowledge->high[variable];
}

static void a_year_of_one_month_is_that_month(void **state)
{
	(void)state;
	int64_t low, high;
	bound_women(false, &low, &high);
	assert_true(high >= 5 && high - low >= 4);
	bound_women(true, &low, &high);
	assert_int_equal(low, 3);
	assert_int_equal(high, 3);
}

/* Of 20 women with bistånd in the year 17 had it in the month: who had not are 3, in one kommun and in all. Not where months are not reckoned with. */
static void few_are_in_the_year_alone(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	for (int months = 0; months < 2; months++) {
		struct published published = { .arena = arena, .minimum = 5, .months = months == 1, .knowledge = knowledge_new(arena, &error) };
		struct cube *m01 = count_women(20), *m06 = count_women_of_month(17);
		assert_int_equal(published_add(&published, m01, m01, &error), 0);
		assert_int_equal(published_add(&published, m06, m06, &error), 0);
		assert_int_equal(months_state(&published, &settings, &error), 0);
		assert_int_equal(published.differences > 0, months);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(a_year_of_one_month_is_that_month, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(few_are_in_the_year_alone, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
