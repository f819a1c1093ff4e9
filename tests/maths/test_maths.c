/* Tests of the GSL switch: after maths_init a GSL error is a return value, not the end of the program. */
#include "pipeline/maths/maths.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

#include "tests/maths/close.h"

static void gsl_errors_do_not_abort(void **state)
{
	(void)state;
	maths_init();
	maths_init();
	assert_true(isnan(gsl_sf_gamma(-1)));
	assert_true(isnan(gsl_cdf_beta_Pinv(-1, 2, 2)));
}

static void nan_is_a_double(void **state)
{
	(void)state;
	assert_int_equal(sizeof MATHS_NAN, sizeof(double));
	assert_true(isnan(MATHS_NAN));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gsl_errors_do_not_abort),
		cmocka_unit_test(nan_is_a_double),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
