/* Cubes side by side: see tables.h. */
#include "stages/protect/tables.h"

#include <stdint.h>
#include <string.h>

int tables_add(struct tables *tables, struct cube *cube, struct error *error)
{
	if (tables->count == TABLES_MOST)
		return error_set(error, EXIT_BUG, "more than %d tables", TABLES_MOST);
	bool *demanded = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof *demanded, error);
	int64_t *raised = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof *raised, error);
	int64_t *lowered = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof *lowered, error);
	int64_t *parts = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof *parts, error);
	int64_t *least = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof *least, error);
	if (demanded == NULL || raised == NULL || lowered == NULL || parts == NULL || least == NULL)
		return -1;
	tables->cube[tables->count] = cube;
	tables->rows[tables->count] = cube->rows;
	tables->raised[tables->count] = raised;
	tables->lowered[tables->count] = lowered;
	tables->parts[tables->count] = parts;
	tables->least[tables->count] = least;
	tables->demanded[tables->count++] = demanded;
	return 0;
}

size_t tables_find(const struct tables *tables, const char *name)
{
	for (size_t i = 0; i < tables->count; i++)
		if (strcmp(tables->cube[i]->table->name, name) == 0)
			return i;
	return SIZE_MAX;
}

void tables_withhold(struct tables *tables, size_t table, size_t row, size_t measure)
{
	struct cell *cell = cube_cell(tables->cube[table], row, measure);
	if (cell->status == CELL_PUBLISHED)
		cell->status = CELL_PROTECTED;
}

bool tables_withheld(const struct tables *tables, size_t table, size_t row, size_t measure)
{
	return cube_cell(tables->cube[table], row, measure)->status == CELL_PROTECTED;
}

size_t tables_cell(const struct tables *tables, size_t table, size_t row, size_t measure)
{
	return row * tables->cube[table]->table->measures + measure;
}

bool tables_closed(const struct tables *tables, size_t table, size_t row)
{
	const struct cube *cube = tables->cube[table];
	return tables->closed[table] != NULL && tables->closed[table][cube->key[row * cube->table->dimensions]] == TABLES_CLOSED;
}

bool tables_all_closed(const struct tables *tables, size_t table)
{
	bool closed = tables->closed[table] != NULL;
	for (size_t c = 0; closed && c < tables->cube[table]->codes[0].count; c++)
		closed = tables->closed[table][c] == TABLES_CLOSED;
	return closed;
}

bool tables_small(double count, double minimum)
{
	return count >= 1 && count < minimum;
}

double tables_value(const struct tables *tables, size_t table, size_t row, const char *measure)
{
	const struct cell *cell = cube_cell(tables->cube[table], row, cube_measure(tables->cube[table], measure));
	return cell->status == CELL_MISSING ? 0 : cell->number;
}

bool tables_measure_withheld(const struct tables *tables, size_t table, size_t row, const char *measure)
{
	return tables_withheld(tables, table, row, cube_measure(tables->cube[table], measure));
}

bool *tables_demand(struct tables *tables, size_t table, size_t row, size_t measure)
{
	return &tables->demanded[table][tables_cell(tables, table, row, measure)];
}

size_t tables_counterpart(const struct tables *tables, size_t from, size_t row, size_t to)
{
	const struct cube *source = tables->cube[from], *target = tables->cube[to];
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < target->table->dimensions; d++) {
		const char *code = CUBE_TOTAL;
		for (size_t s = 0; s < source->table->dimensions; s++)
			if (strcmp(source->table->dimension[s].name, target->table->dimension[d].name) == 0)
				code = cube_code_of(source, row, s);
		key[d] = cube_find_code(target, d, code);
		if (key[d] == UINT32_MAX)
			return CUBE_NO_ROW;
	}
	return cube_find(target, key);
}

int tables_count_parts(struct tables *tables, const char *whole, const char *measure, const char *table, const char *counted,
	const char *way, struct error *error)
{
	size_t to = tables_find(tables, whole), from = tables_find(tables, table);
	if (to == SIZE_MAX || from == SIZE_MAX)
		return 0;
	const struct cube *cube = tables->cube[from];
	size_t last = cube->table->dimensions - 1, of = cube_measure(tables->cube[to], measure), way_place = SIZE_MAX;
	for (size_t d = 0; way != NULL && d <= last; d++)
		if (strcmp(cube->table->dimension[d].name, way) == 0)
			way_place = d;
	size_t ways = way_place == SIZE_MAX ? 1 : cube->codes[way_place].count;
	int64_t *count = arena_take(tables->arena, tables->cube[to]->rows * ways, sizeof *count, error);
	if (count == NULL)
		return -1;
	for (size_t row = 0; row < cube->rows; row++) {
		if (cube_is_total(cube, row, last) || cube_cell(cube, row, cube_measure(cube, counted))->number < 1)
			continue;
		size_t at = tables_counterpart(tables, from, row, to);
		size_t which = way_place == SIZE_MAX ? 0 : cube->key[row * cube->table->dimensions + way_place];
		if (at == CUBE_NO_ROW)
			continue;
		int64_t parts = ++count[at * ways + which], *most = &tables->parts[to][tables_cell(tables, to, at, of)];
		*most = parts > *most ? parts : *most;
	}
	return 0;
}
