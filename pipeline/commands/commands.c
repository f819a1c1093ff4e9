/* The table of commands, and the reading of their options: see command.h. A new command is a line in `commands`; a new
   option is a line in `options`. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/commands/command.h"

#define RUN_OPTIONS "[--extracts D] [--out D] [--period A–B] [--tables m03,i01] [--jobs N] [--json]"

const char command_stage_usage[] = "STAGE DIR " RUN_OPTIONS;

const struct command commands[] = {
	{ "run", "run DIR " RUN_OPTIONS " [--until STAGE] [--force STAGE]", 1, command_run,
		"all stages: read the extracts, compute, protect, publish" },
	{ "plan", "plan DIR " RUN_OPTIONS " [--until STAGE] [--force STAGE]", 1, command_plan,
		"what a run would work through and what it would skip as up to date, and why" },
	{ "check", "check DIR [--extracts D] [--out D] [--period A–B] [--jobs N] [--json]", 1, command_check,
		"validate settings and extracts only; write the validation report" },
	{ "show", "show TABLE [--internal] [--out D] [--json] DIR", 2, command_show,
		"one result table on the terminal: the published one, or with --internal the one before protection; malgrupper\n"
		"      --internal: the rules of the target groups in words, with how many persons meet each condition" },
	{ "verify", "verify RUN [--files-only] [--out D] [--json]", 1, command_verify,
		"are a run's inputs and files as it left them, and does it come out the same when it is done again?" },
	{ "diff", "diff RUN RUN [--internal] [--tables m03,i01] [--out D] [--json]", 2, command_diff,
		"which cells of which tables differ between two runs, and what in data, settings and program differs" },
	{ "history", "history DIR [--table m03,i01] [--out D] [--rebuild] [--json]", 1, command_history,
		"the runs of a förbund, and with --table each figure through them" },
	{ "approve", "approve RUN --year Y [--out D] [--json]", 1, command_approve,
		"approves the run behind the evaluation of a year: its publication says so, it is kept for good and compared with from now on" },
	{ "prune", "prune DIR [--dry-run] [--out D] [--json]", 1, command_prune,
		"removes the runs that [behåll] does not keep; --dry-run only names them" },
	{ "lint", "lint FILE [--delimiter C] [--encoding E]", 1, command_lint,
		"is this a well-formed CSV(.gz)? prints `records R fields F`, or `FILE:LINE: CODE: reason`; read with commas and as UTF-8\n"
		"      unless told otherwise: --delimiter ';', --encoding windows-1252" },
	{ "audit", "audit FILE [--hier H.csv] [--threshold N]", 1, command_audit,
		"do protected frequency tables, or a publication's folder, give small counts away? prints each such row; exit 4 when there is one" },
	{ "protect-tables", "protect-tables MICRO.csv --tables T.json [--hier H.csv] [--threshold N] [--ledger FILE] [--round] --out FILE", 1, command_protect,
		"frequency tables of any kind with small counts withheld, and what would give them away; --round: rounded instead, so that\n"
		"      every cell has a value and all tables add up; --ledger: what an earlier call wrote, that is not contradicted" },
};
const size_t command_count = sizeof commands / sizeof *commands;

const struct command *command_named(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

const struct stage *command_stage(const char *name)
{
	for (size_t i = 0; i < stage_count; i++)
		if (strcmp(stages[i]->name, name) == 0)
			return stages[i];
	return NULL;
}

int command_unknown(const char *name, struct error *error)
{
	const char *names[sizeof commands / sizeof *commands + RUN_STAGES];
	size_t count = 0;
	for (size_t i = 0; i < command_count; i++)
		names[count++] = commands[i].name;
	for (size_t i = 0; i < stage_count && i < RUN_STAGES; i++)
		names[count++] = stages[i]->name;
	const char *nearest = text_nearest(name, strlen(name), names, count);
	if (nearest == NULL)
		return error_set(error, EXIT_USAGE, "there is no command or stage '%s'; see finsamstat help", name);
	return error_set(error, EXIT_USAGE, "there is no command or stage '%s'; did you mean '%s'?", name, nearest);
}

/* ---- options ---- */

/* An option and where its value goes. */
struct option {
	const char *name;
	/* `value` is NULL for an option that is a flag. 0, or -1 with the error set. */
	int (*take)(const char *value, void *field, struct error *error);
	bool flag;
	size_t offset; /* of the field in struct arguments */
};

static int take_flag(const char *value, void *field, struct error *error)
{
	(void)value;
	(void)error;
	*(bool *)field = true;
	return 0;
}

static int take_text(const char *value, void *field, struct error *error)
{
	(void)error;
	*(const char **)field = value;
	return 0;
}

static int take_jobs(const char *value, void *field, struct error *error)
{
	int64_t jobs;
	if (!number_read_integer(value, strlen(value), &jobs) || jobs < 1 || jobs > 1024)
		return error_set(error, EXIT_USAGE, "--jobs takes a number from 1 to 1024");
	*(int *)field = (int)jobs;
	return 0;
}

static int take_delimiter(const char *value, void *field, struct error *error)
{
	char delimiter = strcmp(value, "\\t") == 0 || strcasecmp(value, "tab") == 0 ? '\t' : value[0];
	if (value[1] != '\0' && delimiter != '\t')
		return error_set(error, EXIT_USAGE, "--delimiter takes one character");
	*(char *)field = delimiter;
	return 0;
}

static int take_encoding(const char *value, void *field, struct error *error)
{
	*(bool *)field = strcasecmp(value, "windows-1252") == 0;
	if (!*(bool *)field && strcasecmp(value, "utf-8") != 0)
		return error_set(error, EXIT_USAGE, "--encoding takes utf-8 or windows-1252");
	return 0;
}

static int take_threshold(const char *value, void *field, struct error *error)
{
	if (!number_read_integer(value, strlen(value), field) || *(int64_t *)field < 2 || *(int64_t *)field > 1000)
		return error_set(error, EXIT_USAGE, "--threshold takes a number from 2 to 1000");
	return 0;
}

#define FIELD(member) offsetof(struct arguments, member)

static const struct option options[] = {
	{ "--extracts", take_text, false, FIELD(request.extracts) },
	{ "--out", take_text, false, FIELD(request.out) },
	{ "--period", take_text, false, FIELD(request.period) },
	{ "--tables", take_text, false, FIELD(request.tables) },
	{ "--until", take_text, false, FIELD(request.until) },
	{ "--force", take_text, false, FIELD(request.force) },
	{ "--jobs", take_jobs, false, FIELD(request.jobs) },
	{ "--json", take_flag, true, FIELD(json) },
	{ "--internal", take_flag, true, FIELD(internal) },
	{ "--files-only", take_flag, true, FIELD(files_only) },
	{ "--dry-run", take_flag, true, FIELD(dry_run) },
	{ "--rebuild", take_flag, true, FIELD(rebuild) },
	{ "--round", take_flag, true, FIELD(round) },
	{ "--year", take_text, false, FIELD(year) },
	{ "--table", take_text, false, FIELD(request.tables) },
	{ "--delimiter", take_delimiter, false, FIELD(delimiter) },
	{ "--encoding", take_encoding, false, FIELD(windows_1252) },
	{ "--hier", take_text, false, FIELD(hierarchy) },
	{ "--ledger", take_text, false, FIELD(ledger) },
	{ "--threshold", take_threshold, false, FIELD(threshold) },
};
#define OPTIONS (sizeof options / sizeof *options)

/* Whether the usage line lists the option, as "[--out D]" or "--out D". */
static bool listed(const char *usage, const char *option)
{
	size_t length = strlen(option);
	for (const char *place = usage; (place = strstr(place, option)) != NULL; place += length)
		if ((place[-1] == '[' || place[-1] == ' ') && strcspn(place, " ]") == length)
			return true;
	return false;
}

static int unknown_option(const char *word, const char *usage, struct error *error)
{
	const char *names[OPTIONS];
	size_t count = 0;
	for (size_t i = 0; i < OPTIONS; i++)
		if (listed(usage, options[i].name))
			names[count++] = options[i].name;
	const char *nearest = text_nearest(word, strlen(word), names, count);
	return error_set(error, EXIT_USAGE, "unknown option '%s'%s%s%s; usage: finsamstat %s", word,
		nearest == NULL ? "" : "; did you mean '", nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?", usage);
}

/* One option at `at`: the number of words it takes, 0 if it is an operand, −1 with the error set. */
static int take_option(char **at, const char *usage, struct arguments *arguments, struct error *error)
{
	if (at[0][0] != '-' || at[0][1] == '\0')
		return 0;
	for (size_t i = 0; i < OPTIONS; i++) {
		const struct option *option = &options[i];
		if (strcmp(option->name, at[0]) != 0 || !listed(usage, option->name))
			continue;
		if (!option->flag && (at[1] == NULL || at[1][0] == '\0'))
			return error_set(error, EXIT_USAGE, "%s needs a value", at[0]);
		if (option->take(option->flag ? NULL : at[1], (char *)arguments + option->offset, error) != 0)
			return -1;
		return option->flag ? 1 : 2;
	}
	return unknown_option(at[0], usage, error);
}

int command_read(char **words, const struct command *command, const char *usage, struct arguments *arguments,
	struct error *error)
{
	while (*words != NULL) {
		int taken = take_option(words, usage, arguments, error);
		if (taken < 0)
			return -1;
		if (taken == 0) {
			if (arguments->operands == command->operands)
				return error_set(error, EXIT_USAGE, "one argument too many: '%s'; usage: finsamstat %s", *words, usage);
			arguments->operand[arguments->operands++] = *words;
			taken = 1;
		}
		words += taken;
	}
	if (arguments->operands < command->operands)
		return error_set(error, EXIT_USAGE, "usage: finsamstat %s", usage);
	return 0;
}
