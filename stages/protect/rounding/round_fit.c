/* Rounded counts of a year that are more than what holds them, or less than what is within them: see rounded.h. */
#include <math.h>
#include <string.h>

#include "stages/protect/rounding/rounded.h"

/* A table of the year; the codes of its dimension `alike` overlap (förmåner, målgrupper; SIZE_MAX without), those of all others add up. */
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

/* Whether m04, which m05 holds, may have more of a finest row's kommun and kön. */
static bool is_within(const struct yearly *yearly, size_t row)
{
	size_t m05 = tables_find(yearly->rounded->tables, "m05_tid_i_forsorjning");
	if (strncmp(yearly->cube->table->name, "m04", 3) != 0 || m05 == SIZE_MAX)
		return true;
	const char *key[] = { cube_code_of(yearly->cube, row, 0), cube_code_of(yearly->cube, row, 1), cube_code_of(yearly->cube, row, 2), CUBE_TOTAL };
	size_t own = cube_find_named(yearly->cube, key), whole = cube_find_named(yearly->rounded->tables->cube[m05], key);
	return own != CUBE_NO_ROW && whole != CUBE_NO_ROW &&
		count_of(yearly, own) + yearly->rounded->base <= (int64_t)llround(tables_value(yearly->rounded->tables, m05, whole, "personer"));
}

/* Whether the row, and with it those of overlapping codes that may not have fewer, may have so many. */
static bool has_room(const struct yearly *yearly, size_t row)
{
	const struct cube *cube = yearly->cube;
	size_t dimensions = cube->table->dimensions;
	int64_t count = count_of(yearly, row) + yearly->rounded->base;
	uint32_t key[TABLE_DIMENSIONS];
	bool room = is_within(yearly, row);
	memcpy(key, &cube->key[row * dimensions], dimensions * sizeof *key);
	for (uint32_t c = 0; yearly->alike != SIZE_MAX && c < cube->codes[yearly->alike].count && room; c++) {
		key[yearly->alike] = c;
		size_t other = cube_find(cube, key);
		room = other == CUBE_NO_ROW || truth_of(yearly, other) < truth_of(yearly, row) ||
			count <= yearly->rounded->bounds.most[yearly->table][tables_cell(yearly->rounded->tables, yearly->table, other, yearly->measure)];
	}
	return room;
}

/* The finest row in the row that is furthest above what it was (sign −1: of those that are not 0), or furthest below it (1: of those where somebody was);
   CUBE_NO_ROW without. */
static size_t furthest_in(const struct yearly *yearly, size_t row, int sign)
{
	size_t furthest = CUBE_NO_ROW;
	double most = 0;
	for (size_t part = 0; part < yearly->cube->rows; part++) {
		double off = sign * (truth_of(yearly, part) - (double)count_of(yearly, part));
		bool can = sign < 0 ? count_of(yearly, part) > 0 : truth_of(yearly, part) > 0 && has_room(yearly, part);
		if (!can || !holds(yearly, row, part) || (furthest != CUBE_NO_ROW && off <= most))
			continue;
		furthest = part;
		most = off;
	}
	return furthest;
}

/* A base more or less in a finest row; of its overlapping codes those that were no fewer have no fewer then, or those that were no more no more. */
static void move(const struct yearly *yearly, size_t row, int sign)
{
	const struct cube *cube = yearly->cube;
	size_t dimensions = cube->table->dimensions;
	int64_t count = count_of(yearly, row) + sign * yearly->rounded->base;
	uint32_t key[TABLE_DIMENSIONS];
	double truth = truth_of(yearly, row);
	memcpy(key, &cube->key[row * dimensions], dimensions * sizeof *key);
	add_everywhere(yearly, row, count - count_of(yearly, row));
	for (uint32_t c = 0; yearly->alike != SIZE_MAX && c < cube->codes[yearly->alike].count; c++) {
		key[yearly->alike] = c;
		size_t other = cube_find(cube, key);
		if (other != CUBE_NO_ROW && sign * (truth_of(yearly, other) - truth) >= 0 && sign * (count - count_of(yearly, other)) > 0)
			add_everywhere(yearly, other, count - count_of(yearly, other));
	}
}

static struct yearly yearly_of(struct rounded *rounded, size_t table)
{
	struct yearly yearly = { .rounded = rounded, .table = table, .alike = SIZE_MAX, .cube = rounded->tables->cube[table] };
	yearly.measure = cube_measure(yearly.cube, "personer");
	for (size_t d = 0; d < yearly.cube->table->dimensions; d++)
		if (strcmp(yearly.cube->table->dimension[d].name, "forman") == 0 || strcmp(yearly.cube->table->dimension[d].name, "malgrupp") == 0)
			yearly.alike = d;
	return yearly;
}

void rounded_change(struct rounded *rounded, size_t table, size_t row, int64_t count)
{
	struct yearly yearly = yearly_of(rounded, table);
	add_everywhere(&yearly, row, count - count_of(&yearly, row));
}

void rounded_fit(struct rounded *rounded, size_t table)
{
	struct yearly yearly = yearly_of(rounded, table);
	for (size_t row = 0; row < yearly.cube->rows; row++) {
		size_t cell = tables_cell(rounded->tables, yearly.table, row, yearly.measure);
		int64_t least = rounded->bounds.least[yearly.table][cell], most = rounded->bounds.most[yearly.table][cell];
		for (size_t part = row; part != CUBE_NO_ROW && count_of(&yearly, row) > most && yearly.alike != SIZE_MAX;)
			if ((part = furthest_in(&yearly, row, -1)) != CUBE_NO_ROW)
				move(&yearly, part, -1);
		for (size_t part = row; part != CUBE_NO_ROW && count_of(&yearly, row) < least;)
			if ((part = furthest_in(&yearly, row, 1)) != CUBE_NO_ROW)
				move(&yearly, part, 1);
	}
}
