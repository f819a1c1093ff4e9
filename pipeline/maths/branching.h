/* Whole numbers by branching on a tableau, which goes on from one program to the next. */
#ifndef FINSAMSTAT_MATHS_BRANCHING_H
#define FINSAMSTAT_MATHS_BRANCHING_H

#include "pipeline/maths/linear_items.h"
#include "pipeline/maths/tableau.h"

/* A program that a tableau has solved under these bounds, and the work that may be done on it. */
struct branching {
	struct tableau *tableau;
	const struct tableau_terms *terms;
	const struct linear_items *sums;
	struct linear_items *variables; /* their bounds change meanwhile, and are as before in the end */
	size_t steps;                   /* of each program, at most */
	int nodes;                      /* so many programs at most; but until the first solution ten times as many */
	double *value;                  /* of each variable: the solution in the reals; then that in whole numbers */
	uint64_t touched;               /* what it has taken: tableau_solve */
};

/* The cheapest solution in whole numbers that is found. 0; 1: none was; -1: memory is out. */
int branching_find(struct branching *branching);

#endif
