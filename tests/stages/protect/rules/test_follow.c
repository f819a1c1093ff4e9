/* Tests of cells that go with others: the tables of a cohort, and wholes with the members that cover them. */
#include "stages/protect/rules/across.h"
#include "stages/protect/rules/follow.h"

#include "tests/stages/protect/cubes.h"

static size_t add_row(struct cube *cube, const char *const *codes, double kohort)
{
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	for (size_t m = 0; m < cube->table->measures; m++)
		cube_set(cube, row, m, 100);
	cube_set(cube, row, cube_measure(cube, "kohort"), kohort);
	return row;
}
#define ADD(cube, kohort, ...) add_row(cube, (const char *const[]){ __VA_ARGS__ }, kohort)

/* Cohorts of 30 and 32: the two could be told from what is printed of both. Of 30 and 35 they could not. A cohort of 4 has
   nothing printed, the other base's larger one has. */
static void cohorts_that_differ_by_few_keep_their_parts(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	const struct settings settings = { .minsta_antal = 5 };
	struct cube *e06 = new_cube("e06_jamforelse");
	size_t near = ADD(e06, 30, "A", "extrakt", "0"), far = ADD(e06, 30, "B", "extrakt", "0");
	size_t near_sus = ADD(e06, 32, "A", "sus", "0"), small = ADD(e06, 4, "C", "extrakt", "0");
	(void)ADD(e06, 35, "B", "sus", "0");
	size_t large = ADD(e06, 40, "C", "sus", "0");
	assert_int_equal(tables_add(&tables, e06, &error), 0);
	assert_int_equal(follow_all(&tables, &settings, &error), 0);
	static const char *const parts[] = { "kohort", "kostnad", "netto_manad", "produktion", "vard", "handlaggning" };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		assert_true(tables_measure_withheld(&tables, 0, near, parts[i]));
		assert_true(tables_measure_withheld(&tables, 0, near_sus, parts[i]));
		assert_false(tables_measure_withheld(&tables, 0, far, parts[i]));
		assert_false(tables_measure_withheld(&tables, 0, large, parts[i]));
	}
	assert_false(tables_measure_withheld(&tables, 0, near, "aterbetalning_start"));
	for (size_t m = 0; m < e06->table->measures; m++)
		assert_true(tables_withheld(&tables, 0, small, m));
}

/* Of 30 members 90 per cent are linked: the share would tell of 3. Where it was published before, at one rate of interest, the number of the cohort is
   withheld with it at every rate; of the other underlag, all linked, both are printed. */
static void who_knows_the_linked_share_is_not_told_the_cohort(void **state)
{
	(void)state;
	static const char *const rates[] = { "0", "2" };
	for (int known = 0; known < 2; known++) {
		struct tables tables = { .arena = arena };
		const struct settings settings = { .minsta_antal = 5 };
		struct cube *e06 = new_cube("e06_jamforelse");
		size_t rows[2], others[2], share = cube_measure(e06, "andel_lankad");
		for (size_t i = 0; i < 2; i++) {
			rows[i] = ADD(e06, 30, "A", "extrakt", rates[i]);
			others[i] = ADD(e06, 40, "A", "sus", rates[i]);
			cube_set(e06, rows[i], share, 90);
		}
		assert_int_equal(tables_add(&tables, e06, &error), 0);
		tables.known[0] = arena_take(arena, e06->rows * e06->table->measures, sizeof *tables.known[0], &error);
		assert_non_null(tables.known[0]);
		if (known == 1)
			tables.known[0][tables_cell(&tables, 0, rows[0], share)] = "90.0";
		assert_int_equal(follow_all(&tables, &settings, &error), 0);
		for (size_t i = 0; i < 2; i++) {
			assert_true(tables_withheld(&tables, 0, rows[i], share));
			assert_int_equal(tables_measure_withheld(&tables, 0, rows[i], "kohort"), known == 1);
			assert_false(tables_withheld(&tables, 0, others[i], share));
			assert_false(tables_measure_withheld(&tables, 0, others[i], "kohort"));
		}
	}
}

/* Without a table of the economy other than these, a cohort of 4 takes e08 with it and one of 5 does not. */
static void a_small_cohort_takes_its_tables(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	const struct settings settings = { .minsta_antal = 5 };
	struct cube *e08 = new_cube("e08_utjamning"), *kohort = new_cube("kohort_underlag");
	size_t rows[2];
	static const char *const names[] = { "A", "B" };
	for (size_t i = 0; i < 2; i++) {
		(void)ADD(kohort, (double)(4 + i), names[i]);
		rows[i] = cube_row_named(e08, (const char *const[]){ names[i], "KOM", "utan" }, &error);
		assert_true(rows[i] != CUBE_NO_ROW);
		cube_set(e08, rows[i], cube_measure(e08, "netto_manad"), 1000);
	}
	assert_int_equal(tables_add(&tables, e08, &error), 0);
	assert_int_equal(tables_add(&tables, kohort, &error), 0);
	assert_int_equal(follow_all(&tables, &settings, &error), 0);
	assert_true(tables_measure_withheld(&tables, 0, rows[0], "netto_manad"));
	assert_false(tables_measure_withheld(&tables, 0, rows[1], "netto_manad"));
}

static bool is_demanded(struct tables *tables, size_t table, size_t row, const char *measure)
{
	return *tables_demand(tables, table, row, cube_measure(tables->cube[table], measure));
}

static size_t add_count(struct cube *cube, const char *const *codes, const char *measure, double count)
{
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	cube_set(cube, row, cube_measure(cube, measure), count);
	return row;
}
#define COUNT(cube, measure, count, ...) add_count(cube, (const char *const[]){ __VA_ARGS__ }, measure, count)

/* 166 with any sickness benefit, 109 and 58 with the two: at most 1 has both, so what is printed of the group and the second gives the
   withheld first within 1. With 130 of them 30 or more have both: nothing is told. By hand. */
static void a_group_goes_with_its_members(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct cube *m01 = new_cube("m01_forsorjningsmatt");
	size_t tight = COUNT(m01, "personer", 166, "2020", "0117", "K", "OHALSA"), wide = COUNT(m01, "personer", 130, "2020", "0117", "M", "OHALSA");
	size_t first = COUNT(m01, "personer", 109, "2020", "0117", "K", "SP"), second = COUNT(m01, "personer", 58, "2020", "0117", "K", "RP");
	size_t other = COUNT(m01, "personer", 109, "2020", "0117", "M", "SP");
	(void)COUNT(m01, "personer", 58, "2020", "0117", "M", "RP");
	size_t few = COUNT(m01, "personer", 20, "2020", "0117", "X", "OHALSA"), part = COUNT(m01, "personer", 18, "2020", "0117", "X", "SP");
	(void)COUNT(m01, "personer", 15, "2020", "0117", "X", "RP");
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	bool again = false;
	assert_int_equal(across_demand(&tables, 5, &again, &error), 0);
	assert_false(again); /* nothing is withheld yet */
	size_t personer = cube_measure(m01, "personer");
	tables_withhold(&tables, 0, first, personer);
	tables_withhold(&tables, 0, other, personer);
	tables_withhold(&tables, 0, part, personer);
	assert_int_equal(across_demand(&tables, 5, &again, &error), 0);
	assert_true(again);
	assert_true(is_demanded(&tables, 0, tight, "personer"));
	assert_false(is_demanded(&tables, 0, wide, "personer"));
	assert_true(is_demanded(&tables, 0, few, "personer")); /* 13 have both, but they are few */
	assert_false(is_demanded(&tables, 0, second, "personer"));
	again = false;
	assert_int_equal(across_demand(&tables, 5, &again, &error), 0);
	assert_false(again); /* the same demand is no new one */
}

/* The group withheld and its members printed: the group lies between the largest and the sum of them. */
static void a_member_goes_with_its_group(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct cube *m01 = new_cube("m01_forsorjningsmatt");
	size_t group = COUNT(m01, "personer", 166, "2020", "0117", "K", "OHALSA"), largest = COUNT(m01, "personer", 109, "2020", "0117", "K", "SP");
	size_t smaller = COUNT(m01, "personer", 58, "2020", "0117", "K", "RP");
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	tables_withhold(&tables, 0, group, cube_measure(m01, "personer"));
	bool again = false;
	assert_int_equal(across_demand(&tables, 5, &again, &error), 0);
	assert_true(again);
	assert_true(is_demanded(&tables, 0, largest, "personer"));
	assert_false(is_demanded(&tables, 0, smaller, "personer"));
}

/* 16 at work, 15 of them without subsidy, 1 with: the 1 is 16 − 15 as long as nobody has both. */
static void work_goes_with_its_kinds(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct cube *i04 = new_cube("i04_sysselsattning"), *i06 = new_cube("i06_resultat");
	(void)COUNT(i04, "efter", 15, "A", "K", "AO");
	size_t one = COUNT(i04, "efter", 1, "A", "K", "AU"), row = COUNT(i06, "arbete", 16, "A", "K");
	cube_set(i06, row, cube_measure(i06, "studier"), 5);
	cube_set(i06, row, cube_measure(i06, "arbete_eller_studier"), 21);
	assert_int_equal(tables_add(&tables, i04, &error), 0);
	assert_int_equal(tables_add(&tables, i06, &error), 0);
	tables_withhold(&tables, 0, one, cube_measure(i04, "efter"));
	bool again = false;
	assert_int_equal(across_demand(&tables, 5, &again, &error), 0);
	assert_true(again);
	assert_true(is_demanded(&tables, 1, row, "arbete"));
	assert_false(is_demanded(&tables, 1, row, "arbete_eller_studier"));
	tables_withhold(&tables, 1, row, cube_measure(i06, "arbete"));
	again = false;
	assert_int_equal(across_demand(&tables, 5, &again, &error), 0);
	assert_true(is_demanded(&tables, 1, row, "arbete_eller_studier"));
}

/* Women of a kommun: 3 with changes (m04) of 5 in all (m05): 2 are at the region alone, so that m04 gives way; then the printed 5 would
   hold the withheld 3 below it, and m05 gives way, too. Of 30 of 40 nothing is told; 7 of 7 matter once m04 is withheld. By hand. */
static void persons_of_changes_go_with_all_who_are_active(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct cube *m04 = new_cube("m04_rundgang"), *m05 = new_cube("m05_tid_i_forsorjning");
	static const double counts[][2] = { { 3, 5 }, { 30, 40 }, { 7, 7 } };
	static const char *const kommuner[] = { "0117", "0120", "0123" };
	size_t moves[3], all[3];
	for (size_t i = 0; i < 3; i++) {
		moves[i] = COUNT(m04, "personer", counts[i][0], "2020", kommuner[i], "K", "TOT");
		all[i] = COUNT(m05, "personer", counts[i][1], "2020", kommuner[i], "K", "TOT");
	}
	assert_int_equal(tables_add(&tables, m04, &error), 0);
	assert_int_equal(tables_add(&tables, m05, &error), 0);
	bool again = false;
	assert_int_equal(across_demand(&tables, 5, &again, &error), 0);
	assert_true(again && is_demanded(&tables, 0, moves[0], "personer"));
	for (size_t i = 0; i < 3; i++) {
		assert_false(is_demanded(&tables, 1, all[i], "personer"));
		tables_withhold(&tables, 0, moves[i], cube_measure(m04, "personer"));
	}
	again = false;
	assert_int_equal(across_demand(&tables, 5, &again, &error), 0);
	assert_true(again);
	assert_true(is_demanded(&tables, 1, all[0], "personer"));
	assert_false(is_demanded(&tables, 1, all[1], "personer"));
	assert_true(is_demanded(&tables, 1, all[2], "personer"));
	again = false;
	assert_int_equal(across_demand(&tables, 5, &again, &error), 0);
	assert_false(again);
}

/* How many are missing is a count like any other: 3 women without a pair take the whole row of them with it, also where the
   rows that are left stand clear; no one is missing from KASAM, and that is printed. Of LIVSKVAL nobody is few, but 48 exits less
   the 30 pairs and the 15 without one leave 3; so do 48 exits less the 45 without a pair in MÅENDE, whose pairs are mostly of who did not exit, and of
   STRESS the 60 participations less 57. Of B the exits are withheld, which are no fewer than those without a pair. */
static void those_without_a_pair_go_together(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	const struct settings settings = { .minsta_antal = 5 };
	struct cube *i12 = new_cube("i12_enkat"), *i01 = new_cube("i01_deltagare");
	(void)COUNT(i01, "avslutade", 28, "A", "TOT", "K");
	(void)COUNT(i01, "avslutade", 20, "A", "TOT", "M");
	size_t all = COUNT(i01, "avslutade", 48, "A", "TOT", "TOT"), other = COUNT(i01, "avslutade", 48, "B", "TOT", "TOT");
	cube_set(i01, all, cube_measure(i01, "deltaganden"), 60);
	static const struct {
		const char *insats, *instrument, *kon;
		double pairs, without;
		bool withheld;
	} rows[] = { { "A", "EQ-5D", "K", 25, 3, true }, { "A", "EQ-5D", "M", 10, 10, true }, { "A", "EQ-5D", "TOT", 35, 13, true },
		{ "A", "KASAM", "K", 28, 0, false }, { "A", "KASAM", "TOT", 48, 0, false }, { "A", "LIVSKVAL", "TOT", 30, 15, true },
		{ "A", "SKALA", "K", 18, 10, false }, { "A", "SKALA", "M", 10, 10, false }, { "A", "SKALA", "TOT", 28, 20, false },
		{ "A", "MAENDE", "TOT", 20, 45, true }, { "A", "STRESS", "TOT", 20, 57, true }, { "B", "SKALA", "TOT", 28, 20, true } };
	size_t at[sizeof rows / sizeof *rows];
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		at[i] = COUNT(i12, "par", rows[i].pairs, rows[i].insats, rows[i].instrument, rows[i].kon);
		cube_set(i12, at[i], cube_measure(i12, "utan_par"), rows[i].without);
	}
	assert_int_equal(tables_add(&tables, i12, &error), 0);
	assert_int_equal(tables_add(&tables, i01, &error), 0);
	tables_withhold(&tables, 1, other, cube_measure(i01, "avslutade"));
	assert_int_equal(follow_all(&tables, &settings, &error), 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(tables_measure_withheld(&tables, 0, at[i], "utan_par"), rows[i].withheld);
}

/* 9 of 16 are 56.3 per cent, and no other part of up to 19 is. All or none of a withheld number may be of any. */
static void a_linked_share_goes_with_its_cohort(void **state)
{
	(void)state;
	static const struct {
		double cohort, linked;
		bool withheld;
	} cases[] = { { 16, 9, true }, { 16, 16, false }, { 16, 0, false }, { 14, 9, false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct tables tables = { .arena = arena };
		const struct settings settings = { .minsta_antal = 5 };
		struct cube *e06 = new_cube("e06_jamforelse"), *i01 = new_cube("i01_deltagare");
		size_t row = ADD(e06, cases[i].cohort, "A", "extrakt", "0");
		cube_set(e06, row, cube_measure(e06, "andel_lankad"), 100 * cases[i].linked / cases[i].cohort);
		(void)COUNT(i01, "avslutade", 19, "A", "TOT", "TOT");
		assert_int_equal(tables_add(&tables, e06, &error) | tables_add(&tables, i01, &error), 0);
		assert_int_equal(follow_all(&tables, &settings, &error), 0);
		assert_int_equal(tables_measure_withheld(&tables, 0, row, "kohort"), cases[i].cohort > 14);
		assert_int_equal(tables_measure_withheld(&tables, 0, row, "andel_lankad"), cases[i].withheld);
	}
}

/* 60 exits and a cohort of 55: the 5 left out are those who moved, 2 women and 3 men, withheld with their sum. The other base's cohort
   of 40 leaves out many more; one of 53 leaves the two 7 at most. Where no reason is withheld all are printed. */
static void a_cohort_does_not_tell_whom_it_leaves_out(void **state)
{
	(void)state;
	const struct settings settings = { .minsta_antal = 5 };
	const double moved[] = { 2, 3, 5 };
	const char *const kon[] = { "K", "M", "TOT" };
	for (int withheld = 0; withheld < 2; withheld++) {
		struct tables tables = { .arena = arena };
		struct cube *i01 = new_cube("i01_deltagare"), *i05 = new_cube("i05_avslut"), *e06 = new_cube("e06_jamforelse");
		static const char *const insats[] = { "A", "B" };
		size_t extrakt[2], sus = ADD(e06, 55, "A", "sus", "0");
		for (size_t i = 0; i < 2; i++) {
			(void)COUNT(i01, "avslutade", 60, insats[i], "TOT", "TOT");
			for (size_t k = 0; k < 3; k++)
				(void)COUNT(i05, "avslutade", moved[k], insats[i], kon[k], "09");
			extrakt[i] = ADD(e06, i == 0 ? 40 : 53, insats[i], "extrakt", "0");
		}
		assert_int_equal(tables_add(&tables, i01, &error), 0);
		assert_int_equal(tables_add(&tables, i05, &error), 0);
		assert_int_equal(tables_add(&tables, e06, &error), 0);
		for (size_t row = 0; row < i05->rows && withheld; row++)
			tables_withhold(&tables, 1, row, cube_measure(i05, "avslutade"));
		assert_int_equal(follow_all(&tables, &settings, &error), 0);
		assert_int_equal(tables_measure_withheld(&tables, 2, sus, "kohort"), withheld);
		assert_false(tables_measure_withheld(&tables, 2, extrakt[0], "kohort"));
		assert_int_equal(tables_measure_withheld(&tables, 2, extrakt[1], "kohort"), withheld);
	}
}

/* A curve of 100 participations beside 98 of the period, or with 13 events beside 10 of the period: few ended before it. */
static void a_curve_does_not_tell_who_ended_before_the_period(void **state)
{
	(void)state;
	const struct settings settings = { .minsta_antal = 5 };
	static const struct {
		double participations, results;
		bool printed;
	} cases[] = { { 100, 13, true }, { 95, 8, true }, { 98, 13, false }, { 100, 10, false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct tables tables = { .arena = arena };
		struct cube *i01 = new_cube("i01_deltagare"), *i06 = new_cube("i06_resultat"), *i13 = new_cube("i13_overlevnad");
		(void)COUNT(i01, "deltaganden", cases[i].participations, "A", "TOT", "TOT");
		(void)COUNT(i06, "arbete_eller_studier", cases[i].results, "A", "TOT");
		size_t first = COUNT(i13, "kvar", 100, "A", "TOT", "0"), second = COUNT(i13, "kvar", 93, "A", "TOT", "1");
		cube_set(i13, first, cube_measure(i13, "handelser"), 7);
		cube_set(i13, second, cube_measure(i13, "handelser"), 6);
		assert_int_equal(tables_add(&tables, i01, &error), 0);
		assert_int_equal(tables_add(&tables, i06, &error), 0);
		assert_int_equal(tables_add(&tables, i13, &error), 0);
		assert_int_equal(follow_all(&tables, &settings, &error), 0);
		assert_int_equal(tables_measure_withheld(&tables, 2, first, "kvar"), !cases[i].printed);
		assert_int_equal(tables_measure_withheld(&tables, 2, second, "handelser"), !cases[i].printed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cohorts_that_differ_by_few_keep_their_parts, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_linked_share_goes_with_its_cohort, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_knows_the_linked_share_is_not_told_the_cohort, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_small_cohort_takes_its_tables, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_group_goes_with_its_members, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_member_goes_with_its_group, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(work_goes_with_its_kinds, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(persons_of_changes_go_with_all_who_are_active, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(those_without_a_pair_go_together, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_cohort_does_not_tell_whom_it_leaves_out, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_curve_does_not_tell_who_ended_before_the_period, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
