/* How uncertain the calculation is: see simulate.h. */
#include "stages/payback/simulate.h"

#include <math.h>

#include "pipeline/maths/parallel.h"
#include "pipeline/maths/quantile.h"
#include "pipeline/maths/random.h"

#define BLOCK 64             /* replicates drawn at a time by one thread */
#define LEAST_REPLICATES 100 /* of which Monte Carlo errors can be told */

const int simulation_within[WITHINS] = { 12, 24, 36, 60 };
static const double levels[PERCENTILES] = { 0.05, 0.50, 0.95 };

struct drawing {
	const struct cohort *cohort;
	const struct prices *prices;
	const struct settings *settings;
	const struct ledger *change; /* after − before, by member */
	struct replicate *replicate;
};

/* The mean change of as many members as the cohort has, drawn with replacement. Returns their days. */
static long long resample(const struct drawing *drawing, struct random_stream *stream, struct ledger *mean)
{
	size_t count = drawing->cohort->count;
	long long days = 0;
	*mean = (struct ledger){ 0 };
	for (size_t i = 0; i < count; i++) {
		size_t drawn = (size_t)random_below(stream, count);
		days += drawing->cohort->member[drawn].days;
		for (size_t q = 0; q < LEDGER_SIZE; q++)
			mean->at[q] += drawing->change[drawn].at[q];
	}
	for (size_t q = 0; q < LEDGER_SIZE; q++)
		mean->at[q] /= (double)count;
	return days;
}

static int draw(const struct drawing *drawing, uint64_t k, struct replicate *replicate)
{
	static const struct flow nothing = { 0 };
	const struct settings *settings = drawing->settings;
	struct prices prices = *drawing->prices;
	double sigma = log1p(settings->prisosakerhet);
	struct random_stream stream;
	struct ledger mean;
	struct flow flow, change;
	random_start(&stream, settings->fro, k);
	double dodvikt = random_pert(&stream, settings->dodvikt.low, settings->dodvikt.mode, settings->dodvikt.high);
	replicate->avtagande = random_pert(&stream, settings->avtagande.low, settings->avtagande.mode,
		settings->avtagande.high);
	for (size_t post = 0; post < POSTS_IN_KR; post++)
		prices.of[post] = random_lognormal(&stream, prices.of[post], sigma);
	long long days = resample(drawing, &stream, &mean), count = (long long)drawing->cohort->count;
	replicate->days = (double)days / (double)count;
	replicate->duration = timeline_duration(days, count);
	flow_of(&mean, &prices, &flow);
	flow_change(&nothing, &flow, 1 - dodvikt, &change);
	actor_net(&change, &prices, settings->inkomstutjamning, replicate->net);
	return calculation_adds_up(&change, replicate->net) ? 0 : -1;
}

static int draw_block(size_t block, size_t from, size_t to, void *context)
{
	const struct drawing *drawing = context;
	(void)block;
	int result = 0;
	for (size_t k = from; k < to && result == 0; k++)
		result = draw(drawing, k, &drawing->replicate[k]);
	return result;
}

struct simulation *simulate(const struct cohort *cohort, const struct prices *prices, const struct settings *settings,
	struct arena *arena, struct error *error)
{
	size_t count = (size_t)settings->simuleringar;
	struct simulation *simulation = arena_take(arena, 1, sizeof *simulation, error);
	struct replicate *replicate = arena_take(arena, count, sizeof *replicate, error);
	struct ledger *change = arena_take(arena, cohort->count, sizeof *change, error);
	if (simulation == NULL || replicate == NULL || change == NULL)
		return NULL;
	for (size_t i = 0; i < cohort->count; i++)
		for (size_t q = 0; q < LEDGER_SIZE; q++)
			change[i].at[q] = cohort->member[i].after.at[q] - cohort->member[i].before.at[q];
	struct drawing drawing = { .cohort = cohort, .prices = prices, .settings = settings, .change = change,
		.replicate = replicate };
	struct parallel_job job = { .count = count, .block = BLOCK, .work = draw_block, .context = &drawing };
	if (parallel_run(&job, NULL) != 0) {
		(void)error_set(error, EXIT_BUG, "the nets of the actors do not add up in a replicate of the simulation");
		return NULL;
	}
	*simulation = (struct simulation){ .replicates = count, .replicate = replicate, .rate = settings->kalkylranta,
		.horizon = settings->horisont };
	calculation_cost(cohort, 1, simulation->cost_a_day);
	return simulation;
}

static struct timeline timeline_of(const struct simulation *simulation, const struct replicate *replicate)
{
	return (struct timeline){ .duration = replicate->duration, .rate = simulation->rate,
		.avtagande = replicate->avtagande };
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
		const struct replicate *replicate = &simulation->replicate[k];
		struct timeline timeline = timeline_of(simulation, replicate);
		double cost = simulation->cost_a_day[actor] * replicate->days, net = replicate->net[actor];
		nuvarde[k] = timeline_sum(&timeline, cost, net, simulation->horizon);
		aterbetalning[k] = timeline_payback(&timeline, cost, net, simulation->horizon);
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
		struct timeline timeline = timeline_of(simulation, &simulation->replicate[k]);
		cost[k] = timeline_cost(&timeline, month) * simulation->replicate[k].days;
		net[k] = timeline_net(&timeline, month);
	}
	for (size_t actor = 0; actor < ACTORS; actor++) {
		for (size_t k = 0; k < count; k++)
			sum[k] = simulation->replicate[k].net[actor] * net[k] - simulation->cost_a_day[actor] * cost[k];
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
