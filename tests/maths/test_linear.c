/* Linear programs with answers found by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline/maths/linear.h"

/* Dantzig's diet in small: min 2x + 3y, x + y ≥ 4, x + 3y ≥ 6, x, y ≥ 0: the corner x = 3, y = 1. */
static void the_cheapest_corner(void **unused)
{
	(void)unused;
	struct linear *program = linear_new();
	size_t x = linear_variable(program, 0, (double)INFINITY, 2, false), y = linear_variable(program, 0, (double)INFINITY, 3, false);
	size_t one = linear_sum(program, 4, (double)INFINITY), two = linear_sum(program, 6, (double)INFINITY);
	assert_int_equal(linear_term(program, one, x, 1) | linear_term(program, one, y, 1) | linear_term(program, two, x, 1) |
			linear_term(program, two, y, 3), 0);
	assert_int_equal(linear_solve(program, 1000, 10), 0);
	assert_true(fabs(linear_value(program, x) - 3) < 1e-9 && fabs(linear_value(program, y) - 1) < 1e-9);
	linear_free(program);
}

/* max x + y (min its negative), 2x + 2y ≤ 7 and 2x − 2y ≤ 1: 3.5 in the reals, 3 in whole numbers. */
static void whole_numbers(void **unused)
{
	(void)unused;
	for (int whole = 0; whole < 2; whole++) {
		struct linear *program = linear_new();
		size_t x = linear_variable(program, 0, 10, -1, whole), y = linear_variable(program, 0, 10, -1, whole);
		size_t one = linear_sum(program, -(double)INFINITY, 7);
		assert_int_equal(linear_term(program, one, x, 2) | linear_term(program, one, y, 2), 0);
		assert_int_equal(linear_solve(program, 1000, 100), 0);
		assert_true(fabs(linear_value(program, x) + linear_value(program, y) - (whole ? 3 : 3.5)) < 1e-9);
		linear_free(program);
	}
}

static void no_solution(void **unused)
{
	(void)unused;
	struct linear *program = linear_new();
	size_t x = linear_variable(program, 0, 1, 1, true), sum = linear_sum(program, 2, 3);
	assert_int_equal(linear_term(program, sum, x, 1), 0);
	assert_int_equal(linear_solve(program, 1000, 100), 1);
	linear_free(program);
}

static void nothing_to_solve(void **unused)
{
	(void)unused;
	struct linear *program = linear_new();
	assert_int_equal(linear_solve(program, 10, 10), 0);
	linear_free(program);
	linear_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cheapest_corner),
		cmocka_unit_test(whole_numbers),
		cmocka_unit_test(no_solution),
		cmocka_unit_test(nothing_to_solve),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
