/* Rendering an approved publication and putting it in place: see approve.h. */
#define _GNU_SOURCE /* renameat2 */
#include "pipeline/history/approve.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "pipeline/run/reuse.h"

static int nothing_meanwhile(struct run *run, size_t position, struct error *error)
{
	(void)run;
	(void)position;
	(void)error;
	return 0;
}

/* The run as it was when its stage publish worked, but for the folder that it publishes into. */
static int restore(struct run *run, const struct past *past, const struct settings *settings, const char *years, struct arena *arena,
	struct error *error)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	*run = (struct run){ .arena = arena, .settings = settings, .out = past->out, .internal = past->internal, .approval = years,
		.jobs = processors > 0 ? (int)processors : 1 };
	(void)snprintf(run->name, sizeof run->name, "%s", past->name);
	run->work = run_path(arena, error, past->out, "internal/work");
	run->publication = arena_print(arena, error, "%s/published/.tmp-%s", past->out, past->name);
	return run->work == NULL || run->publication == NULL ? -1 : reuse_begin(run, error);
}

/* That every file of figures is the run's own. */
static int check_figures(const struct run *run, const struct past *past, struct error *error)
{
	struct reuse_file *file = NULL;
	size_t count = 0, figures = 0, before = 0;
	const struct document *files = document_member(past->manifest, "publication");
	for (size_t i = 0; i < files->count; i++) {
		const char *name = document_text(&files->item[i], "file");
		before += text_starts(name, "data/") || text_starts(name, "excel/");
	}
	if (reuse_made(run, stages[stages_publisher()], &file, &count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		char digest[HASH_TEXT];
		if (!text_starts(file[i].name, "data/") && !text_starts(file[i].name, "excel/"))
			continue;
		if (hash_file(file[i].path, digest, error) != 0)
			return -1;
		figures += strcmp(digest, past_hash(past, "publication", file[i].name)) == 0;
	}
	if (figures == before)
		return 0;
	return error_set(error, EXIT_DATA, "the protected tables of %s, printed by this program, are not what was published: run again, and "
		"approve that run", past->name);
}

int approve_render(struct run *run, const struct past *past, const struct settings *settings, const char *years,
	struct arena *arena, struct error *error)
{
	if (restore(run, past, settings, years, arena, error) != 0 || run_remove(run->publication, error) != 0 ||
		run_make_folder(run->publication, 0755, error) != 0 || log_open(&run->log, NULL, LOG_QUIET, error) != 0)
		return -1;
	int result = run_stage_process(run, stages[stages_publisher()], stages_publisher(), nothing_meanwhile, error);
	run_end_processes(run);
	log_close(run->log);
	run->log = NULL;
	return result != 0 ? -1 : check_figures(run, past, error);
}

/* The file holds what it held or the new list, never half of it. */
static int list_files(struct run *run, const char *years, struct error *error)
{
	char *path = run_path(run->arena, error, run->internal, "approval.json");
	char *next = run_path(run->arena, error, run->internal, ".approval.next");
	if (path == NULL || next == NULL || run_remove(next, error) != 0 || run_write_approval(run, years, next, error) != 0)
		return -1;
	if (rename(next, path) != 0)
		return error_system(error, errno, "%s: cannot be written", path);
	return run_sync_folder(run->internal, error);
}

/* Exchanges two folders; where the file system cannot, the place is empty for an instant. */
static int exchange(const char *folder, const char *place, struct arena *arena, struct error *error)
{
	if (renameat2(AT_FDCWD, folder, AT_FDCWD, place, RENAME_EXCHANGE) == 0)
		return 0;
	char *aside = errno == EINVAL || errno == ENOSYS ? arena_print(arena, error, "%s-before", folder) : NULL;
	if (error->count > 0)
		return -1;
	if (aside == NULL || rename(place, aside) != 0)
		return error_system(error, errno, "%s: cannot be replaced", place);
	if (rename(folder, place) == 0)
		return rename(aside, folder) == 0 ? 0 : error_system(error, errno, "%s: cannot be removed", aside);
	int number = errno;
	(void)rename(aside, place);
	return error_system(error, number, "%s: cannot be replaced", place);
}

int approve_replace(struct run *run, const struct past *past, const char *years, struct error *error)
{
	char *published = run_path(run->arena, error, run->out, "published");
	/* The list first: what stands is then what the manifest says or what the list says (past_check_publication). */
	if (published == NULL || run_open_to_all(run->publication, error) != 0 || run_sync(run->publication, error) != 0 ||
		list_files(run, years, error) != 0 || exchange(run->publication, past->published, run->arena, error) != 0)
		return -1;
	return run_sync_folder(published, error) != 0 ? -1 : run_remove(run->publication, error);
}

void approve_drop(struct run *run)
{
	struct error unkept = { 0 }; /* the next run removes it too */
	(void)run_remove(run->publication, &unkept);
}
