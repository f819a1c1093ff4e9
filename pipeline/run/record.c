/* Records of stages: see record.h. A line is KIND TAB NAME TAB VALUE; the last line is a hash of all before it. */
#include "pipeline/run/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"

#define FILE_LIMIT ((off_t)64 << 20)

static const char *const kind_names[RECORD_KINDS] = { "program", "library", "schemas", "tables", "setting", "input", "output",
	"rows", "warning", "note", "run", "use" };

int record_add(struct record *record, enum record_kind kind, const char *name, const char *value, struct error *error)
{
	struct record_line *lines = arena_grow(record->arena, record->line, record->count, record->count + 1, &record->capacity,
		sizeof *lines, error);
	if (lines == NULL)
		return -1;
	record->line = lines;
	char *name_copy = arena_text(record->arena, name, strlen(name), error);
	char *value_copy = arena_text(record->arena, value, strlen(value), error);
	if (name_copy == NULL || value_copy == NULL)
		return -1;
	lines[record->count++] = (struct record_line){ kind, name_copy, value_copy };
	return 0;
}

const char *record_value(const struct record *record, enum record_kind kind, const char *name)
{
	for (size_t i = 0; i < record->count; i++)
		if (record->line[i].kind == kind && strcmp(record->line[i].name, name) == 0)
			return record->line[i].value;
	return NULL;
}

/* ---- keys compared ---- */

static bool same(const struct record_line *a, const struct record_line *b)
{
	return a->kind == b->kind && strcmp(a->name, b->name) == 0 && strcmp(a->value, b->value) == 0;
}

static const struct record_line *key_line(const struct record *record, size_t at)
{
	return at < record->count && record->line[at].kind <= RECORD_INPUT ? &record->line[at] : NULL;
}

/* A line of the other record's key with this kind and name; NULL without. */
static const struct record_line *namesake(const struct record *record, const struct record_line *line)
{
	for (size_t i = 0; line != NULL && i < record->count; i++)
		if (record->line[i].kind == line->kind && strcmp(record->line[i].name, line->name) == 0)
			return &record->line[i];
	return NULL;
}

static bool holds(const struct record *record, const struct record_line *line)
{
	for (size_t i = 0; i < record->count; i++)
		if (same(&record->line[i], line))
			return true;
	return false;
}

/* Whether two settings are of one key: "[redovisning] konfidensgrad = 95 %" and "… = 90 %". */
static bool same_setting(const struct record_line *a, const struct record_line *b)
{
	size_t length = strcspn(a->value, "=");
	return a->kind == b->kind && strcmp(a->name, b->name) == 0 && a->value[length] == '=' && strncmp(a->value, b->value, length + 1) == 0;
}

/* Whether the line of `own` at which the keys part is a setting that `other` lacks, rather than another value of the line that it has there. */
static bool only_setting(const struct record *own, const struct record_line *line, const struct record *other,
	const struct record_line *there)
{
	return line != NULL && line->kind == RECORD_SETTING && !holds(other, line) &&
		(there == NULL || holds(own, there) || !same_setting(line, there));
}

bool record_differs(const struct record *before, const struct record *after, const struct record_line **before_line,
	const struct record_line **after_line)
{
	size_t at = 0;
	while (key_line(before, at) != NULL && key_line(after, at) != NULL && same(&before->line[at], &after->line[at]))
		at++;
	*before_line = key_line(before, at);
	*after_line = key_line(after, at);
	if (*before_line == NULL && *after_line == NULL)
		return false;
	/* a line put in or taken out shifts the rest: it alone is the difference */
	if (*after_line != NULL && (*after_line)->kind != RECORD_SETTING && namesake(before, *after_line) == NULL)
		*before_line = NULL;
	else if (*before_line != NULL && (*before_line)->kind != RECORD_SETTING && namesake(after, *before_line) == NULL)
		*after_line = NULL;
	else if (only_setting(before, *before_line, after, *after_line))
		*after_line = NULL;
	else if (only_setting(after, *after_line, before, *before_line))
		*before_line = NULL;
	return true;
}

/* Lines of the one key that the other does not hold. */
static size_t count_others(const struct record *record, const struct record *other)
{
	size_t count = 0;
	const struct record_line *line, *twin;
	for (size_t i = 0; (line = key_line(record, i)) != NULL; i++) {
		size_t k = 0;
		while ((twin = key_line(other, k)) != NULL && !same(line, twin))
			k++;
		count += twin == NULL;
	}
	return count;
}

size_t record_differences(const struct record *before, const struct record *after)
{
	size_t gone = count_others(before, after), new = count_others(after, before);
	return gone > new ? gone : new;
}

/* ---- the file ---- */

/* Tabs, newlines and backslashes as \t, \n, \\. */
static int add_escaped(struct text *text, const char *string, struct error *error)
{
	for (; *string != '\0'; string++) {
		const char *as = *string == '\t' ? "\\t" : *string == '\n' ? "\\n" : *string == '\\' ? "\\\\" : NULL;
		if ((as != NULL ? text_add_string(text, as, error) : text_add(text, string, 1, error)) != 0)
			return -1;
	}
	return 0;
}

static void unescape(char *string)
{
	char *to = string;
	for (const char *from = string; *from != '\0'; from++) {
		if (*from == '\\' && from[1] != '\0') {
			from++;
			*to++ = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
}

int record_write(const struct record *record, const char *path, struct error *error)
{
	struct text text = { .arena = record->arena };
	char digest[HASH_TEXT];
	for (size_t i = 0; i < record->count; i++) {
		const struct record_line *line = &record->line[i];
		if (text_add_format(&text, error, "%s\t", kind_names[line->kind]) != 0 ||
			add_escaped(&text, line->name, error) != 0 || text_add_string(&text, "\t", error) != 0 ||
			add_escaped(&text, line->value, error) != 0 || text_add_string(&text, "\n", error) != 0)
			return -1;
	}
	hash_bytes(text.bytes, text.length, digest);
	char *next = arena_print(record->arena, error, "%s.next", path);
	if (next == NULL || text_add_format(&text, error, "%s\n", digest) != 0)
		return -1;
	(void)unlink(next); /* of a run that was killed */
	if (text_save(&text, next, error) != 0)
		return -1;
	return rename(next, path) == 0 ? 0 : error_system(error, errno, "%s: cannot be written", path);
}

static char *read_whole(const char *path, size_t *length, struct arena *arena)
{
	struct error unused = { 0 };
	struct stat state;
	char *bytes = NULL;
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (file >= 0 && fstat(file, &state) == 0 && S_ISREG(state.st_mode) && state.st_size <= FILE_LIMIT)
		bytes = arena_take(arena, (size_t)state.st_size + 1, 1, &unused);
	*length = 0;
	for (ssize_t got = 1; bytes != NULL && got > 0 && *length < (size_t)state.st_size; *length += got > 0 ? (size_t)got : 0)
		got = read(file, bytes + *length, (size_t)state.st_size - *length);
	if (file >= 0)
		(void)close(file);
	return bytes;
}

/* The line's kind; RECORD_KINDS for one that is none. */
static enum record_kind kind_of(const char *word)
{
	unsigned kind = 0;
	while (kind < RECORD_KINDS && strcmp(kind_names[kind], word) != 0)
		kind++;
	return (enum record_kind)kind;
}

/* Cuts the next line of `*at` into its three texts; false when it is none. */
static bool take_line(char **at, char *part[3])
{
	char *end = strchr(*at, '\n');
	if (end == NULL)
		return false;
	*end = '\0';
	part[0] = *at;
	for (size_t i = 1; i < 3; i++) {
		part[i] = strchr(part[i - 1], '\t');
		if (part[i] == NULL)
			return false;
		*part[i]++ = '\0';
	}
	unescape(part[1]);
	unescape(part[2]);
	*at = end + 1;
	return true;
}

bool record_read(struct record *record, const char *path)
{
	size_t length;
	struct error unused = { 0 };
	char digest[HASH_TEXT], *bytes = read_whole(path, &length, record->arena);
	if (bytes == NULL || length < HASH_TEXT || strlen(bytes) != length || bytes[length - 1] != '\n')
		return false;
	char *last = bytes + length - HASH_TEXT;
	hash_bytes(bytes, length - HASH_TEXT, digest);
	if (strncmp(last, digest, HASH_TEXT - 1) != 0)
		return false;
	*last = '\0';
	for (char *at = bytes, *part[3]; *at != '\0';) {
		if (!take_line(&at, part) || kind_of(part[0]) == RECORD_KINDS ||
			record_add(record, kind_of(part[0]), part[1], part[2], &unused) != 0)
			return false;
	}
	return true;
}
