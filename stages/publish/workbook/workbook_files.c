/* Temporary files of libxlsxwriter: see workbook_files.h. */
#define _GNU_SOURCE /* fopencookie, mkostemp */
#include "stages/publish/workbook/workbook_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>
#include <xlsxwriter/utility.h>

#include "pipeline/base/text.h"
#include "pipeline/table/csv/source.h"
#include "pipeline/table/csv/zip.h"

static int fault; /* one workbook is written at a time */
static bool doubt;
static const struct workbook_place *place; /* NULL: none */

static void note(int number)
{
	fault = fault == 0 ? number : fault;
}

void workbook_files_look(void)
{
	doubt = doubt || errno == ENOMEM;
}

#define SHEET_ROOM ((size_t)1 << 16) /* for a sheet of one row; a larger one is taken */
#define SHEETS_MOST 256

static struct workbook_sheet sheet[SHEETS_MOST]; /* taken */
static size_t sheets;
static unsigned packed; /* sheets that the library has packed or begun to pack */

struct stream {
	int file; /* -1: its sheet was taken */
};

/* Called by each function of a stream: the library makes one for every part of the workbook. */
static struct stream *stream_of(void *cookie)
{
	workbook_files_look();
	return cookie;
}

static ssize_t read_some(void *cookie, char *bytes, size_t room)
{
	const struct stream *stream = stream_of(cookie);
	ssize_t got = 0;
	while (stream->file >= 0 && (got = read(stream->file, bytes, room)) < 0 && errno == EINTR)
		continue;
	if (got < 0)
		note(errno);
	return got;
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
static void find_place(char *text, size_t length)
{
	const char *mark = strstr(text, place->mark), *end = mark == NULL ? NULL : strstr(mark, "</row>"), *row = mark;
	while (row != NULL && row > text && strncmp(row, "<row ", 5) != 0)
		row--;
	if (end != NULL && length == SHEET_ROOM - 1)
		note(EFBIG);
	else if (end != NULL && place->found(place->context, text, (size_t)(row - text), (size_t)(end - text) + strlen("</row>"), length) != 0)
		note(ENOMEM);
}

/* Takes the stream's sheet, the latest, unless it is small. */
static void take_sheet(struct stream *stream)
{
	off64_t length = lseek64(stream->file, 0, SEEK_END);
	if (length < 0)
		note(errno);
	if (length < (off64_t)SHEET_ROOM || sheets == SHEETS_MOST)
		return;
	sheet[sheets++] = (struct workbook_sheet){ .number = packed, .length = (size_t)length, .file = stream->file };
	stream->file = -1;
}

/* Looks at a part that is about to be packed. */
static void look_at(struct stream *stream)
{
	char *text = malloc(SHEET_ROOM);
	size_t got = 0;
	ssize_t more;
	if (text == NULL)
		note(ENOMEM);
	while (text != NULL && got < SHEET_ROOM - 1 && (more = read_some(stream, text + got, SHEET_ROOM - 1 - got)) > 0)
		got += (size_t)more; /* a read may give less than there is */
	if (got > 0) {
		text[got] = '\0';
		if (place != NULL)
			find_place(text, got);
		if (strstr(text, "<worksheet ") != NULL) {
			packed++;
			take_sheet(stream);
		}
	}
	free(text);
}

static int seek_to(void *cookie, off64_t *at, int whence)
{
	struct stream *stream = stream_of(cookie);
	if (stream->file < 0)
		return 0;
	off64_t found = lseek64(stream->file, *at, whence);
	if (found == 0 && whence == SEEK_SET) { /* packing begins */
		look_at(stream);
		found = stream->file < 0 ? 0 : lseek64(stream->file, 0, SEEK_SET);
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
	int result = stream->file < 0 ? 0 : close(stream->file);
	if (result != 0)
		note(errno);
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

static int read_book(const char *path, struct text *book, struct error *error)
{
	char piece[1 << 14];
	size_t got = 1;
	struct source *source = NULL;
	int result = source_open_by_content(&source, path, "tabeller.xlsx", error);
	while (result == 0 && got > 0 && (result = source_read(source, piece, sizeof piece, &got, error)) == 0)
		result = text_add(book, piece, got, error);
	source_close(source);
	return result;
}

int workbook_files_take(const char *path, struct text *book, struct error *error)
{
	if (read_book(path, book, error) != 0)
		return -1;
	return unlink(path) == 0 ? 0 : error_system(error, errno, "tabeller.xlsx: cannot be written again");
}

int workbook_files_check(const char *path, struct error *error)
{
	struct arena *arena = arena_new(error);
	struct text book = { .arena = arena };
	struct error damage = { 0 };
	int result = arena == NULL ? -1 : read_book(path, &book, error);
	if (result == 0 && zip_check(book.bytes, book.length, "tabeller.xlsx", &damage) != 0)
		result = error_set(error, EXIT_IO, "%s: it was not written whole", damage.message[0]);
	arena_free(arena);
	return result;
}

const struct workbook_sheet *workbook_files_sheets(size_t *count)
{
	*count = sheets;
	return sheet;
}

ptrdiff_t workbook_files_read(const struct workbook_sheet *of, size_t at, char *bytes, size_t room)
{
	ssize_t got;
	do
		got = pread(of->file, bytes, room, (off_t)at);
	while (got < 0 && errno == EINTR);
	return got;
}

static int hash_sheet(struct hash_stream *stream, const struct workbook_sheet *of, struct error *error)
{
	char piece[1 << 14];
	ptrdiff_t got = 1;
	for (size_t at = 0; got > 0; at += (size_t)got) {
		got = workbook_files_read(of, at, piece, sizeof piece);
		if (got < 0)
			return error_system(error, errno, "tabeller.xlsx: its temporary files");
		hash_stream_add(stream, piece, (size_t)got);
	}
	return 0;
}

int workbook_files_hash(const char *path, char text[HASH_TEXT], struct error *error)
{
	int result = hash_file(path, text, error);
	struct hash_stream *stream = hash_stream_new();
	if (stream == NULL)
		return error_set(error, EXIT_IO, "out of memory");
	hash_stream_add(stream, text, HASH_TEXT);
	for (size_t i = 0; i < sheets && result == 0; i++)
		result = hash_sheet(stream, &sheet[i], error);
	(void)hash_stream_text(stream, text);
	hash_stream_free(stream);
	return result;
}

void workbook_files_end(void)
{
	while (sheets > 0)
		(void)close(sheet[--sheets].file); /* what was written there was read, or is not wanted */
}

void workbook_files_begin(void)
{
	workbook_files_end();
	packed = 0;
	fault = 0;
	doubt = false;
	place = NULL;
	errno = 0;
}

void workbook_files_place(const struct workbook_place *of)
{
	place = of;
}

int workbook_files_fault(void)
{
	return fault;
}

bool workbook_files_doubt(void)
{
	return doubt;
}
