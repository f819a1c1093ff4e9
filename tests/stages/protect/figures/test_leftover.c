/* Tests of the few who are left between figures that no sum connects. */
#include "stages/protect/figures/leftover.h"

#include "tests/stages/protect/cubes.h"

static struct tables tables;
static struct cube *i01, *i06, *i07, *i13, *e01, *g01, *bases;

static int begin(void **state)
{
	int result = arena_begin(state);
	tables = (struct tables){ .arena = arena };
	static const struct { struct cube **cube; const char *name; } all[] = { { &i01, "i01_deltagare" }, { &i06, "i06_resultat" }, { &i07, "i07_tid_i_insats" },
		{ &i13, "i13_overlevnad" }, { &e01, "e01_ekonomi" }, { &g01, "g01_mal" }, { &bases, "ekonomi_underlag" } };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		*all[i].cube = new_cube(all[i].name);
	}
	return result;
}

static void add_all(void)
{
	struct cube *const all[] = { i01, i06, i07, i13, e01, g01, bases };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_int_equal(tables_add(&tables, all[i], &error), 0);
}

/* A curve of three months and its band. */
static void put_curve(const char *insats, double events, double others, double exits)
{
	static const char *const months[] = { "0", "1", "2" };
	for (size_t m = 0; m < 3; m++) {
		PUT(i13, "kvar", 100, insats, "K", months[m]);
		PUT(i13, "handelser", events / 3, insats, "K", months[m]);
		PUT(i13, "censurerade", others / 3, insats, "K", months[m]);
	}
	PUT(i07, "avslutade", exits, insats, "K", "0-2");
	PUT(i07, "avslutade", exits, insats, "K", "TOT");
}

static bool curve_tells(const char *insats, const char *kon, const struct settings *settings)
{
	const char *codes[] = { insats, kon, "0" };
	size_t curves = tables_find(&tables, "i13_overlevnad");
	return leftover_of_curve(&tables, curves, cube_find_named(i13, codes), settings);
}

/* 15 events and 21 other ends in the first three months, of which 33 are exits: 3 go on. With 30 exits 6 do, which tells of nobody; of 18 exits 3 are no
   events. */
static void a_curve_beside_bands_of_time(void **state)
{
	(void)state;
	const struct settings settings = { .minsta_antal = 5 };
	put_curve("A", 15, 21, 33);
	put_curve("B", 15, 21, 30);
	put_curve("C", 15, 21, 18);
	put_curve("D", 15, 21, 36);
	add_all();
	assert_true(curve_tells("A", "K", &settings));
	assert_false(curve_tells("B", "K", &settings));
	assert_true(curve_tells("C", "K", &settings));
	assert_false(curve_tells("D", "K", &settings));
}

/* 100 on the curve; 97 who started 24 months ago: 3 have since. With 90 who did, 20 of whom reached it within two months: there are 30 events. */
static void a_curve_beside_a_goal_within_months(void **state)
{
	(void)state;
	const struct goal goal = { .measure = GOAL_MATT, .base = GOAL_AV_STARTADE, .within_months = 2 };
	const struct insats insats = { .name = "A", .goals = 1, .goal = &goal };
	const struct settings settings = { .minsta_antal = 5, .insats_count = 1, .insats = &insats };
	static const char *const months[] = { "0", "1", "2" };
	for (size_t m = 0; m < 3; m++)
		PUT(i13, "handelser", 10, "A", "TOT", months[m]);
	PUT(i13, "kvar", 100, "A", "TOT", "0");
	PUT(g01, "namnare", 97, "A", "1");
	PUT(g01, "taljare", 10, "A", "1");
	add_all();
	assert_true(curve_tells("A", "TOT", &settings));
	PUT(g01, "namnare", 90, "A", "1");
	assert_false(curve_tells("A", "TOT", &settings));
	PUT(g01, "taljare", 27, "A", "1"); /* 30 events with the third month */
	assert_true(curve_tells("A", "TOT", &settings));
	PUT(g01, "taljare", 18, "A", "1"); /* 20 before two full months */
	assert_true(curve_tells("A", "TOT", &settings));
}

static void put_years(double first, double second, double first_exits, double second_exits)
{
	PUT(bases, "deltaganden", first, "A", "2017");
	PUT(bases, "deltaganden", second, "A", "2018");
	PUT(bases, "avslutade_arbete_eller_studier", first_exits, "A", "2017");
	PUT(bases, "avslutade_arbete_eller_studier", second_exits, "A", "2018");
	PUT(i06, "arbete_eller_studier", first_exits + second_exits, "A", "TOT");
}

static bool ratio_withheld(const char *measure, const char *year)
{
	const char *codes[] = { "A", year, "TOT" };
	return tables_measure_withheld(&tables, tables_find(&tables, "e01_ekonomi"), cube_find_named(e01, codes), measure);
}

/* Of 100 participations 60 are new and 40 go on. In 2017 there were N, in 2018 M. */
static void check_years(double first, double second, double first_exits, double second_exits, bool tells, bool tells_exits)
{
	PUT(e01, "utfall", 1, "A", "2017", "TOT");
	PUT(e01, "utfall", 1, "A", "2018", "TOT");
	PUT(i01, "deltaganden", 100, "A", "TOT", "TOT");
	PUT(i01, "nya", 60, "A", "TOT", "TOT");
	PUT(i01, "pagaende", 40, "A", "TOT", "TOT");
	put_years(first, second, first_exits, second_exits);
	add_all();
	leftover_of_years(&tables, 5);
	static const char *const ratios[] = { "kr_per_deltagande", "kr_per_avslutad_till_arbete_eller_studier" };
	assert_int_equal(ratio_withheld(ratios[0], "2017") || ratio_withheld(ratios[0], "2018"), tells);
	assert_int_equal(ratio_withheld(ratios[1], "2017") || ratio_withheld(ratios[1], "2018"), tells_exits);
}
#define YEARS(name, ...) static void name(void **state) { (void)state; check_years(__VA_ARGS__); }

YEARS(years_that_leave_nobody_few, 70, 80, 10, 20, false, false)
YEARS(three_were_not_there_the_first_year, 97, 80, 10, 20, true, false)
YEARS(three_began_the_first_year, 43, 80, 10, 20, true, false)
YEARS(three_exited_the_last_year, 70, 43, 10, 0, true, true) /* and none of them to work, which is printed */
YEARS(three_were_there_both_years, 50, 53, 10, 8, true, false)
YEARS(two_exited_the_last_year_to_nothing, 70, 80, 10, 38, false, true)
YEARS(two_exited_the_first_year_to_nothing, 70, 80, 18, 20, false, true)
YEARS(all_but_two_of_a_year_reached_it, 70, 80, 68, 20, false, true)

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, arena_end)
	const struct CMUnitTest tests[] = { TEST(a_curve_beside_bands_of_time), TEST(a_curve_beside_a_goal_within_months), TEST(years_that_leave_nobody_few),
		TEST(three_were_not_there_the_first_year), TEST(three_began_the_first_year), TEST(three_exited_the_last_year), TEST(three_were_there_both_years),
		TEST(two_exited_the_last_year_to_nothing), TEST(two_exited_the_first_year_to_nothing), TEST(all_but_two_of_a_year_reached_it) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
