/* The root of a function of one variable inside a bracket. */
#include "pipeline/maths/root.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_roots.h>

#include "pipeline/maths/maths.h"

/* Halving alone reaches any tolerance in about 2100 steps, and Brent's method seldom needs more steps than halving. */
enum { MOST_STEPS = 5000 };

static int iterate(gsl_root_fsolver *solver, gsl_function *function, double low, double high, double tolerance,
	double *root)
{
	if (gsl_root_fsolver_set(solver, function, low, high) != GSL_SUCCESS) {
		return ROOT_NONE;
	}
	for (int step = 0; step < MOST_STEPS; step++) {
		if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS) {
			return ROOT_NONE;
		}
		int status = gsl_root_test_interval(gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver),
			tolerance, 4 * DBL_EPSILON);
		if (status == GSL_SUCCESS) {
			*root = gsl_root_fsolver_root(solver);
			return 0;
		}
		if (status != GSL_CONTINUE) {
			return ROOT_NONE;
		}
	}
	return ROOT_NONE;
}

int root_brent(double (*f)(double x, void *context), void *context, double low, double high, double tolerance,
	double *root, struct error *error)
{
	*root = MATHS_NAN;
	if (!isfinite(low) || !isfinite(high) || low > high || !(tolerance > 0) || !isfinite(tolerance)) {
		return ROOT_NONE;
	}
	double at_low = f(low, context);
	double at_high = f(high, context);
	if (!isfinite(at_low) || !isfinite(at_high)) {
		return ROOT_NONE;
	}
	if (at_low == 0 || at_high == 0) {
		*root = at_low == 0 ? low : high;
		return 0;
	}
	if ((at_low < 0) == (at_high < 0)) {
		return ROOT_NONE;
	}
	gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
	if (solver == NULL) {
		return error_set(error, EXIT_IO, "out of memory to search for a root");
	}
	gsl_function function = {.function = f, .params = context};
	int result = iterate(solver, &function, low, high, tolerance, root);
	gsl_root_fsolver_free(solver);
	return result;
}
