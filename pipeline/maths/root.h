/* The root of a function of one variable inside a bracket. */
#ifndef FINSAMSTAT_MATHS_ROOT_H
#define FINSAMSTAT_MATHS_ROOT_H

#include "pipeline/base/error.h"

/* Finds x between low and high with f(x, context) = 0 by Brent's method (GSL), f being continuous and of opposite signs
   (or 0) at the two ends. Stops when the bracket is narrower than `tolerance` (> 0, the unit of x) plus a few rounding
   errors of x. Returns 0 with *root set; ROOT_NONE with *root = NAN when low > high, an argument is not finite or
   tolerance ≤ 0, f has the same sign at both ends, or f is not finite somewhere it is asked; -1 with *root = NAN and the
   error set (EXIT_IO) when memory is out: GSL allocates its small state. low = high: 0 when f is 0 there. When f is 0 at an end, that end is the root.
   maths_init must have been called. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4. */
int root_brent(double (*f)(double x, void *context), void *context, double low, double high, double tolerance,
	double *root, struct error *error);
#define ROOT_NONE 1

#endif
