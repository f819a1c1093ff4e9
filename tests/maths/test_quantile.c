/* Tests of the quantiles: R's numbers to the last bit, ends, infinities and order. */
#include "pipeline/maths/quantile.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "pipeline/maths/maths.h"
#include "tests/maths/close.h"

static void agrees_with_r_to_the_last_bit(void **state)
{
	(void)state;
	static const double x[] = {12, 3, 7.5, 3, 99, -4, 0.1, 18, 6, 2};
	/* R 4.2.2: x <- c(12, 3, 7.5, 3, 99, -4, 0.1, 18, 6, 2); print(quantile(x, p, names = FALSE), digits = 17) */
	static const struct {
		double p, value;
	} known[] = {
		{0, -4},
		{0.05, -2.1550000000000002},
		{0.1, -0.31000000000000039},
		{0.25, 2.25},
		{0.3, 2.6999999999999997},
		{1 / 3.0, 3},
		{0.5, 4.5},
		{0.75, 10.875},
		{0.9, 26.099999999999973},
		{0.95, 62.549999999999912},
		{0.99, 91.710000000000008},
		{1, 99},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		double buffer[10];
		memcpy(buffer, x, sizeof x);
		assert_close(quantile_type7(buffer, 10, known[i].p), known[i].value, 0);
		assert_close(quantile_type7_sorted(buffer, 10, known[i].p), known[i].value, 0);
	}
	double three[] = {0.3, 0.1, 0.2};
	/* R 4.2.2: quantile(c(0.1, 0.2, 0.3), c(0.05, 0.35, 0.85), names = FALSE) */
	assert_close(quantile_type7(three, 3, 0.05), 0.11000000000000001, 0);
	assert_close(quantile_type7(three, 3, 0.35), 0.16999999999999998, 0);
	assert_close(quantile_type7(three, 3, 0.85), 0.27000000000000002, 0);
}

static void median_is_the_middle(void **state)
{
	(void)state;
	double even[] = {12, 3, 7.5, 3, 99, -4, 0.1, 18, 6, 2};
	double odd[] = {12, 3, 7.5, 3, 99, -4, 0.1, 18, 6};
	assert_close(quantile_median(even, 10), 4.5, 0);
	assert_close(quantile_median(odd, 9), 6, 0);
}

static void few_values(void **state)
{
	(void)state;
	double one[] = {7};
	assert_true(isnan(quantile_type7(NULL, 0, 0.5)));
	assert_true(isnan(quantile_type7_sorted(NULL, 0, 0.5)));
	assert_true(isnan(quantile_median(NULL, 0)));
	for (int i = 0; i <= 10; i++) {
		assert_close(quantile_type7(one, 1, i / 10.0), 7, 0);
	}
	double two[] = {10, 0};
	assert_close(quantile_type7(two, 2, 0.25), 2.5, 0);
	assert_close(quantile_median(two, 2), 5, 0);
}

static void infinities_stand_at_the_ends(void **state)
{
	(void)state;
	const double endless = (double)INFINITY;
	double x[] = {endless, 2, endless, 1};
	/* R 4.2.2: quantile(c(1, 2, Inf, Inf), c(0.3, 0.5, 0.9), names = FALSE) */
	assert_close(quantile_type7(x, 4, 0.3), 1.8999999999999999, 0);
	assert_close(quantile_type7(x, 4, 0.5), endless, 0);
	assert_close(quantile_type7(x, 4, 0.9), endless, 0);
	assert_close(quantile_type7(x, 4, 1 / 3.0), 2, 0);
	double all[] = {endless, endless};
	assert_close(quantile_median(all, 2), endless, 0);
}

static void nan_makes_nan(void **state)
{
	(void)state;
	double x[] = {1, MATHS_NAN, 2};
	double fine[] = {1, 2};
	assert_true(isnan(quantile_median(x, 3)));
	assert_true(isnan(quantile_type7(fine, 2, -0.01)));
	assert_true(isnan(quantile_type7(fine, 2, 1.01)));
	assert_true(isnan(quantile_type7(fine, 2, MATHS_NAN)));
}

static void sorts_to_one_order(void **state)
{
	(void)state;
	double x[] = {0.0, MATHS_NAN, -0.0, (double)INFINITY, -1, 0.0, (double)-INFINITY, -0.0};
	quantile_sort(x, 8);
	assert_true(isinf(x[0]) && x[1] == -1);
	assert_true(signbit(x[2]) && signbit(x[3]) && !signbit(x[4]) && !signbit(x[5]));
	assert_true(isinf(x[6]) && isnan(x[7]));
}

/* On 0 … 1000 the quantile is 1000·p; it never falls as p rises and turns round with the sign. */
static void follows_a_straight_line(void **state)
{
	(void)state;
	double up[1001];
	double down[1001];
	for (size_t i = 0; i <= 1000; i++) {
		up[(i * 617) % 1001] = (double)i;
		down[(i * 617) % 1001] = -(double)i;
	}
	double before = 0;
	for (int i = 0; i <= 3333; i++) {
		double p = i / 3333.0;
		double value = quantile_type7(up, 1001, p);
		assert_true(fabs(value - 1000 * p) < 1e-9);
		assert_true(value >= before);
		assert_true(fabs(value + quantile_type7(down, 1001, 1 - p)) < 1e-9);
		before = value;
	}
}

/* Every quantile of several is the one of the sorted values, for values of every shape that a selection can stumble on. */
static void several_are_those_of_the_sorted_values(void **state)
{
	(void)state;
	static const double p[] = {0, 0.05, 0.05, 0.05001, 0.3333, 0.5, 0.95, 0.999, 1};
	enum { COUNT = sizeof p / sizeof *p, MOST = 3000, SHAPES = 14 };
	static double x[MOST], sorted[MOST];
	double result[COUNT];
	uint32_t state_of = 1;
	for (size_t n = 1; n <= MOST; n += n < 40 ? 1 : 740) {
		for (int shape = 0; shape < SHAPES; shape++) {
			for (size_t i = 0; i < n; i++) {
				state_of = state_of * 1664525 + 1013904223;
				double noise = (double)(state_of >> 8) - 8e6, place = (double)i, endless = (double)INFINITY;
				bool few = state_of >> 24 == 0;
				const double shapes[SHAPES] = {noise, place, -place, 7, (double)(state_of >> 30), (double)(i % 2),
					i < n / 2 ? place : (double)n - place, state_of >> 31 != 0 ? endless : noise, -endless,
					few ? noise * 1e300 : noise, few ? -endless : exp(noise / 1e5), i % 11 == 0 ? noise : 1e-320 * noise,
					(i % 2 == 0 ? 1.6e308 : -1.6e308), 1 + noise * 1e-16};
				x[i] = sorted[i] = shapes[shape];
			}
			quantile_sort(sorted, n);
			quantile_several(x, n, p, COUNT, result);
			for (size_t i = 0; i < COUNT; i++) {
				assert_close(result[i], quantile_type7_sorted(sorted, n, p[i]), 0);
			}
		}
	}
}

/* Which of equal zeros has a rank is chance: none shows its sign. */
static void zeros_of_several_have_no_sign(void **state)
{
	(void)state;
	double x[] = {-0.0, 0.0, -0.0}, result[3];
	quantile_several(x, 3, (const double[]){0, 0.5, 1}, 3, result);
	assert_false(signbit(result[0]) || signbit(result[1]) || signbit(result[2]));
}

static void several_refuse_what_has_no_quantile(void **state)
{
	(void)state;
	double x[] = {3, 1, 2}, unknown[] = {3, (double)NAN, 2}, result[3];
	quantile_several(x, 3, (const double[]){0.5, 0, 0.25}, 3, result); /* not in order */
	assert_true(isnan(result[0]) && isnan(result[1]) && isnan(result[2]));
	quantile_several(unknown, 3, (const double[]){0}, 1, result);
	assert_true(isnan(result[0]));
	quantile_several(NULL, 0, (const double[]){0.5}, 1, result);
	assert_true(isnan(result[0]));
	quantile_several(x, 3, (const double[]){0.5, (double)NAN, 1}, 3, result);
	assert_true(isnan(result[0]) && isnan(result[1]) && isnan(result[2]));
	quantile_several(x, 3, (const double[]){-0.1, 0.5}, 2, result);
	assert_true(isnan(result[0]) && isnan(result[1]));
	double many[QUANTILES_AT_ONCE + 1];
	quantile_several(x, 3, (const double[QUANTILES_AT_ONCE + 1]){0}, QUANTILES_AT_ONCE + 1, many);
	assert_true(isnan(many[0]) && isnan(many[QUANTILES_AT_ONCE]));
	quantile_several(x, 3, (const double[]){0.5, 1.1}, 2, result);
	assert_true(isnan(result[0]) && isnan(result[1]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_r_to_the_last_bit),
		cmocka_unit_test(median_is_the_middle),
		cmocka_unit_test(few_values),
		cmocka_unit_test(infinities_stand_at_the_ends),
		cmocka_unit_test(several_are_those_of_the_sorted_values),
		cmocka_unit_test(zeros_of_several_have_no_sign),
		cmocka_unit_test(several_refuse_what_has_no_quantile),
		cmocka_unit_test(nan_makes_nan),
		cmocka_unit_test(sorts_to_one_order),
		cmocka_unit_test(follows_a_straight_line),
	};
	maths_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
