/* Known rows of a system that say nothing new: they follow from other known rows. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_IMPLIED_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_IMPLIED_H

#include "stages/protect/engine/system.h"

/* Sets `implied` of the ROW_KNOWN rows of a sealed system that are sums of multiples of other known rows: a table that leaves the others
   alone leaves them alone, too. Of rows that follow from each other the shortest stay. -1 with the error set when memory is out. */
int implied_find(struct system *system, struct error *error);

#endif
