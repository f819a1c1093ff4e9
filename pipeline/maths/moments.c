/* Sum, mean, variance and standard deviation, accurate and in an order that depends on nothing but n. */
#include "pipeline/maths/moments.h"

#include <math.h>

#include "pipeline/maths/maths.h"

enum { RUN = 128 };

/* A number carried as the unevaluated sum of two doubles; low is the rounding error of high. */
struct pair {
	double high;
	double low;
};

/* Knuth's two-sum: high + low is exactly a + b. */
static struct pair two_sum(double a, double b)
{
	double sum = a + b;
	double part = sum - a;
	return (struct pair){sum, (a - (sum - part)) + (b - part)};
}

static struct pair add(struct pair sum, double x)
{
	struct pair next = two_sum(sum.high, x);
	return two_sum(next.high, next.low + sum.low);
}

/* Each level halves the number of runs, so the recursion is at most 57 deep. */
double moments_sum(const double *x, size_t n)
{
	if (n <= RUN) {
		double sum = 0;
		for (size_t i = 0; i < n; i++) {
			sum += x[i];
		}
		return sum;
	}
	size_t runs = n / RUN + (n % RUN != 0);
	size_t half = (runs + 1) / 2 * RUN;
	return moments_sum(x, half) + moments_sum(x + half, n - half);
}

/* n ≥ 1. When the sum is not finite, low is 0 and high is what plain addition gives. */
static struct pair mean_of(const double *x, size_t n)
{
	double count = (double)n;
	struct pair sum = {0, 0};
	for (size_t i = 0; i < n; i++) {
		sum = add(sum, x[i]);
	}
	if (!isfinite(sum.high) || !isfinite(sum.low)) {
		return (struct pair){moments_sum(x, n) / count, 0};
	}
	double mean = sum.high / count;
	/* fma gives the remainder of the division exactly. */
	return two_sum(mean, (fma(-mean, count, sum.high) + sum.low) / count);
}

double moments_mean(const double *x, size_t n)
{
	return n == 0 ? MATHS_NAN : mean_of(x, n).high;
}

double moments_variance(const double *x, size_t n)
{
	if (n < 2) {
		return MATHS_NAN;
	}
	struct pair mean = mean_of(x, n);
	struct pair squares = {0, 0};
	for (size_t i = 0; i < n; i++) {
		double deviation = (x[i] - mean.high) - mean.low;
		squares = add(squares, deviation * deviation);
	}
	return (squares.high + squares.low) / (double)(n - 1);
}

double moments_sd(const double *x, size_t n)
{
	return sqrt(moments_variance(x, n));
}
