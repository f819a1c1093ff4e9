/* The bytes of an input file, plain or gzip, read as a stream that cannot hide a fault. */
#ifndef FINSAMSTAT_TABLE_SOURCE_H
#define FINSAMSTAT_TABLE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/error.h"
#include "pipeline/base/hash.h"

struct source;

/* Opens a regular file for reading; gzip (one or several members) when the name ends in .gz. `shown` is the name that
   errors use; it must live as long as the source. Refused (EXIT_DATA) as `SHOWN:1: CODE: reason`: a directory, FIFO,
   device or symbolic link (NOT_A_FILE; never waits on one); a .gz that does not begin with the gzip magic (NOT_GZIP) or
   is empty (GZIP_TRUNCATED); a plain file that begins with the magic of gzip, zip (xlsx) or OLE (xls), or with '<' and
   has "html" in its first 512 bytes (IS_GZIP, IS_ZIP, IS_XLS, IS_HTML). EXIT_IO when it cannot be opened or read. */
int source_open(struct source **source, const char *path, const char *shown, struct error *error);

/* As source_open, but what the file holds decides: gzip when it begins with the gzip magic, whatever its name, and no
   other format is refused, so that lint speaks of the bytes that are there. A .gz must still be gzip. */
int source_open_by_content(struct source **source, const char *path, const char *shown, struct error *error);

/* Up to `room` ≥ 1 bytes of content into `buffer`; *got = 0 at the end. -1 with the error set: a read that fails
   (EXIT_IO); truncated or corrupt gzip, a wrong checksum or length, bytes behind the last member (EXIT_DATA:
   GZIP_TRUNCATED, GZIP_CORRUPT, GZIP_TRAILING); more than SOURCE_EXPANSION times as many bytes as were read, beyond the
   first SOURCE_FREE bytes (GZIP_BOMB). The content before such a fault is given out first, so that the first fault of a
   file is the same however it is read; `SHOWN:LINE: CODE: reason` names the line on which the content breaks off. */
int source_read(struct source *source, void *buffer, size_t room, size_t *got, struct error *error);

/* A new file for source_ahead that has no name any more: it is made at `path`, where there must be none. Its descriptor; -1 with
   the error set. */
int source_spool(const char *path, struct error *error);

/* Content of a gzip file laid by before any of it is read, so that another thread can inflate it in the meantime: adds up to
   `room` ≥ 1 bytes, by way of `buffer`, to the file `spool`, which is open for reading and writing, empty, the same in every call
   and belongs to the source from the first. source_read gives the bytes out in their order and inflates on behind them, with the
   same faults as ever. 1 when there may be more; 0 at the end, at a fault, which source_read tells, or in a plain file; -1 with
   the error set (EXIT_IO) when the spool or the file fails. One thread at a time uses a source. */
int source_ahead(struct source *source, int spool, void *buffer, size_t room, struct error *error);

#define SOURCE_EXPANSION 200
#define SOURCE_FREE (UINT64_C(64) << 20)

/* Bytes of the file consumed so far, and of its content given out. */
uint64_t source_consumed(const struct source *source);
uint64_t source_given(const struct source *source);

/* Before the first source_read or source_ahead: the file's own bytes (of gzip the packed ones) are hashed as they are read. -1 with
   the error set when memory is out. */
int source_hash_begin(struct source *source, struct error *error);

/* Leaves the hashing of what is read from now on to the reader; false where that cannot be: of gzip, whose own bytes nobody else sees, and
   where nobody asks for the hash. source_unhashed: of the bytes given out last, how many were read since it was called before. */
bool source_hash_later(struct source *source);
size_t source_unhashed(struct source *source);

/* Hashes such bytes, of two sources at once or of one (`other` NULL): those of a source one after the other, on any thread, also while it is
   being read. */
struct source_bytes {
	struct source *source;
	const void *bytes;
	size_t length;
};
void source_hash_bytes(const struct source_bytes *one, const struct source_bytes *other);

/* The SHA-256 of the file; false when it was not asked for, or the file was not read, and hashed, to its end. Once. */
bool source_hash(struct source *source, char text[HASH_TEXT]);

/* source_close(NULL) is harmless. */
void source_close(struct source *source);

#endif
