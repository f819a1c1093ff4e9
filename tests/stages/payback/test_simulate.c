/* Tests of the simulation: no uncertainty gives the calculation, threads do not matter, and what the percentiles mean. */
#include "stages/payback/simulate.h"

#include <string.h>

#include "pipeline/maths/maths.h"
#include "pipeline/maths/parallel.h"
#include "tests/stages/payback/common.h"

#define MEMBERS 20

static struct settings settings;
static struct prices prices;
static struct member members[MEMBERS];
static struct cohort cohort;

static int begin_simulation(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	maths_init();
	settings = common_settings();
	settings.kalkylranta = 0.035;
	prices = common_prices();
	for (size_t i = 0; i < MEMBERS; i++)
		members[i] = common_member();
	cohort = (struct cohort){ .count = MEMBERS, .member = members,
		.outcome = { [FINANSIAR_FORBUND] = 40000000 }, .participant_days = 1000 };
	return 0;
}

static void make_uncertain(void)
{
	settings.dodvikt = (struct uncertain){ 0.1, 0.2, 0.3 };
	settings.avtagande = (struct uncertain){ 0.05, 0.1, 0.2 };
	settings.prisosakerhet = 0.1;
	settings.simuleringar = 1000;
	for (size_t i = 0; i < MEMBERS; i += 2)
		members[i].after = members[i].before, members[i].days = 100 + (int32_t)i;
}

static const struct simulation *simulation_of_cohort(void)
{
	const struct draw *draws = simulate_draws(&settings, arena, &error);
	assert_non_null(draws);
	return simulate(&cohort, &prices, draws, &settings, arena, &error);
}

static const struct simulation *simulated(struct spread spread[ACTORS], struct percentiles **band)
{
	const struct simulation *simulation = simulation_of_cohort();
	assert_non_null(simulation);
	assert_int_equal(simulate_spread(simulation, spread, arena, &error), 0);
	assert_int_equal(simulate_band(simulation, band, arena, &error), 0);
	return simulation;
}

/* Equal members and fixed assumptions: every replicate is the calculation itself. */
static void nothing_uncertain_gives_the_calculation(void **state)
{
	(void)state;
	struct spread spread[ACTORS];
	struct calculation calculation;
	struct percentiles *band;
	(void)simulated(spread, &band);
	assert_int_equal(calculation_make(&cohort, &prices, &settings, &calculation, &error), 0);
	struct timeline timeline = calculation_timeline(&calculation, &settings);
	for (size_t a = 0; a < ACTORS; a++) {
		double cost = calculation.cost[a], net = calculation.net[a];
		for (size_t p = 0; p < PERCENTILES; p++) {
			assert_true(fabs(spread[a].nuvarde.value[p] - timeline_sum(&timeline, cost, net, 60)) < 1e-6);
			assert_close(spread[a].aterbetalning.value[p], timeline_payback(&timeline, cost, net, 60), 1e-9);
			for (int month = 1; month <= 60; month++)
				assert_true(fabs(band[(size_t)(month - 1) * ACTORS + a].value[p] -
					timeline_sum(&timeline, cost, net, month)) < 1e-6);
		}
	}
	assert_close(spread[ACTOR_SAMHALLE].lonsam, 100, 0);
	assert_close(spread[ACTOR_SAMHALLE].within[WITHIN_12], 0, 0); /* 14.3 months */
	assert_close(spread[ACTOR_SAMHALLE].within[WITHIN_24], 100, 0);
	assert_true(isnan(spread[ACTOR_IND].within[WITHIN_24]));      /* bears no cost */
	assert_close(spread[ACTOR_IND].lonsam, 100, 0);
}

static void the_same_bytes_for_any_number_of_threads(void **state)
{
	(void)state;
	struct spread one[ACTORS], four[ACTORS];
	struct percentiles *band_one, *band_four;
	make_uncertain();
	memset(one, 0, sizeof one);
	memset(four, 0, sizeof four);
	parallel_set_threads(1);
	const struct simulation *first = simulated(one, &band_one);
	parallel_set_threads(4);
	const struct simulation *second = simulated(four, &band_four);
	parallel_set_threads(1);
	size_t bytes = first->replicates * sizeof(double);
	for (size_t a = 0; a < ACTORS; a++)
		assert_memory_equal(first->net[a], second->net[a], bytes);
	assert_memory_equal(first->days, second->days, bytes);
	assert_memory_equal(one, four, sizeof one);
	assert_memory_equal(band_one, band_four, 60 * ACTORS * sizeof *band_one);
}

/* Replicate k is fixed by (frö, k): more replicates do not change the first ones; another seed does. */
static void replicates_are_numbered(void **state)
{
	(void)state;
	make_uncertain();
	settings.simuleringar = 10;
	const struct simulation *few = simulation_of_cohort();
	settings.simuleringar = 200;
	const struct simulation *many = simulation_of_cohort();
	settings.fro = 2;
	const struct simulation *other = simulation_of_cohort();
	assert_true(few != NULL && many != NULL && other != NULL);
	const double *net = few->net[ACTOR_SAMHALLE];
	for (size_t a = 0; a < ACTORS; a++)
		assert_memory_equal(few->net[a], many->net[a], 10 * sizeof **few->net);
	for (size_t k = 0; k < 10; k++)
		assert_memory_not_equal(&net[k], &other->net[ACTOR_SAMHALLE][k], sizeof *net);
}

/* Each replicate keeps the identity: what the actors gain is what society gains. */
static void percentiles_are_in_order_and_actors_add_up(void **state)
{
	(void)state;
	struct spread spread[ACTORS];
	struct percentiles *band;
	make_uncertain();
	const struct simulation *simulation = simulated(spread, &band);
	for (size_t k = 0; k < simulation->replicates; k++) {
		double *const *net = simulation->net;
		assert_true(fabs(net[ACTOR_STATEN][k] + net[ACTOR_KOM][k] + net[ACTOR_REG][k] + net[ACTOR_IND][k] + net[ACTOR_ARBG][k] -
			net[ACTOR_SAMHALLE][k]) < 1e-6);
	}
	for (size_t a = 0; a < ACTORS; a++)
		assert_true(spread[a].nuvarde.value[0] <= spread[a].nuvarde.value[1] &&
			spread[a].nuvarde.value[1] <= spread[a].nuvarde.value[2]);
	const struct spread *all = &spread[ACTOR_SAMHALLE];
	assert_true(all->aterbetalning.value[SIMULATION_P5] < all->aterbetalning.value[SIMULATION_P50]);
	assert_true(all->within[WITHIN_12] <= all->within[WITHIN_24] && all->within[WITHIN_24] <= all->within[WITHIN_60]);
	/* The end of the band is nuvarde. */
	assert_close(band[59 * ACTORS + ACTOR_SAMHALLE].value[SIMULATION_P95], all->nuvarde.value[SIMULATION_P95], 1e-9);
}

/* Mean and variance of society's net over the replicates. */
static void moments_of(const struct simulation *simulation, double *mean, double *variance)
{
	*mean = *variance = 0;
	for (size_t k = 0; k < simulation->replicates; k++)
		*mean += simulation->net[ACTOR_SAMHALLE][k] / (double)simulation->replicates;
	for (size_t k = 0; k < simulation->replicates; k++) {
		double from_mean = simulation->net[ACTOR_SAMHALLE][k] - *mean;
		*variance += from_mean * from_mean / (double)(simulation->replicates - 1);
	}
}

/* Each source of uncertainty by itself has a mean and a variance that are known, and so has their product: the members'
   gain is 26 000 for one half and 0 for the other, so the mean of n drawn is binomial; dödvikt is PERT (its mean
   (a + 4m + b)/6, its variance (mean − a)(b − mean)/7); a wage is lognormal (mean exp(σ²/2), variance (exp(σ²) − 1)·exp(σ²)
   times its median and the square of it). Five standard errors are allowed: of a mean √(variance/N), of a variance
   √(2/N) of itself, and twice that for the skew of the lognormal. */
static void the_moments_are_those_of_theory(void **state)
{
	(void)state;
	const double n = MEMBERS, replicates = 10000, gain = 26000;
	settings.simuleringar = (int)replicates;
	for (size_t i = 0; i < MEMBERS; i++) {
		members[i] = (struct member){ .days = 300 };
		members[i].after.at[LEDGER_WORK + WORK_AO] = i % 2 == 0;
	}
	for (int sources = 1; sources < 8; sources++) { /* bits: persons, dödvikt, price */
		settings.dodvikt = (struct uncertain){ 0.2, 0.2, 0.2 };
		settings.prisosakerhet = 0;
		cohort.count = (sources & 1) != 0 ? MEMBERS : 1; /* one member alone: nothing to resample */
		double mean = (sources & 1) != 0 ? 0.5 : 1, square = (sources & 1) != 0 ? 0.25 + 0.25 / n : 1;
		double keep = 0.8, keep_square = 0.64, price = 1, price_square = 1;
		if ((sources & 2) != 0) {
			settings.dodvikt = (struct uncertain){ .low = 0.1, .mode = 0.2, .high = 0.6 };
			double pert = (0.1 + 4 * 0.2 + 0.6) / 6;
			keep = 1 - pert;
			keep_square = keep * keep + (pert - 0.1) * (0.6 - pert) / 7;
		}
		if ((sources & 4) != 0) {
			settings.prisosakerhet = 0.2;
			double sigma = log(1.2);
			price = exp(sigma * sigma / 2);
			price_square = exp(2 * sigma * sigma);
		}
		double expected = gain * mean * keep * price;
		double variance = gain * gain * square * keep_square * price_square - expected * expected;
		double found_mean, found_variance;
		const struct simulation *simulation = simulation_of_cohort();
		assert_non_null(simulation);
		moments_of(simulation, &found_mean, &found_variance);
		assert_true(fabs(found_mean - expected) < 5 * sqrt(variance / replicates));
		assert_true(fabs(found_variance / variance - 1) < 5 * 2 * sqrt(2 / replicates));
	}
}

/* The Monte Carlo error that is told is the one that is there: over 60 seeds the percentiles of nuvarde scatter by it. (The
   standard deviation of 60 is itself known to 1/√118 of itself: three of them are allowed.) */
static void the_error_is_how_much_seeds_differ(void **state)
{
	(void)state;
	enum { SEEDS = 60 };
	double sum[PERCENTILES] = { 0 }, squares[PERCENTILES] = { 0 }, told[PERCENTILES] = { 0 };
	make_uncertain();
	for (settings.fro = 1; settings.fro <= SEEDS; settings.fro++) {
		struct spread spread[ACTORS];
		const struct simulation *simulation = simulation_of_cohort();
		assert_non_null(simulation);
		assert_int_equal(simulate_spread(simulation, spread, arena, &error), 0);
		const struct percentiles *found = &spread[ACTOR_SAMHALLE].nuvarde;
		for (size_t p = 0; p < PERCENTILES; p++) {
			sum[p] += found->value[p] / SEEDS;
			squares[p] += found->value[p] * found->value[p] / SEEDS;
			told[p] += found->error[p] / SEEDS;
		}
	}
	for (size_t p = 0; p < PERCENTILES; p++) {
		double scatter = sqrt((squares[p] - sum[p] * sum[p]) * SEEDS / (SEEDS - 1));
		assert_true(fabs(scatter / told[p] - 1) < 3 / sqrt(2 * (SEEDS - 1)));
	}
}

/* 10 000 replicates are enough for two digits of what the board looks at, where the result is not a toss-up. */
static void ten_thousand_replicates_give_two_digits(void **state)
{
	(void)state;
	struct spread spread[ACTORS], other[ACTORS];
	struct percentiles *band;
	make_uncertain();
	for (size_t i = 0; i < MEMBERS; i++)
		if (i % 4 != 0)
			members[i] = common_member();
	settings.simuleringar = 10000;
	(void)simulated(spread, &band);
	settings.fro = 2;
	(void)simulated(other, &band);
	static const enum actor seen[] = { ACTOR_SAMHALLE, ACTOR_OFFENTLIG, ACTOR_KOM };
	for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
		const struct percentiles *both[] = { &spread[seen[i]].nuvarde, &spread[seen[i]].aterbetalning };
		const struct percentiles *others[] = { &other[seen[i]].nuvarde, &other[seen[i]].aterbetalning };
		for (size_t m = 0; m < 2; m++) {
			assert_int_equal(simulate_coarse(both[m]), 0);
			for (size_t p = 0; p < PERCENTILES; p++)
				assert_true(fabs(both[m]->value[p] - others[m]->value[p]) < 5 * both[m]->error[p]);
		}
	}
}

static void coarse_is_half_of_the_second_digit(void **state)
{
	(void)state;
	struct percentiles percentiles = { .value = { 1000, -23, (double)INFINITY }, .error = { 49, 0.49, (double)NAN } };
	assert_int_equal(simulate_coarse(&percentiles), 0);
	percentiles.error[0] = 51;
	assert_int_equal(simulate_coarse(&percentiles), 1);
	percentiles.error[1] = 0.51;
	assert_int_equal(simulate_coarse(&percentiles), 2);
	percentiles = (struct percentiles){ .value = { 0, 0, 5 }, .error = { 0, 1, 0 } };
	assert_int_equal(simulate_coarse(&percentiles), 1); /* 0 with an error has no digit that is sure */
}

static void never_and_unknown(void **state)
{
	(void)state;
	struct spread spread[ACTORS];
	struct percentiles *band;
	for (size_t i = 0; i < MEMBERS; i++)
		members[i].after = members[i].before; /* nothing is gained */
	settings.horisont = 36;
	(void)simulated(spread, &band);
	assert_true(isinf(spread[ACTOR_SAMHALLE].aterbetalning.value[SIMULATION_P50]));
	assert_close(spread[ACTOR_SAMHALLE].lonsam, 0, 0);
	assert_close(spread[ACTOR_SAMHALLE].within[WITHIN_36], 0, 0);
	assert_true(isnan(spread[ACTOR_SAMHALLE].within[WITHIN_60])); /* beyond the horizon */
	cohort.outcome[FINANSIAR_FORBUND] = 0; /* who bears no cost has nothing to be paid back */
	(void)simulated(spread, &band);
	assert_true(isnan(spread[ACTOR_SAMHALLE].within[WITHIN_12]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_uncertain_gives_the_calculation, begin_simulation, arena_end),
		cmocka_unit_test_setup_teardown(the_same_bytes_for_any_number_of_threads, begin_simulation, arena_end),
		cmocka_unit_test_setup_teardown(replicates_are_numbered, begin_simulation, arena_end),
		cmocka_unit_test_setup_teardown(percentiles_are_in_order_and_actors_add_up, begin_simulation, arena_end),
		cmocka_unit_test_setup_teardown(the_moments_are_those_of_theory, begin_simulation, arena_end),
		cmocka_unit_test_setup_teardown(the_error_is_how_much_seeds_differ, begin_simulation, arena_end),
		cmocka_unit_test_setup_teardown(ten_thousand_replicates_give_two_digits, begin_simulation, arena_end),
		cmocka_unit_test_setup_teardown(coarse_is_half_of_the_second_digit, begin_simulation, arena_end),
		cmocka_unit_test_setup_teardown(never_and_unknown, begin_simulation, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
