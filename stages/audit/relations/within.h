/* Rounded counts of tables of who lives where beside each other: no count is printed as more than one that holds all of its persons. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_WITHIN_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_WITHIN_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/beside.h"

/* Judges a table of the year (m01, m02, m04, m05; others: nothing), cell by cell into `finding` (rows × measures): BESIDE_LESS where a month, a målgrupp or
   another table of the year has more. A year of 0 beside a month of the least count is of few. What the tables before protection contradict is no relation;
   without them, or the settings, nothing is judged. */
void within_judge(const struct published *published, const struct published_table *table, const struct settings *settings, unsigned char *finding);

#endif
