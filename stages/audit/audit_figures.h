/* What the printed figures of a publication tell by themselves, without working anything out. */
#ifndef FINSAMSTAT_STAGES_AUDIT_AUDIT_FIGURES_H
#define FINSAMSTAT_STAGES_AUDIT_AUDIT_FIGURES_H

#include "stages/audit/audit_publication.h"
#include "stages/audit/relations/published.h"

/* Small counts that are printed (or, where all are rounded, others than multiples), figures that are made of withheld counts, and what approved runs
   make of the printed ones: a row of audit.csv each. -1 with the error set, EXIT_DISCLOSURE, a message a table, when there is one. */
int audit_figures_tell(const struct audit_place *place, const struct published *published, struct text *rows, struct error *error);

#endif
