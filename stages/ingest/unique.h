/* The rule `unique`: rows of a source that may not stand twice. Judged when all its rows are on file. */
#ifndef FINSAMSTAT_STAGES_INGEST_UNIQUE_H
#define FINSAMSTAT_STAGES_INGEST_UNIQUE_H

#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "stages/ingest/account.h"

/* Judges the source's column file by the rules `unique` of its schema, and counts what breaks them in the accounts of its
   `count` files, in the order of their rows. A row equal in every value to another breaks none where it has a pid or another
   identity, for then it counts once. A rule of severity refuse adds its findings to the error (EXIT_DATA), by file and
   record. 0, or -1 with the error set when the file cannot be read or memory is out. */
int unique_check(struct account *accounts, size_t count, const struct extract *extract, const char *path,
	struct error *error);

#endif
