/* Hashes of many files: see hash.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/hash.h"

#define PIECE_BYTES ((size_t)1 << 18)

/* One of the two files in hand. */
struct lane {
	size_t item; /* which of the files; `count` when there are no more */
	int file;
	struct hash_stream *stream;
	unsigned char *buffer, *at;
	size_t length; /* of what is read and not hashed */
};

struct files {
	const char *const *path;
	size_t count, next;
	char (*text)[HASH_TEXT];
	struct error *error;
};

static void close_lane(struct lane *lane)
{
	if (lane->file >= 0)
		(void)close(lane->file);
	hash_stream_free(lane->stream);
	lane->file = -1;
	lane->stream = NULL;
}

/* Opens the next file; without one the lane has none. */
static int open_next(struct files *files, struct lane *lane)
{
	lane->item = files->next < files->count ? files->next++ : files->count;
	if (lane->item == files->count)
		return 0;
	const char *path = files->path[lane->item];
	lane->file = open(path, O_RDONLY | O_CLOEXEC);
	if (lane->file < 0)
		return error_system(files->error, errno, "%s: cannot be opened", path);
	lane->stream = hash_stream_new();
	return lane->stream == NULL ? error_set(files->error, EXIT_IO, "%s: no memory to read it", path) : 0;
}

/* Reads on, with the next file where this one ends, until there are bytes or no file is left. */
static int fill(struct files *files, struct lane *lane)
{
	while (lane->item < files->count && lane->length == 0) {
		ssize_t got = read(lane->file, lane->buffer, PIECE_BYTES);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_system(files->error, errno, "%s: cannot be read", files->path[lane->item]);
		lane->at = lane->buffer;
		lane->length = (size_t)got;
		if (got > 0)
			break;
		if (!hash_stream_text(lane->stream, files->text[lane->item]))
			return error_set(files->error, EXIT_IO, "%s: no memory to read it", files->path[lane->item]);
		close_lane(lane);
		if (open_next(files, lane) != 0)
			return -1;
	}
	return 0;
}

/* As many bytes of both as the one has that has fewer; all of the one that is alone. */
static void add(struct lane *one, struct lane *other)
{
	size_t both = one->length < other->length ? one->length : other->length;
	size_t left = both > 0 ? both : one->length, right = both > 0 ? both : other->length;
	if (both > 0)
		hash_streams_add(one->stream, one->at, both, other->stream, other->at, both);
	else
		hash_stream_add(left > 0 ? one->stream : other->stream, left > 0 ? one->at : other->at, left > 0 ? left : right);
	one->at += left;
	one->length -= left;
	other->at += right;
	other->length -= right;
}

int hash_files(const char *const *path, size_t count, char (*text)[HASH_TEXT], struct error *error)
{
	struct files files = { .path = path, .count = count, .text = text, .error = error };
	struct lane one = { .file = -1, .buffer = malloc(PIECE_BYTES) }, other = { .file = -1, .buffer = malloc(PIECE_BYTES) };
	int result = one.buffer == NULL || other.buffer == NULL ? error_set(error, EXIT_IO, "no memory to read files") : 0;
	if (result == 0 && (open_next(&files, &one) != 0 || open_next(&files, &other) != 0))
		result = -1;
	while (result == 0 && (one.item < count || other.item < count)) {
		result = fill(&files, &one) != 0 || fill(&files, &other) != 0 ? -1 : 0;
		if (result == 0 && one.length + other.length > 0)
			add(&one, &other);
	}
	close_lane(&one);
	close_lane(&other);
	free(one.buffer);
	free(other.buffer);
	return result;
}
