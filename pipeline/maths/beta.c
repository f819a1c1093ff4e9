/* The quantile of the beta distribution, found so that it does not fail on ordinary arguments. */
#include "pipeline/maths/beta.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "pipeline/maths/maths.h"

/* Newton's steps inside a bracket that always holds the root. A step that leaves the bracket is replaced by its
   middle, so that the bracket shrinks in any case; 400 is beyond what pure halving needs for any double above 1e-100. */
double beta_quantile(double p, double a, double b)
{
	if (!(p >= 0 && p <= 1) || !(a > 0) || !(b > 0) || !isfinite(a) || !isfinite(b)) {
		return MATHS_NAN;
	}
	if (p == 0 || p == 1) {
		return p;
	}
	double low = 0;
	double high = 1;
	double x = a / (a + b);
	for (int step = 0; step < 400; step++) {
		/* In the upper half the complement carries the digits. */
		double miss = p <= 0.5 ? gsl_cdf_beta_P(x, a, b) - p : (1 - p) - gsl_cdf_beta_Q(x, a, b);
		if (isnan(miss)) {
			return MATHS_NAN;
		}
		if (miss == 0) {
			return x;
		}
		if (miss < 0) {
			low = x;
		} else {
			high = x;
		}
		double next = x - miss / gsl_ran_beta_pdf(x, a, b);
		if (!(next > low && next < high)) {
			next = low + (high - low) / 2;
		}
		if (fabs(next - x) <= DBL_EPSILON * x) {
			return next;
		}
		x = next;
	}
	return MATHS_NAN;
}
