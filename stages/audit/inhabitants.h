/* How many inhabitants there are: no count of persons of a kommun, kön and age is more, and everybody knows it. */
#ifndef FINSAMSTAT_STAGES_AUDIT_INHABITANTS_H
#define FINSAMSTAT_STAGES_AUDIT_INHABITANTS_H

#include "stages/audit/published.h"

/* Bounds the withheld counts of m01–m07 from above by the cube befolkning_celler (ar, kommun, kon, aldersgrupp: invanare); all known
   then. A count that is more says that the file is of another day: it bounds nothing; neither does it where the count is not known. *any: it
   bounds some. */
void inhabitants_state(const struct published *published, const struct cube *inhabitants, bool *any);

#endif
