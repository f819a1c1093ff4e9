/* CSV by RFC 4180, record by record, with the line where each fault stands. Bytes come from source.h; csv_block.h cuts
   them into records. */
#ifndef FINSAMSTAT_TABLE_CSV_H
#define FINSAMSTAT_TABLE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/error.h"
#include "pipeline/base/hash.h"

/* What is a fault, by code (the code is the word before the reason in every message):
   BAD_UTF8, NOT_UTF8_UTF16LE, NOT_UTF8_UTF16BE (by its byte order mark), NUL_BYTE, QUOTE_IN_UNQUOTED, TEXT_AFTER_QUOTE,
   UNTERMINATED_QUOTE (line where the quote opened), RAGGED_SHORT, RAGGED_LONG, BLANK_LINE (an empty line where records
   have several fields), BARE_CR, NEWLINE_IN_QUOTES (only when `one_line` is set), MIXED_EOL (only when `one_line` is
   set), FIELD_TOO_LONG, RECORD_TOO_LONG, BAD_WINDOWS_1252, and those of source.h.
   Policies: a quote stands only around a whole field and doubled inside; spaces are data; records end in LF or CRLF;
   every record is as wide as the first; a blank line is a record of one empty field; one UTF-8 BOM at the start is
   skipped (in a file said to be windows-1252 it is a fault: the file is UTF-8).
   The fault reported is the first by position; a record of the wrong width counts at its end, with the line where it
   begins. A bare CR: under `one_line` a fault where it stands; otherwise it ends a record, and is the fault, with the
   line of the first one, only when the file has no other.
   Lines: LF, CRLF and a bare CR end one, inside quotes too. */
struct csv_options {
	char delimiter;     /* 0: the one of , ; TAB that the first record has most of outside quotes; ',' if none */
	const char *kalla;  /* the [källa …] whose settings hold for the file, to advise with; NULL: none */
	bool windows_1252;  /* the file is windows-1252 and is given out as UTF-8 */
	bool one_line;      /* an extract: a newline inside quotes and mixed line ends are faults */
	bool by_content;    /* lint: gzip is told by its first bytes (source_open_by_content) */
	bool hashed;        /* the file is hashed as it is read (csv_hash); parts, where that may be, by who takes them (csv_part_hash) */
};

/* The longest field as written, and the longest record without its line end, in bytes of UTF-8. */
#define CSV_FIELD_BYTES ((size_t)1 << 16)    /* of an extract (one_line) */
#define CSV_RECORD_BYTES ((size_t)1 << 20)   /* of an extract */
#define CSV_LONGEST_BYTES ((size_t)1 << 24)  /* field or record of any other file */

struct csv_field {
	const char *text; /* UTF-8, not NUL-terminated */
	size_t length;
};

/* A record lent until the next call. */
struct csv_record {
	uint64_t line;   /* physical line on which it begins, from 1 */
	uint64_t number; /* record number, from 1 (the header is 1) */
	size_t fields;
	const struct csv_field *field;
};

struct csv;

/* Opens `path` (plain or .gz, see source.h); `shown` is the file name used in messages, copied. A delimiter that is a
   quote, CR, LF or not ASCII is refused (EXIT_USAGE). */
int csv_open(struct csv **csv, const char *path, const char *shown, const struct csv_options *options,
	struct error *error);

/* csv_open with the bytes held at a time (≥ 1; more are held where a record needs it). For tests: the records and the
   fault are the same for any size. */
int csv_open_sized(struct csv **csv, const char *path, const char *shown, const struct csv_options *options,
	size_t block_bytes, struct error *error);

/* Before the first record: lays content of a gzip file by (source_ahead), so that reading it takes less time later. */
int csv_ahead(struct csv *csv, int spool, void *buffer, size_t room, struct error *error);

/* 1 and the next record; 0 at the end; -1 with the error set (EXIT_DATA or EXIT_IO). The form of a fault is
   `SHOWN:LINE: CODE: reason`. After a fault only csv_go_on and csv_close may follow. */
int csv_next(struct csv *csv, struct csv_record *record, struct error *error);

/* After a fault: true when it was a record of the wrong width (RAGGED_SHORT, RAGGED_LONG, BLANK_LINE). The record is
   then passed over and csv_next gives the one behind it, so that all such faults can be told at once. */
bool csv_go_on(struct csv *csv);

/* What messages call the fields from now on: `name` has one for each field of the first record and must outlive csv. Without it
   they are numbered. */
void csv_name_fields(struct csv *csv, const char *const *name);

/* The delimiter in use; known once the first record was read (0 before that when it is to be found). */
char csv_delimiter(const struct csv *csv);

/* Bytes of the file read so far: of a packed file, packed. */
uint64_t csv_consumed(const struct csv *csv);

/* The SHA-256 of a file opened as `hashed`, packed as it is; false when it was not read to its end, or not all parts were hashed. Once. */
bool csv_hash(struct csv *csv, char text[HASH_TEXT]);

/* Bytes of an extract that are whole records, to be read by a block reader (csv_block.h) of any thread. {0} is an empty
   part; csv_part_free frees what it holds. */
struct csv_part {
	char *bytes;
	size_t length, capacity;
	bool complete;  /* false: a fault follows, in these bytes or behind them; their last record may break off */
	uint64_t line;  /* physical line on which they begin */
	uint64_t feeds; /* line feeds in them */
	uint64_t number; /* records of the file before them */
	size_t unhashed, unhashed_from; /* of `bytes`, also behind `length`: the file's own that are to be hashed, and where they begin */
};

/* After csv_next has given the first record of a file read with `one_line`: 1 and the next part, as many whole lines as
   the block's size holds, at least one; 0 at the end; -1 with the error set when the file cannot be read on (as csv_next),
   and then part->length ≥ 0 bytes come before the fault, whose own faults go first. Parts of one file are taken one after
   the other and read in any order; after a fault nothing more is taken. The part's memory is used again. */
int csv_take(struct csv *csv, struct csv_part *part, struct error *error);

/* Hashes the unhashed bytes of a part, or of two of different files, which takes less time than each by itself; there are none then. The parts of a file
   are hashed in their order, one at a time, each before it is taken again; on any thread, also while they are read and others taken. */
struct csv_hashing {
	const struct csv *csv;
	struct csv_part *part;
};
void csv_part_hash(const struct csv_hashing *one, const struct csv_hashing *other);

/* A block reader for a part of this file, set at its first record. It is closed with csv_block_close; csv must still be
   open then. Several threads may read parts of one csv while another takes the next. */
struct csv_block;
void csv_part_begin(const struct csv *csv, const struct csv_part *part, struct csv_block *block);

void csv_part_free(struct csv_part *part);

/* csv_close(NULL) is harmless. */
void csv_close(struct csv *csv);

#endif
