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
	published.period[published.periods++] = (struct published_period){ date_day(2018, 1, 1), date_day(2018, 4, 30), published.tables, published.tables + 1, 1 };
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
	published.period[0] = (struct published_period){ date_day(2018, 1, 1), date_day(2018, 4, 30), 2, 3, 1 };
	published.period[1] = (struct published_period){ date_day(2018, 5, 1), date_day(2018, 8, 31), 4, 5, 1 };
	published.periods = 2;
	assert_int_equal(parts_state(&published, &earlier, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
	assert_int_equal(published.knowledge->low[published.table[5].variable[0]], 7);
	assert_int_equal(published.knowledge->high[published.table[5].variable[0]], 7);
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
		cmocka_unit_test_setup_teardown(no_more_are_left_out_in_a_part, begin_arena, end),
		cmocka_unit_test_setup_teardown(parts_add_up, begin_arena, end),
		cmocka_unit_test_setup_teardown(alone_there_are_no_parts, begin_arena, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
