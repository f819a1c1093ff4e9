/* The stage insats: what happened to the participants of each insats (tables i01–i14). */
#ifndef FINSAMSTAT_STAGES_INSATS_INSATS_H
#define FINSAMSTAT_STAGES_INSATS_INSATS_H

#include "pipeline/stage.h"

extern const struct stage stage_insats;

#endif
