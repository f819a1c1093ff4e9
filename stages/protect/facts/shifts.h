/* Other tables found without linear programs, among what is withheld anyway.

   A shift adds a number of persons to a cell of a grid, takes them from another one in the same line, and so on in each dimension, so that every
   sum of the grid is kept; or, in a dimension, adds them to the total, too. Where that breaks something else that holds (a part that would be more
   than its whole, a sum in another table), further shifts may mend it. Those between two areas come first (exchanges.h). */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_SHIFTS_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_SHIFTS_H

#include "stages/protect/engine/engine.h"
#include "stages/protect/engine/parts.h"
#include "stages/protect/facts/grids.h"

/* The search in part `number` of the facts' system, which stands by itself as `system`; in that system's arena. NULL with the error set when memory is
   out. */
struct engine_finder *shifts_new(const struct grids *grids, const struct parts *parts, size_t number, const struct system *system,
	struct error *error);

#endif
