/* Wholes that hold the atoms of a slice: see slice.h. */
#include "stages/protect/rounding/slice.h"

#include <math.h>
#include <string.h>

/* The last month of the table's that lies in the year; TOT without. */
static const char *last_month(const struct cube *cube, size_t d, const char *year)
{
	const char *last = CUBE_TOTAL;
	for (size_t c = 0; c < cube->codes[d].count; c++)
		if (strncmp(cube->codes[d].code[c], year, 4) == 0)
			last = cube->codes[d].code[c];
	return last;
}

/* The row of the whole that holds the atom; CUBE_NO_ROW without. */
static size_t whole_row(const struct slice *slice, const struct plan_whole *whole, const struct cube *cube, size_t atom)
{
	const char *codes[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		const char *name = cube->table->dimension[d].name;
		bool renamed = whole->dimension != NULL && strcmp(whole->dimension, name) == 0;
		size_t from = slice_dimension(slice->atoms, renamed ? whole->from : name);
		bool part = slice->plan->parts != NULL && strcmp(name, slice->plan->parts) == 0;
		codes[d] = from == SIZE_MAX || part ? CUBE_TOTAL : cube_code_of(slice->atoms, atom, from);
		if (strcmp(name, "manad") == 0 && from == SIZE_MAX)
			codes[d] = last_month(cube, d, cube_code_of(slice->atoms, atom, slice_dimension(slice->atoms, "ar")));
	}
	return cube_find_named(cube, codes);
}

/* Another atom of the slice, without rows in any table. */
static int add_rest(struct slice *slice, size_t group, int64_t count, struct error *error)
{
	slice->row[slice->count] = SLICE_REST;
	slice->group[slice->count++] = (uint32_t)group;
	return system_atom(slice->system, count, error) == SYSTEM_NONE ? -1 : 0;
}

int slice_find_groups(struct slice *slice, struct error *error)
{
	const struct plan_whole *whole = &slice->plan->whole[0];
	size_t table = tables_find(slice->rounded->tables, whole->table), atoms = slice->count;
	if (table == SIZE_MAX)
		return 0;
	const struct cube *cube = slice->rounded->tables->cube[table];
	size_t measure = cube_measure(cube, whole->measure);
	uint32_t *of_row = arena_take(slice->arena, cube->rows, sizeof *of_row, error);
	int64_t *rest = arena_take(slice->arena, atoms + 1, sizeof *rest, error);
	if (of_row == NULL || rest == NULL)
		return -1;
	for (size_t a = 0; a < atoms; a++) {
		size_t row = whole_row(slice, whole, cube, slice->row[a]);
		if (row == CUBE_NO_ROW) {
			slice->group[a] = UINT32_MAX;
			continue;
		}
		if (of_row[row] == 0) {
			slice->sum[slice->groups] = (int64_t)llround(cube_cell(cube, row, measure)->number);
			rest[slice->groups] = (int64_t)llround(rounded_truth(slice->rounded, table, row, measure));
			of_row[row] = (uint32_t)++slice->groups;
		}
		slice->group[a] = of_row[row] - 1;
		rest[slice->group[a]] -= slice->system->atom[a];
		slice->alike = slice->alike || rest[slice->group[a]] < 0;
	}
	for (size_t a = 0; a < atoms; a++)
		slice->group[a] = slice->group[a] == UINT32_MAX ? (uint32_t)slice->groups : slice->group[a];
	for (size_t g = 0; g < slice->groups && !slice->alike; g++)
		if (rest[g] > 0 && add_rest(slice, g, rest[g], error) != 0)
			return -1;
	return 0;
}

int slice_find_alone_groups(struct slice *slice, struct error *error)
{
	size_t atoms = slice->count, most = rounded_alone_sums(slice->rounded);
	uint32_t *of_sum = arena_take(slice->arena, most, sizeof *of_sum, error);
	int64_t *rest = arena_take(slice->arena, atoms + 1, sizeof *rest, error);
	if (of_sum == NULL || rest == NULL)
		return -1;
	for (size_t a = 0; a < atoms; a++) {
		int64_t printed, before;
		size_t sum = rounded_alone_sum(slice->rounded, slice->atoms, slice->row[a], &printed, &before);
		slice->group[a] = UINT32_MAX;
		if (sum == SIZE_MAX)
			continue;
		if (of_sum[sum] == 0) {
			slice->sum[slice->groups] = printed;
			rest[slice->groups] = before;
			of_sum[sum] = (uint32_t)++slice->groups;
		}
		slice->group[a] = of_sum[sum] - 1;
		rest[slice->group[a]] -= slice->system->atom[a];
	}
	for (size_t a = 0; a < atoms; a++) /* where the counts before rounding are not those of the month, each for itself */
		slice->group[a] = slice->group[a] == UINT32_MAX || rest[slice->group[a]] != 0 ? (uint32_t)slice->groups : slice->group[a];
	for (size_t g = 0; g < slice->groups; g++)
		slice->sum[g] = rest[g] == 0 ? slice->sum[g] : 0;
	return 0;
}

/* The whole of an atom: its rounded count in *most, whether it was the same before in *same. False without. */
static bool look_at_whole(const struct slice *slice, const struct plan_whole *whole, size_t atom, int64_t *most, bool *same)
{
	size_t table = whole->table == NULL ? SIZE_MAX : tables_find(slice->rounded->tables, whole->table);
	size_t row = table == SIZE_MAX ? CUBE_NO_ROW : whole_row(slice, whole, slice->rounded->tables->cube[table], slice->row[atom]);
	if (row == CUBE_NO_ROW)
		return false;
	const struct cube *cube = slice->rounded->tables->cube[table];
	size_t measure = cube_measure(cube, whole->measure);
	*most = (int64_t)llround(cube_cell(cube, row, measure)->number);
	*same = (int64_t)llround(rounded_truth(slice->rounded, table, row, measure)) == slice->system->atom[atom];
	return true;
}

void slice_keep_within(const struct slice *slice, int64_t *value)
{
	for (size_t a = 0; a < slice->count; a++) {
		int64_t least = INT64_MAX, most;
		bool any_same = false, same;
		for (size_t w = 0; w < 2; w++) {
			if (!look_at_whole(slice, &slice->plan->whole[w], a, &most, &same))
				continue;
			least = most < least ? most : least;
			any_same = any_same || same;
		}
		if (least != INT64_MAX && (any_same || value[a] > least))
			value[a] = least;
	}
}
