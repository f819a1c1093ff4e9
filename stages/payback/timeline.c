/* Costs and gains laid out in time and discounted. */
#include "stages/payback/timeline.h"

#include <math.h>

/* 1 + q + … + q^(n−1) with q = exp(step) ≤ 1, accurate for q near 1 too. step = −INFINITY (q = 0) gives 1. */
static double geometric(double step, int n)
{
	if (n <= 0)
		return 0;
	if (!(step < 0))
		return n;
	return expm1(n * step) / expm1(step);
}

/* Logarithm of the worth of a krona a month later. */
static double discount(const struct timeline *timeline)
{
	return -log1p(timeline->rate) / 12;
}

double timeline_cost(const struct timeline *timeline, int t)
{
	double step = discount(timeline);
	int paid = t < timeline->duration ? t : timeline->duration;
	return exp(step) * geometric(step, paid) / timeline->duration;
}

double timeline_net(const struct timeline *timeline, int t)
{
	double step = discount(timeline);
	return exp(step * (timeline->duration + 1)) *
		geometric(step + log1p(-timeline->avtagande) / 12, t - timeline->duration);
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
