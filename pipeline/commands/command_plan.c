/* The command `plan`: which stages a run would work through or skip, and why. */
#include <stdio.h>
#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/commands/command.h"
#include "pipeline/run/reuse.h"

static void print_text(const struct verdict *verdicts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		(void)printf("%-10s %-5s %s\n", stages[i]->name, verdicts[i].skip ? "skip" : "run", verdicts[i].why);
}

static int print_json(const struct verdict *verdicts, size_t count, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	if (text_add_string(&text, "[", error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (text_add_format(&text, error, "%s\n {\"stage\":\"%s\",\"does\":\"%s\",\"perhaps\":%s,\"why\":", i > 0 ? "," : "",
			    stages[i]->name, verdicts[i].skip ? "skip" : "run", verdicts[i].perhaps ? "true" : "false") != 0 ||
			text_add_json(&text, verdicts[i].why, error) != 0 || text_add_string(&text, "}", error) != 0)
			return -1;
	(void)printf("%s\n]\n", text.bytes);
	return 0;
}

enum exit_code command_plan(struct arguments *arguments, struct arena *arena, struct error *error)
{
	struct run *run = arena_take(arena, 1, sizeof *run, error);
	struct verdict verdicts[RUN_STAGES] = { { 0 } };
	size_t count = 0;
	arguments->request.directory = arguments->operand[0];
	int result = run == NULL ? -1 : run_prepare(run, &arguments->request, arena, error);
	if (result == 0)
		result = log_open(&run->log, NULL, LOG_QUIET, error);
	if (result == 0)
		result = run_find_extracts(run, error);
	if (result == 0)
		result = run_find_base(run, error);
	if (result == 0)
		result = reuse_plan(run, verdicts, &count, error);
	if (result == 0 && arguments->json)
		result = print_json(verdicts, count, arena, error);
	else if (result == 0)
		print_text(verdicts, count);
	if (run != NULL)
		log_close(run->log);
	if (result != 0)
		command_errors("plan", error);
	return result == 0 ? EXIT_DONE : error->code;
}
