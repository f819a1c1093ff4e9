/* The layout of a column file, shared by its writer and its reader; see column.h. The place of every value follows from the
   number of rows and the column types, so the reader takes no offset from the file that it could not compute itself. */
#ifndef FINSAMSTAT_TABLE_COLUMN_LAYOUT_H
#define FINSAMSTAT_TABLE_COLUMN_LAYOUT_H

#include "pipeline/table/column/column.h"

#define COLUMN_VERSION 3
#define COLUMN_ALIGNMENT ((size_t)64) /* of every array of values: a cache line, and enough for any vector load */
#define COLUMN_MAGIC "fstcol\r\n"    /* 8 bytes, without the NUL */

/* The first page; all zero until column_finish, so that an unfinished file is never taken for a whole one. A page, because then
   every full array begins and ends with one: the system writes and maps such parts of a file with half the work. */
struct column_header {
	char magic[8];
	uint64_t version;
	uint64_t tail_at, tail_bytes; /* everything behind the blocks */
	struct key checksum;          /* hash_key of the tail */
	uint64_t zero[506];
};
_Static_assert(sizeof(struct column_header) == 4096, "a page of most machines");

/* The tail: one struct column_directory, `columns` entries, `texts` starts (uint64_t), then the bytes of the texts. */
struct column_directory {
	uint64_t rows, columns, texts, text_bytes;
	uint64_t values; /* checksum of the blocks */
};

struct column_entry {
	char name[COLUMN_NAME];
	uint32_t type;
};

/* Bytes that `rows` ≤ COLUMN_BLOCK values take in a block. */
size_t column_array_bytes(uint32_t type, size_t rows);

#endif
