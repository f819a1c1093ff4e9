/* The stage reconcile: figures that were published earlier beside the computed ones (table q01). */
#ifndef FINSAMSTAT_STAGES_RECONCILE_RECONCILE_H
#define FINSAMSTAT_STAGES_RECONCILE_RECONCILE_H

#include "pipeline/stage.h"

extern const struct stage stage_reconcile;

#endif
