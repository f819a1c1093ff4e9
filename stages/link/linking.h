/* What the parts of link share: the work in hand. */
#ifndef FINSAMSTAT_STAGES_LINK_LINKING_H
#define FINSAMSTAT_STAGES_LINK_LINKING_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/stage.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/schema/schema.h"
#include "stages/link/counts.h"

/* The sources that hold pids; the first four are those of enum part. */
enum source { SOURCE_FK, SOURCE_AF, SOURCE_KOM, SOURCE_REG, SOURCE_SUS, SOURCE_ENKAT, SOURCES };

extern const size_t source_extracts[SOURCES]; /* the extract of each: rising, as in leverans */

#define FOLLOWED (SOURCES - SOURCE_SUS)

/* What is kept of a person until the follow-up has been read. */
struct person_row {
	uint8_t kon, kallor; /* kallor: bits of sources with records that count (validation.h) */
	int32_t fodelsear;
};

/* A file of the delivery, in the order of leverans: its rows in the column file of its source. */
struct linked_file {
	size_t extract;     /* EXTRACT_FK … */
	enum source source; /* SOURCES: none that holds pids */
	size_t from, to;
};

struct linking {
	const struct run *run;
	const struct settings *settings;
	bool all_records; /* those of persons without follow-up, too */
	struct arena *arena;
	struct error *error;
	size_t persons;
	struct person_row *person_row; /* by person; malloc'd */
	uint32_t *person[FOLLOWED]; /* by row of sus and of enkat: the person; COLUMN_NONE_U32: anonymous */
	struct counts counts;
	size_t files;
	struct linked_file *file;
	uint64_t *duplicates;       /* by file: rows that an earlier one equals (counts_duplicate) */
};

/* The texts of a column file in bytewise order. */
struct ranking {
	size_t count;
	uint32_t *rank;          /* by index in the file */
	const char *const *text; /* by rank; copied, so they outlive the file */
};

/* 0, or -1 with the error set when memory is out. */
int ranking_make(struct ranking *ranking, const struct column_file *file, struct arena *arena, struct error *error);

/* Reads which rows stand in which file: fills files, file and duplicates. -1 with the error set. */
int files_read(struct linking *linking);

/* The file that a row of an extract's column file stands in, sought from file `at` on, which stands at or before it
   (files_first to begin with). */
size_t files_first(const struct linked_file *file, size_t files, size_t extract);
static inline size_t files_of_row(const struct linked_file *file, size_t files, size_t at, size_t row)
{
	while (at + 1 < files && row >= file[at].to)
		at++;
	return at;
}

/* The path of an input and the file opened; -1 with the error set. */
int linking_open(struct column_file **file, const struct linking *linking, const char *name);
/* A new output file. */
int linking_create(struct column_writer **writer, const struct linking *linking, const char *name,
	const struct column *columns, size_t count);

/* The four extracts: numbers the persons of all sources, in the order of their keys, and writes person_ar, panel, spell_fk,
   spell_af, bistand and kontakt. Fills persons, person_row, person and counts. */
int extracts_write(struct linking *linking);

/* The follow-up, after that: writes deltagande, enkat and ko, and completes kallor. */
int followup_write(struct linking *linking);

/* The persons, after both: writes person. */
int persons_write(const struct linking *linking);

#endif
