/* What a delivery is like: rows, empty values, codes, latest dates, persons in common. One run's profile is compared with
   the next one's; it holds counts and hashes and never leaves internal/. */
#ifndef FINSAMSTAT_STAGES_VALIDATE_PROFILE_H
#define FINSAMSTAT_STAGES_VALIDATE_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/schema/schema.h"

#define PROFILE_PRINT 33 /* 32 hexadecimal digits and NUL */
#define PROFILE_DECADES 21 /* of birth: 1900–1909 … 2100 */

/* A code of a field, and the rows that hold it. */
struct profile_code {
	const char *code;
	uint64_t rows;
};

struct profile_field {
	const char *name;
	uint64_t empty;
	int32_t latest;  /* of a date or month, as a day; COLUMN_NONE_I32 without, and of an end */
	size_t codes;    /* of a coded field: those that occur, in the order of their list or bytewise */
	const struct profile_code *code;
};

/* The rows that a file gave. */
struct profile_file {
	const char *name;
	uint64_t rows;
	char print[PROFILE_PRINT]; /* equal for equal rows, in any order */
};

struct profile_source {
	uint64_t rows, persons, elsewhere; /* rows on file; persons in them; those in another source too */
	size_t fields, files;
	const struct profile_field *field;
	const struct profile_file *file;
	uint64_t decade[PROFILE_DECADES];  /* rows by decade of birth */
};

struct profile {
	const char *forbund;
	struct profile_source source[EXTRACTS]; /* up to EXTRACT_EKONOMI; the analyst's own tables are not profiled */
};

/* Measures a source's column file; `file` gives the names and rows of its files in their order, their prints are filled in.
   A row per file may be 0. Between the beginning and the end each of the parts, at least one, is measured once, on any thread.
   -1 with the error set. */
struct profiling;
int profile_begin(struct profiling **profiling, struct profile_source *source, const struct column_file *columns,
	const struct extract *extract, struct profile_file *file, size_t files, struct arena *arena, struct error *error);
size_t profile_parts(const struct profiling *profiling);
void profile_measure(const struct profiling *profiling, size_t part);
int profile_end(const struct profiling *profiling, struct error *error);

/* profile.csv: kalla,slag,kolumn,kod,antal. */
int profile_write(const struct profile *profile, const char *path, struct error *error);

/* Reads what profile_write wrote. -1 with the error set when it cannot be read or holds something else. */
int profile_read(struct profile *profile, const char *path, struct arena *arena, struct error *error);

/* A field of a source by name; NULL without. */
const struct profile_field *profile_field(const struct profile_source *source, const char *name);

/* Rows of a code; 0 when it does not occur. */
uint64_t profile_code_rows(const struct profile_field *field, const char *code);

#endif
