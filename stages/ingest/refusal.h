/* The validation report of a delivery that ingest refuses: no later stage sees it. */
#ifndef FINSAMSTAT_STAGES_INGEST_REFUSAL_H
#define FINSAMSTAT_STAGES_INGEST_REFUSAL_H

#include "pipeline/stage.h"
#include "stages/ingest/account.h"

/* Writes validation.json and validation.html of these files and of `why`. A fault of its own is added to `why`. */
void refusal_write(const struct run *run, const struct account *accounts, size_t count, struct arena *arena,
	struct error *why);

#endif
