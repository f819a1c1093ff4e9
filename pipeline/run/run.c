/* One run from the settings to the switch of `latest`: folders, lock, stages, publication. A stage from which no other reads anything works
   beside those that follow; else they go one after the other. */
#include "pipeline/run/run.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "pipeline/run/past.h"
#include "pipeline/run/progress.h"
#include "pipeline/run/reuse.h"
#include "pipeline/run/reuse_key.h"
#include "pipeline/table/schema/schema.h"

/* A name for the run: its UTC start, with -2, -3 … while a folder of that name stands. */
static int choose_name(struct run *run, struct error *error)
{
	char start[24];
	time_t now = time(NULL);
	struct tm utc;
	if (gmtime_r(&now, &utc) == NULL || strftime(start, sizeof start, "%Y%m%dT%H%M%SZ", &utc) == 0)
		return error_set(error, EXIT_IO, "the clock cannot be read");
	for (int again = 1; again < 1000; again++) {
		(void)snprintf(run->name, sizeof run->name, again == 1 ? "%s" : "%s-%d", start, again);
		char *internal = arena_print(run->arena, error, "%s/internal/%s", run->out, run->name);
		char *published = arena_print(run->arena, error, "%s/published/%s", run->out, run->name);
		bool begun, stands;
		if (internal == NULL || published == NULL || file_is_there(internal, &begun, error) != 0 ||
			file_is_there(published, &stands, error) != 0)
			return -1;
		if (!begun && !stands)
			return 0;
	}
	return error_set(error, EXIT_IO, "%s holds a thousand runs of this second", run->out);
}

/* Whether the folder belongs to a `verify` that still works: .verify-PID. */
static bool is_alive(const char *folder)
{
	long pid = strtol(folder + strlen(".verify-"), NULL, 10);
	return pid > 0 && (kill((pid_t)pid, 0) == 0 || errno != ESRCH);
}

/* Leftovers of a run that was killed. The lock is held, so no living run owns them. */
static int remove_leftovers(const char *folder, struct arena *arena, struct error *error)
{
	DIR *list = opendir(folder);
	if (list == NULL)
		return errno == ENOENT ? 0 : error_system(error, errno, "%s: cannot be read", folder);
	int result = 0;
	const struct dirent *entry;
	while (result == 0 && (result = file_next(list, folder, &entry, error)) == 0 && entry != NULL) {
		bool verify = text_starts(entry->d_name, ".verify-") && !is_alive(entry->d_name);
		if (!text_starts(entry->d_name, ".tmp-") && !verify)
			continue;
		char *path = run_path(arena, error, folder, entry->d_name);
		result = path == NULL ? -1 : run_remove(path, error);
	}
	(void)closedir(list);
	return result;
}

/* The settings as they were read, beside what was made with them. */
static int save_settings(const struct run *run, struct error *error)
{
	struct text text = { .arena = run->arena };
	char *path = run_path(run->arena, error, run->internal, "forbund.ini");
	if (path == NULL || text_add(&text, run->settings->bytes, run->settings->length, error) != 0)
		return -1;
	return text_save(&text, path, error);
}

static int make_folders(struct run *run, struct error *error)
{
	struct arena *arena = run->arena;
	char *published = run_path(arena, error, run->out, "published");
	char *internals = run_path(arena, error, run->out, "internal");
	if (published == NULL || internals == NULL || run_make_folder(run->out, 0755, error) != 0 ||
		run_lock(run->out, run->name, arena, error) != 0 ||
		choose_name(run, error) != 0 || /* again: a run of the same second may have ended before the lock */
		run_make_folder(published, 0755, error) != 0 ||
		run_make_folder(internals, 0700, error) != 0 || remove_leftovers(published, arena, error) != 0 ||
		remove_leftovers(internals, arena, error) != 0)
		return -1;
	run->internal = run_path(arena, error, internals, run->name);
	run->publication = arena_print(arena, error, "%s/.tmp-%s", published, run->name);
	if (run->internal == NULL || run->work == NULL || run->publication == NULL)
		return -1;
	static const char *const parts[] = { "", "/aggregate", "/support", "/protected" };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		char *path = arena_print(arena, error, "%s%s", run->internal, parts[i]);
		if (path == NULL || run_make_folder(path, 0700, error) != 0)
			return -1;
	}
	if (run_make_folder(run->work, 0700, error) != 0 || save_settings(run, error) != 0)
		return -1;
	return run_make_folder(run->publication, 0755, error);
}

static int open_log(struct run *run, struct error *error)
{
	char *path = run_path(run->arena, error, run->internal, "log.jsonl");
	return path == NULL ? -1 : log_open(&run->log, path, run->request->silent ? LOG_SILENT : run->request->quiet ? LOG_QUIET : LOG_LOUD, error);
}

int run_choose_tables(const char *list, const char ***tables, size_t *count, struct arena *arena, struct error *error)
{
	*tables = arena_take(arena, strlen(list) + 1, sizeof **tables, error);
	*count = 0;
	if (*tables == NULL)
		return -1;
	while (*list != '\0') {
		size_t length = strcspn(list, ",");
		char *name = arena_text(arena, list, length, error);
		const struct table *table = name == NULL ? NULL : schema_table(name, arena, error);
		if (table == NULL)
			return -1;
		(*tables)[(*count)++] = table->name;
		list += length + (list[length] == ',');
	}
	return *count > 0 ? 0 : error_set(error, EXIT_USAGE, "--tables names no table");
}

/* NULL with the error set for a name that no stage has. */
static const struct stage *stage_named(const char *name, struct error *error)
{
	const char *names[RUN_STAGES];
	for (size_t i = 0; i < stage_count; i++) {
		if (strcmp(stages[i]->name, name) == 0)
			return stages[i];
		names[i] = stages[i]->name;
	}
	const char *nearest = text_nearest(name, strlen(name), names, stage_count);
	(void)error_set(error, EXIT_USAGE, "there is no stage '%s'%s%s%s", name, nearest == NULL ? "" : "; did you mean '",
		nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
	return NULL;
}

/* Has the publication on the disk, and hashes it for the manifest: what is left to be done when it may stand is little. The disk first: it is
   waited for while the audit, which then reads, needs every processor. */
static int settle_publication(struct run *run, struct error *error)
{
	struct reuse_file *files;
	size_t count;
	char (*digest)[HASH_TEXT];
	run->publication_hashes = (struct record){ .arena = run->arena };
	if (run_sync(run->publication, error) != 0 || reuse_made(run, stages[stages_publisher()], &files, &count, error) != 0 ||
		reuse_hashes(run, files, count, &digest, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (record_add(&run->publication_hashes, RECORD_OUTPUT, files[i].label, digest[i], error) != 0)
			return -1;
	return 0;
}

/* Beside a stage at work: hashes what it reads, and what the stages before it have made. The first hashes the delivery itself. */
static int work_beside(struct run *run, size_t position, struct error *error)
{
	struct record inputs = { .arena = run->arena };
	if (position == 0 || stages[position]->brief)
		return 0;
	if (position > stages_publisher() && settle_publication(run, error) != 0)
		return -1;
	return reuse_key(run, position, true, NULL, NULL, &inputs, error);
}

/* Whether any stage of the run waits for what this one makes; the last is waited for as it is. */
static bool is_awaited(const struct run *run, size_t position)
{
	for (size_t i = position; stages[i] != run->last; i++)
		for (const struct file_use *file = stages[i + 1]->reads; file->name != NULL; file++)
			if (reuse_maker(file) == position)
				return true;
	return stages[position] == run->last;
}

/* What a finished stage took and wrote, onto the terminal and the log. */
static int tell_use(struct run *run, size_t position, struct error *error)
{
	struct run_use *use = &run->use[position];
	char text[128];
	if (reuse_rows(run, position, &use->rows, error) != 0)
		return -1;
	int length = snprintf(text, sizeof text, "done in %.2f s%s, at most %ld MB", use->seconds,
		run->process[position].unsaid ? " beside others" : "", use->peak_kib / 1024);
	if (use->rows > 0)
		(void)snprintf(text + length, sizeof text - (size_t)length, ", %llu rows written", use->rows);
	log_event(run->log, LOG_NOTE, stages[position]->name, text);
	return 0;
}

/* What a stage has told is taken over; one that has failed leaves nothing behind, for what refused the delivery may stand in it. */
static int take_end(struct run *run, size_t position, int ended, struct error *error)
{
	if (ended == 0 && run_take_hashes(run, run->events[position], error) == 0 && (position > 0 || run_check_unchanged(run, error) == 0))
		return 0;
	struct error later = { 0 };
	(void)reuse_forget(run, position, &later);
	run->failed = stages[position]->name;
	return -1;
}

static int work_anew(struct run *run, size_t position, struct error *error)
{
	if (reuse_forget(run, position, error) != 0)
		return -1;
	if (is_awaited(run, position))
		return take_end(run, position, run_stage_process(run, stages[position], position, work_beside, error), error) == 0 ? tell_use(run, position, error)
			: -1;
	return run_stage_begin(run, stages[position], position, true, error) == 0 ? work_beside(run, position, error) : -1;
}

/* Hears the stages that work beside the others: all of them, or those that need not be waited for. What they told is for `say_beside`,
   lest the order of the log be left to chance. */
static int hear_beside(struct run *run, bool all, struct error *error)
{
	for (size_t i = 0; i < stage_count; i++) {
		struct error aside = { 0 };
		if (run->process[i].child == 0 || (!all && !run_stage_told(run, i)))
			continue;
		if (take_end(run, i, run_stage_end(run, i, &aside, error), error) != 0)
			return -1;
		run->process[i].unsaid = true;
	}
	return 0;
}

static int say_beside(struct run *run, struct error *error)
{
	for (size_t i = 0; i < stage_count; i++) {
		const char *event = run->process[i].unsaid ? run->events[i] : "";
		for (; *event != '\0'; event += strcspn(event, "\n") + 1) {
			const char *text = strchr(event + 2, '\t') + 1;
			char *line = *event == 'W' || *event == 'N' ? arena_text(run->arena, text, strcspn(text, "\n"), error) : NULL;
			if (line != NULL)
				log_event(run->log, *event == 'W' ? LOG_WARNING : LOG_NOTE, stages[i]->name, line);
		}
		if (run->process[i].unsaid && tell_use(run, i, error) != 0)
			return -1;
		run->process[i].unsaid = false;
	}
	return 0;
}

static int run_stage(struct run *run, size_t position, struct error *error)
{
	const struct stage *stage = stages[position];
	struct verdict verdict;
	bool publishes = position == stages_publisher(); /* nothing of a delivery that a stage beside the others may still refuse */
	if (hear_beside(run, publishes, error) != 0 || (publishes && say_beside(run, error) != 0))
		return -1;
	run->stage = stage;
	run->shown = run->settings;
	if ((stage->ready != NULL && stage->ready(run, run->arena, error) != 0) ||
		reuse_judge(run, position, NULL, &verdict, error) != 0)
		return -1;
	run->use[position].why = verdict.why;
	if (!verdict.skip && !verdict.first && position <= stages_publisher())
		log_event(run->log, LOG_NOTE, stage->name, verdict.why);
	return verdict.skip ? reuse_take(run, position, error) : work_anew(run, position, error);
}

/* The stages up to the last, but for those beside them, of which some may still be at work. */
static int run_each(struct run *run, struct error *error)
{
	for (size_t i = 0; i < stage_count; i++) {
		run->failed = stages[i]->name;
		if (run_stage(run, i, error) != 0)
			return -1;
		if (stages[i] == run->last)
			break;
	}
	return 0;
}

/* Of two faults the one counts whose stage comes first: one that works beside the others. */
static int run_stages(struct run *run, struct error *error)
{
	struct error beside = { 0 };
	int result = run_each(run, error);
	if (hear_beside(run, true, &beside) != 0) {
		*error = beside;
		result = -1;
	}
	if (say_beside(run, &beside) != 0 && result == 0) {
		*error = beside;
		result = -1;
	}
	if (result != 0)
		return -1;
	run->failed = "run";
	return reuse_keep(run, stages_publisher() - 1, error); /* the publication is kept when it stands */
}

/* Moves the built publication to its name; a complete one becomes `latest`. The switch is the last that can fail. */
static int publish(struct run *run, struct error *error)
{
	char *published = run_path(run->arena, error, run->out, "published");
	char *place = published == NULL ? NULL : run_path(run->arena, error, published, run->name);
	struct error unsynced = { 0 };
	if (place == NULL || run_open_to_all(run->publication, error) != 0)
		return -1; /* its content is on the disk (settle_publication) */
	if (rename(run->publication, place) != 0)
		return error_system(error, errno, "%s: cannot be moved into place", place);
	run->publication = place;
	if (run_sync_folder(published, error) != 0)
		return -1;
	if (run->wanted_count == 0 && run_switch_latest(published, run->name, run->arena, error) != 0)
		return -1;
	(void)run_sync_folder(published, &unsynced); /* done for every reader; a power cut may still bring back the old one */
	return 0;
}

/* Runs that were killed before they had an account. What they had finished has been taken over by now, and the lock is held,
   so no living run owns them. What cannot be removed is left to prune. */
static void remove_unfinished(struct run *run)
{
	struct error later = { 0 };
	const char *const *names;
	size_t count;
	if (past_names(run->out, &names, &count, run->arena, &later) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		char *folder = arena_print(run->arena, &later, "%s/internal/%s", run->out, names[i]);
		char *account = folder == NULL ? NULL : run_path(run->arena, &later, folder, "manifest.json");
		char *gone = account == NULL ? NULL : arena_print(run->arena, &later, "%s/internal/.tmp-%s", run->out, names[i]);
		bool there;
		if (gone != NULL && file_is_there(account, &there, &later) == 0 && !there && rename(folder, gone) == 0)
			(void)run_remove(gone, &later);
	}
}

/* The account of the run, before its publication: what has been published can then no longer fail. */
static int close_run(struct run *run, bool complete, struct error *error)
{
	char *internals = run_path(run->arena, error, run->out, "internal");
	if (internals == NULL || run_write_manifest(run, complete, error) != 0)
		return -1;
	return run_switch_latest(internals, run->name, run->arena, error);
}

/* Onto the log and the terminal; what the error has no room for is counted. */
static void tell_errors(struct run *run, const struct error *error)
{
	char rest[64];
	for (size_t i = 0; i < error_kept(error); i++)
		log_event(run->log, LOG_ERROR, run->failed, error->message[i]);
	(void)snprintf(rest, sizeof rest, "… and %zu more", error->count - error_kept(error));
	if (error->count > error_kept(error))
		log_event(run->log, LOG_ERROR, run->failed, rest);
}

static void clean_up(struct run *run)
{
	struct error later = { 0 };
	(void)run_remove(run->publication, &later);
	run->publication = NULL;
	(void)close_run(run, false, &later);
}

int run_prepare(struct run *run, const struct run_request *request, struct arena *arena, struct error *error)
{
	*run = (struct run){ .arena = arena, .request = request, .failed = "run" };
	run->out = request->out != NULL ? request->out : run_path(arena, error, request->directory, "resultat");
	run->work = run->out == NULL ? NULL : run_path(arena, error, run->out, "internal/work");
	if (run->work == NULL)
		return -1;
	run->settings = settings_read(request->directory, request->period, arena, error);
	if (run->settings == NULL ||
		(request->tables != NULL &&
			run_choose_tables(request->tables, &run->wanted, &run->wanted_count, arena, error) != 0) || stages_check(stages, stage_count, error) != 0)
		return -1;
	run->last = request->until == NULL ? stages[stage_count - 1] : stage_named(request->until, error);
	if (run->last == NULL)
		return -1;
	if (run->last == stages[stages_publisher()])
		run->last = stages[stage_count - 1]; /* who asks for a publication gets one, and none stands unaudited */
	if (request->force != NULL && stage_named(request->force, error) == NULL)
		return -1;
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	run->jobs = request->jobs > 0 ? request->jobs : processors > 0 ? (int)processors : 1;
	return reuse_begin(run, error);
}

int run_all(struct run *run, const struct run_request *request, struct arena *arena, struct error *error)
{
	struct error unkept = { 0 };
	if (run_prepare(run, request, arena, error) != 0 || choose_name(run, error) != 0 || make_folders(run, error) != 0 ||
		open_log(run, error) != 0)
		return -1;
	run->logged = true;
	run->progress = request->quiet || request->silent ? NULL : progress_open();
	int result = run_find_extracts(run, error);
	if (result == 0)
		result = run_find_base(run, error);
	if (result == 0)
		result = run_stages(run, error);
	bool complete = run->last == stages[stage_count - 1];
	if (result == 0) {
		run->failed = NULL; /* as far as its account can know */
		result = close_run(run, complete, error);
	}
	if (result == 0)
		result = complete ? publish(run, error) : run_remove(run->publication, error);
	if (result == 0 && complete) { /* what stands can no longer fail: at worst it is made again */
		if (!reuse_narrowed(run, stages_publisher()))
			(void)reuse_keep(run, stage_count - 1, &unkept);
		remove_unfinished(run);
	}
	if (result != 0) {
		run->failed = run->failed == NULL ? "run" : run->failed;
		tell_errors(run, error);
		clean_up(run);
	} else if (!complete) {
		run->publication = NULL;
	}
	progress_close(run->progress);
	run->progress = NULL;
	run_end_processes(run);
	log_close(run->log);
	run->log = NULL;
	return result;
}
