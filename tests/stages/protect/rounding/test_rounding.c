/* Rounding to a base: the published example of the method, the best choice by trying all, given sums, and what printed rows
   determine against rational elimination. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stages/protect/rounding/derivable.h"
#include "stages/protect/rounding/rounding.h"
#include "tests/arena.h"

#define BASE 5

static struct system *counts(const int64_t *count, size_t atoms)
{
	struct system *system = system_new(arena, &error);
	for (size_t a = 0; a < atoms; a++)
		assert_int_equal(system_atom(system, count[a], &error), a);
	return system;
}

/* A printed row over the atoms of a bit set. */
static void print_set(struct system *system, uint32_t set)
{
	assert_int_not_equal(system_row(system, ROW_CELL, 1, &error), SYSTEM_NONE);
	for (size_t a = 0; a < system->atoms; a++)
		if (set >> a & 1U)
			assert_int_equal(system_term(system, a, 1, &error), 0);
}

/* A table of rows × columns, the atoms by rows: its cells, where wanted, and its margins. */
static struct system *two_way(const int64_t *count, size_t rows, size_t columns, bool cells)
{
	struct system *system = counts(count, rows * columns);
	print_set(system, (1U << rows * columns) - 1);
	for (size_t r = 0; r < rows; r++)
		print_set(system, ((1U << columns) - 1) << r * columns);
	for (size_t c = 0; c < columns; c++) {
		uint32_t set = 0;
		for (size_t r = 0; r < rows; r++)
			set |= 1U << (r * columns + c);
		print_set(system, set);
	}
	for (size_t a = 0; cells && a < rows * columns; a++)
		print_set(system, 1U << a);
	assert_int_equal(system_seal(system, &error), 0);
	return system;
}

struct measure {
	int64_t squares, furthest, all;
	size_t rows;
};

static struct measure measure(const struct system *system, const int64_t *value)
{
	struct measure measure = { 0 };
	for (size_t r = 0; r < system->rows; r++) {
		int64_t moved = -system->row[r].value;
		for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
			moved += value[system->term[t].index];
		measure.squares += moved * moved;
		measure.furthest = llabs(moved) > measure.furthest ? llabs(moved) : measure.furthest;
		measure.all += llabs(moved);
		measure.rows++;
	}
	return measure;
}

/* The least squares, and the least largest deviation, of all choices of up and down for the atoms that are rounded. */
static struct measure best_of_all(const struct system *system, const bool *rounded)
{
	size_t free_atom[32], count = 0;
	int64_t *value = arena_take(arena, system->atoms, sizeof *value, &error);
	struct measure best = { .squares = INT64_MAX, .furthest = INT64_MAX };
	memcpy(value, system->atom, system->atoms * sizeof *value);
	for (size_t a = 0; a < system->atoms; a++)
		if ((rounded == NULL || rounded[a]) && system->atom[a] % BASE != 0)
			free_atom[count++] = a;
	for (uint32_t up = 0; up < 1U << count; up++) {
		for (size_t i = 0; i < count; i++)
			value[free_atom[i]] = system->atom[free_atom[i]] / BASE * BASE + ((up >> i & 1U) != 0 ? BASE : 0);
		struct measure one = measure(system, value);
		best.squares = one.squares < best.squares ? one.squares : best.squares;
		best.furthest = one.furthest < best.furthest ? one.furthest : best.furthest;
	}
	return best;
}

/* The example data exPSD of the R package SmallCountRounding (Statistics Norway), rows by columns. Its vignette "Introduction to
   SmallCountRounding" prints for PLSrounding(z, "freq", 5): maxdiff 4, meanAbsDiff 1.3333, rootMeanSquare 1.6833 over 24 cells;
   and for formula = ~rows + cols: maxdiff 2, meanAbsDiff 1, rootMeanSquare 1.2019 over 9. */
static const int64_t example[] = { 6, 0, 1, 3, 4, 1, 2, 3, 1, 2, 0, 1, 1, 0, 2 };

static void is_as_close_as_the_published_example(void **state)
{
	(void)state;
	bool small[15];
	struct system *system = two_way(example, 3, 5, true);
	for (size_t a = 0; a < 15; a++)
		small[a] = example[a] >= 1 && example[a] < BASE;
	struct rounding rounding = { .system = system, .base = BASE, .rounded = small };
	assert_int_equal(rounding_solve(&rounding, &error), 0);
	struct measure found = measure(system, rounding.value);
	assert_int_equal(found.rows, 24);
	assert_true(found.furthest <= 4);
	assert_true((double)found.all / 24 <= 1.3334);
	assert_true(sqrt((double)found.squares / 24) <= 1.6834);
	assert_int_equal(found.squares, best_of_all(system, small).squares);
	assert_int_equal(rounding.value[0], 6);

	system = two_way(example, 3, 5, false);
	/* what the small margins hold: row 3, columns 2 and 4 */
	for (size_t a = 0; a < 15; a++)
		small[a] = small[a] && (a / 5 == 2 || a % 5 == 1 || a % 5 == 3);
	rounding = (struct rounding){ .system = system, .base = BASE, .rounded = small };
	assert_int_equal(rounding_solve(&rounding, &error), 0);
	found = measure(system, rounding.value);
	assert_int_equal(found.rows, 9);
	assert_int_equal(found.squares, best_of_all(system, small).squares);
}

/* Random tables: multiples of the base beside each count, as close as the best of all choices in nine of ten. */
static void is_near_the_best_of_all(void **state)
{
	(void)state;
	unsigned seed = 20180831;
	size_t best = 0, tables = 300;
	int64_t worse = 0;
	for (size_t i = 0; i < tables; i++) {
		int64_t count[12];
		for (size_t a = 0; a < 12; a++) {
			seed = seed * 1103515245U + 12345U;
			count[a] = seed >> 16 & 3 ? (seed >> 18) % 9 : 0;
		}
		struct system *system = two_way(count, 3, 4, i % 2 == 0);
		struct rounding rounding = { .system = system, .base = BASE };
		assert_int_equal(rounding_solve(&rounding, &error), 0);
		for (size_t a = 0; a < 12; a++) {
			assert_int_equal(rounding.value[a] % BASE, 0);
			assert_true(llabs(rounding.value[a] - count[a]) < BASE);
		}
		struct measure found = measure(system, rounding.value), least = best_of_all(system, NULL);
		best += found.squares == least.squares;
		worse = found.furthest - least.furthest > worse ? found.furthest - least.furthest : worse;
		assert_true(found.squares <= least.squares + 2 * BASE * BASE);
	}
	assert_true(best * 10 >= tables * 9);
	assert_true(worse <= 3); /* beyond the largest deviation that the best choice for it has */
}

/* Atoms of one number: monotone, equal ones equal; the best offset of all. */
static void rounds_alike_what_belongs_together(void **state)
{
	(void)state;
	static const int64_t count[] = { 3, 8, 3, 0, 12, 7, 1, 1 };
	static const uint32_t choice[] = { 0, 0, 0, 0, 1, 1, 1, 1 };
	struct system *system = counts(count, 8);
	for (uint32_t k = 0; k < 4; k++)
		print_set(system, 0x11U << k); /* measure k of both */
	assert_int_equal(system_seal(system, &error), 0);
	struct rounding rounding = { .system = system, .base = BASE, .choice = choice, .choices = 2 };
	assert_int_equal(rounding_solve(&rounding, &error), 0);
	assert_int_equal(rounding.value[0], rounding.value[2]);
	assert_int_equal(rounding.value[6], rounding.value[7]);
	assert_int_equal(rounding.value[1], rounding.value[0] + 5);
	assert_int_equal(rounding.value[4], rounding.value[5] + 5);
	assert_int_equal(rounding.value[3], 0);
	int64_t least = INT64_MAX, value[8];
	for (int64_t t = 0; t < 25; t++) {
		for (size_t a = 0; a < 8; a++)
			value[a] = (count[a] + (a < 4 ? t % 5 : t / 5)) / 5 * 5;
		least = measure(system, value).squares < least ? measure(system, value).squares : least;
	}
	assert_int_equal(measure(system, rounding.value).squares, least);
}

/* Given sums are kept, zeros stay, one class alone gets all. */
static void divides_a_given_sum(void **state)
{
	(void)state;
	static const int64_t count[] = { 7, 4, 0, 12, 3, 0, 0, 0, 2, 2, 2, 2 };
	static const uint32_t group[] = { 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 3 };
	static const int64_t sum[] = { 25, 10, 5, 0 };
	struct system *system = two_way(count, 3, 4, true);
	struct rounding rounding = { .system = system, .base = BASE };
	assert_int_equal(rounding_divide(&rounding, group, sum, 4, &error), 0);
	int64_t got[4] = { 0 };
	for (size_t a = 0; a < 12; a++) {
		got[group[a]] += rounding.value[a];
		assert_int_equal(rounding.value[a] % BASE, 0);
		assert_true(rounding.value[a] >= 0 && (count[a] > 0 || rounding.value[a] == 0));
	}
	assert_int_equal(got[0], 25);
	assert_int_equal(got[1], 10);
	assert_int_equal(got[2], 0); /* no count there to give it to */
	assert_int_equal(got[3], 0);
	assert_int_equal(rounding.value[4], 10);
	assert_in_range(rounding.value[3], 10, 15);
}

/* Dense elimination in doubles: small whole matrices, far from any doubt about rank. */
static bool in_span(double (*row)[9], size_t rows, size_t atom)
{
	double target[9] = { 0 };
	target[atom] = 1;
	for (size_t r = 0; r < rows; r++) {
		size_t lead = 0;
		while (lead < 9 && fabs(row[r][lead]) < 1e-9)
			lead++;
		for (size_t a = 0; lead < 9 && a < 9; a++)
			if (a != lead)
				target[a] -= target[lead] / row[r][lead] * row[r][a];
		if (lead < 9)
			target[lead] = 0;
	}
	for (size_t a = 0; a < 9; a++)
		if (fabs(target[a]) > 1e-7)
			return false;
	return true;
}

static void echelon(double (*row)[9], size_t rows)
{
	for (size_t r = 0; r < rows; r++) {
		size_t lead = 0;
		while (lead < 9 && fabs(row[r][lead]) < 1e-9)
			lead++;
		for (size_t o = 0; lead < 9 && o < rows; o++) {
			double factor = o == r ? 0 : row[o][lead] / row[r][lead];
			for (size_t a = 0; a < 9; a++)
				row[o][a] -= factor * row[r][a];
		}
	}
}

static void finds_what_printed_rows_determine(void **state)
{
	(void)state;
	unsigned seed = 7;
	size_t determined = 0;
	for (int i = 0; i < 2000; i++) {
		int64_t count[9];
		double row[12][9] = { { 0 } };
		size_t rows = 2 + (size_t)i % 9;
		bool derivable[9];
		for (size_t a = 0; a < 9; a++)
			count[a] = 1;
		struct system *system = counts(count, 9);
		for (size_t r = 0; r < rows; r++) {
			seed = seed * 1103515245U + 12345U;
			uint32_t set = seed >> 12 & 0x1FF;
			print_set(system, set == 0 ? 1 : set);
			for (size_t a = 0; a < 9; a++)
				row[r][a] = (set == 0 ? 1 : set) >> a & 1U;
		}
		assert_int_equal(system_seal(system, &error), 0);
		assert_int_equal(derivable_find(system, derivable, &error), 0);
		echelon(row, rows);
		for (size_t a = 0; a < 9; a++) {
			assert_int_equal(derivable[a], in_span(row, rows, a));
			determined += derivable[a];
		}
	}
	assert_true(determined > 1000);
}

/* Counts that only grow, rounded anew after each growth with what was printed as the least; and the other way, as the most. No printed cell or margin
   is on the wrong side; where a class lies just above a multiple it goes further than the next one rather than that. */
static void keeps_within_bounds(void **state)
{
	(void)state;
	uint32_t random = 1;
	for (int trial = 0; trial < 60; trial++) {
		int64_t count[9] = { 0 }, least[16] = { 0 }, most[16];
		for (int step = 0; step < 4; step++) {
			for (size_t a = 0; a < 9; a++)
				count[a] += (int64_t)((random = random * 1664525U + 1013904223U) >> 30) + (step == 0);
			struct system *system = two_way(count, 3, 3, true);
			for (size_t r = 0; r < system->rows; r++)
				most[r] = INT64_MAX;
			struct rounding rounding = { .system = system, .base = BASE, .least = least, .most = most };
			assert_int_equal(rounding_solve(&rounding, &error), 0);
			for (size_t r = 0; r < system->rows; r++) {
				int64_t printed = 0;
				for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
					printed += rounding.value[system->term[t].index];
				assert_true(printed >= least[r]);
				least[r] = printed;
			}
		}
		for (size_t r = 0; r < 16; r++) { /* back to nearly nobody: no more than was printed last */
			most[r] = least[r];
			least[r] = 0;
		}
		for (size_t a = 0; a < 9; a++)
			count[a] = count[a] / 2 + 1;
		struct system *system = two_way(count, 3, 3, true);
		struct rounding rounding = { .system = system, .base = BASE, .least = least, .most = most };
		assert_int_equal(rounding_solve(&rounding, &error), 0);
		for (size_t r = 0; r < system->rows; r++) {
			int64_t printed = 0;
			for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
				printed += rounding.value[system->term[t].index];
			assert_true(printed <= most[r]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(is_as_close_as_the_published_example, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(is_near_the_best_of_all, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(rounds_alike_what_belongs_together, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(divides_a_given_sum, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(keeps_within_bounds, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(finds_what_printed_rows_determine, arena_begin, arena_end),
	};
	return cmocka_run_group_tests_name("rounding", tests, NULL, NULL);
}
