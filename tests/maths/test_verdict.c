/* Tests of the verdicts: every form, every bedömning, bounds exactly at the figure and exactly at the interval. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/maths/interval.h"
#include "pipeline/maths/maths.h"
#include "pipeline/maths/verdict.h"
#include "tests/maths/close.h"

static struct figure share(int64_t taljare, int64_t namnare)
{
	return (struct figure){ .share = true, .taljare = taljare, .namnare = namnare,
		.value = namnare == 0 ? MATHS_NAN : 100 * (double)taljare / (double)namnare };
}

static const char *judged(enum goal_form form, double low, double high, struct figure figure)
{
	return verdict_of(&(struct goal){ .form = form, .low = low, .high = high }, &figure, 0.95).bedomning;
}

static const char *number(enum goal_form form, double low, double high, double value)
{
	return judged(form, low, high, (struct figure){ .value = value });
}

static int begin(void **state)
{
	(void)state;
	maths_init();
	return 0;
}

static void plain_numbers_are_never_unsure(void **state)
{
	(void)state;
	assert_string_equal(number(GOAL_MINST, 80, 0, 80), "uppfyllt");
	assert_string_equal(number(GOAL_MINST, 80, 0, 79), "ej_uppfyllt");
	assert_string_equal(number(GOAL_HOGST, 0, 4, 4), "uppfyllt");
	assert_string_equal(number(GOAL_HOGST, 0, 4, 4.1), "ej_uppfyllt");
	assert_string_equal(number(GOAL_HOGST, 0, 4, 0), "uppfyllt");
	struct verdict verdict = verdict_of(&(struct goal){ .form = GOAL_MINST, .low = 80 },
		&(struct figure){ .value = 80 }, 0.95);
	assert_true(isnan(verdict.ki_lag) && isnan(verdict.ki_hog));
}

static void cirka_and_ranges_hold_both_ends(void **state)
{
	(void)state;
	assert_string_equal(number(GOAL_CIRKA, 90, 110, 90), "uppfyllt"); /* cirka 100 ± 10 % */
	assert_string_equal(number(GOAL_CIRKA, 90, 110, 110), "uppfyllt");
	assert_string_equal(number(GOAL_CIRKA, 90, 110, 89), "ej_uppfyllt");
	assert_string_equal(number(GOAL_CIRKA, 90, 110, 111), "ej_uppfyllt");
	assert_string_equal(number(GOAL_MELLAN, 40, 60, 60), "uppfyllt");
	assert_string_equal(number(GOAL_MELLAN, 40, 60, 60.5), "ej_uppfyllt");
}

static void shares_are_unsure_when_a_bound_lies_in_the_interval(void **state)
{
	(void)state;
	/* 3 of 10: Wilson 10.779 to 60.322 (R: prop.test(3, 10, correct = FALSE)) */
	assert_string_equal(judged(GOAL_MINST, 30, 0, share(3, 10)), "uppfyllt_osakert");
	assert_string_equal(judged(GOAL_MINST, 31, 0, share(3, 10)), "ej_uppfyllt_osakert");
	assert_string_equal(judged(GOAL_MINST, 10, 0, share(3, 10)), "uppfyllt");
	assert_string_equal(judged(GOAL_MINST, 61, 0, share(3, 10)), "ej_uppfyllt");
	assert_string_equal(judged(GOAL_HOGST, 0, 61, share(3, 10)), "uppfyllt");
	assert_string_equal(judged(GOAL_HOGST, 0, 30, share(3, 10)), "uppfyllt_osakert");
	assert_string_equal(judged(GOAL_MELLAN, 5, 65, share(3, 10)), "uppfyllt");
	assert_string_equal(judged(GOAL_MELLAN, 5, 50, share(3, 10)), "uppfyllt_osakert");  /* the upper bound alone */
	assert_string_equal(judged(GOAL_MELLAN, 20, 65, share(3, 10)), "uppfyllt_osakert"); /* the lower one alone */
	assert_string_equal(judged(GOAL_MELLAN, 40, 60, share(3, 10)), "ej_uppfyllt_osakert");
	assert_string_equal(judged(GOAL_CIRKA, 70, 80, share(3, 10)), "ej_uppfyllt");
}

static void a_bound_exactly_at_a_limit_lies_in_the_interval(void **state)
{
	(void)state;
	struct interval wilson;
	assert_int_equal(interval_wilson(3, 10, 0.95, &wilson), 0);
	double low = 100 * wilson.low, high = 100 * wilson.high;
	assert_close(low, 10.779126740630104, 1e-12);
	assert_string_equal(judged(GOAL_MINST, low, 0, share(3, 10)), "uppfyllt_osakert");
	assert_string_equal(judged(GOAL_MINST, nextafter(low, 0), 0, share(3, 10)), "uppfyllt");
	assert_string_equal(judged(GOAL_MINST, high, 0, share(3, 10)), "ej_uppfyllt_osakert");
	assert_string_equal(judged(GOAL_MINST, nextafter(high, 100), 0, share(3, 10)), "ej_uppfyllt");
	assert_string_equal(judged(GOAL_MINST, 100, 0, share(10, 10)), "uppfyllt_osakert"); /* the limit is 100 */
	assert_string_equal(judged(GOAL_HOGST, 0, 0, share(0, 10)), "uppfyllt_osakert");
}

static void without_a_figure_there_is_no_verdict(void **state)
{
	(void)state;
	assert_string_equal(judged(GOAL_MINST, 0, 0, share(0, 0)), "ej_bedombart");
	assert_string_equal(number(GOAL_HOGST, 0, 3, MATHS_NAN), "ej_bedombart");
	struct figure figure = share(0, 0);
	assert_true(isnan(verdict_of(&(struct goal){ .form = GOAL_MINST }, &figure, 0.95).ki_hog));
}

static void the_level_is_that_of_the_settings(void **state)
{
	(void)state;
	struct figure figure = share(3, 10);
	struct verdict narrow = verdict_of(&(struct goal){ .form = GOAL_MINST, .low = 12 }, &figure, 0.8);
	assert_string_equal(narrow.bedomning, "uppfyllt");
	assert_string_equal(judged(GOAL_MINST, 12, 0, figure), "uppfyllt_osakert");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_numbers_are_never_unsure),
		cmocka_unit_test(cirka_and_ranges_hold_both_ends),
		cmocka_unit_test(shares_are_unsure_when_a_bound_lies_in_the_interval),
		cmocka_unit_test(a_bound_exactly_at_a_limit_lies_in_the_interval),
		cmocka_unit_test(without_a_figure_there_is_no_verdict),
		cmocka_unit_test(the_level_is_that_of_the_settings),
	};
	return cmocka_run_group_tests(tests, begin, NULL);
}
