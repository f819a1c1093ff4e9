/* Tests of who is in a cohort: each rule with a participation that passes and one that fails. */
#include "stages/payback/cohort.h"

#include "pipeline/table/column/column.h"
#include "tests/stages/payback/common.h"

static struct settings settings;
static struct codes codes;
static struct deltagande good;

static int begin_cohort(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	settings = common_settings();
	good = (struct deltagande){ .person = 7, .start = date_day(2018, 1, 10), .slut = date_day(2018, 6, 30) };
	return codes_load(&codes, arena, &error);
}

static bool takes(struct deltagande deltagande, enum underlag underlag)
{
	return cohort_takes(&deltagande, &settings, underlag, &codes);
}

static uint32_t avslut(const char *text)
{
	struct multi multi;
	assert_int_equal(codes_read(codes.avslut, text, &multi, &error), 0);
	return multi.mask;
}

static void exits_in_the_period_only(void **state)
{
	(void)state;
	struct deltagande other = good;
	assert_true(takes(good, UNDERLAG_EXTRAKT));
	other.slut = date_day(2018, 1, 1), other.start = date_day(2017, 6, 1);
	assert_true(takes(other, UNDERLAG_EXTRAKT));
	other.slut = date_day(2017, 12, 31);
	assert_false(takes(other, UNDERLAG_EXTRAKT));
	assert_false(takes(other, UNDERLAG_SUS));
	other.slut = DATE_ONGOING;
	assert_false(takes(other, UNDERLAG_SUS));
	other.slut = date_day(2018, 12, 31);
	assert_true(takes(other, UNDERLAG_SUS));
}

static void a_pid_is_needed_to_link(void **state)
{
	(void)state;
	struct deltagande anonymous = good;
	anonymous.person = COLUMN_NONE_U32;
	assert_false(takes(anonymous, UNDERLAG_EXTRAKT));
	assert_true(takes(anonymous, UNDERLAG_SUS));
}

static void three_months_are_observed_after_the_exit(void **state)
{
	(void)state;
	struct deltagande late = good;
	late.slut = date_day(2018, 9, 30); /* October, November, December */
	assert_true(takes(late, UNDERLAG_EXTRAKT));
	late.slut = date_day(2018, 10, 1);
	assert_false(takes(late, UNDERLAG_EXTRAKT));
	assert_true(takes(late, UNDERLAG_SUS));
}

static void a_month_before_the_start_lies_in_the_panel(void **state)
{
	(void)state;
	struct deltagande early = good;
	early.start = date_day(2016, 2, 1);
	assert_true(takes(early, UNDERLAG_EXTRAKT));
	early.start = date_day(2016, 1, 31);
	assert_false(takes(early, UNDERLAG_EXTRAKT));
	assert_true(takes(early, UNDERLAG_SUS));
}

static void who_is_no_longer_supported_for_other_reasons_is_out(void **state)
{
	(void)state;
	static const char *const out[] = { "07", "09", "13", "01|09" }, *const in[] = { "", "01", "08", "10|14" };
	for (size_t i = 0; i < 4; i++) {
		struct deltagande other = good;
		other.avslut = avslut(out[i]);
		assert_false(takes(other, UNDERLAG_EXTRAKT));
		assert_false(takes(other, UNDERLAG_SUS));
		other.avslut = avslut(in[i]);
		assert_true(takes(other, UNDERLAG_EXTRAKT));
	}
}

static void one_member_a_person_the_last_exit_that_qualifies(void **state)
{
	(void)state;
	struct deltagande list[6] = { good, good, good, good, good, good };
	const struct deltagande *given[6], *members[6];
	for (size_t i = 0; i < 6; i++)
		given[i] = &list[i];
	list[1].slut = date_day(2018, 8, 1);
	list[2].slut = date_day(2018, 9, 1), list[2].avslut = avslut("09"); /* later, but does not qualify */
	list[3].slut = date_day(2018, 8, 1), list[3].start = date_day(2018, 7, 1);
	list[4].person = COLUMN_NONE_U32, list[5].person = COLUMN_NONE_U32;
	assert_int_equal(cohort_choose(given, 6, &settings, UNDERLAG_EXTRAKT, &codes, members), 1);
	assert_ptr_equal(members[0], &list[3]); /* equal exits: the later start */
	assert_int_equal(cohort_choose(given, 6, &settings, UNDERLAG_SUS, &codes, members), 3);
	assert_ptr_equal(members[0], &list[3]);
	assert_ptr_equal(members[1], &list[4]);
	assert_ptr_equal(members[2], &list[5]);
	assert_int_equal(cohort_choose(given, 0, &settings, UNDERLAG_SUS, &codes, members), 0);
}

static void days_count_both_ends(void **state)
{
	(void)state;
	struct deltagande one = good;
	one.start = one.slut = date_day(2018, 3, 1);
	assert_int_equal(deltagande_days(&one), 1);
	assert_int_equal(deltagande_days_within(&one, settings.period_from, settings.period_to), 1);
	one.start = date_day(2017, 12, 31), one.slut = date_day(2018, 1, 2);
	assert_int_equal(deltagande_days_within(&one, settings.period_from, settings.period_to), 2);
	one.slut = DATE_ONGOING;
	assert_int_equal(deltagande_days_within(&one, settings.period_from, settings.period_to), 365);
	one.slut = date_day(2017, 12, 31);
	assert_int_equal(deltagande_days_within(&one, settings.period_from, settings.period_to), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(exits_in_the_period_only, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(a_pid_is_needed_to_link, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(three_months_are_observed_after_the_exit, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(a_month_before_the_start_lies_in_the_panel, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(who_is_no_longer_supported_for_other_reasons_is_out, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(one_member_a_person_the_last_exit_that_qualifies, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(days_count_both_ends, begin_cohort, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
