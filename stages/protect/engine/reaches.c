/* Atoms by how far away they are: see reaches.h. */
#include "stages/protect/engine/reaches.h"

#include <string.h>

struct reaches *reaches_new(struct arena *arena, size_t atoms, size_t most, struct error *error)
{
	struct reaches *reaches = arena_take(arena, 1, sizeof *reaches, error);
	if (reaches == NULL)
		return NULL;
	reaches->reach = arena_take(arena, most + 1, sizeof *reaches->reach, error);
	reaches->batch = arena_take(arena, most + 1, sizeof *reaches->batch, error);
	reaches->nearest = arena_take(arena, atoms, sizeof *reaches->nearest, error);
	reaches->reached = arena_take(arena, atoms, sizeof *reaches->reached, error);
	return reaches->reach == NULL || reaches->batch == NULL || reaches->nearest == NULL || reaches->reached == NULL ? NULL : reaches;
}

/* Puts atoms in their order (Shell's sort): some tens, most often. */
static void sort(uint32_t *atom, size_t count)
{
	static const size_t gaps[] = { 701, 301, 132, 57, 23, 10, 4, 1 };
	for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++)
		for (size_t i = gaps[g]; i < count; i++) {
			uint32_t moved = atom[i];
			size_t at = i;
			for (; at >= gaps[g] && atom[at - gaps[g]] > moved; at -= gaps[g])
				atom[at] = atom[at - gaps[g]];
			atom[at] = moved;
		}
}

/* All at the next distance at which there are any: none joins them. */
static void take_batch(struct reaches *reaches)
{
	while (reaches->list[reaches->distance % REACHES_LISTS] == 0)
		reaches->distance++;
	reaches->at = reaches->batched = 0;
	for (uint32_t at = reaches->list[reaches->distance % REACHES_LISTS]; at > 0; at = reaches->reach[at - 1].next)
		reaches->batch[reaches->batched++] = reaches->reach[at - 1].atom;
	reaches->list[reaches->distance % REACHES_LISTS] = 0;
	reaches->listed -= reaches->batched;
	sort(reaches->batch, reaches->batched);
}

uint32_t reaches_next(struct reaches *reaches)
{
	if (reaches->at == reaches->batched)
		take_batch(reaches);
	return reaches->batch[reaches->at++];
}

void reaches_end(struct reaches *reaches)
{
	for (size_t i = 0; i < reaches->atoms; i++)
		reaches->nearest[reaches->reached[i]] = 0;
	memset(reaches->list, 0, sizeof reaches->list);
	reaches->count = reaches->listed = reaches->batched = reaches->at = reaches->atoms = 0;
	reaches->distance = 0;
}
