/* Who was still there when one period ended and the next began, by background and remittent (i02, i08). Written from docs/method.md, 13. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_STAYING_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_STAYING_H

#include "stages/audit/relations/standing.h"

/* States it: no table tells them, so each is an unknown of its own (published->table[].staying), of which the witnesses speak as "kvar" of the period that ended.
   Not of an insats, kommun and kön whose counts before protection do not agree with it. -1 with the error set. */
int staying_state(struct published *published, const struct earlier *earlier, struct error *error);

/* Whether a class that witnesses speak of is such; *variable: of a row, KNOWLEDGE_NONE where no sum speaks of it. */
bool staying_find(const struct published_table *table, size_t row, const char *name, size_t *variable);

#endif
