/* The column files of persons, panel and records, and one person after another out of them. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_HISTORY_H
#define FINSAMSTAT_STAGES_MALGRUPP_HISTORY_H

#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/column.h"
#include "stages/malgrupp/measured.h"
#include "stages/malgrupp/person.h"

enum history_file { HISTORY_PERSON, HISTORY_YEAR, HISTORY_PANEL, HISTORY_FK, HISTORY_AF, HISTORY_BISTAND, HISTORY_KONTAKT,
	HISTORY_FILES };

#define HISTORY_COLUMNS 8

/* Columns of one file: the blocks of column c stand at block[c][0 …]. */
struct history_view {
	size_t rows;
	const void *const *block[HISTORY_COLUMNS];
};

struct history {
	const struct measured *measured;
	size_t persons, words; /* words of the panel a person */
	struct history_view view[HISTORY_FILES];
};

/* Finds the columns in the files, which stay open as long as the history is used. -1 with the error set (EXIT_BUG) when a
   file lacks a column or its rows do not fit the persons. */
int history_init(struct history *history, struct column_file *const files[HISTORY_FILES], const struct measured *measured,
	struct arena *arena, struct error *error);

/* A place in the files, for one thread; the records of a person are copied to its room, which grows in the arena. */
struct history_cursor {
	const struct history *history;
	struct arena *arena;
	size_t row[HISTORY_FILES]; /* the first record not before the next person, by file of records */
	size_t capacity[HISTORY_FILES];
	struct person person;
};

/* Goes to the records of person `number`. */
void history_seek(struct history_cursor *cursor, size_t number);

/* Fills cursor->person with person `number` and moves on; numbers in ascending order after a seek. The records are left
   out (counts 0) when `records` is false or the person is measured in no year. -1 with the error set when memory is
   out. */
int history_read(struct history_cursor *cursor, size_t number, bool records, struct error *error);

#endif
