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
	uint64_t *row_bits;     /* of each row: in which columns entries may be other than 0; few are */
	uint64_t *column_bits;  /* of each column likewise: in which rows */
	size_t row_words, column_words; /* words of bits of a row, and of a column */
	double *weight;         /* of each row, in the solution at hand: what the square of its breach is held against */
	double *value;          /* likewise: the value of its line, which itself learns it in the end; … */
	double *low, *high;     /* … and the ends of the piece where that should lie */
	double *cost;           /* of each column: what a unit costs in basic lines */
	double *shift;          /* likewise: how far it moves on in this step */
	struct tableau_event *event;
	uint32_t *filled;       /* scratch: columns where a row is not 0 */
	uint32_t *passed;       /* likewise: columns whose lines move on */
	uint32_t *holder;       /* likewise: rows where a column is not 0 */
	double *other;          /* likewise: of each row a value */
	size_t variable_room, column_room, line_room, entry_room; /* what there is memory for */
	size_t terms;           /* those that it has */
	size_t pivots;          /* since it was built */
	uint64_t touched;       /* in the solution at hand: tableau.h */
};

static inline double *tableau_row(const struct tableau *tableau, size_t row)
{
	return tableau->entry + row * tableau->columns;
}

/* The columns in which a row may be other than 0, and the rows in which a column may, in their order; how many. */
size_t tableau_list_columns(const struct tableau *tableau, size_t row, uint32_t *into);
size_t tableau_list_rows(const struct tableau *tableau, size_t column, uint32_t *into);

/* A place is filled from now on, or is 0. */
void tableau_fill(struct tableau *tableau, size_t row, size_t column);
void tableau_clear(struct tableau *tableau, size_t row, size_t column);

/* The row, whose other columns are the first of `filled`, is added to the rows that hold the column, the first of `holder`: they are filled where it is. */
void tableau_fill_alike(struct tableau *tableau, size_t row, size_t column, size_t filled, size_t holders);

/* Adds so many times one row to another. The same on any processor: no product is joined with a sum. */
void tableau_add(double *to, const double *from, double times, size_t columns);

/* Gives all lines their pieces. */
void tableau_set_lines(struct tableau *tableau, const struct tableau_bounds *sum, const struct tableau_bounds *variable);

/* What the variables of lines are: a line's pieces in their order, as far as its value. */
void tableau_read_values(const struct tableau *tableau, const struct tableau_bounds *variable, double *value);

/* Puts each line where its costs are met and finds the costs of columns and the values of rows: the start of a solution, from where the last one ended. */
void tableau_start(struct tableau *tableau);

#endif
