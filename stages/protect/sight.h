/* A window of a system with the linear program over it, used again for as many rows as lie in its midst. */
#ifndef FINSAMSTAT_STAGES_PROTECT_SIGHT_H
#define FINSAMSTAT_STAGES_PROTECT_SIGHT_H

#include "pipeline/maths/linear.h"
#include "stages/protect/system.h"
#include "stages/protect/window.h"

/* The move of an atom or a row: rise + more − fall, variables of the program. */
struct move {
	size_t rise;
	size_t more; /* only of what may be rewarded (targets): how far it rises beyond what it needs; LINEAR_NONE otherwise */
	size_t fall;
};

struct sight {
	const struct system *system;
	size_t most;              /* atoms in a window */
	struct window *window;
	bool whole;               /* the window leaves nothing out */
	struct linear *program;   /* NULL before the first row */
	struct move *atom;        /* of each atom of the window */
	struct move *move;        /* of each row of the window that has_move (below) and is no atom's own */
	size_t *sum;              /* of each row of the window; LINEAR_NONE: it is an atom's own */
	struct window *probe;
};

/* Windows of so many atoms are looked through, one after the other. */
#define SIGHT_SIZES 3
extern const size_t sight_atoms[SIGHT_SIZES];

/* Room for sights of up to `most` atoms. NULL with the error set when memory is out. */
struct sight *sight_new(const struct system *system, size_t most, struct error *error);

/* Turns to the row: nothing is done when the atoms nearest to it lie in the window at hand. free_only: window.h. Variables and sums
   of a new program are all fixed at 0. -1 with the error set when memory is out. */
int sight_turn(struct sight *sight, size_t row, bool free_only, struct error *error);

/* Whether the row's move is a variable: it may have a cost or a reward. */
bool sight_has_move(const struct row *row);

/* Ends the program; the memory is the arena's. */
void sight_end(struct sight *sight);

#endif
