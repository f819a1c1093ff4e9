/* How many inhabitants there are: no count of persons of a kommun, kön and age is more, and everybody knows it. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_INHABITANTS_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_INHABITANTS_H

#include "stages/audit/relations/published.h"

/* The inhabitants of a row of m01–m07 by published->inhabitants, all kommuner together where it has TOT; KNOWLEDGE_ENDLESS where they are not
   known. */
int64_t inhabitants_of(const struct published *published, const struct cube *cube, size_t row);

/* Bounds the withheld counts of m01–m07 from above; true when it bounds some. A count that is more says that the file is of another day: it
   bounds nothing; neither does it where the count is not known. */
bool inhabitants_state(const struct published *published);

#endif
