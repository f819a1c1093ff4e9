/* Parts of a system: see parts.h. */
#include "stages/protect/parts.h"

static size_t stands(size_t *part, size_t atom)
{
	while (part[atom] != atom)
		atom = part[atom] = part[part[atom]];
	return atom;
}

size_t parts_find(const struct system *system, size_t *part, struct error *error)
{
	size_t *number = arena_take(system->arena, system->atoms, sizeof *number, error), count = 0;
	if (number == NULL)
		return SYSTEM_NONE;
	for (size_t a = 0; a < system->atoms; a++)
		part[a] = a;
	for (size_t r = 0; r < system->rows; r++)
		for (size_t t = system->first[r] + 1; t < system->first[r + 1]; t++) {
			size_t one = stands(part, system->term[t - 1].index), other = stands(part, system->term[t].index);
			part[one > other ? one : other] = one < other ? one : other;
		}
	for (size_t a = 0; a < system->atoms; a++) /* the atom that stands for a part is its first */
		number[a] = stands(part, a) == a ? count++ : number[part[a]];
	for (size_t a = 0; a < system->atoms; a++)
		part[a] = number[a];
	return count;
}

/* The row in the part, with what is known of it. */
static int take_row(const struct system *system, size_t r, struct system *to, const size_t *place, struct error *error)
{
	const struct row *row = &system->row[r];
	size_t taken = system_row(to, row->kind, row->cost, error);
	if (taken == SYSTEM_NONE)
		return -1;
	to->row[taken] = *row;
	for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
		if (system_term(to, place[system->term[t].index], system->term[t].sign, error) != 0)
			return -1;
	return 0;
}

struct system *parts_take(const struct system *system, const size_t *part, size_t number, uint32_t *row, struct arena *arena,
	struct error *error)
{
	struct system *to = system_new(arena, error);
	size_t *place = arena_take(arena, system->atoms, sizeof *place, error);
	if (to == NULL || place == NULL)
		return NULL;
	for (size_t a = 0; a < system->atoms; a++)
		if (part[a] == number && (place[a] = system_atom(to, system->atom[a], error)) == SYSTEM_NONE)
			return NULL;
	for (size_t r = 0; r < system->rows; r++) {
		if (system->row[r].same != r || system->first[r] == system->first[r + 1] || part[system->term[system->first[r]].index] != number)
			continue;
		row[to->rows] = (uint32_t)r;
		if (take_row(system, r, to, place, error) != 0)
			return NULL;
	}
	to->dear = system->dear;
	return system_seal(to, error) == 0 ? to : NULL;
}
