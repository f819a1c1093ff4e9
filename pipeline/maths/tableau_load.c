/* Loading of a tableau: see tableau.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/maths/room.h"
#include "pipeline/maths/tableau_inside.h"

#define LARGEST 4000000 /* entries of a tableau */
#define FRESH 2000      /* exchanges after which it is built anew: errors grow with them */

struct tableau *tableau_new(void)
{
	return calloc(1, sizeof(struct tableau));
}

void tableau_empty(struct tableau *tableau)
{
	if (tableau != NULL)
		tableau->sums = tableau->variables = tableau->columns = tableau->terms = tableau->pivots = 0;
}

void tableau_free(struct tableau *tableau)
{
	if (tableau == NULL)
		return;
	free(tableau->line);
	free(tableau->member);
	free(tableau->members);
	free(tableau->entry);
	free(tableau->row_line);
	free(tableau->column_line);
	free(tableau->cost);
	free(tableau->shift);
	free(tableau->weight);
	free(tableau->value);
	free(tableau->low);
	free(tableau->high);
	free(tableau->row_bits);
	free(tableau->column_bits);
	free(tableau->passed);
	free(tableau->holder);
	free(tableau->event);
	free(tableau->filled);
	free(tableau->other);
	free(tableau);
}

/* Terms by variables. */
struct by_variable {
	size_t *first;
	int *sum;
	double *coefficient;
};

static bool sort_terms(struct by_variable *by, size_t variables, const struct tableau_terms *terms)
{
	by->first = calloc(variables + 2, sizeof *by->first);
	by->sum = malloc((terms->count + 1) * sizeof *by->sum);
	by->coefficient = malloc((terms->count + 1) * sizeof *by->coefficient);
	if (by->first == NULL || by->sum == NULL || by->coefficient == NULL)
		return false;
	for (size_t i = 1; i <= terms->count; i++)
		by->first[terms->variable[i] + 1]++;
	for (size_t v = 1; v <= variables; v++)
		by->first[v + 1] += by->first[v];
	for (size_t i = 1; i <= terms->count; i++) {
		size_t at = by->first[terms->variable[i]]++;
		by->sum[at] = terms->sum[i];
		by->coefficient[at] = terms->coefficient[i];
	}
	return true;
}

/* Whether a variable's column is another's times the sign, and not empty; after sort_terms first[v] is the end of v's, counted from 1. */
static bool is_alike(const struct by_variable *by, size_t one, size_t other, double sign)
{
	size_t from = by->first[one - 1], count = by->first[one] - from, as = by->first[other - 1];
	bool alike = count > 0 && by->first[other] - as == count;
	for (size_t i = 0; i < count && alike; i++)
		alike = by->sum[from + i] == by->sum[as + i] && by->coefficient[from + i] - sign * by->coefficient[as + i] == 0;
	return alike;
}

/* Finds the lines of variables: neighbours that are alike, up to the first with the other sign. What is alike beyond that need not stay so when sums join. */
static void find_lines(struct tableau *tableau, const struct by_variable *by)
{
	size_t head = 0;
	for (size_t v = 1; v <= tableau->variables; v++) {
		bool room = head > 0 && tableau->members[tableau->columns - 1] < TABLEAU_PIECES;
		double sign = room && is_alike(by, v, head, 1) ? 1 : room && is_alike(by, v, head, -1) ? -1 : 0;
		if (fabs(sign) < 1) {
			head = v;
			sign = 1;
			tableau->columns++;
		}
		tableau->member[v - 1] = (struct tableau_member){ (uint32_t)tableau->columns - 1, sign };
		tableau->members[tableau->columns - 1]++;
		if (sign < 0)
			head = 0;
	}
}

/* Room for other items in place of those that are there, which are lost. NULL when memory is out. */
static void *other_room(void *items, size_t count, size_t size)
{
	free(items);
	return malloc(count * size);
}

static int make_room_for_variables(struct tableau *tableau)
{
	size_t variables = tableau->variables + 1;
	if (variables > tableau->variable_room) {
		tableau->variable_room = 0;
		tableau->member = other_room(tableau->member, variables, sizeof *tableau->member);
		tableau->members = other_room(tableau->members, variables, sizeof *tableau->members);
		if (tableau->member == NULL || tableau->members == NULL)
			return -1;
		tableau->variable_room = variables;
	}
	memset(tableau->members, 0, variables * sizeof *tableau->members);
	return 0;
}

static int make_room_for_columns(struct tableau *tableau)
{
	size_t columns = tableau->columns + 1;
	if (columns > tableau->column_room) {
		tableau->column_room = 0;
		tableau->column_line = other_room(tableau->column_line, columns, sizeof *tableau->column_line);
		tableau->cost = other_room(tableau->cost, columns, sizeof *tableau->cost);
		tableau->shift = other_room(tableau->shift, columns, sizeof *tableau->shift);
		tableau->event = other_room(tableau->event, columns, sizeof *tableau->event);
		tableau->filled = other_room(tableau->filled, columns, sizeof *tableau->filled);
		tableau->passed = other_room(tableau->passed, columns, sizeof *tableau->passed);
		if (tableau->column_line == NULL || tableau->cost == NULL || tableau->shift == NULL || tableau->event == NULL || tableau->filled == NULL ||
			tableau->passed == NULL)
			return -1;
		tableau->column_room = columns;
	}
	memset(tableau->shift, 0, columns * sizeof *tableau->shift);
	return 0;
}

static int make_room_for_lines(struct tableau *tableau, size_t lines)
{
	bool room = true;
	if (lines <= tableau->line_room)
		return 0;
	tableau->line = room_more(tableau->line, lines, sizeof *tableau->line, &room);
	tableau->row_line = room_more(tableau->row_line, lines, sizeof *tableau->row_line, &room);
	tableau->holder = room_more(tableau->holder, lines, sizeof *tableau->holder, &room);
	tableau->weight = room_more(tableau->weight, lines, sizeof *tableau->weight, &room);
	tableau->value = room_more(tableau->value, lines, sizeof *tableau->value, &room);
	tableau->low = room_more(tableau->low, lines, sizeof *tableau->low, &room);
	tableau->high = room_more(tableau->high, lines, sizeof *tableau->high, &room);
	tableau->other = room_more(tableau->other, lines, sizeof *tableau->other, &room);
	tableau->line_room = room ? lines : tableau->line_room;
	return room ? 0 : -1;
}

/* Room for the bits of so many rows, and of all columns, with those that are there. */
static int make_room_for_bits(struct tableau *tableau, size_t rows)
{
	size_t row_words = tableau->columns / 64 + 1, column_words = rows / 64 + 1;
	uint64_t *of_rows = calloc(rows + 1, row_words * sizeof *of_rows), *of_columns = calloc(tableau->columns + 1, column_words * sizeof *of_columns);
	bool room = of_rows != NULL && of_columns != NULL;
	if (room && tableau->sums > 0) {
		memcpy(of_rows, tableau->row_bits, tableau->sums * row_words * sizeof *of_rows);
		for (size_t j = 0; j < tableau->columns; j++)
			memcpy(of_columns + j * column_words, tableau->column_bits + j * tableau->column_words, tableau->column_words * sizeof *of_columns);
	}
	free(room ? tableau->row_bits : of_rows);
	free(room ? tableau->column_bits : of_columns);
	if (!room)
		return -1;
	tableau->row_bits = of_rows;
	tableau->column_bits = of_columns;
	tableau->row_words = row_words;
	tableau->column_words = column_words;
	return 0;
}

/* Room for rows beside those that are there, which stay. */
static int make_room(struct tableau *tableau, size_t rows)
{
	size_t entries = rows * tableau->columns + 1;
	if (make_room_for_lines(tableau, tableau->columns + rows) != 0 || make_room_for_bits(tableau, rows) != 0)
		return -1;
	if (entries > tableau->entry_room) {
		entries += entries / 4; /* another program in its memory may take a little more */
		double *entry = tableau->sums > 0 ? realloc(tableau->entry, entries * sizeof *entry) : other_room(tableau->entry, entries, sizeof *entry);
		tableau->entry = entry == NULL && tableau->sums > 0 ? tableau->entry : entry;
		tableau->entry_room = entry == NULL ? 0 : entries;
	}
	tableau->room = rows;
	return tableau->entry_room == 0 ? -1 : 0;
}

/* Adds so many times a row to one that joins. */
static void add_row(struct tableau *tableau, size_t to, size_t from, double factor)
{
	size_t filled = tableau_list_columns(tableau, from, tableau->filled);
	double *into = tableau_row(tableau, to);
	const double *entry = tableau_row(tableau, from);
	for (size_t k = 0; k < filled; k++) {
		into[tableau->filled[k]] += factor * entry[tableau->filled[k]];
		tableau_fill(tableau, to, tableau->filled[k]);
	}
}

/* The sum of the terms from `first` on, in the lines that are not basic now, as a row after all others; *end: after its terms. False when it holds variables
   of a line with other coefficients than their signs. */
static bool add_sum(struct tableau *tableau, const struct tableau_terms *terms, size_t first, size_t *end)
{
	size_t row = tableau->sums, columns = tableau->columns;
	double *into = tableau_row(tableau, row);
	memset(into, 0, columns * sizeof *into);
	bool fits = true;
	size_t i = first;
	while (i <= terms->count && (size_t)terms->sum[i] == row + 1) {
		const struct tableau_member *member = &tableau->member[terms->variable[i] - 1];
		double factor = member->sign * terms->coefficient[i];
		size_t count = 0;
		for (; i <= terms->count && (size_t)terms->sum[i] == row + 1 && tableau->member[terms->variable[i] - 1].line == member->line; i++, count++)
			fits = fits && tableau->member[terms->variable[i] - 1].sign * terms->coefficient[i] - factor == 0;
		fits = fits && count == tableau->members[member->line];
		const struct tableau_line *line = &tableau->line[member->line];
		if (line->basic) {
			add_row(tableau, row, line->place, factor);
			continue;
		}
		into[line->place] += factor;
		tableau_fill(tableau, row, line->place);
	}
	tableau->line[columns + row] = (struct tableau_line){ .basic = true, .place = row };
	tableau->row_line[row] = (uint32_t)(columns + row);
	tableau->sums++;
	*end = i;
	return fits;
}

static int join(struct tableau *tableau, size_t sums, const struct tableau_terms *terms)
{
	if (sums > tableau->room && make_room(tableau, sums + sums / 4) != 0)
		return -1;
	bool fits = true;
	size_t at = tableau->terms + 1;
	while (tableau->sums < sums)
		fits = add_sum(tableau, terms, at, &at) && fits;
	tableau->terms = at - 1;
	return fits && tableau->terms == terms->count ? 0 : 1;
}

/* The first tableau: no variable is basic. */
static int build(struct tableau *tableau, size_t sums, size_t variables, const struct tableau_terms *terms)
{
	struct by_variable by = { 0 };
	tableau_empty(tableau);
	tableau->variables = variables;
	bool sorted = make_room_for_variables(tableau) == 0 && sort_terms(&by, variables, terms);
	if (sorted)
		find_lines(tableau, &by);
	free(by.first);
	free(by.sum);
	free(by.coefficient);
	if (!sorted)
		return -1;
	size_t columns = tableau->columns;
	if (columns * sums > LARGEST)
		return 1;
	if (make_room_for_columns(tableau) != 0 || make_room(tableau, sums + sums / 2) != 0)
		return -1;
	for (size_t j = 0; j < columns; j++) {
		tableau->line[j] = (struct tableau_line){ .place = j };
		tableau->column_line[j] = (uint32_t)j;
	}
	return join(tableau, sums, terms);
}

int tableau_load(struct tableau *tableau, size_t sums, size_t variables, const struct tableau_terms *terms)
{
	if (tableau->pivots > FRESH)
		tableau_empty(tableau);
	if (tableau->columns > 0 && tableau->variables == variables && tableau->sums == sums && tableau->terms == terms->count)
		return 0;
	if (tableau->columns * sums > LARGEST)
		return 1;
	bool joins = tableau->columns > 0 && tableau->variables == variables && tableau->sums < sums;
	int result = joins ? join(tableau, sums, terms) : 1;
	if (result == 1)
		result = build(tableau, sums, variables, terms);
	if (result != 0)
		tableau_empty(tableau);
	return result;
}

