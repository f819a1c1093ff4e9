/* Outcomes of goals that were published outside the program with today's value: the counts of other tables that they are. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_OUTCOMES_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_OUTCOMES_H

#include "stages/audit/relations/ratios.h"

/* States what a figure of g01 tells, by the goals of the settings; nothing without settings (NULL), or of another table. -1 with the error set. */
int outcomes_state(struct published *published, const struct ratios_figure *figure, const struct settings *settings, struct error *error);

#endif
