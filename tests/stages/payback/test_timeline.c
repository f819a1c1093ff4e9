/* Tests of the timeline: closed forms against month-by-month sums, interpolation, never paying back. */
#include "stages/payback/timeline.h"

#include "pipeline/maths/random.h"
#include "tests/stages/payback/common.h"

static void without_discounting_money_is_counted(void **state)
{
	(void)state;
	struct timeline timeline = timeline_make(10, 0, 0);
	assert_close(timeline_sum(&timeline, 12000, 1000, 0), 0, 0);
	assert_close(timeline_sum(&timeline, 12000, 1000, 1), -1200, 1e-14);
	assert_close(timeline_sum(&timeline, 12000, 1000, 10), -12000, 1e-14);
	assert_close(timeline_sum(&timeline, 12000, 1000, 11), -11000, 1e-14);
	assert_close(timeline_sum(&timeline, 12000, 1000, 60), 38000, 1e-14);
}

/* The contract's definition, month by month. */
static double by_months(int duration, double rate, double avtagande, double cost, double net, int months)
{
	double sum = 0;
	for (int t = 1; t <= months; t++) {
		double worth = pow(1 + rate, -t / 12.0);
		int h = t - duration;
		sum += h < 1 ? -cost / duration * worth : net * pow(1 - avtagande, (h - 1) / 12.0) * worth;
	}
	return sum;
}

static void closed_forms_are_the_sums(void **state)
{
	(void)state;
	static const double rates[] = { 0, 1e-9, 0.02, 0.035, 0.5 }, fading[] = { 0, 1e-9, 0.1, 0.9, 1 };
	for (size_t r = 0; r < 5; r++)
		for (size_t f = 0; f < 5; f++)
			for (int duration = 1; duration <= 70; duration += 23)
				for (int t = 0; t <= 120; t += 7) {
					struct timeline timeline = timeline_make(duration, rates[r], fading[f]);
					double expected = by_months(duration, rates[r], fading[f], 59000, 4500, t);
					assert_true(fabs(timeline_sum(&timeline, 59000, 4500, t) - expected) < 1e-8);
				}
}

static void payback_is_interpolated_within_the_month(void **state)
{
	(void)state;
	struct timeline timeline = timeline_make(10, 0, 0);
	assert_close(timeline_payback(&timeline, 12000, 1000, 60), 22, 1e-12); /* exactly at the end of a month */
	assert_close(timeline_payback(&timeline, 12500, 1000, 60), 22.5, 1e-12);
	assert_close(timeline_payback(&timeline, 100, 1000, 60), 10.1, 1e-12);
	assert_close(timeline_payback(&timeline, 12000, 1000, 22), 22, 1e-12); /* the last month will do */
	assert_close(timeline_payback(&timeline, 12000, 1000, 21), (double)INFINITY, 0);
}

static void some_never_pay_back(void **state)
{
	(void)state;
	struct timeline timeline = timeline_make(10, 0, 0.5);
	assert_true(isinf(timeline_payback(&timeline, 12000, 0, 60)));
	assert_true(isinf(timeline_payback(&timeline, 12000, -5, 60)));
	assert_true(isinf(timeline_payback(&timeline, 12000, 500, 600))); /* the effect fades before */
	assert_true(isinf(timeline_payback(&timeline, 1, 1e9, 10)));      /* the horizon ends with the insats */
	assert_true(isnan(timeline_payback(&timeline, 0, 1000, 60)));     /* bears no cost */
	assert_true(isnan(timeline_payback(&timeline, (double)NAN, 1000, 60)));
}

/* Halving finds what the definition says: the last month that ends below 0. */
static void halving_finds_the_last_debt(void **state)
{
	(void)state;
	struct random_stream stream;
	for (uint64_t k = 0; k < 5000; k++) {
		random_start(&stream, 60, k);
		int duration = 1 + (int)random_below(&stream, 30);
		double rate = random_uniform(&stream) / 5, avtagande = random_uniform(&stream) / 2;
		struct timeline timeline = timeline_make(duration, rate, avtagande);
		double cost = 1 + 50000 * random_uniform(&stream), net = 8000 * random_uniform(&stream) - 1000;
		int horizon = 1 + (int)random_below(&stream, 120), last = 0;
		for (int t = 1; t <= horizon; t++)
			if (by_months(duration, rate, avtagande, cost, net, t) < 0)
				last = t;
		double found = timeline_payback(&timeline, cost, net, horizon);
		if (last == horizon)
			assert_true(isinf(found));
		else
			assert_true(found > last - 1e-9 && found <= last + 1 + 1e-9);
	}
}

static void duration_is_rounded_up(void **state)
{
	(void)state;
	assert_int_equal(timeline_duration(1, 1), 1);
	assert_int_equal(timeline_duration(30, 1), 1);
	assert_int_equal(timeline_duration(31, 1), 2);
	assert_int_equal(timeline_duration(487, 1), 16);     /* 487 days are 16 months exactly */
	assert_int_equal(timeline_duration(487 * 3, 3), 16);
	assert_int_equal(timeline_duration(487 * 3 + 1, 3), 17);
	assert_int_equal(timeline_duration(6647, 29), 8);    /* 229.2 days */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_discounting_money_is_counted),
		cmocka_unit_test(closed_forms_are_the_sums),
		cmocka_unit_test(payback_is_interpolated_within_the_month),
		cmocka_unit_test(some_never_pay_back),
		cmocka_unit_test(halving_finds_the_last_debt),
		cmocka_unit_test(duration_is_rounded_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
