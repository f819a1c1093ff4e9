/* CSV files written: see csv_write.h. */
#include "pipeline/table/csv/csv_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER_BYTES ((size_t)1 << 16)

const struct csv_style csv_style_machine = {.delimiter = ','};
const struct csv_style csv_style_excel = {.delimiter = ';', .crlf = true, .bom = true};

struct csv_writer {
	struct csv_style style;
	char *path;
	int file;
	int fault;       /* errno of the first write that failed; 0: none */
	bool in_record;  /* a field was written since the record began */
	bool lone_empty; /* and it was one empty field, nothing written for it yet */
	size_t used;
	char buffer[BUFFER_BYTES];
};

static void flush(struct csv_writer *writer)
{
	size_t at = 0;
	while (at < writer->used && writer->fault == 0) {
		ssize_t count = write(writer->file, writer->buffer + at, writer->used - at);
		if (count >= 0)
			at += (size_t)count;
		else if (errno != EINTR)
			writer->fault = errno;
	}
	writer->used = 0;
}

static void put(struct csv_writer *writer, const char *bytes, size_t length)
{
	if (length <= BUFFER_BYTES - writer->used) {
		memcpy(writer->buffer + writer->used, bytes, length);
		writer->used += length;
		return;
	}
	while (length > 0 && writer->fault == 0) {
		if (writer->used == BUFFER_BYTES)
			flush(writer);
		size_t room = BUFFER_BYTES - writer->used, part = length < room ? length : room;
		memcpy(writer->buffer + writer->used, bytes, part);
		writer->used += part;
		bytes += part;
		length -= part;
	}
}

int csv_create(struct csv_writer **result, const char *path, const struct csv_style *style, struct error *error)
{
	*result = NULL;
	struct csv_writer *writer = calloc(1, sizeof *writer);
	if (writer == NULL)
		return error_set(error, EXIT_IO, "%s: no memory to write it", path);
	writer->file = -1;
	writer->style = *style;
	writer->path = malloc(strlen(path) + 1);
	if (writer->path == NULL) {
		(void)error_set(error, EXIT_IO, "%s: no memory to write it", path);
		goto failed;
	}
	memcpy(writer->path, path, strlen(path) + 1);
	writer->file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (writer->file < 0 || fchmod(writer->file, S_IRUSR | S_IWUSR) != 0) {
		(void)error_system(error, errno, "%s: cannot be created", path);
		goto failed;
	}
	if (style->bom)
		put(writer, "\xEF\xBB\xBF", 3);
	*result = writer;
	return 0;
failed:
	if (writer->file >= 0)
		(void)close(writer->file);
	free(writer->path);
	free(writer);
	return -1;
}

/* A NUL cannot be read back as CSV, and is quoted like any other byte: no value of the program holds one. */
static bool needs_quotes(const struct csv_style *style, const char *text, size_t length)
{
	if (length == 0)
		return false;
	if (text[0] == ' ' || text[length - 1] == ' ')
		return true;
	for (size_t i = 0; i < length; i++)
		if (text[i] == style->delimiter || text[i] == '"' || text[i] == '\r' || text[i] == '\n')
			return true;
	return false;
}

static void put_quoted(struct csv_writer *writer, const char *text, size_t length)
{
	const char *end = text + length, *quote;
	put(writer, "\"", 1);
	while (text < end && (quote = memchr(text, '"', (size_t)(end - text))) != NULL) {
		put(writer, text, (size_t)(quote - text) + 1);
		put(writer, "\"", 1);
		text = quote + 1;
	}
	put(writer, text, (size_t)(end - text));
	put(writer, "\"", 1);
}

void csv_field(struct csv_writer *writer, const char *text, size_t length)
{
	if (writer->in_record)
		put(writer, &writer->style.delimiter, 1);
	writer->lone_empty = !writer->in_record && length == 0;
	writer->in_record = true;
	if (needs_quotes(&writer->style, text, length))
		put_quoted(writer, text, length);
	else
		put(writer, text, length);
}

int csv_make_field(const struct csv_style *style, bool first, const char *field, struct text *text, struct error *error)
{
	size_t length = strlen(field);
	bool quoted = needs_quotes(style, field, length);
	int result = first ? text_add(text, "", 0, error) : text_add(text, &style->delimiter, 1, error);
	if (result == 0 && quoted)
		result = text_add(text, "\"", 1, error);
	for (size_t i = 0; i < length && result == 0; i++)
		result = text_add(text, quoted && field[i] == '"' ? "\"\"" : &field[i], quoted && field[i] == '"' ? 2 : 1, error);
	return result == 0 && quoted ? text_add(text, "\"", 1, error) : result;
}

void csv_made(struct csv_writer *writer, const char *text, size_t length)
{
	writer->lone_empty = !writer->in_record && length == 0;
	writer->in_record = true;
	put(writer, text, length);
}

char *csv_room(struct csv_writer *writer, size_t bytes)
{
	if (bytes > BUFFER_BYTES - writer->used)
		flush(writer);
	return writer->buffer + writer->used;
}

void csv_took(struct csv_writer *writer, size_t bytes)
{
	writer->used += bytes;
}

void csv_string(struct csv_writer *writer, const char *text)
{
	csv_field(writer, text, strlen(text));
}

void csv_integer(struct csv_writer *writer, int64_t number)
{
	char text[24], *at = text + sizeof text;
	uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
	do {
		*--at = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (number < 0)
		*--at = '-';
	if (writer->in_record)
		*--at = writer->style.delimiter;
	csv_made(writer, at, (size_t)(text + sizeof text - at));
}

void csv_end(struct csv_writer *writer)
{
	if (writer->lone_empty)
		put(writer, "\"\"", 2); /* a blank line is not a record to every reader */
	put(writer, writer->style.crlf ? "\r\n" : "\n", writer->style.crlf ? 2 : 1);
	writer->in_record = writer->lone_empty = false;
}

int csv_finish(struct csv_writer *writer, struct error *error)
{
	if (writer == NULL)
		return 0;
	flush(writer);
	if (close(writer->file) != 0 && writer->fault == 0 && errno != EINTR)
		writer->fault = errno;
	int result = writer->fault == 0 ? 0 : error_system(error, writer->fault, "%s: cannot be written", writer->path);
	free(writer->path);
	free(writer);
	return result;
}
