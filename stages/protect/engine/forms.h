/* Which atoms of a window follow from the others by its ties, and how: programs go without these variables and those ties. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_FORMS_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_FORMS_H

#include "stages/protect/engine/window.h"

/* So many times the move of the atom at a place of the window. */
struct form_part {
	uint32_t place;
	int64_t factor;
};

/* A sum of moves: the rest of a tie, which is 0; or what an atom is the sum of. */
struct form {
	size_t count, room;
	struct form_part *part;
};

struct forms {
	size_t places;
	uint32_t *follows; /* of each place: 1 + when its atom was taken out; 0: it stands for itself */
	size_t ties;       /* what is left of the ties, in places that stand for themselves */
	struct form *tie;
	struct forms_work *work;
};

/* The forms of a window in the arena. plain: of each place, whether its atom may be taken out. NULL with the error set when memory is out. */
struct forms *forms_new(const struct window *window, const bool *plain, struct arena *arena, struct error *error);

/* Adds the move of the atom at a place, so many times, to the sum at hand; ends the sum: what it is in places that stand for themselves,
   until the next one begins. */
void forms_add(struct forms *forms, size_t place, int64_t factor);
const struct form *forms_sum(struct forms *forms);

/* Fills the moves of the atoms that follow; those of the others are there. */
void forms_fill(const struct forms *forms, double *move);

#endif
