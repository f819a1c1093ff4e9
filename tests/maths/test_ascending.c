/* Numbers in ascending order, against the C library's sort. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/maths/ascending.h"

static struct error error;

static int by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return left < right ? -1 : left > right;
}

static void check(double *number, size_t count)
{
	struct arena *arena = arena_new(&error);
	double *expected = malloc((count + 1) * sizeof *expected);
	memcpy(expected, number, count * sizeof *expected);
	qsort(expected, count, sizeof *expected, by_value);
	assert_int_equal(ascending_sort(number, count, arena, &error), 0);
	for (size_t i = 0; i < count; i++)
		assert_true(!(number[i] < expected[i]) && !(number[i] > expected[i]));
	free(expected);
	arena_free(arena);
}

static void sorts_as_the_library_does(void **unused)
{
	(void)unused;
	static double number[5000];
	uint64_t state = 1;
	for (int kind = 0; kind < 4; kind++) {
		for (size_t i = 0; i < 5000; i++) {
			state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			double whole = (double)(state >> 40);
			number[i] = kind == 0 ? whole : kind == 1 ? 7 : kind == 2 ? whole / 1000 - 8000 : ldexp(whole - 8e6, (int)(state >> 33 & 127) - 64);
		}
		check(number, 5000);
	}
}

static void few_numbers_and_extremes(void **unused)
{
	(void)unused;
	double number[] = { 0.0, (double)INFINITY, -1e-310, 1e308, -(double)INFINITY, 5e-324, -3, 1e308 };
	for (size_t count = 0; count <= 8; count++)
		check(number, count);
	double zeros[] = { 0.0, -0.0 };
	struct arena *arena = arena_new(&error);
	assert_int_equal(ascending_sort(zeros, 2, arena, &error), 0);
	assert_true(copysign(1, zeros[0]) < 0 && copysign(1, zeros[1]) > 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(sorts_as_the_library_does), cmocka_unit_test(few_numbers_and_extremes) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
