/* Shares and amounts per head: which other base or numerator gives a published one. */
#ifndef FINSAMSTAT_STAGES_RECONCILE_RATIO_H
#define FINSAMSTAT_STAGES_RECONCILE_RATIO_H

#include "stages/reconcile/desk.h"

/* The explanation of a published share, rate or amount per head that is not the computed one, NULL when no other base fits
   or the measure is none of those. */
const char *ratio_explain(struct desk *desk, const struct published *figure);

#endif
