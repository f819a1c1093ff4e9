/* A window of a system with the linear program over it, used again for as many rows as lie in its midst. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_SIGHT_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_SIGHT_H

#include "pipeline/maths/linear.h"
#include "stages/protect/engine/forms.h"
#include "stages/protect/engine/system.h"
#include "stages/protect/engine/window.h"

/* The move of an atom or a row: rise + more − fall, variables of the program. */
struct move {
	size_t rise;
	size_t more; /* only of what may be rewarded (targets): how far it rises beyond what it needs; LINEAR_NONE otherwise */
	size_t fall;
};

struct sight {
	const struct system *system;
	struct window *window;
	bool wide;                /* not of the smallest size: nothing is rewarded there, and inequalities are left out at first, but for those at their floor */
	bool whole;               /* the window leaves nothing out */
	struct linear *program;   /* NULL before the first row */
	struct linear *ended;     /* one that is no longer used, for its memory; NULL: none */
	bool fresh;               /* the window was found, and its program made, for the latest row */
	size_t joined;            /* sums that have joined the program since it was made */
	struct arena *arena;      /* of the forms, and of what goes by the window's rows */
	struct forms *forms;      /* the atoms that follow from others have no variables */
	struct move *atom;        /* of each atom of the window that stands for itself */
	size_t *atom_sum;         /* of each that follows; LINEAR_NONE: left out until it is wished or a solution breaks its bounds */
	double *change;           /* of each: its move in the last solution, by sight_read */
	struct move *move;        /* of each row of the window that has_move (below) and is no atom's own */
	size_t *sum;              /* of each row of the window; LINEAR_NONE: it is an atom's own, or needs none, or is left out as yet */
	uint32_t *far;            /* places of the rows that are left out until one is wished or a solution breaks it */
	size_t fars;
	uint32_t *loose;          /* likewise of loose rows, where the window does not reach over them */
	size_t looses;
	struct peaks *peaks;      /* wholes and their groups (peaks.h); NULL: there are none */
	bool *plain;              /* scratch */
	size_t turn;              /* when it was last used */
};

/* The windows that are looked through, one size after the other: what is near; where there are more, in a few areas all that moves at no cost, and the
   nearest printed atoms with it (what is changed in one is taken back in another, so that little of the rest need move); of what can hardly rise unless a whole
   does (most.h) what is near across loose rows; wide, much, whole and, for what is looked for longest, what is withheld anyway of tables of the same kind (what approved
   periods leave of each other, by kommun and insats, lies far apart in all of them), first what is near of it and what moves in tables found so for others (most go to the same
   places, where something is left), and all. The first two reach over no loose rows. They ask whether these hold when a solution breaks them and no other tables mend it (mend.c): near never, few areas by
   adding them. What they find no table for hangs on such rows, most often: the others are with what lies behind them. */
enum sight_size { SIGHT_NEAR, SIGHT_AREAS, SIGHT_ACROSS, SIGHT_WIDE, SIGHT_MUCH, SIGHT_WHOLE, SIGHT_TRODDEN, SIGHT_ALIKE, SIGHT_ALL, SIGHT_SIZES };

/* Whether windows of the size are of tables of one kind. */
static inline bool sight_is_alike(enum sight_size size)
{
	return size == SIGHT_TRODDEN || size == SIGHT_ALIKE;
}

/* Sights of one size. A wide window, one not of the smallest size, takes all of the system where that is less than twice as many atoms. */
#define SIGHTS_MOST 8
struct sights {
	struct window_extent extent;
	bool any; /* there are windows of the size */
	size_t near_printed; /* one in whose midst a row lies holds so many of the printed atoms nearest to it; SIZE_MAX: all, so that most are found anew */
	size_t kept, turns;
	struct sight *sight[SIGHTS_MOST];
	struct window *probe; /* scratch; all windows share its own */
};

/* Room for the sights of a size. NULL with the error set when memory is out. */
struct sights *sights_new(const struct system *system, enum sight_size size, struct window *probe, struct error *error);

/* A sight of the row: one in which the atoms nearest to it lie, or a new one in place of the one not used for longest.
   reach: window.h. Variables and sums of a new program are all fixed at 0; the row has its sum in it. NULL with the error set when memory is out. */
struct sight *sights_turn(struct sights *sights, size_t row, enum window_reach reach, struct error *error);

/* Ends the programs; the memory is the arena's. */
void sights_end(struct sights *sights);

/* Whether the row's move is a variable: it may have a cost or a reward. */
bool sight_has_move(const struct sight *sight, const struct row *row);

/* How far the solution moves each atom. */
void sight_read(struct sight *sight);

/* Adds the sums of left out rows that the solution, which has been read, breaks, or of loose ones alone; *amended: there were some, and the program is to be
   solved again. -1 when memory is out. */
int sight_amend(struct sight *sight, bool loose, bool *amended);

#endif
