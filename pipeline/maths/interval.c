/* Confidence intervals: one proportion, the difference of two, and a mean. */
#include "pipeline/maths/interval.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>

#include "pipeline/maths/beta.h"
#include "pipeline/maths/maths.h"
#include "pipeline/maths/moments.h"

static const struct interval nothing = {MATHS_NAN, MATHS_NAN, MATHS_NAN};

static bool valid(int64_t x, int64_t n, double level)
{
	return n >= 1 && x >= 0 && x <= n && level > 0 && level < 1;
}

/* The smaller root of (n + z²)p² − (2x + z²)p + x²/n = 0, from the product of the roots, so that no digits are lost
   when x/n is small. */
static double wilson_low(double x, double n, double z2)
{
	if (x == 0) {
		return 0;
	}
	double larger = (2 * x + z2 + sqrt(z2 * (z2 + 4 * x * (n - x) / n))) / 2;
	return x * x / n / larger;
}

int interval_wilson(int64_t x, int64_t n, double level, struct interval *result)
{
	*result = nothing;
	if (!valid(x, n, level)) {
		return -1;
	}
	double successes = (double)x;
	double trials = (double)n;
	double z = gsl_cdf_ugaussian_Qinv((1 - level) / 2);
	result->estimate = successes / trials;
	result->low = wilson_low(successes, trials, z * z);
	result->high = 1 - wilson_low(trials - successes, trials, z * z);
	return 0;
}

static double clopper_pearson_low(double x, double n, double tail)
{
	if (x == 0) {
		return 0;
	}
	return x == n ? exp(log(tail) / n) : beta_quantile(tail, x, n - x + 1);
}

int interval_clopper_pearson(int64_t x, int64_t n, double level, struct interval *result)
{
	*result = nothing;
	if (!valid(x, n, level)) {
		return -1;
	}
	double successes = (double)x;
	double trials = (double)n;
	double tail = (1 - level) / 2;
	result->estimate = successes / trials;
	result->low = clopper_pearson_low(successes, trials, tail);
	/* 1 − tail^(1/n) by expm1, or a rare event among very many would lose its digits. */
	result->high = x == 0 ? -expm1(log(tail) / trials) : 1 - clopper_pearson_low(trials - successes, trials, tail);
	if (isnan(result->low) || isnan(result->high)) {
		*result = nothing;
		return -1;
	}
	return 0;
}

int interval_newcombe(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double level, struct interval *result)
{
	struct interval first;
	struct interval second;
	*result = nothing;
	if (interval_wilson(x1, n1, level, &first) != 0 || interval_wilson(x2, n2, level, &second) != 0) {
		return -1;
	}
	double difference = first.estimate - second.estimate;
	result->estimate = difference;
	result->low = difference - hypot(first.estimate - first.low, second.high - second.estimate);
	result->high = difference + hypot(first.high - first.estimate, second.estimate - second.low);
	/* The limits lie in [-1, 1]; rounding may put the last digit outside. */
	result->low = fmax(result->low, -1);
	result->high = fmin(result->high, 1);
	return 0;
}

int interval_t(const double *x, size_t n, double level, struct interval *result)
{
	*result = nothing;
	double mean = moments_mean(x, n);
	if (!isfinite(mean) || !(level > 0 && level < 1)) {
		return -1;
	}
	result->estimate = mean;
	if (n < 2) {
		return -1;
	}
	double freedom = (double)(n - 1);
	double half = gsl_cdf_tdist_Qinv((1 - level) / 2, freedom) * moments_sd(x, n) / sqrt((double)n);
	if (!isfinite(half)) {
		return -1;
	}
	result->low = mean - half;
	result->high = mean + half;
	return 0;
}
