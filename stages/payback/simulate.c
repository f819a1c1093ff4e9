/* How uncertain the calculation is: see simulate.h. */
#include "stages/payback/simulate.h"

#include <math.h>

#include "pipeline/maths/parallel.h"
#include "pipeline/maths/quantile.h"

#define BLOCK 64             /* replicates drawn at a time by one thread */
#define LEAST_REPLICATES 100 /* of which Monte Carlo errors can be told */

const int simulation_within[WITHINS] = { 12, 24, 36, 60 };
static const double levels[PERCENTILES] = { 0.05, 0.50, 0.95 };

/* What the insatser share, being drawn. */
struct sharing {
	const struct settings *settings;
	struct draw *draw;
};

static int draw_block(size_t block, size_t from, size_t to, void *context)
{
	const struct sharing *sharing = context;
	const struct uncertain *dodvikt = &sharing->settings->dodvikt, *avtagande = &sharing->settings->avtagande;
	double sigma = log1p(sharing->settings->prisosakerhet);
	(void)block;
	for (size_t k = from; k < to; k++) {
		struct draw *draw = &sharing->draw[k];
		struct random_stream *stream = &draw->persons;
		random_start(stream, sharing->settings->fro, k);
		draw->dodvikt = random_pert(stream, dodvikt->low, dodvikt->mode, dodvikt->high);
		draw->avtagande = random_pert(stream, avtagande->low, avtagande->mode, avtagande->high);
		for (size_t post = 0; post < POSTS_IN_KR; post++)
			draw->factor[post] = random_lognormal(stream, 1, sigma);
	}
	return 0;
}

const struct draw *simulate_draws(const struct settings *settings, struct arena *arena, struct error *error)
{
	size_t count = (size_t)settings->simuleringar;
	struct sharing sharing = { .settings = settings, .draw = arena_take(arena, count, sizeof *sharing.draw, error) };
	struct parallel_job job = { .count = count, .block = BLOCK, .work = draw_block, .context = &sharing };
	if (sharing.draw != NULL && parallel_run(&job, NULL) != 0)
		(void)error_set(error, EXIT_BUG, "the draws of the simulation failed");
	return sharing.draw;
}

/* The replicates of a cohort, being calculated. */
struct replicating {
	const struct cohort *cohort;
	const struct prices *prices;
	const struct draw *draws;
	const struct settings *settings;
	const struct ledger *change; /* after − before, by member */
	struct simulation *simulation;
};

/* The mean change of as many members as the cohort has, drawn with replacement. Returns their days. */
static long long resample(const struct replicating *replicating, struct random_stream stream, struct ledger *mean)
{
	size_t count = replicating->cohort->count;
	long long days = 0;
	*mean = (struct ledger){ 0 };
	for (size_t i = 0; i < count; i++) {
		size_t drawn = (size_t)random_below(&stream, count);
		days += replicating->cohort->member[drawn].days;
		for (size_t q = 0; q < LEDGER_SIZE; q++)
			mean->at[q] += replicating->change[drawn].at[q];
	}
	for (size_t q = 0; q < LEDGER_SIZE; q++)
		mean->at[q] /= (double)count;
	return days;
}

static int replicate(const struct replicating *replicating, size_t k)
{
	static const struct flow nothing = { 0 };
	const struct settings *settings = replicating->settings;
	const struct draw *draw = &replicating->draws[k];
	struct simulation *simulation = replicating->simulation;
	struct prices prices = *replicating->prices;
	struct ledger mean;
	struct flow flow, change;
	double net[ACTORS];
	for (size_t post = 0; post < POSTS_IN_KR; post++)
		prices.of[post] *= draw->factor[post];
	long long days = resample(replicating, draw->persons, &mean), count = (long long)replicating->cohort->count;
	simulation->days[k] = (double)days / (double)count;
	simulation->timeline[k] = timeline_make(timeline_duration(days, count), settings->kalkylranta, draw->avtagande);
	flow_of(&mean, &prices, &flow);
	flow_change(&nothing, &flow, 1 - draw->dodvikt, &change);
	actor_net(&change, &prices, settings->inkomstutjamning, net);
	for (size_t actor = 0; actor < ACTORS; actor++)
		simulation->net[actor][k] = net[actor];
	return calculation_adds_up(&change, net) ? 0 : -1;
}

static int replicate_block(size_t block, size_t from, size_t to, void *context)
{
	(void)block;
	int result = 0;
	for (size_t k = from; k < to && result == 0; k++)
		result = replicate(context, k);
	return result;
}

static struct simulation *take_simulation(const struct settings *settings, struct arena *arena, struct error *error)
{
	size_t count = (size_t)settings->simuleringar;
	struct simulation *simulation = arena_take(arena, 1, sizeof *simulation, error);
	double *columns = arena_take(arena, count, (ACTORS + 1) * sizeof *columns, error);
	struct timeline *timeline = arena_take(arena, count, sizeof *timeline, error);
	if (simulation == NULL || columns == NULL || timeline == NULL)
		return NULL;
	*simulation = (struct simulation){ .replicates = count, .timeline = timeline, .horizon = settings->horisont };
	for (size_t actor = 0; actor < ACTORS; actor++)
		simulation->net[actor] = columns + actor * count;
	simulation->days = columns + ACTORS * count;
	return simulation;
}

struct simulation *simulate(const struct cohort *cohort, const struct prices *prices, const struct draw *draws,
	const struct settings *settings, struct arena *arena, struct error *error)
{
	struct simulation *simulation = take_simulation(settings, arena, error);
	struct ledger *change = arena_take(arena, cohort->count, sizeof *change, error);
	if (simulation == NULL || change == NULL)
		return NULL;
	for (size_t i = 0; i < cohort->count; i++)
		for (size_t q = 0; q < LEDGER_SIZE; q++)
			change[i].at[q] = cohort->member[i].after.at[q] - cohort->member[i].before.at[q];
	struct replicating replicating = { .cohort = cohort, .prices = prices, .draws = draws, .settings = settings,
		.change = change, .simulation = simulation };
	struct parallel_job job = { .count = simulation->replicates, .block = BLOCK, .work = replicate_block, .context = &replicating };
	if (parallel_run(&job, NULL) != 0) {
		(void)error_set(error, EXIT_BUG, "the nets of the actors do not add up in a replicate of the simulation");
		return NULL;
	}
	calculation_cost(cohort, 1, simulation->cost_a_day);
	return simulation;
}

/* A job over actors or months: results, and room for the values of all replicates for each thread. */
struct counting {
	const struct simulation *simulation;
	struct spread *spread;
	struct percentiles *band;
	double *room;
	size_t room_each;
};

static double *room_of(const struct counting *counting)
{
	return counting->room + parallel_worker() * counting->room_each;
}

static void take_percentiles(double *values, size_t count, struct percentiles *taken)
{
	double p[3 * PERCENTILES], found[3 * PERCENTILES];
	bool enough = count >= LEAST_REPLICATES;
	for (size_t i = 0; i < PERCENTILES; i++) {
		double step = enough ? sqrt(levels[i] * (1 - levels[i]) / (double)count) : 0;
		p[3 * i] = levels[i] - step, p[3 * i + 1] = levels[i], p[3 * i + 2] = levels[i] + step;
	}
	quantile_several(values, count, p, 3 * PERCENTILES, found);
	for (size_t i = 0; i < PERCENTILES; i++) {
		taken->value[i] = found[3 * i + 1];
		taken->error[i] = enough ? (found[3 * i + 2] - found[3 * i]) / 2 : (double)NAN;
	}
}

int simulate_coarse(const struct percentiles *percentiles)
{
	int coarse = 0;
	for (size_t i = 0; i < PERCENTILES; i++) {
		double value = fabs(percentiles->value[i]), error = percentiles->error[i];
		if (isfinite(value) && error > 0)
			coarse += !(value > 0) || error > 0.05 * pow(10, floor(log10(value)));
	}
	return coarse;
}

static void spread_of(const struct simulation *simulation, size_t actor, double *room, struct spread *spread)
{
	size_t count = simulation->replicates, profitable = 0, paid[WITHINS] = { 0 };
	double *nuvarde = room, *aterbetalning = room + count;
	bool bears = simulation->cost_a_day[actor] > 0;
	for (size_t k = 0; k < count; k++) {
		const struct timeline *timeline = &simulation->timeline[k];
		double cost = simulation->cost_a_day[actor] * simulation->days[k], net = simulation->net[actor][k];
		nuvarde[k] = timeline_sum(timeline, cost, net, simulation->horizon);
		aterbetalning[k] = timeline_payback(timeline, cost, net, simulation->horizon);
		profitable += nuvarde[k] > 0;
		for (size_t w = 0; w < WITHINS; w++)
			paid[w] += aterbetalning[k] <= simulation_within[w];
	}
	double share = 100 / (double)count;
	spread->lonsam = share * (double)profitable;
	for (size_t w = 0; w < WITHINS; w++)
		spread->within[w] = bears && simulation_within[w] <= simulation->horizon ? share * (double)paid[w] : (double)NAN;
	take_percentiles(nuvarde, count, &spread->nuvarde);
	take_percentiles(aterbetalning, count, &spread->aterbetalning);
}

static int spread_block(size_t block, size_t from, size_t to, void *context)
{
	const struct counting *counting = context;
	(void)block;
	for (size_t actor = from; actor < to; actor++)
		spread_of(counting->simulation, actor, room_of(counting), &counting->spread[actor]);
	return 0;
}

/* The band of one month: what a cost and a net are worth by then is the same for all actors. */
static void band_of(const struct simulation *simulation, int month, double *room,
	struct percentiles *band)
{
	size_t count = simulation->replicates;
	double *cost = room, *net = room + count, *sum = room + 2 * count;
	for (size_t k = 0; k < count; k++) {
		cost[k] = timeline_cost(&simulation->timeline[k], month) * simulation->days[k];
		net[k] = timeline_net(&simulation->timeline[k], month);
	}
	for (size_t actor = 0; actor < ACTORS; actor++) {
		const double *netto = simulation->net[actor], cost_a_day = simulation->cost_a_day[actor];
		for (size_t k = 0; k < count; k++)
			sum[k] = netto[k] * net[k] - cost_a_day * cost[k];
		take_percentiles(sum, count, &band[actor]);
	}
}

static int band_block(size_t block, size_t from, size_t to, void *context)
{
	const struct counting *counting = context;
	(void)block;
	for (size_t month = from; month < to; month++)
		band_of(counting->simulation, (int)month + 1, room_of(counting),
			counting->band + month * ACTORS);
	return 0;
}

/* Runs the job on all threads, each with room for `columns` values a replicate. */
static int count_all(struct counting *counting, size_t items, size_t columns,
	int (*work)(size_t block, size_t from, size_t to, void *context), struct arena *arena, struct error *error)
{
	counting->room_each = counting->simulation->replicates * columns;
	counting->room = arena_take(arena, parallel_threads() * columns,
		counting->simulation->replicates * sizeof *counting->room, error);
	if (counting->room == NULL)
		return -1;
	struct parallel_job job = { .count = items, .block = 1, .work = work, .context = counting };
	if (parallel_run(&job, NULL) != 0)
		return error_set(error, EXIT_BUG, "the simulation failed");
	return 0;
}

int simulate_spread(const struct simulation *simulation, struct spread spread[ACTORS], struct arena *arena,
	struct error *error)
{
	struct counting counting = { .simulation = simulation, .spread = spread };
	return count_all(&counting, ACTORS, 2, spread_block, arena, error);
}

int simulate_band(const struct simulation *simulation, struct percentiles **band, struct arena *arena, struct error *error)
{
	size_t months = (size_t)simulation->horizon;
	struct counting counting = { .simulation = simulation };
	*band = counting.band = arena_take(arena, months * ACTORS, sizeof **band, error);
	return counting.band == NULL ? -1 : count_all(&counting, months, 3, band_block, arena, error);
}
