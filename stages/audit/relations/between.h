/* Small counts between printed figures of several tables that no sum connects: curves beside bands of time and goals, and what a ratio of one year
   of several tells beside the period's counts. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_BETWEEN_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_BETWEEN_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/published.h"

/* Marks, in `finding` (rows × measures), a printed `kvar` of a curve's first month (i13) a printed ratio (e01) and a goal (among.h) that leaves
   1 … minimum − 1 beside other printed figures. Without settings no year is known to be the period's first or last. */
void between_judge(const struct published *published, const struct published_table *table, const struct settings *settings, unsigned char *finding);

#endif
