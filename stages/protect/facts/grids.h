/* The counts of a run's tables as grids: which atoms of the system stand in rows that add up, and where. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_GRIDS_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_GRIDS_H

#include "stages/protect/facts/facts.h"

#define GRID_DIMENSIONS 4
#define GRID_NONE UINT32_MAX

/* The counts of one measure for one code in each dimension over which they do not add up (facts_list.h: sum_facts). Dimensions have the fewest codes
   first; the last one is the wide one. */
struct grid {
	size_t dimensions;
	size_t codes[GRID_DIMENSIONS], step[GRID_DIMENSIONS]; /* step: cells between neighbours */
	uint32_t total[GRID_DIMENSIONS];                      /* the code TOT */
	size_t axis;             /* of the wide dimension: grids with the same one have the same codes there, as numbered by … */
	const uint32_t *number;  /* … the axis: of each code; GRID_NONE for one that the axis does not have */
	const uint32_t *code;    /* of each number: the code; GRID_NONE for one that the grid does not have */
	uint32_t *atom;          /* of each cell: 1 + its atom; 0: there is none, or it holds nobody */
};

/* A place where an atom stands. */
struct grid_place {
	uint32_t grid, cell;
};

struct grids {
	size_t count;
	const struct grid *grid;
	size_t *first; /* of each atom: its places are place[first[atom]] … place[first[atom + 1] − 1], those in grids of most dimensions first */
	struct grid_place *place;
};

/* All grids of tables that the facts state. In the tables' arena. NULL with the error set when memory is out. */
struct grids *grids_new(const struct facts *facts, const struct tables *tables, struct error *error);

/* The code of a cell in dimension d. */
size_t grid_code(const struct grid *grid, size_t cell, size_t d);

#endif
