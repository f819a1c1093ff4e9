/* The command `prune`: removes earlier runs by the rules of [behåll]. Kept are approved runs, the newest complete one, what
   `latest` and the stages' records point to, the last complete run of each of the latest days (nätter) and months (månader)
   that have one. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/date.h"
#include "pipeline/base/file.h"
#include "pipeline/base/text.h"
#include "pipeline/commands/command.h"
#include "pipeline/history/chronicle.h"
#include "pipeline/history/prune.h"
#include "pipeline/run/past.h"

static int remove_run(const char *out, const char *name, struct arena *arena, struct error *error)
{
	/* first the publication, then the account of it: a run that was pruned halfway is still listed and pruned again */
	static const char *const parts[] = { "published", "internal" };
	for (size_t i = 0; i < 2; i++) {
		char *path = arena_print(arena, error, "%s/%s/%s", out, parts[i], name);
		char *gone = path == NULL ? NULL : arena_print(arena, error, "%s/%s/.tmp-%s", out, parts[i], name);
		if (gone == NULL || run_remove(gone, error) != 0)
			return -1;
		if (rename(path, gone) == 0 && run_remove(gone, error) != 0) /* out of sight at once, whole or not at all */
			return -1;
	}
	return 0;
}

static int print_run(const struct prune *run, bool json, bool first, struct text *text, struct error *error)
{
	if (!json) {
		(void)printf("%-6s %-22s %s\n", run->keep ? "keep" : "remove", run->name, run->why);
		return 0;
	}
	return text_add_format(text, error, "%s\n {\"run\":\"%s\",\"does\":\"%s\",\"why\":", first ? "" : ",", run->name,
		run->keep ? "keep" : "remove") == 0 && text_add_json(text, run->why, error) == 0 && text_add_string(text, "}", error) == 0 ? 0 : -1;
}

enum exit_code command_prune(struct arguments *arguments, struct arena *arena, struct error *error)
{
	const char *directory = arguments->operand[0], *out = past_out(directory, arguments->request.out, arena, error);
	const struct settings *settings = out == NULL ? NULL : settings_read(directory, NULL, arena, error);
	const struct prune *runs = NULL;
	struct chronicle *chronicle = NULL;
	struct text text = { .arena = arena };
	size_t count = 0, removed = 0;
	bool there;
	int result = settings == NULL ? -1 : file_is_there(out, &there, error);
	if (result == 0 && !arguments->dry_run && there)
		result = run_lock(out, "to prune", arena, error);
	if (result == 0 && !arguments->dry_run && there) { /* what goes stays in the history */
		result = chronicle_open(&chronicle, out, false, arena, error);
		chronicle_close(chronicle);
	}
	if (result == 0)
		result = prune_judge(out, settings, &runs, &count, arena, error);
	for (size_t i = 0; result == 0 && i < count; i++) {
		result = print_run(&runs[i], arguments->json, i == 0, &text, error);
		removed += !runs[i].keep;
		if (result == 0 && !runs[i].keep && !arguments->dry_run)
			result = remove_run(out, runs[i].name, arena, error);
	}
	if (result != 0)
		command_errors("prune", error);
	else if (arguments->json)
		(void)printf("[%s\n]\n", text.bytes == NULL ? "" : text.bytes);
	else
		(void)printf("%zu of %zu runs %s\n", removed, count, arguments->dry_run ? "would be removed" : "removed");
	return result == 0 ? EXIT_DONE : error->code;
}
