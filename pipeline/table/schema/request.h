/* Which tables of a frequency file are wanted: a JSON file such as

       {"dims": ["region", "age"], "tables": [["t1", ["region", "age"]], ["t2", {"region": ["F1", "TOTAL"], "age": null}]]}

   A table names its dimensions (each with all codes, groups and TOTAL) or, as an object, the codes of each (null: all). */
#ifndef FINSAMSTAT_TABLE_REQUEST_H
#define FINSAMSTAT_TABLE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

#define REQUEST_DIMENSIONS 8
#define REQUEST_TABLES 200

struct request_codes {
	bool used;         /* the dimension stands in the table; otherwise it is summed over */
	bool all;
	size_t count;      /* without `all` */
	const char **code;
};

struct request_table {
	const char *name;
	struct request_codes codes[REQUEST_DIMENSIONS];
};

struct request {
	const char *path;            /* the file, for messages: as it was given */
	size_t dimensions;
	const char *dimension[REQUEST_DIMENSIONS];
	size_t tables;
	struct request_table *table; /* in the order of the file */
};

/* Reads the file. -1 with the error set: EXIT_IO when it cannot be read, EXIT_DATA when it is no such file: a name stands twice,
   a dimension is unknown, a list is empty or too long. */
int request_read(struct request *request, const char *path, struct arena *arena, struct error *error);

#endif
