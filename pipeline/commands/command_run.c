/* The commands `run` and `check`: one run, and what came of it on the terminal. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/text.h"
#include "pipeline/commands/command.h"
#include "pipeline/commands/show.h"
#include "pipeline/history/alarm.h"
#include "pipeline/run/past.h"

static bool is_file(const char *path)
{
	struct stat state;
	return path != NULL && stat(path, &state) == 0 && S_ISREG(state.st_mode);
}

static int add_text(struct text *text, const char *key, const char *value, struct error *error)
{
	if (text_add_format(text, error, ",\"%s\":", key) != 0)
		return -1;
	return value == NULL ? text_add_string(text, "null", error) : text_add_json(text, value, error);
}

static int add_errors(struct text *text, const struct error *why, struct error *error)
{
	int result = text_add_string(text, ",\"errors\":[", error);
	for (size_t i = 0; result == 0 && i < error_kept(why); i++)
		if ((result = text_add_string(text, i > 0 ? "," : "", error)) == 0)
			result = text_add_json(text, why->message[i], error);
	return result == 0 ? text_add_string(text, "]", error) : -1;
}

/* What became of a run, in one line; null where there is nothing. `alarm` NULL: all is well. */
static void print_json(const struct run *run, enum exit_code code, const struct error *why, const struct alarm *alarm,
	struct arena *arena)
{
	struct error error = { 0 };
	struct text text = { .arena = arena };
	const char *latest = run->out == NULL ? NULL : past_latest(run->out, "published", arena, &error);
	if (text_add_format(&text, &error, "{\"run\":\"%s\",\"exit\":%d,\"warnings\":%zu", run->name, (int)code, run->warnings) == 0 &&
		add_text(&text, "publication", run->publication, &error) == 0 && add_text(&text, "internal", run->internal, &error) == 0 &&
		add_text(&text, "latest", latest == NULL || latest[0] == '\0' ? NULL : latest, &error) == 0 &&
		add_text(&text, "failed", run->failed, &error) == 0 &&
		add_text(&text, "since", alarm == NULL ? NULL : alarm->since, &error) == 0 &&
		add_text(&text, "next", alarm == NULL ? NULL : alarm->next, &error) == 0 &&
		add_errors(&text, why, &error) == 0 && text_add_string(&text, "}", &error) == 0)
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
		struct show_request request = { .table = "g01", .folder = data, .settings = run->settings, .published = true };
		if (show_table(stdout, &request, arena, &error) != 0)
			command_errors("show", &error);
		(void)printf("\n");
	}
	if (is_file(report))
		(void)printf("Rapport: %s\n", report);
}

/* What the scheduler's journal or mail is to hold: what, what stands, since when, and what to do. A check would have published nothing. */
static void print_failure(const struct run *run, const char *command, enum exit_code code, const struct error *why, const struct alarm *alarm)
{
	bool publishes = strcmp(command, "check") != 0;
	if (!run->logged) /* else the run's log has said it on standard error */
		command_errors(command, why);
	if (publishes && alarm->stands[0] != '\0')
		(void)fprintf(stderr, "finsamstat %s: nothing was published; the earlier publication stands, that of %s\n", command, alarm->stands);
	else if (publishes)
		(void)fprintf(stderr, "finsamstat %s: nothing was published\n", command);
	(void)fprintf(stderr, "finsamstat %s: exit %d, %s", command, (int)code, alarm->what);
	if (publishes && alarm->runs > 1)
		(void)fprintf(stderr, "; %zu runs have failed since %s", alarm->runs, alarm->since);
	(void)fprintf(stderr, "\nfinsamstat %s: next: %s\n", command, alarm->next);
}

/* On standard output what was asked for, on standard error what went wrong. */
static void print_end(const struct run *run, const char *command, enum exit_code code, const struct error *why, bool json, struct arena *arena)
{
	struct error later = { 0 };
	struct alarm alarm = { .stands = "" };
	bool failed = code >= EXIT_DISCLOSURE;
	if (failed && alarm_make(&alarm, run, code, arena, &later) != 0 && alarm.next == NULL) {
		alarm.what = later.message[0];
		alarm.next = "finsamstat help";
	}
	if (json)
		print_json(run, code, why, failed ? &alarm : NULL, arena);
	else if (failed)
		print_failure(run, command, code, why, &alarm);
	else if (run->publication != NULL)
		print_result(run, arena);
	else
		(void)printf("%s\n", run->internal);
}

static enum exit_code run_as(const char *command, struct arguments *arguments, struct arena *arena, struct error *error)
{
	struct run *run = arena_take(arena, 1, sizeof *run, error);
	arguments->request.directory = arguments->operand[0];
	arguments->request.quiet = arguments->json;
	if (run == NULL) {
		command_errors(command, error);
		(void)fprintf(stderr, "finsamstat %s: nothing was begun; what was published before stands\n", command);
		return error->code;
	}
	enum exit_code code = EXIT_DONE;
	if (run_all(run, &arguments->request, arena, error) != 0)
		code = error->code;
	else if (run->warnings > 0)
		code = EXIT_WARNINGS;
	print_end(run, command, code, error, arguments->json, arena);
	if (code == EXIT_WARNINGS)
		(void)fprintf(stderr, "finsamstat %s: %zu warning%s, listed in %s/log.jsonl\n", command, run->warnings,
			run->warnings == 1 ? "" : "s", run->internal);
	if (run->publication != NULL && fflush(stdout) != 0) { /* what is published is published */
		(void)fprintf(stderr, "finsamstat run: warning: standard output cannot be written; the publication stands\n");
		code = EXIT_WARNINGS;
	}
	return code;
}

enum exit_code command_run(struct arguments *arguments, struct arena *arena, struct error *error)
{
	return run_as("run", arguments, arena, error);
}

enum exit_code command_check(struct arguments *arguments, struct arena *arena, struct error *error)
{
	arguments->request.until = "validate";
	return run_as("check", arguments, arena, error);
}
