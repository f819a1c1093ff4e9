/* Figures that were published earlier outside the program, as q01 shows them: every reader knows them. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_RECONCILED_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_RECONCILED_H

#include "stages/audit/relations/earlier.h"
#include "stages/audit/relations/published.h"

/* Whether q01 names a figure that was published earlier with today's value; *fixed. One that differs fixes nothing: the reader knows
   another figure than the withheld one. Without the tables before protection none is known to be the same. -1 with the error set. */
int reconciled_any(struct published *published, bool *any, struct error *error);

/* Fixes the variables of withheld counts that q01 says were published earlier with today's value, and states what ratios tell of theirs
   (ratios.h); not in tables that show figures of approved runs (`earlier`), whose withheld counts are not today's. -1 with the error set. */
int reconciled_state(struct published *published, const struct earlier *earlier, struct error *error);

#endif
