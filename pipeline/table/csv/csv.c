/* A CSV file as a stream of records: see csv.h. Fills a buffer from the source, has the block reader cut it, and carries
   what is left of it over to the next fill. */
#include "pipeline/table/csv/csv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv_block.h"
#include "pipeline/table/csv/source.h"

#define BLOCK_BYTES ((size_t)1 << 18)
#define SMALLEST_BUFFER 16 /* holds any byte order mark, and room for one character of windows-1252 */
#define WIDEST 3           /* bytes of UTF-8 that one byte of windows-1252 becomes, at most */
#define UNDEFINED '\xFF'   /* stands for a byte that windows-1252 does not define: the scan stops at it */

struct utf8 {
	unsigned char length;
	char bytes[WIDEST];
};

struct csv {
	char *shown;
	struct source *source;
	struct csv_rules rules;
	struct csv_block block;
	bool started, begun; /* the first bytes were looked at; the block reader has a block */
	bool at_end;         /* the source has no more bytes */
	char *buffer;
	size_t used, capacity;
	struct utf8 *windows_1252; /* 256 characters, or NULL */
};

/* The characters of windows-1252, by the module that knows them. */
static int make_windows_1252(struct csv *csv, struct error *error)
{
	struct arena *arena = NULL;
	struct error *undefined = calloc(1, sizeof *undefined);
	int result = -1;
	csv->windows_1252 = calloc(256, sizeof *csv->windows_1252);
	if (undefined == NULL || csv->windows_1252 == NULL) {
		(void)error_set(error, EXIT_IO, "%s: no memory to read it", csv->shown);
		goto done;
	}
	arena = arena_new(error);
	if (arena == NULL)
		goto done;
	for (unsigned byte = 0; byte < 256; byte++) {
		struct utf8 *character = &csv->windows_1252[byte];
		char one = (char)byte;
		size_t length = 0;
		const char *utf8 = text_from_windows_1252(arena, &one, 1, &length, undefined);
		if (utf8 == NULL && undefined->code == EXIT_IO) {
			(void)error_set(error, EXIT_IO, "%s: no memory to read it", csv->shown);
			goto done;
		}
		if (utf8 == NULL)
			*character = (struct utf8){1, {UNDEFINED}};
		else
			memcpy(character->bytes, utf8, character->length = (unsigned char)length);
	}
	result = 0;
done:
	arena_free(arena);
	free(undefined);
	return result;
}

static bool is_delimiter(char c)
{
	return c != '"' && c != '\r' && c != '\n' && (unsigned char)c < 0x80;
}

int csv_open_sized(struct csv **result, const char *path, const char *shown, const struct csv_options *options,
	size_t block_bytes, struct error *error)
{
	*result = NULL;
	if (!is_delimiter(options->delimiter))
		return error_set(error, EXIT_USAGE,
			"%s: the delimiter must be an ASCII character, not a quote or line end", shown);
	struct csv *csv = calloc(1, sizeof *csv);
	if (csv == NULL)
		return error_set(error, EXIT_IO, "%s: no memory to read it", shown);
	csv->capacity = block_bytes < SMALLEST_BUFFER ? SMALLEST_BUFFER : block_bytes;
	csv->buffer = malloc(csv->capacity);
	csv->shown = malloc(strlen(shown) + 1);
	if (csv->buffer == NULL || csv->shown == NULL) {
		(void)error_set(error, EXIT_IO, "%s: no memory to read it", shown);
		goto failed;
	}
	memcpy(csv->shown, shown, strlen(shown) + 1);
	csv->rules = csv_block_rules(csv->shown, options);
	if (options->windows_1252 && make_windows_1252(csv, error) != 0)
		goto failed;
	int opened = options->by_content ? source_open_by_content(&csv->source, path, csv->shown, error)
					 : source_open(&csv->source, path, csv->shown, error);
	if (opened != 0 || (options->hashed && source_hash_begin(csv->source, error) != 0))
		goto failed;
	*result = csv;
	return 0;
failed:
	csv_close(csv);
	return -1;
}

int csv_open(struct csv **csv, const char *path, const char *shown, const struct csv_options *options,
	struct error *error)
{
	return csv_open_sized(csv, path, shown, options, BLOCK_BYTES, error);
}

int csv_ahead(struct csv *csv, int spool, void *buffer, size_t room, struct error *error)
{
	return source_ahead(csv->source, spool, buffer, room, error);
}

/* Reads windows-1252 into the end of the free room and rewrites it as UTF-8 from the front of it: at a third of the
   room, what is written never catches up with what is still to be read. */
static int read_windows_1252(struct csv *csv, size_t room, size_t *got, struct error *error)
{
	size_t raw = room / WIDEST;
	char *to = csv->buffer + csv->used;
	const unsigned char *from = (const unsigned char *)csv->buffer + csv->capacity - raw;
	size_t count = 0;
	*got = 0;
	if (source_read(csv->source, csv->buffer + csv->capacity - raw, raw, &count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const struct utf8 *character = &csv->windows_1252[from[i]];
		for (size_t k = 0; k < character->length; k++)
			to[(*got)++] = character->bytes[k];
	}
	return 0;
}

/* Adds bytes to the buffer, which grows when it is full; none at the end of the file. */
static int fill(struct csv *csv, struct error *error)
{
	size_t room = csv->capacity - csv->used, got = 0;
	if (room < WIDEST) {
		char *buffer = realloc(csv->buffer, 2 * csv->capacity);
		if (buffer == NULL)
			return error_set(error, EXIT_IO, "%s: no memory for a record", csv->shown);
		csv->buffer = buffer;
		csv->capacity *= 2;
		room = csv->capacity - csv->used;
	}
	int read = csv->windows_1252 != NULL ? read_windows_1252(csv, room, &got, error)
					     : source_read(csv->source, csv->buffer + csv->used, room, &got, error);
	csv->used += got;
	csv->at_end = read == 0 && got == 0;
	return read;
}

static bool begins(const struct csv *csv, const char *bytes, size_t length)
{
	return csv->used >= length && memcmp(csv->buffer, bytes, length) == 0;
}

static int not_utf8(const struct csv *csv, const char *code, struct error *error)
{
	const struct error_place place = { .file = csv->shown, .line = 1, .record = 1, .code = code };
	return error_at(error, &place, "the file is UTF-16; save it as UTF-8");
}

/* Looks at the byte order mark, which in windows-1252 has become the characters of its bytes. */
static int skip_mark(struct csv *csv, struct error *error)
{
	bool converted = csv->windows_1252 != NULL;
	while (csv->used < 6 && !csv->at_end)
		if (fill(csv, error) != 0)
			return -1;
	if (converted ? begins(csv, "\xC3\xBF\xC3\xBE", 4) : begins(csv, "\xFF\xFE", 2))
		return not_utf8(csv, "NOT_UTF8_UTF16LE", error);
	if (converted ? begins(csv, "\xC3\xBE\xC3\xBF", 4) : begins(csv, "\xFE\xFF", 2))
		return not_utf8(csv, "NOT_UTF8_UTF16BE", error);
	if (converted && begins(csv, "\xC3\xAF\xC2\xBB\xC2\xBF", 6)) {
		const struct error_place place = { .file = csv->shown, .line = 1, .record = 1, .code = "BAD_WINDOWS_1252" };
		return error_at(error, &place, "the file begins with the mark of UTF-8; take teckenkodning out of the settings");
	}
	if (begins(csv, "\xEF\xBB\xBF", 3)) {
		csv->used -= 3;
		memmove(csv->buffer, csv->buffer + 3, csv->used);
	}
	return 0;
}

/* Counts , ; and TAB outside quotes in the first record, as far as `length` holds it. True when it ends there. */
static bool count_delimiters(const char *bytes, size_t length, bool one_line, size_t count[3])
{
	bool quoted = false;
	memset(count, 0, 3 * sizeof *count);
	for (size_t i = 0; i < length; i++) {
		char c = bytes[i];
		if ((c == '\n' || c == '\r') && (one_line || !quoted))
			return true;
		if (c == '"')
			quoted = !quoted;
		if (!quoted) {
			count[0] += c == ',';
			count[1] += c == ';';
			count[2] += c == '\t';
		}
	}
	return false;
}

static int find_delimiter(struct csv *csv, struct error *error)
{
	size_t count[3];
	while (!count_delimiters(csv->buffer, csv->used, csv->rules.one_line, count) && !csv->at_end &&
		csv->used <= csv->rules.record_bytes)
		if (fill(csv, error) != 0)
			return -1;
	csv->rules.delimiter = count[1] > count[0] && count[1] >= count[2] ? ';' : count[2] > count[0] ? '\t' : ',';
	return 0;
}

static int start(struct csv *csv, struct error *error)
{
	if (skip_mark(csv, error) != 0)
		return -1;
	if (csv->rules.delimiter == 0 && find_delimiter(csv, error) != 0)
		return -1;
	csv_block_open(&csv->block, &csv->rules);
	csv->block.line = 1;
	csv->started = true;
	return 0;
}

/* Gives the block reader what it left of the buffer, and more. */
static int next_block(struct csv *csv, struct error *error)
{
	size_t left = csv->used - csv->block.at;
	memmove(csv->buffer, csv->buffer + csv->block.at, left);
	csv->used = left;
	if (csv->begun && fill(csv, error) != 0) /* the first block is what the start has read */
		return -1;
	csv->begun = true;
	csv_block_begin(&csv->block, csv->buffer, csv->used, csv->at_end, csv->block.line, csv->block.number);
	return 0;
}

int csv_next(struct csv *csv, struct csv_record *record, struct error *error)
{
	if (!csv->started && start(csv, error) != 0)
		return -1;
	for (;;) {
		int result = csv_block_next(&csv->block, record, error);
		if (result != 0)
			return result;
		if (csv->begun && csv->at_end)
			break;
		if (next_block(csv, error) != 0)
			return -1;
	}
	if (csv->block.cr_line > 0)
		return csv_block_bare_cr(&csv->rules, csv->block.cr_line, error);
	return 0;
}

bool csv_go_on(struct csv *csv)
{
	return csv_block_pass(&csv->block);
}

/* Fills the buffer but for a rest that is not worth a read. */
static int fill_up(struct csv *csv, struct error *error)
{
	do
		if (fill(csv, error) != 0)
			return -1;
	while (!csv->at_end && csv->capacity - csv->used >= WIDEST && csv->capacity - csv->used > csv->capacity / 8);
	return 0;
}

static size_t behind_last_feed(const char *bytes, size_t length)
{
	while (length > 0 && bytes[length - 1] != '\n')
		length--;
	return length;
}

/* Hands the first `length` bytes of the buffer over and keeps the others. */
static int hand_over(struct csv *csv, struct csv_part *part, size_t length, struct error *error)
{
	size_t left = csv->used - length;
	if (part->capacity < csv->capacity) {
		char *bytes = realloc(part->bytes, csv->capacity);
		if (bytes == NULL)
			return error_set(error, EXIT_IO, "%s: no memory to read it", csv->shown);
		part->bytes = bytes;
		part->capacity = csv->capacity;
	}
	memcpy(part->bytes, csv->buffer + length, left);
	char *bytes = part->bytes;
	size_t capacity = part->capacity;
	part->bytes = csv->buffer;
	part->capacity = csv->capacity;
	part->length = length;
	csv->buffer = bytes;
	csv->capacity = capacity;
	csv->used = left;
	part->line = csv->block.line;
	part->number = csv->block.number;
	part->feeds = text_line_feeds(part->bytes, length);
	csv->block.line += part->feeds;
	csv->block.number += part->feeds; /* under one_line every line is a record */
	return 0;
}

uint64_t csv_consumed(const struct csv *csv)
{
	return source_consumed(csv->source);
}

bool csv_hash(struct csv *csv, char text[HASH_TEXT])
{
	return source_hash(csv->source, text);
}

static struct source_bytes take_unhashed(const struct csv_hashing *hashing)
{
	struct csv_part *part = hashing->part;
	const struct source_bytes bytes = { hashing->csv->source, part->bytes + part->unhashed_from, part->unhashed };
	part->unhashed = 0;
	return bytes;
}

void csv_part_hash(const struct csv_hashing *one, const struct csv_hashing *other)
{
	const struct source_bytes own = take_unhashed(one);
	if (other == NULL) {
		source_hash_bytes(&own, NULL);
		return;
	}
	const struct source_bytes others = take_unhashed(other);
	source_hash_bytes(&own, &others);
}

int csv_take(struct csv *csv, struct csv_part *part, struct error *error)
{
	size_t length = 0;
	int read = 0;
	csv->used -= csv->block.at;
	memmove(csv->buffer, csv->buffer + csv->block.at, csv->used);
	csv->block.at = 0;
	part->length = part->unhashed = 0;
	if (csv->windows_1252 == NULL) /* else its bytes are gone by then */
		(void)source_hash_later(csv->source);
	while (length == 0 && read == 0 && !csv->at_end && csv->used <= csv->rules.record_bytes + 2) {
		read = fill_up(csv, error);
		length = behind_last_feed(csv->buffer, csv->used);
	}
	part->complete = read == 0 && (length > 0 || csv->at_end);
	if (read != 0 || csv->at_end || length == 0)
		length = csv->used; /* all there is: what is left of the file, or a record that is too long */
	size_t unhashed = source_unhashed(csv->source); /* the last that were read */
	part->unhashed_from = csv->used - unhashed;
	if (hand_over(csv, part, length, error) != 0)
		return -1;
	part->unhashed = unhashed;
	if (read != 0)
		return -1;
	return length > 0;
}

void csv_part_begin(const struct csv *csv, const struct csv_part *part, struct csv_block *block)
{
	csv_block_open(block, &csv->block.rules);
	csv_block_begin(block, part->bytes, part->length, part->complete, part->line, part->number);
}

void csv_part_free(struct csv_part *part)
{
	free(part->bytes);
	*part = (struct csv_part){ .length = 0 };
}

void csv_name_fields(struct csv *csv, const char *const *name)
{
	csv->rules.name = csv->block.rules.name = name;
}

char csv_delimiter(const struct csv *csv)
{
	return csv->rules.delimiter;
}

void csv_close(struct csv *csv)
{
	if (csv == NULL)
		return;
	csv_block_close(&csv->block);
	source_close(csv->source);
	free(csv->windows_1252);
	free(csv->buffer);
	free(csv->shown);
	free(csv);
}
