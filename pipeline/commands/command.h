/* The commands: one table of {name, usage, function, help}, and the command line taken apart for them. */
#ifndef FINSAMSTAT_COMMANDS_COMMAND_H
#define FINSAMSTAT_COMMANDS_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/run/run.h"

#define COMMAND_OPERANDS 2

/* What follows the command's name. */
struct arguments {
	const char *operand[COMMAND_OPERANDS];
	size_t operands;
	struct run_request request; /* the options of a run; --tables and --out of other commands too */
	char delimiter;             /* lint; 0 without */
	bool windows_1252;          /* likewise: of its FILE; else UTF-8 */
	const char *hierarchy;      /* audit, protect-tables; NULL without */
	const char *ledger;         /* protect-tables: what was published before; NULL without */
	int64_t threshold;          /* likewise; 0 without */
	const char *year;           /* approve */
	bool internal, json, files_only, dry_run, rebuild, round;
};

/* The usage also says which options the command takes: an option that it does not list is refused. */
struct command {
	const char *name, *usage;
	size_t operands; /* that it must have */
	/* Does the work. Prints results on standard output; prints its errors with command_errors and returns their code. */
	enum exit_code (*run)(struct arguments *arguments, struct arena *arena, struct error *error);
	const char *help;
};

/* The table, in commands.c; the first is `run`. */
extern const struct command commands[];
extern const size_t command_count;

/* The words behind the command's name. -1 with the error set (EXIT_USAGE) for an unknown option, a value that lacks or
   does not parse, too many or too few operands. */
int command_read(char **words, const struct command *command, const char *usage, struct arguments *arguments,
	struct error *error);

/* The usage of `finsamstat STAGE`. */
extern const char command_stage_usage[];

/* The command or the stage of a name; NULL when there is none. */
const struct command *command_named(const char *name);
const struct stage *command_stage(const char *name);

/* Sets the error (EXIT_USAGE): there is no such command or stage, and the nearest; returns −1. */
int command_unknown(const char *name, struct error *error);

/* Every message of the error on standard error, as `finsamstat WHERE: message`. */
void command_errors(const char *where, const struct error *error);

/* Each in a file of its own name: command_verify.c … */
enum exit_code command_verify(struct arguments *arguments, struct arena *arena, struct error *error);
enum exit_code command_diff(struct arguments *arguments, struct arena *arena, struct error *error);
enum exit_code command_history(struct arguments *arguments, struct arena *arena, struct error *error);
enum exit_code command_approve(struct arguments *arguments, struct arena *arena, struct error *error);
enum exit_code command_prune(struct arguments *arguments, struct arena *arena, struct error *error);

/* command_plan.c */
enum exit_code command_plan(struct arguments *arguments, struct arena *arena, struct error *error);

/* command_run.c: `run`, `check`; command_show.c: `show`, `lint`; command_audit.c: `audit`;
   command_protect.c: `protect-tables`. */
enum exit_code command_run(struct arguments *arguments, struct arena *arena, struct error *error);
enum exit_code command_check(struct arguments *arguments, struct arena *arena, struct error *error);
enum exit_code command_show(struct arguments *arguments, struct arena *arena, struct error *error);
enum exit_code command_lint(struct arguments *arguments, struct arena *arena, struct error *error);
enum exit_code command_audit(struct arguments *arguments, struct arena *arena, struct error *error);
enum exit_code command_protect(struct arguments *arguments, struct arena *arena, struct error *error);

/* command_audit.c: audits a publication with what its run had before protection below `internal`. -1 with the error set
   (EXIT_DISCLOSURE) when it gives a count below the threshold away. */
int command_audit_publication(const char *published, const char *internal, int64_t threshold, struct arena *arena, struct error *error);

#endif
