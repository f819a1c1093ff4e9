/* Code lists: the codes that a field may hold, with their Swedish labels (schemas/kodlistor, built into the program). */
#ifndef FINSAMSTAT_TABLE_CODELIST_H
#define FINSAMSTAT_TABLE_CODELIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

struct code {
	const char *kod, *etikett;
	const char *overordnad; /* code of the group it belongs to (kommun: name of its län); "" if none */
};

/* Entries in the order of the file; for kommun that is ascending. No code occurs twice. */
struct codelist {
	const char *name;
	size_t count;
	bool ascending; /* bytewise by code: codelist_find halves */
	const struct code *entry;
};

#define CODE_NONE UINT16_MAX /* also the missing value of a code column */

/* The list `name` (such as "forman"), parsed into the arena at each call. NULL with the error set (EXIT_BUG) when no such
   list is built in or it is malformed. */
const struct codelist *codelist_load(const char *name, struct arena *arena, struct error *error);

/* Index of a code in the list, CODE_NONE when it is not there (a NULL list has none). */
uint16_t codelist_find(const struct codelist *list, const char *code, size_t length);

/* Label of a code; the code itself when the list lacks it or is NULL. */
const char *codelist_label(const struct codelist *list, const char *code);

/* The entries of some lists (at least one) in one, in their order; its name is theirs joined by '+'. NULL with the error
   set (EXIT_BUG) when a code stands in two of them. */
const struct codelist *codelist_join(const struct codelist *const *lists, size_t count, struct arena *arena,
	struct error *error);

#endif
