/* The dual simplex method on a full tableau, for programs of some hundreds of sums that are solved again and again: linear.c asks it before GLPK. */
#ifndef FINSAMSTAT_MATHS_TABLEAU_H
#define FINSAMSTAT_MATHS_TABLEAU_H

#include <stddef.h>
#include <stdint.h>

struct tableau;

/* Terms of sums, as in linear.h; sums and variables count from 1, the first term is at 1. Sums stand in their order. */
struct tableau_terms {
	size_t count;
	const int *sum, *variable;
	const double *coefficient;
};

/* low ≤ x ≤ high (±INFINITY for none); cost: of variables. */
struct tableau_bounds {
	double low, high, cost;
};

/* An empty one. NULL when memory is out. tableau_free(NULL) is harmless. */
struct tableau *tableau_new(void);
void tableau_free(struct tableau *tableau);

/* Forgets what it has, so that it is as when new, but keeps its memory. tableau_empty(NULL) is harmless. */
void tableau_empty(struct tableau *tableau);

/* Makes it that of so many sums over so many variables, if it is not already; of more sums than it has, with the same variables, the new ones join. 0; 1: it is
   too large; -1: memory is out. */
int tableau_load(struct tableau *tableau, size_t sums, size_t variables, const struct tableau_terms *terms);

/* The least cost under the bounds of sums and variables, from the last solution on; value: of each variable. *touched: places of the tableau that it took part of, about; of whole rows, which go quicker, a quarter. 0: solved; 1: no solution;
   2: it does not find out within `most` steps or by its arithmetic; 3: it takes too much work for a tableau. */
int tableau_solve(struct tableau *tableau, const struct tableau_terms *terms, const struct tableau_bounds *sum, const struct tableau_bounds *variable, size_t most,
	double *value, uint64_t *touched);

#endif
