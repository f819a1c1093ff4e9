/* The stage that makes persons of the sources' records. */
#ifndef FINSAMSTAT_STAGES_LINK_H
#define FINSAMSTAT_STAGES_LINK_H

#include "pipeline/stage.h"

extern const struct stage stage_link;

#endif
