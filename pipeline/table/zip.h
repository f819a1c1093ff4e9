/* The members of a zip file (xlsx), read whole: stored and deflated ones. */
#ifndef FINSAMSTAT_TABLE_ZIP_H
#define FINSAMSTAT_TABLE_ZIP_H

#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

struct zip_member {
	const char *name;
	const char *bytes; /* NUL behind */
	size_t length;
};

/* Every member of the archive in `bytes` (in memory, `length` bytes), inflated, in the order of its directory; *count of them.
   `shown` is the file's name in messages. Without encryption, several disks or zip64. A member's checksum and length must hold; all
   together may be ZIP_LARGEST bytes. NULL with the error set: EXIT_DATA, or EXIT_IO when memory is out. */
struct zip_member *zip_read(const char *bytes, size_t length, const char *shown, size_t *count, struct arena *arena,
	struct error *error);

/* Whether the archive is whole as to its form: its members stand one behind the other from the first byte to the directory, each with the
   length and checksum that the directory gives it. Nothing is unpacked. -1 with the error (EXIT_DATA) set. */
int zip_check(const char *bytes, size_t length, const char *shown, struct error *error);

#define ZIP_LARGEST ((size_t)1 << 30)

#endif
