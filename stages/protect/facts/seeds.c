/* From changes of cells to changes of atoms: see seeds.h. */
#include "stages/protect/facts/seeds.h"

struct seeding {
	const struct found *found;
	const struct parts *parts;
	uint32_t *atom;   /* of each cell: 1 + its atom; 0: the system has none */
	uint32_t *stamp;  /* of each atom: 1 + the last table that changes it … */
	int64_t *change;  /* … and how */
	uint32_t *to;     /* of all tables, one after another: the atoms that they change, and how */
	int64_t *by;
	size_t used;
	struct engine_table *table; /* of each that was found; none moved: it is left out */
	size_t *part;     /* of each: its part */
};

static void number_cell(void *context, size_t atom, size_t cell)
{
	struct seeding *seeding = context;
	seeding->atom[cell] = (uint32_t)atom + 1;
}

/* Reads table i; it stays empty when it cannot be one of the system. */
static void read_table(struct seeding *seeding, size_t i)
{
	const struct found *found = seeding->found;
	size_t from = i == 0 ? 0 : found->end[i - 1], begin = seeding->used;
	bool whole = true;
	for (size_t k = from; k < found->end[i] && whole; k++) {
		const struct found_change *change = &found->change[k];
		size_t atom = seeding->atom[change->cell];
		whole = atom > 0 && (k == from || seeding->parts->of[atom - 1] == seeding->part[i]);
		if (!whole)
			continue;
		seeding->part[i] = seeding->parts->of[--atom];
		if (seeding->stamp[atom] == i + 1) {
			whole = seeding->change[atom] == change->change;
			continue;
		}
		seeding->stamp[atom] = (uint32_t)i + 1;
		seeding->change[atom] = change->change;
		seeding->to[seeding->used] = seeding->parts->place[atom];
		seeding->by[seeding->used++] = change->change;
	}
	if (whole)
		seeding->table[i] = (struct engine_table){ seeding->used - begin, seeding->to + begin, seeding->by + begin };
	else
		seeding->used = begin;
}

/* The tables by part, in their order. */
static int sort_tables(const struct seeding *seeding, struct engine_start *start, struct arena *arena, struct error *error)
{
	size_t count = seeding->found->tables;
	struct engine_table *sorted = arena_take(arena, count, sizeof *sorted, error);
	if (sorted == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		start[seeding->part[i]].tables += seeding->table[i].moved > 0;
	for (size_t p = 0, at = 0; p < seeding->parts->count; p++) {
		start[p].table = sorted + at;
		at += start[p].tables;
		start[p].tables = 0;
	}
	for (size_t i = 0; i < count; i++) {
		struct engine_start *own = &start[seeding->part[i]];
		if (seeding->table[i].moved > 0)
			sorted[(size_t)(own->table - sorted) + own->tables++] = seeding->table[i];
	}
	return 0;
}

struct engine_start *seeds_new(const struct found *found, const struct facts *facts, const struct tables *tables, const struct parts *parts,
	struct error *error)
{
	struct arena *arena = tables->arena;
	struct engine_start *start = arena_take(arena, parts->count, sizeof *start, error);
	struct seeding seeding = { .found = found, .parts = parts };
	seeding.atom = arena_take(arena, found_numbers(tables, tables->count).first, sizeof *seeding.atom, error);
	seeding.stamp = arena_take(arena, facts->system->atoms, sizeof *seeding.stamp, error);
	seeding.change = arena_take(arena, facts->system->atoms, sizeof *seeding.change, error);
	seeding.to = arena_take(arena, found->changes, sizeof *seeding.to, error);
	seeding.by = arena_take(arena, found->changes, sizeof *seeding.by, error);
	seeding.table = arena_take(arena, found->tables, sizeof *seeding.table, error);
	seeding.part = arena_take(arena, found->tables, sizeof *seeding.part, error);
	if (start == NULL || seeding.atom == NULL || seeding.stamp == NULL || seeding.change == NULL || seeding.to == NULL || seeding.by == NULL ||
		seeding.table == NULL || seeding.part == NULL)
		return NULL;
	facts_places(facts, tables, number_cell, &seeding);
	for (size_t i = 0; i < found->tables; i++)
		read_table(&seeding, i);
	return sort_tables(&seeding, start, arena, error) != 0 ? NULL : start;
}
