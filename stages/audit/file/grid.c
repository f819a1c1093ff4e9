/* The cells of frequency tables, and the combinations that do not occur: see grid.h. */
#include "stages/audit/file/grid.h"

#include <string.h>

#include "stages/audit/file/grid_sums.h"

#define LARGEST ((size_t)1 << 25) /* combinations of one table's codes */

struct grid *grid_new(const char *file, struct codes *codes, size_t dimensions, struct arena *arena, struct error *error)
{
	struct grid *grid = arena_take(arena, 1, sizeof *grid, error);
	if (grid == NULL)
		return NULL;
	*grid = (struct grid){ .arena = arena, .file = file, .dimensions = dimensions, .codes = codes };
	return grid;
}

size_t grid_table(struct grid *grid, const char *name, size_t length, struct error *error)
{
	for (size_t t = grid->tables; t-- > 0;)
		if (strncmp(grid->table[t].name, name, length) == 0 && grid->table[t].name[length] == '\0')
			return t;
	struct grid_table *table = arena_grow(grid->arena, grid->table, grid->tables, grid->tables + 1, &grid->table_room,
		sizeof *table, error);
	char *copy = arena_text(grid->arena, name, length, error);
	if (table == NULL || copy == NULL)
		return SIZE_MAX;
	grid->table = table;
	table[grid->tables] = (struct grid_table){ .name = copy };
	return grid->tables++;
}

int grid_row(struct grid *grid, size_t table, const uint32_t *code, bool withheld, int64_t value, struct error *error)
{
	struct grid_row *row = arena_grow(grid->arena, grid->row, grid->rows, grid->rows + 1, &grid->row_room, sizeof *row, error);
	if (row == NULL)
		return -1;
	grid->row = row;
	/* until grid_finish has sets, `cell` holds the value */
	row[grid->rows++] = (struct grid_row){ .table = table, .code = code, .withheld = withheld, .cell = (size_t)value };
	return 0;
}

/* The rows as cells; which codes each table uses. */
static int place_rows(struct grid *grid, struct error *error)
{
	for (size_t t = 0; t < grid->tables; t++)
		for (size_t d = 0; d < grid->dimensions; d++) {
			grid->table[t].uses[d] = arena_take(grid->arena, grid->codes[d].count, sizeof(bool), error);
			if (grid->table[t].uses[d] == NULL)
				return -1;
		}
	for (size_t r = 0; r < grid->rows; r++) {
		struct grid_row *row = &grid->row[r];
		int64_t value = (int64_t)row->cell;
		struct grid_table *table = &grid->table[row->table];
		row->cell = grid_cell(grid, row->code, error);
		if (row->cell == SIZE_MAX)
			return -1;
		for (size_t d = 0; d < grid->dimensions; d++) {
			table->uses[d][row->code[d]] = true;
			if (grid->codes[d].code[row->code[d]].same != CODES_TOTAL)
				table->dimensions |= UINT64_C(1) << d;
		}
		struct grid_cell *cell = &grid->cell[row->cell];
		if (row->withheld) {
			cell->withheld = true;
			continue;
		}
		if (cell->known && cell->value != value)
			return error_set(error, EXIT_DATA, "%s: table '%s' and another give different values for the same set: " GRID_HINT,
				grid->file, table->name);
		cell->known = true;
		cell->value = value;
	}
	return 0;
}

/* Whether the table has no code of the dimension that lies within this one. */
static bool is_finest(const struct grid *grid, const struct grid_table *table, size_t d, uint32_t code)
{
	const struct codes *codes = &grid->codes[d];
	for (uint32_t c = 0; c < codes->count; c++)
		if (table->uses[d][c] && codes->code[c].leaves < codes->code[code].leaves && codes_within(codes, c, code))
			return false;
	return true;
}

/* Combinations of a table's finest codes that no row has: they do not occur, 0. (A total or group that no row has is merely
   not printed.) */
static int add_absent(struct grid *grid, const struct grid_table *table, struct error *error)
{
	uint32_t *used[GRID_DIMENSIONS], code[GRID_DIMENSIONS];
	size_t count[GRID_DIMENSIONS], at[GRID_DIMENSIONS] = { 0 }, all = 1;
	for (size_t d = 0; d < grid->dimensions; d++) {
		count[d] = 0;
		used[d] = arena_take(grid->arena, grid->codes[d].count, sizeof *used[d], error);
		if (used[d] == NULL)
			return -1;
		for (uint32_t c = 0; c < grid->codes[d].count; c++)
			if (table->uses[d][c] && is_finest(grid, table, d, c))
				used[d][count[d]++] = c;
		if (count[d] > 0 && all > LARGEST / count[d])
			return error_set(error, EXIT_DATA, "table '%s' has more than %zu combinations of codes", table->name, LARGEST);
		all *= count[d];
	}
	for (size_t i = 0; i < all; i++) {
		for (size_t d = 0; d < grid->dimensions; d++)
			code[d] = used[d][at[d]];
		size_t cell = grid_cell(grid, code, error);
		if (cell == SIZE_MAX)
			return -1;
		if (!grid->cell[cell].known && !grid->cell[cell].withheld)
			grid->cell[cell] = (struct grid_cell){ .known = true };
		for (size_t d = grid->dimensions; d-- > 0 && ++at[d] == count[d];)
			at[d] = 0;
	}
	return 0;
}

int grid_finish(struct grid *grid, struct error *error)
{
	for (size_t d = 0; d < grid->dimensions; d++)
		if (codes_finish(&grid->codes[d], error) != 0)
			return -1;
	if (place_rows(grid, error) != 0)
		return -1;
	for (size_t t = 0; t < grid->tables; t++)
		if (add_absent(grid, &grid->table[t], error) != 0)
			return -1;
	return grid_sums(grid, error);
}
