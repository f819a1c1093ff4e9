/* JSON files that the program wrote itself, read back: manifests. */
#ifndef FINSAMSTAT_TABLE_DOCUMENT_H
#define FINSAMSTAT_TABLE_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

enum document_kind { DOCUMENT_NULL, DOCUMENT_FALSE, DOCUMENT_TRUE, DOCUMENT_NUMBER, DOCUMENT_TEXT, DOCUMENT_ARRAY, DOCUMENT_OBJECT };

struct document {
	enum document_kind kind;
	double number;
	const char *text;        /* of a text, else "" */
	size_t count;            /* items of an array, members of an object */
	const struct document *item;
	const char *const *name; /* of the members */
};

/* Reads a file of at most 64 MB. NULL with the error set: EXIT_IO when it cannot be read, EXIT_DATA when it is not JSON. */
const struct document *document_read(const char *path, struct arena *arena, struct error *error);

/* A member of an object; a null value when `document` is no object or lacks it: never NULL. */
const struct document *document_member(const struct document *document, const char *name);

/* The text of a member, "" without; its number, 0 without; whether it is true. */
const char *document_text(const struct document *document, const char *name);
double document_number(const struct document *document, const char *name);
bool document_true(const struct document *document, const char *name);

#endif
