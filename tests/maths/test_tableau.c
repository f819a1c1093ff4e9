/* The dual simplex method on a tableau: its least costs are those that GLPK finds, however a program has changed since it was solved. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/processor.h"
#include "pipeline/maths/linear.h"
#include "pipeline/maths/tableau_inside.h"

#define VARIABLES 24
#define SUMS 16
#define TERMS (VARIABLES * SUMS)

/* A program, of whose sums the first `sums` are there. */
struct made {
	size_t sums, terms;
	int sum[TERMS + 1], variable[TERMS + 1];
	double coefficient[TERMS + 1];
	struct tableau_bounds sum_bounds[SUMS], bounds[VARIABLES];
	uint64_t state;
};

static int64_t draw(struct made *made, int64_t least, int64_t most)
{
	made->state = made->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return least + (int64_t)((made->state >> 33) % (uint64_t)(most - least + 1));
}

/* Rises and falls at costs, free moves, and what is wanted; low ≤ 0 ≤ high, but for sums now and then. */
static void draw_bounds(struct made *made)
{
	for (size_t v = 0; v < VARIABLES; v++) {
		double high = draw(made, 0, 4) == 0 ? (double)INFINITY : (double)draw(made, 0, 6);
		made->bounds[v] = (struct tableau_bounds){ v % 2 == 0 && draw(made, 0, 2) == 0 ? -(double)draw(made, 0, 5) : 0, high, (double)draw(made, 0, 3) };
		if (isfinite(high) && draw(made, 0, 4) == 0)
			made->bounds[v].cost = -(double)draw(made, 1, 3);
	}
	for (size_t s = 0; s < SUMS; s++) {
		double low = (double)draw(made, -3, 1), high = low + (double)draw(made, 0, 3);
		made->sum_bounds[s] = (struct tableau_bounds){ low, draw(made, 0, 2) == 0 ? (double)INFINITY : high, 0 };
		if (draw(made, 0, 1) == 0)
			made->sum_bounds[s].low = made->sum_bounds[s].high = 0;
	}
}

/* A sum more, in which a rise and its fall have opposite signs; `odd`: not all of them. */
static void draw_sum(struct made *made, bool odd)
{
	made->sums++;
	for (int v = 1; v <= VARIABLES; v += 2) {
		double sign = (double)draw(made, -1, 1);
		if (fabs(sign) < 1)
			continue;
		for (int other = 0; other < (odd && draw(made, 0, 3) == 0 ? 1 : 2); other++) {
			made->terms++;
			made->sum[made->terms] = (int)made->sums;
			made->variable[made->terms] = v + other;
			made->coefficient[made->terms] = other == 0 ? sign : -sign;
		}
	}
}

/* The least cost by GLPK; NAN: there is no solution. */
static double by_glpk(const struct made *made)
{
	struct linear *program = linear_new();
	double cost = 0;
	for (size_t v = 0; v < VARIABLES; v++)
		assert_int_equal(linear_variable(program, made->bounds[v].low, made->bounds[v].high, made->bounds[v].cost, false), v);
	for (size_t s = 0; s < made->sums; s++)
		assert_int_equal(linear_sum(program, made->sum_bounds[s].low, made->sum_bounds[s].high), s);
	for (size_t t = 1; t <= made->terms; t++)
		assert_int_equal(linear_term(program, (size_t)made->sum[t] - 1, (size_t)made->variable[t] - 1, made->coefficient[t]), 0);
	int result = linear_solve(program, 10000, 0);
	for (size_t v = 0; v < VARIABLES; v++)
		cost += made->bounds[v].cost * linear_value(program, v);
	linear_free(program);
	return result == 0 ? cost : (double)NAN;
}

/* Solves it; counts[0]: solved, [1]: without solution, [2]: not found out. */
static void solve(struct tableau *tableau, const struct made *made, size_t *counts)
{
	struct tableau_terms terms = { made->terms, made->sum, made->variable, made->coefficient };
	double value[VARIABLES], cost = 0, least = by_glpk(made);
	uint64_t touched;
	assert_int_equal(tableau_load(tableau, made->sums, VARIABLES, &terms), 0);
	int result = tableau_solve(tableau, &terms, made->sum_bounds, made->bounds, 1000, value, &touched);
	counts[result]++;
	if (result != 0) {
		assert_true(result == 2 || isnan(least));
		return;
	}
	double total[SUMS] = { 0 };
	for (size_t t = 1; t <= made->terms; t++)
		total[made->sum[t] - 1] += made->coefficient[t] * value[made->variable[t] - 1];
	for (size_t v = 0; v < VARIABLES; v++) {
		assert_true(value[v] >= made->bounds[v].low - 1e-6 && value[v] <= made->bounds[v].high + 1e-6);
		cost += made->bounds[v].cost * value[v];
	}
	for (size_t s = 0; s < made->sums; s++)
		assert_true(total[s] >= made->sum_bounds[s].low - 1e-6 && total[s] <= made->sum_bounds[s].high + 1e-6);
	assert_true(fabs(cost - least) < 1e-6);
}

/* Each of many programs is solved under other bounds and costs, and as sums join; in every third a fall does not go with its rise everywhere. */
static void least_costs(void **unused)
{
	(void)unused;
	size_t counts[3] = { 0 };
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct made made = { .state = seed };
		struct tableau *tableau = tableau_new();
		assert_non_null(tableau);
		while (made.sums < 6)
			draw_sum(&made, false);
		for (int turn = 0; turn < 20; turn++) {
			if (turn % 3 == 2 && made.sums < SUMS)
				draw_sum(&made, seed % 3 == 0);
			if (turn % 2 == 0)
				draw_bounds(&made);
			solve(tableau, &made, counts);
		}
		tableau_free(tableau);
	}
	assert_true(counts[0] > 2500 && counts[1] > 200 && counts[2] < 100);
}

/* What is less than nothing costs without end: not found out. So is what takes more steps than it may. */
static void not_found_out(void **unused)
{
	(void)unused;
	const int sum[] = { 0, 1, 1 }, variable[] = { 0, 1, 2 };
	const double coefficient[] = { 0, 1, -1 };
	struct tableau_terms terms = { 2, sum, variable, coefficient };
	struct tableau_bounds free_of[] = { { 0, (double)INFINITY, -1 }, { 0, (double)INFINITY, 0 } }, zero = { 0, 0, 0 }, two = { 2, 2, 0 }, bounded[] = { { 0, 3, 1 }, { 0, 3, 1 } };
	struct tableau *tableau = tableau_new();
	double value[2];
	uint64_t touched;
	assert_int_equal(tableau_load(tableau, 1, 2, &terms), 0);
	assert_int_equal(tableau_solve(tableau, &terms, &zero, free_of, 100, value, &touched), 2);
	assert_int_equal(tableau_load(tableau, 1, 2, &terms), 0);
	assert_int_equal(tableau_solve(tableau, &terms, &two, bounded, 0, value, &touched), 2);
	assert_int_equal(tableau_load(tableau, 1, 2, &terms), 0);
	assert_int_equal(tableau_solve(tableau, &terms, &two, bounded, 1, value, &touched), 0);
	assert_true(touched > 0 && fabs(value[0] - 2) < 1e-9 && fabs(value[1]) < 1e-9);
	assert_int_equal(tableau_load(tableau, 5000, 2000, &(struct tableau_terms){ 0, NULL, NULL, NULL }), 1);
	tableau_free(tableau);
	tableau_free(NULL);
}

/* A rise, more of it and a fall are one line: the cheapest part of it is used first. */
static void one_line(void **unused)
{
	(void)unused;
	const int sum[] = { 0, 1, 1, 1 }, variable[] = { 0, 1, 2, 3 };
	const double coefficient[] = { 0, 1, 1, -1 };
	struct tableau_terms terms = { 3, sum, variable, coefficient };
	const struct tableau_bounds bounds[] = { { 0, 2, -1 }, { 0, 5, 0.5 }, { 0, 3, 0.25 } };
	const struct {
		double wanted, value[3];
	} turns[] = { { 3, { 2, 1, 0 } }, { 7, { 2, 5, 0 } }, { -1, { 2, 0, 3 } }, { -3, { 0, 0, 3 } }, { 1, { 2, 0, 1 } } };
	struct tableau *tableau = tableau_new();
	for (size_t t = 0; t < sizeof turns / sizeof *turns; t++) {
		struct tableau_bounds at = { turns[t].wanted, turns[t].wanted, 0 };
		double value[3];
		uint64_t touched;
		assert_int_equal(tableau_load(tableau, 1, 3, &terms), 0);
		assert_int_equal(tableau_solve(tableau, &terms, &at, bounds, 100, value, &touched), 0);
		for (size_t v = 0; v < 3; v++)
			assert_true(fabs(value[v] - turns[t].value[v]) < 1e-9);
	}
	struct tableau_bounds beyond = { 8, 8, 0 };
	double value[3];
	uint64_t touched;
	assert_int_equal(tableau_solve(tableau, &terms, &beyond, bounds, 100, value, &touched), 1);
	tableau_free(tableau);
}

/* Sums in which nearly all variables stand: what fills the tableau at every step is given up, and GLPK finds what the hurried program costs at least. */
static void too_much_work(void **unused)
{
	(void)unused;
	enum { ROWS = 200, COLUMNS = 300, FULL = ROWS * COLUMNS };
	static int sum[FULL + 1], variable[FULL + 1];
	static double coefficient[FULL + 1], value[COLUMNS];
	static struct tableau_bounds sums[ROWS], bounds[COLUMNS];
	struct made made = { .state = 1 };
	struct linear *hurried = linear_new(), *slow = linear_new();
	struct tableau *tableau = tableau_new();
	double cost[2] = { 0 };
	size_t terms = 0;
	for (size_t v = 0; v < COLUMNS; v++) {
		bounds[v] = (struct tableau_bounds){ 0, (double)draw(&made, 1, 9), (double)draw(&made, 1, 50) };
		(void)linear_variable(hurried, 0, bounds[v].high, bounds[v].cost, false);
		(void)linear_variable(slow, 0, bounds[v].high, bounds[v].cost, false);
	}
	for (size_t s = 0; s < ROWS; s++) {
		double total = 0;
		(void)linear_sum(hurried, 0, 0);
		(void)linear_sum(slow, 0, 0);
		for (size_t v = 0; v < COLUMNS; v++) {
			double sign = draw(&made, 0, 3) == 0 ? -1 : 1;
			total += sign * floor(bounds[v].high / 2);
			terms++;
			sum[terms] = (int)s + 1;
			variable[terms] = (int)v + 1;
			coefficient[terms] = sign;
			assert_int_equal(linear_term(hurried, s, v, sign) | linear_term(slow, s, v, sign), 0);
		}
		sums[s] = (struct tableau_bounds){ total, total, 0 };
		linear_change_sum(hurried, s, total, total);
		linear_change_sum(slow, s, total, total);
	}
	uint64_t touched;
	assert_int_equal(tableau_load(tableau, ROWS, COLUMNS, &(struct tableau_terms){ terms, sum, variable, coefficient }), 0);
	assert_int_equal(tableau_solve(tableau, &(struct tableau_terms){ terms, sum, variable, coefficient }, sums, bounds, 100000, value, &touched), 3);
	assert_true(touched > (uint64_t)ROWS * COLUMNS);
	linear_hurry(hurried, true);
	for (int turn = 0; turn < 2; turn++) {
		assert_int_equal(linear_solve(hurried, 100000, 0), 0);
		assert_int_equal(linear_solve(slow, 100000, 0), 0);
		cost[0] = cost[1] = 0;
		for (size_t v = 0; v < COLUMNS; v++) {
			cost[0] += bounds[v].cost * linear_value(hurried, v);
			cost[1] += bounds[v].cost * linear_value(slow, v);
		}
		assert_true(fabs(cost[0] - cost[1]) < 1e-6);
		linear_change_sum(hurried, 0, sums[0].low - 5, sums[0].high + 5);
		linear_change_sum(slow, 0, sums[0].low - 5, sums[0].high + 5);
	}
	tableau_free(tableau);
	linear_free(hurried);
	linear_free(slow);
}

/* A row added so many times is the same to the last bit whatever the processor can do. */
static void rows_added(void **unused)
{
	(void)unused;
	enum { MOST = 37 };
	for (size_t columns = 0; columns <= MOST; columns++) {
		double from[MOST + 1], to[MOST + 1], plain[MOST + 1];
		for (size_t j = 0; j <= MOST; j++) {
			from[j] = 1.0 / (double)(3 * j + 1);
			to[j] = plain[j] = (double)j / 7 - 2.0 / 3;
		}
		for (size_t j = 0; j < columns; j++) {
			volatile double product = 0.1 * from[j];
			plain[j] += product;
		}
		for (int processor = PROCESSOR_PLAIN; processor <= PROCESSOR_BEST; processor++) {
			double sum[MOST + 1];
			memcpy(sum, to, sizeof sum);
			processor_at_most = (enum processor)processor;
			tableau_add(sum, from, 0.1, columns);
			assert_memory_equal(sum, plain, sizeof sum);
		}
		processor_at_most = PROCESSOR_BEST;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(least_costs), cmocka_unit_test(not_found_out), cmocka_unit_test(one_line), cmocka_unit_test(too_much_work),
		cmocka_unit_test(rows_added),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
