/* Lines of a block cut all at once, where they are plain: no quote, no fault, each as wide as the first record. What is not
   plain is left to csv_block_next, which stays the authority on what a record is. */
#ifndef FINSAMSTAT_TABLE_CSV_LINES_H
#define FINSAMSTAT_TABLE_CSV_LINES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "pipeline/table/csv/csv_block.h"

#define CSV_LINES_BYTES ((size_t)1 << 15) /* looked at together: with what is made of them they stay in a core's cache */
#define CSV_LINES_BEHIND 64               /* bytes behind the last field that may be looked at */

/* {0} holds none; csv_lines_free frees what it holds. */
struct csv_lines {
	const char *bytes;     /* of the first line */
	size_t rows, width;    /* fields of a line: those of the first record */
	size_t ending;         /* bytes of a line's end: 1, CRLF 2 */
	uint64_t line, number; /* of the first line: physical line; records of the file before it */
	uint32_t *end;         /* end[row · width + column]: where what ends the field stands, of the last field the LF; end[−1] is there */
	uint32_t *place;       /* the memory of end */
};

/* Cuts the plain lines at the block's place, at most CSV_LINES_BYTES, and passes them. 1; 0 when there are none; -1 with the error set
   when memory is out. At least CSV_LINES_BEHIND bytes of the block stand behind the last line. */
int csv_lines_cut(struct csv_lines *lines, struct csv_block *block, struct error *error);

/* A field as it stands. */
static inline struct csv_field csv_lines_field(const struct csv_lines *lines, size_t row, size_t column)
{
	const uint32_t *end = lines->end + row * lines->width + column;
	uint32_t from = end[-1] + 1, to = column + 1 == lines->width ? *end + 1 - (uint32_t)lines->ending : *end;
	return (struct csv_field){ lines->bytes + from, to - from };
}

/* Eight bytes from the start of a field on, whether or not it has so many: its first is the lowest of the number, what stands behind
   `length` ≥ 1 of them is 0. */
static inline uint64_t csv_lines_eight(struct csv_field field)
{
	uint64_t bytes;
	memcpy(&bytes, field.text, sizeof bytes);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	bytes = __builtin_bswap64(bytes);
#endif
	return field.length >= sizeof bytes ? bytes : bytes & UINT64_MAX >> (64 - 8 * field.length);
}

void csv_lines_free(struct csv_lines *lines);

#endif
