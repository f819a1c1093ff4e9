/* The least number of persons that withheld helårsekvivalenter leave. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_LEAST_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_LEAST_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/published.h"

/* Raises the lower bound of each withheld number of persons with one förmån in m01 to as many as its helårsekvivalenter need, less `share`
   (p ÷ 100), which sums leave it at least: nobody has more than the part of the year that lies in the period. Nothing without the table before
   protection, or where it shows figures of approved runs. */
void least_state(const struct published *published, const struct settings *settings, double share);

#endif
