/* profile.csv, written and read: see profile.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv.h"
#include "pipeline/table/csv/csv_write.h"
#include "stages/validate/profile.h"

enum { KALLA, SLAG, KOLUMN, KOD, ANTAL, COLUMNS };
static const char *const header[COLUMNS] = { "kalla", "slag", "kolumn", "kod", "antal" };

/* ---- writing ---- */

static void put(struct csv_writer *writer, const char *source, const char *kind, const char *column, const char *code,
	int64_t count)
{
	char number[24];
	(void)snprintf(number, sizeof number, "%" PRId64, count);
	const char *const fields[COLUMNS] = { source, kind, column, code, number };
	for (size_t i = 0; i < COLUMNS; i++)
		csv_string(writer, fields[i]);
	csv_end(writer);
}

static void put_source(struct csv_writer *writer, const char *name, const struct profile_source *source)
{
	put(writer, name, "rader", "", "", (int64_t)source->rows);
	put(writer, name, "personer", "", "", (int64_t)source->persons);
	put(writer, name, "i annan", "", "", (int64_t)source->elsewhere);
	for (size_t i = 0; i < source->files; i++)
		put(writer, name, "fil", source->file[i].name, source->file[i].print, (int64_t)source->file[i].rows);
	for (size_t i = 0; i < source->fields; i++) {
		const struct profile_field *field = &source->field[i];
		put(writer, name, "saknas", field->name, "", (int64_t)field->empty);
		if (field->latest != COLUMN_NONE_I32)
			put(writer, name, "senast", field->name, "", field->latest);
		for (size_t k = 0; k < field->codes; k++)
			put(writer, name, "kod", field->name, field->code[k].code, (int64_t)field->code[k].rows);
	}
}

int profile_write(const struct profile *profile, const char *path, struct error *error)
{
	struct csv_writer *writer;
	if (csv_create(&writer, path, &csv_style_machine, error) != 0)
		return -1;
	for (size_t i = 0; i < COLUMNS; i++)
		csv_string(writer, header[i]);
	csv_end(writer);
	put(writer, "", "forbund", "", profile->forbund, 0);
	for (size_t i = 0; i < EXTRACT_PRISLISTA; i++)
		put_source(writer, extract_names[i], &profile->source[i]);
	return csv_finish(writer, error);
}

/* ---- reading ---- */

/* One line, its texts in the arena. */
struct line {
	const char *text[COLUMNS];
	int64_t count;
};

/* Room for what a source may hold of each kind: the lines of the file. */
struct reading {
	struct profile *profile;
	struct arena *arena;
	struct error *error;
	size_t field_room[EXTRACTS], file_room[EXTRACTS], code_room;
	struct profile_field *field[EXTRACTS];
	struct profile_file *file[EXTRACTS];
	struct profile_code *code; /* of the last field */
};

static size_t source_named(const char *name)
{
	size_t i = 0;
	while (i < EXTRACT_PRISLISTA && strcmp(extract_names[i], name) != 0)
		i++;
	return i;
}

static int add_file(struct reading *reading, size_t source, const struct line *line)
{
	struct profile_source *profile = &reading->profile->source[source];
	struct profile_file *files = arena_grow(reading->arena, reading->file[source], profile->files, profile->files + 1,
		&reading->file_room[source], sizeof *files, reading->error);
	if (files == NULL)
		return -1;
	reading->file[source] = files;
	profile->file = files;
	files[profile->files] = (struct profile_file){ .name = line->text[KOLUMN], .rows = (uint64_t)line->count };
	(void)snprintf(files[profile->files++].print, PROFILE_PRINT, "%s", line->text[KOD]);
	return 0;
}

static int add_field(struct reading *reading, size_t source, const struct line *line)
{
	struct profile_source *profile = &reading->profile->source[source];
	struct profile_field *fields = arena_grow(reading->arena, reading->field[source], profile->fields, profile->fields + 1,
		&reading->field_room[source], sizeof *fields, reading->error);
	if (fields == NULL)
		return -1;
	reading->field[source] = fields;
	profile->field = fields;
	fields[profile->fields++] = (struct profile_field){ .name = line->text[KOLUMN], .empty = (uint64_t)line->count,
		.latest = COLUMN_NONE_I32 };
	reading->code = NULL;
	reading->code_room = 0;
	return 0;
}

static int add_code(struct reading *reading, struct profile_field *field, const struct line *line)
{
	struct profile_code *codes = arena_grow(reading->arena, reading->code, field->codes, field->codes + 1,
		&reading->code_room, sizeof *codes, reading->error);
	if (codes == NULL)
		return -1;
	reading->code = codes;
	field->code = codes;
	codes[field->codes++] = (struct profile_code){ line->text[KOD], (uint64_t)line->count };
	return 0;
}

/* 1: the line was taken; 0: it is no line of a profile; -1 with the error set. */
static int take_line(struct reading *reading, const struct line *line)
{
	const char *kind = line->text[SLAG];
	if (strcmp(kind, "forbund") == 0) {
		reading->profile->forbund = line->text[KOD];
		return 1;
	}
	size_t number = source_named(line->text[KALLA]);
	if (number == EXTRACT_PRISLISTA || (line->count < 0 && strcmp(kind, "senast") != 0))
		return 0;
	struct profile_source *source = &reading->profile->source[number];
	struct profile_field *last = source->fields == 0 ? NULL : &reading->field[number][source->fields - 1];
	if (strcmp(kind, "rader") == 0)
		source->rows = (uint64_t)line->count;
	else if (strcmp(kind, "personer") == 0)
		source->persons = (uint64_t)line->count;
	else if (strcmp(kind, "i annan") == 0)
		source->elsewhere = (uint64_t)line->count;
	else if (strcmp(kind, "fil") == 0)
		return add_file(reading, number, line) == 0 ? 1 : -1;
	else if (strcmp(kind, "saknas") == 0)
		return add_field(reading, number, line) == 0 ? 1 : -1;
	else if (last == NULL || strcmp(last->name, line->text[KOLUMN]) != 0)
		return 0;
	else if (strcmp(kind, "senast") == 0 && line->count > INT32_MIN && line->count <= INT32_MAX)
		last->latest = (int32_t)line->count;
	else if (strcmp(kind, "kod") == 0)
		return add_code(reading, last, line) == 0 ? 1 : -1;
	else
		return 0;
	return 1;
}

static int read_record(struct reading *reading, const struct csv_record *record, const char *path)
{
	struct line line;
	if (record->fields != COLUMNS)
		return error_set(reading->error, EXIT_DATA, "%s:%" PRIu64 ": not a profile", path, record->line);
	for (size_t i = 0; i < COLUMNS; i++) {
		line.text[i] = arena_text(reading->arena, record->field[i].text, record->field[i].length, reading->error);
		if (line.text[i] == NULL)
			return -1;
	}
	bool known = number_read_integer(record->field[ANTAL].text, record->field[ANTAL].length, &line.count);
	int taken = known ? take_line(reading, &line) : 0;
	if (taken == 0)
		return error_set(reading->error, EXIT_DATA, "%s:%" PRIu64 ": not a line of a profile", path, record->line);
	return taken > 0 ? 0 : -1;
}

int profile_read(struct profile *profile, const char *path, struct arena *arena, struct error *error)
{
	const struct csv_options options = { .delimiter = ',' };
	struct reading reading = { .profile = profile, .arena = arena, .error = error };
	struct csv *csv = NULL;
	struct csv_record record;
	int got = csv_open(&csv, path, path, &options, error) != 0 ? -1 : csv_next(csv, &record, error); /* the header */
	*profile = (struct profile){ .forbund = NULL };
	while (got == 1 && (got = csv_next(csv, &record, error)) == 1)
		if (read_record(&reading, &record, path) != 0)
			got = -1;
	csv_close(csv);
	if (got == 0 && profile->forbund == NULL)
		got = error_set(error, EXIT_DATA, "%s: a profile without its förbund", path);
	return got;
}
