/* Atoms of a slice and their codes: see slice.h. */
#include "stages/protect/rounding/slice.h"

#include <string.h>

size_t slice_dimension(const struct cube *cube, const char *name)
{
	for (size_t d = 0; d < cube->table->dimensions && name != NULL; d++)
		if (strcmp(cube->table->dimension[d].name, name) == 0)
			return d;
	return SIZE_MAX;
}

bool slice_alike(const struct plan *plan, const char *dimension)
{
	return (plan->alike[0] != NULL && strcmp(plan->alike[0], dimension) == 0) ||
		(plan->alike[1] != NULL && strcmp(plan->alike[1], dimension) == 0);
}

static bool same_but_alike(const struct slice *slice, size_t a, size_t b)
{
	const struct cube *cube = slice->atoms;
	const char *parts = slice->alike && slice->plan->alike[0] == NULL ? slice->plan->parts : NULL;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		const char *name = cube->table->dimension[d].name;
		if (slice_alike(slice->plan, name) || (parts != NULL && strcmp(parts, name) == 0))
			continue;
		if (cube->key[slice->row[a] * cube->table->dimensions + d] != cube->key[slice->row[b] * cube->table->dimensions + d])
			return false;
	}
	return true;
}

/* Hashed by the codes in which atoms may not differ. */
int slice_number_alike(struct slice *slice, uint32_t *choice, size_t *choices, struct error *error)
{
	size_t slots = 16;
	while (slots < 2 * slice->count)
		slots *= 2;
	uint32_t *slot = arena_take(slice->arena, slots, sizeof *slot, error);
	if (slot == NULL)
		return -1;
	const char *parts = slice->plan->alike[0] == NULL ? slice->plan->parts : NULL;
	for (size_t a = 0; a < slice->count; a++) {
		uint64_t hash = 0;
		for (size_t d = 0; d < slice->atoms->table->dimensions; d++) {
			const char *name = slice->atoms->table->dimension[d].name;
			if (!slice_alike(slice->plan, name) && (parts == NULL || strcmp(parts, name) != 0))
				hash = (hash ^ slice->atoms->key[slice->row[a] * slice->atoms->table->dimensions + d]) *
					UINT64_C(0x9E3779B97F4A7C15);
		}
		size_t at = (hash ^ hash >> 32) & (slots - 1);
		while (slot[at] != 0 && !same_but_alike(slice, slot[at] - 1, a))
			at = (at + 1) & (slots - 1);
		if (slot[at] == 0) {
			slot[at] = (uint32_t)a + 1;
			choice[a] = (uint32_t)(*choices)++;
		} else {
			choice[a] = choice[slot[at] - 1];
		}
	}
	return 0;
}
