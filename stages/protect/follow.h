/* Cells that go with others: shares with their numerator and base, totals that stand in two tables, goals, costs. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FOLLOW_H
#define FINSAMSTAT_STAGES_PROTECT_FOLLOW_H

#include <stdint.h>

#include "pipeline/table/settings.h"
#include "stages/protect/tables.h"

/* Applies protect_same: equal cells have one status. The flows of m07 into a combination are the persons of m03. */
void follow_same(struct tables *tables);

/* Demands what other tables would give away: results of i06 that are the same persons as a withheld code of i04, and persons of m04
   that leave few of m05. True when there is a new demand: all rules must be applied anew. */
bool follow_demands(struct tables *tables, int minimum);

/* Applies protect_follows, and what needs more than names: i13 and i14, e01, the tables of a cohort, and the goals. */
int follow_all(struct tables *tables, const struct settings *settings, struct error *error);

#endif
