/* Why a published figure is not the computed one. */
#ifndef FINSAMSTAT_STAGES_RECONCILE_EXPLAIN_H
#define FINSAMSTAT_STAGES_RECONCILE_EXPLAIN_H

#include <stdbool.h>

#include "stages/reconcile/desk.h"

/* What the comparison of one figure says. */
struct comparison {
	enum cell_status status;  /* of beraknat: CELL_PUBLISHED or CELL_MISSING */
	bool is_number;           /* beraknat is a number; else `text` */
	double number;            /* full precision */
	const char *text;
	bool agrees;              /* the figure is the computed one, to the decimals that it was published with */
	const char *explanation;  /* Swedish; never NULL unless memory is out */
};

/* Compares a published figure with the computed one and explains a difference by the first reason that fits:
   rounding; digits cut off; thousands of kronor; published women and men (or other parts) that miss the published total;
   women and men without those whose sex is unknown; parts that overlap, added up; another base or numerator of a share, or
   another divisor of kronor per head; another measure of the same row. Every computed cell that was looked at is in desk->seen
   afterwards: the explanation tells of all of them. -1 with the error set when memory is out. */
int explain(struct desk *desk, const struct published *figure, struct comparison *comparison);

#endif
