/* The calculation (e02–e08) beside rounded counts: which of its exact figures are printed must follow from these alone. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_CALCULATED_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_CALCULATED_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/beside.h"

/* Judges e02–e08 of a publication with rounded counts, cell by cell into `finding` (rows × measures; other tables: nothing). BESIDE_FIGURE: printed of a
   cohort of the base, where few work, or of casework of few; withheld where the cohort is 0, which tells of somebody. BESIDE_ABSENCE: said to be missing
   of a cohort of the base. BESIDE_LESS: a cohort of more than the exits. Without the settings, e06 or (work, casework) the counts nothing is judged. */
void calculated_judge(const struct published *published, const struct published_table *table, const struct settings *settings, unsigned char *finding);

#endif
