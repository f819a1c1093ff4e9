/* Temporary files of libxlsxwriter: see workbook_files.h. */
#define _GNU_SOURCE /* fopencookie, mkostemp */
#include "stages/publish/workbook_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>
#include <xlsxwriter/utility.h>

#include "pipeline/base/text.h"
#include "pipeline/table/source.h"
#include "pipeline/table/zip.h"

static int fault; /* one workbook is written at a time */
static bool doubt;
static const struct workbook_insert *insert; /* NULL: none */

static void note(int number)
{
	fault = fault == 0 ? number : fault;
}

void workbook_files_look(void)
{
	doubt = doubt || errno == ENOMEM;
}

/* A temporary file, and what is put into it as it is read. */
struct stream {
	int file;
	off64_t from, to; /* in the place of these bytes; 0: nothing is put in */
	off64_t at;       /* of the file, while it is read before them */
	char *text;       /* what is put in, a piece at a time; NULL: not begun, or done */
	size_t length, given;
};

/* Called by each function of a stream: the library makes one for every part of the workbook. */
static struct stream *stream_of(void *cookie)
{
	workbook_files_look();
	return cookie;
}

static ssize_t read_file(int file, char *bytes, size_t room)
{
	ssize_t got;
	do
		got = read(file, bytes, room);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		note(errno);
	return got;
}

/* What is put in; 0 at its end, from where on the file goes on behind the place. */
static size_t read_insert(struct stream *stream, char *bytes, size_t room)
{
	if (stream->given == stream->length) {
		stream->length = insert->next(insert->context, stream->text, WORKBOOK_INSERT_ROOM);
		stream->given = 0;
	}
	size_t left = stream->length - stream->given, some = left < room ? left : room;
	memcpy(bytes, stream->text + stream->given, some);
	stream->given += some;
	return some;
}

static ssize_t read_some(void *cookie, char *bytes, size_t room)
{
	struct stream *stream = stream_of(cookie);
	if (stream->from == 0)
		return read_file(stream->file, bytes, room);
	if (stream->at < stream->from) {
		size_t left = (size_t)(stream->from - stream->at);
		ssize_t got = read_file(stream->file, bytes, room < left ? room : left);
		stream->at += got > 0 ? got : 0;
		return got;
	}
	size_t some = read_insert(stream, bytes, room);
	if (some > 0)
		return (ssize_t)some;
	stream->from = 0;
	if (lseek64(stream->file, stream->to, SEEK_SET) >= 0)
		return read_file(stream->file, bytes, room);
	note(errno);
	return -1;
}

static ssize_t write_all(void *cookie, const char *bytes, size_t length)
{
	const struct stream *stream = stream_of(cookie);
	for (size_t at = 0; at < length;) {
		ssize_t wrote = write(stream->file, bytes + at, length - at);
		if (wrote < 0 && errno != EINTR) {
			note(errno);
			return (ssize_t)at;
		}
		at += wrote > 0 ? (size_t)wrote : 0;
	}
	return (ssize_t)length;
}

/* Looks for the row of the mark among the first bytes of a part that is about to be packed. */
static void find_place(struct stream *stream)
{
	char *text = stream->text != NULL ? stream->text : malloc(WORKBOOK_INSERT_ROOM);
	stream->text = text;
	stream->from = 0;
	if (text == NULL) {
		note(ENOMEM);
		return;
	}
	ssize_t got = read_file(stream->file, text, WORKBOOK_INSERT_ROOM - 1);
	text[got > 0 ? got : 0] = '\0';
	const char *mark = strstr(text, insert->mark), *end = mark == NULL ? NULL : strstr(mark, "</row>"), *row = mark;
	while (row != NULL && row > text && strncmp(row, "<row ", 5) != 0)
		row--;
	if (end != NULL) {
		stream->from = row - text;
		stream->to = end + strlen("</row>") - text;
		stream->at = 0;
		stream->length = stream->given = 0;
	}
}

static int seek_to(void *cookie, off64_t *at, int whence)
{
	struct stream *stream = stream_of(cookie);
	off64_t found = lseek64(stream->file, *at, whence);
	if (found == 0 && whence == SEEK_SET && insert != NULL) { /* packing begins */
		find_place(stream);
		found = lseek64(stream->file, 0, SEEK_SET);
	}
	if (found < 0) {
		note(errno);
		return -1;
	}
	*at = found;
	return 0;
}

static int close_it(void *cookie)
{
	struct stream *stream = stream_of(cookie);
	int result = close(stream->file);
	if (result != 0)
		note(errno);
	free(stream->text);
	free(stream);
	return result;
}

/* In the place of the library's own function of this name, which it calls for every part of a workbook. */
FILE *lxw_tmpfile(char *folder)
{
	char path[4096];
	workbook_files_look();
	int length = snprintf(path, sizeof path, "%s/.xlsx-XXXXXX", folder != NULL ? folder : ".");
	int file = length > 0 && (size_t)length < sizeof path ? mkostemp(path, O_CLOEXEC) : -1;
	struct stream *cookie = file < 0 ? NULL : calloc(1, sizeof *cookie);
	FILE *stream = NULL;
	if (cookie != NULL && unlink(path) == 0) { /* without a name, so that nothing is left however the process ends */
		cookie->file = file;
		stream = fopencookie(cookie, "w+",
			(cookie_io_functions_t){ .read = read_some, .write = write_all, .seek = seek_to, .close = close_it });
	}
	if (stream == NULL)
		note(errno == 0 ? ENAMETOOLONG : errno);
	if (stream == NULL)
		free(cookie);
	if (stream == NULL && file >= 0)
		(void)close(file);
	return stream;
}

static int read_whole(struct source *source, struct text *book, struct error *error)
{
	char piece[1 << 14];
	size_t got = 1;
	while (got > 0)
		if (source_read(source, piece, sizeof piece, &got, error) != 0 || text_add(book, piece, got, error) != 0)
			return -1;
	return 0;
}

int workbook_files_check(const char *path, struct error *error)
{
	struct arena *arena = arena_new(error);
	struct text book = { .arena = arena };
	struct source *source = NULL;
	struct error damage = { 0 };
	int result = arena == NULL || source_open_by_content(&source, path, "tabeller.xlsx", error) != 0 ? -1 : read_whole(source, &book, error);
	if (result == 0 && zip_check(book.bytes, book.length, "tabeller.xlsx", &damage) != 0)
		result = error_set(error, EXIT_IO, "%s: it was not written whole", damage.message[0]);
	source_close(source);
	arena_free(arena);
	return result;
}

void workbook_files_begin(void)
{
	fault = 0;
	doubt = false;
	insert = NULL;
	errno = 0;
}

void workbook_files_insert(const struct workbook_insert *rows)
{
	insert = rows;
}

int workbook_files_fault(void)
{
	return fault;
}

bool workbook_files_doubt(void)
{
	return doubt;
}
