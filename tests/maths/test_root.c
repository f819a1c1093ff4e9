/* Tests of Brent's root finder: known roots, ends, and what it refuses. */
#define _GNU_SOURCE
#include "pipeline/maths/root.h"

#include <dlfcn.h>
#include <gsl/gsl_roots.h>
#include <stdbool.h>
#include <string.h>

#include "pipeline/maths/maths.h"
#include "tests/maths/close.h"

static struct error error;
static bool without_memory;

/* In the place of GSL's own. */
gsl_root_fsolver *gsl_root_fsolver_alloc(const gsl_root_fsolver_type *type)
{
	gsl_root_fsolver *(*next)(const gsl_root_fsolver_type *);
	void *address = dlsym(RTLD_NEXT, "gsl_root_fsolver_alloc");
	memcpy(&next, &address, sizeof next);
	return without_memory ? NULL : next(type);
}

static double shifted_cosine(double x, void *context)
{
	const double *shift = context;
	return cos(x) - *shift * x;
}

static double cubic(double x, void *context)
{
	(void)context;
	return x * (x * x - 2) - 5;
}

static double identity(double x, void *context)
{
	(void)context;
	return x;
}

static double square_plus_one(double x, void *context)
{
	(void)context;
	return x * x + 1;
}

static double steep(double x, void *context)
{
	(void)context;
	return expm1(500 * x) - 1;
}

static double broken(double x, void *context)
{
	(void)context;
	return fabs(x) < 0.9 ? MATHS_NAN : x;
}

static void known_roots(void **state)
{
	(void)state;
	double root;
	double one = 1;
	double two = 2;
	/* The Dottie number cos x = x, OEIS A003957; Wallis's x³ − 2x − 5, OEIS A007493;
	   R: uniroot(function(x) cos(x) - 2 * x, c(0, 1), tol = 1e-15)$root */
	assert_int_equal(root_brent(shifted_cosine, &one, 0, 1, 1e-14, &root, &error), 0);
	assert_close(root, 0.73908513321516064, 1e-13);
	assert_int_equal(root_brent(cubic, NULL, 2, 3, 1e-14, &root, &error), 0);
	assert_close(root, 2.09455148154232659, 1e-13);
	assert_int_equal(root_brent(shifted_cosine, &two, 0, 1, 1e-14, &root, &error), 0);
	assert_close(root, 0.45018361129487355, 1e-13);
	assert_int_equal(root_brent(steep, NULL, -1, 1, 1e-15, &root, &error), 0);
	assert_close(root, 0.69314718055994531 / 500, 1e-11);
}

static void ends_count_as_roots(void **state)
{
	(void)state;
	double root;
	assert_int_equal(root_brent(identity, NULL, 0, 1, 1e-12, &root, &error), 0);
	assert_close(root, 0, 0);
	assert_int_equal(root_brent(identity, NULL, -1, 0, 1e-12, &root, &error), 0);
	assert_close(root, 0, 0);
	assert_int_equal(root_brent(identity, NULL, 0, 0, 1e-12, &root, &error), 0);
	assert_close(root, 0, 0);
}

static void refuses(void **state)
{
	(void)state;
	double root = 0;
	const double endless = (double)INFINITY;
	assert_int_equal(root_brent(square_plus_one, NULL, -1, 1, 1e-12, &root, &error), ROOT_NONE);
	assert_true(isnan(root));
	assert_int_equal(root_brent(identity, NULL, 1, 2, 1e-12, &root, &error), ROOT_NONE);
	assert_int_equal(root_brent(identity, NULL, 2, 2, 1e-12, &root, &error), ROOT_NONE);
	assert_int_equal(root_brent(identity, NULL, 1, -1, 1e-12, &root, &error), ROOT_NONE);
	assert_int_equal(root_brent(identity, NULL, -1, endless, 1e-12, &root, &error), ROOT_NONE);
	assert_int_equal(root_brent(identity, NULL, MATHS_NAN, 1, 1e-12, &root, &error), ROOT_NONE);
	assert_int_equal(root_brent(identity, NULL, -1, 1, 0, &root, &error), ROOT_NONE);
	assert_int_equal(root_brent(identity, NULL, -1, 1, MATHS_NAN, &root, &error), ROOT_NONE);
	assert_int_equal(root_brent(broken, NULL, 0, 2, 1e-12, &root, &error), ROOT_NONE);
	root = 0;
	assert_int_equal(root_brent(broken, NULL, -1, 1.5, 1e-12, &root, &error), ROOT_NONE);
	assert_true(isnan(root));
}

/* No memory is no answer: not the one that there is no root. */
static void tells_no_memory_from_no_root(void **state)
{
	(void)state;
	double root = 0;
	without_memory = true;
	int result = root_brent(cubic, NULL, 2, 3, 1e-14, &root, &error);
	without_memory = false;
	assert_int_equal(result, -1);
	assert_int_equal(error.code, EXIT_IO);
	assert_true(isnan(root));
}

/* For any bracket around it the root comes out within the tolerance. */
static void keeps_the_tolerance(void **state)
{
	(void)state;
	static const double tolerances[] = {1e-2, 1e-5, 1e-9, 1e-13};
	for (size_t t = 0; t < 4; t++) {
		for (int i = 1; i <= 50; i++) {
			double root;
			assert_int_equal(root_brent(cubic, NULL, 2.09 - i, 2.1 + i * i, tolerances[t], &root, &error), 0);
			assert_true(fabs(root - 2.09455148154232659) <= tolerances[t] + 1e-14);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_roots),
		cmocka_unit_test(ends_count_as_roots),
		cmocka_unit_test(refuses),
		cmocka_unit_test(keeps_the_tolerance),
		cmocka_unit_test(tells_no_memory_from_no_root),
	};
	maths_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
