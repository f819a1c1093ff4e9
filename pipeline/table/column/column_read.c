/* Reading column files: see column.h. Everything in the file is checked before it is used. */
#define _DEFAULT_SOURCE /* madvise */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/checksum.h"
#include "pipeline/base/text.h"
#include "pipeline/table/column/column_layout.h"

struct column_file {
	char *path;
	void *map;
	size_t size;
	size_t rows, count, texts;
	size_t blocks_end;                  /* where the tail begins */
	uint64_t values;                    /* checksum of the blocks, as the directory has it */
	struct key tail;                    /* checksum of the tail */
	const struct column_entry *entry;   /* this and the next two point into the map */
	const uint64_t *text_start;
	const char *text_bytes;
	size_t full_block;           /* bytes of a block of COLUMN_BLOCK rows */
};

static const unsigned char *bytes_at(const struct column_file *file, size_t at)
{
	return (const unsigned char *)file->map + at;
}

static size_t block_bytes(const struct column_file *file, size_t columns, size_t rows)
{
	size_t bytes = 0;
	for (size_t i = 0; i < columns; i++)
		bytes += column_array_bytes(file->entry[i].type, rows);
	return bytes;
}

static int map_file(struct column_file *file, struct error *error)
{
	int result = -1;
	struct stat status;
	int descriptor = open(file->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); /* never waits on a FIFO */
	if (descriptor < 0)
		return error_system(error, errno, "%s: cannot be opened", file->path);
	if (fstat(descriptor, &status) != 0) {
		(void)error_system(error, errno, "%s: cannot be read", file->path);
		goto done;
	}
	if (!S_ISREG(status.st_mode) || status.st_size < (off_t)sizeof(struct column_header)) {
		(void)error_set(error, EXIT_IO, "%s: not a column file, or cut short; run again from the start", file->path);
		goto done;
	}
	file->size = (size_t)status.st_size;
	void *map = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE, descriptor, 0);
	if (map == MAP_FAILED) {
		(void)error_system(error, errno, "%s: cannot be mapped", file->path);
		goto done;
	}
	file->map = map;
	result = 0;
done:
	(void)close(descriptor);
	return result;
}

/* What is wrong with the header, or NULL. Sets the tail's place, which lies inside the file. */
static const char *check_header(const struct column_file *file, size_t *tail_at, size_t *tail_bytes)
{
	struct column_header header;
	memcpy(&header, file->map, sizeof header);
	if (memcmp(header.magic, COLUMN_MAGIC, sizeof header.magic) != 0)
		return "not a finished column file";
	uint64_t behind = 0;
	for (size_t i = 0; i < sizeof header.zero / sizeof *header.zero; i++)
		behind |= header.zero[i];
	if (header.version != COLUMN_VERSION || behind != 0)
		return "a column file of another version or machine";
	if (header.tail_at < sizeof header || header.tail_at > file->size || header.tail_at % COLUMN_ALIGNMENT != 0 ||
		header.tail_bytes != file->size - header.tail_at)
		return "cut short";
	struct key checksum = hash_key((const char *)bytes_at(file, header.tail_at), header.tail_bytes);
	if (hash_key_compare(&checksum, &header.checksum) != 0)
		return "damaged (wrong checksum)";
	*tail_at = header.tail_at;
	*tail_bytes = header.tail_bytes;
	return NULL;
}

static const char *check_entries(struct column_file *file)
{
	for (size_t i = 0; i < file->count; i++) {
		const struct column_entry *entry = &file->entry[i];
		if (memchr(entry->name, '\0', COLUMN_NAME) == NULL || entry->type > COLUMN_TEXT)
			return "damaged (a column's name or type)";
	}
	file->full_block = block_bytes(file, file->count, COLUMN_BLOCK);
	return NULL;
}

/* Each text starts where the one before it ended with a NUL; the last byte is a NUL, so reading one never runs out. */
static const char *check_texts(const struct column_file *file, size_t text_bytes)
{
	static const char wrong[] = "damaged (its texts)";
	if (file->texts == 0 || text_bytes == 0 || file->text_start[0] != 0 || file->text_bytes[0] != '\0' ||
		file->text_bytes[text_bytes - 1] != '\0')
		return wrong;
	for (size_t i = 1; i < file->texts; i++) {
		uint64_t start = file->text_start[i];
		if (start <= file->text_start[i - 1] || start >= text_bytes || file->text_bytes[start - 1] != '\0')
			return wrong;
	}
	return NULL;
}

/* Takes `count` items of `size` bytes off a region: false when it is too short for them. */
static bool take(size_t *left, uint64_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes) || bytes > *left)
		return false;
	*left -= bytes;
	return true;
}

/* The blocks fill exactly the space between header and tail. */
static const char *check_blocks(const struct column_file *file, size_t tail_at)
{
	size_t full = file->rows / COLUMN_BLOCK, bytes;
	if (__builtin_mul_overflow(full, file->full_block, &bytes) || bytes > tail_at - sizeof(struct column_header) ||
		block_bytes(file, file->count, file->rows % COLUMN_BLOCK) != tail_at - sizeof(struct column_header) - bytes)
		return "damaged (its number of rows)";
	return NULL;
}

static const char *check(struct column_file *file)
{
	size_t tail_at = 0, left = 0;
	const char *wrong = check_header(file, &tail_at, &left);
	if (wrong != NULL)
		return wrong;
	struct column_directory directory;
	if (!take(&left, 1, sizeof directory))
		return "damaged (its directory)";
	memcpy(&directory, bytes_at(file, tail_at), sizeof directory);
	if (!take(&left, directory.columns, sizeof(struct column_entry)) || !take(&left, directory.texts, sizeof(uint64_t)) ||
		left != directory.text_bytes)
		return "damaged (its directory)";
	const void *entries = bytes_at(file, tail_at + sizeof directory);
	file->rows = directory.rows;
	file->count = directory.columns;
	file->texts = directory.texts;
	file->blocks_end = tail_at;
	file->values = directory.values;
	memcpy(&file->tail, bytes_at(file, offsetof(struct column_header, checksum)), sizeof file->tail);
	file->entry = entries;
	const void *starts = file->entry + file->count;
	file->text_start = starts;
	const void *bytes = file->text_start + file->texts;
	file->text_bytes = bytes;
	wrong = check_entries(file);
	if (wrong == NULL)
		wrong = check_texts(file, directory.text_bytes);
	return wrong != NULL ? wrong : check_blocks(file, tail_at);
}

int column_open(struct column_file **file, const char *path, struct error *error)
{
	*file = NULL;
	struct column_file *new = calloc(1, sizeof *new);
	char *copy = strdup(path);
	if (new == NULL || copy == NULL) {
		(void)error_set(error, EXIT_IO, "out of memory");
		free(new);
		free(copy);
		return -1;
	}
	new->path = copy;
	if (map_file(new, error) != 0)
		goto failed;
	const char *wrong = check(new);
	if (wrong != NULL) {
		(void)error_set(error, EXIT_IO, "%s: %s; run again from the start", path, wrong);
		goto failed;
	}
	*file = new;
	return 0;
failed:
	column_close(new);
	return -1;
}

void column_close(struct column_file *file)
{
	if (file == NULL)
		return;
	if (file->map != NULL)
		(void)munmap(file->map, file->size);
	free(file->path);
	free(file);
}

size_t column_rows(const struct column_file *file)
{
	return file->rows;
}

size_t column_blocks(const struct column_file *file)
{
	return file->rows / COLUMN_BLOCK + (file->rows % COLUMN_BLOCK > 0);
}

size_t column_block_rows(const struct column_file *file, size_t block)
{
	size_t full = file->rows / COLUMN_BLOCK;
	if (block < full)
		return COLUMN_BLOCK;
	return block == full ? file->rows % COLUMN_BLOCK : 0;
}

int column_find(const struct column_file *file, const char *name, enum column_type type, size_t *column,
	struct error *error)
{
	for (size_t i = 0; i < file->count; i++) {
		if (strcmp(file->entry[i].name, name) != 0)
			continue;
		if (file->entry[i].type != (uint32_t)type)
			return error_set(error, EXIT_BUG, "%s: column '%s' has type %u, not %u", file->path, name,
				(unsigned)file->entry[i].type, (unsigned)type);
		*column = i;
		return 0;
	}
	return error_set(error, EXIT_BUG, "%s: no column '%s'", file->path, name);
}

const void *column_values(const struct column_file *file, size_t column, size_t block)
{
	size_t rows = column_block_rows(file, block);
	if (rows == 0 || column >= file->count)
		return NULL;
	return bytes_at(file, sizeof(struct column_header) + block * file->full_block + block_bytes(file, column, rows));
}

void column_forget(const struct column_file *file, size_t block)
{
	size_t from = sizeof(struct column_header) + block * file->full_block, to = from + file->full_block;
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	from = (from + page - 1) / page * page; /* pages shared with a neighbour stay */
	to = (to < file->size ? to : file->size) / page * page;
	if (from < to)
		(void)madvise((unsigned char *)file->map + from, to - from, MADV_DONTNEED); /* no matter if it cannot */
}

void column_digest(const struct column_file *file, bool anew, char text[COLUMN_DIGEST])
{
	uint64_t values = file->values;
	if (anew) {
		struct checksum checksum;
		checksum_begin(&checksum);
		checksum_add(&checksum, bytes_at(file, sizeof(struct column_header)), file->blocks_end - sizeof(struct column_header));
		values = checksum_value(&checksum);
	}
	(void)snprintf(text, COLUMN_DIGEST, "%016" PRIx64 "%016" PRIx64 "%016" PRIx64, values, file->tail.high, file->tail.low);
}

size_t column_texts(const struct column_file *file)
{
	return file->texts;
}

const char *column_text(const struct column_file *file, uint32_t index)
{
	return index < file->texts ? file->text_bytes + file->text_start[index] : "";
}

void *column_load(const struct column_file *file, const char *name, enum column_type type, struct arena *arena,
	struct error *error)
{
	size_t column, size = column_size(type);
	if (column_find(file, name, type, &column, error) != 0)
		return NULL;
	unsigned char *values = arena_take(arena, file->rows, size, error);
	if (values == NULL)
		return NULL;
	unsigned char *next = values;
	for (size_t block = 0; block < column_blocks(file); block++) {
		size_t bytes = column_block_rows(file, block) * size;
		memcpy(next, column_values(file, column, block), bytes);
		next += bytes;
	}
	return values;
}
