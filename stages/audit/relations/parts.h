/* Tables of approved periods: what holds within them, and what a period has beside those within it. Written from docs/method.md, 13. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_PARTS_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_PARTS_H

#include "stages/audit/relations/earlier.h"

/* States it, where the counts before protection agree with it (periods_add has added the tables). -1 with the error set. */
int parts_state(struct published *published, const struct earlier *earlier, struct error *error);

#endif
