/* A system as the parts of it that hang together in no row: what is decided in one has no bearing on the others. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_PARTS_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_PARTS_H

#include "stages/protect/engine/system.h"

/* The parts, numbered in the order of their first atoms. */
struct parts {
	const struct system *system;
	size_t count;
	uint32_t *of;       /* of each atom: its part … */
	uint32_t *place;    /* … and its number there: they keep their order */
	size_t *first_atom; /* of each part p: its atoms are atom[first_atom[p]] … atom[first_atom[p + 1] − 1] */
	uint32_t *atom;
	size_t *first_row;  /* likewise the rows that stand for themselves and are not empty */
	uint32_t *row;
};

/* The parts of a sealed system, in its arena. NULL with the error set when memory is out. */
struct parts *parts_new(const struct system *system, struct error *error);

/* Part `number` as a sealed system of its own, in another arena; its row i is the whole's parts->row[first_row[number] + i]. NULL with the error
   set when memory is out. */
struct system *parts_take(const struct parts *parts, size_t number, struct arena *arena, struct error *error);

#endif
