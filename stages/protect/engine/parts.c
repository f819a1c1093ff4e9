/* Parts of a system: see parts.h. */
#include "stages/protect/engine/parts.h"

#include "stages/protect/engine/most.h"

static uint32_t stands(uint32_t *part, uint32_t atom)
{
	while (part[atom] != atom)
		atom = part[atom] = part[part[atom]];
	return atom;
}

static void unite(struct parts *parts, uint32_t a, uint32_t b)
{
	uint32_t one = stands(parts->of, a), other = stands(parts->of, b);
	parts->of[one > other ? one : other] = one < other ? one : other;
}

/* A whole and what its groups count are one, too. */
static void unite_most(struct parts *parts)
{
	const struct most *most = parts->system->most;
	for (size_t group = 0; most != NULL && group < most->groups; group++)
		for (size_t item = most->group[group].first; item < most_items_end(most, group); item++)
			for (size_t t = most->item[item]; t < most_terms_end(most, item); t++)
				unite(parts, most->whole[most->group[group].whole].atom, most->term[t]);
}

/* Numbers the parts: what a row holds is one. */
static int find_parts(struct parts *parts, struct error *error)
{
	const struct system *system = parts->system;
	uint32_t *number = arena_take(system->arena, system->atoms, sizeof *number, error);
	if (number == NULL)
		return -1;
	for (size_t a = 0; a < system->atoms; a++)
		parts->of[a] = (uint32_t)a;
	for (size_t r = 0; r < system->rows; r++)
		for (size_t t = system->first[r] + 1; t < system->first[r + 1]; t++)
			unite(parts, system->term[t - 1].index, system->term[t].index);
	unite_most(parts);
	for (size_t a = 0; a < system->atoms; a++) /* the atom that stands for a part is its first */
		number[a] = stands(parts->of, (uint32_t)a) == a ? (uint32_t)parts->count++ : number[parts->of[a]];
	for (size_t a = 0; a < system->atoms; a++)
		parts->of[a] = number[a];
	return 0;
}

/* The part of a row; SYSTEM_NONE for one that is empty or stands for another. */
static size_t part_of(const struct parts *parts, size_t r)
{
	const struct system *system = parts->system;
	bool none = system->row[r].same != r || system->first[r] == system->first[r + 1];
	return none ? SYSTEM_NONE : parts->of[system->term[system->first[r]].index];
}

/* From how many each part has, in first[part + 2], to where its list begins, in first[part + 1]. */
static void begin_list(const struct parts *parts, size_t *first)
{
	for (size_t p = 0; p < parts->count; p++)
		first[p + 2] += first[p + 1];
}

static int list_parts(struct parts *parts, struct error *error)
{
	const struct system *system = parts->system;
	parts->first_atom = arena_take(system->arena, parts->count + 2, sizeof *parts->first_atom, error);
	parts->first_row = arena_take(system->arena, parts->count + 2, sizeof *parts->first_row, error);
	parts->atom = arena_take(system->arena, system->atoms, sizeof *parts->atom, error);
	parts->row = arena_take(system->arena, system->rows, sizeof *parts->row, error);
	if (parts->first_atom == NULL || parts->first_row == NULL || parts->atom == NULL || parts->row == NULL)
		return -1;
	for (size_t a = 0; a < system->atoms; a++)
		parts->first_atom[parts->of[a] + 2]++;
	for (size_t r = 0; r < system->rows; r++)
		if (part_of(parts, r) != SYSTEM_NONE)
			parts->first_row[part_of(parts, r) + 2]++;
	begin_list(parts, parts->first_atom);
	begin_list(parts, parts->first_row);
	for (size_t a = 0; a < system->atoms; a++)
		parts->atom[parts->first_atom[parts->of[a] + 1]++] = (uint32_t)a;
	for (size_t i = 0; i < system->atoms; i++)
		parts->place[parts->atom[i]] = (uint32_t)(i - parts->first_atom[parts->of[parts->atom[i]]]);
	for (size_t r = 0; r < system->rows; r++)
		if (part_of(parts, r) != SYSTEM_NONE)
			parts->row[parts->first_row[part_of(parts, r) + 1]++] = (uint32_t)r;
	return 0;
}

struct parts *parts_new(const struct system *system, struct error *error)
{
	struct parts *parts = arena_take(system->arena, 1, sizeof *parts, error);
	if (parts == NULL)
		return NULL;
	parts->system = system;
	parts->of = arena_take(system->arena, system->atoms, sizeof *parts->of, error);
	parts->place = arena_take(system->arena, system->atoms, sizeof *parts->place, error);
	return parts->of == NULL || parts->place == NULL || find_parts(parts, error) != 0 || list_parts(parts, error) != 0 ? NULL : parts;
}

/* The row in the part, with what is known of it. */
static int take_row(const struct parts *parts, size_t r, struct system *to, struct error *error)
{
	const struct system *system = parts->system;
	const struct row *row = &system->row[r];
	size_t taken = system_row(to, row->kind, row->cost, error);
	if (taken == SYSTEM_NONE)
		return -1;
	to->row[taken] = *row;
	for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
		if (system_term(to, parts->place[system->term[t].index], system->term[t].sign, error) != 0)
			return -1;
	return 0;
}

static int take_kinds(const struct parts *parts, size_t number, struct system *to, struct error *error)
{
	const struct system *system = parts->system;
	if (system->kind == NULL)
		return 0;
	to->kinds = system->kinds;
	to->kind = arena_take(to->arena, to->atoms, sizeof *to->kind, error);
	for (size_t a = 0; to->kind != NULL && a < to->atoms; a++)
		to->kind[a] = system->kind[parts->atom[parts->first_atom[number] + a]];
	return to->kind == NULL ? -1 : 0;
}

static int take_areas(const struct parts *parts, size_t number, struct system *to, struct error *error)
{
	const struct system *system = parts->system;
	if (system->area == NULL)
		return 0;
	to->areas = system->areas;
	to->area = arena_take(to->arena, to->atoms, sizeof *to->area, error);
	for (size_t a = 0; to->area != NULL && a < to->atoms; a++)
		to->area[a] = system->area[parts->atom[parts->first_atom[number] + a]];
	return to->area == NULL ? -1 : 0;
}

struct system *parts_take(const struct parts *parts, size_t number, struct arena *arena, struct error *error)
{
	struct system *to = system_new(arena, error);
	size_t atoms = parts->first_atom[number + 1] - parts->first_atom[number], rows = parts->first_row[number + 1] - parts->first_row[number], terms = 0;
	for (size_t i = parts->first_row[number]; i < parts->first_row[number + 1]; i++)
		terms += parts->system->first[parts->row[i] + 1] - parts->system->first[parts->row[i]];
	if (to == NULL || system_reserve(to, atoms, rows, terms, error) != 0)
		return NULL;
	for (size_t i = parts->first_atom[number]; i < parts->first_atom[number + 1]; i++)
		if (system_atom(to, parts->system->atom[parts->atom[i]], error) == SYSTEM_NONE)
			return NULL;
	for (size_t i = parts->first_row[number]; i < parts->first_row[number + 1]; i++)
		if (take_row(parts, parts->row[i], to, error) != 0)
			return NULL;
	to->dear = parts->system->dear;
	return most_take(to, parts->system, parts->of, parts->place, number, error) != 0 || take_areas(parts, number, to, error) != 0 || take_kinds(parts, number, to, error) != 0 || system_seal(to, error) != 0 ? NULL : to;
}
