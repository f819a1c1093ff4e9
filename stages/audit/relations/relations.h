/* What a reader knows to hold between the published tables. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_RELATIONS_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_RELATIONS_H

#include "stages/audit/relations/published.h"

/* States every relation (see relations.c) between the tables of `published`. -1 with the error set. */
int relations_state(struct published *published, struct error *error);

/* States of the tables of the approved period that is asked for, or of what a period has beside those within it (published.h), what holds within them and
   between them, but what i01 says by itself. -1 with the error set. */
int relations_state_beside(struct published *published, struct error *error);

#endif
