/* Tests of significance: the Wilcoxon signed rank test of pairs and the log-rank test of two survival curves. */
#ifndef FINSAMSTAT_MATHS_TEST_H
#define FINSAMSTAT_MATHS_TEST_H

#include <stdbool.h>
#include <stddef.h>

struct survival_subject;

struct test_wilcoxon_result {
	size_t pairs;     /* pairs that differ; the others take no part */
	double statistic; /* V, the sum of the ranks of the positive differences */
	double p;         /* two-sided, 0–1 */
	bool exact;       /* from the exact distribution, not from the normal one */
};

/* Wilcoxon's signed rank test of the pairs (x[i], y[i]), i < n, two-sided, exactly as R's
   wilcox.test(x, y, paired = TRUE): the absolute differences x − y that are not 0 are ranked, equal ones sharing the
   mean rank. With fewer than 50 pairs, no difference equal to 0 and no equal absolute differences, p comes from the
   exact distribution; otherwise from the normal one with continuity correction and correction of the variance for ties.
   "Equal" means equal as doubles after subtraction, as in R: give scores as whole numbers where ties matter.

   `work` has room for n doubles, overwritten; x and y are only read. Returns 0, or -1 with statistic and p NAN when a
   value is not finite or no pair differs (so at n = 0). n = 1: p = 1. Hollander and Wolfe, 2nd ed. (1999), section 3.1. */
int test_wilcoxon(const double *x, const double *y, size_t n, double *work, struct test_wilcoxon_result *result);

struct test_logrank_result {
	double observed_a; /* events in a, and what a would have if both had the same hazard */
	double expected_a;
	double observed_b;
	double expected_b;
	double variance;   /* of observed_a − expected_a, hypergeometric */
	double chi_square; /* 1 degree of freedom */
	double p;          /* 0–1 */
};

/* The log-rank (Mantel–Haenszel) test that the groups a and b have the same survival, as R's
   survdiff(Surv(time, event) ~ group): at each time with d events among r at risk, r_a of them in a, a expects d·r_a/r
   with variance d·(r_a/r)·(1 − r_a/r)·(r − d)/(r − 1); chi² = (O − E)²/V. Times are tied only when they are equal (R
   first joins times closer than about 1e-8 of their size; whole numbers are not affected).

   Both arrays are sorted by time in place. Returns 0, or -1 with chi_square and p NAN when a time is negative or not
   finite (then all NAN) or when there is nothing to compare: a group is empty (so at n = 0), or no event happened while
   both groups had someone at risk (V = 0). na = nb = 1: defined unless V = 0. Harrington and Fleming, Biometrika 69
   (1982) 553–566, with rho = 0. */
int test_logrank(struct survival_subject *a, size_t na, struct survival_subject *b, size_t nb,
	struct test_logrank_result *result);

#endif
