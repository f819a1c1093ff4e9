/* Tests of what i01 of periods that overlap tells together. */
#include "stages/audit/relations/periods.h"

#include "pipeline/base/date.h"
#include "tests/stages/protect/cubes.h"

static const char *const measures[] = { "deltaganden", "nya", "avslutade", "pagaende" };

/* i01 of a period: its counts of men, all of them withheld or none. */
static void add(struct published *published, const double *count, bool withheld)
{
	struct cube *i01 = new_cube("i01_deltagare");
	for (size_t m = 0; m < 4; m++) {
		PUT(i01, measures[m], count[m], "Bron", "1440", "M");
		cube_cell(i01, 0, cube_measure(i01, measures[m]))->status = withheld ? CELL_PROTECTED : CELL_PUBLISHED;
	}
	assert_int_equal(published_add(published, i01, i01, &error), 0);
}

static struct published published;

/* January to April, all withheld, and the publication of April to August. */
static void state_both(const double *earlier_count, const double *own)
{
	static const struct settings none = { .period_from = 0 };
	struct settings settings = none;
	settings.period_from = date_day(2018, 4, 1);
	settings.period_to = date_day(2018, 8, 31);
	published = (struct published){ .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error), .together = true, .own = 1 };
	add(&published, own, false);
	published.period[published.periods++] = (struct published_period){ date_day(2018, 1, 1), date_day(2018, 4, 30), 1, 2, 0, true, 1 };
	add(&published, earlier_count, true);
	assert_int_equal(periods_state(&published, &(struct earlier){ .settings = &settings }, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
}

static int64_t least(const char *measure)
{
	const struct published_table *i01 = &published.table[1];
	return published.knowledge->low[i01->variable[cube_measure(i01->cube, measure)]];
}

static int64_t most(const char *measure)
{
	const struct published_table *i01 = &published.table[1];
	return published.knowledge->high[i01->variable[cube_measure(i01->cube, measure)]];
}

/* Of 15 from April on 8 are new: 7 were there when April began, so 7 or more took part until April. 3 left from April on, so when April ended no fewer than 4 of
   them were there, and with all who are new since no more than 15. */
static void who_is_there_in_common_days_is_in_both(void **state)
{
	(void)state;
	state_both((const double[]){ 10, 2, 2, 8 }, (const double[]){ 15, 8, 3, 12 });
	assert_int_equal(least("pagaende"), 4);
	assert_int_equal(most("pagaende"), 15);
	published_begin(&published);
	const char *const key[] = { "Bron", "1440", "M" };
	const struct published_table *i01 = &published.table[1];
	/* nobody else: what is there when the period ends and what left in it are all who took part */
	assert_int_equal(published_part(&published, i01, key, cube_measure(i01->cube, "pagaende"), 1, &error), 0);
	assert_int_equal(published_part(&published, i01, key, cube_measure(i01->cube, "avslutade"), 1, &error), 0);
	assert_int_equal(published_part(&published, i01, key, cube_measure(i01->cube, "deltaganden"), -1, &error), 0);
	assert_int_equal(published_equal(&published, &error), 0);
	published.knowledge->high[i01->variable[cube_measure(i01->cube, "avslutade")]] = 2;
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
	assert_int_equal(least("pagaende"), 5); /* 7 less the 2 who left */
}

/* 9 who were there when April began are more than the 6 who were when it ended and the 2 who left until then: the register was corrected since, and of this, of the six
   things that are known of the two periods, nothing is said. */
static void nothing_is_said_of_what_contradicts(void **state)
{
	(void)state;
	state_both((const double[]){ 10, 2, 2, 8 }, (const double[]){ 15, 8, 3, 12 });
	assert_int_equal(published.knowledge->sums, 6);
	state_both((const double[]){ 8, 2, 2, 6 }, (const double[]){ 15, 6, 12, 3 });
	assert_int_equal(published.knowledge->sums, 5);
	assert_int_equal(most("pagaende"), 15);
}

/* The publication of January to August, and what was printed until April: 12 were there when January began by the one, so many by the other. */
static size_t sums_of_days(double there)
{
	struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	published = (struct published){ .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error), .together = true, .own = 1 };
	add(&published, (const double[]){ 40, 28, 25, 15 }, true);
	published.period[published.periods++] = (struct published_period){ date_day(2018, 1, 1), date_day(2018, 4, 30), 1, 2, 0, true, 0 };
	add(&published, (const double[]){ there + 13, 13, 8, there + 5 }, false);
	assert_int_equal(periods_state(&published, &(struct earlier){ .settings = &settings }, &error), 0);
	return published.knowledge->sums;
}

/* Where they are 12 and 14 nobody knows which is right, and so how many came or left after April. */
static void nothing_is_said_of_days_whose_counts_contradict(void **state)
{
	(void)state;
	assert_int_not_equal(sums_of_days(12), 0);
	assert_int_equal(sums_of_days(14), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_is_there_in_common_days_is_in_both, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(nothing_is_said_of_what_contradicts, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(nothing_is_said_of_days_whose_counts_contradict, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
