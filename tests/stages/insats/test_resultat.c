/* Tests of i06 and i14: outcomes, what has begun or grown, shares and their intervals (R's prop.test, correct = FALSE). */
#include "tests/stages/insats/case.h"

#include "stages/insats/resultat.h"

static struct cube *filled(void)
{
	struct cube *cube = case_cube("i06_resultat");
	assert_int_equal(resultat_fill(&counting, cube, &error), 0);
	return cube;
}

static void add(const char *kon, const char *before, const char *after)
{
	(void)case_add((uint32_t)participations.count, BALDER, kon, 20180201, 20180601,
		(const char *[]){ "", "", before, after, "" });
}

static void outcomes_and_shares(void **state)
{
	(void)state;
	add("K", "EJ", "AO|SU");
	add("K", "AO", "AO");
	add("M", "AR", "AR|PR");
	add("M", "SU", "");
	struct cube *i06 = filled();
	assert_figure(i06, "TOT|TOT", "avslutade", 4);
	assert_figure(i06, "Balder|TOT", "arbete", 2);
	assert_figure(i06, "Balder|TOT", "studier", 1);
	assert_figure(i06, "Balder|TOT", "arbete_eller_studier", 2);
	assert_figure(i06, "Balder|M", "arbetssokande", 1);
	assert_figure(i06, "Balder|TOT", "borjat_eller_okat", 1);
	assert_figure(i06, "TOT|TOT", "andel_arbete_eller_studier", 50);
	assert_figure(i06, "TOT|TOT", "ki_lag", 15.003898915214955);
	assert_figure(i06, "TOT|TOT", "ki_hog", 84.996101084785047);
	assert_figure(i06, "Balder|K", "ki_hog", 100);
	assert_figure(i06, "Balder|M", "ki_lag", 0);
}

static void grown_is_more_per_cent_than_before(void **state)
{
	(void)state;
	add("K", "AO:50", "AO:75|PR:25");     /* grown */
	add("K", "AO:30", "AU:10|SU:20");     /* the same */
	add("K", "AU|SU|EJ", "AO|EF|AR");     /* two thirds each */
	add("K", "", "SU:1");                 /* begun */
	add("K", "SU:100", "AO:40|SU:59.99"); /* less */
	assert_figure(filled(), "Balder|K", "borjat_eller_okat", 2);
}

static void without_exits_a_share_is_missing(void **state)
{
	(void)state;
	(void)case_add(1, BALDER, "K", 20180201, 0, NULL);
	struct cube *i06 = filled();
	assert_int_equal(i06->rows, 1);
	assert_figure(i06, "TOT|TOT", "avslutade", 0);
	assert_figure(i06, "TOT|TOT", "andel_arbete_eller_studier", CASE_MISSING);
	assert_figure(i06, "TOT|TOT", "ki_lag", CASE_MISSING);
}

static void the_sexes_differ_by_newcombe(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		add("K", "", i < 3 ? "AO" : "EJ");
	for (int i = 0; i < 3; i++)
		add("M", "", i < 1 ? "SU" : "EJ");
	add("X", "", "AO");
	struct cube *i14 = case_cube("i14_konsskillnad");
	assert_int_equal(resultat_fill_difference(&settings, filled(), i14, &error), 0);
	assert_figure(i14, "Balder", "andel_k", 60);
	assert_figure(i14, "Balder", "andel_m", 100.0 / 3);
	assert_figure(i14, "Balder", "skillnad", 80.0 / 3);
	assert_figure(i14, "Balder", "ki_lag", -32.244456472581312);
	assert_figure(i14, "Balder", "ki_hog", 65.863065443592461);
	assert_figure(i14, "Stegen", "andel_k", CASE_MISSING);
	assert_figure(i14, "Stegen", "skillnad", CASE_MISSING);
	assert_figure(i14, "Verkstan", "skillnad", CASE_NO_ROW);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, case_begin, case_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(outcomes_and_shares),
		TEST(grown_is_more_per_cent_than_before),
		TEST(without_exits_a_share_is_missing),
		TEST(the_sexes_differ_by_newcombe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
