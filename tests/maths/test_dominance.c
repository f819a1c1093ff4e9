/* Tests of the p % rule: the examples of the handbook, hand cases, order, signs and its ends. */
#include "pipeline/maths/dominance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/maths/close.h"

static struct contributions of(const double *amount, size_t count)
{
	struct contributions contributions = { 0 };
	for (size_t i = 0; i < count; i++)
		contributions_add(&contributions, amount[i]);
	return contributions;
}
#define OF(...) of((const double[]){ __VA_ARGS__ }, sizeof((const double[]){ __VA_ARGS__ }) / sizeof(double))

static void keeps_the_two_largest_in_any_order(void **state)
{
	(void)state;
	static const double orders[6][3] = { { 1, 2, 3 }, { 1, 3, 2 }, { 2, 1, 3 }, { 2, 3, 1 }, { 3, 1, 2 }, { 3, 2, 1 } };
	for (size_t i = 0; i < 6; i++) {
		struct contributions three = of(orders[i], 3);
		assert_close(three.total, 6, 0);
		assert_close(three.first, 3, 0);
		assert_close(three.second, 2, 0);
	}
	struct contributions equal = OF(4, 4, 4), one = OF(7), none = { 0 };
	assert_close(equal.second, 4, 0);
	assert_close(one.first, 7, 0);
	assert_close(one.second, 0, 0);
	assert_close(none.total, 0, 0);
}

static void joins_as_if_added_one_by_one(void **state)
{
	(void)state;
	struct contributions a = OF(5, 1, 1), b = OF(4, 6), empty = { 0 };
	contributions_join(&a, &b);
	contributions_join(&a, &empty);
	assert_close(a.total, 17, 0);
	assert_close(a.first, 6, 0);
	assert_close(a.second, 5, 0);
}

static void counts_a_loss_like_a_gain(void **state)
{
	(void)state;
	struct contributions mixed = OF(-100, 3, -2);
	assert_close(mixed.total, 105, 0);
	assert_close(mixed.first, 100, 0);
	assert_close(mixed.second, 3, 0);
	assert_true(dominance_sensitive(&mixed, 0.10));
}

/* Handbook on Statistical Disclosure Control (github.com/sdcTools/HandbookSDC), 4.2, example 1: X = 100 000, x1 = 50 000, x2 = 49 000:
   the second overestimates the first by 2 % only. Example 2: X = 110 000, x1 = 52 000, x2 = 50 000: by 15.4 %, safe at p = 10. The
   rest is spread over small ones. */
static void follows_the_handbook(void **state)
{
	(void)state;
	struct contributions first = OF(50000, 49000, 600, 400), second = OF(52000, 50000, 4000, 4000);
	assert_true(dominance_sensitive(&first, 0.10));
	assert_true(dominance_sensitive(&first, 0.021));
	assert_false(dominance_sensitive(&first, 0.02)); /* 1 000 is not less than 2 % of 50 000 */
	assert_false(dominance_sensitive(&second, 0.10));
	assert_false(dominance_sensitive(&second, 0.153));
	assert_true(dominance_sensitive(&second, 0.155));
}

/* One large contributor beside fifty very small ones (the handbook's example 1d). */
static void sees_one_among_many(void **state)
{
	(void)state;
	struct contributions contributions = OF(99000);
	for (int i = 0; i < 50; i++)
		contributions_add(&contributions, 20);
	assert_true(dominance_sensitive(&contributions, 0.10)); /* 980 < 9 900 */
	assert_false(dominance_sensitive(&contributions, 0.009)); /* 980 > 891 */
}

static void knows_its_ends(void **state)
{
	(void)state;
	struct contributions none = { 0 }, zeros = OF(0, 0, 0), one = OF(5), two = OF(5, 5), three = OF(5, 5, 5);
	assert_false(dominance_sensitive(&none, 1));
	assert_false(dominance_sensitive(&zeros, 1));
	assert_true(dominance_sensitive(&one, 0.001)); /* who is alone is known exactly; of two each knows the other */
	assert_true(dominance_sensitive(&two, 0.001));
	assert_false(dominance_sensitive(&three, 1));
	assert_false(dominance_sensitive(&one, 0)); /* 0 %: the rule is off */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_two_largest_in_any_order), cmocka_unit_test(joins_as_if_added_one_by_one),
		cmocka_unit_test(counts_a_loss_like_a_gain), cmocka_unit_test(follows_the_handbook),
		cmocka_unit_test(sees_one_among_many), cmocka_unit_test(knows_its_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
