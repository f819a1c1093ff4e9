/* The stage that weighs costs against gains: e01–e07. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_H
#define FINSAMSTAT_STAGES_PAYBACK_H

#include "pipeline/stage.h"

extern const struct stage stage_payback;

#endif
