/* Protection by the rules of rules.h, table by table. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_BY_RULES_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_BY_RULES_H

#include "stages/protect/tables.h"

/* Which rules: those that no other counts lean on (`alone`), those of the counts, or all. */
enum by_rules { BY_RULES_ALONE, BY_RULES_COUNTS, BY_RULES_ALL };

/* Applies the rules in turn, and again with what later ones demand of earlier ones. What is withheld stays withheld, and a witness stays one,
   since the published cells only become fewer. -1 with the error set when memory is out. */
int by_rules_protect(struct tables *tables, enum by_rules which, int64_t minimum, struct error *error);

#endif
