/* Protection of one rule's counts: from cubes to universes and back. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_COUNTS_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_COUNTS_H

#include <stdint.h>

#include "stages/protect/rules/rules.h"
#include "stages/protect/tables.h"

/* Withholds, in every universe of the rules, small counts and what their witnesses change; no two of them share a table. A rule whose
   atoms are not among the tables does nothing; views of tables that are not are left out. *again is set when a cell of another rule's
   table was demanded: all rules must then be applied anew. -1 with the error set when memory is out. */
int counts_protect(struct tables *tables, const struct rule *const *rules, size_t count, int64_t minimum, bool *again, struct error *error);

#endif
