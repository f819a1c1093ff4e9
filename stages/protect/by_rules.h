/* Protection by the rules of rules.h, table by table. */
#ifndef FINSAMSTAT_STAGES_PROTECT_BY_RULES_H
#define FINSAMSTAT_STAGES_PROTECT_BY_RULES_H

#include "stages/protect/tables.h"

/* Applies the rules in turn, and again with what later ones demand of earlier ones: all of them, or with `alone` those that the counts,
   which are protected, have no need of. What is withheld stays withheld, and a witness stays one, since the published cells only become
   fewer. -1 with the error set when memory is out. */
int by_rules_protect(struct tables *tables, bool alone, int64_t minimum, struct error *error);

#endif
