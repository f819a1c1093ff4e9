/* The commands `run` and `check`: one run, and what came of it on the terminal. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/text.h"
#include "pipeline/command.h"
#include "pipeline/show.h"

static bool is_file(const char *path)
{
	struct stat state;
	return path != NULL && stat(path, &state) == 0 && S_ISREG(state.st_mode);
}

static int add_path(struct text *text, const char *key, const char *path, struct error *error)
{
	if (text_add_format(text, error, ",\"%s\":", key) != 0)
		return -1;
	return path == NULL ? text_add_string(text, "null", error) : text_add_json(text, path, error);
}

/* What became of a run, in one line; a path is null where nothing lies. */
static void print_json(const struct run *run, enum exit_code code, const struct error *why, struct arena *arena)
{
	struct error error = { 0 };
	struct text text = { .arena = arena };
	int result = text_add_format(&text, &error, "{\"run\":\"%s\",\"exit\":%d,\"warnings\":%zu", run->name, (int)code,
		run->warnings);
	if (result == 0)
		result = add_path(&text, "publication", run->publication, &error);
	if (result == 0)
		result = add_path(&text, "internal", run->internal, &error);
	if (result == 0)
		result = text_add_string(&text, ",\"errors\":[", &error);
	for (size_t i = 0; result == 0 && i < error_kept(why); i++)
		if ((result = text_add_string(&text, i > 0 ? "," : "", &error)) == 0)
			result = text_add_json(&text, why->message[i], &error);
	if (result == 0 && text_add_string(&text, "]}", &error) == 0)
		(void)printf("%s\n", text.bytes);
}

/* The verdict of every goal, protected, and where the report lies. */
static void print_result(const struct run *run, struct arena *arena)
{
	struct error error = { 0 };
	char *data = run_path(arena, &error, run->publication, "data");
	char *goals = data == NULL ? NULL : run_path(arena, &error, data, "g01_mal.csv");
	char *report = run_path(arena, &error, run->publication, "rapport.html");
	if (is_file(goals)) {
		(void)printf("Måluppfyllelse, %s\n\n", run->settings->namn);
		struct show_request request = { .table = "g01", .folder = data };
		if (show_table(stdout, &request, arena, &error) != 0)
			command_errors("show", &error);
		(void)printf("\n");
	}
	if (is_file(report))
		(void)printf("Rapport: %s\n", report);
}

static void print_failure(const struct run *run, const struct error *why, struct arena *arena)
{
	if (!run->logged) /* else the run's log has said it on standard error */
		command_errors("run", why);
	struct error error = { 0 };
	char *latest = run->out == NULL ? NULL : arena_print(arena, &error, "%s/published/latest", run->out);
	if (latest != NULL && access(latest, F_OK) == 0)
		(void)fprintf(stderr, "finsamstat run: nothing was published; the earlier publication stands\n");
	else
		(void)fprintf(stderr, "finsamstat run: nothing was published\n");
}

enum exit_code command_run(struct arguments *arguments, struct arena *arena, struct error *error)
{
	struct run *run = arena_take(arena, 1, sizeof *run, error);
	arguments->request.directory = arguments->operand[0];
	arguments->request.quiet = arguments->json;
	if (run == NULL)
		return error->code;
	enum exit_code code = EXIT_DONE;
	if (run_all(run, &arguments->request, arena, error) != 0)
		code = error->code;
	else if (run->warnings > 0)
		code = EXIT_WARNINGS;
	if (arguments->json)
		print_json(run, code, error, arena);
	else if (code >= EXIT_DISCLOSURE)
		print_failure(run, error, arena);
	else if (run->publication != NULL)
		print_result(run, arena);
	else
		(void)printf("%s\n", run->internal);
	if (code == EXIT_WARNINGS)
		(void)fprintf(stderr, "finsamstat run: %zu warning%s, listed in %s/log.jsonl\n", run->warnings,
			run->warnings == 1 ? "" : "s", run->internal);
	if (run->publication != NULL && fflush(stdout) != 0) { /* what is published is published */
		(void)fprintf(stderr, "finsamstat run: warning: standard output cannot be written; the publication stands\n");
		code = EXIT_WARNINGS;
	}
	return code;
}

enum exit_code command_check(struct arguments *arguments, struct arena *arena, struct error *error)
{
	arguments->request.until = "validate";
	return command_run(arguments, arena, error);
}
