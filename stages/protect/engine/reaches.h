/* Atoms by how far away they are, the nearest first: of some thousands that a window reaches, in steps of few units, lists by distance take half of what a heap
   takes. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_REACHES_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_REACHES_H

#include <stdbool.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

/* Lists of the distances at hand, in turn. What is reached from an atom is further away than it, and by less than that: twice the bits of a size and a little. */
#define REACHES_LISTS 131

struct reaches {
	size_t count; /* those so far */
	struct reach {
		uint32_t atom, next; /* 1 + the one before it in its list; 0: none */
	} *reach;
	uint32_t list[REACHES_LISTS]; /* of each distance: 1 + its latest; 0: none */
	size_t listed;      /* in all lists */
	uint32_t distance;  /* that of the latest atom, and of … */
	uint32_t *batch;    /* … all as far away, in their order, */
	size_t batched, at; /* so many, of which so many have been taken */
	uint32_t *nearest;  /* of each atom: 1 + the least distance at which it was reached; 0: it was not */
	uint32_t *reached;  /* the atoms that were */
	size_t atoms;
};

/* For so many atoms, reached so many times at most. NULL with the error set when memory is out. */
struct reaches *reaches_new(struct arena *arena, size_t atoms, size_t most, struct error *error);

/* An atom, unless it has been reached at no greater distance: one less than REACHES_LISTS further away than the latest that was taken, but not as near. */
static inline void reaches_push(struct reaches *reaches, uint32_t atom, uint32_t distance)
{
	uint32_t *nearest = &reaches->nearest[atom], *list = &reaches->list[distance % REACHES_LISTS];
	if (*nearest > 0 && *nearest <= distance + 1)
		return;
	if (*nearest == 0)
		reaches->reached[reaches->atoms++] = atom;
	*nearest = distance + 1;
	reaches->reach[reaches->count] = (struct reach){ atom, *list };
	*list = (uint32_t)++reaches->count;
	reaches->listed++;
}

/* Whether any is left. */
static inline bool reaches_left(const struct reaches *reaches)
{
	return reaches->listed > 0 || reaches->at < reaches->batched;
}

/* The next atom, where any is left: the nearest, and of those as near the first; it may come again, from further away. */
uint32_t reaches_next(struct reaches *reaches);

/* Forgets all, as at the beginning. */
void reaches_end(struct reaches *reaches);

#endif
