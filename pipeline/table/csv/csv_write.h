/* Writing CSV: RFC 4180 fields into a file that is complete or an error. */
#ifndef FINSAMSTAT_TABLE_CSV_WRITE_H
#define FINSAMSTAT_TABLE_CSV_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

struct csv_writer;

struct csv_style {
	char delimiter;  /* ',' or ';' */
	bool crlf;       /* records end in CRLF instead of LF */
	bool bom;        /* begin with a UTF-8 BOM */
};
extern const struct csv_style csv_style_machine; /* comma, LF, no BOM */
extern const struct csv_style csv_style_excel;   /* semicolon, CRLF, BOM */

/* Creates the file, which must not exist (O_EXCL, O_NOFOLLOW, mode 0600 whatever the umask). */
int csv_create(struct csv_writer **writer, const char *path, const struct csv_style *style, struct error *error);

/* A whole record as it stands in the file, written in place: room for at least `bytes` (at most CSV_ROOM), between records; csv_took says
   how many it took, with its end. */
#define CSV_ROOM ((size_t)1 << 12)
char *csv_room(struct csv_writer *writer, size_t bytes);
void csv_took(struct csv_writer *writer, size_t bytes);

/* One field, of csv_integer a whole number in decimal; quoted when it holds the delimiter, a quote, CR or LF, or begins or ends with a space. Faults are kept and
   reported by csv_finish. csv_end ends the record. */
void csv_field(struct csv_writer *writer, const char *text, size_t length);
void csv_string(struct csv_writer *writer, const char *text);
void csv_integer(struct csv_writer *writer, int64_t number);
void csv_end(struct csv_writer *writer);

/* For fields that are written again and again: adds what csv_field writes for one that is not the first of its record (first: that is) to
   `text`; and writes such text, one or more fields, in their place. -1 with the error set when memory is out. */
int csv_make_field(const struct csv_style *style, bool first, const char *field, struct text *text, struct error *error);
void csv_made(struct csv_writer *writer, const char *text, size_t length);

/* Flushes and closes; -1 with the error set (EXIT_IO) if any write failed. Frees the writer in any case; NULL is
   harmless and gives 0. */
int csv_finish(struct csv_writer *writer, struct error *error);

#endif
