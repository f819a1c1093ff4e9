/* manifest.json: what went into a run, what each stage made of it, and with which program. Its members are described in
   docs/operation.md; verify, diff and history read them. */
#define _XOPEN_SOURCE 700 /* realpath: without it only a fortified build declares the function */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "pipeline/base/file.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "pipeline/run/reuse_key.h"
#include "pipeline/run/run.h"
#include "pipeline/table/schema/embedded.h"
#include "pipeline/table/schema/schema.h"
#include "pipeline/version.h"

/* `,\n` between members and items, and an indent. */
static int begin_item(struct text *text, bool *first, const char *indent, struct error *error)
{
	int result = text_add_format(text, error, "%s\n%s", *first ? "" : ",", indent);
	*first = false;
	return result;
}

static int add_member(struct text *text, const char *name, const char *value, struct error *error)
{
	if (text_add_format(text, error, "  \"%s\": ", name) != 0 ||
		(value == NULL ? text_add_string(text, "null", error) : text_add_json(text, value, error)) != 0)
		return -1;
	return text_add_string(text, ",\n", error);
}

/* {"file": …, "bytes": …, "sha256": …[, "rows": …]} of a record's line and its value "BYTES HASH [ROWS]"; "checksum" where that is
   what the hash is (reuse_hash). */
static int add_file(struct text *text, const char *name, const char *value, const char *rows,
	struct error *error)
{
	const char *hash = value[0] >= '0' && value[0] <= '9' ? strchr(value, ' ') : NULL; /* else "no file" */
	if (text_add_string(text, "{\"file\": ", error) != 0 || text_add_json(text, name, error) != 0)
		return -1;
	int length = hash == NULL ? 0 : (int)strcspn(hash + 1, " ");
	if (hash != NULL && text_add_format(text, error, ", \"bytes\": %.*s, \"%s\": \"%.*s\"", (int)(hash - value), value,
				    length == HASH_TEXT - 1 ? "sha256" : "checksum", length, hash + 1) != 0)
		return -1;
	if (rows != NULL && text_add_format(text, error, ", \"rows\": %s", rows) != 0)
		return -1;
	return text_add_string(text, "}", error);
}

static int add_settings_file(const struct run *run, struct text *text, bool *first, struct error *error)
{
	char digest[HASH_TEXT], value[HASH_TEXT + 32];
	hash_bytes(run->settings->bytes, run->settings->length, digest);
	(void)snprintf(value, sizeof value, "%zu %s", run->settings->length, digest);
	return begin_item(text, first, "    ", error) != 0 ? -1 : add_file(text, "forbund.ini", value, NULL, error);
}

/* The settings and the delivery with row counts. Of a delivery that was not accepted not even the names are repeated: they
   may hold a personnummer. */
static int add_inputs(const struct run *run, struct text *text, struct error *error)
{
	bool first = true;
	const struct record *ingest = &run->made[0];
	if (text_add_string(text, "  \"inputs\": [", error) != 0 || add_settings_file(run, text, &first, error) != 0)
		return -1;
	for (size_t i = 0; i < ingest->count && run->kept[0]; i++) {
		const struct record_line *line = &ingest->line[i];
		if (line->kind == RECORD_INPUT &&
			(begin_item(text, &first, "    ", error) != 0 ||
				add_file(text, line->name, line->value, record_value(ingest, RECORD_ROWS, line->name), error) != 0))
			return -1;
	}
	return text_add_string(text, "\n  ],\n", error);
}

static int add_settings(const struct run *run, struct text *text, struct error *error)
{
	bool first = true;
	if (text_add_string(text, "  \"settings\": {", error) != 0)
		return -1;
	for (unsigned part = 0; part < SETTINGS_PARTS; part++) {
		const char *said = settings_part_text(run->settings, (enum settings_part)part, run->arena, error);
		if (said == NULL || begin_item(text, &first, "    ", error) != 0 ||
			text_add_json(text, settings_part_names[part], error) != 0 || text_add_string(text, ": ", error) != 0 ||
			text_add_json(text, said, error) != 0)
			return -1;
	}
	return text_add_string(text, "\n  },\n", error);
}

static int add_schemas(struct text *text, struct error *error)
{
	bool first = true;
	if (text_add_string(text, "  \"schemas\": {", error) != 0)
		return -1;
	for (size_t i = 0; i < embedded_count; i++) {
		char digest[HASH_TEXT];
		hash_bytes(embedded_files[i].bytes, embedded_files[i].length, digest);
		if (begin_item(text, &first, "    ", error) != 0 ||
			text_add_format(text, error, "\"%s\": \"%s\"", embedded_files[i].name, digest) != 0)
			return -1;
	}
	return text_add_string(text, "\n  },\n", error);
}

/* The files of the kinds of lines that the stage's record holds. */
static int add_lines(const struct record *record, enum record_kind kind, struct text *text, struct error *error)
{
	bool first = true;
	for (size_t i = 0; i < record->count; i++) {
		const struct record_line *line = &record->line[i];
		if (line->kind != kind)
			continue;
		const char *last = strrchr(line->value, ' '); /* rows, where there are three parts */
		const char *middle = strchr(line->value, ' ');
		if (begin_item(text, &first, "       ", error) != 0)
			return -1;
		if (kind == RECORD_WARNING || kind == RECORD_NOTE ? text_add_json(text, line->value, error) != 0
								   : add_file(text, line->name, line->value,
									     last == middle ? NULL : last + 1, error) != 0)
			return -1;
	}
	return 0;
}

static int add_stage(const struct run *run, size_t position, struct text *text, struct error *error)
{
	const struct run_use *use = &run->use[position];
	static const struct {
		const char *name;
		enum record_kind kind;
	} lists[] = { { "warnings", RECORD_WARNING }, { "notes", RECORD_NOTE }, { "reads", RECORD_INPUT }, { "writes", RECORD_OUTPUT } };
	if (text_add_format(text, error, "{\"stage\": \"%s\", \"skipped\": %s, \"seconds\": %.3f, \"peak_kib\": %ld, \"rows\": %llu,"
		" \"why\": ", stages[position]->name, use->skipped ? "true" : "false", use->seconds, use->peak_kib, use->rows) != 0 ||
		text_add_json(text, use->why == NULL ? "" : use->why, error) != 0)
		return -1;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (text_add_format(text, error, ",\n     \"%s\": [", lists[i].name) != 0 ||
			add_lines(&run->made[position], lists[i].kind, text, error) != 0 || text_add_string(text, "]", error) != 0)
			return -1;
	return text_add_string(text, "}", error);
}

static int add_stages(const struct run *run, struct text *text, struct error *error)
{
	bool first = true;
	if (text_add_string(text, "  \"stages\": [", error) != 0)
		return -1;
	for (size_t i = 0; i < stage_count; i++)
		if ((run->use[i].ran || run->use[i].skipped) &&
			(begin_item(text, &first, "    ", error) != 0 || add_stage(run, i, text, error) != 0))
			return -1;
	return text_add_string(text, "\n  ],\n", error);
}

/* The publication as it was built, a hash a file. */
static int add_publication(const struct run *run, bool complete, struct text *text, struct error *error)
{
	struct reuse_file *files = NULL;
	size_t count = 0;
	bool first = true;
	if (text_add_string(text, "  \"publication\": [", error) != 0 ||
		(complete && reuse_made(run, stages[stages_publisher()], &files, &count, error) != 0))
		return -1;
	for (size_t i = 0; i < count; i++) {
		char digest[HASH_TEXT], value[HASH_TEXT + 32];
		struct stat state;
		const char *known = record_value(&run->publication_hashes, RECORD_OUTPUT, files[i].label);
		if (file_look(files[i].path, &state, error) != 1 || (known == NULL && hash_file(files[i].path, digest, error) != 0))
			return error->count > 0 ? -1 : error_set(error, EXIT_IO, "%s cannot be read again", files[i].path);
		(void)snprintf(value, sizeof value, "%lld %s", (long long)state.st_size, known == NULL ? digest : known);
		if (begin_item(text, &first, "    ", error) != 0 || add_file(text, files[i].name, value, NULL, error) != 0)
			return -1;
	}
	return text_add_string(text, "\n  ]\n}\n", error);
}

static int add_libraries(const struct run *run, struct text *text, struct error *error)
{
	bool first = true;
	if (text_add_string(text, "  \"libraries\": {", error) != 0)
		return -1;
	for (size_t i = 0; i < run->libraries.count; i++)
		if (begin_item(text, &first, "    ", error) != 0 || text_add_json(text, run->libraries.line[i].name, error) != 0 ||
			text_add_format(text, error, ": %s", run->libraries.line[i].value) != 0)
			return -1;
	return text_add_string(text, "\n  },\n", error);
}

/* The folder that a path names, however the run was told it; the path itself when it cannot be resolved. */
static const char *absolute(struct arena *arena, const char *path, struct error *error)
{
	char *resolved = path == NULL ? NULL : realpath(path, NULL);
	const char *copy = resolved == NULL ? path : arena_text(arena, resolved, strlen(resolved), error);
	free(resolved);
	return copy;
}

static int add_head(const struct run *run, bool complete, struct text *text, struct error *error)
{
	char ended[32] = "";
	time_t now = time(NULL);
	struct tm utc;
	if (gmtime_r(&now, &utc) != NULL)
		(void)strftime(ended, sizeof ended, "%Y%m%dT%H%M%SZ", &utc);
	return text_add_string(text, "{\n", error) != 0 ||
			add_member(text, "program", "finsamstat " FINSAMSTAT_VERSION, error) != 0 ||
			add_member(text, "program_sha256", run->program_hash, error) != 0 ||
			add_member(text, "run", run->name, error) != 0 || add_member(text, "ended", ended, error) != 0 ||
			add_member(text, "directory", absolute(run->arena, run->request->directory, error), error) != 0 ||
			add_member(text, "extracts", absolute(run->arena, run->request->extracts, error), error) != 0 ||
			add_member(text, "base", run->base, error) != 0 || add_member(text, "period", run->request->period, error) != 0 ||
			add_member(text, "tables", run->request->tables, error) != 0 ||
			add_member(text, "failed", run->failed, error) != 0 ||
			text_add_format(text, error, "  \"complete\": %s,\n  \"warnings\": %zu,\n  \"seed\": %llu,\n",
				complete ? "true" : "false", run->warnings, (unsigned long long)run->settings->fro) != 0
		? -1 : 0;
}

int run_write_approval(const struct run *run, const char *years, const char *path, struct error *error)
{
	struct text text = { .arena = run->arena };
	if (text_add_string(&text, "{\n", error) != 0 || add_member(&text, "years", years, error) != 0 ||
		add_member(&text, "program", "finsamstat " FINSAMSTAT_VERSION, error) != 0 ||
		add_member(&text, "program_sha256", run->program_hash, error) != 0 || add_publication(run, true, &text, error) != 0)
		return -1;
	return text_save(&text, path, error);
}

int run_write_manifest(const struct run *run, bool complete, struct error *error)
{
	struct text text = { .arena = run->arena };
	char *path = run_path(run->arena, error, run->internal, "manifest.json");
	if (path == NULL || add_head(run, complete, &text, error) != 0 || add_libraries(run, &text, error) != 0 ||
		add_schemas(&text, error) != 0 || add_settings(run, &text, error) != 0 || add_inputs(run, &text, error) != 0 ||
		add_stages(run, &text, error) != 0 || add_publication(run, complete, &text, error) != 0 ||
		run_remove(path, error) != 0)
		return -1;
	return text_save(&text, path, error);
}
