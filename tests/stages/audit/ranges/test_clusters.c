/* Tests of clusters, and of what is worked out cluster by cluster: by hand, and the same for any number of threads. */
#include "stages/audit/ranges/clusters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/maths/parallel.h"
#include "tests/arena.h"

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	parallel_set_threads(0);
	return 0;
}

/* Σ of the variables (ending with -1) between least and most. */
static void add(struct knowledge *knowledge, int64_t least, int64_t most, const int *variable)
{
	assert_int_equal(knowledge_sum(knowledge, least, most, &error), 0);
	for (; *variable >= 0; variable++)
		assert_int_equal(knowledge_term(knowledge, (size_t)*variable, 1, &error), 0);
}

static struct knowledge *seven_unknown(void)
{
	struct knowledge *knowledge = knowledge_new(arena, &error);
	for (int v = 0; v < 7; v++) /* 3 is fixed */
		assert_int_equal(knowledge_variable(knowledge, v == 3 ? 2 : 1, v == 3 ? 2 : KNOWLEDGE_ENDLESS, &error), v);
	add(knowledge, 9, 9, (const int[]){ 5, 1, 3, -1 }); /* joins 1 and 5 */
	add(knowledge, 4, 8, (const int[]){ 2, 6, -1 });    /* joins 2 and 6, but is no equation */
	add(knowledge, 7, 7, (const int[]){ 3, 0, -1 });    /* 0 alone */
	add(knowledge, 2, 2, (const int[]){ 3, -1 });       /* nothing unknown */
	return knowledge;
}

static void by_hand(void **state)
{
	(void)state;
	struct clusters clusters;
	static const size_t variable[] = { 0, 1, 5, 2, 6, 4 }, sum[] = { 2, 0, 1 };
	assert_int_equal(clusters_find(seven_unknown(), false, 1, &clusters, arena, &error), 0);
	assert_int_equal(clusters.count, 4); /* 0; 1 and 5; 2 and 6; 4 */
	static const size_t from[] = { 0, 1, 3, 5, 6 }, sums[] = { 0, 1, 2, 3, 3 };
	assert_memory_equal(clusters.variable, variable, sizeof variable);
	assert_memory_equal(clusters.variable_from, from, sizeof from);
	assert_memory_equal(clusters.sum, sum, sizeof sum);
	assert_memory_equal(clusters.sum_from, sums, sizeof sums);
	assert_int_equal(clusters.others, 1);
	assert_int_equal(clusters.other[0], 3);
	assert_int_equal(clusters_find(seven_unknown(), true, 1, &clusters, arena, &error), 0);
	assert_int_equal(clusters.count, 5); /* 2 and 6 apart */
	assert_int_equal(clusters_find(seven_unknown(), false, 4, &clusters, arena, &error), 0);
	assert_int_equal(clusters.count, 2); /* 0, 1, 5, 2 and 6, which are five; 4 */
	assert_int_equal(clusters_find(knowledge_new(arena, &error), false, 1, &clusters, arena, &error), 0);
	assert_int_equal(clusters.count, 0);
}

/* A sum of what is known that does not hold is noticed although it lies in no cluster. */
static void sums_of_known_figures_are_checked(void **state)
{
	(void)state;
	struct knowledge *knowledge = seven_unknown();
	assert_int_equal(knowledge_tighten(knowledge, 10, &error), 0);
	assert_int_equal(knowledge->low[0], 5);
	assert_int_equal(knowledge->high[0], 5);
	assert_int_equal(knowledge->high[1], 6); /* 9 − 2 − 1 */
	add(knowledge, 3, 3, (const int[]){ 3, -1 });
	assert_int_equal(knowledge_tighten(knowledge, 10, &error), 1);
}

/* Two thousand pairs of crossing lines: x + y = 7 and, in every third, x + 2y = 9. */
static void the_same_for_any_threads(void **state)
{
	(void)state;
	for (int threads = 1; threads <= 3; threads++) {
		struct knowledge *knowledge = knowledge_new(arena, &error);
		bool determined[12000] = { false };
		parallel_set_threads(threads);
		for (size_t pair = 0; pair < 6000; pair++) {
			assert_int_equal(knowledge_variable(knowledge, 0, KNOWLEDGE_ENDLESS, &error), 2 * pair);
			assert_int_equal(knowledge_variable(knowledge, 0, KNOWLEDGE_ENDLESS, &error), 2 * pair + 1);
			add(knowledge, 7, 7, (const int[]){ (int)(2 * pair), (int)(2 * pair + 1), -1 });
			if (pair % 3 > 0)
				continue;
			assert_int_equal(knowledge_sum(knowledge, 9, 9, &error), 0);
			assert_int_equal(knowledge_term(knowledge, 2 * pair, 1, &error), 0);
			assert_int_equal(knowledge_term(knowledge, 2 * pair + 1, 2, &error), 0);
		}
		assert_int_equal(knowledge_determined(knowledge, determined, &error), 0);
		for (size_t v = 0; v < 12000; v++)
			assert_int_equal(determined[v], v / 2 % 3 == 0);
		assert_int_equal(knowledge_tighten(knowledge, 1000, &error), 0);
		for (size_t v = 0; v < 12000; v++)
			assert_int_equal(knowledge->high[v], v / 2 % 3 > 0 ? 7 : v % 2 == 0 ? 5 : 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(by_hand, arena_begin, end),
		cmocka_unit_test_setup_teardown(sums_of_known_figures_are_checked, arena_begin, end),
		cmocka_unit_test_setup_teardown(the_same_for_any_threads, arena_begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
