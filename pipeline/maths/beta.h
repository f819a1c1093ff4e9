/* The quantile of the beta distribution, found so that it does not fail on ordinary arguments. */
#ifndef FINSAMSTAT_MATHS_BETA_H
#define FINSAMSTAT_MATHS_BETA_H

/* The x in [0, 1] for which a beta(a, b) variable is at most x with probability p: the inverse of the regularised
   incomplete beta function, qbeta(p, a, b) in R. a and b are positive and finite, p lies in [0, 1]; otherwise NAN.
   p = 0 gives 0 and p = 1 gives 1. Agrees with R to 10 digits or better for a + b up to 1.5e6 and p from 1e-15; for
   larger ones NAN where GSL's distribution function gives up. NAN also for results below 1e-100, which shapes far
   below 1 can have.
   GSL's own gsl_cdf_beta_Pinv is not used: it gives up ("maximum iterations") on ordinary arguments such as
   p = 0.005, a = 6172, b = 6174. */
double beta_quantile(double p, double a, double b);

#endif
