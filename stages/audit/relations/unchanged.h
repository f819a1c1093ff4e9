/* Who never changed in a year (m04, byten 0), by the parts at which they were, which no table prints. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_UNCHANGED_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_UNCHANGED_H

#include "stages/audit/relations/standing.h"

/* States of each kommun and kön, or of all kön where the classes of its months are not told (crossed.h), that who never changed is no more than all sets of
   AF, FK and KOM together, and each set no more than any month of the year has at just these; where the witnesses reckon with it (`months`). After
   crossed_state. -1 with the error set when memory is out. */
int unchanged_state(struct published *published, const struct earlier *earlier, struct error *error);

/* The variable of those in a row of m04 who never changed and were at just the parts of "kombination=AF+KOM"; KNOWLEDGE_NONE where no sum speaks of them.
   False where the name is none of such a class. */
bool unchanged_find(const struct published *published, const struct published_table *table, size_t row, const char *name, size_t *variable);

#endif
