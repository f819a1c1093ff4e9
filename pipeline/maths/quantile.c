/* Quantiles and the median, by the definition that R and Excel's PERCENTILE.INC use (type 7). */
#include "pipeline/maths/quantile.h"

#include <math.h>
#include <stdlib.h>

#include "pipeline/maths/maths.h"

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

double quantile_type7(double *x, size_t n, double p)
{
	quantile_sort(x, n);
	return quantile_type7_sorted(x, n, p);
}

double quantile_median(double *x, size_t n)
{
	return quantile_type7(x, n, 0.5);
}
