/* One plan of the rounding mode: atoms of cubes into a system, and the rounded counts back. See rounded.h, round_plan.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stages/protect/rounding/rounding.h"
#include "stages/protect/rounding/slice.h"

/* Whether the row of the cube is an atom: persons, and no total but of codes that overlap. */
static bool is_atom(const struct slice *slice, size_t row)
{
	const struct cube *cube = slice->atoms;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (cube_is_total(cube, row, d) && (!slice_alike(slice->plan, cube->table->dimension[d].name) ||
			(slice->plan->parts != NULL && strcmp(slice->plan->parts, cube->table->dimension[d].name) == 0)))
			return false;
	return cube_cell(cube, row, slice->measure)->status != CELL_MISSING;
}

static double count_of(const struct slice *slice, size_t row)
{
	return slice->at == SIZE_MAX ? cube_cell(slice->atoms, row, slice->measure)->number
				     : rounded_truth(slice->rounded, slice->at, row, slice->measure);
}

/* The rounded count of a row of a year's table that holds `within`; endless where its count before rounding is less. */
static int64_t year_count(const struct slice *slice, const struct place *place, int64_t within)
{
	size_t measure = cube_measure(slice->rounded->tables->cube[place->table], "personer");
	bool held = rounded_truth(slice->rounded, place->table, place->row, measure) >= (double)within;
	return held ? (int64_t)llround(tables_value(slice->rounded->tables, place->table, place->row, "personer")) : INT64_MAX;
}

/* Bounds of the rows, of those that are the same together. */
static int bound_rows(const struct slice *slice, struct rounding *rounding, struct error *error)
{
	const struct system *system = slice->system;
	int64_t *least = arena_take(slice->arena, system->rows, sizeof *least, error);
	int64_t *most = arena_take(slice->arena, system->rows, sizeof *most, error);
	if (least == NULL || most == NULL)
		return -1;
	for (size_t r = 0; r < system->rows; r++)
		most[r] = INT64_MAX;
	for (size_t r = 0; r < system->rows; r++) {
		const struct place *place = &slice->place[r];
		size_t table = place->table, to = system->row[r].same;
		const struct past_bounds *bounds = &slice->rounded->bounds;
		bool of_year = place->view == PLAN_VIEWS;
		if (of_year && !slice->plan->alone) {
			int64_t count = year_count(slice, place, system->row[r].value);
			most[to] = count < most[to] ? count : most[to];
			continue;
		}
		if (bounds->least[table] == NULL)
			continue;
		size_t measure = of_year ? cube_measure(slice->rounded->tables->cube[table], "personer") : slice->view_measure[place->view];
		size_t cell = tables_cell(slice->rounded->tables, table, place->row, measure);
		bool all = !of_year || (double)system->row[r].value >= rounded_truth(slice->rounded, table, place->row, measure); /* the year has no others */
		least[to] = all && bounds->least[table][cell] > least[to] ? bounds->least[table][cell] : least[to];
		most[to] = bounds->most[table][cell] < most[to] ? bounds->most[table][cell] : most[to];
	}
	rounding->least = least;
	rounding->most = most;
	return 0;
}

static int solve(struct slice *slice, struct rounding *rounding, struct error *error)
{
	const struct plan *plan = slice->plan;
	*rounding = (struct rounding){ .system = slice->system, .base = slice->rounded->base };
	if (bound_rows(slice, rounding, error) != 0)
		return -1;
	if (!slice->alike && plan->alike[0] == NULL)
		return slice->groups > 0 ? rounding_divide(rounding, slice->group, slice->sum, slice->groups, error)
					 : rounding_solve(rounding, error);
	uint32_t *choice = arena_take(slice->arena, slice->count, sizeof *choice, error);
	rounding->choice = choice;
	if (choice == NULL || slice_number_alike(slice, choice, &rounding->choices, error) != 0 || rounding_solve(rounding, error) != 0)
		return -1;
	slice_keep_within(slice, rounding->value);
	return 0;
}

static void write_back(const struct slice *slice, const struct rounding *rounding)
{
	const struct system *system = slice->system;
	for (size_t r = 0; r < system->rows; r++) {
		const struct place *place = &slice->place[r];
		int64_t count = 0;
		for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
			count += rounding->value[system->term[t].index];
		if (place->view < PLAN_VIEWS)
			rounded_set(slice->rounded, place->table, place->row, slice->view_measure[place->view], count);
	}
}

/* Whether the row is of the slice that begins at `first`. */
static bool in_slice(const struct slice *slice, size_t first, size_t row)
{
	const struct cube *cube = slice->atoms;
	for (size_t s = 0; s < 2 && slice->plan->slice[s] != NULL; s++) {
		size_t d = slice_dimension(cube, slice->plan->slice[s]);
		if (cube->key[row * cube->table->dimensions + d] != cube->key[first * cube->table->dimensions + d])
			return false;
	}
	return true;
}

/* The atoms among the rows from `first` on; those of the slice are marked done. */
static int take_atoms(struct slice *slice, size_t first, bool *done, struct error *error)
{
	const struct cube *cube = slice->atoms;
	size_t room = 0;
	for (size_t row = first; row < cube->rows; row++)
		room += !done[row] && in_slice(slice, first, row);
	slice->row = arena_take(slice->arena, 2 * room, sizeof *slice->row, error); /* a rest each at most */
	slice->group = arena_take(slice->arena, 2 * room, sizeof *slice->group, error);
	slice->sum = arena_take(slice->arena, room, sizeof *slice->sum, error);
	slice->system = system_new(slice->arena, error);
	if (slice->row == NULL || slice->group == NULL || slice->sum == NULL || slice->system == NULL)
		return -1;
	for (size_t row = first; row < cube->rows; row++) {
		if (done[row] || !in_slice(slice, first, row))
			continue;
		done[row] = true;
		if (!is_atom(slice, row))
			continue;
		slice->row[slice->count++] = row;
		if (system_atom(slice->system, (int64_t)llround(count_of(slice, row)), error) == SYSTEM_NONE)
			return -1;
	}
	return 0;
}

static int round_slice(struct slice *slice, size_t first, bool *done, struct error *error)
{
	struct rounding rounding;
	if (take_atoms(slice, first, done, error) != 0)
		return -1;
	bool alone = rounded_alone_divides(slice->rounded, slice->atoms, first);
	if (alone && slice_find_alone_groups(slice, error) != 0)
		return -1;
	if (!alone && slice->plan->whole[0].table != NULL && slice->plan->alike[0] == NULL && slice_find_groups(slice, error) != 0)
		return -1;
	if (slice_make_rows(slice, error) != 0)
		return -1;
	if (slice->system->rows == 0) /* no persons, or no table of them */
		return 0;
	if (system_seal(slice->system, error) != 0 || solve(slice, &rounding, error) != 0)
		return -1;
	write_back(slice, &rounding);
	return 0;
}

/* The numbers of i10 with those that have no kön or age, which stand in totals alone, as atoms of their own. */
static struct cube *volume_atoms(const struct rounded *rounded, struct error *error)
{
	size_t table = tables_find(rounded->tables, "i10_volym");
	const struct cube *from = table == SIZE_MAX ? NULL : rounded->tables->cube[table];
	struct cube *cube = from == NULL ? NULL : cube_new(from->table, rounded->tables->arena, error);
	for (size_t row = 0; cube != NULL && row < from->rows; row++) {
		/* a total of a dimension less its codes is what has none there: inclusion and exclusion over both */
		for (unsigned lacking = 0; lacking < 4; lacking++) {
			const char *codes[] = { cube_code_of(from, row, 0), cube_code_of(from, row, 1), cube_code_of(from, row, 2),
				cube_code_of(from, row, 3) };
			bool total[2] = { cube_is_total(from, row, 2), cube_is_total(from, row, 3) };
			double sign = 1;
			bool counts = true;
			for (unsigned d = 0; d < 2; d++) {
				bool none = (lacking >> d & 1) != 0;
				sign *= none && !total[d] ? -1 : 1;
				counts = counts && (none || !total[d]);
				codes[2 + d] = none ? "" : codes[2 + d];
			}
			size_t to = counts ? cube_row_named(cube, codes, error) : 0;
			if (to == CUBE_NO_ROW)
				return NULL;
			if (counts)
				cube_add(cube, to, 0, sign * rounded_truth(rounded, table, row, 0));
		}
	}
	return cube;
}

int rounded_plan(struct rounded *rounded, const struct plan *plan, struct error *error)
{
	bool volume = strcmp(plan->atoms, "volym_atomer") == 0;
	size_t at = volume ? SIZE_MAX : tables_find(rounded->tables, plan->atoms);
	const struct cube *cube = volume ? volume_atoms(rounded, error) : at == SIZE_MAX ? NULL : rounded->tables->cube[at];
	bool *done = cube == NULL ? NULL : calloc(cube->rows + 1, sizeof *done);
	int result = error->count > 0 ? -1 : 0;
	bool of_months = strcmp(plan->atoms, "manad_atomer") == 0;
	if (cube != NULL && done == NULL)
		result = error_set(error, EXIT_IO, "memory is out");
	for (size_t row = 0; result == 0 && cube != NULL && row < cube->rows; row++) {
		if (done[row] || (of_months && rounded_is_alone(rounded, cube, row) != plan->alone))
			continue;
		struct slice slice = { .rounded = rounded, .plan = plan, .atoms = cube, .measure = cube_measure(cube, plan->measure), .at = at,
			.arena = arena_new(error) };
		result = slice.arena == NULL ? -1 : round_slice(&slice, row, done, error);
		arena_free(slice.arena);
	}
	free(done);
	return result;
}
