/* Records out of a block of a CSV file's bytes. A block reader holds no global state and knows no file: several threads
   may each read blocks of one file, given the same rules and the line on which their block begins. */
#ifndef FINSAMSTAT_TABLE_CSV_BLOCK_H
#define FINSAMSTAT_TABLE_CSV_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/error.h"
#include "pipeline/table/csv/csv.h"
#include "pipeline/table/csv/csv_fields.h"
#include "pipeline/table/csv/csv_scan.h"

/* What holds for every record of a file. `width` and `ending` are 0 and CSV_ENDING_NONE until the first record was
   read; the reader of the first block finds them, and a parallel reader is given them. */
struct csv_rules {
	const char *shown; /* file name in messages */
	const char *kalla; /* csv.h */
	size_t field_bytes, record_bytes; /* limits of csv.h */
	char delimiter;
	bool one_line;     /* csv.h */
	bool windows_1252; /* the file's bytes were windows-1252: changes only what a fault is called */
	size_t width;      /* fields of the first record */
	const char *const *name; /* what messages call them; NULL: by number */
	enum csv_ending ending; /* of the first record; matters with one_line */
};

struct csv_block {
	struct csv_rules rules;
	struct csv_span span;
	struct csv_fields fields;
	size_t at;          /* first byte not yet read */
	bool looked;        /* span.bad and the following have been looked for */
	size_t feed, quote, cr; /* the next LF, quote and CR unless `at` has passed them; `length` when there is none */
	uint64_t line;      /* physical line of `at` */
	uint64_t number;    /* records read */
	uint64_t cr_line;   /* line of the first bare CR that ended a record; 0: none */
	size_t ragged_next;    /* where the record behind one of the wrong width begins; 0: the last was none */
	uint64_t ragged_lines; /* lines of that one */
};

/* The rules that the options ask for; `shown` is kept, not copied. */
struct csv_rules csv_block_rules(const char *shown, const struct csv_options *options);

/* An empty reader with these rules; no memory is taken before it is needed. */
void csv_block_open(struct csv_block *block, const struct csv_rules *rules);

/* Gives it UTF-8 bytes that begin on physical line `line` with a record, after `number` records. Complete: the last
   record ends where the bytes end. Every block of whole lines is complete under `one_line`, so that a file may be cut
   behind any LF. */
void csv_block_begin(struct csv_block *block, const char *bytes, size_t length, bool complete, uint64_t line,
	uint64_t number);

/* 1 and the next record, lent until the next call; 0 when the block holds no further whole record: block->at says where
   the unread bytes begin, block->line on which line; -1 with the error set. */
int csv_block_next(struct csv_block *block, struct csv_record *record, struct error *error);

/* Finds span.bad, feed, quote and cr, or brings them up to the block's place. */
void csv_block_look_ahead(struct csv_block *block);

/* Passes over the record of the wrong width that csv_block_next has just refused; false when that was not the fault. */
bool csv_block_pass(struct csv_block *block);

/* Sets the error `SHOWN:LINE: BARE_CR: …` and returns -1; the record is not known. */
int csv_block_bare_cr(const struct csv_rules *rules, uint64_t line, struct error *error);

/* Frees what the reader holds. */
void csv_block_close(struct csv_block *block);

#endif
