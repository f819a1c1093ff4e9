/* Tests of who is measured: ages, municipalities by year, age groups, parts of years. */
#include "tests/stages/malgrupp/world.h"

static struct world world;

static int begin(void **state)
{
	(void)state;
	world_begin(&world);
	world_measure(&world);
	return 0;
}

static int end(void **state)
{
	(void)state;
	world_end(&world);
	return 0;
}

static bool placed(size_t year, uint8_t kon, int32_t fodelsear, const char *kommun, struct place *place)
{
	return measured_place(&world.measured, year, kon, fodelsear, world_kommun(&world, kommun), place);
}

static void years_are_cut_by_the_period(void **state)
{
	(void)state;
	const struct measured *measured = &world.measured;
	assert_int_equal(measured->years, 2);
	assert_int_equal(measured->panel_months, PANEL);
	assert_int_equal(measured->first, JAN19);
	assert_int_equal(measured->months, 18);
	assert_string_equal(measured->month_text[0], "2019-01");
	assert_string_equal(measured->month_text[17], "2020-06");
	assert_int_equal(measured->year[Y2019].month_before, JAN19 - 1);
	assert_int_equal(measured->year[Y2019].last, JAN20 - 1);
	assert_int_equal(measured->year[Y2020].first, JAN20);
	assert_int_equal(measured->year[Y2020].last, PANEL - 1);
	assert_int_equal(measured->year[Y2020].last_day, date_day(2020, 6, 30));
	assert_int_equal(measured->panel_year, 1);
	assert_int_equal(measured->panel_years, 3);
}

static void ages_16_to_64_that_year(void **state)
{
	(void)state;
	struct place place;
	assert_false(placed(Y2019, WOMAN, 2004, "1440", &place)); /* 15 */
	assert_true(placed(Y2020, WOMAN, 2004, "1440", &place));  /* 16 */
	assert_string_equal(world.measured.age[place.age], "0-17"); /* outside the settings' groups */
	assert_int_equal(world.measured.age_from[place.age], 16);
	assert_int_equal(world.measured.age_to[place.age], 17);
	assert_true(placed(Y2019, MAN, 1955, "1440", &place));    /* 64 */
	assert_string_equal(world.measured.age[place.age], "30-64");
	assert_false(placed(Y2020, MAN, 1955, "1440", &place));
}

static void a_kommun_counts_in_the_years_it_is_valid_at_the_end(void **state)
{
	(void)state;
	struct place place;
	assert_int_equal(world.measured.kommuner, 3);
	assert_true(placed(Y2019, WOMAN, 1985, "1407", &place)); /* joined in July 2019 */
	assert_int_equal(place.kommun, OCKERO);
	assert_false(placed(Y2019, WOMAN, 1985, "0180", &place));
	assert_false(measured_place(&world.measured, Y2019, WOMAN, 1985, CODE_NONE, &place));
	world.settings.period_to = date_day(2019, 6, 30); /* now the year ends before it joins */
	world_measure(&world);
	assert_false(placed(Y2019, WOMAN, 1985, "1407", &place));
	assert_int_equal(world.measured.kommuner, 2);
}

static void persons_outside_the_registers_never_count(void **state)
{
	(void)state;
	struct place place;
	assert_true(placed(Y2019, UNKNOWN, 1985, "1440", &place)); /* X is a kon */
	assert_false(placed(Y2019, 255, INT32_MIN, "1440", &place));
}

static void months_of_days(void **state)
{
	(void)state;
	assert_int_equal(measured_month(&world.measured, date_day(2018, 1, 1)), 0);
	assert_int_equal(measured_month(&world.measured, date_day(2020, 2, 29)), JAN20 + 1);
	assert_int_equal(measured_month(&world.measured, date_day(2017, 12, 31)), -1);
	assert_int_equal(measured_month(&world.measured, date_day(2021, 1, 1)), JAN20 + 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(years_are_cut_by_the_period, begin, end),
		cmocka_unit_test_setup_teardown(ages_16_to_64_that_year, begin, end),
		cmocka_unit_test_setup_teardown(a_kommun_counts_in_the_years_it_is_valid_at_the_end, begin, end),
		cmocka_unit_test_setup_teardown(persons_outside_the_registers_never_count, begin, end),
		cmocka_unit_test_setup_teardown(months_of_days, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
