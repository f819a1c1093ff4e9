/* Tests of i09: who came in, started, waits, and for how long. */
#include "tests/stages/insats/case.h"

#include "stages/insats/ko.h"

static struct interest rows[CASE_ROOM];
static struct interests interests;

static int begin(void **state)
{
	interests = (struct interests){ .item = rows };
	return case_begin(state);
}

/* start 0: none. */
static void add(uint16_t insats, const char *kon, int inkom, const char *status, int start)
{
	interests.kommun = lists.kommun;
	interests.kon = lists.kon;
	interests.status = codelist_load("status", arena, &error);
	assert_non_null(interests.status);
	rows[interests.count++] = (struct interest){ .insats = insats, .kommun = codelist_find(lists.kommun, "1440", 4),
		.kon = (uint8_t)codelist_find(lists.kon, kon, 1), .inkom = case_day(inkom),
		.status = codelist_find(interests.status, status, strlen(status)),
		.start = start == 0 ? COLUMN_NONE_I32 : case_day(start) };
}

static struct cube *filled(void)
{
	struct cube *cube = case_cube("i09_ko");
	assert_int_equal(ko_fill(&interests, &settings, cube, arena, &error), 0);
	return cube;
}

static void waiting_is_judged_at_the_end_of_the_period(void **state)
{
	(void)state;
	add(BALDER, "K", 20180821, "VANTAR", 0);         /* waits 10 days */
	add(BALDER, "K", 20171214, "STARTAD", 20180901); /* waits 260 days: starts after the period */
	add(BALDER, "K", 20180801, "STARTAD", 20180831); /* started on the last day, does not wait */
	add(BALDER, "M", 20180831, "VANTAR", 0);         /* waits 0 days */
	add(BALDER, "M", 20180901, "VANTAR", 0);         /* came in after the period */
	add(BALDER, "M", 20180601, "AVBOJD", 0);         /* came in, waits no more */
	add(BALDER, "M", 20170601, "STARTAD", 0);        /* no day of start: neither */
	struct cube *i09 = filled();
	assert_figure(i09, "Balder|TOT|TOT", "inkomna", 4);
	assert_figure(i09, "Balder|TOT|TOT", "startade", 1);
	assert_figure(i09, "TOT|TOT|TOT", "vantande", 3);
	assert_figure(i09, "Balder|1440|K", "vantande", 2);
	assert_figure(i09, "TOT|TOT|TOT", "median_vantetid", 10 / 30.4375);
	assert_figure(i09, "Balder|1440|K", "median_vantetid", 135 / 30.4375);
	assert_figure(i09, "TOT|TOT|TOT", "p90_vantetid", 210 / 30.4375); /* 10 + 0.8·250 */
	assert_figure(i09, "TOT|TOT|M", "p90_vantetid", 0);
	assert_figure(i09, "TOT|TOT|TOT", "median_vantetid_startade", 30 / 30.4375); /* from 1 to 31 August */
	assert_figure(i09, "TOT|TOT|M", "median_vantetid_startade", CASE_MISSING);
}

static void without_waiting_the_times_are_missing(void **state)
{
	(void)state;
	add(BALDER, "K", 20180101, "AVSLAG", 0);
	add(STEGEN, "K", 20170101, "AVSLAG", 0);
	add(VERKSTAN, "K", 20180101, "VANTAR", 0);
	struct cube *i09 = filled();
	assert_figure(i09, "TOT|TOT|TOT", "inkomna", 1);
	assert_figure(i09, "TOT|TOT|TOT", "vantande", 0);
	assert_figure(i09, "TOT|TOT|TOT", "median_vantetid", CASE_MISSING);
	assert_figure(i09, "Stegen|1440|K", "inkomna", CASE_NO_ROW);
	assert_figure(i09, "Verkstan|1440|K", "inkomna", CASE_NO_ROW);
}

static void no_rows_leave_the_margin(void **state)
{
	(void)state;
	struct cube *i09 = filled();
	assert_int_equal(i09->rows, 1);
	assert_figure(i09, "TOT|TOT|TOT", "p90_vantetid", CASE_MISSING);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, case_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(waiting_is_judged_at_the_end_of_the_period),
		TEST(without_waiting_the_times_are_missing),
		TEST(no_rows_leave_the_margin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
