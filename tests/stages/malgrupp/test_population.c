/* Tests of inhabitants: exact covers of ages, sums over kommuner and kon, what cannot be filled. */
#include "tests/stages/malgrupp/world.h"

#include "stages/malgrupp/population.h"

static struct world world;

static int begin(void **state)
{
	(void)state;
	world_begin(&world);
	world_measure(&world);
	return 0;
}

static int end(void **state)
{
	(void)state;
	world_end(&world);
	return 0;
}

static struct band band(int from, int to, int count)
{
	return (struct band){ .from = from, .to = to, .count = count };
}

static void bands_that_fit(void **state)
{
	(void)state;
	const struct band bands[] = { band(0, 15, 900), band(16, 19, 40), band(20, 24, 50), band(25, 29, 60), band(65, 120, 800) };
	assert_int_equal(population_cover(bands, 5, 16, 29), 150);
	assert_int_equal(population_cover(bands, 5, 20, 24), 50);
	assert_int_equal(population_cover(bands, 5, 16, 30), POPULATION_UNKNOWN);
	assert_int_equal(population_cover(bands, 5, 17, 24), POPULATION_UNKNOWN);
	assert_int_equal(population_cover(bands, 0, 16, 16), POPULATION_UNKNOWN);
}

static void a_band_that_reaches_outside_is_no_part(void **state)
{
	(void)state;
	const struct band bands[] = { band(15, 19, 50), band(16, 64, 500), band(60, 69, 90) };
	assert_int_equal(population_cover(bands, 3, 16, 64), 500);
	assert_int_equal(population_cover(bands, 3, 16, 19), POPULATION_UNKNOWN);
}

/* Both single years and groups: each age counts once. */
static void ages_given_twice_count_once(void **state)
{
	(void)state;
	const struct band bands[] = { band(16, 16, 10), band(16, 19, 46), band(17, 17, 11), band(18, 18, 12), band(19, 19, 13),
		band(20, 24, 50) };
	assert_int_equal(population_cover(bands, 6, 16, 24), 96);
	assert_int_equal(population_cover(bands, 6, 17, 18), 23);
}

/* The narrowest band first would end in a dead end at age 17. */
static void a_dead_end_is_passed_by(void **state)
{
	(void)state;
	const struct band bands[] = { band(16, 16, 10), band(16, 19, 46), band(18, 18, 12), band(20, 24, 50) };
	assert_int_equal(population_cover(bands, 4, 16, 24), 96);
}

static void the_same_band_twice_counts_once(void **state)
{
	(void)state;
	const struct band bands[] = { band(16, 19, 40), band(16, 19, 44), band(20, 24, 50) };
	assert_int_equal(population_cover(bands, 3, 16, 24), 90);
}

static struct band row(const char *kommun, uint16_t kon, int ar, int from, int to, int count)
{
	return (struct band){ .kommun = world_kommun(&world, kommun), .kon = kon, .ar = ar, .from = from, .to = to, .count = count };
}

static void a_table_of_two_years(void **state)
{
	(void)state;
	struct band bands[] = {
		row("1482", MAN, 2019, 16, 64, 40), row("1482", WOMAN, 2019, 16, 64, 30), /* no groups */
		row("1440", WOMAN, 2019, 30, 64, 5), row("1440", WOMAN, 2019, 18, 29, 3), row("1440", WOMAN, 2019, 16, 17, 2),
		row("1440", MAN, 2019, 30, 64, 6), row("1440", MAN, 2019, 18, 29, 4), row("1440", MAN, 2019, 16, 17, 1),
		row("1407", WOMAN, 2019, 16, 64, 100), row("1407", MAN, 2019, 16, 64, 200), row("1407", MAN, 2020, 16, 64, 201),
	};
	struct population population;
	assert_int_equal(population_init(&population, &world.measured, world.kommun, bands, sizeof bands / sizeof *bands, true,
		world.arena, &world.error), 0);
	size_t all = world.measured.kommuner, ages = world.measured.ages;
	assert_int_equal(ages, 3);
	assert_int_equal(population_of(&population, Y2019, ALE, WOMAN, 1), 3);
	assert_int_equal(population_of(&population, Y2019, ALE, MEASURED_KON, 2), 11);
	assert_int_equal(population_of(&population, Y2019, ALE, MEASURED_KON, ages), 21);
	assert_int_equal(population_of(&population, Y2019, KUNGALV, MAN, ages), 40);
	assert_int_equal(population_of(&population, Y2019, KUNGALV, MAN, 1), POPULATION_UNKNOWN);
	assert_int_equal(population_of(&population, Y2019, all, MEASURED_KON, ages), 391);
	assert_int_equal(population_of(&population, Y2019, all, WOMAN, ages), 140);
	assert_int_equal(population_of(&population, Y2019, all, WOMAN, 1), POPULATION_UNKNOWN);
	assert_int_equal(population_of(&population, Y2019, all, UNKNOWN, ages), POPULATION_UNKNOWN); /* X */
	assert_int_equal(population_of(&population, Y2019, ALE, UNKNOWN, ages), POPULATION_UNKNOWN);
	assert_int_equal(population_of(&population, Y2020, OCKERO, MAN, ages), 201);
	assert_int_equal(population_of(&population, Y2020, OCKERO, MEASURED_KON, ages), POPULATION_UNKNOWN);
	assert_int_equal(population_of(&population, Y2020, all, MAN, ages), POPULATION_UNKNOWN);
	assert_int_equal(population.asked, 6);
	assert_int_equal(population.unfilled, 5); /* all but Ale 2019 */
	assert_string_equal(population_gaps(&population, world.kommun, world.arena, &world.error),
		"Öckerö (1407) 2019, Kungälv (1482) 2019, Öckerö (1407) 2020, Ale (1440) 2020, Kungälv (1482) 2020");
	assert_int_equal(population_init(&population, &world.measured, world.kommun, bands, sizeof bands / sizeof *bands, false,
		world.arena, &world.error), 0);
	assert_int_equal(population.unfilled, 3); /* 2020 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bands_that_fit),
		cmocka_unit_test(a_band_that_reaches_outside_is_no_part),
		cmocka_unit_test(ages_given_twice_count_once),
		cmocka_unit_test(a_dead_end_is_passed_by),
		cmocka_unit_test(the_same_band_twice_counts_once),
		cmocka_unit_test_setup_teardown(a_table_of_two_years, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
