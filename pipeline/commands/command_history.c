/* The command `history`: the runs of a förbund, and a table's figures through them. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/text.h"
#include "pipeline/commands/command.h"
#include "pipeline/history/chronicle.h"
#include "pipeline/run/past.h"

struct listing {
	const char *out;
	const char *latest;
	bool json;
	size_t items;
	struct text text;
	struct text last; /* key and measure of the line before */
	struct error *error;
};

static int print_run(void *context, const struct chronicle_run *run)
{
	struct listing *listing = context;
	struct error *error = listing->error;
	int year = past_year_of(listing->out, run->name, listing->text.arena, error);
	if (listing->json)
		return text_add_format(&listing->text, error, "%s\n {\"run\":\"%s\",\"ended\":\"%s\",\"complete\":%s,\"published\":%s,"
			"\"warnings\":%d,\"approved\":%d,\"period\":", listing->items++ > 0 ? "," : "", run->name, run->ended,
			run->complete ? "true" : "false", run->published ? "true" : "false", run->warnings, year) != 0 ||
				text_add_json(&listing->text, run->period, error) != 0 ||
				text_add_format(&listing->text, error, ",\"program\":\"%s\",\"latest\":%s,\"tables\":", run->program,
					strcmp(run->name, listing->latest) == 0 ? "true" : "false") != 0 ||
				(run->tables[0] == '\0' ? text_add_string(&listing->text, "null", error)
					: text_add_json(&listing->text, run->tables, error)) != 0 ||
				text_add_string(&listing->text, "}", error) != 0
			? -1 : 0;
	if (listing->items++ == 0)
		(void)printf("%-20s %-26s %8s  %s\n", "run", "period", "warnings", "");
	(void)printf("%-20s %-26s %8d ", run->name, run->period, run->warnings);
	if (strcmp(run->name, listing->latest) == 0)
		(void)printf(" latest");
	if (year > 0)
		(void)printf(" approved-%d", year);
	if (!run->complete || !run->published)
		(void)printf(" not-published");
	if (run->tables[0] != '\0')
		(void)printf(" tables=%s", run->tables);
	(void)printf("%s%s%s\n", run->other_data ? " other-data" : "", run->other_settings ? " other-settings" : "",
		run->other_program ? " other-program" : "");
	return 0;
}

static int print_figure(void *context, const char *key, const char *measure, const char *run, const char *value)
{
	struct listing *listing = context;
	struct error *error = listing->error;
	if (listing->json)
		return text_add_format(&listing->text, error, "%s\n {\"nyckel\":", listing->items++ > 0 ? "," : "") != 0 ||
				text_add_json(&listing->text, key, error) != 0 ||
				text_add_format(&listing->text, error, ",\"matt\":\"%s\",\"run\":\"%s\",\"varde\":", measure, run) != 0 ||
				text_add_json(&listing->text, value, error) != 0 || text_add_string(&listing->text, "}", error) != 0
			? -1 : 0;
	size_t length = strlen(key);
	const char *last = listing->last.bytes == NULL ? "" : listing->last.bytes;
	if (strncmp(last, key, length) != 0 || last[length] != ' ' || strcmp(last + length + 1, measure) != 0) {
		listing->last.length = 0;
		if (text_add_format(&listing->last, error, "%s %s", key, measure) != 0)
			return -1;
		(void)printf("%s\n", listing->last.bytes);
	}
	(void)printf("  %-20s %s\n", run, value);
	return 0;
}

static int print_tables(struct listing *listing, struct chronicle *chronicle, const char *list, struct arena *arena)
{
	const char **tables;
	size_t count;
	if (run_choose_tables(list, &tables, &count, arena, listing->error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (!listing->json && count > 1)
			(void)printf("%s%s\n", i > 0 ? "\n" : "", tables[i]);
		if (chronicle_figures(chronicle, tables[i], print_figure, listing, listing->error) != 0)
			return -1;
	}
	return 0;
}

enum exit_code command_history(struct arguments *arguments, struct arena *arena, struct error *error)
{
	struct chronicle *chronicle = NULL;
	struct listing listing = { .json = arguments->json, .text = { .arena = arena }, .last = { .arena = arena }, .error = error };
	listing.out = past_out(arguments->operand[0], arguments->request.out, arena, error);
	listing.latest = listing.out == NULL ? NULL : past_latest(listing.out, "published", arena, error);
	bool there;
	int result = listing.latest == NULL ? -1 : file_is_there(arguments->operand[0], &there, error);
	if (result == 0 && !there)
		result = error_set(error, EXIT_USAGE, "%s: no such folder", arguments->operand[0]);
	if (result == 0)
		result = chronicle_open(&chronicle, listing.out, arguments->rebuild, arena, error);
	if (result == 0 && arguments->request.tables == NULL)
		result = chronicle_runs(chronicle, print_run, &listing, error);
	else if (result == 0)
		result = print_tables(&listing, chronicle, arguments->request.tables, arena);
	chronicle_close(chronicle);
	if (result == 0 && listing.json)
		(void)printf("[%s\n]\n", listing.text.bytes == NULL ? "" : listing.text.bytes);
	if (result != 0)
		command_errors("history", error);
	return result == 0 ? EXIT_DONE : error->code;
}
