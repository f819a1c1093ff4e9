/* Numbers of volym insatser (i10) that do not add up: what was delivered without kön or age stands in TOT alone. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FIGURES_VOLUME_H
#define FINSAMSTAT_STAGES_PROTECT_FIGURES_VOLUME_H

#include "stages/protect/tables.h"

/* Of an insats and year whose numbers do not add up, and of which a number, or what is left of one beside its parts, is 1 … minimum − 1,
   every number but 0 is withheld; the grand total stays when it leaves every other one at least `minimum` to vary by. To be applied
   to i10 after the rules of counts, which take the parts for the whole. */
void volume_protect(struct tables *tables, int minimum);

#endif
