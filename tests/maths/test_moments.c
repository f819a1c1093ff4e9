/* Tests of sum, mean, variance and standard deviation: NIST's certified values to the limit of doubles, R, identities. */
#include "pipeline/maths/moments.h"

#include <float.h>

#include "pipeline/maths/maths.h"
#include "tests/maths/close.h"

/* NIST Statistical Reference Datasets (StRD), univariate summary statistics, public domain: mean and sd are the
   certified values. A double read from "10000000.2" has already lost digits, so sd_of_doubles, found by exact rational
   arithmetic on the doubles, says what a program can reach: `limit` is its number of correct digits. */
struct certified {
	double mean, sd, sd_of_doubles, limit;
};

static void check_certified(const double *x, size_t n, struct certified known)
{
	assert_true(close_digits(moments_mean(x, n), known.mean) >= 14.5);
	assert_true(close_digits(moments_sd(x, n), known.sd) >= fmin(known.limit - 0.1, 14.5));
	assert_close(moments_sd(x, n), known.sd_of_doubles, 4 * DBL_EPSILON);
	assert_close(moments_variance(x, n), known.sd_of_doubles * known.sd_of_doubles, 4 * DBL_EPSILON);
}

static void nist_numacc(void **state)
{
	(void)state;
	static const double first[] = {10000001, 10000003, 10000002};
	check_certified(first, 3, (struct certified){10000002, 1, 1, 99});
	/* NumAcc2 to 4: the middle value, then 500 pairs of it − 0.1 and it + 0.1, as the decimal numbers in the files. */
	static const struct {
		double middle, low, high;
		struct certified known;
	} sets[] = {
		{1.2, 1.1, 1.3, {1.2, 0.1, 9.99999999999999778e-2, 15.7}},
		{1000000.2, 1000000.1, 1000000.3, {1000000.2, 0.1, 1.00000000034924597e-1, 9.5}},
		{10000000.2, 10000000.1, 10000000.3, {10000000.2, 0.1, 1.00000000558793545e-1, 8.3}},
	};
	for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
		double x[1001] = {sets[s].middle};
		for (size_t i = 1; i <= 1000; i++) {
			x[i] = i % 2 == 1 ? sets[s].low : sets[s].high;
		}
		check_certified(x, 1001, sets[s].known);
	}
}

static void nist_mavro(void **state)
{
	(void)state;
	static const double x[50] = {
		2.0018, 2.0017, 2.0018, 2.0019, 2.0018, 2.0017, 2.0015, 2.0014, 2.0015, 2.0015, 2.0017, 2.0018, 2.0018,
		2.0019, 2.0019, 2.0021, 2.002, 2.0016, 2.0014, 2.0013, 2.0013, 2.0015, 2.0015, 2.0016, 2.0015, 2.0014, 2.0013,
		2.0014, 2.0015, 2.0014, 2.0015, 2.0016, 2.0015, 2.0016, 2.0019, 2.002, 2.002, 2.0021, 2.0022, 2.0023, 2.0024,
		2.0025, 2.0027, 2.0026, 2.0026, 2.0026, 2.0027, 2.0026, 2.0025, 2.0024,
	};
	check_certified(x, 50, (struct certified){2.00185600000000, 0.000429123454003053, 4.29123454003085409e-4, 13.1});
}

static void nist_michelso(void **state)
{
	(void)state;
	static const double x[100] = {
		299.85, 299.74, 299.9, 300.07, 299.93, 299.85, 299.95, 299.98, 299.98, 299.88, 300.0, 299.98, 299.93, 299.65,
		299.76, 299.81, 300.0, 300.0, 299.96, 299.96, 299.96, 299.94, 299.96, 299.94, 299.88, 299.8, 299.85, 299.88,
		299.9, 299.84, 299.83, 299.79, 299.81, 299.88, 299.88, 299.83, 299.8, 299.79, 299.76, 299.8, 299.88, 299.88,
		299.88, 299.86, 299.72, 299.72, 299.62, 299.86, 299.97, 299.95, 299.88, 299.91, 299.85, 299.87, 299.84,
		299.84, 299.85, 299.84, 299.84, 299.84, 299.89, 299.81, 299.81, 299.82, 299.8, 299.77, 299.76, 299.74, 299.75,
		299.76, 299.91, 299.92, 299.89, 299.86, 299.88, 299.72, 299.84, 299.85, 299.85, 299.78, 299.89, 299.84,
		299.78, 299.81, 299.76, 299.81, 299.79, 299.81, 299.82, 299.85, 299.87, 299.87, 299.81, 299.74, 299.81,
		299.94, 299.95, 299.8, 299.81, 299.87,
	};
	check_certified(x, 100, (struct certified){299.852400000000, 0.0790105478190518, 7.90105478190506672e-2, 13.9});
}

static void agrees_with_r(void **state)
{
	(void)state;
	static const double x[] = {12, 3, 7.5, 3, 99, -4, 0.1, 18, 6, 2};
	/* R 4.2.2: print(c(mean(x), var(x), sd(x)), digits = 17) */
	assert_close(moments_mean(x, 10), 14.66, DBL_EPSILON);
	assert_close(moments_variance(x, 10), 916.678222222222189, 2 * DBL_EPSILON);
	assert_close(moments_sd(x, 10), 30.276694374092791, 2 * DBL_EPSILON);
	assert_close(moments_sum(x, 10), 146.6, 2 * DBL_EPSILON);
}

static void few_values(void **state)
{
	(void)state;
	static const double one[] = {-3.25};
	assert_close(moments_sum(NULL, 0), 0, 0);
	assert_true(isnan(moments_mean(NULL, 0)));
	assert_true(isnan(moments_variance(NULL, 0)));
	assert_true(isnan(moments_sd(NULL, 0)));
	assert_close(moments_sum(one, 1), -3.25, 0);
	assert_close(moments_mean(one, 1), -3.25, 0);
	assert_true(isnan(moments_variance(one, 1)));
	assert_true(isnan(moments_sd(one, 1)));
}

static void values_that_are_not_finite(void **state)
{
	(void)state;
	const double endless = (double)INFINITY;
	const double up[] = {1, endless, 2};
	const double both[] = {endless, 1, -endless};
	const double holed[] = {1, MATHS_NAN};
	assert_close(moments_sum(up, 3), endless, 0);
	assert_close(moments_mean(up, 3), endless, 0);
	assert_true(isnan(moments_variance(up, 3)));
	assert_true(isnan(moments_sum(both, 3)) && isnan(moments_mean(both, 3)));
	assert_true(isnan(moments_sum(holed, 2)) && isnan(moments_mean(holed, 2)) && isnan(moments_sd(holed, 2)));
}

/* Whole numbers are summed exactly at every length, so no value is missed or taken twice by the tree. */
static void sum_takes_each_value_once(void **state)
{
	(void)state;
	double x[2000];
	for (size_t i = 0; i < 2000; i++) {
		x[i] = (double)(i + 1);
	}
	for (size_t n = 0; n <= 2000; n++) {
		assert_close(moments_sum(x, n), (double)(n * (n + 1) / 2), 0);
	}
}

/* 200 000 times 0.1: adding from left to right is off by 1e-11 of the sum and more, the tree by less than 1e-14. */
static void sum_stays_accurate(void **state)
{
	(void)state;
	static double x[200000];
	for (size_t i = 0; i < 200000; i++) {
		x[i] = 0.1;
	}
	assert_close(moments_sum(x, 200000), 20000, 1e-14);
	assert_close(moments_mean(x, 200000), 0.1, 0);
	assert_true(moments_sd(x, 200000) < 1e-17);
}

/* The mean cancels what plain addition would lose; shift and scale leave their mark on the variance. */
static void identities(void **state)
{
	(void)state;
	static const double cancel[] = {1e16, 1, -1e16, 1};
	assert_close(moments_mean(cancel, 4), 0.5, 0);
	double x[777];
	double moved[777];
	for (size_t i = 0; i < 777; i++) {
		x[i] = (double)((i * 263) % 1009) / 8;
		moved[i] = 4 * x[i] + 1048576;
	}
	assert_close(moments_variance(moved, 777), 16 * moments_variance(x, 777), 1e-14);
	assert_close(moments_mean(moved, 777), 4 * moments_mean(x, 777) + 1048576, 1e-15);
	double sd = moments_sd(x, 777);
	assert_close(sd * sd, moments_variance(x, 777), 1e-15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nist_numacc),
		cmocka_unit_test(nist_mavro),
		cmocka_unit_test(nist_michelso),
		cmocka_unit_test(agrees_with_r),
		cmocka_unit_test(few_values),
		cmocka_unit_test(values_that_are_not_finite),
		cmocka_unit_test(sum_takes_each_value_once),
		cmocka_unit_test(sum_stays_accurate),
		cmocka_unit_test(identities),
	};
	maths_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
