/* The rows of a slice: see slice.h. */
#include "stages/protect/rounding/slice.h"

#include <string.h>

#define TOTAL_WEIGHT 2 /* a total's squared deviation beside that of one of its parts, in each dimension */

struct pair {
	uint32_t row, atom;
};

struct rows {
	size_t pairs, room, count, place_room;
	struct pair *pair;
	uint32_t *of_row[PLAN_VIEWS + 1]; /* of a view's rows: 1 + row of the system; 0 none */
	size_t year;                      /* the table that the last of them is of */
};

static int add_pair(struct slice *slice, struct rows *rows, size_t view, size_t row, size_t atom, struct error *error)
{
	if (rows->of_row[view][row] == 0) {
		struct place *place = arena_grow(slice->arena, slice->place, rows->count, rows->count + 1, &rows->place_room, sizeof *place,
			error);
		if (place == NULL)
			return -1;
		slice->place = place;
		place[rows->count] = (struct place){ view, row, view == PLAN_VIEWS ? rows->year : slice->view_table[view] };
		rows->of_row[view][row] = (uint32_t)++rows->count;
	}
	struct pair *pair = arena_grow(slice->arena, rows->pair, rows->pairs, rows->pairs + 1, &rows->room, sizeof *pair, error);
	if (pair == NULL)
		return -1;
	rows->pair = pair;
	pair[rows->pairs++] = (struct pair){ rows->of_row[view][row] - 1, (uint32_t)atom };
	return 0;
}

/* The codes that an atom's cells have in dimension d of the table: its own and TOT; the parties of a combination. */
static size_t cell_codes(const struct slice *slice, const struct cube *cube, size_t d, size_t atom, uint32_t codes[6])
{
	const char *name = cube->table->dimension[d].name;
	size_t from = slice_dimension(slice->atoms, name), count = 0;
	if (strcmp(name, "kalla") == 0) {
		const char *at = cube_code_of(slice->atoms, atom, slice_dimension(slice->atoms, "kombination"));
		for (size_t length; *at != '\0' && count < 6; at += length + (at[length] == '+')) {
			char party[8] = "";
			length = strcspn(at, "+");
			memcpy(party, at, length < sizeof party - 1 ? length : sizeof party - 1);
			codes[count] = cube_find_code(cube, d, party);
			count += codes[count] != UINT32_MAX;
		}
		return count;
	}
	if (from != SIZE_MAX) {
		codes[count] = cube_find_code(cube, d, cube_code_of(slice->atoms, atom, from));
		count += codes[count] != UINT32_MAX;
	}
	bool part = slice->plan->parts != NULL && strcmp(name, slice->plan->parts) == 0;
	if (cube->codes[d].total != UINT32_MAX && !part && !slice_alike(slice->plan, name))
		codes[count++] = cube->codes[d].total;
	return count;
}

static bool is_in(const char *set, const char *code)
{
	size_t length = strlen(code);
	for (const char *at = set; at != NULL && (at = strstr(at, code)) != NULL; at++)
		if (at > set && at[-1] == '|' && at[length] == '|')
			return true;
	return set == NULL;
}

static int place_atom(struct slice *slice, struct rows *rows, size_t view, size_t atom, struct error *error)
{
	const struct cube *cube = slice->rounded->tables->cube[slice->view_table[view]];
	uint32_t codes[TABLE_DIMENSIONS][6], key[TABLE_DIMENSIONS];
	size_t count[TABLE_DIMENSIONS], at[TABLE_DIMENSIONS] = { 0 }, all = 1, dimensions = cube->table->dimensions;
	size_t sort = slice_dimension(slice->atoms, slice->plan->sort);
	if (sort != SIZE_MAX && !is_in(slice->plan->view[view].only, cube_code_of(slice->atoms, slice->row[atom], sort)))
		return 0;
	for (size_t d = 0; d < dimensions; d++) {
		count[d] = cell_codes(slice, cube, d, slice->row[atom], codes[d]);
		all *= count[d];
	}
	for (size_t i = 0; i < all; i++) {
		for (size_t d = 0; d < dimensions; d++)
			key[d] = codes[d][at[d]];
		size_t row = cube_find(cube, key);
		if (row != CUBE_NO_ROW && add_pair(slice, rows, view, row, atom, error) != 0)
			return -1;
		for (size_t d = dimensions; d-- > 0 && ++at[d] == count[d];)
			at[d] = 0;
	}
	return 0;
}

/* How much a deviation of the cell weighs: totals are what is read first. */
static uint32_t weight(const struct slice *slice, const struct place *place)
{
	const struct cube *cube = slice->rounded->tables->cube[place->table];
	if (place->view == PLAN_VIEWS)
		return 0;
	unsigned dear = slice->plan->view[place->view].dear;
	uint32_t weight = dear == 0 ? 1 : dear;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		weight *= cube_is_total(cube, place->row, d) ? TOTAL_WEIGHT : 1;
	return weight;
}

/* Rows of the system in the order in which the atoms come to them, each with its atoms. */
static int state_rows(struct slice *slice, const struct rows *rows, struct error *error)
{
	size_t *first = arena_take(slice->arena, rows->count + 2, sizeof *first, error);
	uint32_t *atom = arena_take(slice->arena, rows->pairs, sizeof *atom, error);
	if (first == NULL || atom == NULL)
		return -1;
	for (size_t p = 0; p < rows->pairs; p++)
		first[rows->pair[p].row + 2]++;
	for (size_t r = 0; r < rows->count; r++)
		first[r + 2] += first[r + 1];
	for (size_t p = 0; p < rows->pairs; p++)
		atom[first[rows->pair[p].row + 1]++] = rows->pair[p].atom;
	for (size_t r = 0; r < rows->count; r++) {
		if (system_row(slice->system, ROW_CELL, weight(slice, &slice->place[r]), error) == SYSTEM_NONE)
			return -1;
		for (size_t i = first[r]; i < first[r + 1]; i++)
			if (system_term(slice->system, atom[i], 1, error) != 0)
				return -1;
	}
	return 0;
}

/* What of a month is within a row of its year: that row's place for each class that is. */
static int make_year_rows(struct slice *slice, struct rows *rows, struct error *error)
{
	uint32_t *of_row[TABLES_MOST] = { NULL };
	for (size_t a = 0; a < slice->count; a++) {
		size_t row;
		for (size_t number = 0; rounded_year_row(slice->rounded, slice->atoms, slice->row[a], number, &rows->year, &row); number++) {
			if (row == CUBE_NO_ROW)
				continue;
			if (of_row[rows->year] == NULL)
				of_row[rows->year] = arena_take(slice->arena, slice->rounded->tables->cube[rows->year]->rows, sizeof **of_row, error);
			rows->of_row[PLAN_VIEWS] = of_row[rows->year];
			if (rows->of_row[PLAN_VIEWS] == NULL || add_pair(slice, rows, PLAN_VIEWS, row, a, error) != 0)
				return -1;
		}
	}
	return 0;
}

int slice_make_rows(struct slice *slice, struct error *error)
{
	struct rows rows = { 0 };
	for (size_t v = 0; v < PLAN_VIEWS && slice->plan->view[v].table != NULL; v++) {
		slice->view_table[v] = tables_find(slice->rounded->tables, slice->plan->view[v].table);
		if (slice->view_table[v] == SIZE_MAX)
			continue;
		const struct cube *cube = slice->rounded->tables->cube[slice->view_table[v]];
		slice->view_measure[v] = cube_measure(cube, slice->plan->view[v].measure);
		rows.of_row[v] = arena_take(slice->arena, cube->rows, sizeof *rows.of_row[v], error);
		if (rows.of_row[v] == NULL)
			return -1;
		for (size_t a = 0; a < slice->count; a++)
			if (slice->row[a] != SLICE_REST && place_atom(slice, &rows, v, a, error) != 0)
				return -1;
	}
	if (strcmp(slice->plan->atoms, "manad_atomer") == 0 && make_year_rows(slice, &rows, error) != 0)
		return -1;
	return state_rows(slice, &rows, error);
}
