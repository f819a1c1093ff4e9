/* Quantiles and the median, by the definition that R and Excel's PERCENTILE.INC use (type 7). */
#include "pipeline/maths/quantile.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "pipeline/maths/maths.h"

enum {
	SMALL = 16,            /* values that are sorted rather than searched */
	MOST_STEPS = 64,       /* halving 2^64 values takes as many */
	BUCKETS = 1024,        /* of a histogram */
	LEAST_BUCKETED = 2048, /* fewer values are found sooner without one */
	SAMPLE = 256           /* values that its range is taken from */
};

/* A total order, so that the sorted bytes do not depend on the sorting method. */
static int ascending(const void *left, const void *right)
{
	const double a = *(const double *)left;
	const double b = *(const double *)right;
	if (isnan(a) || isnan(b)) {
		return (isnan(a) != 0) - (isnan(b) != 0);
	}
	if (a == b) {
		return (signbit(b) != 0) - (signbit(a) != 0);
	}
	return a < b ? -1 : 1;
}

void quantile_sort(double *x, size_t n)
{
	if (n > 1) {
		qsort(x, n, sizeof *x, ascending);
	}
}

/* Where the quantile lies among n values, counted from 1. The 1 is added before the fraction is taken: R does so, and it
   decides the last bit. */
static double index_of(size_t n, double p)
{
	return 1 + (double)(n - 1) * p;
}

/* The rank, from 0, of the value at or below the quantile; of the one above it (the last has none and stands for it). */
static size_t rank_below(size_t n, double p)
{
	return (size_t)index_of(n, p) - 1;
}

static size_t rank_above(size_t n, double p)
{
	size_t rank = rank_below(n, p) + 1;
	return rank < n ? rank : n - 1;
}

/* The quantile from the values of these two ranks. */
static double between(size_t n, double p, double low, double high)
{
	double index = index_of(n, p), part = index - floor(index);
	return part == 0 || low == high ? low : (1 - part) * low + part * high;
}

double quantile_type7_sorted(const double *x, size_t n, double p)
{
	if (n == 0 || !(p >= 0 && p <= 1) || isnan(x[n - 1])) {
		return MATHS_NAN;
	}
	return between(n, p, x[rank_below(n, p)], x[rank_above(n, p)]);
}

/* Puts the value of rank `at` in its place between low and high (both included), the smaller ones before it. Quickselect
   with the median of three; should the pivots be bad so often that it gets slow, what is left is sorted. */
static void place(double *x, size_t low, size_t high, size_t at)
{
	for (int steps = 0; high - low >= SMALL; steps++) {
		if (steps == MOST_STEPS) {
			break;
		}
		double first = x[low], middle = x[low + (high - low) / 2], last = x[high];
		double pivot = fmax(fmin(first, middle), fmin(fmax(first, middle), last));
		size_t left = low, right = high + 1; /* right is one past, so that it need not go below 0 */
		while (left < right) {
			while (x[left] < pivot) {
				left++;
			}
			while (x[right - 1] > pivot) {
				right--;
			}
			if (left < right) {
				double swapped = x[left];
				x[left++] = x[right - 1];
				x[--right] = swapped;
			}
		}
		/* Before `right` nothing is above the pivot, from `left` on nothing below; between them all equal it. */
		if (at < right) {
			high = right - 1;
		} else if (at >= left) {
			low = left;
		} else {
			return;
		}
	}
	quantile_sort(x + low, high - low + 1);
}

/* Places the ranks from … to−1, all that lie between low and high (high excluded): the middle one first, so that each half
   need only look on its own side. */
static void place_ranks(double *x, size_t low, size_t high, const size_t *rank, size_t from, size_t to)
{
	while (from < to && low < high) {
		size_t middle = from + (to - from) / 2;
		size_t at = rank[middle];
		if (at < low) {
			from = middle + 1; /* the same rank as one that is placed */
		} else if (at >= high) {
			to = middle;
		} else {
			place(x, low, high - 1, at);
			place_ranks(x, low, at, rank, from, middle);
			low = at + 1;
			from = middle + 1;
		}
	}
}

/* A histogram of equal widths; what lies outside its range counts in its ends. A greater value never stands in an earlier
   bucket, however the arithmetic rounds and whatever the range: so a rank is found in its bucket alone. */
struct histogram {
	double low, scale;
	uint32_t count[BUCKETS];
};

static size_t bucket_of(const struct histogram *histogram, double value)
{
	double at = (value - histogram->low) * histogram->scale;
	at = at > 0 ? at : 0;
	return (size_t)(int)(at < BUCKETS - 1 ? at : BUCKETS - 1);
}

/* The range of a sample of the values, which a few that are far out seldom stretch. False when there is none to divide. */
static bool take_range(struct histogram *histogram, const double *x, size_t n)
{
	double low = (double)INFINITY, high = -(double)INFINITY;
	for (size_t i = 0; i < n; i += n / SAMPLE) {
		if (isfinite(x[i])) {
			low = fmin(low, x[i]);
			high = fmax(high, x[i]);
		}
	}
	*histogram = (struct histogram){.low = low, .scale = BUCKETS / (high - low)};
	return isnormal(histogram->scale) && histogram->scale > 0;
}

/* Drops the values of the buckets that no rank lies in, of x[0 … n−1] and of the ranks. Returns how many are left. A percentile
   and its neighbours need some dozens of ten thousand values. The ranks ascend, but that a level as near as the one before
   asks for its ranks again; as the same one or the next, between whose buckets no value is dropped, these move alike. */
static size_t drop_others(double *x, size_t n, struct histogram *histogram, size_t *rank, size_t ranks)
{
	size_t before = 0, dropped = 0, next = 0, kept = 0;
	for (size_t i = 0; i < n; i++) {
		histogram->count[bucket_of(histogram, x[i])]++;
	}
	for (size_t bucket = 0; bucket < BUCKETS; bucket++) {
		uint32_t held = histogram->count[bucket];
		bool wanted = next < ranks && rank[next] < before + held;
		for (; next < ranks && rank[next] < before + held; next++) {
			rank[next] -= dropped;
		}
		before += held;
		dropped += wanted ? 0 : held;
		histogram->count[bucket] = wanted;
	}
	for (size_t i = 0; i < n; i++) { /* without a branch, which could not be foretold */
		x[kept] = x[i];
		kept += histogram->count[bucket_of(histogram, x[i])];
	}
	return kept;
}

/* Changes x and the ranks so that x[rank] is the value of each rank. */
static void find_ranks(double *x, size_t n, size_t *rank, size_t ranks)
{
	struct histogram histogram;
	if (n >= LEAST_BUCKETED && n <= UINT32_MAX && take_range(&histogram, x, n)) {
		n = drop_others(x, n, &histogram, rank, ranks);
	}
	place_ranks(x, 0, n, rank, 0, ranks);
}

void quantile_several(double *x, size_t n, const double *p, size_t count, double *result)
{
	size_t rank[2 * QUANTILES_AT_ONCE]; /* of each level the one at or below the quantile, and the one above it */
	bool known = n > 0 && count <= QUANTILES_AT_ONCE;
	for (size_t i = 0; i < count && known; i++) {
		known = p[i] >= (i > 0 ? p[i - 1] : 0) && p[i] <= 1;
	}
	for (size_t i = 0; i < n && known; i++) {
		known = !isnan(x[i]);
	}
	for (size_t i = 0; i < count && known; i++) {
		rank[2 * i] = rank_below(n, p[i]);
		rank[2 * i + 1] = rank_above(n, p[i]);
	}
	if (known) {
		find_ranks(x, n, rank, 2 * count);
	}
	for (size_t i = 0; i < count; i++) {
		/* Of a 0 and a −0, which are equal, chance decides which has the rank: −0 + 0 is 0. */
		result[i] = known ? between(n, p[i], x[rank[2 * i]], x[rank[2 * i + 1]]) + 0.0 : MATHS_NAN;
	}
}

double quantile_type7(double *x, size_t n, double p)
{
	quantile_sort(x, n);
	return quantile_type7_sorted(x, n, p);
}

double quantile_median(double *x, size_t n)
{
	return quantile_type7(x, n, 0.5);
}
