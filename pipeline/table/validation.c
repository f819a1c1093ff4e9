/* The validation report as JSON: see validation.h. */
#include "pipeline/table/validation.h"

#include <inttypes.h>
#include <stdio.h>

void validation_count(struct validation *validation)
{
	for (size_t i = 0; i < validation->files; i++) {
		struct flow *flow = &validation->flow[validation->file[i].extract];
		flow->files++;
		flow->read += (uint64_t)validation->file[i].read;
		flow->kept += (uint64_t)validation->file[i].kept;
		flow->duplicates += (uint64_t)validation->file[i].duplicates;
		flow->rejected += (uint64_t)validation->file[i].rejected;
	}
}

void validation_combination(unsigned bits, char name[VALIDATION_COMBINATION])
{
	static const struct {
		unsigned bit;
		const char *name;
	} sources[] = { { IN_AF, "AF" }, { IN_FK, "FK" }, { IN_KOM, "KOM" }, { IN_REG, "REG" }, { IN_SUS, "SUS" },
		{ IN_ENKAT, "ENKAT" } };
	size_t used = 0;
	name[0] = '\0';
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		if ((bits & sources[i].bit) != 0)
			used += (size_t)snprintf(name + used, VALIDATION_COMBINATION - used, "%s%s", used > 0 ? "+" : "",
				sources[i].name);
}

/* "KEY": "VALUE" or null, behind a comma unless it is the first. */
static int add_text(struct text *text, const char *between, const char *key, const char *value, struct error *error)
{
	if (text_add_format(text, error, "%s\"%s\": ", between, key) != 0)
		return -1;
	return value == NULL ? text_add_string(text, "null", error) : text_add_json(text, value, error);
}

static const char *extract_or_null(size_t extract)
{
	return extract < EXTRACTS ? extract_names[extract] : NULL;
}

/* ", "KEY": " and the number; null when it is not known. */
static int add_place(struct text *text, const char *key, uint64_t number, struct error *error)
{
	if (number == 0)
		return text_add_format(text, error, ", \"%s\": null", key);
	return text_add_format(text, error, ", \"%s\": %" PRIu64, key, number);
}

/* Some bytes of a message; null without. */
static int add_word(struct text *text, const char *key, const char *message, size_t at, size_t bytes, struct error *error)
{
	char word[ERROR_LENGTH];
	(void)snprintf(word, sizeof word, "%.*s", (int)bytes, message + at);
	return add_text(text, ", ", key, bytes == 0 ? NULL : word, error);
}

/* A fault as people read it, and the same in its parts. */
static int add_fault(const char *message, const struct error_spot *spot, struct text *text, struct error *error)
{
	if (add_text(text, "{", "message", message, error) != 0 || add_word(text, "file", message, 0, spot->file, error) != 0 ||
		add_place(text, "line", spot->line, error) != 0 || add_place(text, "record", spot->record, error) != 0 ||
		add_word(text, "column", message, spot->column, spot->column_bytes, error) != 0 ||
		add_word(text, "code", message, spot->code, spot->code_bytes, error) != 0)
		return -1;
	return text_add_string(text, "}", error);
}

static int add_head(const struct validation *validation, struct text *text, struct error *error)
{
	bool refused = validation->why != NULL && validation->why->count > 0;
	if (add_text(text, "{\n  ", "forbund", validation->title, error) != 0 ||
		add_text(text, ",\n  ", "verdict", refused ? "refused" : "accepted", error) != 0 ||
		add_text(text, ",\n  ", "compared_with", validation->reference, error) != 0 ||
		text_add_string(text, ",\n  \"errors\": [", error) != 0)
		return -1;
	for (size_t i = 0; refused && i < error_kept(validation->why); i++)
		if (text_add_string(text, i == 0 ? "\n    " : ",\n    ", error) != 0 ||
			add_fault(validation->why->message[i], &validation->why->spot[i], text, error) != 0)
			return -1;
	return text_add_format(text, error, "%s],\n  \"errors_in_all\": %zu,\n", refused ? "\n  " : "",
		refused ? validation->why->count : 0);
}

static int add_sources(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_string(text, "  \"sources\": [", error) != 0)
		return -1;
	for (size_t i = 0; i < EXTRACTS; i++) {
		const struct flow *flow = &validation->flow[i];
		if (text_add_format(text, error,
			    "%s\n    {\"source\": \"%s\", \"files\": %" PRIu64 ", \"rows_read\": %" PRIu64
			    ", \"rows_kept\": %" PRIu64 ", \"rows_rejected\": %" PRIu64 ", \"duplicates\": %" PRIu64
			    ", \"after_period\": %" PRIu64 ", \"left_out\": %" PRIu64 "}",
			    i == 0 ? "" : ",", extract_names[i], flow->files, flow->read, flow->kept, flow->rejected,
			    flow->duplicates, flow->after_period, flow->left_out) != 0)
			return -1;
	}
	return text_add_string(text, "\n  ],\n", error);
}

static int add_files(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_string(text, "  \"files\": [", error) != 0)
		return -1;
	for (size_t i = 0; i < validation->files; i++) {
		const struct delivered_file *file = &validation->file[i];
		if (add_text(text, i == 0 ? "\n    {" : ",\n    {", "source", extract_names[file->extract], error) != 0 ||
			add_text(text, ", ", "file", file->file, error) != 0 ||
			text_add_format(text, error,
				", \"rows_read\": %" PRId64 ", \"rows_kept\": %" PRId64 ", \"rows_rejected\": %" PRId64
				", \"duplicates\": %" PRId64, file->read, file->kept, file->rejected, file->duplicates) != 0 ||
			add_text(text, ", ", "columns_absent", file->absent, error) != 0 ||
			add_text(text, ", ", "same_rows_as", file->same, error) != 0 || text_add_string(text, "}", error) != 0)
			return -1;
	}
	return text_add_string(text, validation->files > 0 ? "\n  ],\n" : "],\n", error);
}

static int add_breaches(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_string(text, "  \"rules\": [", error) != 0)
		return -1;
	for (size_t i = 0; i < validation->breaches; i++) {
		const struct breach *breach = &validation->breach[i];
		if (add_text(text, i == 0 ? "\n    {" : ",\n    {", "source", extract_or_null(breach->extract), error) != 0 ||
			add_text(text, ", ", "file", breach->file[0] == '\0' ? NULL : breach->file, error) != 0 ||
			add_text(text, ", ", "column", breach->column, error) != 0 ||
			add_text(text, ", ", "code", breach->code, error) != 0 ||
			add_text(text, ", ", "severity", schema_severity_name(breach->severity), error) != 0 ||
			add_text(text, ", ", "label", breach->label, error) != 0 ||
			text_add_format(text, error, ", \"count\": %" PRId64, breach->count) != 0 ||
			add_text(text, ", ", "unit", breach->unit, error) != 0 || text_add_string(text, "}", error) != 0)
			return -1;
	}
	return text_add_string(text, validation->breaches > 0 ? "\n  ],\n" : "],\n", error);
}

static int add_changes(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_string(text, "  \"drift\": [", error) != 0)
		return -1;
	for (size_t i = 0; i < validation->changes; i++) {
		const struct change *change = &validation->change[i];
		if (add_text(text, i == 0 ? "\n    {" : ",\n    {", "source", extract_or_null(change->extract), error) != 0 ||
			add_text(text, ", ", "what", change->what, error) != 0 ||
			add_text(text, ", ", "before", change->before, error) != 0 ||
			add_text(text, ", ", "now", change->now, error) != 0 ||
			add_text(text, ", ", "told", change->told ? schema_severity_name(change->severity) : NULL, error) != 0 ||
			text_add_string(text, "}", error) != 0)
			return -1;
	}
	return text_add_string(text, validation->changes > 0 ? "\n  ],\n" : "],\n", error);
}

static int add_persons(const struct validation *validation, struct text *text, struct error *error)
{
	const char *between = "";
	if (!validation->linked)
		return text_add_string(text, "  \"persons\": null,\n  \"persons_by_sources\": {}\n}\n", error);
	if (text_add_format(text, error, "  \"persons\": %" PRIu64 ",\n  \"persons_by_sources\": {", validation->persons) != 0)
		return -1;
	for (unsigned bits = 1; bits < IN_COMBINATIONS; bits++) {
		char name[VALIDATION_COMBINATION];
		if (validation->presence[bits] == 0)
			continue;
		validation_combination(bits, name);
		if (text_add_format(text, error, "%s\n    \"%s\": %" PRIu64, between, name, validation->presence[bits]) != 0)
			return -1;
		between = ",";
	}
	return text_add_string(text, "\n  }\n}\n", error);
}

int validation_json(const struct validation *validation, struct text *text, struct error *error)
{
	if (add_head(validation, text, error) != 0 || add_sources(validation, text, error) != 0 ||
		add_files(validation, text, error) != 0 || add_breaches(validation, text, error) != 0 ||
		add_changes(validation, text, error) != 0)
		return -1;
	return add_persons(validation, text, error);
}
