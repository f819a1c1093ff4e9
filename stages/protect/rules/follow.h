/* Cells that go with others: shares with their numerator and base, totals that stand in two tables, goals, costs. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_FOLLOW_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_FOLLOW_H

#include <stdint.h>

#include "pipeline/table/settings/settings.h"
#include "stages/protect/tables.h"

/* Applies protect_same: equal cells have one status. */
void follow_same(struct tables *tables);

/* Applies protect_follows, and what needs more than names: i13 and i14, e01, the tables of a cohort, and the goals. */
int follow_all(struct tables *tables, const struct settings *settings, struct error *error);

#endif
