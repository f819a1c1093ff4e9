/* The dual simplex method on a full tableau: see tableau.h.

   Variables whose columns are the same but for the sign (a rise and a fall, each with its cost) are one line: its cost is convex, in pieces. Each sum is a line,
   too. The tableau says what each basic line is in the others, which stand at an end of a piece. A basic line has the cost of the piece that it should lie in;
   where it does not, it leaves at the end that it is beyond, or takes on the next piece's cost, whichever the costs of the others allow first; and those of them
   whose costs allow it move on to their next end (the long-step rule). All lines have two ends, far away where there is none, so that costs can always be met.
   The row with the largest breach leaves, for its weight (devex: about how long it is in the lines that began as the others): without, one
   whose sums hang together closely took 1 950 steps, with it 550. */
#include <math.h>
#include <string.h>

#include "pipeline/maths/tableau_inside.h"

#define BROKEN 1e-7     /* a line may be so far from its piece */
#define WRONG 1e-6      /* sums further from their bounds show that arithmetic has gone astray */
#define SMALL 1e-7      /* no pivot */
#define NOTHING 1e-12   /* no entry */
#define EQUAL 1e-9      /* steps that differ less are the same */
#define FILLED 1        /* times all places of the tableau: what touches more is filled with entries, and after … */
#define MANY 500        /* … so many exchanges to begin anew takes less than to go on */
#define ENOUGH 40       /* times all places of the tableau: what touches more, step after step, is quicker by the simplex method on sparse rows */

/* The row whose line is furthest from its piece, for its weight; *breach: how far it must rise, or fall. */
static size_t find_row(const struct tableau *tableau, double *breach)
{
	size_t worst = SIZE_MAX;
	double most = 0;
	for (size_t i = 0; i < tableau->sums; i++) {
		double below = tableau->low[i] - tableau->value[i], above = tableau->value[i] - tableau->high[i];
		double by = below > above ? below : above;
		if (by > BROKEN && by * by > most * tableau->weight[i]) {
			worst = i;
			most = by * by / tableau->weight[i];
			*breach = below > above ? below : -above;
		}
	}
	return worst;
}

/* Whether the line of a column can move on, and the event when it does. */
static bool find_event(const struct tableau *tableau, size_t column, double pivot, bool up, struct tableau_event *event)
{
	const struct tableau_line *line = &tableau->line[tableau->column_line[column]];
	size_t to = up ? line->piece + 1 : line->inside ? line->piece : line->piece - 1; /* the point that it moves to; below 0: beyond all */
	if (up ? line->piece >= line->pieces : !line->inside && line->piece == 0)
		return false;
	double slope = line->slope[up ? line->piece : line->inside ? line->piece : line->piece - 1], slack = up ? slope + tableau->cost[column] : -tableau->cost[column] - slope;
	*event = (struct tableau_event){ (slack > 0 ? slack : 0) / pivot, pivot, fabs(line->point[to] - (line->value + tableau->shift[column])), (uint32_t)column, up };
	return true;
}

/* The first event, and of those at the same step that with the largest pivot. */
static size_t first_event(const struct tableau_event *event, size_t events)
{
	double least = (double)INFINITY;
	size_t first = SIZE_MAX;
	for (size_t e = 0; e < events; e++)
		least = event[e].step < least ? event[e].step : least;
	for (size_t e = 0; e < events; e++)
		if (event[e].step <= least + EQUAL && (first == SIZE_MAX || event[e].pivot > event[first].pivot))
			first = e;
	return first;
}

/* Moves the line of a column on to its next point. */
static void pass(struct tableau *tableau, const struct tableau_event *event)
{
	struct tableau_line *line = &tableau->line[tableau->column_line[event->column]];
	tableau->shift[event->column] += event->up ? event->length : -event->length;
	line->piece = event->up ? line->piece + 1 : line->inside ? line->piece : line->piece - 1;
	line->inside = false;
}

/* What a step does: costs change by `step`; a line enters at a column (SIZE_MAX: none does), moving up or down. */
struct choice {
	double step;
	size_t column;
	bool up;
};

/* All lines that may move so that the row, which is filled in so many columns, rises or falls; how many. */
static size_t list_events(const struct tableau *tableau, size_t row, double breach, size_t filled)
{
	const double *entry = tableau_row(tableau, row);
	size_t events = 0;
	for (size_t k = 0; k < filled; k++) {
		size_t j = tableau->filled[k];
		const struct tableau_line *line = &tableau->line[tableau->column_line[j]];
		if (fabs(entry[j]) > SMALL && line->point[line->pieces] - line->point[0] > 0)
			events += find_event(tableau, j, fabs(entry[j]), (breach > 0) == (entry[j] > 0), &tableau->event[events]);
	}
	return events;
}

/* 1 when no step brings the row's line to its piece. */
static int choose(struct tableau *tableau, size_t row, double breach, size_t filled, struct choice *choice)
{
	struct tableau_line *leaving = &tableau->line[tableau->row_line[row]];
	double rest = fabs(breach);
	size_t events = list_events(tableau, row, breach, filled);
	for (;;) {
		size_t next = breach > 0 ? leaving->piece - 1 : leaving->piece + 1;
		double own = next < leaving->pieces ? fabs(leaving->slope[next] - leaving->slope[leaving->piece]) : (double)INFINITY;
		own += choice->step; /* costs of the piece at hand are met at choice->step */
		size_t first = first_event(tableau->event, events);
		if (first == SIZE_MAX && !isfinite(own))
			return 1;
		struct tableau_event *event = &tableau->event[first == SIZE_MAX ? 0 : first];
		if (first == SIZE_MAX || own <= event->step) {
			choice->step = own;
			leaving->piece = next;
			rest -= leaving->point[next + 1] - leaving->point[next];
			if (rest <= BROKEN)
				return 0;
			continue;
		}
		rest -= event->pivot * event->length;
		if (rest <= BROKEN) {
			choice->step = event->step;
			choice->column = event->column;
			choice->up = event->up;
			return 0;
		}
		pass(tableau, event);
		if (!find_event(tableau, event->column, event->pivot, event->up, event))
			*event = tableau->event[--events];
	}
}

/* Costs of the columns after the step, and the values of rows after the moves of those that passed on. */
static void carry_out(struct tableau *tableau, size_t row, double breach, double step, size_t filled)
{
	const double *entry = tableau_row(tableau, row);
	size_t moved = 0;
	for (size_t k = 0; k < filled; k++) {
		size_t j = tableau->filled[k];
		tableau->cost[j] -= (breach > 0 ? step : -step) * entry[j];
		if (fabs(tableau->shift[j]) > 0)
			tableau->passed[moved++] = (uint32_t)j;
	}
	if (moved == 0)
		return;
	memset(tableau->other, 0, tableau->sums * sizeof *tableau->other);
	for (size_t k = 0; k < moved; k++) {
		size_t j = tableau->passed[k], holders = tableau_list_rows(tableau, j, tableau->holder);
		for (size_t h = 0; h < holders; h++)
			tableau->other[tableau->holder[h]] += tableau_row(tableau, tableau->holder[h])[j] * tableau->shift[j];
		struct tableau_line *line = &tableau->line[tableau->column_line[j]];
		line->value = line->point[line->piece];
		tableau->shift[j] = 0;
	}
	for (size_t i = 0; i < tableau->sums; i++)
		tableau->value[i] += tableau->other[i];
}

/* The pivot's row in the line of the column; the columns where it is not 0 but the pivot's: how many. */
static size_t turn_pivot(struct tableau *tableau, size_t row, size_t column, size_t filled)
{
	double *pivot_row = tableau_row(tableau, row), pivot = pivot_row[column];
	size_t left = 0;
	for (size_t k = 0; k < filled; k++) {
		size_t j = tableau->filled[k];
		pivot_row[j] = j == column ? 1 / pivot : -pivot_row[j] / pivot;
		if (fabs(pivot_row[j]) < NOTHING) {
			pivot_row[j] = 0;
			tableau_clear(tableau, row, j);
		} else if (j != column)
			tableau->filled[left++] = (uint32_t)j;
	}
	return left;
}

/* Adds the pivot's row to all others that hold the column. */
static void turn_others(struct tableau *tableau, size_t row, size_t column, double pivot, size_t filled, size_t holders)
{
	const double *pivot_row = tableau_row(tableau, row);
	bool sparse = filled * 4 < tableau->columns;
	double weight = tableau->weight[row] / (pivot * pivot);
	tableau->weight[row] = weight > 1 ? weight : 1;
	size_t others = 0;
	for (size_t h = 0; h < holders; h++) {
		size_t i = tableau->holder[h];
		double *other = tableau_row(tableau, i), factor = other[column];
		if (i == row || fabs(factor) < NOTHING)
			continue;
		other[column] = 0;
		others++;
		tableau->weight[i] = factor * factor * weight > tableau->weight[i] ? factor * factor * weight : tableau->weight[i];
		for (size_t k = 0; k < filled && sparse; k++)
			other[tableau->filled[k]] += factor * pivot_row[tableau->filled[k]];
		if (!sparse)
			tableau_add(other, pivot_row, factor, tableau->columns);
		other[column] = factor / pivot;
	}
	tableau->touched += others * (sparse ? filled : tableau->columns / 4) + tableau->sums;
}

/* The row in the line of the column, instead of the other way. */
static void turn(struct tableau *tableau, size_t row, size_t column, size_t filled, size_t holders)
{
	double pivot = tableau_row(tableau, row)[column];
	filled = turn_pivot(tableau, row, column, filled);
	turn_others(tableau, row, column, pivot, filled, holders);
	tableau_fill_alike(tableau, row, column, filled, holders);
	uint32_t leaving = tableau->row_line[row], entering = tableau->column_line[column];
	tableau->row_line[row] = entering;
	tableau->column_line[column] = leaving;
	tableau->line[leaving].basic = false;
	tableau->line[leaving].place = column;
	tableau->line[entering].basic = true;
	tableau->line[entering].place = row;
	tableau->pivots++;
}

/* The row's line should lie in its piece. */
static void bound_row(struct tableau *tableau, size_t row)
{
	const struct tableau_line *line = &tableau->line[tableau->row_line[row]];
	tableau->low[row] = line->point[line->piece];
	tableau->high[row] = line->point[line->piece + 1];
}

/* The row's line goes to the end that it is beyond, that of the column takes its place. */
static void exchange(struct tableau *tableau, size_t row, double breach, const struct choice *choice, size_t filled)
{
	struct tableau_line *leaving = &tableau->line[tableau->row_line[row]], *entering = &tableau->line[tableau->column_line[choice->column]];
	size_t end = breach > 0 ? leaving->piece : leaving->piece + 1, holders = tableau_list_rows(tableau, choice->column, tableau->holder);
	double by = (leaving->point[end] - tableau->value[row]) / tableau_row(tableau, row)[choice->column];
	for (size_t h = 0; h < holders; h++)
		tableau->value[tableau->holder[h]] += by * tableau_row(tableau, tableau->holder[h])[choice->column];
	tableau->value[row] = entering->value + by;
	entering->piece -= !choice->up && !entering->inside;
	entering->inside = leaving->inside = false;
	leaving->piece = end;
	leaving->value = leaving->point[end];
	turn(tableau, row, choice->column, filled, holders);
}

/* Whether sums of the values lie within their bounds, and no value where it would were there bounds. */
static bool is_right(const struct tableau *tableau, const struct tableau_terms *terms, const struct tableau_bounds *sum, const double *value)
{
	bool right = true;
	for (size_t v = 0; v < tableau->variables && right; v++)
		right = fabs(value[v]) < TABLEAU_FAR;
	for (size_t i = 1; i <= terms->count && right;) {
		int s = terms->sum[i];
		double total = 0;
		for (; i <= terms->count && terms->sum[i] == s; i++)
			total += terms->coefficient[i] * value[terms->variable[i] - 1];
		right = total >= sum[s - 1].low - WRONG && (total <= sum[s - 1].high + WRONG || total <= sum[s - 1].low + WRONG);
	}
	return right;
}

/* Whether a line that is not basic stands where it would were there bounds: what it does then is not known. */
static bool strays(const struct tableau *tableau)
{
	bool far = false;
	for (size_t j = 0; j < tableau->columns && !far; j++)
		far = fabs(tableau->line[tableau->column_line[j]].value + tableau->shift[j]) >= TABLEAU_FAR;
	return far;
}

/* A step from the row, which is so far from its piece; 1: there is none, and so no solution; 2: nor is that sure. */
static int step_from(struct tableau *tableau, size_t row, double breach)
{
	struct choice choice = { .column = SIZE_MAX };
	const struct tableau_line *leaving = &tableau->line[tableau->row_line[row]];
	double before = leaving->slope[leaving->piece];
	size_t filled = tableau_list_columns(tableau, row, tableau->filled);
	if (choose(tableau, row, breach, filled, &choice) != 0) {
		int result = strays(tableau) ? 2 : 1;
		memset(tableau->shift, 0, tableau->columns * sizeof *tableau->shift);
		return result;
	}
	carry_out(tableau, row, breach, choice.step, filled);
	if (choice.column != SIZE_MAX) {
		exchange(tableau, row, breach, &choice, filled);
		tableau->cost[choice.column] = breach > 0 ? choice.step - before : -choice.step - before;
	}
	bound_row(tableau, row);
	return 0;
}

int tableau_solve(struct tableau *tableau, const struct tableau_terms *terms, const struct tableau_bounds *sum, const struct tableau_bounds *variable, size_t most,
	double *value, uint64_t *touched)
{
	size_t steps = 0;
	tableau->touched = 0;
	tableau_set_lines(tableau, sum, variable);
	tableau_start(tableau);
	for (size_t i = 0; i < tableau->sums; i++) {
		tableau->weight[i] = 1;
		bound_row(tableau, i);
	}
	int result = 0;
	double breach = 0;
	for (size_t row; result == 0 && (row = find_row(tableau, &breach)) != SIZE_MAX; steps++)
		result = steps == most ? 2 : tableau->touched > ENOUGH * tableau->sums * tableau->columns ? 3 : step_from(tableau, row, breach);
	for (size_t i = 0; i < tableau->sums; i++)
		tableau->line[tableau->row_line[i]].value = tableau->value[i];
	if (result == 0) {
		tableau_read_values(tableau, variable, value);
		result = is_right(tableau, terms, sum, value) ? 0 : 2;
	}
	*touched = tableau->touched + steps * (tableau->sums + 2 * tableau->columns) + 4 * terms->count;
	if (result >= 2 || (tableau->pivots > MANY && tableau->touched > FILLED * tableau->sums * tableau->columns))
		tableau_empty(tableau);
	return result;
}
