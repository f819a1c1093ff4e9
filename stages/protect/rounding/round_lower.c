/* Rounded counts of codes that overlap that are more than their wholes in other tables: see rounded.h. */
#include <math.h>
#include <string.h>

#include "stages/protect/rounding/rounded.h"

/* A table of the year; the codes of its dimension `alike` overlap (förmåner, målgrupper), those of all others add up. */
struct yearly {
	struct rounded *rounded;
	const struct cube *cube;
	size_t table, measure, alike;
};

static int64_t count_of(const struct yearly *yearly, size_t row)
{
	return (int64_t)llround(cube_cell(yearly->cube, row, yearly->measure)->number);
}

static double truth_of(const struct yearly *yearly, size_t row)
{
	return rounded_truth(yearly->rounded, yearly->table, row, yearly->measure);
}

/* Whether `part` is one of the finest rows that the row is the sum of. */
static bool holds(const struct yearly *yearly, size_t row, size_t part)
{
	const struct cube *cube = yearly->cube;
	size_t dimensions = cube->table->dimensions;
	for (size_t d = 0; d < dimensions; d++) {
		bool same = cube->key[row * dimensions + d] == cube->key[part * dimensions + d];
		if (d == yearly->alike ? !same : cube_is_total(cube, part, d) || (!same && !cube_is_total(cube, row, d)))
			return false;
	}
	return true;
}

/* To a finest row and all its totals. */
static void add_everywhere(const struct yearly *yearly, size_t row, int64_t change)
{
	const struct cube *cube = yearly->cube;
	size_t dimensions = cube->table->dimensions;
	uint32_t key[TABLE_DIMENSIONS];
	for (unsigned set = 0; set < 1U << dimensions; set++) {
		bool can = true;
		for (size_t d = 0; d < dimensions; d++) {
			bool total = (set >> d & 1U) != 0;
			can = can && (!total || (d != yearly->alike && cube->codes[d].total != UINT32_MAX));
			key[d] = total ? cube->codes[d].total : cube->key[row * dimensions + d];
		}
		size_t at = can ? cube_find(cube, key) : CUBE_NO_ROW;
		if (at != CUBE_NO_ROW)
			rounded_set(yearly->rounded, yearly->table, at, yearly->measure, count_of(yearly, at) + change);
	}
}

/* The finest row in the row that is furthest above what it was; CUBE_NO_ROW when all are 0. */
static size_t highest_in(const struct yearly *yearly, size_t row)
{
	size_t highest = CUBE_NO_ROW;
	double most = 0;
	for (size_t part = 0; part < yearly->cube->rows; part++) {
		double above = (double)count_of(yearly, part) - truth_of(yearly, part);
		if (count_of(yearly, part) == 0 || !holds(yearly, row, part) || (highest != CUBE_NO_ROW && above <= most))
			continue;
		highest = part;
		most = above;
	}
	return highest;
}

/* A base less in a finest row; of its overlapping codes those that were no more have no more then. */
static void lower(const struct yearly *yearly, size_t row)
{
	const struct cube *cube = yearly->cube;
	size_t dimensions = cube->table->dimensions;
	int64_t count = count_of(yearly, row) - yearly->rounded->base;
	uint32_t key[TABLE_DIMENSIONS];
	memcpy(key, &cube->key[row * dimensions], dimensions * sizeof *key);
	for (uint32_t c = 0; c < cube->codes[yearly->alike].count; c++) {
		key[yearly->alike] = c;
		size_t other = cube_find(cube, key);
		if (other != CUBE_NO_ROW && truth_of(yearly, other) <= truth_of(yearly, row) && count_of(yearly, other) > count)
			add_everywhere(yearly, other, count - count_of(yearly, other));
	}
}

void rounded_lower_year(struct rounded *rounded, const char *name, const char *alike)
{
	struct yearly yearly = { .rounded = rounded, .table = tables_find(rounded->tables, name) };
	if (alike == NULL || yearly.table == SIZE_MAX || rounded->bounds.most[yearly.table] == NULL)
		return;
	yearly.cube = rounded->tables->cube[yearly.table];
	yearly.measure = cube_measure(yearly.cube, "personer");
	while (strcmp(yearly.cube->table->dimension[yearly.alike].name, alike) != 0)
		yearly.alike++;
	for (size_t row = 0; row < yearly.cube->rows; row++) {
		int64_t most = rounded->bounds.most[yearly.table][tables_cell(rounded->tables, yearly.table, row, yearly.measure)];
		for (size_t part = row; part != CUBE_NO_ROW && count_of(&yearly, row) > most;)
			if ((part = highest_in(&yearly, row)) != CUBE_NO_ROW)
				lower(&yearly, part);
	}
}
