/* Tests of sets of months: ranges over word limits, changes, gaps, runs. */
#include "tests/stages/malgrupp/world.h"

static void ranges(void **state)
{
	(void)state;
	struct monthset set = monthset_range(60, 70);
	assert_int_equal(monthset_count(&set), 11);
	assert_int_equal(monthset_first(&set), 60);
	assert_int_equal(monthset_last(&set), 70);
	assert_false(monthset_has(&set, 59));
	assert_true(monthset_has(&set, 60));
	assert_true(monthset_has(&set, 63));
	assert_true(monthset_has(&set, 64));
	assert_true(monthset_has(&set, 70));
	assert_false(monthset_has(&set, 71));
	set = monthset_range(-5, 2); /* a spell that began before the panel */
	assert_int_equal(monthset_count(&set), 3);
	set = monthset_range(250, 999);
	assert_int_equal(monthset_count(&set), 6);
	set = monthset_range(-9, -1);
	assert_true(monthset_is_empty(&set));
	set = monthset_range(300, 310);
	assert_true(monthset_is_empty(&set));
	set = monthset_range(5, 4);
	assert_true(monthset_is_empty(&set));
	set = monthset_range(0, MONTHSET_MONTHS - 1);
	assert_int_equal(monthset_count(&set), MONTHSET_MONTHS);
}

static void gaps_of_one_month_are_filled(void **state)
{
	(void)state;
	struct monthset set = world_months(62, "101100101"), expected = world_months(62, "111100111"),
		got = monthset_filled(&set);
	world_same(&got, &expected);
}

/* Months 0–3 with a gap at 2, then two months off, then 6–8. */
static void a_run_lasts(void **state)
{
	(void)state;
	struct monthset set = world_months(0, "110100111");
	struct monthset three = world_months(0, "000100001"), four = world_months(0, "0001"), one = set;
	struct monthset got = monthset_lasting(&set, 3);
	world_same(&got, &three);
	got = monthset_lasting(&set, 4); /* the gap is not deducted: month 3 is the fourth */
	world_same(&got, &four);
	got = monthset_lasting(&set, 5);
	assert_true(monthset_is_empty(&got));
	got = monthset_lasting(&set, 1); /* never the gap itself */
	world_same(&got, &one);
}

/* Of long runs with gaps of one and two months, by counting month by month; of every length, also behind several words. */
static void a_run_lasts_as_long_as_it_is_counted(void **state)
{
	(void)state;
	unsigned seed = 1;
	for (int round = 0; round < 20; round++) {
		struct monthset set = { { 0 } };
		for (int month = 0; month < MONTHSET_MONTHS; month++) {
			seed = seed * 1103515245U + 12345U;
			if ((seed >> 16) % 50 > (unsigned)round / 4)
				monthset_add(&set, month, month);
		}
		for (int length = 1; length <= MONTHSET_MONTHS; length++) {
			struct monthset got = monthset_lasting(&set, length);
			for (int month = 0, run = 0; month < MONTHSET_MONTHS; month++) {
				bool gap = month > 0 && month < MONTHSET_MONTHS - 1 && monthset_has(&set, month - 1) && monthset_has(&set, month + 1);
				run = monthset_has(&set, month) || gap ? run + 1 : 0;
				assert_int_equal(monthset_has(&got, month), monthset_has(&set, month) && run >= length);
			}
		}
	}
}

static void the_length_of_a_run(void **state)
{
	(void)state;
	struct monthset set = world_months(60, "1101110010");
	assert_int_equal(monthset_run(&set, 60), 6);
	assert_int_equal(monthset_run(&set, 64), 6);
	assert_int_equal(monthset_run(&set, 62), 0); /* the gap itself has none */
	assert_int_equal(monthset_run(&set, 68), 1); /* two months off break it */
	assert_int_equal(monthset_run(&set, 69), 0);
	set = monthset_range(0, MONTHSET_MONTHS - 1);
	assert_int_equal(monthset_run(&set, 100), MONTHSET_MONTHS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges),
		cmocka_unit_test(gaps_of_one_month_are_filled),
		cmocka_unit_test(a_run_lasts),
		cmocka_unit_test(a_run_lasts_as_long_as_it_is_counted),
		cmocka_unit_test(the_length_of_a_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
