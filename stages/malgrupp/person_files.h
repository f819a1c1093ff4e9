/* The column files of persons, panel and records, and one person after another out of them. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_PERSON_FILES_H
#define FINSAMSTAT_STAGES_MALGRUPP_PERSON_FILES_H

#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/column/column.h"
#include "stages/malgrupp/measured.h"
#include "stages/malgrupp/person.h"

enum person_file { PERSON_FILE_PERSON, PERSON_FILE_YEAR, PERSON_FILE_PANEL, PERSON_FILE_FK, PERSON_FILE_AF,
	PERSON_FILE_BISTAND, PERSON_FILE_KONTAKT, PERSON_FILES };

#define PERSON_FILE_COLUMNS 8

/* Columns of one file: the blocks of column c stand at block[c][0 …]. */
struct person_view {
	size_t rows;
	const void *const *block[PERSON_FILE_COLUMNS];
};

struct person_files {
	const struct measured *measured;
	size_t persons, words; /* words of the panel a person */
	struct person_view view[PERSON_FILES];
};

/* Finds the columns in the open files, which stay so as long as `files` is used. -1 with the error set (EXIT_BUG) when a
   file lacks a column or its rows do not fit the persons. */
int person_files_init(struct person_files *files, struct column_file *const open[PERSON_FILES],
	const struct measured *measured, struct arena *arena, struct error *error);

/* A place in the files, for one thread; the records of a person are copied to its room, which grows in the arena. */
struct person_cursor {
	const struct person_files *files;
	struct arena *arena;
	size_t row[PERSON_FILES]; /* the first record not before the next person, by file of records */
	size_t capacity[PERSON_FILES];
	struct person person;
};

/* Goes to the records of person `number`, of those kinds (enum person_records). */
void person_cursor_seek(struct person_cursor *cursor, size_t number, unsigned records);

/* Fills cursor->person with person `number` and moves on; numbers in ascending order after a seek, with the same `records`. Those of other
   kinds are left out (counts 0), and all where the person is measured in no year. -1 with the error set when memory is out. */
int person_cursor_read(struct person_cursor *cursor, size_t number, unsigned records, struct error *error);

#endif
