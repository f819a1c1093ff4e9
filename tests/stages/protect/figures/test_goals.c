/* Tests of goals beside what else is printed: outcomes that contain one another, and plain numbers that leave few of their whole. */
#include "stages/protect/figures/goals.h"

#include <stdio.h>

#include "pipeline/base/date.h"
#include "tests/stages/protect/cubes.h"

static const char *const work_codes[] = { "AO", "AU", "EF", "SU" };
static const struct matt own = { .name = "egen försörjning", .vid_avslut = { 4, work_codes } },
	paid = { .name = "arbete", .vid_avslut = { 2, work_codes } };
static const struct matt seeking = { .name = "söker", .vid_avslut = { 1, (const char *const[]){ "AR" } }, .utesluter = &paid },
	practice = { .name = "praktik", .vid_avslut = { 1, (const char *const[]){ "PR" } } };

static struct tables tables;
static struct cube *g01, *i01, *i04, *i06, *i07, *i12;

/* Fifty participants of A, forty exited, twenty to work or studies, twelve of them to work. */
static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	tables = (struct tables){ .arena = arena };
	g01 = new_cube("g01_mal");
	i01 = new_cube("i01_deltagare");
	i04 = new_cube("i04_sysselsattning");
	i06 = new_cube("i06_resultat");
	i07 = new_cube("i07_tid_i_insats");
	i12 = new_cube("i12_enkat");
	PUT(i01, "personer", 50, "A", "TOT", "TOT");
	PUT(i01, "avslutade", 40, "A", "TOT", "TOT");
	PUT(i06, "avslutade", 40, "A", "TOT");
	PUT(i06, "arbete_eller_studier", 20, "A", "TOT");
	PUT(i06, "arbete", 12, "A", "TOT");
	PUT(i06, "studier", 8, "A", "TOT");
	PUT(i12, "par", 30, "A", "EQ5D", "TOT");
	PUT(i07, "avslutade", 40, "A", "TOT", "TOT");
	PUT(i04, "efter", 15, "A", "TOT", "AR");
	PUT(i04, "efter", 10, "A", "TOT", "PR");
	return 0;
}

/* What becomes of goals with these counts (of a plain number `met` alone); bit n: the outcome of goal n + 1 is printed. */
struct outcome {
	struct goal goal;
	double met, base;
};

static unsigned printed(const struct outcome *outcome, size_t count)
{
	struct goal goal[3];
	for (size_t g = 0; g < count; g++) {
		char number[24];
		(void)snprintf(number, sizeof number, "%zu", g + 1);
		goal[g] = outcome[g].goal;
		PUT(g01, "utfall", goal[g].base == GOAL_NUMBER ? outcome[g].met : 100 * outcome[g].met / outcome[g].base, "A", number);
		PUT(g01, "taljare", outcome[g].met, "A", number);
		PUT(g01, "namnare", outcome[g].base, "A", number);
	}
	const struct insats insats = { .name = "A", .goals = count, .goal = goal };
	const struct settings settings = { .minsta_antal = 5, .period_from = date_day(2020, 1, 1), .period_to = date_day(2020, 12, 31), .insats_count = 1,
		.insats = &insats };
	struct cube *all[] = { g01, i01, i04, i06, i07, i12 };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_int_equal(tables_add(&tables, all[i], &error), 0);
	assert_int_equal(goals_protect(&tables, &settings, &error), 0);
	unsigned bits = 0;
	for (size_t g = 0; g < count; g++)
		bits |= tables_measure_withheld(&tables, 0, g, "utfall") ? 0 : 1U << g;
	return bits;
}
#define PRINTED(...) printed((const struct outcome[]){ __VA_ARGS__ }, sizeof((const struct outcome[]){ __VA_ARGS__ }) / sizeof(struct outcome))

#define OF_EXITED(which, months) { .measure = GOAL_MATT, .matt = which, .base = GOAL_AV_AVSLUTADE, .within_months = months }
#define OF_PERSONS(which) { .measure = GOAL_MATT, .matt = which, .base = GOAL_AV_DELTAGARE }
#define OF_STARTED(which, months) { .measure = GOAL_MATT, .matt = which, .base = GOAL_AV_STARTADE, .within_months = months }
#define NUMBER(which) { .measure = GOAL_MATT, .matt = which, .base = GOAL_NUMBER }

static void outcomes_that_stand_alone_are_printed(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ OF_EXITED(&own, 0), 20, 40 }, { OF_EXITED(&own, 24), 14, 40 }, { OF_EXITED(&own, 12), 8, 40 }), 7);
}

/* Eighteen of the twenty within 24 months: two were later. */
static void later_than_n_months_may_be_few(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ OF_EXITED(&own, 0), 20, 40 }, { OF_EXITED(&own, 24), 18, 40 }), 1);
}

static void months_within_months(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ OF_EXITED(&own, 12), 10, 40 }, { OF_EXITED(&own, 24), 13, 40 }), 1);
}

/* The same without a goal of all months: i06 prints the twenty. */
static void a_result_that_is_printed_counts_like_a_goal(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ OF_EXITED(&own, 24), 18, 40 }), 0);
}

static void a_plain_number_leaves_its_rest(void **state)
{
	(void)state;
	PUT(i06, "arbete_eller_studier", 38, "A", "TOT");
	assert_int_equal(PRINTED({ NUMBER(&own), 38, 0 }), 0); /* two of forty did not */
}

static void a_plain_number_is_nested_too(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ NUMBER(&paid), 10, 0 }, { NUMBER(&own), 20, 0 }), 2); /* two of twelve to work in another form */
}

/* Participations that started 24 months ago are among those that started 12 months ago. */
static void bases_of_started_contain_one_another(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ OF_STARTED(&own, 12), 10, 30 }, { OF_STARTED(&own, 24), 20, 28 }), 1);
}

static void persons_with_a_pair_and_without(void **state)
{
	(void)state;
	struct goal survey = { .measure = GOAL_ENKAT, .base = GOAL_NUMBER };
	assert_int_equal(PRINTED({ survey, 48, 0 }), 0); /* two of fifty have none */
}

static void persons_with_another_instrument(void **state)
{
	(void)state;
	struct goal survey = { .measure = GOAL_ENKAT, .base = GOAL_NUMBER };
	assert_int_equal(PRINTED({ survey, 32, 0 }), 0); /* thirty in EQ5D: two in another only */
}

static void persons_with_the_only_instrument(void **state)
{
	(void)state;
	struct goal survey = { .measure = GOAL_ENKAT, .base = GOAL_NUMBER };
	assert_int_equal(PRINTED({ survey, 30, 0 }), 1);
}

/* Of fifteen who seek work two have some already. */
static void what_a_measure_excludes_may_be_few(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ OF_EXITED(&seeking, 0), 13, 40 }, { OF_EXITED(&seeking, 0), 10, 40 }), 2);
}

/* The goal counts those of a code that i04 withholds. */
static void a_goal_goes_with_the_code_that_it_counts(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ OF_EXITED(&practice, 0), 10, 40 }), 1);
	cube_cell(i04, 1, cube_measure(i04, "efter"))->status = CELL_PROTECTED;
	tables = (struct tables){ .arena = arena };
	assert_int_equal(PRINTED({ OF_EXITED(&practice, 0), 10, 40 }), 0);
}

/* Twelve with AO or AU, nine of them with AO, who are withheld: those of one kön are then no more than twelve less those of the other. Persons of participants
   likewise; where none has AU the nine are known. A measure of all that i06 prints tells nothing of its codes. */
static void a_goal_bounds_a_code_that_it_holds(void **state)
{
	(void)state;
	PUT(i04, "efter", 9, "A", "TOT", "AO");
	for (int hidden = 0; hidden < 2; hidden++)
		for (int met = 9; met < 16; met += 6) {
			tables = (struct tables){ .arena = arena };
			cube_cell(i04, i04->rows - 1, cube_measure(i04, "efter"))->status = hidden ? CELL_PROTECTED : CELL_PUBLISHED;
			PUT(i06, "arbete", 20, "A", "TOT");
			assert_int_equal(PRINTED({ OF_EXITED(&paid, 0), met, 40 }, { OF_PERSONS(&paid), met, 50 }, { OF_EXITED(&own, 0), 20, 40 }), hidden ? 4 : 7);
		}
}

/* Seven in practice are withheld. Of nineteen within 24 months with practice or seeking work, or who started in the period, no more than fifteen seek work: four
   have practice. Sixteen need one of them, which is known. */
static void a_goal_of_some_bounds_a_code_from_below(void **state)
{
	(void)state;
	const struct matt either = { .name = "praktik eller söker", .vid_avslut = { 2, (const char *const[]){ "PR", "AR" } } };
	PUT(i07, "avslutade", 24, "A", "TOT", "24+");
	cube_cell(i04, 1, cube_measure(i04, "efter"))->status = CELL_PROTECTED;
	assert_int_equal(PRINTED({ OF_EXITED(&either, 24), 19, 40 }, { OF_STARTED(&either, 0), 19, 30 }, { OF_EXITED(&either, 24), 16, 40 }), 4);
}

/* Nine with AO and nine with AU, of whom i06 has twelve together: six of eighteen have practice. */
static void a_result_of_several_codes_bounds_closer(void **state)
{
	(void)state;
	const struct matt some = { .name = "arbete eller praktik", .vid_avslut = { 3, (const char *const[]){ "AO", "AU", "PR" } } };
	PUT(i07, "avslutade", 24, "A", "TOT", "24+");
	PUT(i04, "efter", 9, "A", "TOT", "AO");
	PUT(i04, "efter", 9, "A", "TOT", "AU");
	cube_cell(i04, 1, cube_measure(i04, "efter"))->status = CELL_PROTECTED;
	assert_int_equal(PRINTED({ OF_EXITED(&some, 24), 18, 40 }, { OF_EXITED(&some, 24), 13, 40 }), 2);
}

/* Nobody took 24 months or more: the goal within 24 is that of all, who are withheld; nobody was there before: so is that of the started. */
static void a_goal_of_some_is_of_all_where_there_are_no_others(void **state)
{
	(void)state;
	for (int others = 0; others < 2; others++) {
		tables = (struct tables){ .arena = arena };
		PUT(i07, "avslutade", 40 - 10 * others, "A", "TOT", "12-23");
		PUT(i07, "avslutade", 10 * others, "A", "TOT", "24+");
		PUT(i01, "deltaganden", 50, "A", "TOT", "TOT");
		PUT(i01, "nya", 50 - 20 * others, "A", "TOT", "TOT");
		cube_cell(i04, 1, cube_measure(i04, "efter"))->status = CELL_PROTECTED;
		assert_int_equal(PRINTED({ OF_EXITED(&paid, 24), 7, 40 }, { OF_STARTED(&own, 0), 9, 30 }), 3);
		tables = (struct tables){ .arena = arena };
		cube_cell(i04, 1, cube_measure(i04, "efter"))->status = CELL_PUBLISHED;
		cube_cell(i06, 0, cube_measure(i06, "studier"))->status = CELL_PROTECTED;
		const struct matt wide = { .name = "arbete, studier eller praktik", .vid_avslut = { 3, (const char *const[]){ "AO", "SU", "PR" } } };
		assert_int_equal(PRINTED({ OF_EXITED(&wide, 24), 9, 40 }, { OF_STARTED(&wide, 0), 9, 30 }), others ? 3 : 0);
		cube_cell(i06, 0, cube_measure(i06, "studier"))->status = CELL_PUBLISHED;
	}
}

/* Nobody was there before, but how many took part is withheld: a reader does not know that the goal is the twelve of i06, and it is no more than the withheld twenty. */
static void a_goal_of_the_started_is_of_all_only_where_that_is_printed(void **state)
{
	(void)state;
	const struct matt work = { .name = "arbete", .vid_avslut = { 3, work_codes } };
	PUT(i01, "deltaganden", 50, "A", "TOT", "TOT");
	PUT(i01, "nya", 50, "A", "TOT", "TOT");
	cube_cell(i06, 0, cube_measure(i06, "arbete_eller_studier"))->status = CELL_PROTECTED;
	assert_int_equal(PRINTED({ OF_STARTED(&work, 0), 12, 50 }), 1);
	tables = (struct tables){ .arena = arena };
	cube_cell(i01, 0, cube_measure(i01, "deltaganden"))->status = CELL_PROTECTED;
	assert_int_equal(PRINTED({ OF_EXITED(&work, 0), 12, 40 }, { OF_STARTED(&work, 0), 12, 50 }), 1);
}

/* Of the twenty 18 persons: two did so more than once. */
static void persons_beside_exits_may_be_few(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ OF_PERSONS(&own), 18, 50 }, { OF_PERSONS(&own), 20, 50 }), 2);
}

/* Eight to studies without AO or AU: with the twelve to work they are the twenty, and the twelve are withheld. */
static void what_is_left_of_several_counts_tells_of_each(void **state)
{
	(void)state;
	const struct matt studies = { .name = "bara studier", .vid_avslut = { 1, (const char *const[]){ "SU" } }, .utesluter = &paid };
	assert_int_equal(PRINTED({ NUMBER(&studies), 8, 0 }), 1);
	tables = (struct tables){ .arena = arena };
	cube_cell(i06, 0, cube_measure(i06, "arbete"))->status = CELL_PROTECTED;
	assert_int_equal(PRINTED({ NUMBER(&studies), 8, 0 }), 0);
}

/* All of the sixteen who exited within twelve months: a band of them is withheld, and is no less than what the others leave of them. */
static void all_who_exited_in_time_reached_it(void **state)
{
	(void)state;
	PUT(i07, "avslutade", 6, "A", "TOT", "0-2");
	PUT(i07, "avslutade", 10, "A", "TOT", "6-11");
	PUT(i07, "avslutade", 24, "A", "TOT", "24+");
	PUT(i06, "arbete_eller_studier", 30, "A", "TOT");
	assert_int_equal(PRINTED({ OF_EXITED(&own, 12), 16, 40 }), 1);
	tables = (struct tables){ .arena = arena };
	cube_cell(i07, 1, 0)->status = CELL_PROTECTED;
	assert_int_equal(PRINTED({ OF_EXITED(&own, 12), 16, 40 }), 0);
}

/* Of the twenty 18 started in the period: two before. */
static void who_started_before_may_be_few(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ OF_STARTED(&own, 0), 18, 30 }, { OF_STARTED(&own, 0), 14, 30 }), 2);
}

static void of_the_started_among_the_exited(void **state)
{
	(void)state;
	assert_int_equal(PRINTED({ OF_EXITED(&seeking, 0), 10, 40 }, { OF_STARTED(&seeking, 0), 7, 30 }), 1);
}

/* Who started in a year and has left has done so within twelve months: three of the ten had started before. */
static void of_the_started_among_those_within_the_months_of_the_period(void **state)
{
	(void)state;
	PUT(i04, "efter", 25, "A", "TOT", "PR");
	assert_int_equal(PRINTED({ OF_EXITED(&practice, 12), 10, 40 }, { OF_STARTED(&practice, 0), 7, 30 }), 1);
	tables = (struct tables){ .arena = arena };
	assert_int_equal(PRINTED({ OF_EXITED(&practice, 11), 10, 40 }, { OF_STARTED(&practice, 0), 7, 30 }), 3);
}

/* All of the sixteen who exited within twelve months, or fourteen of them, had started in the period and reached it. */
static void of_the_started_beside_those_who_exited_in_time(void **state)
{
	(void)state;
	PUT(i07, "avslutade", 6, "A", "TOT", "0-2");
	PUT(i07, "avslutade", 10, "A", "TOT", "6-11");
	PUT(i07, "avslutade", 24, "A", "TOT", "24+");
	PUT(i06, "arbete_eller_studier", 30, "A", "TOT");
	assert_int_equal(PRINTED({ OF_STARTED(&own, 0), 16, 30 }, { OF_STARTED(&own, 0), 14, 30 }, { OF_STARTED(&own, 0), 10, 30 }), 5);
	tables = (struct tables){ .arena = arena };
	cube_cell(i07, 1, 0)->status = CELL_PROTECTED;
	assert_int_equal(PRINTED({ OF_STARTED(&own, 0), 16, 30 }, { OF_STARTED(&own, 0), 10, 30 }), 2);
}

/* Of fifty participations 38 began in the period. Of the twelve others 25 less 16, nine, left to work or studies, and three did not; by two goals, and by i06. */
static void who_was_there_before_may_be_few(void **state)
{
	(void)state;
	PUT(i01, "deltaganden", 50, "A", "TOT", "TOT");
	PUT(i01, "nya", 38, "A", "TOT", "TOT");
	assert_int_equal(PRINTED({ OF_EXITED(&practice, 0), 25, 40 }, { OF_STARTED(&practice, 0), 16, 38 }), 1);
}

static void who_was_there_before_may_be_few_beside_a_result(void **state)
{
	(void)state;
	PUT(i01, "deltaganden", 50, "A", "TOT", "TOT");
	PUT(i01, "nya", 38, "A", "TOT", "TOT");
	assert_int_equal(PRINTED({ OF_STARTED(&own, 0), 11, 38 }, { OF_STARTED(&paid, 0), 6, 38 }), 2);
}

/* Where all who were there before left so, or the others of them are five, nothing is told; nor where nobody knows how many they were. */
static void who_was_there_before_may_be_many(void **state)
{
	(void)state;
	PUT(i01, "deltaganden", 50, "A", "TOT", "TOT");
	PUT(i01, "nya", 38, "A", "TOT", "TOT");
	assert_int_equal(PRINTED({ OF_EXITED(&own, 0), 20, 40 }, { OF_STARTED(&own, 0), 13, 38 }), 3);
	tables = (struct tables){ .arena = arena };
	assert_int_equal(PRINTED({ OF_EXITED(&own, 0), 20, 40 }, { OF_STARTED(&own, 0), 8, 38 }), 3);
	tables = (struct tables){ .arena = arena };
	cube_cell(i01, 0, cube_measure(i01, "deltaganden"))->status = CELL_PROTECTED;
	assert_int_equal(PRINTED({ OF_EXITED(&own, 0), 20, 40 }, { OF_STARTED(&own, 0), 11, 38 }), 3);
}

static void shares_with_a_pair_in_another_instrument(void **state)
{
	(void)state;
	struct goal persons = { .measure = GOAL_ENKAT, .base = GOAL_AV_DELTAGARE }, exits = { .measure = GOAL_ENKAT, .base = GOAL_AV_AVSLUTADE };
	assert_int_equal(PRINTED({ persons, 32, 50 }, { persons, 30, 50 }, { exits, 27, 40 }), 2);
}

/* Of 40 persons with a pair 37 exited: neither goal is near to the 30 pairs of an instrument. */
static void pairs_of_some_beside_pairs_of_others(void **state)
{
	(void)state;
	struct goal persons = { .measure = GOAL_ENKAT, .base = GOAL_AV_DELTAGARE }, exits = { .measure = GOAL_ENKAT, .base = GOAL_AV_AVSLUTADE };
	assert_int_equal(PRINTED({ persons, 40, 50 }, { exits, 37, 45 }), 1);
}

/* Sixteen exits within twelve months, fourteen of them to work or studies; no band ends with four months. */
static void who_exited_in_time_without_reaching_it_may_be_few(void **state)
{
	(void)state;
	PUT(i07, "avslutade", 6, "A", "TOT", "0-2");
	PUT(i07, "avslutade", 10, "A", "TOT", "6-11");
	PUT(i07, "avslutade", 24, "A", "TOT", "24+");
	assert_int_equal(PRINTED({ OF_EXITED(&own, 12), 14, 40 }, { OF_EXITED(&own, 4), 8, 40 }), 2);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, arena_end)
	const struct CMUnitTest tests[] = {
		CASE(outcomes_that_stand_alone_are_printed), CASE(later_than_n_months_may_be_few), CASE(months_within_months),
		CASE(a_result_that_is_printed_counts_like_a_goal), CASE(a_plain_number_leaves_its_rest),
		CASE(a_plain_number_is_nested_too), CASE(bases_of_started_contain_one_another),
		CASE(persons_with_a_pair_and_without), CASE(persons_with_another_instrument), CASE(persons_with_the_only_instrument),
		CASE(what_a_measure_excludes_may_be_few), CASE(a_goal_goes_with_the_code_that_it_counts), CASE(who_started_before_may_be_few),
		CASE(who_was_there_before_may_be_few), CASE(who_was_there_before_may_be_few_beside_a_result), CASE(who_was_there_before_may_be_many),
		CASE(of_the_started_among_the_exited), CASE(of_the_started_among_those_within_the_months_of_the_period),
		CASE(of_the_started_beside_those_who_exited_in_time), CASE(shares_with_a_pair_in_another_instrument), CASE(pairs_of_some_beside_pairs_of_others),
		CASE(who_exited_in_time_without_reaching_it_may_be_few), CASE(a_goal_bounds_a_code_that_it_holds), CASE(persons_beside_exits_may_be_few),
		CASE(what_is_left_of_several_counts_tells_of_each), CASE(all_who_exited_in_time_reached_it),
		CASE(a_goal_of_some_bounds_a_code_from_below), CASE(a_result_of_several_codes_bounds_closer), CASE(a_goal_of_some_is_of_all_where_there_are_no_others),
		CASE(a_goal_of_the_started_is_of_all_only_where_that_is_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
