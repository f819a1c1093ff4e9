/* The sums or the variables of a linear program: their bounds, and which of them a solver has not been told of. */
#ifndef FINSAMSTAT_MATHS_LINEAR_ITEMS_H
#define FINSAMSTAT_MATHS_LINEAR_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/maths/tableau.h"

/* Zero to begin with. */
struct linear_items {
	size_t count, room, changes;
	struct tableau_bounds *bounds; /* high is not below low */
	bool *whole;                   /* variables in whole numbers */
	bool *changed;                 /* since changes were last set to 0: those of the list */
	size_t *change;
};

/* One more, changed. -1 when memory is out; then all is as before. */
int linear_items_add(struct linear_items *items, struct tableau_bounds bounds, bool whole);

/* Other bounds. */
void linear_items_change(struct linear_items *items, size_t index, struct tableau_bounds bounds);

/* The solver has been told of all changes. */
void linear_items_told(struct linear_items *items);

/* None, in the memory that is there. */
void linear_items_empty(struct linear_items *items);
void linear_items_free(struct linear_items *items);

#endif
