/* The command line: one table of {command, help, function}. Only this file prints errors and ends the program. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/maths/maths.h"
#include "pipeline/run.h"
#include "pipeline/show.h"
#include "pipeline/table/lint.h"
#include "pipeline/version.h"

/* The command line taken apart. */
struct arguments {
	const char *operand[2];
	size_t operands;
	struct run_request request;
	char delimiter; /* lint; 0 without */
	bool internal, json;
};

struct command {
	const char *name, *usage, *help; /* the usage also says which options it takes */
	size_t operands;
	enum exit_code (*run)(struct arguments *arguments, struct arena *arena, struct error *error);
};

static void print_errors(const char *where, const struct error *error)
{
	for (size_t i = 0; i < error_kept(error); i++)
		(void)fprintf(stderr, "finsamstat %s: %s\n", where, error->message[i]);
	if (error->count > ERROR_KEPT)
		(void)fprintf(stderr, "finsamstat %s: … and %zu more\n", where, error->count - ERROR_KEPT);
}

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
			print_errors("show", &error);
		(void)printf("\n");
	}
	if (is_file(report))
		(void)printf("Rapport: %s\n", report);
}

static void print_failure(const struct run *run, const struct error *why, struct arena *arena)
{
	if (!run->logged) /* else the run's log has said it on standard error */
		print_errors("run", why);
	struct error error = { 0 };
	char *latest = run->out == NULL ? NULL : arena_print(arena, &error, "%s/published/latest", run->out);
	if (latest != NULL && access(latest, F_OK) == 0)
		(void)fprintf(stderr, "finsamstat run: nothing was published; the earlier publication stands\n");
	else
		(void)fprintf(stderr, "finsamstat run: nothing was published\n");
}

static enum exit_code command_run(struct arguments *arguments, struct arena *arena, struct error *error)
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

static enum exit_code command_check(struct arguments *arguments, struct arena *arena, struct error *error)
{
	arguments->request.until = "link";
	return command_run(arguments, arena, error);
}

static enum exit_code command_show(struct arguments *arguments, struct arena *arena, struct error *error)
{
	const char *out = arguments->request.out;
	if (out == NULL)
		out = run_path(arena, error, arguments->operand[1], "resultat");
	char *folder = out == NULL ? NULL
				   : run_path(arena, error, out,
					   arguments->internal ? "internal/latest/aggregate" : "published/latest/data");
	struct show_request request = { .table = arguments->operand[0], .folder = folder, .json = arguments->json };
	if (folder == NULL || show_table(stdout, &request, arena, error) != 0) {
		print_errors("show", error);
		return error->code;
	}
	return EXIT_DONE;
}

static enum exit_code command_lint(struct arguments *arguments, struct arena *arena, struct error *error)
{
	(void)arena;
	uint64_t records, fields;
	if (lint_file(arguments->operand[0], arguments->delimiter, &records, &fields, error) != 0) {
		for (size_t i = 0; i < error_kept(error); i++) /* the finding itself, in the form of a compiler's */
			(void)fprintf(stderr, "%s\n", error->message[i]);
		return error->code;
	}
	(void)printf("records %llu fields %llu\n", (unsigned long long)records, (unsigned long long)fields);
	return EXIT_DONE;
}

#define STAGE_OPTIONS "[--extracts D] [--out D] [--period A–B] [--tables m03,i01] [--jobs N] [--json]"
#define RUN_OPTIONS STAGE_OPTIONS " [--until STAGE]"
#define STAGE_USAGE "STAGE DIR " STAGE_OPTIONS

static const struct command commands[] = {
	{ "run", "run DIR " RUN_OPTIONS, "all stages: read the extracts, compute, protect, publish", 1, command_run },
	{ "check", "check DIR [--extracts D] [--out D] [--period A–B] [--jobs N] [--json]",
		"validate settings and extracts only; write the validation report", 1, command_check },
	{ "show", "show TABLE [--internal] [--out D] [--json] DIR",
		"one result table on the terminal: the published one, or with --internal the one before protection",
		2, command_show },
	{ "lint", "lint FILE [--delimiter C]", "is this a well-formed CSV(.gz)? prints its records and fields", 1,
		command_lint },
};

static const struct command *command_named(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static const struct stage *stage_named(const char *name)
{
	for (size_t i = 0; i < stage_count; i++)
		if (strcmp(stages[i]->name, name) == 0)
			return stages[i];
	return NULL;
}

static void print_help(void)
{
	(void)printf("finsamstat %s: statistics and evaluation for samordningsförbund\n\n", FINSAMSTAT_VERSION);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		(void)printf("  finsamstat %s\n      %s\n", commands[i].usage, commands[i].help);
	(void)printf("  finsamstat " STAGE_USAGE "\n      the stages up to and with one of these:\n");
	for (size_t i = 0; i < stage_count; i++)
		(void)printf("        %-9s %s\n", stages[i]->name, stages[i]->summary);
	(void)printf("  finsamstat help [STAGE], finsamstat --version\n\n"
		     "Exit: 0 done, 3 published with warnings, 4 stopped by the disclosure audit, 64 usage, 65 data refused,\n"
		     "66 an extract is missing, 70 bug, 74 I/O, 75 another run works, 78 settings.\n");
}

static enum exit_code print_help_on(const char *name)
{
	static const char *const classes[] = { "extract", "persons", "support", "aggregate", "record", "protected",
		"publication" };
	const struct stage *stage = stage_named(name);
	const struct command *command = command_named(name);
	if (stage == NULL && command == NULL) {
		(void)fprintf(stderr, "finsamstat help: there is no stage or command '%s'\n", name);
		return EXIT_USAGE;
	}
	if (stage == NULL) {
		(void)printf("finsamstat %s\n    %s\n", command->usage, command->help);
		return EXIT_DONE;
	}
	(void)printf("%s: %s\n", stage->name, stage->summary);
	for (int writes = 0; writes < 2; writes++) {
		(void)printf("%s\n", writes ? "writes" : "reads");
		for (const struct file_use *file = writes ? stage->writes : stage->reads; file->name != NULL; file++)
			(void)printf("  %-11s %s\n", classes[file->class], file->name);
	}
	return EXIT_DONE;
}

/* An option with a value: stores it and returns 2, or 0 when `option` is not `name`, or −1 when the value lacks. */
static int take_value(char **at, const char *name, const char **value, struct error *error)
{
	if (strcmp(at[0], name) != 0)
		return 0;
	if (at[1] == NULL || at[1][0] == '\0')
		return error_set(error, EXIT_USAGE, "%s needs a value", name);
	*value = at[1];
	return 2;
}

static int take_jobs(const char *text, struct run_request *request, struct error *error)
{
	int64_t jobs;
	if (!number_read_integer(text, strlen(text), &jobs) || jobs < 1 || jobs > 1024)
		return error_set(error, EXIT_USAGE, "--jobs takes a number from 1 to 1024");
	request->jobs = (int)jobs;
	return 0;
}

/* Whether the usage line lists the option. */
static bool listed(const char *usage, const char *option)
{
	char bracket[40];
	(void)snprintf(bracket, sizeof bracket, "[%s", option);
	const char *place = strstr(usage, bracket);
	return place != NULL && strcspn(place, " ]") == strlen(bracket);
}

/* One option at `at`: the number of words it takes, 0 if it is an operand, −1 with the error set. */
static int take_option(char **at, const char *usage, struct arguments *arguments, struct error *error)
{
	const char *jobs = NULL, *delimiter = NULL;
	struct run_request *request = &arguments->request;
	struct {
		const char *name, **value;
	} options[] = { { "--extracts", &request->extracts }, { "--out", &request->out }, { "--period", &request->period },
		{ "--tables", &request->tables }, { "--until", &request->until }, { "--jobs", &jobs },
		{ "--delimiter", &delimiter } };
	if (at[0][0] != '-' || at[0][1] == '\0')
		return 0;
	if (!listed(usage, at[0]))
		return error_set(error, EXIT_USAGE, "unknown option '%s'; usage: finsamstat %s", at[0], usage);
	if (strcmp(at[0], "--internal") == 0 || strcmp(at[0], "--json") == 0) {
		*(at[0][2] == 'i' ? &arguments->internal : &arguments->json) = true;
		return 1;
	}
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		int words = take_value(at, options[i].name, options[i].value, error);
		if (words == 0)
			continue;
		if (jobs != NULL && take_jobs(jobs, request, error) != 0)
			return -1;
		if (delimiter != NULL) {
			arguments->delimiter = strcmp(delimiter, "\\t") == 0 ? '\t' : delimiter[0];
			if (delimiter[1] != '\0' && arguments->delimiter != '\t')
				return error_set(error, EXIT_USAGE, "--delimiter takes one character");
		}
		return words;
	}
	return error_set(error, EXIT_USAGE, "unknown option '%s'; see finsamstat help", at[0]);
}

static int read_arguments(char **at, const struct command *command, const char *usage, struct arguments *arguments,
	struct error *error)
{
	while (*at != NULL) {
		int words = take_option(at, usage, arguments, error);
		if (words < 0)
			return -1;
		if (words == 0) {
			if (arguments->operands == command->operands)
				return error_set(error, EXIT_USAGE, "one argument too many: '%s'; usage: finsamstat %s", *at, usage);
			arguments->operand[arguments->operands++] = *at;
			words = 1;
		}
		at += words;
	}
	if (arguments->operands < command->operands)
		return error_set(error, EXIT_USAGE, "usage: finsamstat %s", usage);
	return 0;
}

static enum exit_code dispatch(int count, char **words, struct arena *arena, struct error *error)
{
	struct arguments arguments = { 0 };
	const char *name = count > 1 ? words[1] : "help";
	if (strcmp(name, "--version") == 0) {
		(void)printf("finsamstat %s\n", FINSAMSTAT_VERSION);
		return EXIT_DONE;
	}
	if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
		if (count > 2)
			return print_help_on(words[2]);
		print_help();
		return EXIT_DONE;
	}
	const struct stage *stage = stage_named(name);
	const struct command *command = stage != NULL ? commands : command_named(name); /* the first command is run */
	if (command == NULL) {
		(void)error_set(error, EXIT_USAGE, "unknown command '%s'; see finsamstat help", name);
		print_errors(name, error);
		return EXIT_USAGE;
	}
	if (read_arguments(words + 2, command, stage == NULL ? command->usage : STAGE_USAGE, &arguments, error) != 0) {
		print_errors(name, error);
		return EXIT_USAGE;
	}
	if (stage != NULL)
		arguments.request.until = stage->name;
	return command->run(&arguments, arena, error);
}

/* A standard stream that the caller has closed must not become the first file that is opened. */
static int open_streams(struct error *error)
{
	for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
		if (fcntl(file, F_GETFD) < 0 && open("/dev/null", O_RDWR) != file)
			return error_set(error, EXIT_IO, "/dev/null cannot be opened");
	return 0;
}

int main(int count, char **words)
{
	static struct error error;
	if (open_streams(&error) != 0)
		return EXIT_IO;
	struct arena *arena = arena_new(&error);
	maths_init();
	enum exit_code code = arena == NULL ? EXIT_IO : dispatch(count, words, arena, &error);
	if (code == EXIT_DONE && fflush(stdout) != 0) {
		(void)fprintf(stderr, "finsamstat: standard output cannot be written\n");
		code = EXIT_IO;
	}
	arena_free(arena);
	return (int)code;
}
