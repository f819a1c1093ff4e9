/* Participations of several periods: who was there when one ended was there before the next began, who came and left in parts of a period did so in
   it, and who was there in days that two have in common was there in both. Written from docs/method.md, 13. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_PERIODS_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_PERIODS_H

#include "stages/audit/relations/earlier.h"

/* When all tables of the publication are read: adds i01 of the approved periods that have a first or last day in common with the publication's, or follow
   on it, or it on them, or have any day in common with it, and those that do so with one of these, the nearest first, as many as there is room for; of the last eight that lie within the
   publication's, around it or next to it also i02–i09 and i11 (parts.h). None where the publication has no i01, where
   its counts are rounded, or nobody wrote witnesses. -1 with the error set. */
int periods_add(struct published *published, const struct earlier *earlier, struct error *error);

/* States what they say of each other, where the counts before protection agree with it: a register that was corrected tells nothing exactly. -1 with the
   error set. */
int periods_state(struct published *published, const struct earlier *earlier, struct error *error);

#endif
