/* The witnesses that the protector wrote down, as the auditor reads them: whole tables of which only the counts that differ from the true
   ones are written. Nothing in them is believed. */
#ifndef FINSAMSTAT_STAGES_AUDIT_WITNESSES_WITNESS_FILE_H
#define FINSAMSTAT_STAGES_AUDIT_WITNESSES_WITNESS_FILE_H

#include "stages/audit/relations/published.h"

/* Where a count of a witness stands. */
struct witness_cell {
	size_t table, row, measure; /* table PUBLISHED_TABLES: of no table of this publication */
	const char *class;          /* what it calls a class; NULL: it has a measure */
	size_t variable;            /* KNOWLEDGE_NONE: not withheld, or without a row */
	int64_t printed;            /* then: what everybody reads there */
};

struct witness_line {
	uint32_t witness, cell;
	int64_t value;
};

struct witness_file {
	size_t cells, cell_room;
	struct witness_cell *cell;
	size_t lines, line_room;
	struct witness_line *line; /* in ascending order of witnesses; witness 0 says how many persons are in the classes that no table prints */
};

/* Whether a file is there and holds any line behind its header: of vittnen.csv, then the tables were protected together. `shown`: its name in
   messages. -1 with the error set. */
int witness_file_any(const char *path, const char *shown, bool *any, struct error *error);

/* Reads `cells` (cell,tabell,nyckel,matt; numbered from 0) and `lines` (vittne,cell,varde) into memory of `arena`. Files that are not there hold
   nothing. It looks at the tables alone, so that it may run beside what states the relations between them; the cells have no variables yet. -1 with
   the error set: EXIT_DATA when a file is malformed, EXIT_IO. */
int witness_file_read(const struct published *published, const char *cells, const char *lines, struct witness_file *file, struct arena *arena,
	struct error *error);

/* The variables of the cells, when all relations are stated. -1 with the error set (EXIT_DATA) when one is neither a measure nor a class. */
int witness_file_find(const struct published *published, struct witness_file *file, struct error *error);

#endif
