/* The schemas and code lists that are built into the program, so that it needs no file but itself. */
#ifndef FINSAMSTAT_TABLE_EMBEDDED_H
#define FINSAMSTAT_TABLE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *name;  /* path below schemas/, e.g. "extrakt/fk.json" */
	const char *bytes; /* the content, with a NUL behind it */
	size_t length;     /* without that NUL */
};

/* All of them, sorted by name (strcmp); made at build time by schemas/embed.c. */
extern const struct embedded_file embedded_files[];
extern const size_t embedded_count;

/* The file with that name, or NULL. */
const struct embedded_file *embedded_find(const char *name);

#endif
