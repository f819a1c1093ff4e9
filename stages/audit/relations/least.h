/* The least number of persons that withheld helårsekvivalenter leave. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_LEAST_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_LEAST_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/earlier.h"

/* Raises the lower bound of each withheld number of persons with one förmån in m01 to as many as its helårsekvivalenter need, less `share`
   (p ÷ 100), which sums leave it at least: nobody has more than the part of the year that lies in the period. `told`: only where an approved run withheld
   helårsekvivalenter of the same days that are the same, and sums of it bounded them as closely. Nothing without the table before protection, or where it
   shows figures of approved runs. -1 with the error set. */
int least_state(const struct published *published, const struct earlier *earlier, double share, bool told, struct error *error);

#endif
