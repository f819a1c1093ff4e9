/* Tests of i12: which answers make a pair, whose it is, and its statistics (R: t.test, wilcox.test). */
#include "tests/stages/insats/case.h"

#include "stages/insats/enkat.h"

enum { START, MITT, SLUT };

static struct answer rows[CASE_ROOM];
static struct answers answers;
static struct pairs pairs;

static int begin(void **state)
{
	answers = (struct answers){ .item = rows, .start = START, .slut = SLUT };
	return case_begin(state);
}

static void add(uint32_t person, uint16_t tillfalle, int datum, double varde)
{
	rows[answers.count++] = (struct answer){ .insats = BALDER, .instrument = "EQ-VAS", .person = person,
		.tillfalle = tillfalle, .datum = case_day(datum), .varde = varde };
}

static void add_pair(uint32_t person, double start, double slut)
{
	add(person, START, 20180101, start);
	add(person, SLUT, 20180601, slut);
}

static void make_pairs(void)
{
	assert_int_equal(enkat_pairs(&answers, &participations, &lists, &settings, arena, &pairs, &error), 0);
}

static struct cube *filled(void)
{
	struct cube *cube = case_cube("i12_enkat");
	make_pairs();
	assert_int_equal(enkat_fill(&pairs, &lists, &settings, cube, arena, &error), 0);
	return cube;
}

static void the_last_slut_in_the_period_meets_the_last_start_before_it(void **state)
{
	(void)state;
	add(1, SLUT, 20180901, 99);  /* after the period */
	add(1, SLUT, 20180701, 70);
	add(1, SLUT, 20180301, 50);
	add(1, START, 20180702, 98); /* after that slut */
	add(1, START, 20180701, 41); /* the same day: not after it */
	add(1, MITT, 20180601, 97);
	add(1, START, 20170101, 30);
	add(2, SLUT, 20171231, 60);  /* before the period: no pair */
	add(2, START, 20170101, 30);
	add(3, SLUT, 20180301, 60);  /* no start */
	make_pairs();
	assert_int_equal(pairs.count, 1);
	assert_close(pairs.item[0].start, 41, 0);
	assert_close(pairs.item[0].slut, 70, 0);
}

static void of_answers_on_one_day_the_larger_is_last(void **state)
{
	(void)state;
	add(1, START, 20180101, 45);
	add(1, START, 20180101, 40);
	add(1, SLUT, 20180601, 60);
	make_pairs();
	assert_close(pairs.item[0].start, 45, 0);
}

static void kon_is_that_of_the_latest_participation(void **state)
{
	(void)state;
	add_pair(1, 40, 50);
	add_pair(2, 40, 50);
	(void)case_add(1, BALDER, "K", 20180301, 0, NULL);
	(void)case_add(1, BALDER, "M", 20170301, 20170401, NULL);
	(void)case_add(1, BALDER, "M", 20180901, 0, NULL); /* after the period */
	(void)case_add(1, STEGEN, "M", 20180401, 0, NULL); /* another insats */
	struct cube *i12 = filled();
	assert_figure(i12, "Balder|EQ-VAS|K", "par", 1);
	assert_figure(i12, "Balder|EQ-VAS|X", "par", 1); /* 2 never participated */
	assert_figure(i12, "Balder|EQ-VAS|M", "par", CASE_NO_ROW);
	assert_figure(i12, "Balder|EQ-VAS|TOT", "par", 2);
}

static void statistics_as_in_r(void **state)
{
	(void)state;
	add_pair(1, 40, 55);
	add_pair(2, 50, 50.5);
	add_pair(3, 60, 58);
	add_pair(4, 35, 47);
	struct cube *i12 = filled();
	assert_figure(i12, "Balder|EQ-VAS|TOT", "medel_start", 46.25);
	assert_figure(i12, "Balder|EQ-VAS|TOT", "medel_slut", 52.625);
	assert_figure(i12, "Balder|EQ-VAS|TOT", "skillnad", 6.375);
	assert_figure(i12, "Balder|EQ-VAS|TOT", "ki_lag", -6.9599025669701904);
	assert_figure(i12, "Balder|EQ-VAS|TOT", "ki_hog", 19.709902566970193);
	assert_figure(i12, "Balder|EQ-VAS|TOT", "p_wilcoxon", 0.375);
}

static void equal_differences_of_decimals_are_ties(void **state)
{
	(void)state;
	add_pair(1, 5.2, 5.4);
	add_pair(2, 7.1, 7.3);
	add_pair(3, 3.3, 3.5);
	add_pair(4, 4.0, 3.9);
	/* R: wilcox.test(c(54, 73, 35, 39), c(52, 71, 33, 40), paired = TRUE); without ties it would be 0.25 */
	assert_figure(filled(), "Balder|EQ-VAS|TOT", "p_wilcoxon", 0.18587673236587601);
}

static void what_a_few_pairs_leave_undefined_is_missing(void **state)
{
	(void)state;
	add_pair(1, 40, 40);
	struct cube *i12 = filled();
	assert_figure(i12, "Balder|EQ-VAS|TOT", "skillnad", 0);
	assert_figure(i12, "Balder|EQ-VAS|TOT", "ki_lag", CASE_MISSING);
	assert_figure(i12, "Balder|EQ-VAS|TOT", "p_wilcoxon", CASE_MISSING);
}

static void who_has_a_pair(void **state)
{
	(void)state;
	add_pair(1, 40, 50);
	(void)case_add(1, BALDER, "K", 20180301, 0, NULL);
	(void)case_add(1, STEGEN, "K", 20180301, 0, NULL);
	(void)case_add(2, BALDER, "K", 20180301, 0, NULL);
	(void)case_add(CASE_ANONYMOUS, BALDER, "K", 20180301, 0, NULL);
	(void)case_add(1, BALDER, "K", 20170301, 20170401, NULL);
	make_pairs();
	const bool *has = enkat_has_pair(&pairs, &participations, arena, &error);
	static const bool expected[] = { true, false, false, false, true };
	assert_non_null(has);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(has[i], expected[i]);
}

/* Of the four who exited in the period two have a pair in EQ-VAS, none in the other instrument, which one of them began. */
static void the_exited_without_a_pair_are_counted(void **state)
{
	(void)state;
	for (uint32_t person = 1; person <= 4; person++)
		(void)case_add(person, BALDER, person == 4 ? "M" : "K", 20180101, 20180601, NULL);
	(void)case_add(3, BALDER, "K", 20170101, 20180201, NULL); /* exited twice: one person */
	(void)case_add(5, BALDER, "M", 20180101, 0, NULL);        /* still there */
	(void)case_add(6, STEGEN, "M", 20180101, 20180601, NULL); /* another insats */
	(void)case_add(CASE_ANONYMOUS, BALDER, "M", 20180101, 20180601, NULL); /* could not have answered */
	add_pair(1, 40, 50);
	add_pair(2, 40, 50);
	add(3, START, 20180101, 30);
	add(1, START, 20180101, 3);
	rows[answers.count - 1].instrument = "KASAM";
	add(1, START, 20180901, 3); /* after the period: no instrument yet */
	rows[answers.count - 1].instrument = "SF-36";
	struct cube *i12 = filled();
	assert_figure(i12, "Balder|EQ-VAS|TOT", "par", 2);
	assert_figure(i12, "Balder|EQ-VAS|TOT", "utan_par", 2);
	assert_figure(i12, "Balder|EQ-VAS|K", "utan_par", 1);
	assert_figure(i12, "Balder|EQ-VAS|M", "utan_par", 1);
	assert_figure(i12, "Balder|EQ-VAS|M", "par", 0);
	assert_figure(i12, "Balder|EQ-VAS|M", "medel_start", CASE_MISSING);
	assert_figure(i12, "Balder|KASAM|TOT", "par", 0);
	assert_figure(i12, "Balder|KASAM|TOT", "utan_par", 4);
	assert_figure(i12, "Balder|SF-36|TOT", "par", CASE_NO_ROW);
}

/* Names of instruments are published; a pid in that column must not be. */
static void instruments_are_names(void **state)
{
	(void)state;
	assert_true(enkat_is_instrument("EQ5D-5L") && enkat_is_instrument("WHOQOL-100") && enkat_is_instrument("Självskattad hälsa 2018"));
	assert_false(enkat_is_instrument("9f3a81c27d5e4b60") || enkat_is_instrument("SF\t36"));
	assert_false(enkat_is_instrument("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, case_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_last_slut_in_the_period_meets_the_last_start_before_it),
		TEST(of_answers_on_one_day_the_larger_is_last),
		TEST(kon_is_that_of_the_latest_participation),
		TEST(statistics_as_in_r),
		TEST(equal_differences_of_decimals_are_ties),
		TEST(what_a_few_pairs_leave_undefined_is_missing),
		TEST(who_has_a_pair),
		TEST(the_exited_without_a_pair_are_counted),
		TEST(instruments_are_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
