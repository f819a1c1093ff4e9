/* Tests of significance: the Wilcoxon signed rank test of pairs and the log-rank test of two survival curves. */
#include "pipeline/maths/test.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "pipeline/maths/maths.h"
#include "pipeline/maths/survival.h"

enum {
	EXACT_BELOW = 50,
	EXACT_SUMS = (EXACT_BELOW - 1) * EXACT_BELOW / 2 + 1
};

static int by_size(const void *left, const void *right)
{
	const double a = fabs(*(const double *)left);
	const double b = fabs(*(const double *)right);
	return (a > b) - (a < b);
}

/* P(V ≤ v) for n < 50 pairs and whole v. ways[s] counts the subsets of the ranks 1 … n with sum s; the counts stay
   below 2^49, so the doubles are exact. */
static double signed_rank_below(double v, size_t n)
{
	double ways[EXACT_SUMS] = {1};
	size_t largest = 0;
	for (size_t rank = 1; rank <= n; rank++) {
		largest += rank;
		for (size_t sum = largest; sum >= rank; sum--) {
			ways[sum] += ways[sum - rank];
		}
	}
	double below = 0;
	for (size_t sum = 0; sum <= largest && (double)sum <= v; sum++) {
		below += ways[sum];
	}
	return ldexp(below, -(int)n);
}

static double exact_p(double v, size_t n)
{
	double most = (double)n * (double)(n + 1) / 2;
	return fmin(1, 2 * signed_rank_below(fmin(v, most - v), n));
}

/* `ties` is Σ(t³ − t) over the groups of t equal absolute differences. */
static double normal_p(double v, size_t n, double ties)
{
	double count = (double)n;
	double away = fabs(v - count * (count + 1) / 4);
	double sd = sqrt(count * (count + 1) * (2 * count + 1) / 24 - ties / 48);
	double corrected = away == 0 ? 0 : away - 0.5;
	double z = corrected / sd;
	return 2 * fmin(gsl_cdf_ugaussian_P(z), gsl_cdf_ugaussian_Q(z));
}

int test_wilcoxon(const double *x, const double *y, size_t n, double *work, struct test_wilcoxon_result *result)
{
	*result = (struct test_wilcoxon_result){.statistic = MATHS_NAN, .p = MATHS_NAN};
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		double difference = x[i] - y[i];
		if (!isfinite(difference)) {
			return -1;
		}
		if (difference != 0) {
			work[used++] = difference;
		}
	}
	result->pairs = used;
	if (used == 0) {
		return -1;
	}
	qsort(work, used, sizeof *work, by_size);
	double ties = 0;
	result->statistic = 0;
	for (size_t from = 0, to; from < used; from = to) {
		size_t positive = 0;
		for (to = from; to < used && fabs(work[to]) == fabs(work[from]); to++) {
			positive += work[to] > 0;
		}
		double group = (double)(to - from);
		ties += group * group * group - group;
		result->statistic += (double)positive * (double)(from + 1 + to) / 2;
	}
	result->exact = used < EXACT_BELOW && used == n && ties == 0;
	result->p = result->exact ? exact_p(result->statistic, used) : normal_p(result->statistic, used, ties);
	return 0;
}

static bool times_valid(const struct survival_subject *subjects, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!(subjects[i].time >= 0) || !isfinite(subjects[i].time)) {
			return false;
		}
	}
	return true;
}

/* Events at `time`, which is the time of subjects[*next] or earlier; moves *next past them. */
static double events_at(const struct survival_subject *subjects, size_t n, size_t *next, double time)
{
	size_t events = 0;
	for (; *next < n && subjects[*next].time == time; ++*next) {
		events += subjects[*next].event;
	}
	return (double)events;
}

int test_logrank(struct survival_subject *a, size_t na, struct survival_subject *b, size_t nb,
	struct test_logrank_result *result)
{
	*result = (struct test_logrank_result){MATHS_NAN, MATHS_NAN, MATHS_NAN, MATHS_NAN, MATHS_NAN, MATHS_NAN, MATHS_NAN};
	if (!times_valid(a, na) || !times_valid(b, nb)) {
		return -1;
	}
	survival_sort(a, na);
	survival_sort(b, nb);
	*result = (struct test_logrank_result){0, 0, 0, 0, 0, MATHS_NAN, MATHS_NAN};
	for (size_t i = 0, j = 0; i < na || j < nb;) {
		double time = j == nb || (i < na && a[i].time < b[j].time) ? a[i].time : b[j].time;
		double risk_a = (double)(na - i);
		double risk = risk_a + (double)(nb - j);
		double events_a = events_at(a, na, &i, time);
		double events_b = events_at(b, nb, &j, time);
		double events = events_a + events_b;
		double share = risk_a / risk;
		result->observed_a += events_a;
		result->observed_b += events_b;
		result->expected_a += events * share;
		result->expected_b += events * (1 - share);
		if (risk > 1) {
			result->variance += events * share * (1 - share) * (risk - events) / (risk - 1);
		}
	}
	if (!(result->variance > 0)) {
		return -1;
	}
	double away = result->observed_a - result->expected_a;
	result->chi_square = away * away / result->variance;
	result->p = gsl_cdf_chisq_Q(result->chi_square, 1);
	return 0;
}
