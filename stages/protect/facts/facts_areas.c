/* Which kommun the atoms count: see facts_inside.h. */
#include <string.h>

#include "stages/protect/facts/facts_inside.h"

struct areas {
	const char **name;
	size_t room;
	struct facts_work *work;
};

/* The area of a table's row: that of its kommun, 0 for all of them. -1 with the error set. */
static int area_of(struct areas *areas, const struct cube *cube, size_t row, uint32_t *area)
{
	struct system *system = areas->work->facts->system;
	size_t d = 0;
	while (d < cube->table->dimensions && strcmp(cube->table->dimension[d].name, "kommun") != 0)
		d++;
	*area = 0;
	if (d == cube->table->dimensions || cube_is_total(cube, row, d))
		return 0;
	const char *kommun = cube_code_of(cube, row, d);
	size_t number = 0;
	while (number < system->areas && strcmp(areas->name[number], kommun) != 0)
		number++;
	*area = (uint32_t)number + 1;
	if (number < system->areas)
		return 0;
	const char **name = arena_grow(system->arena, areas->name, number, number + 1, &areas->room, sizeof *name, areas->work->error);
	if (name == NULL)
		return -1;
	areas->name = name;
	name[system->areas++] = kommun;
	return 0;
}

static int place_sets(struct areas *areas, size_t table)
{
	const struct cube *cube = areas->work->tables->cube[table];
	const uint32_t *set = areas->work->facts->set[table];
	for (size_t i = 0; i < cube->rows * cube->table->measures; i++)
		if (set[i] > 0 && area_of(areas, cube, i / cube->table->measures, &areas->work->facts->system->area[set[i] - 1]) != 0)
			return -1;
	return 0;
}

int facts_areas(struct facts_work *work)
{
	struct areas areas = { .work = work };
	struct system *system = work->facts->system;
	system->area = arena_take(system->arena, system->atoms, sizeof *system->area, work->error);
	if (system->area == NULL)
		return -1;
	for (size_t t = 0; t < work->tables->count; t++)
		if (place_sets(&areas, t) != 0)
			return -1;
	for (size_t l = 0; l < work->facts->class_lists; l++) {
		const struct facts_class_list *list = &work->facts->class_list[l];
		const struct cube *cube = work->tables->cube[list->table];
		for (size_t i = 0; i < cube->rows * list->count; i++)
			if (area_of(&areas, cube, i / list->count, &system->area[list->atom[i]]) != 0)
				return -1;
	}
	for (size_t i = 0; i < work->facts->crossings; i++) {
		const struct facts_crossing *crossing = &work->facts->crossing[i];
		if (area_of(&areas, work->tables->cube[crossing->table], crossing->row, &system->area[crossing->atom]) != 0)
			return -1;
	}
	return 0;
}
