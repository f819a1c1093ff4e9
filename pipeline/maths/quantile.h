/* Quantiles and the median, by the definition that R and Excel's PERCENTILE.INC use (type 7). */
#ifndef FINSAMSTAT_MATHS_QUANTILE_H
#define FINSAMSTAT_MATHS_QUANTILE_H

#include <stddef.h>

/* There are nine usual definitions of a sample quantile; here it is always number 7 of Hyndman and Fan (The American
   Statistician 50 (1996) 361–365), R's default: with the values in ascending order x(1) … x(n) and h = 1 + (n − 1)·p,
   the quantile is x(⌊h⌋) + (h − ⌊h⌋)·(x(⌊h⌋+1) − x(⌊h⌋)). The arithmetic is R's, step by step, so that results agree
   with quantile(x, p) to the last bit.

   All functions: p lies in [0, 1], otherwise NAN. n = 0: NAN. n = 1: the value. Infinite values are allowed and stand
   at their end (a quantile between a finite value and +∞ is +∞); a NAN among the values makes the result NAN. */

/* Puts x[0 … n−1] in ascending order in place, -0 before 0 and NAN last. */
void quantile_sort(double *x, size_t n);

/* The quantile of values that are already in the order of quantile_sort. x is only read. */
double quantile_type7_sorted(const double *x, size_t n, double p);

/* The quantile of values in any order. The buffer x belongs to the caller and is sorted in place; for several
   quantiles of the same values, sort once and use quantile_type7_sorted. */
double quantile_type7(double *x, size_t n, double p);

/* Several quantiles of the same values in any order, without sorting them: result[i] is quantile_type7 at p[i], to the bit
   (but that a zero has no sign). p ascends from 0 or more to 1 or less, count ≤ QUANTILES_AT_ONCE; otherwise all results are
   NAN. The buffer x belongs to the caller and is used up. Takes time proportional to n, on contrived values at most to
   n·log n. */
enum { QUANTILES_AT_ONCE = 16 };
void quantile_several(double *x, size_t n, const double *p, size_t count, double *result);

/* The median: the type 7 quantile at p = 1/2, which is the middle value or the mean of the two middle ones. The buffer
   x belongs to the caller and is sorted in place. */
double quantile_median(double *x, size_t n);

#endif
