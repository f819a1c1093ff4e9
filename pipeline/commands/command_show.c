/* The commands `show` and `lint`: a table, or an opinion of a file, on the terminal. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/commands/command.h"
#include "pipeline/commands/show.h"
#include "pipeline/run/past.h"
#include "pipeline/table/csv/lint.h"
#include "pipeline/table/schema/document.h"
#include "pipeline/table/schema/schema.h"

/* The folder of the newest run that has the file, told where that is not internal/latest: a run that ended before the table's
   stage has none. internal/latest when no run has it. NULL with the error set. */
static const char *internal_with(const char *out, const char *file, struct arena *arena, struct error *error)
{
	const char *const *names;
	size_t count;
	char *latest = run_path(arena, error, out, "internal/latest");
	char *path = latest == NULL ? NULL : run_path(arena, error, latest, file);
	bool there;
	if (path == NULL || file_is_there(path, &there, error) != 0)
		return NULL;
	if (there)
		return latest;
	if (past_names(out, &names, &count, arena, error) != 0)
		return NULL;
	for (size_t i = count; i-- > 0;) {
		char *folder = arena_print(arena, error, "%s/internal/%s", out, names[i]);
		path = folder == NULL ? NULL : run_path(arena, error, folder, file);
		if (path == NULL || file_is_there(path, &there, error) != 0)
			return NULL;
		if (!there)
			continue;
		(void)fprintf(stderr, "finsamstat show: the newest run did not come to this table; shown is that of the run %s\n", names[i]);
		return folder;
	}
	return latest;
}

/* Where the table stands: published; with --internal before protection, or where what helps protection and is never published
   stands. */
static const char *folder_of(const struct arguments *arguments, const char *out, struct arena *arena, struct error *error)
{
	struct error unknown = { 0 }; /* show_table says so */
	const struct table *table = schema_table(arguments->operand[0], arena, &unknown);
	if (table == NULL && unknown.code != EXIT_USAGE) {
		error_join(error, &unknown);
		return NULL;
	}
	if (!arguments->internal || table == NULL)
		return run_path(arena, error, out, "published/latest/data");
	const char *part = table->support ? "support" : "aggregate";
	char *file = arena_print(arena, error, "%s/%s.%s", part, table->name, table->support ? "cube" : "csv");
	const char *internal = file == NULL ? NULL : internal_with(out, file, arena, error);
	return internal == NULL ? NULL : run_path(arena, error, internal, part);
}

/* The settings of the run that made what lies in `folder`, published or internal: its own copy of them. NULL where that is gone, as when
   its internal folder has been pruned. */
static const struct settings *settings_of(const struct arguments *arguments, const char *out, const char *folder, struct arena *arena)
{
	struct error unknown = { 0 }; /* a table is shown all the same */
	const char *name = arguments->internal ? NULL : past_latest(out, "published", arena, &unknown);
	const char *internal = name == NULL ? arena_print(arena, &unknown, "%s/..", folder) : arena_print(arena, &unknown, "%s/internal/%s", out, name);
	char *path = internal == NULL ? NULL : run_path(arena, &unknown, internal, "manifest.json");
	const struct document *manifest = path == NULL || access(path, F_OK) != 0 ? NULL : document_read(path, arena, &unknown);
	const struct document *period = manifest == NULL ? NULL : document_member(manifest, "period");
	return period == NULL ? NULL : settings_read(internal, period->kind == DOCUMENT_TEXT ? period->text : NULL, arena, &unknown);
}

/* `show malgrupper`: the numbers are of single persons' conditions and are never published. */
static enum exit_code show_account(const struct arguments *arguments, const char *out, struct arena *arena, struct error *error)
{
	const char *internal = NULL;
	if (!arguments->internal)
		(void)error_set(error, EXIT_USAGE, "malgrupper is not protected: it takes --internal");
	else if (arguments->json)
		(void)error_set(error, EXIT_USAGE, "malgrupper has no --json; internal/latest/malgrupper.csv holds the same");
	else
		internal = internal_with(out, "malgrupper.csv", arena, error);
	char *path = internal == NULL ? NULL : run_path(arena, error, internal, "malgrupper.csv");
	if (path != NULL && show_rules(stdout, path, arena, error) == 0)
		return EXIT_DONE;
	command_errors("show", error);
	return error->code;
}

enum exit_code command_show(struct arguments *arguments, struct arena *arena, struct error *error)
{
	const char *out = past_out(arguments->operand[1], arguments->request.out, arena, error);
	if (out != NULL && strcmp(arguments->operand[0], "malgrupper") == 0)
		return show_account(arguments, out, arena, error);
	const char *folder = out == NULL ? NULL : folder_of(arguments, out, arena, error);
	struct show_request request = { .table = arguments->operand[0], .folder = folder, .json = arguments->json,
		.published = !arguments->internal };
	if (folder != NULL && !arguments->json)
		request.settings = settings_of(arguments, out, folder, arena);
	if (folder == NULL || show_table(stdout, &request, arena, error) != 0) {
		command_errors("show", error);
		return error->code;
	}
	return EXIT_DONE;
}

/* Read as it was asked for, but perhaps not as it was meant. */
static void advise_delimiter(const struct arguments *arguments)
{
	char likely = arguments->delimiter != '\0' ? ',' : lint_likely_delimiter(arguments->operand[0]);
	if (likely != ',')
		(void)fprintf(stderr, "finsamstat lint: read with commas, but the first line has more %s; --delimiter '%s' reads it so\n",
			likely == '\t' ? "tabs" : "semicolons", likely == '\t' ? "\\t" : ";");
}

/* Likewise of a file whose first fault is a byte that is no UTF-8. */
static void advise_encoding(const struct arguments *arguments, const struct error *error)
{
	if (!arguments->windows_1252 && error->count > 0 && strstr(error->message[0], ": BAD_UTF8: ") != NULL)
		(void)fprintf(stderr, "finsamstat lint: read as UTF-8; --encoding windows-1252 reads what Excel and older systems save\n");
}

enum exit_code command_lint(struct arguments *arguments, struct arena *arena, struct error *error)
{
	(void)arena;
	uint64_t records, fields;
	if (lint_file(arguments->operand[0], arguments->delimiter, arguments->windows_1252, &records, &fields, error) != 0) {
		if (error->code != EXIT_DATA) {
			command_errors("lint", error);
			return error->code;
		}
		advise_delimiter(arguments);
		advise_encoding(arguments, error);
		for (size_t i = 0; i < error_kept(error); i++) /* the finding is the result, in the form of a compiler's */
			(void)printf("%s\n", error->message[i]);
		return fflush(stdout) == 0 ? EXIT_DATA : EXIT_IO;
	}
	advise_delimiter(arguments);
	(void)printf("records %llu fields %llu\n", (unsigned long long)records, (unsigned long long)fields);
	return EXIT_DONE;
}
