/* Tests of the persons that helårsekvivalenter need. */
#include "stages/audit/relations/least.h"

#include "pipeline/base/date.h"
#include "tests/stages/protect/cubes.h"

/* The lower bound of 5 withheld women of 2018, of which January to August count. */
static int64_t least(const char *forman, double equivalents, double share)
{
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	struct cube *m01 = new_cube("m01_forsorjningsmatt"), *truth = new_cube("m01_forsorjningsmatt");
	PUT(m01, "personer", 5, "2018", "1440", "K", forman);
	PUT(truth, "personer", 5, "2018", "1440", "K", forman);
	PUT(truth, "helarsekvivalenter", equivalents, "2018", "1440", "K", forman);
	cube_cell(m01, 0, cube_measure(m01, "personer"))->status = CELL_PROTECTED;
	assert_int_equal(published_add(&published, m01, truth, &error), 0);
	least_state(&published, &settings, share);
	return published.knowledge->low[0];
}

/* 243 of 365 days each: 0.6658; of twelve months eight: 0.6667. */
static void equivalents_need_persons(void **state)
{
	(void)state;
	assert_int_equal(least("SP", 0.66, 0), 1);
	assert_int_equal(least("SP", 1.4, 0), 3);
	assert_int_equal(least("SP", 1.4, 0.1), 2);
	assert_int_equal(least("FS", 2.0, 0), 3);
	assert_int_equal(least("OHALSA", 2.0, 0), 1);
	assert_int_equal(least("SP", 0, 0), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(equivalents_need_persons, begin_arena, end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
