/* Tests of the largest contributions to the amounts of m01: against a sorted list, counted by one or three threads. */
#include "stages/malgrupp/dominans.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "pipeline/table/cube/cube_index.h"
#include "stages/malgrupp/counters.h"
#include "tests/stages/malgrupp/world.h"

#define PERSONS 60
#define THREADS 3
#define CODES 4 /* förmåner that the test uses: SP, RP, OHALSA, TOT */
#define VALUES 3

static const size_t forman_at[CODES] = { FORMAN_SP, FORMAN_RP, FORMAN_OHALSA, FORMAN_TOT };

struct person_amounts {
	size_t kommun, kon;
	int64_t ore[CODES], parts[CODES];
};

static void draw_persons(struct person_amounts *person)
{
	uint32_t seed = 12345;
	for (size_t i = 0; i < PERSONS; i++) {
		for (size_t f = 0; f < 2; f++) {
			seed = seed * 1664525 + 1013904223;
			person[i].ore[f] = (seed >> 20) % 7 == 0 ? 0 : (int64_t)(seed >> 8) * ((seed >> 10) % 16 == 0 ? 1000 : 1);
			person[i].parts[f] = (int64_t)(seed >> 12) + 1;
		}
		for (size_t f = 2; f < CODES; f++) {
			person[i].ore[f] = person[i].ore[0] + person[i].ore[1];
			person[i].parts[f] = person[i].parts[0] + person[i].parts[1];
		}
		person[i].kommun = (seed >> 16) % 5 == 0 ? ALE : KUNGALV;
		person[i].kon = (seed >> 18) % 9 == 0 ? UNKNOWN : (seed >> 19) % 2;
	}
}

static void count(struct tally *tally, struct dominans *dominans, const struct person_amounts *person, size_t first, size_t step)
{
	for (size_t i = first; i < PERSONS; i += step)
		for (size_t f = 0; f < CODES; f++) {
			int64_t *number = tally_cell(tally, (size_t[]){ Y2020, person[i].kommun, person[i].kon, forman_at[f] });
			number[0]++;
			number[1] += person[i].ore[f];
			number[2] += person[i].parts[f];
			dominans_add(dominans, number, person[i].ore[f], person[i].parts[f]);
		}
}

static int descending(const void *a, const void *b)
{
	const int64_t *one = a, *other = b;
	return *one < *other ? 1 : *one > *other ? -1 : 0;
}

/* The cell's amounts sorted, and the measures of the cube against them: nothing where all but the two largest have as much as the
   largest or more, of both amounts. */
static void check_cell(const struct cube *cube, const struct person_amounts *person, size_t kommun, size_t kon, size_t f,
	const char *const *codes)
{
	static const double unit[] = { 100, 1200.0 * 366 };
	int64_t amount[2][PERSONS] = { { 0 } }, sum[2] = { 0 };
	bool may = false;
	for (size_t a = 0; a < 2; a++) {
		size_t known = 0;
		for (size_t i = 0; i < PERSONS; i++)
			if ((kommun == 3 || person[i].kommun == kommun) && (kon == 3 || person[i].kon == kon)) {
				amount[a][known] = a == 0 ? person[i].ore[f] : person[i].parts[f];
				sum[a] += amount[a][known++];
			}
		qsort(amount[a], PERSONS, sizeof **amount, descending);
		may = may || (amount[a][0] > 0 && sum[a] - amount[a][0] - amount[a][1] < amount[a][0]);
	}
	size_t row = cube_find_named(cube, codes);
	for (size_t a = 0; a < 2; a++) {
		const int64_t expected[] = { sum[a], amount[a][0], amount[a][1] };
		for (size_t m = 0; m < 3; m++) {
			double value = row == CUBE_NO_ROW ? 0 : cube_cell(cube, row, 3 * a + m)->number;
			double wanted = may ? (double)expected[m] / unit[a] : 0;
			assert_true(value >= wanted && value <= wanted);
		}
	}
}

static void check(const struct cube *cube, const struct person_amounts *person)
{
	static const char *const kommun[] = { "1407", "1440", "1482", CUBE_TOTAL }, *const kon[] = { "K", "M", "X", CUBE_TOTAL };
	for (size_t k = 0; k < 4; k++)
		for (size_t s = 0; s < 4; s++)
			for (size_t f = 0; f < CODES; f++) {
				const char *codes[] = { "2020", kommun[k], kon[s], forsorjning_codes[forman_at[f]] };
				check_cell(cube, person, k, s, f, codes);
			}
}

static void finds_the_two_largest_of_every_cell(void **state)
{
	(void)state;
	struct world world;
	struct person_amounts person[PERSONS] = { 0 };
	struct tally_codes codes[TABLE_DIMENSIONS];
	world_begin(&world);
	world_measure(&world);
	draw_persons(person);
	assert_int_equal(counters_codes(&world.measured, M01, codes, world.arena, &world.error), 0);
	const struct table *table = schema_table("m01_forsorjningsmatt", world.arena, &world.error);
	const struct table *support = schema_table("dominans_forman", world.arena, &world.error);
	for (size_t threads = 1; threads <= THREADS; threads += THREADS - 1) {
		struct tally tally[THREADS];
		struct dominans dominans[THREADS];
		for (size_t t = 0; t < threads; t++) {
			assert_int_equal(tally_init(&tally[t], table, codes, VALUES, world.arena, &world.error), 0);
			assert_int_equal(dominans_init(&dominans[t], &tally[t], &world.measured, world.arena, &world.error), 0);
			count(&tally[t], &dominans[t], person, t, threads);
		}
		for (size_t t = 1; t < threads; t++) {
			tally_join(&tally[0], &tally[t]);
			dominans_join(&dominans[0], &dominans[t]);
		}
		tally_total(&tally[0]);
		dominans_total(&dominans[0]);
		struct cube *cube = dominans_cube(&dominans[0], support, world.arena, &world.error);
		assert_non_null(cube);
		assert_int_equal(cube_index_appended(cube, &world.error), 0);
		check(cube, person);
	}
	arena_free(world.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(finds_the_two_largest_of_every_cell) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
