/* One plan of the rounding mode: atoms of cubes into a system, and the rounded counts back. See rounded.h, round_plan.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stages/protect/rounding/rounded.h"
#include "stages/protect/rounding/rounding.h"

#define NO_ATOM SIZE_MAX /* the rest of a whole, which has no row */
#define TOTAL_WEIGHT 2   /* a total's squared deviation beside that of one of its parts, in each dimension */

/* One slice of a plan. */
struct slice {
	struct rounded *rounded;
	const struct plan *plan;
	const struct cube *atoms;
	size_t measure, at;    /* of the atoms' counts; their table's position, SIZE_MAX for a cube that is no table of the run */
	struct arena *arena;
	size_t count;          /* atoms */
	size_t *row;           /* of each, in the cube of atoms; NO_ATOM */
	struct system *system;
	size_t view_table[PLAN_VIEWS], view_measure[PLAN_VIEWS];
	struct place {         /* a row of the system; of view PLAN_VIEWS: what is within a row of a year's table, which is at most that */
		size_t view, row, table;
	} *place;
	bool alike;            /* rounded alike instead of divided */
	size_t groups;
	uint32_t *group;       /* of each atom; `groups`: none */
	int64_t *sum;          /* rounded counts of the groups */
};

static size_t place_of(const struct cube *cube, const char *name)
{
	for (size_t d = 0; d < cube->table->dimensions && name != NULL; d++)
		if (strcmp(cube->table->dimension[d].name, name) == 0)
			return d;
	return SIZE_MAX;
}

static bool is_alike(const struct plan *plan, const char *dimension)
{
	return (plan->alike[0] != NULL && strcmp(plan->alike[0], dimension) == 0) ||
		(plan->alike[1] != NULL && strcmp(plan->alike[1], dimension) == 0);
}

/* Whether the row of the cube is an atom: persons, and no total but of codes that overlap. */
static bool is_atom(const struct slice *slice, size_t row)
{
	const struct cube *cube = slice->atoms;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (cube_is_total(cube, row, d) && (!is_alike(slice->plan, cube->table->dimension[d].name) ||
			(slice->plan->parts != NULL && strcmp(slice->plan->parts, cube->table->dimension[d].name) == 0)))
			return false;
	return cube_cell(cube, row, slice->measure)->status != CELL_MISSING;
}

static double count_of(const struct slice *slice, size_t row)
{
	return slice->at == SIZE_MAX ? cube_cell(slice->atoms, row, slice->measure)->number
				     : rounded_truth(slice->rounded, slice->at, row, slice->measure);
}

/* ---- wholes ---- */

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
		size_t from = place_of(slice->atoms, renamed ? whole->from : name);
		bool part = slice->plan->parts != NULL && strcmp(name, slice->plan->parts) == 0;
		codes[d] = from == SIZE_MAX || part ? CUBE_TOTAL : cube_code_of(slice->atoms, atom, from);
		if (strcmp(name, "manad") == 0 && from == SIZE_MAX)
			codes[d] = last_month(cube, d, cube_code_of(slice->atoms, atom, place_of(slice->atoms, "ar")));
	}
	return cube_find_named(cube, codes);
}

/* Another atom of the slice, without rows in any table. */
static int add_rest(struct slice *slice, size_t group, int64_t count, struct error *error)
{
	slice->row[slice->count] = NO_ATOM;
	slice->group[slice->count++] = (uint32_t)group;
	return system_atom(slice->system, count, error) == SYSTEM_NONE ? -1 : 0;
}

/* The groups of atoms by the rows of the whole that hold them, with their rests. Sets `alike` when they overlap. */
static int find_groups(struct slice *slice, struct error *error)
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

/* ---- rows ---- */

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
	size_t from = place_of(slice->atoms, name), count = 0;
	if (strcmp(name, "kalla") == 0) {
		const char *at = cube_code_of(slice->atoms, atom, place_of(slice->atoms, "kombination"));
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
	if (cube->codes[d].total != UINT32_MAX && !part && !is_alike(slice->plan, name))
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
	size_t sort = place_of(slice->atoms, slice->plan->sort);
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

static int make_rows(struct slice *slice, struct error *error)
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
			if (slice->row[a] != NO_ATOM && place_atom(slice, &rows, v, a, error) != 0)
				return -1;
	}
	if (strcmp(slice->plan->atoms, "manad_atomer") == 0 && make_year_rows(slice, &rows, error) != 0)
		return -1;
	return state_rows(slice, &rows, error);
}

/* ---- alike ---- */

static bool same_but_alike(const struct slice *slice, size_t a, size_t b)
{
	const struct cube *cube = slice->atoms;
	const char *parts = slice->alike && slice->plan->alike[0] == NULL ? slice->plan->parts : NULL;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		const char *name = cube->table->dimension[d].name;
		if (is_alike(slice->plan, name) || (parts != NULL && strcmp(parts, name) == 0))
			continue;
		if (cube->key[slice->row[a] * cube->table->dimensions + d] != cube->key[slice->row[b] * cube->table->dimensions + d])
			return false;
	}
	return true;
}

/* Numbers the atoms by what they have in common: hashed by the codes in which they may not differ. */
static int number_alike(struct slice *slice, uint32_t *choice, size_t *choices, struct error *error)
{
	size_t slots = 16;
	while (slots < 2 * slice->count)
		slots *= 2;
	uint32_t *slot = arena_take(slice->arena, slots, sizeof *slot, error);
	if (slot == NULL)
		return -1;
	const char *parts = slice->plan->alike[0] == NULL ? slice->plan->parts : NULL;
	for (size_t a = 0; a < slice->count; a++) {
		uint64_t hash = 0;
		for (size_t d = 0; d < slice->atoms->table->dimensions; d++) {
			const char *name = slice->atoms->table->dimension[d].name;
			if (!is_alike(slice->plan, name) && (parts == NULL || strcmp(parts, name) != 0))
				hash = (hash ^ slice->atoms->key[slice->row[a] * slice->atoms->table->dimensions + d]) *
					UINT64_C(0x9E3779B97F4A7C15);
		}
		size_t at = (hash ^ hash >> 32) & (slots - 1);
		while (slot[at] != 0 && !same_but_alike(slice, slot[at] - 1, a))
			at = (at + 1) & (slots - 1);
		if (slot[at] == 0) {
			slot[at] = (uint32_t)a + 1;
			choice[a] = (uint32_t)(*choices)++;
		} else {
			choice[a] = choice[slot[at] - 1];
		}
	}
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

/* Atoms are no more than their wholes, and as many as one that they were equal to. */
static void keep_within(const struct slice *slice, int64_t *value)
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

/* ---- a slice ---- */

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
		if (place->view == PLAN_VIEWS) {
			int64_t count = year_count(slice, place, system->row[r].value);
			most[to] = count < most[to] ? count : most[to];
			continue;
		}
		if (bounds->least[table] == NULL)
			continue;
		size_t cell = tables_cell(slice->rounded->tables, table, place->row, slice->view_measure[place->view]);
		least[to] = bounds->least[table][cell] > least[to] ? bounds->least[table][cell] : least[to];
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
	if (choice == NULL || number_alike(slice, choice, &rounding->choices, error) != 0 || rounding_solve(rounding, error) != 0)
		return -1;
	keep_within(slice, rounding->value);
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
		size_t d = place_of(cube, slice->plan->slice[s]);
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
	if (slice->plan->whole[0].table != NULL && slice->plan->alike[0] == NULL && find_groups(slice, error) != 0)
		return -1;
	if (make_rows(slice, error) != 0)
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
	if (cube != NULL && done == NULL)
		result = error_set(error, EXIT_IO, "memory is out");
	for (size_t row = 0; result == 0 && cube != NULL && row < cube->rows; row++) {
		if (done[row])
			continue;
		struct slice slice = { .rounded = rounded, .plan = plan, .atoms = cube, .measure = cube_measure(cube, plan->measure), .at = at,
			.arena = arena_new(error) };
		result = slice.arena == NULL ? -1 : round_slice(&slice, row, done, error);
		arena_free(slice.arena);
	}
	free(done);
	return result;
}
