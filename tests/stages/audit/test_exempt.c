/* Tests of what is exempt: small counts that were given away before, and nothing else. */
#include "stages/audit/exempt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/arena.h"

#define CLASSES 60 /* of one person or nobody: far too many for branch and bound to try */

/* y, which is 0 to `most`, and three times the persons of the classes are 41 together: so y is 2, 5, 8 … in whole numbers. */
static enum finding judge_rest(int64_t most)
{
	struct knowledge *knowledge = knowledge_new(arena, &error);
	struct target target = { .variable = knowledge_variable(knowledge, 0, most, &error), .small = true };
	assert_int_equal(knowledge_sum(knowledge, 41, 41, &error), 0);
	assert_int_equal(knowledge_term(knowledge, target.variable, 1, &error), 0);
	for (size_t i = 0; i < CLASSES; i++)
		assert_int_equal(knowledge_term(knowledge, knowledge_variable(knowledge, 0, 1, &error), 3, &error), 0);
	assert_int_equal(ranges_judge(knowledge, &target, 1, 5, 1000, NULL, &error), 0);
	return target.finding;
}

enum asked { OF_ALL, OF_GIVEN, OF_UNWITNESSED };

/* What is left of a finding when it was this before. */
static enum finding exempted(enum finding now, enum finding before, enum asked asked)
{
	struct position position[] = { { .table = 1, .row = 3 }, { .table = 1, .row = 4 } };
	struct target own = { .finding = now }, known[] = { { .finding = FINDING_DETERMINED }, { .finding = before } };
	struct counts counts = { 1, &own, &position[1], NULL, false };
	struct counts all = { 2, known, position, asked == OF_ALL ? NULL : &counts, asked == OF_UNWITNESSED };
	size_t exempt = 0;
	exempt_counts(&counts, &all, &exempt);
	assert_int_equal(exempt, own.finding != now);
	return own.finding;
}

static void what_was_given_away_before_is_exempt(void **state)
{
	(void)state;
	static const enum finding given[] = { FINDING_DETERMINED, FINDING_NARROW };
	for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
		assert_int_equal(exempted(FINDING_DETERMINED, given[i], OF_ALL), FINDING_NONE);
		assert_int_equal(exempted(FINDING_UNWITNESSED, given[i], OF_UNWITNESSED), FINDING_NONE);
		assert_int_equal(exempted(FINDING_NARROW, given[i], OF_GIVEN), FINDING_NONE);
		assert_int_equal(exempted(FINDING_NARROW, given[i], OF_UNWITNESSED), FINDING_NARROW); /* not without a witness: given away */
		assert_int_equal(exempted(FINDING_UNWITNESSED, given[i], OF_GIVEN), FINDING_UNWITNESSED);
	}
	assert_int_equal(exempted(FINDING_UNWITNESSED, FINDING_NONE, OF_UNWITNESSED), FINDING_UNWITNESSED);
}

/* That it could not be found out what was known before proves nothing. */
static void what_could_not_be_found_out_is_not_exempt(void **state)
{
	(void)state;
	enum finding before = judge_rest(6); /* 2 or 5, and as far as could be seen 0 to 6 */
	assert_int_equal(before, FINDING_UNDECIDED);
	assert_int_equal(exempted(FINDING_UNWITNESSED, before, OF_UNWITNESSED), FINDING_UNWITNESSED);
	assert_int_equal(exempted(FINDING_UNWITNESSED, before, OF_ALL), FINDING_UNWITNESSED);
	assert_int_equal(exempted(FINDING_NARROW, before, OF_ALL), FINDING_NARROW);
	assert_int_equal(exempted(FINDING_UNDECIDED, before, OF_ALL), FINDING_UNDECIDED);
}

/* y + a + b is 12, and a + b − y is 6 or more: y is 3 at most, which neither sum tells by itself. */
static enum finding judge_large(size_t largest)
{
	struct knowledge *knowledge = knowledge_new(arena, &error);
	struct target target = { .variable = knowledge_variable(knowledge, 0, KNOWLEDGE_ENDLESS, &error), .small = true };
	size_t a = knowledge_variable(knowledge, 0, KNOWLEDGE_ENDLESS, &error), b = knowledge_variable(knowledge, 0, KNOWLEDGE_ENDLESS, &error);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(knowledge_sum(knowledge, i == 0 ? 12 : 6, i == 0 ? 12 : KNOWLEDGE_ENDLESS, &error), 0);
		assert_int_equal(knowledge_term(knowledge, target.variable, i == 0 ? 1 : -1, &error), 0);
		assert_int_equal(knowledge_term(knowledge, a, 1, &error), 0);
		assert_int_equal(knowledge_term(knowledge, b, 1, &error), 0);
	}
	assert_int_equal(ranges_judge(knowledge, &target, 1, 5, largest, NULL, &error), 0);
	return target.finding;
}

/* Of what is asked for a program is solved where too much hangs together for one of all: those that no witness shows to be safe, or those that are given away. */
static void of_few_that_are_asked_for_more_is_found(void **state)
{
	(void)state;
	assert_int_equal(judge_large(2), FINDING_NONE);
	assert_int_equal(judge_large(3), FINDING_NARROW);
	struct position position[] = { { .row = 1 }, { .row = 2 }, { .row = 3 }, { .row = 4 }, { .row = 5 } };
	struct position some[] = { { .row = 1 }, { .row = 3 }, { .row = 4 }, { .row = 5 } };
	struct target own[] = { { .finding = FINDING_UNWITNESSED }, { .finding = FINDING_NONE }, { .finding = FINDING_UNWITNESSED, .large = true }, { .finding = FINDING_NARROW } };
	const struct counts asked = { 4, own, some, NULL, false };
	for (int unwitnessed = 0; unwitnessed < 2; unwitnessed++) {
		struct target all[5] = { { .large = false } };
		struct counts counts = { 5, all, position, &asked, unwitnessed == 1 };
		judging_ask(&counts);
		assert_int_equal(all[0].large, unwitnessed == 0);
		assert_true(all[1].large && all[2].large && all[3].large);
		assert_int_equal(all[4].large, unwitnessed == 1);
	}
}

/* One that is large enough or small in any case needs no search. */
static void what_bounds_decide_is_decided(void **state)
{
	(void)state;
	assert_int_equal(judge_rest(41), FINDING_NONE);
	assert_int_equal(judge_rest(4), FINDING_NARROW);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_given_away_before_is_exempt, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(what_could_not_be_found_out_is_not_exempt, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(of_few_that_are_asked_for_more_is_found, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(what_bounds_decide_is_decided, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
