/* Tests of the beta quantile against R, closed forms and its own inverse. */
#include "pipeline/maths/beta.h"

#include <gsl/gsl_cdf.h>

#include "pipeline/maths/maths.h"
#include "tests/maths/close.h"

static void agrees_with_r(void **state)
{
	(void)state;
	/* R 4.2.2: print(qbeta(p, a, b), digits = 17) */
	static const struct {
		double p, a, b, x;
	} known[] = {
		{0.3, 2.5, 3.5, 0.30177232324750536},
		{1e-12, 5, 1, 0.0039810717055349717},
		{0.999, 5, 1, 0.99979991995196638},
		{0.1, 1, 5, 0.020851637639023222},
		{0.75, 0.5, 0.5, 0.85355339059327373},
		{1e-15, 3, 3, 4.6415996058412264e-06},
		{1 - 1e-12, 3, 3, 0.99995358337667639},
		/* Here gsl_cdf_beta_Pinv of GSL 2.7 gives NAN. */
		{0.005, 6172, 6174, 0.48832926823262252},
		{0.025, 1000, 999001, 0.00093900120795007216},
		{0.005, 300000, 700001, 0.29882006064283351},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		assert_close(beta_quantile(known[i].p, known[i].a, known[i].b), known[i].x, 1e-10);
	}
}

static void follows_closed_forms(void **state)
{
	(void)state;
	for (int i = 1; i < 100; i++) {
		double p = i / 100.0;
		assert_close(beta_quantile(p, 1, 1), p, 1e-14);
		assert_close(beta_quantile(p, 7, 1), pow(p, 1 / 7.0), 1e-13);
		assert_close(beta_quantile(p, 1, 7), -expm1(log1p(-p) / 7), 1e-13);
	}
}

static void inverts_the_distribution_and_rises(void **state)
{
	(void)state;
	static const double shapes[] = {0.3, 1, 1.7, 3, 5, 40, 2500};
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		for (size_t j = 0; j < sizeof shapes / sizeof *shapes; j++) {
			double before = 0;
			for (int k = 1; k < 200; k++) {
				double p = k / 200.0;
				double x = beta_quantile(p, shapes[i], shapes[j]);
				assert_true(x > before || (x == before && x > 0.99) || (x == before && x < 1e-7));
				before = x;
				if (x < 0.99) {
					assert_close(gsl_cdf_beta_P(x, shapes[i], shapes[j]), p, 1e-11);
				}
			}
		}
	}
}

static void keeps_its_range(void **state)
{
	(void)state;
	assert_close(beta_quantile(0, 2, 3), 0, 0);
	assert_close(beta_quantile(1, 2, 3), 1, 0);
	assert_true(isnan(beta_quantile(-0.1, 2, 3)));
	assert_true(isnan(beta_quantile(1.1, 2, 3)));
	assert_true(isnan(beta_quantile(MATHS_NAN, 2, 3)));
	assert_true(isnan(beta_quantile(0.5, 0, 3)));
	assert_true(isnan(beta_quantile(1e-15, 0.1, 3)));
	assert_true(isnan(beta_quantile(0.5, 2, -1)));
	assert_true(isnan(beta_quantile(0.5, 2, (double)INFINITY)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_r),
		cmocka_unit_test(follows_closed_forms),
		cmocka_unit_test(inverts_the_distribution_and_rises),
		cmocka_unit_test(keeps_its_range),
	};
	maths_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
