/* Lines of a settings file as sections, keys and values with their line numbers. Knows no section and no key. */
#ifndef FINSAMSTAT_TABLE_INI_H
#define FINSAMSTAT_TABLE_INI_H

#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

/* In names, keys and values white space (spaces, tabs, no-break and thin spaces) is folded to single spaces and trimmed. */
struct ini_entry {
	const char *key, *value; /* the value may be empty */
	int line;                /* from 1 */
};

struct ini_section {
	const char *name; /* "insats Balder"; NULL after a header that could not be read: leave its entries alone */
	int line;
	size_t count;
	const struct ini_entry *entry;
};

struct ini {
	const char *shown; /* the file's name in messages */
	size_t count;
	const struct ini_section *section; /* in the order of the file, repeated ones too */
};

/* Reads `length` bytes: UTF-8 with or without BOM, LF or CRLF; `[name]`, `key = value`, and `#` comments that begin a line
   or follow white space. Every fault is added to the error (EXIT_SETTINGS, "shown:LINE: …") and reading goes on, so that
   all are found in one go: bytes that are not UTF-8 (the one fault that ends the reading), control characters, lines of no
   known form, a key before the first section, sections and keys that repeat. The key `repeats` may repeat (NULL: none).
   0, or -1 when anything was added to the error; `ini` then holds what could be read. */
int ini_parse(struct ini *ini, const char *shown, const char *bytes, size_t length, const char *repeats,
	struct arena *arena, struct error *error);

/* The first entry with the key, the first section with the name; NULL when there is none. */
const struct ini_entry *ini_find(const struct ini_section *section, const char *key);
const struct ini_section *ini_section(const struct ini *ini, const char *name);

#endif
