/* How the counts of a run's tables are rounded: which table is made from which atoms, in what order. The data of the rounding
   mode, as rules.h is of the other. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ROUNDING_ROUND_PLAN_H
#define FINSAMSTAT_STAGES_PROTECT_ROUNDING_ROUND_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#define PLAN_VIEWS 8

/* A table's cells: sums of the atoms with the same codes, or any where the table has TOT. */
struct plan_view {
	const char *table, *measure;
	const char *only; /* codes of the plan's `sort` of which the atom must have one, in bars: "|a|b|"; NULL: any */
	unsigned dear;    /* how many times more its deviations weigh: figures that goals rest on; 0: once */
};

/* Counts of an earlier plan that hold the atoms: the row with the codes of the atom, TOT where it has no such dimension. */
struct plan_whole {
	const char *table, *measure;
	const char *dimension, *from; /* its dimension `dimension` has the codes of the atoms' `from`; NULL: all by name */
};

struct plan {
	const char *atoms, *measure; /* the cube of atoms: its rows without TOT */
	const char *slice[2];        /* each combination is rounded by itself; NULL ends */
	const char *sort;            /* dimension that only tells atoms of a cell apart (plan_view.only); NULL without */
	bool alone;                  /* of months, that come before tables of years: those alone of which the period has no other of their year; the plans
	                                without leave them out */
	const char *parts;           /* dimension whose TOT is not made here: it stands in another table */
	/* Dimensions whose codes overlap, TOT one of them: atoms that differ in nothing else are rounded alike, so that a part stays
	   within its whole and the same set has the same count. NULL ends. */
	const char *alike[2];
	/* One whole, and nothing alike: the atoms of a row of it share its rounded count, with a rest that no atom has. Where they add
	   up to more than it they overlap: they are rounded alike over `parts`. Atoms alike: each is no more than its wholes, and
	   equal to one that was equal to it. A table of NULL ends. */
	struct plan_whole whole[2];
	struct plan_view view[PLAN_VIEWS]; /* a table of NULL ends */
};

extern const struct plan round_plans[];
extern const size_t round_plan_count;

#endif
