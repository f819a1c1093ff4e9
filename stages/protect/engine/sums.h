/* Moves of atoms and rows in the program over a window, and sums of them. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_SUMS_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_SUMS_H

#include "stages/protect/engine/sight.h"

/* The variables of a move, fixed at 0; whole: only integers; rewarded: it has `more`. -1 when memory is out. */
int sums_move(struct linear *program, bool whole, bool rewarded, struct move *move);

/* Adds a move, times the sign, to a sum. -1 likewise. */
int sums_terms(struct linear *program, size_t sum, const struct move *move, double sign);

/* A sum of atoms that stand for themselves, within bounds: its index, or LINEAR_NONE when memory is out. */
size_t sums_form(struct sight *sight, const struct form *form, double low, double high);

/* A sum that joins the program, of atoms that may follow: adds the move of one to it, unless it is outside the window; ends it. */
void sums_term(struct sight *sight, size_t atom, int sign);
size_t sums_end(struct sight *sight, double low, double high);

/* Adds the sum of the atom at a place, which follows and was left out, within bounds. -1 likewise. */
int sums_bind(struct sight *sight, size_t place, double low, double high);

#endif
