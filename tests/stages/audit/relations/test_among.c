/* Tests of goals beside what else counts exits and pairs, as the auditor sees them. */
#include "stages/audit/relations/among.h"

#include <stdio.h>

#include "pipeline/base/date.h"
#include "stages/audit/relations/beside.h"
#include "tests/stages/protect/cubes.h"

static const char *const work_codes[] = { "AO", "AU", "EF", "SU" }, *const seek_codes[] = { "AR" };
static const struct matt own = { .name = "egen försörjning", .vid_avslut = { 4, work_codes } },
	paid = { .name = "arbete", .vid_avslut = { 2, work_codes } }, seeking = { .name = "söker", .vid_avslut = { 1, seek_codes }, .utesluter = &paid };

static struct published published;
static struct cube *g01, *i01, *i04, *i06, *i07, *i12;

/* Twenty exits to work or studies, fifteen who seek work, thirty pairs. */
static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	published = (struct published){ .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	g01 = new_cube("g01_mal");
	i01 = new_cube("i01_deltagare");
	i04 = new_cube("i04_sysselsattning");
	i06 = new_cube("i06_resultat");
	i07 = new_cube("i07_tid_i_insats");
	i12 = new_cube("i12_enkat");
	PUT(i06, "arbete_eller_studier", 20, "A", "TOT");
	PUT(i06, "arbete", 12, "A", "TOT");
	PUT(i04, "efter", 15, "A", "TOT", "AR");
	PUT(i12, "par", 30, "A", "EQ5D", "TOT");
	PUT(i07, "avslutade", 16, "A", "TOT", "6-11");
	PUT(i07, "avslutade", 24, "A", "TOT", "24+");
	PUT(i07, "avslutade", 40, "A", "TOT", "TOT");
	return 0;
}

/* Goals by what they count and that number; bit n: goal n + 1 tells of few. */
static unsigned found(const struct goal *goal, const double *met, size_t count)
{
	for (size_t g = 0; g < count; g++) {
		char number[24];
		(void)snprintf(number, sizeof number, "%zu", g + 1);
		PUT(g01, "taljare", met[g], "A", number);
		PUT(g01, "utfall", goal[g].base == GOAL_NUMBER ? met[g] : 100 * met[g] / 60, "A", number);
	}
	struct cube *all[] = { g01, i01, i04, i06, i07, i12 };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_int_equal(published_add(&published, all[i], NULL, &error), 0);
	const struct insats insats = { .name = "A", .goals = count, .goal = goal };
	const struct settings settings = { .minsta_antal = 5, .period_from = date_day(2020, 1, 1), .period_to = date_day(2020, 12, 31), .insats_count = 1,
		.insats = &insats };
	unsigned char *finding = arena_take(arena, g01->rows * g01->table->measures, sizeof *finding, &error);
	assert_non_null(finding);
	among_judge(&published, &published.table[0], &settings, finding);
	unsigned bits = 0;
	for (size_t g = 0; g < count; g++)
		bits |= finding[g * g01->table->measures + cube_measure(g01, "utfall")] == BESIDE_FEW ? 1U << g : 0;
	return bits;
}
#define FOUND(goals, ...) found(goals, (const double[]){ __VA_ARGS__ }, sizeof(goals) / sizeof *(goals))

#define OF_EXITED(which) { .measure = GOAL_MATT, .matt = which, .base = GOAL_AV_AVSLUTADE }
#define OF_PERSONS(which) { .measure = GOAL_MATT, .matt = which, .base = GOAL_AV_DELTAGARE }
#define OF_STARTED(which) { .measure = GOAL_MATT, .matt = which, .base = GOAL_AV_STARTADE }
#define PAIRS(of) { .measure = GOAL_ENKAT, .base = of }

static void a_result_holds_the_exits_of_new_participations(void **state)
{
	(void)state;
	const struct goal goals[] = { OF_STARTED(&own), OF_STARTED(&own) };
	assert_int_equal(FOUND(goals, 18, 10), 1);
}

static void a_code_holds_those_who_are_not_excluded(void **state)
{
	(void)state;
	const struct goal goals[] = { OF_EXITED(&seeking), OF_EXITED(&seeking) };
	assert_int_equal(FOUND(goals, 13, 8), 1);
}

static void a_goal_holds_another(void **state)
{
	(void)state;
	const struct goal goals[] = { OF_EXITED(&seeking), OF_STARTED(&seeking), { .measure = GOAL_MATT, .matt = &seeking, .base = GOAL_AV_AVSLUTADE, .within_months = 6 } };
	assert_int_equal(FOUND(goals, 10, 8, 6), 6);
}

/* Who started in a year and has left has done so within twelve months: three of the ten had started before. */
static void a_goal_within_the_months_of_the_period_holds_the_exits_of_new_participations(void **state)
{
	(void)state;
	const struct matt practice = { .name = "praktik", .vid_avslut = { 1, (const char *const[]){ "PR" } } };
	struct goal goals[] = { { .measure = GOAL_MATT, .matt = &practice, .base = GOAL_AV_AVSLUTADE, .within_months = 12 }, OF_STARTED(&practice) };
	assert_int_equal(FOUND(goals, 10, 7), 2);
	published.tables = 0;
	goals[0].within_months = 11;
	assert_int_equal(FOUND(goals, 10, 7), 0);
}

/* Sixteen exits within twelve months, fourteen of them of those who started in the period with what the goal asks for. */
static void exits_in_time_hold_those_of_new_participations(void **state)
{
	(void)state;
	const struct goal goals[] = { OF_STARTED(&own), OF_STARTED(&own) };
	PUT(i06, "arbete_eller_studier", 30, "A", "TOT");
	assert_int_equal(FOUND(goals, 14, 8), 1);
	published.tables = 0;
	cube_cell(i07, 0, 0)->status = CELL_PROTECTED;
	assert_int_equal(FOUND(goals, 16, 8), 1);
}

/* Twelve of fifty participations began before the period: 25 less 16 exits with a result are theirs; by two goals, and by i06 (20 less 11). */
static void who_was_there_before_may_be_few(void **state)
{
	(void)state;
	PUT(i01, "deltaganden", 50, "A", "TOT", "TOT");
	PUT(i01, "nya", 38, "A", "TOT", "TOT");
	const struct matt practice = { .name = "praktik", .vid_avslut = { 1, (const char *const[]){ "PR" } } };
	const struct goal goals[] = { OF_EXITED(&practice), OF_STARTED(&practice), OF_STARTED(&own), OF_STARTED(&practice) };
	assert_int_equal(FOUND(goals, 25, 16, 11, 10), 2 | 4);
	cube_cell(i01, 0, cube_measure(i01, "nya"))->status = CELL_PROTECTED;
	published.tables = 0;
	assert_int_equal(FOUND(goals, 25, 16, 11, 10), 0);
}

static void pairs_are_those_of_an_instrument_or_of_another_goal(void **state)
{
	(void)state;
	const struct goal goals[] = { PAIRS(GOAL_AV_DELTAGARE), PAIRS(GOAL_AV_AVSLUTADE), PAIRS(GOAL_NUMBER), PAIRS(GOAL_NUMBER) };
	assert_int_equal(FOUND(goals, 32, 40, 43, 30), 1 | 4 | 8); /* 30 beside the 32 of the first */
}

/* Sixteen exits within twelve months, fourteen of them with what the goal asks for; by all less the others, where the band is withheld. */
static void exits_in_time_hold_those_that_reached_it(void **state)
{
	(void)state;
	const struct goal goals[] = { { .measure = GOAL_MATT, .matt = &own, .base = GOAL_AV_AVSLUTADE, .within_months = 12 },
		{ .measure = GOAL_MATT, .matt = &own, .base = GOAL_AV_AVSLUTADE, .within_months = 4 } };
	cube_cell(i07, 0, cube_measure(i07, "avslutade"))->status = CELL_PROTECTED;
	assert_int_equal(FOUND(goals, 14, 9), 1);
}

/* The goal is the count of i06 that is withheld. */
static void a_goal_is_a_withheld_count(void **state)
{
	(void)state;
	cube_cell(i06, 0, cube_measure(i06, "arbete_eller_studier"))->status = CELL_PROTECTED;
	const struct goal goals[] = { OF_EXITED(&own) };
	assert_int_equal(FOUND(goals, 20), 1);
}

/* Nine with AO are withheld: a goal of those with AO or AU bounds them, of exits or of persons. The measure that i06 counts does not. */
static void a_goal_bounds_a_code_that_it_holds(void **state)
{
	(void)state;
	PUT(i04, "efter", 9, "A", "TOT", "AO");
	cube_cell(i04, i04->rows - 1, cube_measure(i04, "efter"))->status = CELL_PROTECTED;
	PUT(i06, "arbete", 20, "A", "TOT");
	const struct goal goals[] = { OF_EXITED(&paid), OF_PERSONS(&paid), OF_EXITED(&own), OF_PERSONS(&own) };
	assert_int_equal(FOUND(goals, 15, 15, 20, 20), 1 | 2);
}

/* Seven in practice are withheld: of 26 within 24 months, or 21 who started in the period, with practice or seeking work, fifteen at most seek work. Sixteen need
   one in practice, as is known. */
static void a_goal_of_some_bounds_a_code_from_below(void **state)
{
	(void)state;
	const struct matt either = { .name = "praktik eller söker", .vid_avslut = { 2, (const char *const[]){ "PR", "AR" } } };
	PUT(i04, "efter", 7, "A", "TOT", "PR");
	cube_cell(i04, i04->rows - 1, cube_measure(i04, "efter"))->status = CELL_PROTECTED;
	const struct goal late = { .measure = GOAL_MATT, .matt = &either, .base = GOAL_AV_AVSLUTADE, .within_months = 24 }, goals[] = { late, OF_STARTED(&either), late };
	assert_int_equal(FOUND(goals, 26, 21, 16), 1 | 2);
}

/* Nine with AO and nine with AU, twelve together: six of eighteen have practice. */
static void a_result_of_several_codes_bounds_closer(void **state)
{
	(void)state;
	const struct matt some = { .name = "arbete eller praktik", .vid_avslut = { 3, (const char *const[]){ "AO", "AU", "PR" } } };
	PUT(i04, "efter", 9, "A", "TOT", "AO");
	PUT(i04, "efter", 9, "A", "TOT", "AU");
	PUT(i04, "efter", 7, "A", "TOT", "PR");
	cube_cell(i04, i04->rows - 1, cube_measure(i04, "efter"))->status = CELL_PROTECTED;
	const struct goal late = { .measure = GOAL_MATT, .matt = &some, .base = GOAL_AV_AVSLUTADE, .within_months = 24 }, goals[] = { late, late };
	assert_int_equal(FOUND(goals, 18, 13), 1);
}

/* Nobody took 24 months, or was there before: the goals are of all exits, and hold the seven in practice whole. */
static void a_goal_of_some_is_of_all_where_there_are_no_others(void **state)
{
	(void)state;
	const struct matt some = { .name = "arbete eller praktik", .vid_avslut = { 3, (const char *const[]){ "AO", "AU", "PR" } } };
	PUT(i04, "efter", 7, "A", "TOT", "PR");
	cube_cell(i04, i04->rows - 1, cube_measure(i04, "efter"))->status = CELL_PROTECTED;
	const struct goal goals[] = { { .measure = GOAL_MATT, .matt = &some, .base = GOAL_AV_AVSLUTADE, .within_months = 24 }, OF_STARTED(&some) };
	for (int others = 0; others < 2; others++) {
		published.tables = 0;
		PUT(i06, "arbete", 30, "A", "TOT");
		PUT(i07, "avslutade", 24 * others, "A", "TOT", "24+");
		PUT(i01, "deltaganden", 60, "A", "TOT", "TOT");
		PUT(i01, "nya", 60 - 20 * others, "A", "TOT", "TOT");
		PUT(i04, "efter", 9, "A", "TOT", "AO");
		PUT(i04, "efter", 9, "A", "TOT", "AU");
		assert_int_equal(FOUND(goals, 15, 10), others ? 0 : 1 | 2);
	}
}

/* Two exits more than persons. */
static void persons_beside_exits_may_be_few(void **state)
{
	(void)state;
	const struct goal goals[] = { OF_PERSONS(&own) };
	assert_int_equal(FOUND(goals, 18), 1);
}

/* Eight to studies without AO or AU beside twenty, and twelve to work that are withheld. */
static void what_is_left_of_several_counts_tells_of_each(void **state)
{
	(void)state;
	const struct matt studies = { .name = "bara studier", .vid_avslut = { 1, (const char *const[]){ "SU" } }, .utesluter = &paid };
	cube_cell(i06, 0, cube_measure(i06, "arbete"))->status = CELL_PROTECTED;
	const struct goal goals[] = { OF_EXITED(&studies) };
	assert_int_equal(FOUND(goals, 8), 1);
}

/* All sixteen who exited within twelve months reached it, and how many they are is withheld. */
static void all_who_exited_in_time_reached_it(void **state)
{
	(void)state;
	PUT(i06, "arbete_eller_studier", 30, "A", "TOT");
	cube_cell(i07, 0, 0)->status = CELL_PROTECTED;
	const struct goal goals[] = { { .measure = GOAL_MATT, .matt = &own, .base = GOAL_AV_AVSLUTADE, .within_months = 12 } };
	assert_int_equal(FOUND(goals, 16), 1);
}

/* Rounded: 10 of all participants have answered twice beside 5 pairs, and 0 beside 5; of exits, which one person may have twice, fewer than the pairs. */
static void rounded_answers_are_pairs(void **state)
{
	(void)state;
	static const struct { double met, pairs, met_before, pairs_before; enum goal_base base; bool torn; } cases[] = {
		{ 5, 5, 4, 4, GOAL_NUMBER, false }, { 10, 5, 4, 4, GOAL_NUMBER, true }, { 10, 5, 5, 4, GOAL_NUMBER, false },
		{ 0, 5, 4, 4, GOAL_AV_DELTAGARE, true }, { 0, 5, 3, 4, GOAL_AV_DELTAGARE, false }, { 0, 5, 4, 4, GOAL_AV_AVSLUTADE, false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct goal goal = PAIRS(cases[i].base);
		const struct insats insats = { .name = "A", .goals = 1, .goal = &goal };
		const struct settings settings = { .minsta_antal = 5, .insats_count = 1, .insats = &insats };
		const char *count = goal.base == GOAL_NUMBER ? "utfall" : "taljare";
		struct cube *goals = new_cube("g01_mal"), *before = new_cube("g01_mal"), *pairs = new_cube("i12_enkat"), *true_pairs = new_cube("i12_enkat");
		PUT(goals, "utfall", 1, "A", "1");
		put(goals, count, cases[i].met, (const char *const[]){ "A", "1" });
		put(before, count, cases[i].met_before, (const char *const[]){ "A", "1" });
		PUT(pairs, "par", cases[i].pairs, "A", "EQ5D", "TOT");
		PUT(true_pairs, "par", cases[i].pairs_before, "A", "EQ5D", "TOT");
		published = (struct published){ .arena = arena, .minimum = 5, .rounded = true, .knowledge = knowledge_new(arena, &error) };
		assert_int_equal(published_add(&published, goals, before, &error), 0);
		assert_int_equal(published_add(&published, pairs, true_pairs, &error), 0);
		unsigned char *finding = arena_take(arena, goals->table->measures, sizeof *finding, &error);
		assert_non_null(finding);
		among_judge(&published, &published.table[0], &settings, finding);
		assert_int_equal(finding[cube_measure(goals, "utfall")], cases[i].torn ? BESIDE_LESS : BESIDE_NONE);
	}
}

/* Rounded: studies, but for who seeks work without having them, hold all who study: 0 beside 5 is 1 to 4 of 3; but for who seeks work they do not. Nor do those who
   started in the period: that as many did as took part is so of rounded counts alone. */
static void what_is_excluded_may_exclude(void **state)
{
	(void)state;
	static const char *const study_codes[] = { "SU", "PR" };
	const struct matt study = { .name = "studier", .vid_avslut = { 1, study_codes } },
		only_seek = { .name = "söker", .vid_avslut = { 1, seek_codes }, .utesluter = &study },
		deep = { .name = "djup", .vid_avslut = { 2, study_codes }, .utesluter = &only_seek },
		all_who_seek = { .name = "alla som söker", .vid_avslut = { 1, seek_codes } },
		flat = { .name = "platt", .vid_avslut = { 2, study_codes }, .utesluter = &all_who_seek };
	const struct goal goals[] = { OF_EXITED(&deep), OF_EXITED(&flat), OF_STARTED(&deep) };
	const struct insats insats = { .name = "A", .goals = 3, .goal = goals };
	const struct settings settings = { .minsta_antal = 5, .insats_count = 1, .insats = &insats };
	struct cube *printed = new_cube("g01_mal"), *before = new_cube("g01_mal"), *results = new_cube("i06_resultat"), *true_results = new_cube("i06_resultat");
	for (size_t g = 0; g < 3; g++) {
		const char *number[] = { "1", "2", "3" }, *key[] = { "A", number[g] };
		put(printed, "taljare", 0, key);
		put(printed, "utfall", 0, key);
		put(before, "taljare", 3, key);
	}
	PUT(results, "studier", 5, "A", "TOT");
	PUT(true_results, "studier", 3, "A", "TOT");
	struct cube *participants = new_cube("i01_deltagare"), *true_participants = new_cube("i01_deltagare");
	PUT(participants, "deltaganden", 10, "A", "TOT", "TOT");
	PUT(participants, "nya", 10, "A", "TOT", "TOT");
	PUT(true_participants, "deltaganden", 12, "A", "TOT", "TOT");
	PUT(true_participants, "nya", 8, "A", "TOT", "TOT");
	published = (struct published){ .arena = arena, .minimum = 5, .rounded = true, .knowledge = knowledge_new(arena, &error) };
	assert_int_equal(published_add(&published, printed, before, &error), 0);
	assert_int_equal(published_add(&published, results, true_results, &error), 0);
	assert_int_equal(published_add(&published, participants, true_participants, &error), 0);
	unsigned char *finding = arena_take(arena, printed->rows * printed->table->measures, sizeof *finding, &error);
	assert_non_null(finding);
	among_judge(&published, &published.table[0], &settings, finding);
	for (size_t g = 0; g < 3; g++)
		assert_int_equal(finding[g * printed->table->measures + cube_measure(printed, "utfall")], g == 0 ? BESIDE_LESS : BESIDE_NONE);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, arena_end)
	const struct CMUnitTest tests[] = { CASE(a_result_holds_the_exits_of_new_participations), CASE(a_code_holds_those_who_are_not_excluded),
		CASE(a_goal_holds_another), CASE(a_goal_within_the_months_of_the_period_holds_the_exits_of_new_participations),
		CASE(exits_in_time_hold_those_of_new_participations), CASE(who_was_there_before_may_be_few), CASE(pairs_are_those_of_an_instrument_or_of_another_goal), CASE(a_goal_is_a_withheld_count),
		CASE(exits_in_time_hold_those_that_reached_it), CASE(a_goal_bounds_a_code_that_it_holds), CASE(persons_beside_exits_may_be_few),
		CASE(what_is_left_of_several_counts_tells_of_each), CASE(all_who_exited_in_time_reached_it),
		CASE(a_goal_of_some_bounds_a_code_from_below), CASE(a_result_of_several_codes_bounds_closer), CASE(a_goal_of_some_is_of_all_where_there_are_no_others),
		CASE(rounded_answers_are_pairs), CASE(what_is_excluded_may_exclude) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
