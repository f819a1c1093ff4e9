/* The codes of one dimension as sets of leaves: the finest codes. Groups may overlap. */
#ifndef FINSAMSTAT_STAGES_AUDIT_FILE_CODES_H
#define FINSAMSTAT_STAGES_AUDIT_FILE_CODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

#define CODES_NONE UINT32_MAX
#define CODES_TOTAL 0U /* index of TOTAL, which is always there */

struct code {
	const char *name;
	size_t children, child_room; /* of the hierarchy; a code without any is a leaf */
	uint32_t *child;
	bool has_parent;
	uint64_t *leaf;              /* the set, a bit a leaf */
	size_t leaves;
	uint32_t same;               /* the first code with the same set: itself or an earlier one */
	size_t partitions;           /* ways to cut the set into codes, TOTAL and groups only */
	struct partition {
		size_t parts;
		uint32_t *part;
	} *partition;
};

struct codes {
	struct arena *arena;
	const char *dimension, *hierarchy; /* its name; the file that has its groups, NULL without */
	size_t count, room, leaves, words;
	struct code *code;
	uint32_t *slot; /* hash index by name */
	size_t slots;
};

/* Holds TOTAL alone. -1 with the error set when memory is out. */
int codes_begin(struct codes *codes, const char *dimension, struct arena *arena, struct error *error);

/* Index of a code, added if new. CODES_NONE with the error set when memory is out. */
uint32_t codes_add(struct codes *codes, const char *name, size_t length, struct error *error);

/* Makes `child` a part of `parent`. -1 with the error set. */
int codes_nest(struct codes *codes, uint32_t parent, uint32_t child, struct error *error);

/* Finds leaves, sets, equal sets and partitions: TOTAL is every leaf. No code is added after this. -1 with the error set
   (EXIT_DATA) when a group holds itself. */
int codes_finish(struct codes *codes, struct error *error);

/* Whether every leaf of `part` is one of `whole`. */
bool codes_within(const struct codes *codes, uint32_t part, uint32_t whole);

#endif
