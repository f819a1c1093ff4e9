/* Målgrupper and other groups of persons that hold one another by what the settings say of them. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_GROUPS_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_GROUPS_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/published.h"

/* States, between m02 and m01, m02 and m05, m01 and m05, and within m02, which counts of a year are of the same persons and which of some of
   them. `settings` NULL: nothing is known of the groups. -1 with the error set. */
int groups_state(struct published *published, const struct settings *settings, struct error *error);

/* Whether a målgrupp asks for changes in 12 months or more and for nothing else: whoever changed as often in a year (m04) is in it. */
bool groups_by_changes(const struct malgrupp *rule);

#endif
