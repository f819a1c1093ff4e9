/* The history of a förbund: its runs and what they published, in an SQLite file that can be rebuilt from manifests and
   published tables. Holds no figure that is not published. */
#ifndef FINSAMSTAT_HISTORY_CHRONICLE_H
#define FINSAMSTAT_HISTORY_CHRONICLE_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

struct chronicle;

/* Opens OUT/internal/history.sqlite (0600), makes it when it is missing or damaged or `rebuild` asks for it, and adds the
   runs that it lacks. Where it cannot be written it is built in memory. A run that was pruned stays in it until it is
   rebuilt. -1 with the error set and *chronicle NULL. */
int chronicle_open(struct chronicle **chronicle, const char *out, bool rebuild, struct arena *arena, struct error *error);

/* chronicle_close(NULL) is harmless. */
void chronicle_close(struct chronicle *chronicle);

struct chronicle_run {
	const char *name, *ended, *period, *program;
	const char *tables; /* as --tables had them; "": all */
	bool complete, published;
	int warnings;
	bool other_data, other_settings, other_program; /* than the run before; false for the first */
};

/* Calls `take` with every run, the oldest first. */
int chronicle_runs(struct chronicle *chronicle, int (*take)(void *context, const struct chronicle_run *run), void *context,
	struct error *error);

/* Calls `take` with every figure of a table through the runs that published another edition of it than the run before: by key
   (dimension values joined by |), measure and run. `value` is "skyddad" or "saknas" for what has none, "0" where the edition
   has no such row. */
int chronicle_figures(struct chronicle *chronicle, const char *table,
	int (*take)(void *context, const char *key, const char *measure, const char *run, const char *value), void *context,
	struct error *error);

#endif
