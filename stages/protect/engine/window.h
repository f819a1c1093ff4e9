/* The part of a system in which another table is looked for: atoms near a row, by the printed sums that tie them together. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_WINDOW_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_WINDOW_H

#include "stages/protect/engine/system.h"

/* Which atoms a window takes: any; none that is printed by itself, where nothing more is withheld; or, where nothing may fall, those that must rise with
   another one: of a row those of the other sign. */
enum window_reach { REACH_ANY, REACH_FREE, REACH_GROWING };

/* What a window takes in. */
struct window_extent {
	size_t most, printed; /* up to so many atoms, of them so many that are printed by themselves */
	size_t areas;         /* of so many areas only: the row's own and those where most can be given near by. 0: of any */
	bool across;          /* over loose rows, too */
	bool alike;           /* of no tables but those of the row's own kind */
	enum window_reach reach;
	const uint32_t *trodden; /* of each atom: in how many tables that were found for other rows it moves; it is strange when these are fewer than two. NULL: any are taken in, … */
	size_t strange;       /* … else up to so many strange ones, the nearest */
};

struct window {
	const struct system *system;
	struct window_extent extent;
	size_t atoms, rows;
	bool stopped;          /* it met a loose row and did not reach over it */
	uint32_t *atom;        /* the nearest first */
	uint32_t *row;         /* rows that hold any of them, in order of finding */
	uint32_t *atom_place;  /* of every atom of the system: 1 + its place in the window; 0 outside */
	struct window_work *work; /* scratch, which windows over the same system may share */
};

/* Finds the largest atoms of every long row of a sealed system, once for all windows over it that are bounded (`widest`). -1 with the error set when memory
   is out. */
int window_prepare(struct system *system, struct error *error);

/* Room for windows over a sealed system, bounded only when it has been prepared; for one more, found on the same thread. NULL with the error set when
   memory is out. */
struct window *window_new(const struct system *system, struct error *error);
struct window *window_beside(const struct window *window, struct error *error);

/* Marks of each row of the system, all 0: lent, to be all 0 again before a window is found. */
uint8_t *window_marks(const struct window *window);

/* The window of the atoms nearest to the row: its own, then those that share a printed row with them, small rows first. Atoms that cannot
   change stay outside. *whole: nothing is left outside. */
void window_find(struct window *window, size_t row, const struct window_extent *extent, bool *whole);

#endif
