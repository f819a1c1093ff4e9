/* Figures that were published outside the program, one by one, as q01 names them. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_OUTSIDE_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_OUTSIDE_H

#include "stages/audit/relations/published.h"

/* A figure of q01, by its place in the tables of the run. */
struct outside_figure {
	const struct published_table *table;
	size_t row, measure;
	const char *text; /* as it was published */
};

/* The figure of a row of q01; false when the run has none of that name, or with the error set. */
bool outside_find(const struct published *published, const struct cube *q01, size_t row, struct outside_figure *figure, struct error *error);

/* Whether the figure before protection is the number that was published, at its decimals: *number, and *half of the step in which it was written. */
bool outside_is_same(const struct outside_figure *figure, double *number, double *half);

/* Whether q01 says that an amount, which before protection is the same at the decimals that were written, was published earlier: as *number,
   and *half of the step in which it was written. False, too, when memory is out. */
bool outside_amount(const struct published *published, const struct published_table *table, size_t row, size_t measure, double *number,
	double *half);

#endif
