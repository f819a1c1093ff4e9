/* Which rows and columns a pivot has: see layout.h. */
#include "stages/publish/layout.h"

#include <stdlib.h>
#include <string.h>

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
		else if (length == 4 && memcmp(name, "matt", 4) == 0)
			axis->measures = true;
	}
}

static void read_measures(const struct pivot *pivot, struct layout *layout)
{
	const struct table *table = pivot->sheet->table;
	const char *names = pivot->measures, *name;
	size_t length;
	if (names == NULL)
		for (size_t m = 0; m < table->measures; m++)
			layout->measure[layout->measures++] = m;
	while (next_name(&names, &name, &length)) {
		size_t m = sheet_measure(table, name, length);
		if (m != SIZE_MAX)
			layout->measure[layout->measures++] = m;
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
static bool read_fixed(const struct pivot *pivot, struct layout *layout)
{
	const struct cube *cube = layout->sheet->cube;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		layout->fixed[d] = UINT32_MAX;
		if (on_axis(&layout->down, d) || on_axis(&layout->across, d))
			continue;
		layout->fixed[d] = cube_find_code(cube, d, pivot->fixed[d] != NULL ? pivot->fixed[d] : CUBE_TOTAL);
		if (layout->fixed[d] == UINT32_MAX)
			return false;
	}
	return true;
}

static bool is_taken(const struct layout *layout, size_t row)
{
	size_t dimensions = layout->sheet->table->dimensions;
	const uint32_t *key = layout->sheet->cube->key + row * dimensions;
	for (size_t d = 0; d < dimensions; d++)
		if (layout->fixed[d] != UINT32_MAX && layout->fixed[d] != key[d])
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

/* The different places of the rows that are taken, in order of printing. */
static int find_places(struct layout *layout, struct axis *axis, const size_t *row, size_t rows, struct arena *arena,
	struct error *error)
{
	axis->place = arena_take(arena, rows, sizeof *axis->place, error);
	if (axis->place == NULL)
		return -1;
	for (size_t i = 0; i < rows; i++) {
		axis->place[i].row = row[i];
		for (size_t k = 0; k < axis->dimensions; k++)
			axis->place[i].rank[k] = sheet_rank(layout->sheet, row[i], axis->dimension[k]);
	}
	qsort(axis->place, rows, sizeof *axis->place, compare);
	for (size_t i = 0; i < rows; i++)
		if (axis->places == 0 || !same(&axis->place[i], &axis->place[axis->places - 1], TABLE_DIMENSIONS))
			axis->place[axis->places++] = axis->place[i];
	return 0;
}

/* Takes the year off an axis that has others beside it, when all rows are of one. */
static void move_year(struct layout *layout, struct axis *axis, const size_t *row, size_t rows)
{
	size_t at = 0, year = sheet_dimension(layout->sheet->table, "ar", 2);
	while (at < axis->dimensions && axis->dimension[at] != year)
		at++;
	if (at == axis->dimensions || (axis->dimensions == 1 && !axis->measures))
		return;
	for (size_t i = 1; i < rows; i++)
		if (sheet_rank(layout->sheet, row[i], year) != sheet_rank(layout->sheet, row[0], year))
			return;
	layout->year = row[0];
	layout->fixed[year] = layout->sheet->cube->key[row[0] * layout->sheet->table->dimensions + year];
	axis->dimensions--;
	for (; at < axis->dimensions; at++)
		axis->dimension[at] = axis->dimension[at + 1];
}

/* The rows that are taken, or all of the cube. NULL with the error set when memory is out. */
static size_t *list_rows(const struct layout *layout, bool all, size_t *rows, struct arena *arena, struct error *error)
{
	size_t *row = arena_take(arena, layout->sheet->cube->rows, sizeof *row, error);
	*rows = 0;
	for (size_t r = 0; row != NULL && r < layout->sheet->cube->rows; r++)
		if (all || is_taken(layout, r))
			row[(*rows)++] = r;
	return row;
}

int layout_make(struct layout *layout, const struct pivot *pivot, struct arena *arena, struct error *error)
{
	*layout = (struct layout){ .sheet = pivot->sheet, .year = SIZE_MAX };
	read_axis(pivot->sheet->table, pivot->down, &layout->down);
	read_axis(pivot->sheet->table, pivot->across, &layout->across);
	read_measures(pivot, layout);
	if (layout->measures == 0 || !read_fixed(pivot, layout))
		return 0;
	size_t rows;
	size_t *row = list_rows(layout, false, &rows, arena, error);
	if (row == NULL || rows == 0)
		return row == NULL ? -1 : 0;
	move_year(layout, &layout->down, row, rows);
	if (pivot->complete)
		row = list_rows(layout, true, &rows, arena, error);
	if (row == NULL || find_places(layout, &layout->down, row, rows, arena, error) != 0 ||
		find_places(layout, &layout->across, row, rows, arena, error) != 0)
		return -1;
	return 1;
}

/* ---- along the axes ---- */

size_t layout_levels(const struct axis *axis)
{
	return axis->dimensions + axis->measures;
}

size_t layout_positions(const struct layout *layout, const struct axis *axis)
{
	return axis->places * (axis->measures ? layout->measures : 1);
}

const struct place *layout_place(const struct layout *layout, const struct axis *axis, size_t position, size_t *measure)
{
	if (!axis->measures)
		return &axis->place[position];
	*measure = layout->measure[position % layout->measures];
	return &axis->place[position / layout->measures];
}

size_t layout_run(const struct layout *layout, const struct axis *axis, size_t position, size_t level)
{
	size_t measure = 0, end = position + 1;
	if (level == axis->dimensions)
		return 1; /* the measures: each has its own */
	const struct place *place = layout_place(layout, axis, position, &measure);
	if (position > 0 && same(layout_place(layout, axis, position - 1, &measure), place, level + 1))
		return 0;
	while (end < layout_positions(layout, axis) && same(layout_place(layout, axis, end, &measure), place, level + 1))
		end++;
	return end - position;
}

const char *layout_heading(const struct layout *layout, const struct axis *axis, size_t position, size_t level)
{
	size_t measure = 0;
	const struct place *place = layout_place(layout, axis, position, &measure);
	if (level == axis->dimensions)
		return layout->sheet->table->measure[measure].title;
	return sheet_label(layout->sheet, place->row, axis->dimension[level]);
}

static void set_key(const struct layout *layout, const struct axis *axis, const struct place *place, uint32_t *key)
{
	const struct cube *cube = layout->sheet->cube;
	for (size_t i = 0; i < axis->dimensions; i++)
		key[axis->dimension[i]] = cube->key[place->row * cube->table->dimensions + axis->dimension[i]];
}

size_t layout_cell(const struct layout *layout, size_t down, size_t across, size_t *measure)
{
	uint32_t key[TABLE_DIMENSIONS];
	*measure = layout->measure[0];
	memcpy(key, layout->fixed, sizeof key);
	set_key(layout, &layout->down, layout_place(layout, &layout->down, down, measure), key);
	set_key(layout, &layout->across, layout_place(layout, &layout->across, across, measure), key);
	return cube_find(layout->sheet->cube, key);
}
