/* The program's start and end: help, the choice of the command, the exit code. The commands are in commands.c. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/text.h"
#include "pipeline/commands/command.h"
#include "pipeline/maths/maths.h"
#include "pipeline/version.h"

static void print_help(void)
{
	(void)printf("finsamstat %s: statistics and evaluation for samordningsförbund\n\n", FINSAMSTAT_VERSION);
	for (size_t i = 0; i < command_count; i++)
		(void)printf("  finsamstat %s\n      %s\n", commands[i].usage, commands[i].help);
	(void)printf("  finsamstat %s\n      the stages up to and with one of these:\n", command_stage_usage);
	for (size_t i = 0; i < stage_count; i++)
		(void)printf("        %-9s %s\n", stages[i]->name, stages[i]->summary);
	(void)printf("  finsamstat help [STAGE], finsamstat --version\n\n"
		     "Exit: 0 done, 3 published with warnings, 4 stopped by the disclosure audit, 64 usage, 65 data refused,\n"
		     "66 an extract is missing, 70 bug, 74 I/O, 75 another run works, 78 settings.\n");
}

static enum exit_code print_help_on(const char *name, struct error *error)
{
	const struct stage *stage = command_stage(name);
	const struct command *command = command_named(name);
	if (stage == NULL && command == NULL) {
		(void)command_unknown(name, error);
		command_errors("help", error);
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
			(void)printf("  %-11s %s\n", file_class_names[file->class], file->name);
	}
	return EXIT_DONE;
}

/* Whether an operand is a förbund folder. */
static bool names_forbund(char **words)
{
	char path[4096];
	for (; *words != NULL; words++)
		if (snprintf(path, sizeof path, "%s/forbund.ini", *words) < (int)sizeof path && access(path, F_OK) == 0)
			return true;
	return false;
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
			return print_help_on(words[2], error);
		print_help();
		return EXIT_DONE;
	}
	const struct stage *stage = command_stage(name);
	const struct command *command = command_named(name);
	if (command != NULL && stage != NULL && !names_forbund(words + 2)) /* audit FILE and audit DIR */
		stage = NULL;
	if (stage != NULL)
		command = commands; /* the first is run */
	if (command == NULL) {
		(void)command_unknown(name, error);
		command_errors(name, error);
		return EXIT_USAGE;
	}
	if (command_read(words + 2, command, stage == NULL ? command->usage : command_stage_usage, &arguments, error) != 0) {
		command_errors(name, error);
		return EXIT_USAGE;
	}
	if (stage != NULL)
		arguments.request.until = stage->name;
	return command->run(&arguments, arena, error);
}

static enum { BEFORE, AT_WORK, OVER } reached;

/* OpenMP's runtime ends the program with a code of its own where it finds no memory or no thread, also before main() and in the process of
   a stage. It has said why. */
static void tell_ended(void)
{
	static const char before[] = "finsamstat: no memory: nothing was begun; what was published before stands\n";
	static const char within[] = "finsamstat: no memory or no thread for OpenMP: ended; what was published before stands\n";
	if (reached == OVER)
		return;
	ssize_t told = reached == BEFORE ? write(STDERR_FILENO, before, sizeof before - 1) : write(STDERR_FILENO, within, sizeof within - 1);
	(void)told;
	_exit(EXIT_IO);
}

__attribute__((constructor(101))) static void watch_beginning(void)
{
	(void)atexit(tell_ended);
}

/* A standard stream that the caller has closed must not become the first file that is opened. */
static int open_streams(struct error *error)
{
	for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
		if (fcntl(file, F_GETFD) < 0 && open("/dev/null", O_RDWR) != file)
			return error_set(error, EXIT_IO, "/dev/null cannot be opened");
	return 0;
}

static enum exit_code work(int count, char **words)
{
	static struct error error;
	if (open_streams(&error) != 0)
		return EXIT_IO;
	struct arena *arena = arena_new(&error);
	if (arena == NULL) {
		(void)fprintf(stderr, "finsamstat: %s: nothing was begun; what was published before stands\n", error.message[0]);
		return EXIT_IO;
	}
	maths_init();
	enum exit_code code = dispatch(count, words, arena, &error);
	if (code == EXIT_DONE && fflush(stdout) != 0) {
		(void)fprintf(stderr, "finsamstat: standard output cannot be written\n");
		code = EXIT_IO;
	}
	arena_free(arena);
	return code;
}

int main(int count, char **words)
{
	reached = AT_WORK;
	enum exit_code code = work(count, words);
	reached = OVER;
	return (int)code;
}
