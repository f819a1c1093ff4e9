/* How uncertain the calculation is: replicates with resampled persons and drawn prices, dödvikt and avtagande. Pure.

   Replicate k draws, from the stream of (frö, k) and in this order: dödvikt and avtagande from PERT (λ = 4), each price in kr
   from a lognormal with the price as median and σ = ln(1 + prisosäkerhet), in the order of enum post, and then as many
   persons as the cohort has, with replacement. The same draws serve every actor, and all but the persons every insats. The
   resampled persons bring their days: cost and D follow them. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_SIMULATE_H
#define FINSAMSTAT_STAGES_PAYBACK_SIMULATE_H

#include "pipeline/base/arena.h"
#include "pipeline/maths/random.h"
#include "stages/payback/calculation.h"

/* What a replicate draws for every insats alike. */
struct draw {
	double dodvikt, avtagande;
	double factor[POSTS_IN_KR];   /* by which each price is multiplied */
	struct random_stream persons; /* stands where the persons come from */
};

/* What the replicates came to, by replicate: all that sums and payback follow from. */
struct simulation {
	size_t replicates;
	double *net[ACTORS];        /* kr a month and participant */
	double *days;               /* mean of the resampled persons */
	struct timeline *timeline;
	double cost_a_day[ACTORS];  /* kr */
	int horizon;
};

enum { SIMULATION_P5, SIMULATION_P50, SIMULATION_P95, PERCENTILES };
enum { WITHIN_12, WITHIN_24, WITHIN_36, WITHIN_60, WITHINS };
extern const int simulation_within[WITHINS]; /* months */

/* Percentiles (type 7) of the replicates, and the Monte Carlo standard error of each: half the distance between the quantiles
   at p ± √(p(1 − p)/N), between which the percentile of another N replicates lies in two cases of three. The errors are NAN
   below 100 replicates. */
struct percentiles {
	double value[PERCENTILES], error[PERCENTILES];
};

/* What is printed of one actor. NAN: cannot be computed; INFINITY: no payback within the horizon. */
struct spread {
	struct percentiles nuvarde, aterbetalning;
	double lonsam;          /* per cent of the replicates with nuvarde > 0 */
	double within[WITHINS]; /* per cent paid back that many months from the start; NAN beyond the horizon */
};

/* Draws what the insatser share, once for all of them: one of each of the settings' simuleringar. On all threads, like the
   functions below. NULL with the error set when memory is out (EXIT_IO). */
const struct draw *simulate_draws(const struct settings *settings, struct arena *arena, struct error *error);

/* Draws the persons of a cohort (count ≥ 1) and calculates each replicate. NULL with the error set when memory is out (EXIT_IO)
   or the nets of a replicate do not add up (EXIT_BUG). */
struct simulation *simulate(const struct cohort *cohort, const struct prices *prices, const struct draw *draws,
	const struct settings *settings, struct arena *arena, struct error *error);

/* How many of these percentiles have an error of more than half a unit in their second significant digit. */
int simulate_coarse(const struct percentiles *percentiles);

/* The spread of every actor, and the percentiles of the discounted sum at the end of the months 1 … horizon:
   (*band)[(month − 1)·ACTORS + actor]. -1 with the error set when memory is out. */
int simulate_spread(const struct simulation *simulation, struct spread spread[ACTORS], struct arena *arena,
	struct error *error);
int simulate_band(const struct simulation *simulation, struct percentiles **band, struct arena *arena, struct error *error);

#endif
