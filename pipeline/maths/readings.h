/* Files of tables, read beside each other. Each has an arena of its own, since arenas are no threads' common ground. */
#ifndef FINSAMSTAT_MATHS_READINGS_H
#define FINSAMSTAT_MATHS_READINGS_H

#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/cube/cube.h"

/* A file: `table` and `path` are the caller's. */
struct reading {
	const struct table *table;
	const char *path;  /* NULL: there is none, and no cube */
	struct arena *arena;
	struct cube *cube; /* lives in `arena` */
};

struct readings {
	size_t count;
	struct reading *file; /* zeroed but for what is the caller's */
};

/* Reads them all. -1 with the error of the first file that failed. readings_free frees the
   cubes then, too. count = 0: 0. */
int readings_read(struct readings *readings, struct error *error);
void readings_free(const struct readings *readings);

#endif
