/* The command `prune`: removes earlier runs by the rules of [behåll]. Kept are approved runs, the newest complete one, what
   `latest` and the stages' records point to, the last complete run of each of the latest days (nätter) and months (månader)
   that have one. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/date.h"
#include "pipeline/base/text.h"
#include "pipeline/command.h"
#include "pipeline/past.h"
#include "pipeline/prune.h"

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

enum exit_code command_prune(struct arguments *arguments, struct arena *arena, struct error *error)
{
	const char *directory = arguments->operand[0], *out = past_out(directory, arguments->request.out, arena, error);
	const struct settings *settings = out == NULL ? NULL : settings_read(directory, NULL, arena, error);
	const struct prune *runs = NULL;
	size_t count = 0, removed = 0;
	int result = settings == NULL ? -1 : 0;
	if (result == 0 && !arguments->dry_run && access(out, F_OK) == 0)
		result = run_lock(out, "to prune", arena, error);
	if (result == 0)
		result = prune_judge(out, settings, &runs, &count, arena, error);
	for (size_t i = 0; result == 0 && i < count; i++) {
		(void)printf("%-6s %-22s %s\n", runs[i].keep ? "keep" : "remove", runs[i].name, runs[i].why);
		if (runs[i].keep)
			continue;
		removed++;
		if (!arguments->dry_run)
			result = remove_run(out, runs[i].name, arena, error);
	}
	if (result == 0)
		(void)printf("%zu of %zu runs %s\n", removed, count, arguments->dry_run ? "would be removed" : "removed");
	else
		command_errors("prune", error);
	return result == 0 ? EXIT_DONE : error->code;
}
