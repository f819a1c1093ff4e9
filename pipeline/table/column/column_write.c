/* Writing column files: see column.h. */
#define _GNU_SOURCE /* fallocate */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/checksum.h"
#include "pipeline/table/column/column_batch.h"
#include "pipeline/table/column/column_layout.h"
#include "pipeline/table/column/column_texts.h"

#define RESERVED_BYTES ((uint64_t)8 << 20) /* of the disk, at a time */

size_t column_size(enum column_type type)
{
	switch (type) {
	case COLUMN_U8:
		return sizeof(uint8_t);
	case COLUMN_U16:
		return sizeof(uint16_t);
	case COLUMN_I32:
	case COLUMN_U32:
	case COLUMN_TEXT:
		return sizeof(uint32_t);
	case COLUMN_I64:
	case COLUMN_U64:
	case COLUMN_F64:
		return sizeof(uint64_t);
	case COLUMN_KEY:
		return sizeof(struct key);
	}
	return 0;
}

size_t column_array_bytes(uint32_t type, size_t rows)
{
	size_t bytes = column_size((enum column_type)type) * rows;
	return (bytes + COLUMN_ALIGNMENT - 1) / COLUMN_ALIGNMENT * COLUMN_ALIGNMENT;
}

struct column_writer {
	struct arena *arena; /* owns the writer and everything in it */
	char *path;
	int descriptor;
	bool failed;         /* a fault was reported: no later one is, and the file never gets a header */
	bool misused;        /* a value for a column that does not exist or has another type */
	size_t count;
	struct column_entry *entry;
	unsigned char **values; /* of the block being made, COLUMN_BLOCK per column */
	size_t row;             /* in that block */
	size_t stale;           /* rows of the block from `row` on below this one hold values of the block before; all others behind `row` are 0 */
	uint64_t rows, at;      /* rows ended; bytes written */
	uint64_t reserved;      /* bytes of the disk that are taken ahead */
	struct checksum checksum; /* of the blocks */
	struct column_texts texts;
};

static int fail(struct column_writer *writer)
{
	writer->failed = true;
	writer->row = 0; /* a caller that goes on all the same stays inside the buffers */
	return -1;
}

static int write_bytes(struct column_writer *writer, const void *bytes, size_t length, struct error *error)
{
	const char *next = bytes;
	for (size_t left = length; left > 0;) {
		ssize_t wrote = write(writer->descriptor, next, left);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0) {
			(void)error_system(error, wrote < 0 ? errno : EIO, "%s: cannot be written", writer->path);
			return fail(writer);
		}
		next += wrote;
		left -= (size_t)wrote;
	}
	writer->at += length;
	return 0;
}

/* Takes the writer's memory; the buffers are touched, and so become real memory, only as rows come. */
static struct column_writer *writer_new(struct arena *arena, const char *path, const struct column *columns,
	size_t count, struct error *error)
{
	struct column_writer *writer = arena_take(arena, 1, sizeof *writer, error);
	if (writer == NULL)
		return NULL;
	writer->arena = arena;
	writer->descriptor = -1;
	checksum_begin(&writer->checksum);
	writer->count = count;
	writer->path = arena_text(arena, path, strlen(path), error);
	writer->entry = arena_take(arena, count, sizeof *writer->entry, error);
	writer->values = arena_take(arena, count, sizeof *writer->values, error);
	if (writer->path == NULL || writer->entry == NULL || writer->values == NULL)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(columns[i].name);
		if (length == 0 || length >= COLUMN_NAME || column_size(columns[i].type) == 0) {
			(void)error_set(error, EXIT_BUG, "%s: column %zu has no valid name or type", path, i);
			return NULL;
		}
		memcpy(writer->entry[i].name, columns[i].name, length);
		writer->entry[i].type = (uint32_t)columns[i].type;
		writer->values[i] = arena_take(arena, COLUMN_BLOCK, column_size(columns[i].type), error);
		if (writer->values[i] == NULL)
			return NULL;
	}
	return column_texts_begin(&writer->texts, arena, error) == 0 ? writer : NULL;
}

int column_create(struct column_writer **writer, const char *path, const struct column *columns, size_t count,
	struct error *error)
{
	static const struct column_header nothing;
	*writer = NULL;
	struct arena *arena = arena_new(error);
	struct column_writer *new = arena == NULL ? NULL : writer_new(arena, path, columns, count, error);
	if (new == NULL)
		goto failed;
	new->descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (new->descriptor < 0) {
		(void)error_system(error, errno, "%s: cannot be created", path);
		goto failed;
	}
	if (fchmod(new->descriptor, 0600) != 0) {
		(void)error_system(error, errno, "%s: its mode cannot be set", path);
		goto failed;
	}
	if (write_bytes(new, &nothing, sizeof nothing, error) != 0)
		goto failed;
	*writer = new;
	return 0;
failed:
	if (new != NULL && new->descriptor >= 0)
		(void)close(new->descriptor);
	arena_free(arena);
	return -1;
}

/* Before a row is put value by value, of which some may be left out. */
static void clear_stale(struct column_writer *writer)
{
	for (size_t i = 0; i < writer->count; i++) {
		size_t size = column_size((enum column_type)writer->entry[i].type);
		memset(writer->values[i] + writer->row * size, 0, (writer->stale - writer->row) * size);
	}
	writer->stale = 0;
}

static void put(struct column_writer *writer, size_t column, enum column_type type, const void *value, size_t size)
{
	if (writer->row < writer->stale)
		clear_stale(writer);
	if (column < writer->count && writer->entry[column].type == (uint32_t)type)
		memcpy(writer->values[column] + writer->row * size, value, size);
	else
		writer->misused = true;
}

void column_put_u8(struct column_writer *writer, size_t column, uint8_t value)
{
	put(writer, column, COLUMN_U8, &value, sizeof value);
}

void column_put_u16(struct column_writer *writer, size_t column, uint16_t value)
{
	put(writer, column, COLUMN_U16, &value, sizeof value);
}

void column_put_i32(struct column_writer *writer, size_t column, int32_t value)
{
	put(writer, column, COLUMN_I32, &value, sizeof value);
}

void column_put_u32(struct column_writer *writer, size_t column, uint32_t value)
{
	put(writer, column, COLUMN_U32, &value, sizeof value);
}

void column_put_i64(struct column_writer *writer, size_t column, int64_t value)
{
	put(writer, column, COLUMN_I64, &value, sizeof value);
}

void column_put_u64(struct column_writer *writer, size_t column, uint64_t value)
{
	put(writer, column, COLUMN_U64, &value, sizeof value);
}

void column_put_f64(struct column_writer *writer, size_t column, double value)
{
	put(writer, column, COLUMN_F64, &value, sizeof value);
}

void column_put_key(struct column_writer *writer, size_t column, struct key value)
{
	put(writer, column, COLUMN_KEY, &value, sizeof value);
}

int column_put_text(struct column_writer *writer, size_t column, const char *text, size_t length,
	struct error *error)
{
	uint32_t index;
	if (column_texts_index(&writer->texts, text, length, &index, error) != 0)
		return fail(writer);
	put(writer, column, COLUMN_TEXT, &index, sizeof index);
	return 0;
}

/* Takes room on the disk for what is going to be written: pages that have their place cost the system half as much. Where it
   cannot, the writes tell of a full disk. */
static void reserve(struct column_writer *writer)
{
#ifdef FALLOC_FL_KEEP_SIZE
	size_t bytes = 0;
	for (size_t i = 0; i < writer->count; i++)
		bytes += column_array_bytes(writer->entry[i].type, writer->row);
	while (writer->row == COLUMN_BLOCK && writer->at + bytes > writer->reserved) {
		(void)fallocate(writer->descriptor, FALLOC_FL_KEEP_SIZE, (off_t)writer->reserved, (off_t)RESERVED_BYTES);
		writer->reserved += RESERVED_BYTES;
	}
#else
	(void)writer;
#endif
}

/* Writes the rows of the block being made and empties it. */
static int write_block(struct column_writer *writer, struct error *error)
{
	static const unsigned char padding[COLUMN_ALIGNMENT];
	reserve(writer);
	for (size_t i = 0; i < writer->count; i++) {
		uint32_t type = writer->entry[i].type;
		size_t bytes = column_size((enum column_type)type) * writer->row;
		size_t behind = column_array_bytes(type, writer->row) - bytes;
		if (write_bytes(writer, writer->values[i], bytes, error) != 0 || write_bytes(writer, padding, behind, error) != 0)
			return -1;
		checksum_add(&writer->checksum, writer->values[i], bytes);
		checksum_add(&writer->checksum, padding, behind);
	}
	writer->stale = writer->row > writer->stale ? writer->row : writer->stale;
	writer->row = 0;
	return 0;
}

/* Reports once that a put did not fit its column. */
static int check_use(struct column_writer *writer, struct error *error)
{
	if (writer->failed)
		return -1;
	if (!writer->misused)
		return 0;
	(void)error_set(error, EXIT_BUG, "%s: a value was put into a column of another type", writer->path);
	return fail(writer);
}

int column_end_row(struct column_writer *writer, struct error *error)
{
	if (check_use(writer, error) != 0)
		return -1;
	if (writer->row < writer->stale)
		clear_stale(writer);
	writer->rows++;
	writer->row++;
	return writer->row < COLUMN_BLOCK ? 0 : write_block(writer, error);
}

/* The file's numbers of a batch's texts, by the batch's; NULL when memory is out. */
static uint32_t *number_texts(struct column_writer *writer, const struct column_texts *texts, struct error *error)
{
	uint32_t *number = calloc(texts->count, sizeof *number);
	if (number == NULL) {
		(void)error_set(error, EXIT_IO, "out of memory for texts");
		return NULL;
	}
	for (size_t i = 1; i < texts->count; i++)
		if (column_texts_index(&writer->texts, texts->bytes.bytes + texts->start[i], column_texts_length(texts, i),
			    &number[i], error) != 0) {
			free(number);
			return NULL;
		}
	return number;
}

/* Copies rows `from` … of one column of a batch into the block being made. */
static void copy_values(struct column_writer *writer, size_t column, const struct column_batch *batch, size_t from,
	size_t count, const uint32_t *number)
{
	size_t size = column_size(batch->type[column]);
	unsigned char *to = writer->values[column] + writer->row * size;
	if (batch->type[column] != COLUMN_TEXT || batch->numbered) {
		memcpy(to, (const unsigned char *)batch->values[column] + from * size, count * size);
		return;
	}
	const uint32_t *text = batch->values[column];
	for (size_t i = 0; i < count; i++)
		memcpy(to + i * size, &number[text[from + i]], size);
}

int column_append(struct column_writer *writer, const struct column_batch *batch, struct error *error)
{
	writer->misused = writer->misused || batch->columns != writer->count;
	for (size_t i = 0; i < batch->columns && !writer->misused; i++)
		writer->misused = writer->entry[i].type != (uint32_t)batch->type[i];
	if (check_use(writer, error) != 0)
		return -1;
	uint32_t *number = number_texts(writer, &batch->texts, error);
	if (number == NULL)
		return fail(writer);
	int result = 0;
	for (size_t from = 0, count; from < batch->rows && result == 0; from += count) {
		size_t room = COLUMN_BLOCK - writer->row, left = batch->rows - from;
		count = left < room ? left : room;
		for (size_t i = 0; i < batch->columns; i++)
			copy_values(writer, i, batch, from, count, number);
		writer->row += count;
		writer->rows += count;
		if (writer->row == COLUMN_BLOCK)
			result = write_block(writer, error);
	}
	free(number);
	return result;
}

int column_give_texts(struct column_writer *writer, const char *const *text, size_t count, struct error *error)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t number;
		if (column_texts_index(&writer->texts, text[i], strlen(text[i]), &number, error) != 0)
			return fail(writer);
		if (number != i) {
			(void)error_set(error, EXIT_BUG, "%s: text %zu is given the number %u", writer->path, i, (unsigned)number);
			return fail(writer);
		}
	}
	return 0;
}

/* Writes the tail and then, over the zeros at the start, the header that makes the file valid. */
static int write_tail(struct column_writer *writer, struct error *error)
{
	const struct column_texts *texts = &writer->texts;
	struct column_directory directory = { writer->rows, writer->count, texts->count, texts->bytes.length,
		checksum_value(&writer->checksum) };
	struct text tail = { writer->arena, NULL, 0, 0 };
	if (text_add(&tail, (const char *)&directory, sizeof directory, error) != 0 ||
		text_add(&tail, (const char *)writer->entry, writer->count * sizeof *writer->entry, error) != 0 ||
		text_add(&tail, (const char *)texts->start, texts->count * sizeof *texts->start, error) != 0 ||
		text_add(&tail, texts->bytes.bytes, texts->bytes.length, error) != 0)
		return fail(writer);
	struct column_header header = { .version = COLUMN_VERSION, .tail_at = writer->at, .tail_bytes = tail.length,
		.checksum = hash_key(tail.bytes, tail.length) };
	memcpy(header.magic, COLUMN_MAGIC, sizeof header.magic);
	if (write_bytes(writer, tail.bytes, tail.length, error) != 0)
		return -1;
	if (writer->reserved > 0 && ftruncate(writer->descriptor, (off_t)writer->at) != 0) { /* gives back what was not needed */
		(void)error_system(error, errno, "%s: cannot be written", writer->path);
		return fail(writer);
	}
	if (lseek(writer->descriptor, 0, SEEK_SET) != 0) {
		(void)error_system(error, errno, "%s: cannot be written", writer->path);
		return fail(writer);
	}
	return write_bytes(writer, &header, sizeof header, error);
}

int column_finish(struct column_writer *writer, struct error *error)
{
	if (writer == NULL)
		return 0;
	int result = check_use(writer, error);
	if (result == 0)
		result = write_block(writer, error);
	if (result == 0)
		result = write_tail(writer, error);
	if (close(writer->descriptor) != 0 && result == 0)
		result = error_system(error, errno, "%s: cannot be written", writer->path);
	arena_free(writer->arena);
	return result;
}
