/* Quantiles and the median, by the definition that R and Excel's PERCENTILE.INC use (type 7). */
#include "pipeline/maths/quantile.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "pipeline/maths/maths.h"

enum {
	SMALL = 16,     /* values that are sorted rather than searched */
	MOST_STEPS = 64 /* halving 2^64 values takes as many */
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

double quantile_type7_sorted(const double *x, size_t n, double p)
{
	if (n == 0 || !(p >= 0 && p <= 1) || isnan(x[n - 1])) {
		return MATHS_NAN;
	}
	/* The 1 is added before the fraction is taken: R does so, and it decides the last bit. */
	double index = 1 + (double)(n - 1) * p;
	double whole = floor(index);
	double low = x[(size_t)whole - 1];
	if (index == whole || low == x[(size_t)whole]) {
		return low;
	}
	double part = index - whole;
	return (1 - part) * low + part * x[(size_t)whole];
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

/* Rank number j of several levels: the one at or below the quantile of level j/2, and for odd j the one above it. */
static size_t rank_of(size_t j, const double *p, size_t n)
{
	size_t rank = (size_t)floor(1 + (double)(n - 1) * p[j / 2]) - 1 + j % 2;
	return rank < n ? rank : n - 1;
}

/* Places the ranks j = from … to−1, all that lie between low and high (high excluded): the middle one first, so that each
   half need only look on its own side. */
static void place_ranks(double *x, size_t n, size_t low, size_t high, const double *p, size_t from, size_t to)
{
	while (from < to && low < high) {
		size_t middle = from + (to - from) / 2;
		size_t at = rank_of(middle, p, n);
		if (at < low) {
			from = middle + 1; /* the same rank as one that is placed */
		} else if (at >= high) {
			to = middle;
		} else {
			place(x, low, high - 1, at);
			place_ranks(x, n, low, at, p, from, middle);
			low = at + 1;
			from = middle + 1;
		}
	}
}

void quantile_several(double *x, size_t n, const double *p, size_t count, double *result)
{
	bool known = n > 0;
	for (size_t i = 0; i < count && known; i++) {
		known = p[i] >= (i > 0 ? p[i - 1] : 0) && p[i] <= 1;
	}
	for (size_t i = 0; i < n && known; i++) {
		known = !isnan(x[i]);
	}
	if (known) {
		place_ranks(x, n, 0, n, p, 0, 2 * count);
	}
	for (size_t i = 0; i < count; i++) {
		result[i] = known ? quantile_type7_sorted(x, n, p[i]) : MATHS_NAN;
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
