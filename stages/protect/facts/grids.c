/* Tables as grids of atoms: see grids.h. */
#include "stages/protect/facts/grids.h"

#include <string.h>

#include "stages/protect/facts_list.h"

/* A dimension by its name, with the codes of the first table that has it. */
struct axis {
	const char *name;
	const struct cube *cube;
	size_t dimension;
};

struct gridding {
	const struct facts *facts;
	const struct tables *tables;
	struct grids *grids;
	struct grid *grid;
	size_t room, axes, axes_room;
	struct axis *axis;
	struct error *error;
};

/* One measure of a table, being cut into grids. */
struct cutting {
	const struct cube *cube;
	const uint32_t *set; /* of its cells */
	size_t measure;
	size_t over[TABLE_DIMENSIONS], overs;   /* dimensions of the grids, the one with the fewest codes first */
	size_t fixed[TABLE_DIMENSIONS], fixeds; /* the others */
	uint32_t *grid;                         /* of each combination of their codes: 1 + its grid */
};

size_t grid_code(const struct grid *grid, size_t cell, size_t d)
{
	return cell / grid->step[d] % grid->codes[d];
}

/* The dimensions of the cutting; false where one over which the table adds up has no total here. */
static bool choose_dimensions(struct cutting *cutting, const struct sum_fact *fact)
{
	const struct cube *cube = cutting->cube;
	cutting->overs = cutting->fixeds = 0;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		bool sums = false;
		for (size_t i = 0; i < sizeof fact->over / sizeof *fact->over && fact->over[i] != NULL; i++)
			sums = sums || strcmp(fact->over[i], cube->table->dimension[d].name) == 0;
		if (!sums) {
			cutting->fixed[cutting->fixeds++] = d;
			continue;
		}
		if (cube->codes[d].total == UINT32_MAX)
			return false;
		size_t at = cutting->overs++;
		for (; at > 0 && cube->codes[cutting->over[at - 1]].count > cube->codes[d].count; at--)
			cutting->over[at] = cutting->over[at - 1];
		cutting->over[at] = d;
	}
	return cutting->overs > 0 && cutting->overs <= GRID_DIMENSIONS;
}

/* The axis of a dimension, which is the next one when it has the first table with it. NULL with the error set. */
static const struct axis *find_axis(struct gridding *gridding, const struct cube *cube, size_t dimension)
{
	const char *name = cube->table->dimension[dimension].name;
	for (size_t i = 0; i < gridding->axes; i++)
		if (strcmp(gridding->axis[i].name, name) == 0)
			return &gridding->axis[i];
	struct axis *list = arena_grow(gridding->tables->arena, gridding->axis, gridding->axes, gridding->axes + 1, &gridding->axes_room, sizeof *list,
		gridding->error);
	if (list == NULL)
		return NULL;
	gridding->axis = list;
	list[gridding->axes] = (struct axis){ name, cube, dimension };
	return &list[gridding->axes++];
}

static int number_codes(struct gridding *gridding, struct grid *grid, const struct cutting *cutting)
{
	size_t wide = cutting->over[cutting->overs - 1];
	const struct cube *cube = cutting->cube;
	const struct axis *axis = find_axis(gridding, cube, wide);
	if (axis == NULL)
		return -1;
	grid->axis = (size_t)(axis - gridding->axis);
	size_t codes = axis->cube->codes[axis->dimension].count;
	uint32_t *number = arena_take(gridding->tables->arena, cube->codes[wide].count, sizeof *number, gridding->error);
	uint32_t *code = arena_take(gridding->tables->arena, codes, sizeof *code, gridding->error);
	if (number == NULL || code == NULL)
		return -1;
	for (size_t n = 0; n < codes; n++)
		code[n] = cube_find_code(cube, wide, axis->cube->codes[axis->dimension].code[n]);
	for (size_t c = 0; c < cube->codes[wide].count; c++)
		number[c] = cube_find_code(axis->cube, axis->dimension, cube->codes[wide].code[c]);
	grid->number = number;
	grid->code = code;
	return 0;
}

/* An empty grid; one of the same table has the same codes. NULL with the error set. */
static struct grid *add_grid(struct gridding *gridding, const struct cutting *cutting, const struct grid *alike)
{
	size_t cells = 1, *count = &gridding->grids->count;
	struct grid *list = arena_grow(gridding->tables->arena, gridding->grid, *count, *count + 1, &gridding->room, sizeof *list, gridding->error);
	if (list == NULL)
		return NULL;
	gridding->grid = list;
	struct grid *grid = &list[*count];
	*grid = (struct grid){ .dimensions = cutting->overs };
	for (size_t i = cutting->overs; i-- > 0;) {
		const struct cube_codes *codes = &cutting->cube->codes[cutting->over[i]];
		grid->step[i] = cells;
		grid->codes[i] = codes->count;
		grid->total[i] = codes->total;
		cells *= codes->count;
	}
	grid->atom = arena_take(gridding->tables->arena, cells, sizeof *grid->atom, gridding->error);
	if (alike != NULL) {
		grid->axis = alike->axis;
		grid->number = alike->number;
		grid->code = alike->code;
	} else if (number_codes(gridding, grid, cutting) != 0)
		return NULL;
	(*count)++;
	return grid->atom == NULL ? NULL : grid;
}

/* Puts every count of the measure into its grid. */
static int cut(struct gridding *gridding, struct cutting *cutting)
{
	const struct cube *cube = cutting->cube;
	size_t combinations = 1, first = gridding->grids->count;
	for (size_t i = 0; i < cutting->fixeds; i++)
		combinations *= cube->codes[cutting->fixed[i]].count;
	cutting->grid = arena_take(gridding->tables->arena, combinations, sizeof *cutting->grid, gridding->error);
	if (cutting->grid == NULL)
		return -1;
	for (size_t row = 0; row < cube->rows; row++) {
		const uint32_t *key = &cube->key[row * cube->table->dimensions];
		size_t combination = 0, cell = 0;
		if (cutting->set[row * cube->table->measures + cutting->measure] == 0)
			continue;
		for (size_t i = 0; i < cutting->fixeds; i++)
			combination = combination * cube->codes[cutting->fixed[i]].count + key[cutting->fixed[i]];
		uint32_t *of = &cutting->grid[combination];
		bool others = gridding->grids->count > first;
		if (*of == 0 && add_grid(gridding, cutting, others ? &(struct grid){ .axis = gridding->grid[first].axis,
			    .number = gridding->grid[first].number, .code = gridding->grid[first].code } : NULL) == NULL)
			return -1;
		*of = *of == 0 ? (uint32_t)gridding->grids->count : *of;
		for (size_t i = 0; i < cutting->overs; i++)
			cell += gridding->grid[*of - 1].step[i] * key[cutting->over[i]];
		gridding->grid[*of - 1].atom[cell] = cutting->set[row * cube->table->measures + cutting->measure];
	}
	return 0;
}

static int cut_table(struct gridding *gridding, const struct sum_fact *fact)
{
	size_t table = tables_find(gridding->tables, fact->table);
	if (table == SIZE_MAX || tables_all_closed(gridding->tables, table) || gridding->facts->set[table] == NULL)
		return 0;
	struct cutting cutting = { .cube = gridding->tables->cube[table], .set = gridding->facts->set[table] };
	if (!choose_dimensions(&cutting, fact))
		return 0;
	for (size_t m = 0; m < sizeof fact->measure / sizeof *fact->measure && fact->measure[m] != NULL; m++) {
		cutting.measure = cube_measure(cutting.cube, fact->measure[m]);
		if (cut(gridding, &cutting) != 0)
			return -1;
	}
	return 0;
}

static size_t cells_of(const struct grid *grid)
{
	return grid->step[0] * grid->codes[0];
}

/* The places of every atom, from all grids of as many dimensions. */
static void place_atoms(const struct gridding *gridding, size_t dimensions)
{
	struct grids *grids = gridding->grids;
	for (size_t g = 0; g < grids->count; g++)
		for (size_t cell = 0; cell < cells_of(&gridding->grid[g]) && gridding->grid[g].dimensions == dimensions; cell++)
			if (gridding->grid[g].atom[cell] > 0)
				grids->place[grids->first[gridding->grid[g].atom[cell]]++] = (struct grid_place){ (uint32_t)g, (uint32_t)cell };
}

static int list_places(const struct gridding *gridding)
{
	struct grids *grids = gridding->grids;
	size_t atoms = gridding->facts->system->atoms, places = 0;
	grids->first = arena_take(gridding->tables->arena, atoms + 2, sizeof *grids->first, gridding->error);
	if (grids->first == NULL)
		return -1;
	for (size_t g = 0; g < grids->count; g++)
		for (size_t cell = 0; cell < cells_of(&gridding->grid[g]); cell++)
			if (gridding->grid[g].atom[cell] > 0) {
				grids->first[gridding->grid[g].atom[cell] + 1]++;
				places++;
			}
	for (size_t a = 0; a <= atoms; a++)
		grids->first[a + 1] += grids->first[a];
	grids->place = arena_take(gridding->tables->arena, places, sizeof *grids->place, gridding->error);
	if (grids->place == NULL)
		return -1;
	for (size_t dimensions = GRID_DIMENSIONS; dimensions > 0; dimensions--)
		place_atoms(gridding, dimensions);
	return 0;
}

struct grids *grids_new(const struct facts *facts, const struct tables *tables, struct error *error)
{
	struct gridding gridding = { .facts = facts, .tables = tables, .error = error };
	gridding.grids = arena_take(tables->arena, 1, sizeof *gridding.grids, error);
	for (size_t f = 0; f < sum_fact_count && gridding.grids != NULL; f++)
		if (cut_table(&gridding, &sum_facts[f]) != 0)
			return NULL;
	if (gridding.grids == NULL || list_places(&gridding) != 0)
		return NULL;
	gridding.grids->grid = gridding.grid;
	return gridding.grids;
}
