/* Input files as streams of bytes: see source.h. */
#include "pipeline/table/csv/source.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/text.h"
#include "pipeline/table/csv/gunzip.h"

#define INPUT_BYTES ((size_t)1 << 16) /* of the file, read at a time */
#define HEAD_BYTES 512                /* looked at to tell what a file is */
#define PIECE_BYTES ((size_t)1 << 17) /* of content, inflated at a time: what comes before a fault does not depend on the reader's room */

struct source {
	const char *shown;
	int file;
	bool gzip;
	bool at_end;          /* the file has no more bytes to read */
	bool between;         /* gzip: a member has ended, the next has not begun */
	const char *code, *reason; /* gzip: a fault that comes once the content before it was given out; NULL: none */
	uint64_t consumed, inflated, given, lines;
	int spool;             /* content inflated ahead; −1: none */
	uint64_t spooled;      /* bytes of it */
	struct hash_stream *hash; /* of what was read of the file; NULL: nobody asks */
	bool hash_later;          /* its reader hashes */
	size_t unhashed;          /* bytes read since source_unhashed */
	uint64_t later, hashed;   /* bytes that were left to the reader; those that it has hashed: of whoever does */
	struct gunzip *gunzip;    /* NULL: a plain file */
	size_t from, to; /* bytes of `input` that were read and not yet used */
	size_t piece_from, piece_to; /* gzip: of `piece`, inflated and not yet given */
	unsigned char *piece;        /* PIECE_BYTES for a reader with less room; NULL: none has come */
	unsigned char input[INPUT_BYTES];
};

static int refuse(const struct source *source, const char *code, const char *reason, struct error *error)
{
	const struct error_place place = { .file = source->shown, .line = source->lines + 1, .code = code };
	return error_at(error, &place, "%s", reason);
}

/* read(), begun again after a signal. */
static int read_some(struct source *source, void *buffer, size_t room, size_t *got, struct error *error)
{
	ssize_t count;
	do
		count = read(source->file, buffer, room);
	while (count < 0 && errno == EINTR);
	if (count < 0)
		return error_system(error, errno, "%s: cannot be read", source->shown);
	if (source->hash_later)
		source->unhashed += (size_t)count;
	else if (source->hash != NULL)
		hash_stream_add(source->hash, buffer, (size_t)count);
	source->consumed += (uint64_t)count;
	source->at_end = count == 0;
	*got = (size_t)count;
	return 0;
}

/* Has at least `needed` unused bytes of input where the file has them. */
static int fill(struct source *source, size_t needed, struct error *error)
{
	if (source->to - source->from >= needed)
		return 0;
	memmove(source->input, source->input + source->from, source->to - source->from);
	source->to -= source->from;
	source->from = 0;
	while (source->to < needed && !source->at_end) {
		size_t got = 0;
		if (read_some(source, source->input + source->to, INPUT_BYTES - source->to, &got, error) != 0)
			return -1;
		source->to += got;
	}
	return 0;
}

static int open_file(struct source *source, const char *path, struct error *error)
{
	source->file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (source->file < 0 && errno == ELOOP)
		return refuse(source, "NOT_A_FILE", "a symbolic link; give the file itself", error);
	if (source->file < 0 && errno == ENXIO)
		return refuse(source, "NOT_A_FILE", "a socket or device, not a file", error);
	if (source->file < 0)
		return error_system(error, errno, "%s: cannot be opened", source->shown);
	struct stat status;
	if (fstat(source->file, &status) != 0)
		return error_system(error, errno, "%s: cannot be examined", source->shown);
	if (S_ISDIR(status.st_mode))
		return refuse(source, "NOT_A_FILE", "a directory, not a file", error);
	if (!S_ISREG(status.st_mode))
		return refuse(source, "NOT_A_FILE", "a pipe, socket or device, not a file", error);
	(void)posix_fadvise(source->file, 0, 0, POSIX_FADV_SEQUENTIAL);
	return 0;
}

static bool begins(const struct source *source, const char *magic, size_t length)
{
	return source->to - source->from >= length && memcmp(source->input + source->from, magic, length) == 0;
}

static bool gzip_begins(const struct source *source)
{
	return begins(source, "\x1f\x8b", 2);
}

/* A web page saved as a .csv: an error page or a login page, as a rule. */
static bool is_html(const struct source *source)
{
	size_t at = begins(source, "\xEF\xBB\xBF", 3) ? 3 : 0;
	size_t end = source->to < HEAD_BYTES ? source->to : HEAD_BYTES;
	while (at < end && isspace(source->input[at]))
		at++;
	if (at == end || source->input[at] != '<')
		return false;
	for (; at + 4 <= end; at++)
		if (tolower(source->input[at]) == 'h' && tolower(source->input[at + 1]) == 't' &&
			tolower(source->input[at + 2]) == 'm' && tolower(source->input[at + 3]) == 'l')
			return true;
	return false;
}

/* What the first bytes say the file is, against what its name says. */
static int check_head(struct source *source, bool named_gzip, bool by_content, struct error *error)
{
	bool magic = gzip_begins(source);
	bool prefix = source->to == 0 || (source->to == 1 && source->input[0] == 0x1f);
	source->gzip = named_gzip || (by_content && magic);
	if (named_gzip && prefix)
		return refuse(source, "GZIP_TRUNCATED", "the file is empty; fetch it again", error);
	if (named_gzip && !magic)
		return refuse(source, "NOT_GZIP", "the name ends in .gz but the file is not gzip; rename or compress it",
			error);
	if (by_content || named_gzip)
		return 0;
	if (magic)
		return refuse(source, "IS_GZIP", "the file is gzip; let its name end in .gz", error);
	if (begins(source, "PK\x03\x04", 4) || begins(source, "PK\x05\x06", 4))
		return refuse(source, "IS_ZIP", "a zip archive or an Excel workbook; export the table as CSV", error);
	if (begins(source, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
		return refuse(source, "IS_XLS", "an Excel workbook of the old kind; export the table as CSV", error);
	if (is_html(source))
		return refuse(source, "IS_HTML", "a web page, not a table; fetch the file again", error);
	return 0;
}

static int start_inflating(struct source *source, struct error *error)
{
	if (source->gzip && (source->gunzip = gunzip_new()) == NULL)
		return error_set(error, EXIT_IO, "%s: no memory to decompress it", source->shown);
	return 0;
}

static int open_source(struct source **result, const char *path, const char *shown, bool by_content,
	struct error *error)
{
	size_t length = strlen(path);
	bool named_gzip = length >= 3 && strcasecmp(path + length - 3, ".gz") == 0;
	struct source *source = calloc(1, sizeof *source);
	*result = NULL;
	if (source == NULL)
		return error_set(error, EXIT_IO, "%s: no memory to read it", shown);
	source->shown = shown;
	source->file = source->spool = -1;
	if (open_file(source, path, error) != 0 || fill(source, HEAD_BYTES, error) != 0 ||
		check_head(source, named_gzip, by_content, error) != 0 || start_inflating(source, error) != 0) {
		source_close(source);
		return -1;
	}
	*result = source;
	return 0;
}

int source_open(struct source **source, const char *path, const char *shown, struct error *error)
{
	return open_source(source, path, shown, false, error);
}

int source_open_by_content(struct source **source, const char *path, const char *shown, struct error *error)
{
	return open_source(source, path, shown, true, error);
}

int source_hash_begin(struct source *source, struct error *error)
{
	source->hash = hash_stream_new();
	if (source->hash == NULL)
		return error_set(error, EXIT_IO, "%s: no memory to read it", source->shown);
	hash_stream_add(source->hash, source->input, source->to); /* of which nothing has been used yet */
	return 0;
}

bool source_hash_later(struct source *source)
{
	source->hash_later = !source->gzip && source->hash != NULL;
	return source->hash_later;
}

size_t source_unhashed(struct source *source)
{
	size_t bytes = source->unhashed;
	source->later += bytes;
	source->unhashed = 0;
	return bytes;
}

void source_hash_bytes(const struct source_bytes *one, const struct source_bytes *other)
{
	one->source->hashed += one->length;
	if (other == NULL) {
		hash_stream_add(one->source->hash, one->bytes, one->length);
		return;
	}
	other->source->hashed += other->length;
	hash_streams_add(one->source->hash, one->bytes, one->length, other->source->hash, other->bytes, other->length);
}

bool source_hash(struct source *source, char text[HASH_TEXT])
{
	return source->hash != NULL && source->at_end && source->unhashed == 0 && source->later == source->hashed &&
		hash_stream_text(source->hash, text);
}

/* The head first, then straight from the file into the caller's buffer. */
static int read_plain(struct source *source, unsigned char *buffer, size_t room, size_t *got, struct error *error)
{
	size_t held = source->to - source->from;
	if (held == 0)
		return source->at_end ? 0 : read_some(source, buffer, room, got, error);
	*got = held < room ? held : room;
	memcpy(buffer, source->input + source->from, *got);
	source->from += *got;
	return 0;
}

/* Keeps a fault for when the content before it was given out. */
static int found(struct source *source, const char *code, const char *reason)
{
	source->code = code;
	source->reason = reason;
	return -1;
}

/* Between two members: 1 when another one begins, 0 at the end of the file. */
static int next_member(struct source *source, struct error *error)
{
	if (fill(source, 2, error) != 0)
		return -1;
	if (source->to == source->from)
		return 0;
	if (!gzip_begins(source))
		return found(source, "GZIP_TRAILING", "bytes behind the compressed data; fetch the file again");
	gunzip_again(source->gunzip);
	source->between = false;
	return 1;
}

static bool is_bomb(const struct source *source)
{
	return source->inflated > SOURCE_FREE && source->inflated / SOURCE_EXPANSION > source->consumed;
}

/* Inflates on into a piece, of which *got bytes are there. 1 when it went well. */
static int inflate_some(struct source *source, unsigned char *piece, size_t *got, struct error *error)
{
	if (fill(source, 1, error) != 0)
		return -1;
	size_t used = source->to - source->from, given = 0;
	bool ended = used == 0;
	enum gunzip_result result = gunzip_some(source->gunzip, source->input + source->from, &used, piece + *got, PIECE_BYTES - *got, &given);
	source->from += used;
	*got += given;
	source->inflated += given;
	source->between = result == GUNZIP_END;
	if (result == GUNZIP_WRONG)
		return found(source, "GZIP_CORRUPT", "the compressed data are damaged; fetch the file again");
	if (result == GUNZIP_MORE && ended && given == 0)
		return found(source, "GZIP_TRUNCATED", "the compressed data break off; fetch the file again");
	return 1;
}

/* A whole piece, less at the end of the file and before a fault. 1 when there may be more. */
static int inflate_piece(struct source *source, unsigned char *piece, size_t *got, struct error *error)
{
	int more = 1;
	*got = 0;
	if (is_bomb(source))
		return found(source, "GZIP_BOMB", "decompresses to too many times its size; is it the right file?");
	while (more > 0 && *got < PIECE_BYTES)
		more = source->between ? next_member(source, error) : inflate_some(source, piece, got, error);
	return more;
}

/* Inflates a piece that the reader has no room for whole. */
static int inflate_aside(struct source *source, struct error *error)
{
	if (source->piece == NULL && (source->piece = malloc(PIECE_BYTES)) == NULL)
		return error_set(error, EXIT_IO, "%s: no memory to decompress it", source->shown);
	source->piece_from = 0;
	return inflate_piece(source, source->piece, &source->piece_to, error);
}

/* Gives out of the piece that was inflated aside; how many bytes. */
static size_t give_aside(struct source *source, unsigned char *buffer, size_t room)
{
	size_t held = source->piece_to - source->piece_from, given = held < room ? held : room;
	if (given > 0)
		memcpy(buffer, source->piece + source->piece_from, given);
	source->piece_from += given;
	return given;
}

/* Inflates up to `room` bytes; what there is before a fault is no fault. */
static int inflate_more(struct source *source, unsigned char *buffer, size_t room, size_t *got, struct error *error)
{
	int more = 1;
	*got += give_aside(source, buffer, room);
	while (more > 0 && *got < room && source->code == NULL) {
		size_t given = 0;
		if (room - *got >= PIECE_BYTES)
			more = inflate_piece(source, buffer + *got, &given, error);
		else if ((more = inflate_aside(source, error)) >= 0 || source->code != NULL)
			given = give_aside(source, buffer + *got, room - *got);
		*got += given;
	}
	return more < 0 && source->code == NULL ? -1 : 0;
}

/* pread and write, until all is done. */
static int read_spool(const struct source *source, char *buffer, size_t length, struct error *error)
{
	for (size_t at = 0; at < length;) {
		ssize_t count = pread(source->spool, buffer + at, length - at, (off_t)(source->given + at));
		if (count == 0 || (count < 0 && errno != EINTR))
			return error_system(error, count == 0 ? EIO : errno, "%s: what was decompressed of it cannot be read", source->shown);
		at += count > 0 ? (size_t)count : 0;
	}
	return 0;
}

static int write_spool(struct source *source, const char *buffer, size_t length, struct error *error)
{
	for (size_t at = 0; at < length;) {
		ssize_t count = write(source->spool, buffer + at, length - at);
		if (count < 0 && errno != EINTR)
			return error_system(error, errno, "%s: what was decompressed of it cannot be kept", source->shown);
		at += count > 0 ? (size_t)count : 0;
	}
	source->spooled += length;
	return 0;
}

int source_spool(const char *path, struct error *error)
{
	int spool = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (spool < 0)
		return error_system(error, errno, "%s: cannot be created", path);
	if (unlink(path) == 0)
		return spool;
	(void)error_system(error, errno, "%s: cannot be unlinked", path);
	(void)close(spool);
	return -1;
}

int source_ahead(struct source *source, int spool, void *buffer, size_t room, struct error *error)
{
	size_t got = 0;
	source->spool = spool;
	if (!source->gzip || source->code != NULL || source->given > 0)
		return 0;
	if (inflate_more(source, buffer, room, &got, error) != 0 || write_spool(source, buffer, got, error) != 0)
		return -1;
	return source->code == NULL && got == room;
}

static int read_gzip(struct source *source, unsigned char *buffer, size_t room, size_t *got, struct error *error)
{
	if (source->given < source->spooled) {
		uint64_t left = source->spooled - source->given;
		*got = left < room ? (size_t)left : room;
		return read_spool(source, (char *)buffer, *got, error);
	}
	int result = inflate_more(source, buffer, room, got, error);
	if (source->code != NULL)
		return *got > 0 ? 0 : refuse(source, source->code, source->reason, error);
	return result;
}

int source_read(struct source *source, void *buffer, size_t room, size_t *got, struct error *error)
{
	*got = 0;
	if (!source->gzip) {
		if (read_plain(source, buffer, room, got, error) != 0)
			return -1;
	} else {
		if (read_gzip(source, buffer, room, got, error) != 0)
			return -1;
		source->lines += text_line_feeds(buffer, *got); /* to say on which line the content breaks off */
	}
	source->given += *got;
	return 0;
}

uint64_t source_consumed(const struct source *source)
{
	return source->consumed;
}

uint64_t source_given(const struct source *source)
{
	return source->given;
}

void source_close(struct source *source)
{
	if (source == NULL)
		return;
	gunzip_free(source->gunzip);
	free(source->piece);
	if (source->file >= 0)
		(void)close(source->file);
	if (source->spool >= 0)
		(void)close(source->spool);
	hash_stream_free(source->hash);
	free(source);
}
