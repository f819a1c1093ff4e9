/* What has changed since the run compared with. Pure. */
#ifndef FINSAMSTAT_STAGES_VALIDATE_DRIFT_H
#define FINSAMSTAT_STAGES_VALIDATE_DRIFT_H

#include "pipeline/table/settings/settings.h"
#include "stages/validate/list.h"
#include "stages/validate/profile.h"

/* Adds the changes of every source: rows, latest date and share of persons in another source always; codes that are new or
   gone; empty values where past the limits. A change is told when it passes both its limits of [gränser]: the share of its
   kind and `drift antal` rows or persons. A source that loses more than `drift avvisa` of its rows, and more rows than
   `drift avvisa antal`, refuses. -1 with the error set when memory is out. */
int drift_compare(struct list *list, const struct profile *before, const struct profile *now,
	const struct settings *settings, struct error *error);

#endif
