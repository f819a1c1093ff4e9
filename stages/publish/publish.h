/* The last stage: the protected tables as files for machines, for Excel, and as a report for people. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_H
#define FINSAMSTAT_STAGES_PUBLISH_H

#include "pipeline/stage.h"

extern const struct stage stage_publish;

#endif
