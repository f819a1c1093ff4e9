/* Goals that count some of those whom another goal or a table counts: what is between them. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_AMONG_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_AMONG_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/published.h"

/* Marks, in `finding` (rows × measures of g01), the printed outcome of a goal that beside a printed count of exits (i06, i04, i07), of pairs (i12) or
   another goal leaves 1 … minimum − 1, or that is a withheld count; of rounded counts, one that is more than a count that holds all of it, or less than one that it
   holds. Nothing without settings, which say what goals count. */
void among_judge(const struct published *published, const struct published_table *goals, const struct settings *settings, unsigned char *finding);

#endif
