/* Why a stage made something else in one run than in another: what differs in data, settings and program, followed from what
   the stage read back to the delivery. */
#ifndef FINSAMSTAT_HISTORY_CAUSE_H
#define FINSAMSTAT_HISTORY_CAUSE_H

#include <stddef.h>

#include "pipeline/run/past.h"

struct causes {
	struct arena *arena;
	const char **text; /* "data: extrakt/fk.csv has changed", "settings: + [insats Balder] mål = …", "program: …" */
	size_t count, capacity;
};

/* Adds the causes of what the stage at the position made; each once. 0, or -1 with the error set when memory is out. */
int cause_of_stage(struct causes *causes, const struct past *before, const struct past *after, size_t position,
	struct error *error);

/* Those of a table: of the stage that makes it when it made another one, else of protect, which sees all tables. */
int cause_of_table(struct causes *causes, const struct past *before, const struct past *after, const char *table,
	struct error *error);

/* All that differs between two runs, whether or not a table shows it. */
int cause_of_all(struct causes *causes, const struct past *before, const struct past *after, struct error *error);

#endif
