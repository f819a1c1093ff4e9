/* Sum, mean, variance and standard deviation, accurate and in an order that depends on nothing but n. */
#ifndef FINSAMSTAT_MATHS_MOMENTS_H
#define FINSAMSTAT_MATHS_MOMENTS_H

#include <stddef.h>

/* All functions read x[0 … n−1] and give the same bits for the same values in the same order, on any number of
   threads; x may be NULL when n = 0. Work that is split over threads stays so when each fixed block (parallel.h) is
   summed by itself and the sums of the blocks are summed by moments_sum in block order.
   A NAN among the values gives NAN; infinities give what IEEE addition gives (∞, or NAN for ∞ − ∞); the variance of
   values that are not all finite is NAN. */

/* The sum by a fixed tree: runs of 128 are added from left to right, then halves are joined. The error is at most about
   (128 + log2 n)·2⁻⁵³·Σ|x|. n = 0: 0. n = 1: the value. */
double moments_sum(const double *x, size_t n);

/* The arithmetic mean Σx/n, the sum carried in two doubles (about 106 bits) and rounded once. n = 0: NAN. n = 1: the
   value. R: mean(x). */
double moments_mean(const double *x, size_t n);

/* The sample variance Σ(x − mean)²/(n − 1) in two passes, with the mean carried in two doubles: on NIST's StRD data it
   is as close as the data read into doubles allow. n = 0 and n = 1: NAN. R: var(x). */
double moments_variance(const double *x, size_t n);

/* The sample standard deviation, the square root of moments_variance. n = 0 and n = 1: NAN. R: sd(x). */
double moments_sd(const double *x, size_t n);

#endif
