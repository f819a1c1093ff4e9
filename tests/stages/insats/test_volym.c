/* Tests of i10: whole years, unknown kon and age group, margins. */
#include "tests/stages/insats/case.h"

#include "stages/insats/volym.h"

static void rows_count_in_their_year_and_above(void **state)
{
	(void)state;
	struct volume rows[] = {
		{ VERKSTAN, 2018, 0, "16-19", 5 }, { VERKSTAN, 2018, 0, "16-19", 5 }, /* duplicates count */
		{ VERKSTAN, 2018, 1, "", 3 }, { VERKSTAN, 2018, CODE_NONE, "", 2 },
		{ VERKSTAN, 2017, 0, "16-19", 90 }, /* not of the period */
		{ STEGEN, 2018, CODE_NONE, "20-24", 1 },
	};
	const struct volumes volumes = { .count = 6, .item = rows, .kon = lists.kon };
	struct cube *i10 = case_cube("i10_volym");
	assert_int_equal(volym_fill(&volumes, &settings, i10, &error), 0);
	assert_figure(i10, "Verkstan|2018|K|16-19", "antal", 10);
	assert_figure(i10, "Verkstan|2018|M|TOT", "antal", 3);
	assert_figure(i10, "Verkstan|2018|TOT|16-19", "antal", 10);
	assert_figure(i10, "Verkstan|2018|TOT|TOT", "antal", 15);
	assert_figure(i10, "Verkstan|2017|TOT|TOT", "antal", CASE_NO_ROW);
	assert_figure(i10, "Stegen|2018|TOT|TOT", "antal", 1);
	assert_figure(i10, "Balder|2018|TOT|TOT", "antal", CASE_NO_ROW);
}

static void an_insats_without_rows_has_its_margin(void **state)
{
	(void)state;
	const struct volumes volumes = { .kon = lists.kon };
	struct cube *i10 = case_cube("i10_volym");
	settings.period_from = date_day(2017, 12, 1);
	assert_int_equal(volym_fill(&volumes, &settings, i10, &error), 0);
	assert_int_equal(i10->rows, 2);
	assert_figure(i10, "Verkstan|2017|TOT|TOT", "antal", 0);
	assert_figure(i10, "Verkstan|2018|TOT|TOT", "antal", 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, case_begin, case_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_count_in_their_year_and_above),
		TEST(an_insats_without_rows_has_its_margin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
