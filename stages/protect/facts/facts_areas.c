/* Which kommun the atoms count, and which kind of table counts them: see facts_inside.h. */
#include <string.h>

#include "stages/protect/facts/facts_inside.h"

/* Where a table says it. */
struct place {
	size_t kommun;  /* its dimension; that of none: all rows count all of them */
	uint32_t *area; /* of each code there, once a row had it: 1 + its area; 0: not yet */
};

struct areas {
	const char **name;
	size_t room;
	struct place place[TABLES_MOST];
	struct facts_work *work;
};

static int find_place(struct areas *areas, size_t table)
{
	const struct cube *cube = areas->work->tables->cube[table];
	struct place *place = &areas->place[table];
	while (place->kommun < cube->table->dimensions && strcmp(cube->table->dimension[place->kommun].name, "kommun") != 0)
		place->kommun++;
	size_t codes = place->kommun < cube->table->dimensions ? cube->codes[place->kommun].count : 0;
	place->area = arena_take(areas->work->tables->arena, codes, sizeof *place->area, areas->work->error);
	return place->area == NULL ? -1 : 0;
}

/* Finds the area of a kommun, which is a new one when no table before has it. -1 with the error set. */
static int number_area(struct areas *areas, const char *kommun, uint32_t *area)
{
	struct system *system = areas->work->facts->system;
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

/* The area of a table's row: that of its kommun, 0 for all of them. -1 with the error set. */
static int area_of(struct areas *areas, size_t table, size_t row, uint32_t *area)
{
	const struct cube *cube = areas->work->tables->cube[table];
	const struct place *place = &areas->place[table];
	*area = 0;
	if (place->kommun == cube->table->dimensions || cube_is_total(cube, row, place->kommun))
		return 0;
	uint32_t *own = &place->area[cube->key[row * cube->table->dimensions + place->kommun]];
	if (*own == 0 && number_area(areas, cube_code_of(cube, row, place->kommun), own) != 0)
		return -1;
	*area = *own;
	return 0;
}

static int place_sets(struct areas *areas, size_t table)
{
	const struct cube *cube = areas->work->tables->cube[table];
	const uint32_t *set = areas->work->facts->set[table];
	for (size_t i = 0; i < cube->rows * cube->table->measures; i++)
		if (set[i] > 0 && area_of(areas, table, i / cube->table->measures, &areas->work->facts->system->area[set[i] - 1]) != 0)
			return -1;
	return 0;
}

#define CODE 3 /* letters of a table's name; that of an approved period is followed by its days */

/* A set is of the kind of the first table that has it. */
static void find_kinds(struct facts_work *work, size_t table)
{
	const struct tables *tables = work->tables;
	const struct cube *cube = tables->cube[table];
	uint32_t *kind = work->facts->system->kind, own = 1;
	while (strncmp(tables->cube[own - 1]->table->name, cube->table->name, CODE) != 0)
		own++;
	for (size_t i = 0; i < cube->rows * cube->table->measures; i++) {
		uint32_t set = work->facts->set[table][i];
		if (set > 0 && kind[set - 1] == 0)
			kind[set - 1] = own;
	}
}

int facts_areas(struct facts_work *work)
{
	struct areas areas = { .work = work };
	struct system *system = work->facts->system;
	system->area = arena_take(system->arena, system->atoms, sizeof *system->area, work->error);
	system->kind = arena_take(system->arena, system->atoms, sizeof *system->kind, work->error);
	if (system->area == NULL || system->kind == NULL)
		return -1;
	system->kinds = work->tables->count;
	for (size_t t = 0; t < work->tables->count; t++) {
		find_kinds(work, t);
		if (find_place(&areas, t) != 0 || place_sets(&areas, t) != 0)
			return -1;
	}
	for (size_t l = 0; l < work->facts->class_lists; l++) {
		const struct facts_class_list *list = &work->facts->class_list[l];
		for (size_t i = 0; i < work->tables->cube[list->table]->rows * list->count; i++)
			if (area_of(&areas, list->table, i / list->count, &system->area[list->atom[i]]) != 0)
				return -1;
	}
	for (size_t i = 0; i < work->facts->crossings; i++) {
		const struct facts_crossing *crossing = &work->facts->crossing[i];
		if (area_of(&areas, crossing->table, crossing->row, &system->area[crossing->atom]) != 0)
			return -1;
	}
	return 0;
}
