/* The stage that audits the publication before it is switched to: see README.md. */
#ifndef FINSAMSTAT_STAGES_AUDIT_AUDIT_H
#define FINSAMSTAT_STAGES_AUDIT_AUDIT_H

#include "pipeline/stage.h"

extern const struct stage stage_audit;

#endif
