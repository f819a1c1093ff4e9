/* Tests of what approved periods within a publication's tell with it. */
#include "stages/audit/relations/parts.h"

#include "pipeline/base/date.h"
#include "tests/stages/protect/cubes.h"

static void hide(struct cube *cube, size_t row)
{
	cube->cell[row * cube->table->measures].status = CELL_PROTECTED;
}

/* i01 and i04 of a period: so many left, of whom so many had no work before. */
static void add(struct published *published, double left, double idle, bool withheld)
{
	struct cube *i01 = new_cube("i01_deltagare"), *i04 = new_cube("i04_sysselsattning");
	PUT(i01, "avslutade", left, "Balder", "TOT", "TOT");
	PUT(i04, "fore", idle, "Balder", "TOT", "EJ");
	cube_cell(i01, 0, cube_measure(i01, "avslutade"))->status = withheld ? CELL_PROTECTED : CELL_PUBLISHED;
	assert_int_equal(published_add(published, i01, i01, &error), 0);
	assert_int_equal(published_add(published, i04, i04, &error), 0);
}

/* What the print leaves of how many left until April: 11 of them had no work before, and of all until August so many. */
static int64_t most_until_april(double idle)
{
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	const struct earlier earlier = { .settings = &settings };
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error), .together = true };
	add(&published, 77, idle, false);
	published.own = published.tables;
	published.period[published.periods++] = (struct published_period){ date_day(2018, 1, 1), date_day(2018, 4, 30), published.tables, published.tables + 1, 1, true, 0 };
	add(&published, 11, 11, true);
	assert_int_equal(parts_state(&published, &earlier, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
	const struct published_table *then = &published.table[published.period[0].i01];
	return published.knowledge->high[then->variable[cube_measure(then->cube, "avslutade")]];
}

/* Those who had work are no fewer in the longer period: where nobody had, nobody had until April. */
static void no_more_are_left_out_in_a_part(void **state)
{
	(void)state;
	assert_int_equal(most_until_april(77), 11);
	assert_int_equal(most_until_april(70), 18);
}

/* Exits of two parts that are all of the days: of 37 of which 30 were in the first part, 7 were in the other. */
static void parts_add_up(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	const struct earlier earlier = { .settings = &settings };
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error), .together = true };
	static const double counts[] = { 37, 30, 7 };
	for (size_t p = 0; p < 3; p++) {
		struct cube *i01 = new_cube("i01_deltagare"), *i07 = new_cube("i07_tid_i_insats");
		PUT(i01, "avslutade", counts[p], "Balder", "TOT", "TOT");
		PUT(i07, "avslutade", counts[p], "Balder", "TOT", "0-2");
		if (p == 2)
			hide(i07, 0);
		assert_int_equal(published_add(&published, i01, i01, &error), 0);
		assert_int_equal(published_add(&published, i07, i07, &error), 0);
	}
	published.own = 2;
	published.period[0] = (struct published_period){ date_day(2018, 1, 1), date_day(2018, 4, 30), 2, 3, 1, true, 0 };
	published.period[1] = (struct published_period){ date_day(2018, 5, 1), date_day(2018, 8, 31), 4, 5, 1, true, 0 };
	published.periods = 2;
	assert_int_equal(parts_state(&published, &earlier, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
	assert_int_equal(published.knowledge->low[published.table[5].variable[0]], 7);
	assert_int_equal(published.knowledge->high[published.table[5].variable[0]], 7);
}

/* The publication is of a part of an approved period. */
static void a_publication_may_be_of_a_part(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = date_day(2018, 2, 1), .period_to = date_day(2018, 4, 30) };
	const struct earlier earlier = { .settings = &settings };
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error), .together = true };
	add(&published, 11, 11, true);
	published.own = published.tables;
	published.period[published.periods++] = (struct published_period){ date_day(2018, 1, 1), date_day(2018, 8, 31), published.tables, published.tables + 1, 1, true, 1 };
	add(&published, 77, 70, false);
	assert_int_equal(parts_state(&published, &earlier, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
	const struct published_table *i01 = &published.table[0];
	assert_int_equal(published.knowledge->high[i01->variable[cube_measure(i01->cube, "avslutade")]], 18);
}

/* What is left of the year when three parts are taken away, which are all of it: of 37 exits 20 and 10 were in two of them, so 7 in the third. */
static void three_parts_add_up(void **state)
{
	(void)state;
	static const struct {
		double count;
		int first, last; /* months */
	} of[] = { { 37, 1, 12 }, { 20, 1, 4 }, { 10, 9, 12 }, { 7, 5, 8 } };
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 12, 31) };
	const struct earlier earlier = { .settings = &settings };
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error), .together = true };
	for (size_t p = 0; p < 4; p++) {
		struct cube *i01 = new_cube("i01_deltagare"), *i07 = new_cube("i07_tid_i_insats");
		PUT(i01, "avslutade", of[p].count, "Balder", "TOT", "TOT");
		PUT(i07, "avslutade", of[p].count, "Balder", "TOT", "0-2");
		if (p == 3)
			hide(i07, 0);
		if (p > 0)
			published.period[published.periods++] = (struct published_period){ date_day(2018, of[p].first, 1),
				date_last_day(date_month(2018, of[p].last)), published.tables, published.tables + 1, 1, true, 0 };
		assert_int_equal(published_add(&published, i01, i01, &error), 0);
		assert_int_equal(published_add(&published, i07, i07, &error), 0);
		published.own = p == 0 ? published.tables : published.own;
	}
	assert_int_equal(parts_state(&published, &earlier, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
	assert_int_equal(published.knowledge->low[published.table[7].variable[0]], 7);
	assert_int_equal(published.knowledge->high[published.table[7].variable[0]], 7);
}

/* i01 of a part that begins and ends on other days than the period: 12 came in the year, so no more came in March to June; 30 were there at some time, so no
   more in March to June; and of 25 who are there at the end 12 had come, so that of those who were there in June no fewer than 13 had come before March
   (pagaende less nya). */
static void who_took_part_in_the_middle_did_so_in_the_whole(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 12, 31) };
	const struct earlier earlier = { .settings = &settings };
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error), .together = true };
	static const double year[] = { 30, 12, 5, 25 }, middle[] = { 20, 4, 2, 18 };
	static const char *const names[] = { "deltaganden", "nya", "avslutade", "pagaende" };
	for (size_t p = 0; p < 2; p++) {
		struct cube *i01 = new_cube("i01_deltagare"), *i05 = new_cube("i05_avslut");
		for (size_t m = 0; m < 4; m++)
			PUT(i01, names[m], p == 0 ? year[m] : middle[m], "Balder", "1440", "K");
		PUT(i05, "avslutade", p == 0 ? 5 : 2, "Balder", "K", "01");
		for (size_t m = 0; m < 4 && p == 1; m++)
			cube_cell(i01, 0, cube_measure(i01, names[m]))->status = CELL_PROTECTED;
		assert_int_equal(published_add(&published, i01, i01, &error), 0);
		assert_int_equal(published_add(&published, i05, i05, &error), 0);
		published.own = p == 0 ? published.tables : published.own;
	}
	published.period[published.periods++] = (struct published_period){ date_day(2018, 3, 1), date_day(2018, 6, 30), 2, 3, 1, true, 1 };
	assert_int_equal(parts_state(&published, &earlier, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
	const struct published_table *i01 = &published.table[2];
	const int64_t *low = published.knowledge->low, *high = published.knowledge->high;
	assert_int_equal(high[i01->variable[cube_measure(i01->cube, "deltaganden")]], 30);
	assert_int_equal(high[i01->variable[cube_measure(i01->cube, "nya")]], 12);
	assert_int_equal(high[i01->variable[cube_measure(i01->cube, "avslutade")]], 5);
	assert_int_equal(low[i01->variable[cube_measure(i01->cube, "pagaende")]], 14); /* 13 and one who is new */
}

/* i04 and i06 of a period: so many went to work, and by code (several answers a person). */
static void add_work(struct published *published, double work, double whole, double part, bool withheld)
{
	struct cube *i01 = new_cube("i01_deltagare"), *i04 = new_cube("i04_sysselsattning"), *i06 = new_cube("i06_resultat");
	PUT(i01, "avslutade", 100, "Balder", "TOT", "K");
	PUT(i04, "efter", whole, "Balder", "K", "AO");
	PUT(i04, "efter", part, "Balder", "K", "AU");
	PUT(i06, "avslutade", 100, "Balder", "K");
	PUT(i06, "arbete", work, "Balder", "K");
	cube_cell(i04, 0, cube_measure(i04, "efter"))->status = withheld ? CELL_PROTECTED : CELL_PUBLISHED;
	cube_cell(i06, 0, cube_measure(i06, "arbete"))->status = withheld ? CELL_PROTECTED : CELL_PUBLISHED;
	assert_int_equal(published_add(published, i01, i01, &error), 0);
	assert_int_equal(published_add(published, i04, i04, &error), 0);
	assert_int_equal(published_add(published, i06, i06, &error), 0);
}

/* What is found of the 2 who went to work until April and not with AO, both numbers withheld then; until August 5 did so, and so many in all with AU. */
static enum finding judge_old_difference(double with_au)
{
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	const struct earlier earlier = { .settings = &settings };
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error), .together = true };
	add_work(&published, 30, 25, with_au, false);
	published.own = published.tables;
	published.period[published.periods++] = (struct published_period){ date_day(2018, 1, 1), date_day(2018, 4, 30), published.tables, published.tables + 1, 2, true, 0 };
	add_work(&published, 14, 12, 6, true);
	assert_int_equal(parts_state(&published, &earlier, &error), 0);
	assert_int_equal(published.differences, 1);
	assert_int_equal(published.difference[0].table, 4); /* i04 until April */
	assert_int_equal(published.difference[0].count, 2);
	struct target target = { .variable = published.difference[0].variable, .difference = true, .small = true };
	assert_int_equal(ranges_judge(published.knowledge, &target, 1, 5, 1000, NULL, &error), 0);
	return target.finding;
}

/* With AU went 9, 6 of them until April: at most 3 of the 5 came later, and 2 to 5 were there until April. Where 20 went with AU all 5 may have come later. */
static void few_between_old_counts_are_looked_for(void **state)
{
	(void)state;
	assert_int_equal(judge_old_difference(9), FINDING_NARROW);
	assert_int_equal(judge_old_difference(20), FINDING_NONE);
}

/* Files are read by other threads while sums of an approved period, which has no goals, or of what is left of one, are stated. */
static void a_table_of_the_publication_is_found_at_any_time(void **state)
{
	(void)state;
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error), .together = true };
	struct cube *goals = new_cube("g01_mal");
	add(&published, 77, 77, false);
	assert_int_equal(published_add(&published, goals, goals, &error), 0);
	published.own = published.tables;
	published.period[published.periods++] = (struct published_period){ date_day(2018, 1, 1), date_day(2018, 4, 30), published.tables, published.tables + 1, 1, true, 0 };
	add(&published, 11, 11, false);
	assert_ptr_equal(published_own(&published, "g01"), &published.table[2]);
	published.approved = &published.period[0];
	assert_null(published_find(&published, "g01"));
	assert_ptr_equal(published_own(&published, "g01"), &published.table[2]);
	assert_ptr_equal(published_own(&published, "i04"), &published.table[1]);
}

/* A publication that was handed on: neither settings nor a ledger lie beside it. */
static void alone_there_are_no_parts(void **state)
{
	const struct earlier earlier = { .settings = NULL };
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	(void)state;
	add(&published, 77, 11, false);
	published.own = published.tables;
	assert_int_equal(parts_state(&published, &earlier, &error), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_more_are_left_out_in_a_part, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(parts_add_up, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_publication_may_be_of_a_part, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(three_parts_add_up, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_took_part_in_the_middle_did_so_in_the_whole, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(few_between_old_counts_are_looked_for, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_table_of_the_publication_is_found_at_any_time, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(alone_there_are_no_parts, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
