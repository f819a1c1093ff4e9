/* The rule `unique`: rows of a source that may not stand twice. Judged when all its rows are on file. */
#ifndef FINSAMSTAT_STAGES_INGEST_UNIQUE_H
#define FINSAMSTAT_STAGES_INGEST_UNIQUE_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/csv/csv_write.h"
#include "stages/ingest/account.h"

/* A source whose rows are on file. */
struct unique_source {
	const struct extract *extract;
	struct account *account; /* of its files, in the order of their rows */
	size_t accounts;
	bool lines;              /* records are lines: not so where a field may hold a line end */
	const char *path;        /* column file of the right rows */
	const char *rejected;    /* column file of the wrong ones, with their `post`; there when there are any */
	struct limits limits;    /* how many may be wrong */
};

/* Judges the source by the rules `unique` of its schema, and counts what breaks them in its accounts. A row equal in every value
   to another breaks none where it has a pid or another identity, for then it counts once; of others it is the later that breaks
   the rule. By severity: refuse adds what breaks the rule to the error (EXIT_DATA), by file and record; error rejects the row: it
   is taken out of the column file and put to the rejected ones in `list` (rejected.csv), and a file with too many is refused
   (EXIT_DATA). 0, or -1 with the error set when a file cannot be read or written or memory is out. */
int unique_check(const struct unique_source *source, struct csv_writer *list, struct arena *arena, struct error *error);

#endif
