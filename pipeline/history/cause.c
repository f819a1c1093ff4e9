/* Why two runs differ: see cause.h. */
#include "pipeline/history/cause.h"

#include <stdbool.h>
#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/run/reuse_key.h"

static int add(struct causes *causes, const char *text, struct error *error)
{
	for (size_t i = 0; i < causes->count; i++)
		if (strcmp(causes->text[i], text) == 0)
			return 0;
	const char **grown = arena_grow(causes->arena, causes->text, causes->count, causes->count + 1, &causes->capacity,
		sizeof *grown, error);
	if (grown == NULL || text == NULL)
		return -1;
	causes->text = grown;
	grown[causes->count++] = text;
	return 0;
}

/* ---- settings ---- */

/* Whether the text of lines holds the line. */
static bool holds(const char *lines, const char *line, size_t length)
{
	for (; *lines != '\0'; lines += strcspn(lines, "\n") + 1)
		if (strcspn(lines, "\n") == length && strncmp(lines, line, length) == 0)
			return true;
	return false;
}

/* Those of the lines that the others lack; sets *differs when there is one, also where another part has told it. */
static int add_lines(struct causes *causes, const char *lines, const char *other, char sign, bool *differs, struct error *error)
{
	for (; *lines != '\0'; lines += strcspn(lines, "\n") + 1) {
		size_t length = strcspn(lines, "\n");
		if (holds(other, lines, length))
			continue;
		*differs = true;
		char *text = arena_print(causes->arena, error, "settings: %c %.*s", sign, (int)length, lines);
		if (text == NULL || add(causes, text, error) != 0)
			return -1;
	}
	return 0;
}

static int add_settings(struct causes *causes, const struct past *before, const struct past *after, unsigned parts,
	struct error *error)
{
	const struct document *then = document_member(before->manifest, "settings"), *now = document_member(after->manifest, "settings");
	for (unsigned part = 0; part < SETTINGS_PARTS; part++) {
		const char *old = document_text(then, settings_part_names[part]), *new = document_text(now, settings_part_names[part]);
		if ((parts >> part & 1) == 0 || strcmp(old, new) == 0)
			continue;
		bool differs = false;
		if (add_lines(causes, old, new, '-', &differs, error) != 0 || add_lines(causes, new, old, '+', &differs, error) != 0)
			return -1;
		char *text = arena_print(causes->arena, error, "settings: other order of %s", settings_part_names[part]);
		if (text == NULL || (!differs && add(causes, text, error) != 0))
			return -1;
	}
	return 0;
}

/* ---- the program ---- */

static int add_program(struct causes *causes, const struct past *before, const struct past *after, struct error *error)
{
	const struct document *then = document_member(before->manifest, "libraries"), *now = document_member(after->manifest, "libraries");
	const char *old = document_text(before->manifest, "program"), *new = document_text(after->manifest, "program");
	if (strcmp(document_text(before->manifest, "program_sha256"), document_text(after->manifest, "program_sha256")) != 0) {
		char *text = strcmp(old, new) == 0 ? arena_print(causes->arena, error, "program: another build of %s", new)
						   : arena_print(causes->arena, error, "program: %s, was %s", new, old);
		if (text == NULL || add(causes, text, error) != 0)
			return -1;
	}
	for (size_t i = 0; i < now->count; i++) {
		double bytes = document_number(then, now->name[i]);
		if (bytes >= now->item[i].number && bytes <= now->item[i].number)
			continue;
		char *text = arena_print(causes->arena, error, "program: the library %s is another one", now->name[i]);
		if (text == NULL || add(causes, text, error) != 0)
			return -1;
	}
	return 0;
}

/* ---- data ---- */

static const struct document *stage_of(const struct past *past, const char *name)
{
	const struct document *done = document_member(past->manifest, "stages");
	for (size_t i = 0; i < done->count; i++)
		if (strcmp(document_text(&done->item[i], "stage"), name) == 0)
			return &done->item[i];
	return done; /* no object: it has no members */
}

/* What a file's content is told by: a column file's checksum, else its hash. */
static const char *hash_of(const struct document *file)
{
	return document_text(file, text_starts(document_text(file, "file"), "persons/") ? "checksum" : "sha256");
}

static const char *hash_in(const struct document *files, const char *label)
{
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(document_text(&files->item[i], "file"), label) == 0)
			return hash_of(&files->item[i]);
	return NULL;
}

/* The position of the stage that wrote the file of the label; stage_count of a file of the delivery. */
static size_t maker_of(const struct past *past, const char *label)
{
	for (size_t i = 0; i < stage_count; i++)
		if (hash_in(document_member(stage_of(past, stages[i]->name), "writes"), label) != NULL)
			return i;
	return stage_count;
}

/* Where a file that a stage read, and that differs, comes from. */
static int follow(struct causes *causes, const struct past *before, const struct past *after, const char *label,
	const char *what, struct error *error)
{
	size_t maker = maker_of(after, label);
	if (maker == stage_count)
		maker = maker_of(before, label);
	if (maker < stage_count)
		return cause_of_stage(causes, before, after, maker, error);
	char *text = arena_print(causes->arena, error, "data: %s %s", label, what);
	return text == NULL ? -1 : add(causes, text, error);
}

int cause_of_stage(struct causes *causes, const struct past *before, const struct past *after, size_t position,
	struct error *error)
{
	const struct document *then = document_member(stage_of(before, stages[position]->name), "reads"),
		*now = document_member(stage_of(after, stages[position]->name), "reads");
	if (add_program(causes, before, after, error) != 0 ||
		add_settings(causes, before, after, stages[position]->settings, error) != 0)
		return -1;
	for (size_t i = 0; i < now->count; i++) {
		const char *label = document_text(&now->item[i], "file"), *old = hash_in(then, label);
		if (old != NULL && strcmp(old, hash_of(&now->item[i])) == 0)
			continue;
		if (follow(causes, before, after, label, old == NULL ? "is new" : "has changed", error) != 0)
			return -1;
	}
	for (size_t i = 0; i < then->count; i++)
		if (hash_in(now, document_text(&then->item[i], "file")) == NULL &&
			follow(causes, before, after, document_text(&then->item[i], "file"), "is gone", error) != 0)
			return -1;
	return 0;
}

int cause_of_table(struct causes *causes, const struct past *before, const struct past *after, const char *table,
	struct error *error)
{
	const struct file_use aggregate = { FILE_AGGREGATE, table }, protected = { FILE_PROTECTED, table };
	size_t maker = reuse_maker(&aggregate), protect = reuse_maker(&protected);
	char *label = arena_print(causes->arena, error, "aggregate/%s", table);
	if (label == NULL || maker == stage_count || protect == stage_count)
		return label == NULL ? -1 : 0;
	const char *old = hash_in(document_member(stage_of(before, stages[maker]->name), "writes"), label),
		*new = hash_in(document_member(stage_of(after, stages[maker]->name), "writes"), label);
	bool same = old != NULL && new != NULL && strcmp(old, new) == 0;
	size_t added = causes->count;
	if (!same && cause_of_stage(causes, before, after, maker, error) != 0)
		return -1;
	return causes->count > added ? 0 : cause_of_stage(causes, before, after, protect, error);
}

int cause_of_all(struct causes *causes, const struct past *before, const struct past *after, struct error *error)
{
	unsigned all = (1U << SETTINGS_PARTS) - 1;
	const struct document *then = document_member(before->manifest, "inputs"), *now = document_member(after->manifest, "inputs");
	if (add_program(causes, before, after, error) != 0 || add_settings(causes, before, after, all, error) != 0)
		return -1;
	for (int gone = 0; gone < 2; gone++) {
		const struct document *files = gone ? then : now;
		for (size_t i = 0; i < files->count; i++) {
			const char *file = document_text(&files->item[i], "file"), *other = hash_in(gone ? now : then, file);
			if (strcmp(file, "forbund.ini") == 0 || (other != NULL && (gone || strcmp(other, hash_of(&files->item[i])) == 0)))
				continue;
			char *text = arena_print(causes->arena, error, "data: %s %s", file,
				gone ? "is gone" : other == NULL ? "is new" : "has changed");
			if (text == NULL || add(causes, text, error) != 0)
				return -1;
		}
	}
	return 0;
}
