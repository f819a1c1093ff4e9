/* The rule over a person's participations: once at a time in an insats. */
#ifndef FINSAMSTAT_STAGES_VALIDATE_PARTICIPATIONS_H
#define FINSAMSTAT_STAGES_VALIDATE_PARTICIPATIONS_H

#include "pipeline/table/column/column.h"
#include "stages/validate/list.h"

/* Adds a breach when the schema of sus declares no_overlap of start and slut within an insats, and persons take part in one
   twice on a day. `deltagande` is link's file; anonymous rows break nothing. -1 with the error set. */
int participations_check(struct list *list, const struct column_file *deltagande, const struct extract *sus,
	struct error *error);

#endif
