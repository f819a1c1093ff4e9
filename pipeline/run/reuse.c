/* What is up to date, and taking it over from an earlier run: see reuse.h. */
#include "pipeline/run/reuse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "pipeline/run/reuse_key.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/cube/cube.h"

/* ---- the verdict ---- */

static const char *explain(struct arena *arena, struct error *error, const struct record_line *before,
	const struct record_line *after)
{
	const struct record_line *line = after != NULL ? after : before;
	switch (line->kind) {
	case RECORD_PROGRAM:
		return "the program is another one";
	case RECORD_LIBRARY:
		return arena_print(arena, error, "the library %s is another one", line->name);
	case RECORD_SCHEMAS:
		return "its schemas or code lists are others";
	case RECORD_TABLES:
		return "other tables are asked for";
	case RECORD_SETTING:
		if (before != NULL && after != NULL && before->kind == after->kind && strcmp(before->name, after->name) == 0)
			return arena_print(arena, error, "the settings have changed: %s (was: %s)", after->value, before->value);
		return arena_print(arena, error, "the settings have changed: %s%s", line->value, after == NULL ? " (gone)" : "");
	case RECORD_INPUT:
		return arena_print(arena, error, "%s %s", line->name,
			before == NULL ? "is new" : after == NULL ? "is gone" : "has changed");
	case RECORD_OUTPUT:
	case RECORD_ROWS:
	case RECORD_WARNING:
	case RECORD_NOTE:
	case RECORD_RUN:
	case RECORD_USE:
	case RECORD_KINDS:
		break; /* no part of a key */
	}
	return "its record is of another kind";
}

/* Why a file is not as the record has it: an approved publication is another one, and nobody's fault. */
static const char *explain_damage(struct run *run, const char *label, const char *from, struct error *error)
{
	struct stat state;
	const char *approval = reuse_place(run, "record/approval.json", from, run->arena, error);
	if (approval == NULL)
		return NULL;
	int found = file_look(approval, &state, error);
	if (found < 0)
		return NULL;
	return text_starts(label, "publication/") && found == 1
		? "what it made before is approved and says so now"
		: arena_print(run->arena, error, "what it made before is damaged: %s", label);
}

/* The outputs of the record lie where its run left them, with the content that it gives them. */
static int find_damage(struct run *run, const struct record *record, const char **damage, struct error *error)
{
	char digest[HASH_TEXT];
	const char *from = record_value(record, RECORD_RUN, "");
	*damage = NULL;
	for (size_t i = 0; i < record->count && *damage == NULL; i++) {
		if (record->line[i].kind != RECORD_OUTPUT)
			continue;
		const char *path = reuse_place(run, record->line[i].name, from == NULL ? "" : from, run->arena, error);
		struct stat state;
		struct error unread = { 0 };
		int found = path == NULL ? -1 : file_look(path, &state, error);
		if (found < 0)
			return -1;
		if (found == 0 || !S_ISREG(state.st_mode))
			*damage = arena_print(run->arena, error, "what it made before is gone: %s", record->line[i].name);
		else if (state.st_size != strtoll(record->line[i].value, NULL, 10) || reuse_hash(record->line[i].name, path, true, digest, &unread) != 0 ||
			strstr(record->line[i].value, digest) == NULL)
			*damage = explain_damage(run, record->line[i].name, from == NULL ? "" : from, error);
		else
			continue;
		return *damage == NULL ? -1 : 0;
	}
	return 0;
}

/* Compares the stage's key with that of its record: first what costs nothing, then the content of what it reads. */
static int compare(struct run *run, size_t position, const struct record *before, const bool *planned, const char **why,
	struct error *error)
{
	for (int content = 0; content < 2; content++) {
		struct record now = { .arena = run->arena }, then = { .arena = run->arena };
		const struct record_line *before_line, *after_line;
		if (reuse_key(run, position, content != 0, before, planned, &now, error) != 0 ||
			reuse_key_of(before, content != 0, &then, error) != 0)
			return -1;
		if (record_differs(&then, &now, &before_line, &after_line)) {
			size_t others = record_differences(&then, &now);
			*why = explain(run->arena, error, before_line, after_line);
			if (*why != NULL && others > 1)
				*why = arena_print(run->arena, error, "%s (and %zu more)", *why, others - 1);
			return *why == NULL ? -1 : 0;
		}
	}
	return 0;
}

/* An earlier stage that is going to work and makes what this one reads; NULL without. */
static const struct stage *awaited(size_t position, const bool *planned)
{
	for (const struct file_use *file = stages[position]->reads; planned != NULL && file->name != NULL; file++) {
		size_t maker = reuse_maker(file);
		if (maker < position && planned[maker])
			return stages[maker];
	}
	return NULL;
}

int reuse_judge(struct run *run, size_t position, const bool *planned, struct verdict *verdict, struct error *error)
{
	struct record before = { .arena = run->arena };
	const char *path = reuse_record_path(run, position, run->arena, error);
	*verdict = (struct verdict){ 0 };
	if (path == NULL)
		return -1;
	if (run->request->force != NULL && strcmp(run->request->force, stages[position]->name) == 0) {
		verdict->why = "--force asks for it";
		return 0;
	}
	if (position > stages_publisher()) {
		verdict->why = "it looks at every publication";
		return 0;
	}
	if (!record_read(&before, path)) {
		verdict->first = true;
		verdict->why = "nothing is kept of an earlier time";
		return 0;
	}
	if (compare(run, position, &before, planned, &verdict->why, error) != 0 ||
		(verdict->why == NULL && find_damage(run, &before, &verdict->why, error) != 0))
		return -1;
	const struct stage *maker = verdict->why == NULL ? awaited(position, planned) : NULL;
	if (maker != NULL) {
		verdict->perhaps = true;
		verdict->why = arena_print(run->arena, error, "%s, which it reads, runs; skipped if that makes the same as before", maker->name);
		return verdict->why == NULL ? -1 : 0;
	}
	verdict->skip = verdict->why == NULL;
	if (verdict->skip)
		verdict->why = "up to date";
	return 0;
}

int reuse_plan(struct run *run, struct verdict *verdicts, size_t *count, struct error *error)
{
	bool planned[RUN_STAGES] = { false };
	for (*count = 0; *count < stage_count && (*count == 0 || stages[*count - 1] != run->last); (*count)++) {
		size_t i = *count;
		const char *path = reuse_record_path(run, i, run->arena, error);
		run->stage = stages[i];
		run->shown = run->settings;
		run->made[i] = (struct record){ .arena = run->arena };
		if (path == NULL || (stages[i]->ready != NULL && stages[i]->ready(run, run->arena, error) != 0) ||
			reuse_judge(run, i, planned, &verdicts[i], error) != 0)
			return -1;
		planned[i] = !verdicts[i].skip;
		run->kept[i] = verdicts[i].skip && record_read(&run->made[i], path);
	}
	return 0;
}

/* ---- taking over ---- */

static int take_file(struct run *run, const char *label, const char *from_run, struct error *error)
{
	if (text_starts(label, "persons/"))
		return 0; /* they stay where they are */
	const char *from = reuse_place(run, label, from_run, run->arena, error);
	const char *to = reuse_place(run, label, NULL, run->arena, error);
	if (from == NULL || to == NULL)
		return -1;
	if (!text_starts(label, "publication/"))
		return link(from, to) == 0 ? 0 : run_copy(from, to, 0600, error);
	const char *slash = strrchr(label, '/');
	char *folder = arena_print(run->arena, error, "%s%.*s", run->publication, (int)(slash - strchr(label, '/')),
		strchr(label, '/'));
	if (folder == NULL || run_make_folder(folder, 0755, error) != 0)
		return -1;
	return run_copy(from, to, 0644, error); /* a publication is changed by nobody else's hand */
}

/* The rows that the outputs of a record have together. */
static unsigned long long rows_of(const struct record *record)
{
	unsigned long long rows = 0;
	for (size_t i = 0; i < record->count; i++) {
		const char *last = record->line[i].kind == RECORD_OUTPUT ? strrchr(record->line[i].value, ' ') : NULL;
		rows += last == NULL ? 0 : strtoull(last, NULL, 10);
	}
	return rows;
}

int reuse_take(struct run *run, size_t position, struct error *error)
{
	struct record before = { .arena = run->arena };
	struct record *after = &run->made[position];
	const char *path = reuse_record_path(run, position, run->arena, error);
	*after = (struct record){ .arena = run->arena };
	if (path == NULL || !record_read(&before, path))
		return error_set(error, EXIT_IO, "the record of stage %s cannot be read", stages[position]->name);
	const char *from = record_value(&before, RECORD_RUN, "");
	for (size_t i = 0; i < before.count; i++) {
		const struct record_line *line = &before.line[i];
		if (line->kind == RECORD_OUTPUT && take_file(run, line->name, from, error) != 0)
			return -1;
		if (record_add(after, line->kind, line->name, line->kind == RECORD_RUN ? run->name : line->value, error) != 0)
			return -1;
	}
	log_event(run->log, LOG_NOTE, stages[position]->name, "up to date");
	for (size_t i = 0; i < before.count; i++)
		if (before.line[i].kind == RECORD_WARNING) {
			log_event(run->log, LOG_WARNING, stages[position]->name, before.line[i].value);
			run->warnings++;
		}
	run->use[position] = (struct run_use){ .skipped = true, .rows = rows_of(after) };
	run->kept[position] = position != stages_publisher(); /* a publication is kept when it stands */
	return run->kept[position] ? record_write(after, path, error) : 0;
}

int reuse_forget(struct run *run, size_t position, struct error *error)
{
	const char *path = reuse_record_path(run, position, run->arena, error);
	if (path == NULL || (!reuse_narrowed(run, position) && run_remove(path, error) != 0))
		return -1;
	for (const struct file_use *file = stages[position]->writes; file->name != NULL; file++) {
		if (file->class != FILE_PERSONS)
			continue;
		char *column = arena_print(run->arena, error, "%s/%s.col", run->work, file->name);
		if (column == NULL || run_remove(column, error) != 0)
			return -1;
	}
	return 0;
}

int reuse_rows(const struct run *run, size_t position, unsigned long long *rows, struct error *error)
{
	struct reuse_file *files;
	size_t count;
	*rows = 0;
	if (reuse_made(run, stages[position], &files, &count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		unsigned long long more;
		if (reuse_count(&files[i], &more, error) != 0)
			return -1;
		*rows += more;
	}
	return 0;
}
