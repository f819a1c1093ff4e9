/* The stage malgrupp: how many persons each target group has, how they overlap between the parties and how they move. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_MALGRUPP_H
#define FINSAMSTAT_STAGES_MALGRUPP_MALGRUPP_H

#include "pipeline/stage.h"

extern const struct stage stage_malgrupp;

#endif
