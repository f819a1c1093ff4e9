/* Linear programs with answers found by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glpk.h>

#include "pipeline/maths/linear.h"
#include "pipeline/maths/parallel.h"

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

/* One at least of each two of three: a half of each in the reals, two in whole numbers. Of what is 0 or 1 GLPK says that it is of a kind of its own. */
static void whole_numbers_that_are_0_or_1(void **unused)
{
	(void)unused;
	for (int hurried = 0; hurried < 2; hurried++) {
		struct linear *program = linear_new();
		size_t variable[3];
		for (size_t i = 0; i < 3; i++)
			variable[i] = linear_variable(program, 0, 1, 1, true);
		for (size_t i = 0; i < 3; i++) {
			size_t sum = linear_sum(program, 1, (double)INFINITY);
			assert_int_equal(linear_term(program, sum, variable[i], 1) | linear_term(program, sum, variable[(i + 1) % 3], 1), 0);
		}
		if (hurried)
			linear_hurry(program, true);
		assert_int_equal(linear_solve(program, 1000, 0), 2);
		assert_int_equal(linear_solve(program, 1000, 100), 0);
		double all = 0;
		for (size_t i = 0; i < 3; i++)
			all += linear_value(program, variable[i]);
		assert_true(fabs(all - 2) < 1e-9);
		assert_int_equal(linear_again(program, 1000), 0);
		assert_int_equal(linear_whole(program, 100), 0);
		all = 0;
		for (size_t i = 0; i < 3; i++)
			all += linear_value(program, variable[i]);
		assert_true(fabs(all - 2) < 1e-9);
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

/* One assignment of eight tasks to eight persons, in whole numbers, for each of many threads' programs: the sum of its costs. */
static int assign(size_t block, size_t from, size_t to, void *context)
{
	double *sum = context;
	(void)block;
	for (size_t i = from; i < to; i++) {
		struct linear *program = linear_new();
		size_t choice[8][8], row[8], column[8];
		for (size_t a = 0; a < 8; a++) {
			row[a] = linear_sum(program, 1, 1);
			column[a] = linear_sum(program, 1, 1);
		}
		for (size_t a = 0; a < 8; a++)
			for (size_t b = 0; b < 8; b++) {
				double cost = (double)((a * 37 + b * 53 + a * b * i) % 17);
				choice[a][b] = linear_variable(program, 0, 1, cost, true);
				if ((linear_term(program, row[a], choice[a][b], 1) | linear_term(program, column[b], choice[a][b], 1)) != 0)
					return -1;
			}
		if (linear_solve(program, 1000, 1000) != 0)
			return -1;
		for (size_t a = 0; a < 8; a++)
			for (size_t b = 0; b < 8; b++)
				sum[i] += linear_value(program, choice[a][b]) * (double)((a + 1) * (b + 3));
		linear_free(program);
	}
	return 0;
}

/* The library keeps what it needs for each thread apart. */
static void programs_on_several_threads(void **unused)
{
	(void)unused;
	double alone[64] = { 0 }, beside[64] = { 0 };
	struct parallel_job job = { .count = 64, .block = 1, .work = assign, .context = alone };
	parallel_set_threads(1);
	assert_int_equal(parallel_run(&job, NULL), 0);
	parallel_set_threads(4);
	job.context = beside;
	assert_int_equal(parallel_run(&job, NULL), 0);
	assert_memory_equal(alone, beside, sizeof alone);
}

/* min x + y, x + 2y ≥ 4: y = 2. Then x ≥ y joins, by either method: x = y = 4/3. Then y ≥ 2: x = y = 2. */
static void sums_that_join(void **unused)
{
	(void)unused;
	for (int dual = 0; dual < 2; dual++) {
		struct linear *program = linear_new();
		linear_hurry(program, dual != 0);
		size_t x = linear_variable(program, 0, (double)INFINITY, 1, false), y = linear_variable(program, 0, 10, 1, false);
		size_t first = linear_sum(program, 4, (double)INFINITY);
		assert_int_equal(linear_term(program, first, x, 1) | linear_term(program, first, y, 2), 0);
		assert_int_equal(linear_solve(program, 100, 0), 0);
		assert_true(fabs(linear_value(program, x)) < 1e-9 && fabs(linear_value(program, y) - 2) < 1e-9);
		size_t second = linear_sum(program, 0, (double)INFINITY);
		assert_int_equal(linear_term(program, second, x, 1) | linear_term(program, second, y, -1), 0);
		assert_int_equal(linear_solve(program, 100, 0), 0);
		assert_true(fabs(linear_value(program, x) - 4.0 / 3) < 1e-9 && fabs(linear_value(program, y) - 4.0 / 3) < 1e-9);
		linear_change_variable(program, y, 2, 10, 1);
		assert_int_equal(linear_solve(program, 100, 0), 0);
		assert_true(fabs(linear_value(program, x) - 2) < 1e-9 && fabs(linear_value(program, y) - 2) < 1e-9);
		linear_free(program);
	}
}

/* min x + 2y: x + y ≥ 1 gives (1, 0). Two sums join, x − y ≤ 0 and x + y ≥ 3, their terms in turns: (1.5, 1.5). Then an old sum gets a
   term: 1 ≤ x + y + z with z ≤ 0 changes nothing; then x ≤ 1 joins: (1, 2). */
static void sums_that_join_in_turns(void **unused)
{
	(void)unused;
	struct linear *program = linear_new();
	double infinity = (double)INFINITY;
	size_t x = linear_variable(program, 0, infinity, 1, false), y = linear_variable(program, 0, infinity, 2, false);
	size_t z = linear_variable(program, -1, 0, 0, false), one = linear_sum(program, 1, infinity);
	assert_int_equal(linear_term(program, one, x, 1) | linear_term(program, one, y, 1) | linear_solve(program, 100, 0), 0);
	assert_true(fabs(linear_value(program, x) - 1) < 1e-9 && fabs(linear_value(program, y)) < 1e-9);
	size_t two = linear_sum(program, -infinity, 0), three = linear_sum(program, 3, infinity);
	assert_int_equal(linear_term(program, two, x, 1) | linear_term(program, three, x, 1), 0);
	assert_int_equal(linear_term(program, two, y, -1) | linear_term(program, three, y, 1) | linear_solve(program, 100, 0), 0);
	assert_true(fabs(linear_value(program, x) - 1.5) < 1e-9 && fabs(linear_value(program, y) - 1.5) < 1e-9);
	assert_int_equal(linear_term(program, one, z, 1), 0);
	size_t four = linear_sum(program, 0, 1);
	assert_int_equal(linear_term(program, four, x, 1) | linear_solve(program, 100, 0), 0);
	assert_true(fabs(linear_value(program, x) - 1) < 1e-9 && fabs(linear_value(program, y) - 2) < 1e-9);
	linear_free(program);
}

/* Without sums each variable goes where it costs least within its bounds, and bounds that nothing lies between give no solution. */
static void variables_without_sums(void **unused)
{
	(void)unused;
	struct linear *program = linear_new();
	size_t x = linear_variable(program, 3, 7, 1, true), y = linear_variable(program, -2, 5, -1, true);
	assert_int_equal(linear_solve(program, 10, 10), 0);
	assert_true(fabs(linear_value(program, x) - 3) < 1e-9 && fabs(linear_value(program, y) - 5) < 1e-9);
	linear_change_variable(program, x, 4, (double)INFINITY, 1);
	assert_int_equal(linear_solve(program, 10, 0), 0);
	assert_true(fabs(linear_value(program, x) - 4) < 1e-9);
	linear_change_variable(program, x, 4, (double)INFINITY, -1);
	assert_int_equal(linear_solve(program, 10, 0), 1);
	linear_free(program);
}

/* Within 1 MB the solver cannot take one of two programs: both are lost, at each call; the next one begins anew. */
static void memory_that_is_out(void **unused)
{
	the_cheapest_corner(unused);
	struct linear *other = linear_new(), *program = linear_new();
	assert_int_equal(linear_term(other, linear_sum(other, 1, 2), linear_variable(other, 0, 3, 1, false), 1), 0);
	assert_int_equal(linear_solve(other, 10, 10), 0);
	glp_mem_limit(1);
	for (size_t added = 0; added < 100000; added++)
		assert_int_equal(linear_variable(program, 0, 1, 1, false), added);
	assert_int_equal(linear_solve(program, 10, 10), -1);
	assert_int_equal(linear_sum(program, 0, 1), LINEAR_NONE);
	assert_int_equal(linear_variable(program, 0, 1, 1, false), LINEAR_NONE);
	assert_int_equal(linear_solve(other, 10, 10), -1);
	assert_int_equal(linear_again(other, 10), -1);
	assert_int_equal(linear_whole(other, 10), -1);
	linear_change_variable(other, 0, 0, 1, 1);
	linear_change_sum(other, 0, 0, 1);
	linear_cost(other, 0, 2);
	assert_true(isnan(linear_value(other, 0)));
	linear_free(program);
	linear_free(other);
	the_cheapest_corner(unused);
}

/* Amounts of some tens of thousands of millions, known within a half, and asked for under other costs in turn: counted on from the second
   solution, the third's arithmetic says that there is none, though the amounts themselves are one. Its least cost is that of a program that has not
   been asked before. */
static struct linear *large_amounts(size_t variable[5])
{
	static const double amount[] = { 40, 5223, 774461, 116, 26668586645 };
	static const int part[4][5] = { { -1, -1, 1, 1, -1 }, { 1, 1, -1, -1, 1 }, { 0, 0, 0, 1, 1 }, { 1, 1, 1, 1, 1 } };
	struct linear *program = linear_new();
	linear_recost(program, true);
	for (size_t v = 0; v < 5; v++)
		variable[v] = linear_variable(program, 0, (double)INFINITY, 1, false);
	for (size_t s = 0; s < 4; s++) {
		double value = 0;
		for (size_t v = 0; v < 5; v++)
			value += part[s][v] * amount[v];
		size_t sum = s < 3 ? linear_sum(program, value - 0.5, value + 0.5) : linear_sum(program, -(double)INFINITY, 5e16);
		for (size_t v = 0; v < 5; v++)
			if (part[s][v] != 0)
				assert_int_equal(linear_term(program, sum, variable[v], part[s][v]), 0);
	}
	return program;
}

static void a_way_that_is_lost_begins_anew(void **unused)
{
	(void)unused;
	static const double cost[3][5] = { { 0, -1, 0, 0, -1 }, { 1, -1, 1, 0, 0 }, { 0, 1, -1, 1, 0 } };
	size_t variable[5];
	struct linear *again = large_amounts(variable), *fresh = large_amounts(variable);
	for (size_t round = 0; round < 3; round++) {
		for (size_t v = 0; v < 5; v++)
			linear_cost(again, variable[v], cost[round][v]);
		assert_int_equal(linear_again(again, 1000), 0);
	}
	double least[2] = { 0, 0 };
	for (size_t v = 0; v < 5; v++)
		linear_cost(fresh, variable[v], cost[2][v]);
	assert_int_equal(linear_again(fresh, 1000), 0);
	for (size_t v = 0; v < 5; v++) {
		least[0] += cost[2][v] * linear_value(again, variable[v]);
		least[1] += cost[2][v] * linear_value(fresh, variable[v]);
	}
	assert_true(fabs(least[0] - least[1]) <= 1e-6 * fabs(least[1]));
	linear_free(again);
	linear_free(fresh);
}

/* A hurried program whose least cost is none: the tableau does not find out, and GLPK says so; with a bound the tableau solves it, in halves; branching makes them
   whole, and after that the tableau goes on. */
static void hurried_programs(void **unused)
{
	(void)unused;
	struct linear *program = linear_new();
	size_t x = linear_variable(program, 0, (double)INFINITY, -1, true), y = linear_variable(program, 0, (double)INFINITY, 0, true);
	size_t sum = linear_sum(program, 0, 0);
	linear_hurry(program, true);
	assert_int_equal(linear_term(program, sum, x, 1) | linear_term(program, sum, y, -2), 0);
	assert_int_equal(linear_solve(program, 100, 0), 1);
	linear_change_variable(program, x, 0, 3, -1);
	for (int turn = 0; turn < 2; turn++) {
		assert_int_equal(linear_solve(program, 100, 0), 2);
		assert_true(fabs(linear_value(program, x) - 3) < 1e-9 && fabs(linear_value(program, y) - 1.5) < 1e-9);
		assert_int_equal(linear_solve(program, 100, 10), 0);
		assert_true(fabs(linear_value(program, x) - 2) < 1e-9 && fabs(linear_value(program, y) - 1) < 1e-9);
	}
	linear_change_variable(program, x, 4, 4, -1);
	assert_int_equal(linear_solve(program, 100, 0), 0);
	assert_true(fabs(linear_value(program, y) - 2) < 1e-9);
	linear_change_variable(program, y, 0, 1, 0);
	assert_int_equal(linear_solve(program, 100, 0), 1);
	linear_free(program);
}

/* Least x + y + z with x + y ≥ 3, y + z ≥ 4, y ≤ 2: by sums or by variables. */
static void state_two_sums(struct linear *program, bool by_variable)
{
	static const int term[2][4][2] = { { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 1, 2 } }, { { 0, 0 }, { 1, 1 }, { 0, 1 }, { 1, 2 } } };
	linear_hurry(program, true);
	for (int v = 0; v < 3; v++)
		(void)linear_variable(program, 0, v == 1 ? 2 : (double)INFINITY, 1, true);
	(void)linear_sum(program, 3, (double)INFINITY);
	(void)linear_sum(program, 4, (double)INFINITY);
	for (int t = 0; t < 4; t++)
		assert_int_equal(linear_term(program, (size_t)term[by_variable][t][0], (size_t)term[by_variable][t][1], 1), 0);
}

/* The order of terms is nothing to the tableau, nor what a program was before it was begun anew; a sum that joins when GLPK has had the program likewise. */
static void orders_of_terms(void **unused)
{
	(void)unused;
	struct linear *program = linear_new();
	uint64_t effort[3];
	for (int turn = 0; turn < 3; turn++) {
		if (turn > 0)
			program = linear_renew(program);
		assert_non_null(program);
		state_two_sums(program, turn > 0);
		assert_int_equal(linear_solve(program, 100, 0), 0);
		effort[turn] = linear_effort(program);
		assert_true(fabs(linear_value(program, 0) - 1) < 1e-9 && fabs(linear_value(program, 1) - 2) < 1e-9 && fabs(linear_value(program, 2) - 2) < 1e-9);
	}
	assert_true(effort[0] > 0 && effort[1] == effort[0] && effort[2] == effort[0]);
	linear_change_variable(program, 1, 0, 1, 1);
	assert_int_equal(linear_solve(program, 100, 10), 0);
	assert_true(fabs(linear_value(program, 0) - 2) < 1e-9 && fabs(linear_value(program, 1) - 1) < 1e-9 && fabs(linear_value(program, 2) - 3) < 1e-9);
	size_t sum = linear_sum(program, 7, (double)INFINITY);
	assert_int_equal(linear_term(program, sum, 2, 1) | linear_term(program, 0, 2, 1), 0);
	linear_change_variable(program, 1, 0, 2, 1);
	assert_int_equal(linear_solve(program, 100, 0), 0);
	assert_true(fabs(linear_value(program, 0)) < 1e-9 && fabs(linear_value(program, 1)) < 1e-9 && fabs(linear_value(program, 2) - 7) < 1e-9);
	linear_free(program);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cheapest_corner),
		cmocka_unit_test(whole_numbers),
		cmocka_unit_test(whole_numbers_that_are_0_or_1),
		cmocka_unit_test(no_solution),
		cmocka_unit_test(nothing_to_solve),
		cmocka_unit_test(programs_on_several_threads),
		cmocka_unit_test(sums_that_join),
		cmocka_unit_test(sums_that_join_in_turns),
		cmocka_unit_test(variables_without_sums),
		cmocka_unit_test(a_way_that_is_lost_begins_anew),
		cmocka_unit_test(hurried_programs),
		cmocka_unit_test(orders_of_terms),
		cmocka_unit_test(memory_that_is_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
