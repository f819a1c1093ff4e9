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
	if (demanded == NULL || raised == NULL || lowered == NULL)
		return -1;
	tables->cube[tables->count] = cube;
	tables->raised[tables->count] = raised;
	tables->lowered[tables->count] = lowered;
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
