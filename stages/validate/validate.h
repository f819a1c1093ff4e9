/* The stage that judges the delivery as a whole and writes the validation report. */
#ifndef FINSAMSTAT_STAGES_VALIDATE_H
#define FINSAMSTAT_STAGES_VALIDATE_H

#include "pipeline/stage.h"

extern const struct stage stage_validate;

#endif
