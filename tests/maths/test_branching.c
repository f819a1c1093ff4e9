/* Branching on a tableau: with nodes enough it finds what GLPK proves to be the least cost in whole numbers, and leaves bounds as they were. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/maths/branching.h"
#include "pipeline/maths/linear.h"

#define VARIABLES 8
#define SUMS 5

/* A program of which every sum holds some variables two or three times: few solutions are whole. */
struct made {
	uint64_t state;
	double low[SUMS], cost[VARIABLES], coefficient[SUMS][VARIABLES];
	int high[VARIABLES];
};

static int64_t draw(struct made *made, int64_t least, int64_t most)
{
	made->state = made->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return least + (int64_t)((made->state >> 33) % (uint64_t)(most - least + 1));
}

static struct made make(uint64_t seed)
{
	struct made made = { .state = seed };
	for (size_t v = 0; v < VARIABLES; v++) {
		made.cost[v] = (double)draw(&made, 1, 9);
		made.high[v] = (int)draw(&made, 1, 6);
	}
	for (size_t s = 0; s < SUMS; s++) {
		made.low[s] = (double)draw(&made, 1, 11);
		for (size_t v = 0; v < VARIABLES; v++)
			made.coefficient[s][v] = draw(&made, 0, 1) == 0 ? 0 : (double)draw(&made, 1, 3);
	}
	return made;
}

static struct linear *state(const struct made *made)
{
	struct linear *program = linear_new();
	for (size_t v = 0; v < VARIABLES; v++)
		assert_int_equal(linear_variable(program, 0, made->high[v], made->cost[v], true), v);
	for (size_t s = 0; s < SUMS; s++) {
		assert_int_equal(linear_sum(program, made->low[s], (double)INFINITY), s);
		for (size_t v = 0; v < VARIABLES; v++)
			if (made->coefficient[s][v] > 0)
				assert_int_equal(linear_term(program, s, v, made->coefficient[s][v]), 0);
	}
	return program;
}

static double cost_of(const struct made *made, const struct linear *program)
{
	double cost = 0;
	for (size_t v = 0; v < VARIABLES; v++)
		cost += made->cost[v] * linear_value(program, v);
	return cost;
}

/* The values are whole, within bounds and sums; so it is no other program that was solved. */
static void is_possible(const struct made *made, const struct linear *program)
{
	for (size_t v = 0; v < VARIABLES; v++) {
		double value = linear_value(program, v);
		assert_true(fabs(value - round(value)) < 1e-6 && value > -1e-6 && value < made->high[v] + 1e-6);
	}
	for (size_t s = 0; s < SUMS; s++) {
		double sum = 0;
		for (size_t v = 0; v < VARIABLES; v++)
			sum += made->coefficient[s][v] * linear_value(program, v);
		assert_true(sum > made->low[s] - 1e-6);
	}
}

static void least_whole_costs(void **unused)
{
	(void)unused;
	size_t branched = 0, none = 0, dearer = 0;
	for (uint64_t seed = 1; seed <= 400; seed++) {
		struct made made = make(seed);
		struct linear *tabled = state(&made), *slow = state(&made);
		linear_hurry(tabled, true);
		int first = linear_solve(tabled, 1000, 0);
		double reals = first == 1 ? 0 : cost_of(&made, tabled);
		int whole = linear_solve(tabled, 1000, 5000), few = 1;
		assert_int_equal(linear_solve(slow, 1000, 0) == 1, first == 1);
		if (first == 1 || linear_whole(slow, 100000) == 1) {
			assert_int_equal(whole, 1);
			none++;
		} else {
			assert_int_equal(whole, 0);
			is_possible(&made, tabled);
			assert_true(fabs(cost_of(&made, tabled) - cost_of(&made, slow)) < 1e-6);
			branched += first == 2;
			few = linear_solve(tabled, 1000, 1);
			if (few == 0)
				is_possible(&made, tabled);
			dearer += few == 0 && cost_of(&made, tabled) > cost_of(&made, slow) + 1e-6;
		}
		if (first != 1) { /* bounds are as before; of solutions that cost the same another may be found */
			assert_int_not_equal(linear_solve(tabled, 1000, 0), 1);
			assert_true(fabs(cost_of(&made, tabled) - reals) < 1e-6);
		}
		linear_free(tabled);
		linear_free(slow);
	}
	assert_true(branched > 200 && none > 10 && dearer > 20);
}

/* 2x + 2y = 3 has no solution in whole numbers: all nodes that there are say so, and so does one. */
static void no_whole_solution(void **unused)
{
	(void)unused;
	const int sum[] = { 0, 1, 1 }, variable[] = { 0, 1, 2 };
	const double coefficient[] = { 0, 2, 2 };
	struct tableau_terms terms = { 2, sum, variable, coefficient };
	for (int nodes = 1; nodes <= 100; nodes *= 100) {
		struct linear_items sums = { 0 }, variables = { 0 };
		struct tableau *tableau = tableau_new();
		double value[2];
		uint64_t touched;
		assert_int_equal(linear_items_add(&sums, (struct tableau_bounds){ 3, 3, 0 }, false), 0);
		for (size_t v = 0; v < 2; v++)
			assert_int_equal(linear_items_add(&variables, (struct tableau_bounds){ 0, 5, 1 }, true), 0);
		assert_int_equal(tableau_load(tableau, 1, 2, &terms), 0);
		assert_int_equal(tableau_solve(tableau, &terms, sums.bounds, variables.bounds, 100, value, &touched), 0);
		struct branching branching = { tableau, &terms, &sums, &variables, 100, nodes, value, 0 };
		assert_int_equal(branching_find(&branching), 1);
		assert_true(branching.touched > 0);
		for (size_t v = 0; v < 2; v++)
			assert_true(fabs(variables.bounds[v].low) < 1e-9 && fabs(variables.bounds[v].high - 5) < 1e-9);
		tableau_free(tableau);
		linear_items_free(&sums);
		linear_items_free(&variables);
	}
}

/* What has changed is listed once, until it is told; a bound below the other is that one. */
static void items_that_change(void **unused)
{
	(void)unused;
	struct linear_items items = { 0 };
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(linear_items_add(&items, (struct tableau_bounds){ 0, (double)i, 1 }, i % 2 == 0), 0);
	assert_int_equal(items.changes, 100);
	linear_items_told(&items);
	assert_int_equal(items.changes, 0);
	linear_items_change(&items, 7, (struct tableau_bounds){ 3, 2, 1 });
	linear_items_change(&items, 7, (struct tableau_bounds){ 4, 2, 1 });
	assert_int_equal(items.changes, 1);
	assert_int_equal(items.change[0], 7);
	assert_true(fabs(items.bounds[7].high - 4) < 1e-9 && items.whole[6] && !items.whole[7]);
	linear_items_empty(&items);
	assert_int_equal(items.count + items.changes, 0);
	linear_items_free(&items);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(least_whole_costs), cmocka_unit_test(no_whole_solution), cmocka_unit_test(items_that_change) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
