/* The persons of a year by kommun, kön and age, which no table prints. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_AGES_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_AGES_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/standing.h"

/* States that what m01 (bistånd, ohälsa), m04 and m05 count of a kommun and kön is no less than all ages together, and each age no less
   than a month (m06, crossed.h) or a målgrupp (m02) has of it; where the witnesses reckon with it (`months`). After crossed_state. `settings` may be NULL:
   nothing is stated. -1 with the error set when memory is out. */
int ages_state(struct published *published, const struct earlier *earlier, const struct settings *settings, struct error *error);

/* The variable of those in a row who are of "aldersgrupp=30-39"; KNOWLEDGE_NONE where no sum speaks of them. False where the name is none of such
   a class. */
bool ages_find(const struct published *published, const struct published_table *table, size_t row, const char *name, size_t *variable);

#endif
