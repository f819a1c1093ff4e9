/* Costs and gains laid out in time and discounted. */
#include "stages/payback/timeline.h"

#include <math.h>

static struct timeline_series series_of(double step)
{
	return (struct timeline_series){ .step = step, .ratio = expm1(step) };
}

/* 1 + q + … + q^(n−1) with q = exp(step) ≤ 1, accurate for q near 1 too. step = −INFINITY (q = 0) gives 1. */
static double geometric(const struct timeline_series *series, int n)
{
	if (n <= 0)
		return 0;
	if (!(series->step < 0))
		return n;
	return expm1(n * series->step) / series->ratio;
}

/* What t ≤ D months cost. */
static double cost_of(const struct timeline *timeline, int t)
{
	return timeline->cost_first * geometric(&timeline->cost, t) / timeline->duration;
}

struct timeline timeline_make(int duration, double rate, double avtagande)
{
	double step = -log1p(rate) / 12; /* logarithm of the worth of a krona a month later */
	struct timeline timeline = {
		.duration = duration,
		.cost_first = exp(step),
		.cost = series_of(step),
		.net_first = exp(step * (duration + 1)),
		.net = series_of(step + log1p(-avtagande) / 12),
	};
	timeline.cost_whole = cost_of(&timeline, duration);
	return timeline;
}

double timeline_cost(const struct timeline *timeline, int t)
{
	return t < timeline->duration ? cost_of(timeline, t) : timeline->cost_whole;
}

double timeline_net(const struct timeline *timeline, int t)
{
	return timeline->net_first * geometric(&timeline->net, t - timeline->duration);
}

double timeline_sum(const struct timeline *timeline, double cost, double net, int t)
{
	return net * timeline_net(timeline, t) - cost * timeline_cost(timeline, t);
}

/* Up to month D the sum is a debt; after it, the sum moves one way only. So the last month that ends with a debt is found
   by halving. */
double timeline_payback(const struct timeline *timeline, double cost, double net, int horizon)
{
	if (!(cost > 0))
		return (double)NAN;
	double noise = -1e-12 * cost;
	int debt = timeline->duration, paid = horizon;
	if (paid <= debt || timeline_sum(timeline, cost, net, paid) < noise)
		return (double)INFINITY;
	while (paid - debt > 1) {
		int middle = debt + (paid - debt) / 2;
		if (timeline_sum(timeline, cost, net, middle) < noise)
			debt = middle;
		else
			paid = middle;
	}
	double before = timeline_sum(timeline, cost, net, debt), after = timeline_sum(timeline, cost, net, paid);
	return debt + before / (before - after);
}

int timeline_duration(long long days, long long members)
{
	long long sixteenths = members * 487; /* 30.4375 = 487/16 */
	return (int)((days * 16 + sixteenths - 1) / sixteenths);
}
