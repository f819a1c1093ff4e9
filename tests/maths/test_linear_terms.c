/* The terms of a linear program: kept as they come, and put in the order of their sums. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline/maths/linear_terms.h"

#define SUMS 300
#define TERMS 1200

static void none(void **unused)
{
	(void)unused;
	struct linear_terms terms = { 0 };
	assert_int_equal(linear_terms_reserve(&terms), 0);
	assert_true(terms.count == 0 && terms.room > 1 && !terms.mixed);
	linear_terms_free(&terms);
}

static void sums_in_order_and_their_terms_as_they_came(void **unused)
{
	(void)unused;
	struct linear_terms terms = { 0 };
	for (size_t turn = 0; turn < 2; turn++) {
		for (size_t i = 0; i < TERMS; i++) /* each sum four times, far apart */
			assert_int_equal(linear_terms_add(&terms, i * 7 % SUMS, i, (double)i), 0);
		assert_true(terms.count == TERMS && terms.mixed);
		assert_int_equal(linear_terms_order(&terms, SUMS), 0);
		assert_true(terms.count == TERMS && !terms.mixed);
		for (size_t t = 1; t <= TERMS; t++) {
			size_t i = (size_t)terms.variable[t] - 1;
			assert_int_equal(terms.sum[t], i * 7 % SUMS + 1);
			assert_true(terms.coefficient[t] == (double)i);
			assert_true(t == 1 || terms.sum[t - 1] < terms.sum[t] || (terms.sum[t - 1] == terms.sum[t] && terms.variable[t - 1] < terms.variable[t]));
		}
		linear_terms_empty(&terms);
		assert_true(terms.count == 0 && !terms.mixed);
	}
	linear_terms_free(&terms);
}

static void terms_that_come_in_order(void **unused)
{
	(void)unused;
	struct linear_terms terms = { 0 };
	for (size_t i = 0; i < TERMS; i++)
		assert_int_equal(linear_terms_add(&terms, i / 4, i, 1), 0);
	assert_false(terms.mixed);
	assert_int_equal(linear_terms_add(&terms, 0, TERMS, 1), 0);
	assert_true(terms.mixed);
	linear_terms_free(&terms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none),
		cmocka_unit_test(sums_in_order_and_their_terms_as_they_came),
		cmocka_unit_test(terms_that_come_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
