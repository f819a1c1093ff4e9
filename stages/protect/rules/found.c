/* Tables that were found: see found.h. */
#include "stages/protect/rules/found.h"

#include <string.h>

#include "stages/protect/facts_list.h"
#include "stages/protect/tables.h"

int found_change(struct found *found, uint32_t cell, int64_t change, struct error *error)
{
	struct found_change *list = arena_grow(found->arena, found->change, found->changes, found->changes + 1, &found->change_room, sizeof *list, error);
	if (list == NULL)
		return -1;
	found->change = list;
	list[found->changes++] = (struct found_change){ cell, (int32_t)change };
	return 0;
}

int found_finish(struct found *found, struct error *error)
{
	size_t *end = arena_grow(found->arena, found->end, found->tables, found->tables + 1, &found->table_room, sizeof *end, error);
	if (end == NULL)
		return -1;
	found->end = end;
	end[found->tables++] = found->changes;
	return 0;
}

int found_append(struct found *found, const struct found *other, struct error *error)
{
	struct found_change *list = arena_grow(found->arena, found->change, found->changes, found->changes + other->changes, &found->change_room,
		sizeof *list, error);
	size_t *end = arena_grow(found->arena, found->end, found->tables, found->tables + other->tables, &found->table_room, sizeof *end, error);
	if (list == NULL || end == NULL)
		return -1;
	found->change = list;
	found->end = end;
	for (size_t i = 0; i < other->tables; i++)
		end[found->tables++] = found->changes + other->end[i];
	if (other->changes > 0)
		memcpy(list + found->changes, other->change, other->changes * sizeof *list);
	found->changes += other->changes;
	found->programs += other->programs;
	found->needs += other->needs;
	found->unmet += other->unmet;
	found->exposed += other->exposed;
	return 0;
}

/* The classes that a table does not print; NULL when it has none. */
static const struct class_fact *classes_of(const struct table *table)
{
	for (size_t f = 0; f < class_fact_count; f++)
		if (strcmp(class_facts[f].table, table->name) == 0)
			return &class_facts[f];
	return NULL;
}

static size_t columns_of(const struct table *table)
{
	const struct class_fact *fact = classes_of(table);
	return table->measures + (fact == NULL ? 0 : sizeof fact->class / sizeof *fact->class);
}

struct found_numbers found_numbers(const struct tables *tables, size_t table)
{
	struct found_numbers numbers = { 0, table < tables->count ? columns_of(tables->cube[table]->table) : 0 };
	for (size_t t = 0; t < table; t++)
		numbers.first += tables->cube[t]->rows * columns_of(tables->cube[t]->table);
	return numbers;
}

size_t found_class(const struct tables *tables, size_t table, const char *class)
{
	const struct class_fact *fact = classes_of(tables->cube[table]->table);
	for (size_t c = 0; fact != NULL && c < sizeof fact->class / sizeof *fact->class && fact->class[c] != NULL; c++)
		if (strcmp(fact->class[c], class) == 0)
			return tables->cube[table]->table->measures + c;
	return SIZE_MAX;
}
