/* The persons of a month by kommun, kön, age and combination, which no table prints. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_CROSSED_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_CROSSED_H

#include "stages/audit/relations/standing.h"

/* States that m03 and m06 are sums of them, where a kommun has at most 50 persons in a month and the witnesses reckon with it (`months`). -1 with the
   error set when memory is out. */
int crossed_state(struct published *published, const struct earlier *earlier, struct error *error);

/* Adds to the sum at hand those of a month in a kommun, kön and age (TOT: all) whose parts (a bit each) are wanted. `told` turns false where their classes
   are not told apart. -1 with the error set. */
int crossed_add(struct published *published, const char *const key[4], bool (*wanted)(const void *context, unsigned parts), const void *context, int64_t sign,
	bool *told, struct error *error);

/* Whether the classes of a row of m03, of all in a kommun and month, are told apart; where nobody is they are. */
bool crossed_tells(const struct published *published, size_t row);

/* The variable of those in a row of m06 who are at just the parts of "kombination=AF+KOM", of which the row's is the first; KNOWLEDGE_NONE where
   no sum speaks of them. False where the name is none of such a class. */
bool crossed_find(const struct published *published, const struct published_table *m06, size_t row, const char *name, size_t *variable);

#endif
