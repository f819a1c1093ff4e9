/* Wholes and the most of each of their groups (most.h), in the program over a window. How far a group's most rises is a variable there, no less than what each
   of its items rises to; the whole has at least as much as they rise together. Of sign −1 there are no such variables: the whole has no more than one item of
   each group together, those that are the least in the solution that breaks it. Sums of that join the program when a solution breaks them. Where the whole is
   not in the window it stays as it is. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_PEAKS_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_PEAKS_H

#include "stages/protect/engine/most.h"
#include "stages/protect/engine/sight.h"

struct peaks {
	size_t *rise;  /* of each group its variable; LINEAR_NONE: nothing of it is in the window, or it is of a whole of sign −1 */
	size_t *whole; /* of each whole its sum; LINEAR_NONE: it is left out as yet */
	bool *item;    /* of each item: its sum is there */
	size_t cuts;   /* sums of wholes of sign −1 that have joined the program */
};

/* In the system's arena. NULL with the error set when memory is out. */
struct peaks *peaks_new(const struct system *system, struct error *error);

/* The variables, when all others of a new program are there. -1 when memory is out. */
int peaks_begin(struct sight *sight);

/* Adds the sums that the solution, which has been read, breaks; the view has it then. *amended: there were some. -1 when memory is out. */
int peaks_amend(struct sight *sight, struct most_view *view, bool *amended);

#endif
