/* Tests of the figures of goals: every measure under every base, persons and participations, `inom N månader`. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "pipeline/maths/maths.h"
#include "pipeline/table/column/column.h"
#include "stages/goals/figure.h"
#include "tests/arena.h"
#include "tests/maths/close.h"

#define ANONYMOUS COLUMN_NONE_U32
#define ROOM 20

static struct outcome outcomes[ROOM];
static uint32_t persons[ROOM];
static struct facts facts;

static const char *const work_codes[] = { "AO", "AU", "EF", "SU" }, *const search_codes[] = { "AR" };
static const struct matt egen = { .name = "egen försörjning", .vid_avslut = { 4, work_codes } };
static const struct matt till = { .name = "till arbetsmarknadens förfogande", .vid_avslut = { 1, search_codes },
	.utesluter = &egen };

/* Period: 2018. */
static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	facts = (struct facts){ .outcome = outcomes, .kotid = MATHS_NAN, .period_to = date_day(2018, 12, 31),
		.sysselsattning = arena == NULL ? NULL : codelist_load("sysselsattning", arena, &error) };
	return facts.sysselsattning == NULL ? -1 : 0;
}

static int32_t day(int date)
{
	return date == 0 ? DATE_ONGOING : date_day(date / 10000, date / 100 % 100, date % 100);
}

/* Adds a participation; dates YYYYMMDD, slut 0: not exited by the end of the period. `codes`: two letters each. */
static void add(uint32_t person, int start, int slut, const char *codes, bool pair)
{
	struct outcome *outcome = &outcomes[facts.outcomes++];
	*outcome = (struct outcome){ .person = person, .start = day(start), .slut = day(slut), .enkatpar = pair,
		.i_period = day(slut) >= day(20180101), .ny = start >= 20180101, .avslutad = slut >= 20180101 };
	for (; codes[0] != '\0'; codes += 2)
		outcome->sysselsattning |= (uint16_t)(1U << codelist_find(facts.sysselsattning, codes, 2));
}

static struct figure figure(enum goal_measure measure, enum goal_base base)
{
	return figure_of(&(struct goal){ .measure = measure, .base = base, .matt = &egen }, &facts, persons);
}

#define assert_share(figure, a, b) assert_share_at(figure, a, b, __FILE__, __LINE__)

static void assert_share_at(struct figure figure, int64_t taljare, int64_t namnare, const char *file, int line)
{
	_assert_true(figure.share, "share", file, line);
	_assert_int_equal((uintmax_t)figure.taljare, (uintmax_t)taljare, file, line);
	_assert_int_equal((uintmax_t)figure.namnare, (uintmax_t)namnare, file, line);
	close_check(figure.value, namnare == 0 ? MATHS_NAN : 100.0 * (double)taljare / (double)namnare, 1e-15, file, line);
}

static void plain_numbers_come_from_the_tables(void **state)
{
	(void)state;
	facts.deltagare = 80;
	facts.nya = 30;
	facts.avslutade = 20;
	facts.kostnad = 100000001; /* öre */
	facts.kotid = 4.5;
	assert_close(figure(GOAL_DELTAGARE, GOAL_NUMBER).value, 80, 0);
	assert_close(figure(GOAL_NYA, GOAL_NUMBER).value, 30, 0);
	assert_close(figure(GOAL_AVSLUTADE, GOAL_NUMBER).value, 20, 0);
	assert_close(figure(GOAL_KOSTNAD, GOAL_NUMBER).value, 12500.000125, 1e-15);
	assert_close(figure(GOAL_KOTID, GOAL_NUMBER).value, 4.5, 0);
	assert_false(figure(GOAL_KOTID, GOAL_NUMBER).share);
}

static void a_denominator_of_nothing_gives_no_figure(void **state)
{
	(void)state;
	assert_true(isnan(figure(GOAL_KOSTNAD, GOAL_NUMBER).value));
	assert_true(isnan(figure(GOAL_KOTID, GOAL_NUMBER).value));
	assert_share(figure(GOAL_KONSFORDELNING, GOAL_AV_DELTAGARE), 0, 0);
	assert_share(figure(GOAL_MATT, GOAL_AV_AVSLUTADE), 0, 0);
	assert_share(figure(GOAL_MATT, GOAL_AV_STARTADE), 0, 0);
	assert_share(figure(GOAL_MATT, GOAL_AV_DELTAGARE), 0, 0);
	assert_close(figure(GOAL_DELTAGARE, GOAL_NUMBER).value, 0, 0);
}

static void the_share_of_women_is_among_known_sex(void **state)
{
	(void)state;
	facts.deltagare = 10;
	facts.kvinnor = 4;
	facts.man = 4;
	assert_share(figure(GOAL_KONSFORDELNING, GOAL_AV_DELTAGARE), 4, 8);
}

static void exits_are_participations_and_deltagare_persons(void **state)
{
	(void)state;
	add(1, 20180101, 20180301, "AO", false);
	add(1, 20180401, 20180601, "SUAR", false); /* the same person again */
	add(2, 20180101, 20180301, "AR", false);
	add(ANONYMOUS, 20180101, 20180301, "AU", false);
	add(ANONYMOUS, 20180101, 20180301, "EF", false);
	add(3, 20180101, 0, "AO", false);          /* not exited by the end of the period */
	add(4, 20170101, 20171231, "AO", false);   /* exited before it */
	facts.deltagare = 5;
	assert_share(figure(GOAL_MATT, GOAL_AV_AVSLUTADE), 4, 5);
	assert_share(figure(GOAL_MATT, GOAL_AV_DELTAGARE), 3, 5);
	assert_share(figure(GOAL_MATT, GOAL_AV_STARTADE), 4, 6);
	assert_close(figure(GOAL_MATT, GOAL_NUMBER).value, 4, 0);
}

static void an_excluded_measure_does_not_count(void **state)
{
	(void)state;
	add(1, 20180101, 20180301, "AR", false);
	add(2, 20180101, 20180301, "ARAO", false);
	add(3, 20180101, 20180301, "PR", false);
	const struct goal goal = { .measure = GOAL_MATT, .base = GOAL_AV_AVSLUTADE, .matt = &till };
	assert_share(figure_of(&goal, &facts, persons), 1, 3);
}

static void surveys_are_of_persons(void **state)
{
	(void)state;
	add(1, 20180101, 20180301, "", true);
	add(1, 20180401, 0, "", true);
	add(2, 20170101, 20171231, "", true); /* a pair, but no participation in the period */
	add(3, 20170101, 20180301, "", false);
	facts.deltagare = 2;
	assert_close(figure(GOAL_ENKAT, GOAL_NUMBER).value, 1, 0);
	assert_share(figure(GOAL_ENKAT, GOAL_AV_DELTAGARE), 1, 2);
	assert_share(figure(GOAL_ENKAT, GOAL_AV_AVSLUTADE), 1, 2);
	assert_share(figure(GOAL_ENKAT, GOAL_AV_STARTADE), 2, 2);
}

static void within_months_looks_at_all_on_file(void **state)
{
	(void)state;
	add(1, 20150115, 20150415, "AO", false); /* on the very day three months later */
	add(2, 20150115, 20150416, "AO", false); /* a day too late */
	add(3, 20171130, 20180228, "AO", false); /* the last day of a month without a 30th */
	add(4, 20180930, 0, "", false);          /* three months later is 30 December: in the base */
	add(5, 20181001, 20181101, "AO", false); /* 1 January: not yet */
	const struct goal started = { .measure = GOAL_MATT, .base = GOAL_AV_STARTADE, .matt = &egen, .within_months = 3 };
	assert_share(figure_of(&started, &facts, persons), 2, 4);
	const struct goal exited = { .measure = GOAL_MATT, .base = GOAL_AV_AVSLUTADE, .matt = &egen, .within_months = 3 };
	assert_share(figure_of(&exited, &facts, persons), 2, 2); /* 3 and 5 exited in the period */
	const struct goal number = { .measure = GOAL_MATT, .base = GOAL_NUMBER, .matt = &egen, .within_months = 1 };
	assert_close(figure_of(&number, &facts, persons).value, 1, 0); /* 5 alone: within a month of the start */
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, arena_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(plain_numbers_come_from_the_tables),
		TEST(a_denominator_of_nothing_gives_no_figure),
		TEST(the_share_of_women_is_among_known_sex),
		TEST(exits_are_participations_and_deltagare_persons),
		TEST(an_excluded_measure_does_not_count),
		TEST(surveys_are_of_persons),
		TEST(within_months_looks_at_all_on_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
