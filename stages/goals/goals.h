/* The stage goals: whether each insats reached its goals (table g01). */
#ifndef FINSAMSTAT_STAGES_GOALS_GOALS_H
#define FINSAMSTAT_STAGES_GOALS_GOALS_H

#include "pipeline/stage.h"

extern const struct stage stage_goals;

#endif
