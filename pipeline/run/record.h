/* A stage's record: what it read when it last worked, and what it made. A file beside the column files, one a stage. */
#ifndef FINSAMSTAT_RUN_RECORD_H
#define FINSAMSTAT_RUN_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

/* Kinds of lines. Those up to RECORD_INPUT are the key: a stage whose key is the same as last time makes the same again. */
enum record_kind {
	RECORD_PROGRAM, /* name "finsamstat 0.1.0", value: hash of the program file */
	RECORD_LIBRARY, /* name "libgsl.so.27.0.0", value: its bytes */
	RECORD_SCHEMAS, /* name "", value: hash of the schemas and code lists that the stage's files have */
	RECORD_TABLES,  /* name "", value: "all", or the stage's own of --tables */
	RECORD_SETTING, /* name of the part, value: a line of it */
	RECORD_INPUT,   /* name "extrakt/fk.csv" or "persons/fk"; value "BYTES HASH" */
	RECORD_OUTPUT,  /* name "aggregate/m01_…"; value "BYTES HASH ROWS" */
	RECORD_ROWS,    /* name of a file of the delivery; value: its rows */
	RECORD_WARNING, /* value: the text */
	RECORD_NOTE,
	RECORD_RUN,     /* value: the run whose folders hold the outputs */
	RECORD_USE,     /* value "SECONDS PEAK_KIB" */
	RECORD_KINDS
};

struct record_line {
	enum record_kind kind;
	const char *name, *value;
};

/* {0} plus an arena is an empty one. */
struct record {
	struct arena *arena;
	struct record_line *line;
	size_t count, capacity;
};

/* Appends a line; texts are copied. -1 with the error set when memory is out. */
int record_add(struct record *record, enum record_kind kind, const char *name, const char *value, struct error *error);

/* The value of a line; NULL when there is none. */
const char *record_value(const struct record *record, enum record_kind kind, const char *name);

/* In how many lines the keys differ, a changed line counted once. */
size_t record_differences(const struct record *before, const struct record *after);

/* The first line at which the keys differ: *before and *after are the lines, NULL where one has ended or lacks a line that
   the other has (a setting that was put in or taken out is named itself, not the one that has moved to its place). False when they are the same. */
bool record_differs(const struct record *before, const struct record *after, const struct record_line **before_line,
	const struct record_line **after_line);

/* Reads a record; false when there is none that can be read, which is no fault: the stage then works anew. */
bool record_read(struct record *record, const char *path);

/* Writes it over an earlier one, by a rename. -1 with the error set. */
int record_write(const struct record *record, const char *path, struct error *error);

#endif
