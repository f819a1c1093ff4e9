/* Which earlier runs are kept: the rules behind the command `prune`. */
#ifndef FINSAMSTAT_HISTORY_PRUNE_H
#define FINSAMSTAT_HISTORY_PRUNE_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/settings/settings.h"

struct prune {
	const char *name, *why;
	bool keep;
};

/* Every run of OUT, the oldest first, with what becomes of it. Days and months are those of the runs' own UTC starts, not of
   the clock: a clock that was set back removes nothing that a rule keeps. 0, or -1 with the error set. */
int prune_judge(const char *out, const struct settings *settings, const struct prune **runs, size_t *count,
	struct arena *arena, struct error *error);

#endif
