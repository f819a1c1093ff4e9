/* Tests of i01: re-participation, anonymous rows, persons in several insatser. */
#include "tests/stages/insats/case.h"

#include "stages/insats/deltagare.h"

static struct cube *filled(void)
{
	struct cube *cube = case_cube("i01_deltagare");
	assert_int_equal(deltagare_fill(&counting, cube, arena, &error), 0);
	return cube;
}

static void a_person_counts_once_in_every_row(void **state)
{
	(void)state;
	(void)case_add(7, BALDER, "K", 20180101, 20180201, NULL);
	(void)case_add(8, BALDER, "M", 20171201, 20180201, NULL);
	(void)case_add(7, BALDER, "K", 20180301, 0, NULL);
	case_add(7, STEGEN, "K", 20180401, 20180501, NULL)->kommun = codelist_find(lists.kommun, "1482", 4);
	struct cube *i01 = filled();
	assert_figure(i01, "Balder|1440|K", "deltaganden", 2);
	assert_figure(i01, "Balder|1440|K", "personer", 1);
	assert_figure(i01, "Balder|TOT|TOT", "personer", 2);
	assert_figure(i01, "Stegen|1482|K", "personer", 1);
	assert_figure(i01, "TOT|TOT|TOT", "deltaganden", 4);
	assert_figure(i01, "TOT|TOT|TOT", "personer", 2); /* 7 in two insatser, 8 */
	assert_figure(i01, "TOT|1440|TOT", "personer", 2);
	assert_figure(i01, "TOT|TOT|TOT", "nya", 3);
	assert_figure(i01, "TOT|TOT|TOT", "avslutade", 3);
	assert_figure(i01, "TOT|TOT|TOT", "pagaende", 1);
}

static void each_anonymous_row_is_a_person(void **state)
{
	(void)state;
	(void)case_add(CASE_ANONYMOUS, STEGEN, "K", 20180101, 0, NULL);
	(void)case_add(CASE_ANONYMOUS, STEGEN, "K", 20180101, 0, NULL);
	(void)case_add(CASE_ANONYMOUS - 1, STEGEN, "K", 20180101, 0, NULL);
	assert_figure(filled(), "Stegen|1440|K", "personer", 3);
}

static void the_edges_of_the_period_belong_to_it(void **state)
{
	(void)state;
	(void)case_add(1, BALDER, "K", 20170101, 20171231, NULL); /* ended the day before */
	(void)case_add(2, BALDER, "K", 20170101, 20180101, NULL); /* exited on the first day */
	(void)case_add(3, BALDER, "K", 20180831, 20180901, NULL); /* new on the last day, exits after it */
	(void)case_add(4, BALDER, "K", 20180901, 0, NULL);        /* starts after it */
	struct cube *i01 = filled();
	assert_figure(i01, "Balder|TOT|TOT", "deltaganden", 2);
	assert_figure(i01, "Balder|TOT|TOT", "avslutade", 1);
	assert_figure(i01, "Balder|TOT|TOT", "nya", 1);
	assert_figure(i01, "Balder|TOT|TOT", "pagaende", 1);
}

static void volym_is_left_out_and_the_margin_stands(void **state)
{
	(void)state;
	(void)case_add(1, VERKSTAN, "K", 20180101, 0, NULL);
	struct cube *i01 = filled();
	assert_int_equal(i01->rows, 1);
	assert_figure(i01, "TOT|TOT|TOT", "personer", 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, case_begin, case_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_person_counts_once_in_every_row),
		TEST(each_anonymous_row_is_a_person),
		TEST(the_edges_of_the_period_belong_to_it),
		TEST(volym_is_left_out_and_the_margin_stands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
