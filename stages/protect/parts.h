/* A system as the parts of it that hang together in no row: what is decided in one has no bearing on the others. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PARTS_H
#define FINSAMSTAT_STAGES_PROTECT_PARTS_H

#include "stages/protect/system.h"

/* The number of each atom's part, in the order of their first atoms, in part[0 … atoms − 1]; returns how many there are, or SYSTEM_NONE
   with the error set when memory is out. The system is sealed. */
size_t parts_find(const struct system *system, size_t *part, struct error *error);

/* Part `number` as a sealed system of its own, in another arena. row[i] is set to the row of the whole that its row i is; there is room
   for all rows. NULL with the error set when memory is out. */
struct system *parts_take(const struct system *system, const size_t *part, size_t number, uint32_t *row, struct arena *arena,
	struct error *error);

#endif
