/* How the columns of one file become the fields of an extract: the checked header. */
#ifndef FINSAMSTAT_STAGES_INGEST_LAYOUT_H
#define FINSAMSTAT_STAGES_INGEST_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/csv/csv.h"
#include "pipeline/table/schema/pattern.h"
#include "pipeline/table/schema/schema.h"
#include "pipeline/table/settings/settings.h"
#include "stages/ingest/code_table.h"

#define LAYOUT_FIELDS 24          /* most fields of an extract */
#define LAYOUT_ABSENT SIZE_MAX    /* a field without a column or another field to look at */

#define LAYOUT_FIRST_YEAR 1901    /* before it, and from LAYOUT_END_YEAR on, a year is a placeholder */
#define LAYOUT_END_YEAR 2099

/* An extract with what its rows need to be read quickly; the same for all its files. */
struct reading {
	const struct extract *extract;
	const struct code_table *codes[LAYOUT_FIELDS]; /* by field; NULL where no code list is */
	const char *told[LAYOUT_FIELDS];               /* by field: what a wrong code or text is told it must be */
	bool is_class[LAYOUT_FIELDS];                  /* by field: its pattern is one class repeated, in class */
	struct pattern_class class[LAYOUT_FIELDS];
	size_t pid, avslut;                            /* fields that a withdrawn consent ties together */
	struct words insatser;                         /* the names that an insats may have */
	const bool *is_volym;                          /* by insats: registered as volym */
	bool plain;                                    /* plain lines of it may be read by plain.h */
	int32_t first_day[12 * (LAYOUT_END_YEAR - LAYOUT_FIRST_YEAR) + 1]; /* by month from January of LAYOUT_FIRST_YEAR */
};

/* 0, or -1 with the error set (EXIT_BUG: more than LAYOUT_FIELDS fields; or memory). */
int reading_make(struct reading *reading, const struct extract *extract, const struct settings *settings,
	struct arena *arena, struct error *error);

struct layout {
	size_t column[LAYOUT_FIELDS]; /* by field: the file's column */
	size_t columns;               /* of the file */
	const char *absent;           /* optional fields without a column: "omfattning, diagnos"; "" for none */
	const char *const *name;      /* by column: what messages call it: "column 'fran'", or "column 7" where the name
	                                 might be a person's value */
};

/* Checks the header of a file (`shown` in messages) against the extract. Faults, EXIT_DATA, all of them in one go: a
   personnummer in a name, no known column at all, a required column missing, a known one twice, one that is neither known
   nor in `ignore`. Surrounding blanks are no part of a name; case counts. 0, or -1 with the error set; layout->name and
   ->absent are filled all the same, and NULL only when memory is out. */
int layout_make(struct layout *layout, const struct reading *reading, const struct csv_record *header,
	const struct words *ignore, const char *shown, struct arena *arena, struct error *error);

#endif
