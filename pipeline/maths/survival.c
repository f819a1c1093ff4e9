/* The Kaplan–Meier estimate: how large a share is still without the event after each time. */
#include "pipeline/maths/survival.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "pipeline/maths/maths.h"

static int by_time(const void *left, const void *right)
{
	const struct survival_subject *a = left;
	const struct survival_subject *b = right;
	return (a->time > b->time) - (a->time < b->time);
}

void survival_sort(struct survival_subject *subjects, size_t n)
{
	if (n > 1) {
		qsort(subjects, n, sizeof *subjects, by_time);
	}
}

/* `hazard` is Σ d/(r(r − d)), the variance of log S. */
static void set_limits(struct survival_step *step, double hazard, double z)
{
	step->variance = step->survival > 0 ? step->survival * step->survival * hazard : MATHS_NAN;
	step->low = MATHS_NAN;
	step->high = MATHS_NAN;
	if (step->survival > 0 && step->survival < 1) {
		double width = z * sqrt(hazard) / log(step->survival); /* negative */
		step->low = pow(step->survival, exp(-width));
		step->high = pow(step->survival, exp(width));
	}
}

int survival_kaplan_meier(struct survival_subject *subjects, size_t n, double level, struct survival_step *steps,
	size_t *count)
{
	*count = 0;
	if (!(level > 0 && level < 1)) {
		return -1;
	}
	for (size_t i = 0; i < n; i++) {
		if (!(subjects[i].time >= 0) || !isfinite(subjects[i].time)) {
			return -1;
		}
	}
	survival_sort(subjects, n);
	double z = gsl_cdf_ugaussian_Qinv((1 - level) / 2);
	double survival = 1;
	double hazard = 0;
	for (size_t from = 0, to; from < n; from = to) {
		struct survival_step *step = &steps[(*count)++];
		*step = (struct survival_step){.time = subjects[from].time, .at_risk = n - from};
		for (to = from; to < n && subjects[to].time == step->time; to++) {
			step->events += subjects[to].event;
			step->censored += !subjects[to].event;
		}
		double risk = (double)step->at_risk;
		double left = (double)(step->at_risk - step->events);
		if (step->events > 0) {
			survival *= left / risk;
			hazard += (double)step->events / (risk * left);
		}
		step->survival = survival;
		set_limits(step, hazard, z);
	}
	return 0;
}

/* The number of steps earlier than `time`, those at `time` itself counted when `inclusive`. */
static size_t steps_before(const struct survival_step *steps, size_t count, double time, bool inclusive)
{
	size_t low = 0;
	size_t high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (steps[middle].time < time || (inclusive && steps[middle].time == time)) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

const struct survival_step *survival_at(const struct survival_step *steps, size_t count, double time)
{
	size_t before = steps_before(steps, count, time, true);
	return before == 0 ? NULL : &steps[before - 1];
}

size_t survival_at_risk(const struct survival_step *steps, size_t count, double time)
{
	size_t before = steps_before(steps, count, time, false);
	return before == count ? 0 : steps[before].at_risk;
}
