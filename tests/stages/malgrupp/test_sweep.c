/* Tests of days that overlap: sums and limits of per cents, unions, cuts. */
#include "tests/stages/malgrupp/world.h"

#include "stages/malgrupp/sweep.h"

static struct world world;
static struct sweep sweep;

static int begin(void **state)
{
	(void)state;
	world_begin(&world);
	sweep = (struct sweep){ .arena = world.arena };
	return 0;
}

static int end(void **state)
{
	(void)state;
	world_end(&world);
	return 0;
}

static void add(int32_t fran, int32_t till, int32_t per_cent)
{
	assert_int_equal(sweep_add(&sweep, fran, till, 0, 365, per_cent, &world.error), 0);
}

static void nothing_is_nothing(void **state)
{
	(void)state;
	assert_int_equal(sweep_per_cent_days(&sweep), 0);
}

static void one_spell(void **state)
{
	(void)state;
	add(10, 19, 25);
	assert_int_equal(sweep_per_cent_days(&sweep), 250);
}

/* Days 0–9 at 50 and 5–14 at 50: five days of 50, five of 100, five of 50. */
static void halves_add_up(void **state)
{
	(void)state;
	add(5, 14, 50);
	add(0, 9, 50);
	assert_int_equal(sweep_per_cent_days(&sweep), 1000);
}

/* 75 and 75 make 100 where they meet: 5·75 + 5·100 + 5·75. */
static void a_day_is_full_at_100(void **state)
{
	(void)state;
	add(0, 9, 75);
	add(5, 14, 75);
	assert_int_equal(sweep_per_cent_days(&sweep), 1250);
}

/* Three overlapping records, one inside another and one apart: 0–19 and 30–30. */
static void a_union_of_full_days(void **state)
{
	(void)state;
	add(0, 9, 100);
	add(30, 30, 100);
	add(5, 19, 100);
	add(7, 8, 100);
	assert_int_equal(sweep_per_cent_days(&sweep), 2100);
}

static void touching_spells(void **state)
{
	(void)state;
	add(0, 9, 100);
	add(10, 19, 100);
	assert_int_equal(sweep_per_cent_days(&sweep), 2000);
}

static void cut_to_the_year(void **state)
{
	(void)state;
	add(-100, 1, 100);
	add(365, 900, 100);
	add(-10, -1, 100);
	add(366, 400, 100);
	assert_int_equal(sweep_per_cent_days(&sweep), 300);
	sweep_clear(&sweep);
	assert_int_equal(sweep_per_cent_days(&sweep), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_is_nothing, begin, end),
		cmocka_unit_test_setup_teardown(one_spell, begin, end),
		cmocka_unit_test_setup_teardown(halves_add_up, begin, end),
		cmocka_unit_test_setup_teardown(a_day_is_full_at_100, begin, end),
		cmocka_unit_test_setup_teardown(a_union_of_full_days, begin, end),
		cmocka_unit_test_setup_teardown(touching_spells, begin, end),
		cmocka_unit_test_setup_teardown(cut_to_the_year, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
