/* Tests of the ledger: windows, money by month, months of activity, and what the follow-up register says. */
#include "stages/payback/ledger.h"

#include "tests/stages/payback/common.h"

static struct codes codes;

static int begin_codes(void **state)
{
	return arena_begin(state) != 0 ? -1 : codes_load(&codes, arena, &error);
}

static void windows_reach_as_far_as_the_panel(void **state)
{
	(void)state;
	int32_t first = date_month(2016, 1), last = date_month(2018, 12);
	struct window window = window_before(date_month(2018, 3), 12, first);
	assert_int_equal(window.first, date_month(2017, 3));
	assert_int_equal(window.last, date_month(2018, 2));
	window = window_before(date_month(2016, 4), 12, first);
	assert_int_equal(window.first, first);
	assert_int_equal(window.last, date_month(2016, 3));
	window = window_after(date_month(2017, 6), 12, last);
	assert_int_equal(window.first, date_month(2017, 7));
	assert_int_equal(window.last, date_month(2018, 6));
	window = window_after(date_month(2018, 9), 12, last);
	assert_int_equal(window.last, last);
}

/* The months of a spell add up to its amount, and a window holds the sum of its months. */
static void months_always_add_up(void **state)
{
	(void)state;
	int32_t fran = date_day(2017, 1, 17), till = date_day(2017, 12, 5);
	int64_t amounts[] = { 1, 100, 123457, 99999999, -12345 };
	for (size_t a = 0; a < 5; a++) {
		int64_t sum = 0;
		for (int32_t month = date_month(2016, 12); month <= date_month(2018, 1); month++) {
			sum += ledger_within((struct window){ month, month }, fran, till, amounts[a]);
			int64_t whole = ledger_within((struct window){ date_month(2016, 12), month }, fran, till, amounts[a]);
			assert_int_equal(whole, sum);
		}
		assert_int_equal(sum, amounts[a]);
	}
	/* 31 + 28 days: 31/59 of 59 000 öre. */
	assert_int_equal(ledger_within((struct window){ date_month(2017, 1), date_month(2017, 1) }, date_day(2017, 1, 1),
		date_day(2017, 2, 28), 59000), 31000);
	assert_int_equal(ledger_within((struct window){ date_month(2017, 3), date_month(2017, 4) }, date_day(2017, 1, 1),
		date_day(2017, 2, 28), 59000), 0);
	assert_int_equal(ledger_within((struct window){ date_month(2017, 3), date_month(2017, 4) }, date_day(2017, 3, 2),
		date_day(2017, 3, 1), 59000), 0);
}

static void months_of_activity_cross_words(void **state)
{
	(void)state;
	int32_t first = date_month(2010, 1);
	uint64_t words[2] = { UINT64_C(3) << 62, 5 }; /* months 62, 63, 64, 66 */
	assert_int_equal(ledger_months((struct window){ first + 60, first + 70 }, words, first), 4);
	assert_int_equal(ledger_months((struct window){ first + 63, first + 65 }, words, first), 2);
	assert_int_equal(ledger_months((struct window){ first, first }, words, first), 0);
}

static void a_tally_becomes_monthly_means(void **state)
{
	(void)state;
	struct tally tally = { .support = { [FORMAN_SP] = 120000 }, .care = 300000, .contacts = { [CARE_OV] = 2 },
		.months = { [AGENCY_AF] = 3 } };
	struct ledger ledger;
	ledger_from_tally(&ledger, &tally, (struct window){ 100, 103 });
	assert_close(ledger.at[LEDGER_SUPPORT + FORMAN_SP], 300, 0);
	assert_close(ledger.at[LEDGER_CARE], 750, 0);
	assert_close(ledger.at[LEDGER_CONTACT + CARE_OV], 0.5, 0);
	assert_close(ledger.at[LEDGER_CASEWORK + AGENCY_AF], 0.75, 0);
	assert_close(ledger.at[LEDGER_WORK + WORK_AO], 0, 0);
}

static void multi_response_gives_shares(void **state)
{
	(void)state;
	struct multi multi;
	struct ledger ledger = { 0 };
	assert_int_equal(codes_read(codes.sysselsattning, "AU:75|SU:25", &multi, &error), 0);
	ledger_set_work(&ledger, &multi, &codes);
	assert_close(ledger.at[LEDGER_WORK + WORK_AU], 0.75, 0);
	assert_close(ledger.at[LEDGER_WORK + WORK_AO], 0, 0);
	assert_int_equal(codes_read(codes.forsorjning, "SP:50|FS:50|ST:0", &multi, &error), 0);
	ledger_set_standard(&ledger, &multi, &codes);
	assert_close(ledger.at[LEDGER_STANDARD + FORMAN_SP], 0.5, 0);
	assert_close(ledger.at[LEDGER_STANDARD + FORMAN_FS], 0.5, 0);
	assert_close(ledger.at[LEDGER_CASEWORK + AGENCY_FK], 1, 0);
	assert_close(ledger.at[LEDGER_CASEWORK + AGENCY_AF], 0, 0);
	assert_close(ledger.at[LEDGER_CASEWORK + AGENCY_KOM], 1, 0);
	assert_int_equal(codes_read(codes.forsorjning, "XX", &multi, &error), -1);
	assert_int_equal(error.code, EXIT_BUG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_reach_as_far_as_the_panel),
		cmocka_unit_test(months_always_add_up),
		cmocka_unit_test(months_of_activity_cross_words),
		cmocka_unit_test(a_tally_becomes_monthly_means),
		cmocka_unit_test_setup_teardown(multi_response_gives_shares, begin_codes, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
