/* Comparison of doubles for the tests of the maths room. */
#ifndef FINSAMSTAT_TESTS_MATHS_CLOSE_H
#define FINSAMSTAT_TESTS_MATHS_CLOSE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Fails at the caller's line unless |actual − expected| ≤ relative·|expected| (so expected = 0 must be met exactly),
   both are infinite with the same sign, or both are NAN. */
#define assert_close(actual, expected, relative) close_check(actual, expected, relative, __FILE__, __LINE__)

static inline void close_check(double actual, double expected, double relative, const char *file, int line)
{
	if (actual == expected || (isnan(actual) && isnan(expected))) {
		return;
	}
	if (isnan(actual) || isnan(expected) || !(fabs(actual - expected) <= relative * fabs(expected))) {
		print_error("%.17g is not close to %.17g\n", actual, expected);
		_fail(file, line);
	}
}

/* Correct digits by NIST's log relative error; 99 when all. */
static inline double close_digits(double actual, double certified)
{
	return actual == certified ? 99 : -log10(fabs(actual - certified) / fabs(certified));
}

#endif
