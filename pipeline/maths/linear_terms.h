/* The terms of a linear program's sums, as solvers take them: from 1 on, the first place of each array stays unused. */
#ifndef FINSAMSTAT_MATHS_LINEAR_TERMS_H
#define FINSAMSTAT_MATHS_LINEAR_TERMS_H

#include <stdbool.h>
#include <stddef.h>

/* Zero to begin with; while count is 0 the arrays may be NULL. */
struct linear_terms {
	size_t count, room;
	int *sum, *variable; /* of each term, from 1 */
	double *coefficient;
	bool mixed; /* terms of a sum stand behind those of a later one */
};

/* Room for one more, so that the arrays are there. -1 when memory is out. */
int linear_terms_reserve(struct linear_terms *terms);

/* Adds coefficient·variable to a sum, both counted from 0. -1 when memory is out; then all is as before. */
int linear_terms_add(struct linear_terms *terms, size_t sum, size_t variable, double coefficient);

/* Puts them in the order of so many sums; those of one sum stay as they stand. -1 when memory is out; then all is as before. */
int linear_terms_order(struct linear_terms *terms, size_t sums);

/* None, in the memory that is there. */
void linear_terms_empty(struct linear_terms *terms);
void linear_terms_free(struct linear_terms *terms);

#endif
