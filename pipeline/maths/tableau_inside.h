/* Inside of the tableau: its lines, and what its files ask of each other. */
#ifndef FINSAMSTAT_MATHS_TABLEAU_INSIDE_H
#define FINSAMSTAT_MATHS_TABLEAU_INSIDE_H

#include <stdbool.h>

#include "pipeline/maths/tableau.h"

#define TABLEAU_PIECES 4
#define TABLEAU_FAR 1e4 /* stands for no bound, and for any further off */

/* Pieces lie between points, the first between 0 and 1; fixed: one of no length. */
struct tableau_line {
	double point[TABLEAU_PIECES + 1], slope[TABLEAU_PIECES];
	size_t pieces;
	double value;
	size_t piece; /* of a basic line: where it should lie; of another: the one above its value, `pieces` at the end */
	bool inside;  /* of one that is not basic: its value lies between the piece's ends */
	bool basic;
	size_t place; /* row or column of the tableau */
};

/* A variable's line, and its sign there. */
struct tableau_member {
	uint32_t line;
	double sign;
};

/* Where a line that is not basic may move on, at what step of costs. */
struct tableau_event {
	double step, pivot, length;
	uint32_t column;
	bool up;
};

struct tableau {
	size_t sums, variables, columns, room; /* columns: lines that are not basic; room: rows */
	struct tableau_line *line;      /* first those of variables, then those of sums */
	struct tableau_member *member;  /* of each variable */
	uint32_t *members;      /* of each line of variables: how many */
	double *entry;          /* of each row and column */
	uint32_t *row_line, *column_line;
	double *weight;         /* of each row, in the solution at hand: what the square of its breach is held against */
	double *cost;           /* of each column: what a unit costs in basic lines */
	double *shift;          /* likewise: how far it moves on in this step */
	struct tableau_event *event;
	uint32_t *filled;       /* columns where the pivot's row is not 0 */
	double *other;          /* scratch: of each of these a value */
	size_t variable_room, column_room, line_room, entry_room; /* what there is memory for */
	size_t terms;           /* those that it has */
	size_t pivots;          /* since it was built */
	uint64_t touched;       /* in the solution at hand: tableau.h */
};

static inline double *tableau_row(const struct tableau *tableau, size_t row)
{
	return tableau->entry + row * tableau->columns;
}

/* Adds so many times one row to another. The same on any processor: no product is joined with a sum. */
void tableau_add(double *to, const double *from, double times, size_t columns);

/* Gives all lines their pieces. */
void tableau_set_lines(struct tableau *tableau, const struct tableau_bounds *sum, const struct tableau_bounds *variable);

/* What the variables of lines are: a line's pieces in their order, as far as its value. */
void tableau_read_values(const struct tableau *tableau, const struct tableau_bounds *variable, double *value);

/* Puts each line where its costs are met and finds the costs of columns and the values of rows: the start of a solution, from where the last one ended. */
void tableau_start(struct tableau *tableau);

#endif
