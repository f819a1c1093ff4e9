/* Code lists, parsed from the CSV files that are built into the program: see codelist.h. */
#include "pipeline/table/schema/codelist.h"

#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/text.h"
#include "pipeline/table/schema/embedded.h"

enum { KOD, ETIKETT, OVERORDNAD, GILTIG_FRAN, GILTIG_TILL, COLUMNS };
static const char *const header[COLUMNS] = { "kod", "etikett", "overordnad", "giltig_fran", "giltig_till" };

/* What is left to read of a list. */
struct reader {
	const char *name; /* of the embedded file */
	const char *next, *end;
	size_t line;
	struct arena *arena;
	struct error *error;
};

static int fault(const struct reader *reader, const char *reason)
{
	return error_set(reader->error, EXIT_BUG, "schemas/%s:%zu: %s", reader->name, reader->line, reason);
}

/* A quoted field, of which the opening quote is read: its text with doubled quotes made single. */
static const char *read_quoted(struct reader *reader)
{
	char *text = arena_take(reader->arena, (size_t)(reader->end - reader->next) + 1, 1, reader->error);
	if (text == NULL)
		return NULL;
	size_t length = 0;
	for (; reader->next < reader->end; reader->next++) {
		if (*reader->next == '"') {
			reader->next++;
			if (reader->next == reader->end || *reader->next != '"')
				return text;
		}
		text[length++] = *reader->next;
	}
	(void)fault(reader, "a quote is not closed");
	return NULL;
}

static const char *read_plain(struct reader *reader)
{
	const char *start = reader->next;
	while (reader->next < reader->end && *reader->next != ',' && *reader->next != '\n') {
		if (*reader->next == '"' || *reader->next == '\r') {
			(void)fault(reader, "a quote or CR in a plain field");
			return NULL;
		}
		reader->next++;
	}
	return arena_text(reader->arena, start, (size_t)(reader->next - start), reader->error);
}

static int read_record(struct reader *reader, const char *record[COLUMNS])
{
	reader->line++;
	for (size_t i = 0; i < COLUMNS; i++) {
		bool quoted = reader->next < reader->end && *reader->next == '"';
		reader->next += quoted;
		record[i] = quoted ? read_quoted(reader) : read_plain(reader);
		if (record[i] == NULL)
			return -1;
		if (reader->next == reader->end || *reader->next != (i + 1 < COLUMNS ? ',' : '\n'))
			return fault(reader, "a record is five fields and LF");
		reader->next++;
	}
	return 0;
}

static bool is_date_or_empty(const char *text)
{
	int32_t day;
	return *text == '\0' || date_read(text, strlen(text), &day);
}

static int read_entry(struct reader *reader, struct code *code)
{
	const char *record[COLUMNS];
	if (read_record(reader, record) != 0)
		return -1;
	if (*record[KOD] == '\0' || *record[ETIKETT] == '\0')
		return fault(reader, "kod and etikett may not be empty");
	if (!is_date_or_empty(record[GILTIG_FRAN]) || !is_date_or_empty(record[GILTIG_TILL]))
		return fault(reader, "giltig_fran and giltig_till are dates or empty");
	*code = (struct code){ .kod = record[KOD], .etikett = record[ETIKETT], .overordnad = record[OVERORDNAD] };
	return 0;
}

static int read_header(struct reader *reader)
{
	const char *record[COLUMNS];
	if (read_record(reader, record) != 0)
		return -1;
	for (size_t i = 0; i < COLUMNS; i++)
		if (strcmp(record[i], header[i]) != 0)
			return fault(reader, "the header is kod,etikett,overordnad,giltig_fran,giltig_till");
	return 0;
}

/* Sets `ascending`; a code that occurs twice is a fault. */
static int check_codes(struct codelist *list, struct error *error)
{
	list->ascending = true;
	for (size_t i = 1; i < list->count && list->ascending; i++)
		list->ascending = strcmp(list->entry[i - 1].kod, list->entry[i].kod) < 0;
	for (size_t i = 1; i < list->count && !list->ascending; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(list->entry[i].kod, list->entry[j].kod) == 0)
				return error_set(error, EXIT_BUG, "code list %s: code '%s' stands twice", list->name,
					list->entry[i].kod);
	if (list->count == 0 || list->count >= CODE_NONE)
		return error_set(error, EXIT_BUG, "code list %s: no codes, or more than an index can number", list->name);
	return 0;
}

const struct codelist *codelist_load(const char *name, struct arena *arena, struct error *error)
{
	const char *path = arena_print(arena, error, "kodlistor/%s.csv", name);
	if (path == NULL)
		return NULL;
	const struct embedded_file *file = embedded_find(path);
	if (file == NULL) {
		(void)error_set(error, EXIT_BUG, "schemas/%s: no such code list is built in", path);
		return NULL;
	}
	struct reader reader = { .name = path, .next = file->bytes, .end = file->bytes + file->length,
		.arena = arena, .error = error };
	size_t lines = 0;
	for (size_t i = 0; i < file->length; i++)
		lines += file->bytes[i] == '\n';
	struct codelist *list = arena_take(arena, 1, sizeof *list, error);
	struct code *entry = arena_take(arena, lines + 1, sizeof *entry, error);
	if (list == NULL || entry == NULL || read_header(&reader) != 0)
		return NULL;
	size_t count = 0;
	while (reader.next < reader.end)
		if (read_entry(&reader, &entry[count++]) != 0)
			return NULL;
	*list = (struct codelist){ .name = arena_text(arena, name, strlen(name), error), .count = count, .entry = entry };
	return list->name != NULL && check_codes(list, error) == 0 ? list : NULL;
}

/* The order of an entry's code against a code without a final NUL. */
static int compare(const char *kod, const char *code, size_t length)
{
	size_t kod_length = strlen(kod), shorter = kod_length < length ? kod_length : length;
	int order = memcmp(kod, code, shorter);
	return order != 0 ? order : (kod_length > length) - (kod_length < length);
}

uint16_t codelist_find(const struct codelist *list, const char *code, size_t length)
{
	size_t low = 0, high = list == NULL ? 0 : list->count;
	if (list != NULL && !list->ascending) {
		while (low < high && compare(list->entry[low].kod, code, length) != 0)
			low++;
		return low < high ? (uint16_t)low : CODE_NONE;
	}
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(list->entry[middle].kod, code, length);
		if (order == 0)
			return (uint16_t)middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return CODE_NONE;
}

const char *codelist_label(const struct codelist *list, const char *code)
{
	uint16_t index = codelist_find(list, code, strlen(code));
	return list == NULL || index == CODE_NONE ? code : list->entry[index].etikett;
}

const struct codelist *codelist_join(const struct codelist *const *lists, size_t count, struct arena *arena,
	struct error *error)
{
	struct text name = { .arena = arena };
	size_t codes = 0;
	for (size_t i = 0; i < count; i++) {
		codes += lists[i]->count;
		if (text_add_format(&name, error, "%s%s", i > 0 ? "+" : "", lists[i]->name) != 0)
			return NULL;
	}
	struct codelist *joined = arena_take(arena, 1, sizeof *joined, error);
	struct code *entry = arena_take(arena, codes, sizeof *entry, error);
	if (joined == NULL || entry == NULL)
		return NULL;
	*joined = (struct codelist){ .name = name.bytes, .count = codes, .entry = entry };
	for (size_t i = 0; i < count; i++) {
		memcpy(entry, lists[i]->entry, lists[i]->count * sizeof *entry);
		entry += lists[i]->count;
	}
	return check_codes(joined, error) == 0 ? joined : NULL;
}
