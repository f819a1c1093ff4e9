/* The members of a zip file (xlsx), stored and deflated ones: read whole, and some exchanged. */
#ifndef FINSAMSTAT_TABLE_ZIP_H
#define FINSAMSTAT_TABLE_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

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

/* A piece of a member, packed by itself: pieces are packed beside each other and stand one behind the other in the file. */
struct zip_piece {
	const char *bytes; /* packed */
	size_t length, whole; /* bytes of it packed, and as it was */
	uint32_t sum;
};

/* Packs what `next` gives: it fills `bytes` up to `room` (ZIP_ROOM) and returns how many it wrote, 0 at the end. `last`: nothing of the
   member follows. -1 with the error set (EXIT_IO) when memory is out. */
#define ZIP_ROOM ((size_t)1 << 16)
int zip_pack(struct zip_piece *piece, bool last, size_t (*next)(void *context, char *bytes, size_t room), void *context, struct arena *arena,
	struct error *error);

/* What a member `name` is to hold: pieces, of which zip_pack made the last as such. */
struct zip_part {
	const char *name;
	const struct zip_piece *piece;
	size_t pieces;
};

/* The archive with `parts` parts, each of another name, in the place of what its deflated members of those names hold, added to `to`.
   Both are without encryption, several disks or zip64. -1 with the error set: EXIT_DATA when the archive lacks such a member or its form is
   not whole, EXIT_IO when memory is out or a member is larger than a zip file can hold. */
int zip_exchange(const char *bytes, size_t length, const char *shown, const struct zip_part *part, size_t parts, struct text *to,
	struct error *error);

#define ZIP_LARGEST ((size_t)1 << 30)

#endif
