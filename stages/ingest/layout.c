/* The header of an extract's file: see layout.h. */
#include "stages/ingest/layout.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/text.h"
#include "stages/ingest/personnummer.h"
#include "stages/ingest/plain.h"

#define NAME_BYTES 40  /* a longer column name is not repeated in messages */
#define CODES_TOLD 24  /* a list with more codes is only named */
#define NAME_DIGITS 3  /* nor one with more digits: a file without a header has persons' values there */

static size_t field_named(const struct extract *extract, const char *name, size_t length)
{
	for (size_t i = 0; i < extract->fields; i++)
		if (text_equal(name, length, extract->field[i].name))
			return i;
	return LAYOUT_ABSENT;
}

/* What a wrong code, or a field of several, is told: the codes themselves where they are few, for the nearest one would tell of a person. */
static const char *tell_codes(const struct field *field, struct arena *arena, struct error *error)
{
	const struct codelist *codes = field->codes;
	const char *form = field->kind == FIELD_CODES
		? "not CODE[:PER CENT]|…, each code once and at most 100 per cent in all, with codes of its list" : "not a code of its list";
	struct text text = { .arena = arena };
	if (codes->count > CODES_TOLD)
		return arena_print(arena, error, "%s (schemas/kodlistor/%s.csv)", form, codes->name);
	if (text_add_format(&text, error, "%s:", form) != 0)
		return NULL;
	for (size_t i = 0; i < codes->count; i++)
		if (text_add_format(&text, error, " %s", codes->entry[i].kod) != 0)
			return NULL;
	return text.bytes;
}

/* "not of the form ^[0-9A-Za-z_-]{8,64}$", and in words where it is a class (else NULL) with all letters and digits. */
static const char *tell_pattern(const char *pattern, const struct pattern_class *class, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	char marks[128] = "";
	size_t alike = 0, count = 0;
	for (int c = '!'; class != NULL && c <= '~'; c++) {
		bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		alike += plain && class->allowed[c];
		if (!plain && class->allowed[c])
			marks[count++] = (char)c;
	}
	if (text_add_format(&text, error, "not of the form %s", pattern) != 0)
		return NULL;
	if (alike < 10 + 26 + 26)
		return text.bytes;
	if (text_add_format(&text, error, ": %zu–%zu letters (A–Z, a–z)%s digits", class->least, class->most, count == 0 ? " or" : ",") != 0)
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (text_add_format(&text, error, "%s %c", i + 1 < count ? "," : " or", marks[i]) != 0)
			return NULL;
	return text.bytes;
}

int reading_make(struct reading *reading, const struct extract *extract, const struct settings *settings,
	struct arena *arena, struct error *error)
{
	if (extract->fields > LAYOUT_FIELDS)
		return error_set(error, EXIT_BUG, "extract %s has more fields than ingest takes", extract->name);
	*reading = (struct reading){ .extract = extract, .pid = schema_field(extract, "pid"),
		.avslut = schema_field(extract, "avslut") };
	for (size_t i = 0; i < extract->fields; i++) {
		const struct field *field = &extract->field[i];
		if (field->codes != NULL && ((reading->codes[i] = code_table_make(field->codes, arena, error)) == NULL ||
			(reading->told[i] = tell_codes(field, arena, error)) == NULL))
			return -1;
		reading->is_class[i] = field->pattern != NULL && pattern_class_of(field->pattern, &reading->class[i]);
		if (field->pattern != NULL && (reading->told[i] = tell_pattern(field->pattern,
			reading->is_class[i] ? &reading->class[i] : NULL, arena, error)) == NULL)
			return -1;
	}
	const char **insatser = arena_take(arena, settings->insats_count, sizeof *insatser, error);
	bool *is_volym = arena_take(arena, settings->insats_count, sizeof *is_volym, error);
	if (insatser == NULL || is_volym == NULL)
		return -1;
	for (size_t i = 0; i < settings->insats_count; i++) {
		insatser[i] = settings->insats[i].name;
		is_volym[i] = settings->insats[i].registration == REGISTRATION_VOLUME;
	}
	reading->insatser = (struct words){ .count = settings->insats_count, .word = insatser };
	reading->is_volym = is_volym;
	reading->plain = plain_takes(extract);
	for (size_t i = 0; i < sizeof reading->first_day / sizeof *reading->first_day; i++)
		reading->first_day[i] = date_first_day(date_month(LAYOUT_FIRST_YEAR, 1) + (int32_t)i);
	return 0;
}

static bool may_be_shown(const char *name, size_t length)
{
	size_t digits = 0;
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)name[i];
		if (c < 0x20 || c == 0x7F)
			return false;
		digits += c >= '0' && c <= '9';
	}
	return length > 0 && length <= NAME_BYTES && digits <= NAME_DIGITS;
}

static int name_columns(struct layout *layout, const struct csv_record *header, bool real, struct arena *arena,
	struct error *error)
{
	const char **name = arena_take(arena, header->fields, sizeof *name, error);
	if (name == NULL)
		return -1;
	for (size_t i = 0; i < header->fields; i++) {
		const char *text = header->field[i].text;
		size_t length = header->field[i].length;
		text_trim(&text, &length);
		name[i] = real && may_be_shown(text, length)
			? arena_print(arena, error, "column '%.*s'", (int)length, text)
			: arena_print(arena, error, "column %zu", i + 1);
		if (name[i] == NULL)
			return -1;
	}
	layout->name = name;
	layout->columns = header->fields;
	return 0;
}

static int name_absent(struct layout *layout, const struct extract *extract, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	int result = text_add_string(&text, "", error);
	for (size_t i = 0; i < extract->fields && result == 0; i++)
		if (layout->column[i] == LAYOUT_ABSENT && !extract->field[i].required)
			result = text_add_format(&text, error, "%s%s", text.length > 0 ? ", " : "", extract->field[i].name);
	layout->absent = text.bytes;
	return result;
}

static bool listed(const struct words *words, const char *name, size_t length)
{
	for (size_t i = 0; words != NULL && i < words->count; i++)
		if (text_equal(name, length, words->word[i]))
			return true;
	return false;
}

/* The field of the extract, not in the file, whose name is nearest; NULL if none is near. */
static const char *nearest_absent(const struct layout *layout, const struct extract *extract, const char *name,
	size_t length)
{
	const char *absent[LAYOUT_FIELDS];
	size_t count = 0;
	for (size_t i = 0; i < extract->fields; i++)
		if (layout->column[i] == LAYOUT_ABSENT)
			absent[count++] = extract->field[i].name;
	return text_nearest(name, length, absent, count);
}

static void refuse_unknown(const struct layout *layout, const struct reading *reading, size_t column, const char *name,
	size_t length, const char *shown, struct error *error)
{
	const char *nearest = nearest_absent(layout, reading->extract, name, length);
	const struct error_place place = { .file = shown, .line = 1, .record = 1, .column = layout->name[column],
		.code = "COLUMN_UNKNOWN" };
	(void)error_at(error, &place, "unknown in %s%s%s%s; rename it or name it in [källa %s] ignorera", reading->extract->name, nearest == NULL ? "" : "; did you mean '",
		nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?", reading->extract->name);
}

/* A fault of a field's column. */
static void refuse_field(const struct field *field, const char *code, const char *reason, const char *shown, struct error *error)
{
	char column[NAME_BYTES + sizeof "column ''"];
	(void)snprintf(column, sizeof column, "column '%s'", field->name);
	const struct error_place place = { .file = shown, .line = 1, .record = 1, .column = column, .code = code };
	(void)error_at(error, &place, "%s", reason);
}

static bool holds_personnummer(const struct csv_record *header, const char *shown, struct error *error)
{
	bool holds = false;
	for (size_t i = 0; i < header->fields; i++) {
		if (!personnummer_within(header->field[i].text, header->field[i].length))
			continue;
		char column[NAME_BYTES];
		(void)snprintf(column, sizeof column, "column %zu", i + 1);
		const struct error_place place = { .file = shown, .line = 1, .record = 1, .column = column, .code = "PERSONNUMMER" };
		(void)error_at(error, &place, "a personnummer or samordningsnummer stands in the header");
		holds = true;
	}
	return holds;
}

/* Finds the column of each field; a known column that comes again is a fault. */
static void find_columns(struct layout *layout, const struct reading *reading, const struct csv_record *header,
	const struct words *ignore, const char *shown, struct error *error)
{
	for (size_t i = 0; i < header->fields; i++) {
		const char *name = header->field[i].text;
		size_t length = header->field[i].length;
		text_trim(&name, &length);
		size_t field = listed(ignore, name, length) ? LAYOUT_ABSENT : field_named(reading->extract, name, length);
		if (field == LAYOUT_ABSENT)
			continue;
		if (layout->column[field] != LAYOUT_ABSENT)
			refuse_field(&reading->extract->field[field], "COLUMN_TWICE", "stands twice in the header", shown, error);
		layout->column[field] = i;
	}
}

static void check_columns(const struct layout *layout, const struct reading *reading, const struct csv_record *header,
	const struct words *ignore, const char *shown, struct error *error)
{
	const struct extract *extract = reading->extract;
	for (size_t i = 0; i < extract->fields; i++)
		if (extract->field[i].required && layout->column[i] == LAYOUT_ABSENT)
			refuse_field(&extract->field[i], "COLUMN_MISSING", "required, but missing", shown, error);
	for (size_t i = 0; i < header->fields; i++) {
		const char *name = header->field[i].text;
		size_t length = header->field[i].length;
		text_trim(&name, &length);
		if (!listed(ignore, name, length) && field_named(extract, name, length) == LAYOUT_ABSENT)
			refuse_unknown(layout, reading, i, name, length, shown, error);
	}
}

/* Another mark than , ; TAB between what would then be columns of the extract; 0 without. */
static char other_delimiter(const struct extract *extract, const struct csv_record *header)
{
	const char *text = header->field[0].text, *end = text + header->field[0].length;
	for (const char *mark = "|:^~"; header->fields == 1 && *mark != '\0'; mark++) {
		const char *next = memchr(text, *mark, (size_t)(end - text));
		for (const char *from = text; next != NULL; from = next + 1, next = from > end ? NULL : memchr(from, *mark, (size_t)(end - from))) {
			const char *name = from;
			size_t length = (size_t)(next - from);
			text_trim(&name, &length);
			if (field_named(extract, name, length) != LAYOUT_ABSENT)
				return *mark;
		}
	}
	return '\0';
}

/* The first line is no header. Nothing of it is repeated: it may be a person's row. */
static int refuse_header(const struct extract *extract, const struct csv_record *header, const char *shown, struct error *error)
{
	const struct error_place place = { .file = shown, .line = 1, .record = 1, .code = "HEADER_MISSING" };
	char mark = other_delimiter(extract, header);
	if (mark != '\0')
		return error_at(error, &place, "the first line names no column of %s; columns are separated by , ; or TAB, "
			"and this line looks separated by '%c'", extract->name, mark);
	return error_at(error, &place, "the first line names no column of %s; it must be the header (%s, …)", extract->name, extract->field[0].name);
}

int layout_make(struct layout *layout, const struct reading *reading, const struct csv_record *header,
	const struct words *ignore, const char *shown, struct arena *arena, struct error *error)
{
	size_t before = error->count;
	layout->name = NULL;
	layout->absent = NULL;
	for (size_t i = 0; i < LAYOUT_FIELDS; i++)
		layout->column[i] = LAYOUT_ABSENT;
	bool personnummer = holds_personnummer(header, shown, error);
	find_columns(layout, reading, header, ignore, shown, error);
	bool real = false; /* whether it is a header at all: if not, its names may be persons' values */
	for (size_t i = 0; i < reading->extract->fields; i++)
		real = real || layout->column[i] != LAYOUT_ABSENT;
	if (name_columns(layout, header, real && !personnummer, arena, error) != 0 ||
		name_absent(layout, reading->extract, arena, error) != 0)
		return -1;
	if (!real)
		return refuse_header(reading->extract, header, shown, error);
	if (!personnummer)
		check_columns(layout, reading, header, ignore, shown, error);
	return error->count == before ? 0 : -1;
}
