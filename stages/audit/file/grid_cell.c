/* The cells of a grid and where each lies: see grid.h and grid_sums.h. */
#include <string.h>

#include "stages/audit/file/grid_sums.h"

static size_t hash_key(const struct grid *grid, const uint32_t *key)
{
	uint64_t hash = UINT64_C(0x9E3779B97F4A7C15);
	for (size_t d = 0; d < grid->dimensions; d++) {
		hash = (hash ^ key[d]) * UINT64_C(0xBF58476D1CE4E5B9);
		hash ^= hash >> 29;
	}
	return (size_t)hash;
}

static size_t slot_of(const struct grid *grid, const uint32_t *key)
{
	size_t at = hash_key(grid, key) & (grid->slots - 1);
	while (grid->slot[at] != UINT32_MAX &&
		memcmp(&grid->key[grid->slot[at] * grid->dimensions], key, grid->dimensions * sizeof *key) != 0)
		at = (at + 1) & (grid->slots - 1);
	return at;
}

static void same_key(const struct grid *grid, const uint32_t *code, uint32_t *key)
{
	for (size_t d = 0; d < grid->dimensions; d++)
		key[d] = grid->codes[d].code[code[d]].same;
}

size_t grid_find(const struct grid *grid, const uint32_t *code)
{
	uint32_t key[GRID_DIMENSIONS];
	same_key(grid, code, key);
	uint32_t cell = grid->slots == 0 ? UINT32_MAX : grid->slot[slot_of(grid, key)];
	return cell == UINT32_MAX ? SIZE_MAX : cell;
}

size_t grid_cell(struct grid *grid, const uint32_t *code, struct error *error)
{
	uint32_t key[GRID_DIMENSIONS];
	same_key(grid, code, key);
	if (2 * (grid->cells + 1) > grid->slots) {
		size_t slots = grid->slots == 0 ? 1024 : 2 * grid->slots;
		uint32_t *slot = arena_take(grid->arena, slots, sizeof *slot, error);
		if (slot == NULL)
			return SIZE_MAX;
		memset(slot, 0xFF, slots * sizeof *slot);
		grid->slot = slot;
		grid->slots = slots;
		for (size_t c = 0; c < grid->cells; c++)
			slot[slot_of(grid, &grid->key[c * grid->dimensions])] = (uint32_t)c;
	}
	size_t at = slot_of(grid, key);
	if (grid->slot[at] != UINT32_MAX)
		return grid->slot[at];
	struct grid_cell *cell = arena_grow(grid->arena, grid->cell, grid->cells, grid->cells + 1, &grid->cell_room, sizeof *cell,
		error);
	uint32_t *keys = arena_grow(grid->arena, grid->key, grid->cells * grid->dimensions, (grid->cells + 1) * grid->dimensions,
		&grid->key_room, sizeof *keys, error);
	if (cell == NULL || keys == NULL)
		return SIZE_MAX;
	grid->cell = cell;
	grid->key = keys;
	cell[grid->cells] = (struct grid_cell){ .variable = KNOWLEDGE_NONE };
	memcpy(&keys[grid->cells * grid->dimensions], key, grid->dimensions * sizeof *key);
	grid->slot[at] = (uint32_t)grid->cells;
	return grid->cells++;
}
