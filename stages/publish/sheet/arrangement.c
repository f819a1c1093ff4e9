/* Which rows and columns a pivot has: see arrangement.h. */
#include "stages/publish/sheet/arrangement.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/text.h"

void pivot_fix(struct pivot *pivot, const char *dimension, const char *code)
{
	size_t d = pivot->sheet == NULL ? SIZE_MAX : sheet_dimension(pivot->sheet->table, dimension, strlen(dimension));
	if (d != SIZE_MAX)
		pivot->fixed[d] = code;
}

/* The next of some names parted by spaces; false at the end. */
static bool next_name(const char **names, const char **name, size_t *length)
{
	if (*names == NULL)
		return false;
	*names += strspn(*names, " ");
	*name = *names;
	*length = strcspn(*names, " ");
	*names += *length;
	return *length > 0;
}

/* Names that the table lacks are passed over: layouts serve several tables. */
static void read_axis(const struct table *table, const char *names, struct axis *axis)
{
	const char *name;
	size_t length;
	while (next_name(&names, &name, &length)) {
		size_t d = sheet_dimension(table, name, length);
		if (d != SIZE_MAX)
			axis->dimension[axis->dimensions++] = d;
		else if (text_equal(name, length, "matt") || text_equal(name, length, "varde"))
			axis->measures = true;
	}
}

static void read_measures(const struct pivot *pivot, struct arrangement *arrangement)
{
	const struct table *table = pivot->sheet->table;
	const char *names = pivot->measures, *name;
	size_t length;
	if (names == NULL)
		for (size_t m = 0; m < table->measures; m++)
			arrangement->measure[arrangement->measures++] = m;
	while (next_name(&names, &name, &length)) {
		size_t m = sheet_measure(table, name, length);
		if (m != SIZE_MAX)
			arrangement->measure[arrangement->measures++] = m;
	}
}

static bool on_axis(const struct axis *axis, size_t d)
{
	for (size_t i = 0; i < axis->dimensions; i++)
		if (axis->dimension[i] == d)
			return true;
	return false;
}

/* The only code taken in each dimension that is on no axis; false when it does not occur, so that no row is left. */
static bool read_fixed(const struct pivot *pivot, struct arrangement *arrangement)
{
	const struct cube *cube = arrangement->sheet->cube;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		arrangement->fixed[d] = UINT32_MAX;
		if (on_axis(&arrangement->down, d) || on_axis(&arrangement->across, d))
			continue;
		arrangement->fixed[d] = cube_find_code(cube, d, pivot->fixed[d] != NULL ? pivot->fixed[d] : CUBE_TOTAL);
		if (arrangement->fixed[d] == UINT32_MAX)
			return false;
	}
	return true;
}

static bool is_taken(const struct arrangement *arrangement, size_t row)
{
	size_t dimensions = arrangement->sheet->table->dimensions;
	const uint32_t *key = arrangement->sheet->cube->key + row * dimensions;
	for (size_t d = 0; d < dimensions; d++)
		if (arrangement->fixed[d] != UINT32_MAX && arrangement->fixed[d] != key[d])
			return false;
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct place *left = a, *right = b;
	for (size_t i = 0; i < TABLE_DIMENSIONS; i++)
		if (left->rank[i] != right->rank[i])
			return left->rank[i] < right->rank[i] ? -1 : 1;
	return left->row < right->row ? -1 : left->row > right->row;
}

/* Whether two places agree in their first `levels` dimensions. */
static bool same(const struct place *a, const struct place *b, size_t levels)
{
	return memcmp(a->rank, b->rank, levels * sizeof *a->rank) == 0;
}

/* Ranks below which all of the axis's dimensions stay, multiplied; 0 where a dimension's labels hang on another's or there are
   far more combinations than rows. */
static size_t combinations(const struct arrangement *arrangement, const struct axis *axis, size_t rows)
{
	size_t product = 1;
	for (size_t k = 0; k < axis->dimensions; k++) {
		if (arrangement->sheet->lists[axis->dimension[k]] != NULL)
			return 0;
		product *= arrangement->sheet->cube->codes[axis->dimension[k]].count;
		if (product > 16 * rows + 1024)
			return 0;
	}
	return product;
}

/* Number of a row's combination when the dimensions are counted like digits, in the order of printing. */
static size_t combination_of(const struct arrangement *arrangement, const struct axis *axis, size_t row)
{
	const struct sheet *sheet = arrangement->sheet;
	size_t number = 0;
	for (size_t k = 0; k < axis->dimensions; k++) {
		size_t d = axis->dimension[k];
		number = number * sheet->cube->codes[d].count + sheet->rank[d][sheet->cube->key[row * sheet->table->dimensions + d]];
	}
	return number;
}

static void set_place(const struct arrangement *arrangement, const struct axis *axis, struct place *place, size_t row)
{
	place->row = row;
	for (size_t k = 0; k < axis->dimensions; k++)
		place->rank[k] = sheet_rank(arrangement->sheet, row, axis->dimension[k]);
}

/* Places by marking the combinations that occur: one pass over the rows, however many places there are. */
static int mark_places(struct arrangement *arrangement, struct axis *axis, const size_t *row, size_t rows, size_t possible,
	struct arena *arena, struct error *error)
{
	size_t *first = arena_take(arena, possible, sizeof *first, error); /* row + 1 of each combination; 0: does not occur */
	size_t places = 0;
	if (first == NULL)
		return -1;
	for (size_t i = 0; i < rows; i++) {
		size_t *seen = &first[combination_of(arrangement, axis, row[i])];
		places += *seen == 0;
		*seen = *seen == 0 ? row[i] + 1 : *seen;
	}
	axis->place = arena_take(arena, places, sizeof *axis->place, error);
	for (size_t i = 0; i < possible && axis->place != NULL; i++)
		if (first[i] > 0)
			set_place(arrangement, axis, &axis->place[axis->places++], first[i] - 1);
	return axis->place == NULL ? -1 : 0;
}

/* Places by sorting the rows. */
static int sort_places(struct arrangement *arrangement, struct axis *axis, const size_t *row, size_t rows, struct arena *arena,
	struct error *error)
{
	axis->place = arena_take(arena, rows, sizeof *axis->place, error);
	if (axis->place == NULL)
		return -1;
	for (size_t i = 0; i < rows; i++)
		set_place(arrangement, axis, &axis->place[i], row[i]);
	qsort(axis->place, rows, sizeof *axis->place, compare);
	for (size_t i = 0; i < rows; i++)
		if (axis->places == 0 || !same(&axis->place[i], &axis->place[axis->places - 1], TABLE_DIMENSIONS))
			axis->place[axis->places++] = axis->place[i];
	return 0;
}

/* The different places of the rows that are taken, in order of printing. */
static int find_places(struct arrangement *arrangement, struct axis *axis, const size_t *row, size_t rows, struct arena *arena,
	struct error *error)
{
	size_t possible = combinations(arrangement, axis, rows);
	return possible > 0 ? mark_places(arrangement, axis, row, rows, possible, arena, error)
		: sort_places(arrangement, axis, row, rows, arena, error);
}

/* Takes the year off an axis that has others beside it, when all rows are of one. */
static void move_year(struct arrangement *arrangement, struct axis *axis, const size_t *row, size_t rows)
{
	size_t at = 0, year = sheet_dimension(arrangement->sheet->table, "ar", 2);
	while (at < axis->dimensions && axis->dimension[at] != year)
		at++;
	if (at == axis->dimensions || (axis->dimensions == 1 && !axis->measures))
		return;
	for (size_t i = 1; i < rows; i++)
		if (sheet_rank(arrangement->sheet, row[i], year) != sheet_rank(arrangement->sheet, row[0], year))
			return;
	arrangement->year = row[0];
	arrangement->fixed[year] = arrangement->sheet->cube->key[row[0] * arrangement->sheet->table->dimensions + year];
	axis->dimensions--;
	for (; at < axis->dimensions; at++)
		axis->dimension[at] = axis->dimension[at + 1];
}

/* The rows that are taken, or all of the cube. NULL with the error set when memory is out. */
static size_t *list_rows(const struct arrangement *arrangement, bool all, size_t *rows, struct arena *arena, struct error *error)
{
	size_t *row = arena_take(arena, arrangement->sheet->cube->rows, sizeof *row, error);
	*rows = 0;
	for (size_t r = 0; row != NULL && r < arrangement->sheet->cube->rows; r++)
		if (all || is_taken(arrangement, r))
			row[(*rows)++] = r;
	return row;
}

int arrangement_make(struct arrangement *arrangement, const struct pivot *pivot, struct arena *arena, struct error *error)
{
	*arrangement = (struct arrangement){ .sheet = pivot->sheet, .year = SIZE_MAX };
	read_axis(pivot->sheet->table, pivot->down, &arrangement->down);
	read_axis(pivot->sheet->table, pivot->across, &arrangement->across);
	read_measures(pivot, arrangement);
	if (arrangement->measures == 0 || !read_fixed(pivot, arrangement))
		return 0;
	size_t rows;
	size_t *row = list_rows(arrangement, false, &rows, arena, error);
	if (row == NULL || rows == 0)
		return row == NULL ? -1 : 0;
	move_year(arrangement, &arrangement->down, row, rows);
	if (pivot->complete)
		row = list_rows(arrangement, true, &rows, arena, error);
	if (row == NULL || find_places(arrangement, &arrangement->down, row, rows, arena, error) != 0 ||
		find_places(arrangement, &arrangement->across, row, rows, arena, error) != 0)
		return -1;
	return 1;
}

/* ---- along the axes ---- */

size_t arrangement_levels(const struct axis *axis)
{
	return axis->dimensions + axis->measures;
}

size_t arrangement_positions(const struct arrangement *arrangement, const struct axis *axis)
{
	return axis->places * (axis->measures ? arrangement->measures : 1);
}

const struct place *arrangement_place(const struct arrangement *arrangement, const struct axis *axis, size_t position, size_t *measure)
{
	if (!axis->measures)
		return &axis->place[position];
	*measure = arrangement->measure[position % arrangement->measures];
	return &axis->place[position / arrangement->measures];
}

size_t arrangement_run(const struct arrangement *arrangement, const struct axis *axis, size_t position, size_t level)
{
	size_t measure = 0, end = position + 1;
	if (level == axis->dimensions)
		return 1; /* the measures: each has its own */
	const struct place *place = arrangement_place(arrangement, axis, position, &measure);
	if (position > 0 && same(arrangement_place(arrangement, axis, position - 1, &measure), place, level + 1))
		return 0;
	while (end < arrangement_positions(arrangement, axis) && same(arrangement_place(arrangement, axis, end, &measure), place, level + 1))
		end++;
	return end - position;
}

const char *arrangement_heading(const struct arrangement *arrangement, const struct axis *axis, size_t position, size_t level)
{
	size_t measure = 0;
	const struct place *place = arrangement_place(arrangement, axis, position, &measure);
	if (level == axis->dimensions)
		return arrangement->sheet->table->measure[measure].title;
	return sheet_label(arrangement->sheet, place->row, axis->dimension[level]);
}

/* Whether some code of the list belongs to this one: Ohälsa, to which sjukpenning belongs. */
static bool is_group(const struct codelist *list, const char *code)
{
	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (strcmp(list->entry[i].overordnad, code) == 0)
			return true;
	return false;
}

bool arrangement_is_sum(const struct arrangement *arrangement, size_t position)
{
	size_t measure = 0;
	const struct axis *down = &arrangement->down;
	if (down->dimensions == 0)
		return false;
	size_t d = down->dimension[down->dimensions - 1];
	const char *code = cube_code_of(arrangement->sheet->cube, arrangement_place(arrangement, down, position, &measure)->row, d);
	return strcmp(code, CUBE_TOTAL) == 0 || is_group(arrangement->sheet->table->dimension[d].codes, code);
}

static void set_key(const struct arrangement *arrangement, const struct axis *axis, const struct place *place, uint32_t *key)
{
	const struct cube *cube = arrangement->sheet->cube;
	for (size_t i = 0; i < axis->dimensions; i++)
		key[axis->dimension[i]] = cube->key[place->row * cube->table->dimensions + axis->dimension[i]];
}

size_t arrangement_cell(const struct arrangement *arrangement, size_t down, size_t across, size_t *measure)
{
	uint32_t key[TABLE_DIMENSIONS];
	*measure = arrangement->measure[0];
	memcpy(key, arrangement->fixed, sizeof key);
	set_key(arrangement, &arrangement->down, arrangement_place(arrangement, &arrangement->down, down, measure), key);
	set_key(arrangement, &arrangement->across, arrangement_place(arrangement, &arrangement->across, across, measure), key);
	return cube_find(arrangement->sheet->cube, key);
}
