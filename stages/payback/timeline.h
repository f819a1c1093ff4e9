/* Costs and gains laid out in time and discounted. Pure.

   Month t = 1 is the first after the start. The cost of a participant falls evenly on months 1 … D (D = duration); the net
   of a month is (1 − avtagande)^((h−1)/12) of netto_manad in month D + h; what falls in month t is worth (1 + r)^(−t/12).
   Both sums are geometric and taken in closed form, so that any month costs the same. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_TIMELINE_H
#define FINSAMSTAT_STAGES_PAYBACK_TIMELINE_H

/* A sum of powers of q = exp(step) ≤ 1, and q − 1. */
struct timeline_series {
	double step, ratio;
};

/* What all months have in common: the simulation asks for many months of each of many timelines. */
struct timeline {
	int duration;                    /* D, months */
	double cost_first, net_first;    /* worth of a krona in month 1 and in month D + 1 */
	struct timeline_series cost, net; /* from month to month */
	double cost_whole;               /* timeline_cost from month D on */
};

/* duration = D ≥ 1, months; rate the kalkylränta, ≥ 0, and avtagande, 0–1, both a year. */
struct timeline timeline_make(int duration, double rate, double avtagande);

/* Present value, counted to the end of month t ≥ 0, of a cost of 1 kr in all, and of a net of 1 kr a month. */
double timeline_cost(const struct timeline *timeline, int t);
double timeline_net(const struct timeline *timeline, int t);

/* The discounted sum at the end of month t of an actor with this cost and this netto_manad. */
double timeline_sum(const struct timeline *timeline, double cost, double net, int t);

/* aterbetalning_start: the first point in months from the start, interpolated within the month, from which the discounted
   sum stays at or above 0 to the horizon. INFINITY when there is none; NAN when cost is not above 0. A debt of less than
   1e-12 of the cost is rounding and counts as paid. */
double timeline_payback(const struct timeline *timeline, double cost, double net, int horizon);

/* D of a cohort's days in all (both ends counted): its mean days ÷ 30.4375, rounded up, exactly. members ≥ 1. */
int timeline_duration(long long days, long long members);

#endif
