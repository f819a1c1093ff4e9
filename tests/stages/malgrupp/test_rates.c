/* Tests of the measures of m01 and m02: units and rates by hand, what is missing. */
#include <math.h>

#include "tests/stages/malgrupp/world.h"

#include "stages/malgrupp/forsorjning.h"
#include "stages/malgrupp/rates.h"

static struct world world;
static struct population population;

static int begin(void **state)
{
	(void)state;
	world_begin(&world);
	world_measure(&world);
	uint16_t ale = world_kommun(&world, "1440");
	struct band bands[] = { { ale, WOMAN, 2020, 16, 17, 10 }, { ale, WOMAN, 2020, 18, 29, 0 }, { ale, WOMAN, 2020, 30, 64, 40 } };
	return population_init(&population, &world.measured, world.kommun, bands, 3, true, world.arena, &world.error);
}

static int end(void **state)
{
	(void)state;
	world_end(&world);
	return 0;
}

static struct cube *one_row(const char *table, const char *const *codes, tally_fill *fill, const size_t *at,
	const int64_t *number)
{
	struct cube *cube = cube_new(schema_table(table, world.arena, &world.error), world.arena, &world.error);
	fill(cube, cube_row_named(cube, codes, &world.error), at, number, &population);
	return cube;
}

static void is(const struct cube *cube, size_t measure, double expected)
{
	const struct cell *cell = cube_cell(cube, 0, measure);
	assert_int_equal(cell->status, CELL_PUBLISHED);
	assert_true(fabs(cell->number - expected) <= 1e-12 * fabs(expected));
}

static void is_missing(const struct cube *cube, size_t measure)
{
	assert_int_equal(cube_cell(cube, 0, measure)->status, CELL_MISSING);
}

/* 3 women, 9 100.50 kr, 91.5 days of 366: a quarter of a year. 50 inhabitants and the 182 days to 30 June. */
static void forsorjning(void **state)
{
	(void)state;
	const char *const codes[] = { "2020", "1440", "K", "TOT" };
	const int64_t number[] = { 3, 910050, (int64_t)9150 * 12 };
	struct cube *cube = one_row("m01", codes, rates_forsorjning, (size_t[]){ Y2020, ALE, WOMAN, FORMAN_TOT }, number);
	is(cube, 0, 3);
	is(cube, 1, 9100.5);
	is(cube, 2, 0.25);
	is(cube, 3, 9100.5 / 50 / 182);
	cube = one_row("m01", codes, rates_forsorjning, (size_t[]){ Y2020, ALE, UNKNOWN, FORMAN_TOT }, number); /* kon X */
	is(cube, 2, 0.25);
	is_missing(cube, 3);
	world.settings.gemensam_nyckel = false;
	cube = one_row("m01", codes, rates_forsorjning, (size_t[]){ Y2020, ALE, WOMAN, FORMAN_TOT }, number);
	is_missing(cube, 0);
	is(cube, 1, 9100.5);
	cube = one_row("m01", codes, rates_forsorjning, (size_t[]){ Y2020, ALE, WOMAN, FORMAN_OHALSA }, number);
	is(cube, 0, 3);
}

static void malgrupp(void **state)
{
	(void)state;
	const char *const codes[] = { "2020", "grupp", "1440", "K", "30-64" };
	const int64_t number[] = { 3 };
	struct cube *cube = one_row("m02", codes, rates_malgrupp, (size_t[]){ Y2020, 0, ALE, WOMAN, 2 }, number);
	is(cube, 0, 3);
	is(cube, 1, 75);
	cube = one_row("m02", codes, rates_malgrupp, (size_t[]){ Y2020, 0, ALE, WOMAN, world.measured.ages }, number);
	is(cube, 1, 60);
	cube = one_row("m02", codes, rates_malgrupp, (size_t[]){ Y2020, 0, ALE, WOMAN, 1 }, number); /* nobody lives there */
	is_missing(cube, 1);
	cube = one_row("m02", codes, rates_malgrupp, (size_t[]){ Y2020, 0, ALE, MEASURED_KON, 2 }, number); /* men unknown */
	is_missing(cube, 1);
	is(cube, 0, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(forsorjning, begin, end),
		cmocka_unit_test_setup_teardown(malgrupp, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
