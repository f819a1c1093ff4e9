/* What a reader knows to hold between the published tables. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_RELATIONS_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_RELATIONS_H

#include "stages/audit/relations/published.h"

/* States every relation (see relations.c) between the tables of `published`. -1 with the error set. */
int relations_state(struct published *published, struct error *error);

#endif
