/* The grids of a run's tables as a search in one part of the system sees them, and the shifts that are put together on them. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_BOARD_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_BOARD_H

#include "stages/protect/engine/parts.h"
#include "stages/protect/facts/grids.h"
#include "stages/protect/facts/trial.h"

#define CORNERS (1U << GRID_DIMENSIONS) /* the most cells that a shift changes */
#define SHIFTS 16                       /* the most shifts of a table */

struct board {
	const struct grids *grids;
	const struct parts *parts;
	size_t part;
	const struct system *system; /* the part's */
	uint32_t *own;      /* of each atom of the whole system, from 1 on: its number in the part; GRID_NONE when it lies in another; own[0]: GRID_NONE */
	struct trial trial; /* the table at hand */
};

/* A shift being put together, dimension by dimension: half of its cells, all but the last dimension's turn, lie in one area. */
struct shift {
	const struct grid *grid;
	size_t cells;
	uint32_t cell[CORNERS], atom[CORNERS];
	int64_t by[CORNERS];
};

/* Makes the board of part `number`, in the part's arena. -1 with the error set when memory is out. */
int board_begin(struct board *board, const struct grids *grids, const struct parts *parts, size_t number, const struct system *system,
	struct error *error);

/* The atom of a cell, as the part numbers it; GRID_NONE without. */
static inline uint32_t board_atom(const struct board *board, const struct grid *grid, size_t cell)
{
	return board->own[grid->atom[cell]];
}

/* The places of a part's atom: *count of them. */
const struct grid_place *board_places(const struct board *board, uint32_t atom, size_t *count);

/* Turns dimension d to another code: the cells so far, and as many more there, which lose what those gain, unless one of the codes is the total. False
   where one of them may not move so. */
bool board_turn(const struct board *board, struct shift *shift, size_t d, size_t from, size_t to);

/* Moves the atoms of the shift's cells from number `first` on. */
void board_move(struct board *board, const struct shift *shift, size_t first);

/* Whether such a move of an atom takes back what the table at hand has reached. */
bool board_undoes(const struct board *board, uint32_t atom, int64_t by);

#endif
