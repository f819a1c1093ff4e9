/* The stage that reads, checks and types the delivery. */
#ifndef FINSAMSTAT_STAGES_INGEST_H
#define FINSAMSTAT_STAGES_INGEST_H

#include "pipeline/stage.h"

extern const struct stage stage_ingest;

#endif
