/* Tests of what remittents of two periods tell together. */
#include "stages/audit/relations/staying.h"

#include "pipeline/base/date.h"
#include "tests/stages/protect/cubes.h"

#define CODES 4
static const char *const codes[CODES] = { "KOM", "AF", "FK", "REG_PV" };

/* i01 and i08 of a period: so many were there when it ended. */
static void add(struct published *published, double all, double there, const double *counts)
{
	struct cube *i01 = new_cube("i01_deltagare"), *i08 = new_cube("i08_remittent");
	PUT(i01, "deltaganden", all, "Bron", "1440", "M");
	PUT(i01, "pagaende", there, "Bron", "1440", "M");
	PUT(i08, "deltaganden", all, "Bron", "1440", "M", "TOT");
	for (size_t c = 0; c < CODES; c++)
		if (counts[c] > 0)
			PUT(i08, "deltaganden", counts[c], "Bron", "1440", "M", codes[c]);
	assert_int_equal(published_add(published, i01, i01, &error), 0);
	for (size_t row = 1; row < 3 && counts[1] > 0; row++) /* AF and FK of the first */
		i08->cell[row + 1].status = published->tables == 1 ? CELL_PROTECTED : CELL_PUBLISHED;
	assert_int_equal(published_add(published, i08, i08, &error), 0);
}

static const struct settings settings = { .period_from = 0 };

static void begin(struct published *published, struct settings *of, double there)
{
	static const double before[CODES] = { 20, 8, 2, 0 }, since[CODES] = { 0, 8, 5, 6 };
	*of = settings;
	of->period_from = date_day(2018, 1, 1);
	of->period_to = date_day(2018, 4, 30);
	*published = (struct published){ .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error), .together = true };
	add(published, 30, there, before);
	published->own = published->tables;
	published->period[published->periods++] = (struct published_period){ date_day(2018, 5, 1), date_day(2018, 8, 31), 2, 3, 1, true, 0 };
	add(published, 19, 0, since);
}

/* Nobody from KOM takes part from May on, so the ten who were there when April ended are from AF and FK, no more than eight and five. */
static void those_who_stay_are_in_both_periods(void **state)
{
	(void)state;
	struct published published;
	struct settings of;
	begin(&published, &of, 10);
	assert_int_equal(staying_state(&published, &(struct earlier){ .settings = &of }, &error), 0);
	/* all of the first period: 20 from KOM are printed */
	published_begin(&published);
	const struct published_table *i08 = &published.table[1];
	for (size_t row = 0; row < i08->cube->rows; row++)
		assert_int_equal(published_row(&published, i08, row, 0, row == 0 ? -1 : 1, &error), 0);
	assert_int_equal(published_equal(&published, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
	assert_int_equal(published.knowledge->low[i08->variable[3]], 2);
	assert_int_equal(published.knowledge->high[i08->variable[3]], 5);
	size_t variable;
	assert_true(staying_find(i08, 3, "kvar", &variable));
	assert_int_not_equal(variable, KNOWLEDGE_NONE);
	assert_true(staying_find(i08, 1, "kvar", &variable)); /* KOM */
	assert_int_equal(variable, KNOWLEDGE_NONE);
	assert_false(staying_find(i08, 3, "nya", &variable));
}

/* Fourteen cannot have been there of AF and FK: the register was corrected between the two, and nothing is said. */
static void nothing_is_said_of_what_contradicts(void **state)
{
	(void)state;
	struct published published;
	struct settings of;
	begin(&published, &of, 14);
	assert_int_equal(staying_state(&published, &(struct earlier){ .settings = &of }, &error), 0);
	assert_int_equal(published.knowledge->sums, 0);
}

/* Nobody takes part from May on: the insats has another name, or ended, and those who were there in April are not in it. */
static void nothing_is_said_of_an_insats_that_is_gone(void **state)
{
	(void)state;
	struct settings of;
	struct published published;
	static const double none[CODES] = { 0 };
	begin(&published, &of, 10);
	published.tables = published.own;
	published.knowledge = knowledge_new(arena, &error);
	add(&published, 0, 0, none);
	assert_int_equal(staying_state(&published, &(struct earlier){ .settings = &of }, &error), 0);
	assert_int_equal(published.knowledge->sums, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(those_who_stay_are_in_both_periods, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(nothing_is_said_of_what_contradicts, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(nothing_is_said_of_an_insats_that_is_gone, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
