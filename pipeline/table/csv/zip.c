/* Reads zip files by their central directory, and exchanges members (APPNOTE 6.3.3): see zip.h. */
#include "pipeline/table/csv/zip.h"

#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#define LOCAL_BYTES 30U
#define ENTRY_BYTES 46U
#define END_BYTES 22U
#define DEFLATED 8U /* the method of a member; 0: it is stored */
#define PACKED_AT 14U /* of a local header, and two bytes on of an entry: checksum, packed length, length */
#define LEVEL 4 /* of zlib: a third of the time of its usual one, for a twentieth more bytes */
#define DEFLATE_MOST 1033U /* times that deflate packs at best */

static const char damaged[] = "a member of the zip file is damaged";

struct archive {
	const unsigned char *bytes;
	size_t length;
	const char *shown;
	struct arena *arena;
	struct error *error;
	size_t given; /* bytes of members so far */
};

static uint32_t number(const unsigned char *at, size_t bytes)
{
	uint32_t value = 0;
	for (size_t i = bytes; i-- > 0;)
		value = value << 8 | at[i];
	return value;
}

static int fault(const struct archive *archive, const char *what)
{
	return error_set(archive->error, EXIT_DATA, "%s: %s", archive->shown, what);
}

/* Position of the end record; SIZE_MAX without. */
static size_t find_end(const struct archive *archive)
{
	for (size_t back = END_BYTES; back <= archive->length && back <= END_BYTES + UINT16_MAX; back++)
		if (memcmp(archive->bytes + archive->length - back, "PK\5\6", 4) == 0)
			return archive->length - back;
	return SIZE_MAX;
}

/* -1 with the error set: memory is not damage. */
static int inflate_all(const struct archive *archive, const unsigned char *from, size_t packed, char *to, size_t size)
{
	z_stream stream = { .next_in = from, .avail_in = (uInt)packed, .next_out = (Bytef *)to, .avail_out = (uInt)size };
	int result = inflateInit2(&stream, -MAX_WBITS);
	if (result == Z_OK) {
		result = inflate(&stream, Z_FINISH);
		(void)inflateEnd(&stream);
	}
	if (result == Z_MEM_ERROR)
		return error_set(archive->error, EXIT_IO, "%s: no memory to decompress it", archive->shown);
	return result == Z_STREAM_END && stream.avail_out == 0 && stream.avail_in == 0 ? 0 : fault(archive, damaged);
}

/* The start of a member's data by its entry of the directory; 0 with the error set. */
static size_t find_data(const struct archive *archive, const unsigned char *entry)
{
	size_t packed = number(entry + 20, 4), local = number(entry + 42, 4);
	if (local > archive->length || archive->length - local < LOCAL_BYTES || memcmp(archive->bytes + local, "PK\3\4", 4) != 0)
		return (void)fault(archive, "the zip file's directory points elsewhere"), 0;
	size_t start = local + LOCAL_BYTES + number(archive->bytes + local + 26, 2) + number(archive->bytes + local + 28, 2);
	if (start > archive->length || packed > archive->length - start)
		return (void)fault(archive, "a member of the zip file is cut off"), 0;
	return start;
}

/* Bytes of the entry of the directory at `at`, which ends at `end`; 0 with the error set when it does not lie there. */
static size_t entry_bytes(const struct archive *archive, size_t at, size_t end)
{
	bool inside = at <= end && end - at >= ENTRY_BYTES && memcmp(archive->bytes + at, "PK\1\2", 4) == 0;
	size_t name = inside ? number(archive->bytes + at + 28, 2) : 0;
	if (!inside || end - at - ENTRY_BYTES < name)
		return (void)fault(archive, "the zip file's directory is cut off"), 0;
	return ENTRY_BYTES + name + number(archive->bytes + at + 30, 2) + number(archive->bytes + at + 32, 2);
}

int zip_check(const char *bytes, size_t length, const char *shown, struct error *error)
{
	const struct archive archive = { .bytes = (const unsigned char *)bytes, .length = length, .shown = shown, .error = error };
	size_t end = length < END_BYTES ? SIZE_MAX : find_end(&archive), expected = 0;
	if (end == SIZE_MAX)
		return fault(&archive, "this is no zip file");
	size_t members = number(archive.bytes + end + 10, 2), directory = number(archive.bytes + end + 16, 4), at = directory;
	for (size_t i = 0; i < members; i++) {
		size_t entry = entry_bytes(&archive, at, end), start = entry == 0 ? 0 : find_data(&archive, archive.bytes + at);
		if (start == 0)
			return -1;
		size_t local = number(archive.bytes + at + 42, 4);
		if (local != expected || memcmp(archive.bytes + at + 16, archive.bytes + local + 14, 12) != 0)
			return fault(&archive, "a member of the zip file is not as its directory says");
		expected = start + number(archive.bytes + at + 20, 4);
		at += entry;
	}
	return expected == directory && at == end ? 0 : fault(&archive, "the zip file has gaps");
}

/* One entry of the directory at `entry`, which is known to lie inside the file. */
static int read_member(struct archive *archive, const unsigned char *entry, struct zip_member *member)
{
	uint32_t method = number(entry + 10, 2), sum = number(entry + 16, 4), name_length = number(entry + 28, 2);
	size_t packed = number(entry + 20, 4), size = number(entry + 24, 4);
	if ((entry[8] & 1) != 0 || (method != 0 && method != DEFLATED))
		return fault(archive, "a member of the zip file is encrypted or packed in another way than deflate");
	size_t start = find_data(archive, entry);
	if (start == 0)
		return -1;
	if (method == 0 && packed != size)
		return fault(archive, "a member of the zip file is cut off");
	if (size > ZIP_LARGEST - archive->given || size / DEFLATE_MOST > packed)
		return fault(archive, "the zip file holds too much");
	archive->given += size;
	char *bytes = arena_take(archive->arena, size + 1, 1, archive->error);
	member->name = arena_text(archive->arena, (const char *)entry + ENTRY_BYTES, name_length, archive->error);
	if (bytes == NULL || member->name == NULL)
		return -1;
	const unsigned char *data = archive->bytes + start;
	if (method == 0 && size > 0)
		memcpy(bytes, data, size);
	if (method == DEFLATED && inflate_all(archive, data, packed, bytes, size) != 0)
		return -1;
	if (crc32(0, (const Bytef *)bytes, (uInt)size) != sum)
		return fault(archive, damaged);
	member->bytes = bytes;
	member->length = size;
	return 0;
}

struct zip_member *zip_read(const char *bytes, size_t length, const char *shown, size_t *count, struct arena *arena,
	struct error *error)
{
	struct archive archive = { .bytes = (const unsigned char *)bytes, .length = length, .shown = shown, .arena = arena,
		.error = error };
	size_t end = length < END_BYTES ? SIZE_MAX : find_end(&archive);
	if (end == SIZE_MAX) {
		(void)fault(&archive, "this is no zip file");
		return NULL;
	}
	size_t members = number(archive.bytes + end + 10, 2), at = number(archive.bytes + end + 16, 4);
	struct zip_member *member = arena_take(arena, members, sizeof *member, error);
	for (size_t i = 0; member != NULL && i < members; i++) {
		size_t entry = entry_bytes(&archive, at, end);
		if (entry == 0 || read_member(&archive, archive.bytes + at, &member[i]) != 0)
			return NULL;
		at += entry;
	}
	*count = members;
	return member;
}

/* ---- exchanging members ---- */

/* Deflates what `next` gives, a piece of room at a time. */
static int deflate_all(z_stream *stream, struct zip_piece *piece, int ending, size_t (*next)(void *context, char *bytes, size_t room),
	void *context, char *room, struct text *to, struct error *error)
{
	char *packed = room + ZIP_ROOM;
	for (size_t got = 1; got > 0;) {
		got = next(context, room, ZIP_ROOM);
		piece->whole += got;
		piece->sum = (uint32_t)crc32(piece->sum, (const Bytef *)room, (uInt)got);
		stream->next_in = (const Bytef *)room;
		stream->avail_in = (uInt)got;
		do {
			stream->next_out = (Bytef *)packed;
			stream->avail_out = (uInt)ZIP_ROOM;
			(void)deflate(stream, got > 0 ? Z_NO_FLUSH : ending);
			if (text_add(to, packed, ZIP_ROOM - stream->avail_out, error) != 0)
				return -1;
		} while (stream->avail_out == 0);
	}
	return 0;
}

int zip_pack(struct zip_piece *piece, bool last, size_t (*next)(void *context, char *bytes, size_t room), void *context, struct arena *arena,
	struct error *error)
{
	z_stream stream = { .next_in = NULL };
	struct text packed = { .arena = arena };
	char *room = malloc(2 * ZIP_ROOM);
	*piece = (struct zip_piece){ .sum = (uint32_t)crc32(0, NULL, 0) };
	int result = -1;
	if (room == NULL || deflateInit2(&stream, LEVEL, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
		(void)error_set(error, EXIT_IO, "no memory to compress a part of a zip file");
	} else {
		result = deflate_all(&stream, piece, last ? Z_FINISH : Z_FULL_FLUSH, next, context, room, &packed, error);
		(void)deflateEnd(&stream);
	}
	free(room);
	piece->bytes = packed.bytes;
	piece->length = packed.length;
	return result;
}

/* A part, and what its pieces are together. */
struct exchange {
	const struct zip_part *part;
	struct zip_piece all;
};

/* False when that is more than a zip file can say. */
static bool join_pieces(struct exchange *exchange)
{
	struct zip_piece *all = &exchange->all;
	*all = (struct zip_piece){ .sum = (uint32_t)crc32(0, NULL, 0) };
	for (size_t i = 0; i < exchange->part->pieces; i++) {
		const struct zip_piece *piece = &exchange->part->piece[i];
		all->length += piece->length;
		all->whole += piece->whole;
		all->sum = (uint32_t)crc32_combine(all->sum, piece->sum, (z_off_t)piece->whole);
	}
	return all->length < UINT32_MAX && all->whole < UINT32_MAX;
}

static void put_number(char *at, size_t number)
{
	for (size_t i = 0; i < 4; i++)
		at[i] = (char)(number >> 8 * i & 0xFF);
}

/* The same of a local header or an entry of the directory. */
static void describe(char *at, const struct zip_piece *all)
{
	put_number(at, all->sum);
	put_number(at + 4, all->length);
	put_number(at + 8, all->whole);
}

/* The exchange of the deflated member of that entry; NULL when it stays. */
static const struct exchange *exchange_of(const struct exchange *exchange, size_t count, const char *entry)
{
	size_t named = number((const unsigned char *)entry + 28, 2);
	for (size_t i = 0; i < count && number((const unsigned char *)entry + 10, 2) == DEFLATED; i++)
		if (text_equal(entry + ENTRY_BYTES, named, exchange[i].part->name))
			return &exchange[i];
	return NULL;
}

/* The member of an entry, whose header and data lie in the archive up to `data`, as it is or exchanged; the entry then says so. */
static int put_member(const struct archive *archive, char *entry, size_t data, const struct exchange *exchange, struct text *to)
{
	size_t local = number((unsigned char *)entry + 42, 4), place = to->length, kept = exchange == NULL ? number((unsigned char *)entry + 20, 4) : 0;
	if (text_add(to, (const char *)archive->bytes + local, data - local + kept, archive->error) != 0)
		return -1;
	if (exchange == NULL)
		return 0;
	for (size_t i = 0; i < exchange->part->pieces; i++)
		if (text_add(to, exchange->part->piece[i].bytes, exchange->part->piece[i].length, archive->error) != 0)
			return -1;
	describe(to->bytes + place + PACKED_AT, &exchange->all);
	describe(entry + PACKED_AT + 2, &exchange->all);
	return 0;
}

/* The members, and where each of them stands now. */
static int put_members(const struct archive *archive, size_t directory, const struct exchange *exchange, size_t count, char *entries,
	size_t size, struct text *to)
{
	size_t start = to->length, exchanged = 0;
	for (size_t at = 0; at < size; at += entry_bytes(archive, directory + at, directory + size)) {
		const struct exchange *own = exchange_of(exchange, count, entries + at);
		size_t place = to->length;
		if (put_member(archive, entries + at, find_data(archive, archive->bytes + directory + at), own, to) != 0)
			return -1;
		put_number(entries + at + 42, place - start);
		exchanged += own != NULL;
	}
	return exchanged == count ? 0 : fault(archive, "the zip file lacks a part");
}

int zip_exchange(const char *bytes, size_t length, const char *shown, const struct zip_part *part, size_t parts, struct text *to,
	struct error *error)
{
	const struct archive archive = { .bytes = (const unsigned char *)bytes, .length = length, .shown = shown, .error = error };
	if (zip_check(bytes, length, shown, error) != 0)
		return -1;
	size_t end = find_end(&archive), directory = number(archive.bytes + end + 16, 4), size = end - directory, start = to->length;
	char *entries = malloc(size + 1);
	struct exchange *exchange = calloc(parts + 1, sizeof *exchange);
	bool small = true;
	for (size_t i = 0; i < parts && exchange != NULL; i++) {
		exchange[i].part = &part[i];
		small = join_pieces(&exchange[i]) && small;
	}
	int result = -1;
	if (entries == NULL || exchange == NULL || !small)
		(void)error_set(error, EXIT_IO, "%s: %s", shown, small ? "memory is out" : "its part is too large");
	else {
		memcpy(entries, bytes + directory, size);
		result = put_members(&archive, directory, exchange, parts, entries, size, to);
	}
	size_t moved = to->length - start;
	if (result == 0 && moved >= UINT32_MAX)
		result = error_set(error, EXIT_IO, "%s: it is too large", shown);
	if (result == 0 && (text_add(to, entries, size, error) != 0 || text_add(to, bytes + end, length - end, error) != 0))
		result = -1;
	if (result == 0)
		put_number(to->bytes + to->length - (length - end) + 16, moved);
	free(exchange);
	free(entries);
	return result;
}
