/* Confidence intervals: one proportion, the difference of two, and a mean. */
#ifndef FINSAMSTAT_MATHS_INTERVAL_H
#define FINSAMSTAT_MATHS_INTERVAL_H

#include <stddef.h>
#include <stdint.h>

/* An estimate with its two limits, in the unit of the data; a proportion is a fraction (0.25, not 25). */
struct interval {
	double estimate;
	double low;
	double high;
};

/* All functions here: `level` is the confidence level, above 0 and below 1 (0.95 is usual), half of the error on each
   side. Counts satisfy 0 ≤ x ≤ n. Return 0 with all of *result set, or -1 when an argument is out of range or the
   interval does not exist; the members that do not exist are then NAN. */

/* Wilson's score interval of the proportion x/n, without continuity correction: the roots p of
   (x/n − p)² = z²·p(1 − p)/n with z the normal quantile of (1 + level)/2. R: prop.test(x, n, correct = FALSE).
   n = 0: -1, all NAN. n = 1: defined. x = 0 gives low = 0 and x = n gives high = 1, exactly.
   Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212. */
int interval_wilson(int64_t x, int64_t n, double level, struct interval *result);

/* Clopper and Pearson's "exact" interval of the proportion x/n: the p at which a binomial(n, p) variable is ≥ x, and
   ≤ x, with probability (1 − level)/2; quantiles of beta(x, n − x + 1) and beta(x + 1, n − x). R: binom.test(x, n).
   n = 0: -1, all NAN. n = 1: defined. x = 0 gives low = 0 and x = n gives high = 1. n up to 1.5e6; beyond, perhaps -1 (beta.h).
   Clopper and Pearson, Biometrika 26 (1934) 404–413. */
int interval_clopper_pearson(int64_t x, int64_t n, double level, struct interval *result);

/* Newcombe's interval of the difference x1/n1 − x2/n2 of two independent proportions, method 10: the Wilson limits of
   each (l, u) combined as  d − √((p1 − l1)² + (u2 − p2)²)  to  d + √((u1 − p1)² + (p2 − l2)²), without continuity
   correction; it never leaves [-1, 1]. n1 = 0 or n2 = 0: -1, all NAN. n1 = n2 = 1: defined.
   Newcombe, Statistics in Medicine 17 (1998) 873–890. */
int interval_newcombe(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double level, struct interval *result);

/* Student's t interval of the mean of x[0 … n−1], for paired data the mean of the differences: mean ± t·sd/√n with t
   the quantile of (1 + level)/2 at n − 1 degrees of freedom. R: t.test(x). Equal values give an interval of width 0
   (R stops there). n = 0, or a value that is not finite: -1, all NAN. n = 1,
   or a sd beyond the largest double: -1 with the estimate set, limits NAN. */
int interval_t(const double *x, size_t n, double level, struct interval *result);

#endif
