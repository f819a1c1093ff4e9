/* What the times of m05 say of the months of their year. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_TIMES_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_TIMES_H

#include "stages/audit/relations/published.h"

/* States that whoever has a time is paid in the last month, and with a long one in one of any two that follow on one another; that whoever has a short time of a
   whole year is not paid in some months; that whoever never changes (m04) and is not at AF alone is paid in all; where the witnesses reckon with it (`months`).
   After crossed_state. -1 with the error set when memory is out. */
int times_state(struct published *published, struct error *error);

#endif
