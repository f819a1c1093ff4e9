/* Tests of i13 (R: survfit(Surv(time, event) ~ 1, conf.type = "log-log")). */
#include "tests/stages/insats/case.h"

#include "stages/insats/overlevnad.h"

static struct cube *filled(void)
{
	struct cube *cube = case_cube("i13_overlevnad");
	assert_int_equal(overlevnad_fill(&counting, cube, arena, &error), 0);
	return cube;
}

static void add(const char *kon, int start, int slut, const char *after)
{
	(void)case_add((uint32_t)participations.count, BALDER, kon, start, slut, (const char *[]){ "", "", "", after, "" });
}

static void the_curve_is_that_of_r(void **state)
{
	(void)state;
	add("K", 20170101, 20170201, "AO");  /* 1, event: before the period too */
	add("K", 20180101, 20180215, "EJ");  /* 1, censored by another exit */
	add("K", 20180101, 20180301, "SU");  /* 2, event */
	add("M", 20180115, 20180531, "AU");  /* 4, event */
	add("M", 20180415, 0, "");           /* 4, still there on 31 August */
	add("M", 20180131, 20181231, "AO");  /* 7: exits after the period, so censored at its end */
	(void)case_add(9, VERKSTAN, "K", 20180101, 0, NULL);
	struct cube *i13 = filled();
	assert_figure(i13, "Balder|TOT|0", "kvar", 6);
	assert_figure(i13, "Balder|TOT|0", "andel", 100);
	assert_figure(i13, "Balder|TOT|0", "ki_lag", CASE_MISSING);
	assert_figure(i13, "Balder|TOT|1", "kvar", 6);
	assert_figure(i13, "Balder|TOT|1", "handelser", 1);
	assert_figure(i13, "Balder|TOT|1", "censurerade", 1);
	assert_figure(i13, "Balder|TOT|1", "andel", 500.0 / 6);
	assert_figure(i13, "Balder|TOT|1", "ki_lag", 27.312284992835600);
	assert_figure(i13, "Balder|TOT|1", "ki_hog", 97.471242669089353);
	assert_figure(i13, "Balder|TOT|2", "andel", 62.5);
	assert_figure(i13, "Balder|TOT|3", "andel", 62.5); /* nothing happens, the estimate stands */
	assert_figure(i13, "Balder|TOT|3", "kvar", 3);
	assert_figure(i13, "Balder|TOT|3", "handelser", 0);
	assert_figure(i13, "Balder|TOT|4", "ki_hog", 76.652221955057998);
	assert_figure(i13, "Balder|TOT|7", "censurerade", 1);
	assert_figure(i13, "Balder|TOT|8", "kvar", CASE_NO_ROW);
	assert_figure(i13, "Balder|K|2", "andel", 0);
	assert_figure(i13, "Balder|K|3", "kvar", CASE_NO_ROW);
	assert_figure(i13, "Verkstan|TOT|0", "kvar", CASE_NO_ROW);
}

static void egen_forsorjning_is_what_the_settings_say(void **state)
{
	(void)state;
	static const char *const codes[] = { "AO" }, *const never[] = { "SU" };
	static const struct matt other = { .name = "studier", .vid_avslut = { 1, never } };
	static const struct matt own = { .name = "egen försörjning", .vid_avslut = { 1, codes }, .utesluter = &other };
	settings.matt_count = 1;
	settings.matt = &own;
	assert_int_equal(participation_lists_load(&settings, arena, &lists, &error), 0);
	add("K", 20180101, 20180201, "AO");
	add("K", 20180101, 20180201, "AU");
	add("K", 20180101, 20180201, "AO|SU");
	assert_figure(filled(), "Balder|TOT|1", "handelser", 1);
}

/* R: survdiff(Surv(c(1, 1, 2, 4, 4, 7), c(1, 0, 1, 1, 0, 0)) ~ c(1, 1, 1, 2, 2, 2)) */
static void women_and_men_by_the_logrank_test(void **state)
{
	(void)state;
	static const char *const balder[] = { "Balder" }, *const stegen[] = { "Stegen" };
	struct cube *i14 = case_cube("i14_konsskillnad");
	assert_true(cube_row_named(i14, balder, &error) != CUBE_NO_ROW && cube_row_named(i14, stegen, &error) != CUBE_NO_ROW);
	add("K", 20170101, 20170201, "AO");
	add("K", 20180101, 20180215, "EJ");
	add("K", 20180101, 20180301, "SU");
	add("M", 20180115, 20180531, "AU");
	add("M", 20180415, 0, "");
	add("M", 20180131, 20181231, "AO");
	add("X", 20180101, 20180201, "AO"); /* in neither */
	assert_int_equal(overlevnad_compare(&counting, i14, arena, &error), 0);
	assert_figure(i14, "Balder", "p_logrank", 0.058781721355358973);
	assert_figure(i14, "Stegen", "p_logrank", CASE_MISSING);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, case_begin, case_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_curve_is_that_of_r),
		TEST(egen_forsorjning_is_what_the_settings_say),
		TEST(women_and_men_by_the_logrank_test),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
