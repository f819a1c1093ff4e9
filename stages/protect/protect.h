/* The stage that decides what of the tables may be published. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PROTECT_H
#define FINSAMSTAT_STAGES_PROTECT_PROTECT_H

#include "pipeline/stage.h"

extern const struct stage stage_protect;

#endif
