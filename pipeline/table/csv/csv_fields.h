/* The fields of one CSV record, cut by a plain search for the delimiter or, where there are quotes, by libcsv. */
#ifndef FINSAMSTAT_TABLE_CSV_FIELDS_H
#define FINSAMSTAT_TABLE_CSV_FIELDS_H

#include <stddef.h>

#include "pipeline/base/error.h"
#include "pipeline/table/csv/csv.h"

/* Fields lent until the next cut. {0} is an empty one. */
struct csv_fields {
	struct csv_field *field;
	size_t count;    /* fields of the record, kept or not */
	size_t capacity; /* fields that there is room for */
	size_t limit;    /* fields worth keeping; 0: all of them */
	char *values;    /* unquoted text of libcsv's fields */
	size_t values_used, values_capacity;
	struct csv_parser *parser; /* libcsv's; made at the first quote */
};

/* Cuts a record that holds no quote; `bytes` goes without its line end, and `readable` ≥ length of them may be looked at.
   -1 with the error set when memory is out. */
int csv_fields_cut(struct csv_fields *fields, const char *bytes, size_t length, size_t readable, char delimiter,
	struct error *error);

/* Cuts a record with quotes that the scan has passed. -1 with the error set when memory is out, or (EXIT_BUG) when
   libcsv does not find the `expected` fields in it. */
int csv_fields_cut_quoted(struct csv_fields *fields, const char *bytes, size_t length, char delimiter,
	size_t expected, struct error *error);

/* Frees what the fields hold; an empty one is harmless. */
void csv_fields_free(struct csv_fields *fields);

#endif
