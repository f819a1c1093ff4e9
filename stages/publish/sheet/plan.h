/* How each table is laid out for people: which dimensions part it into blocks, which stand down and which across. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_SHEET_PLAN_H
#define FINSAMSTAT_STAGES_PUBLISH_SHEET_PLAN_H

#include <stdbool.h>

#include "pipeline/table/schema/schema.h"

/* Names of dimensions parted by spaces; "matt" stands for the measures and is last where it is named; in q01, which has a
   dimension of that name, "varde" does. */
struct plan {
	const char *table;
	const char *blocks; /* a block for each combination of these codes */
	const char *down, *across;
	bool complete; /* every block has the rows and columns of all */
};

/* The plan of a table; NULL for one without: a new table needs a line in plan.c. */
const struct plan *plan_of(const struct table *table);

#endif
