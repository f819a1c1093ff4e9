/* What the tables of exits say of each other, as the auditor reads docs/method.md, 13, *Exits*. It knows nothing of the protector. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_EXITS_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_EXITS_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/published.h"

/* States, of the tables that are asked for (published.h): who seeks work at the exit is in arbetssokande or has work or studies; who has these and has not begun or
   increased had some before; who had one försörjning before or has another after is among the exits. Nothing of rounded counts. -1 with the error set. */
int exits_state(struct published *published, struct error *error);

/* States that whoever left after as many completed months as the publication's period has, or more, had begun before it: of the classes of i01, which
   relations_state has made. Nothing without settings, or of rounded counts. -1 with the error set. */
int exits_state_longer(struct published *published, const struct settings *settings, struct error *error);

#endif
