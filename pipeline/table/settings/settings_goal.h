/* `mål = MATT [inom N månader]: KRAV` of an insats. Only settings*.c include it. */
#ifndef FINSAMSTAT_TABLE_SETTINGS_GOAL_H
#define FINSAMSTAT_TABLE_SETTINGS_GOAL_H

#include <stdbool.h>

#include "pipeline/table/settings/settings.h"
#include "pipeline/table/settings/settings_reading.h"

/* Reads the entry at hand as a goal. 0, or -1 with the fault added. */
int goal_read(struct reading *reading, struct goal *goal);

/* Whether the goal can be computed from what the insats registers. 0, or -1 with the fault added. */
int goal_check(struct reading *reading, const struct goal *goal, const struct insats *insats);

/* Whether a measure of that name is built in. */
bool goal_is_built_in(const char *name);

#endif
