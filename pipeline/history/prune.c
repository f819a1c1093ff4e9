/* Which earlier runs are kept: see prune.h. */
#include "pipeline/history/prune.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/text.h"
#include "pipeline/run/past.h"
#include "pipeline/run/record.h"
#include "pipeline/run/run.h"

/* A run's folder, with or without a manifest. */
struct candidate {
	struct prune prune;
	bool complete, read;
	int year;
	bool approved; /* once, for a year that another run stands for now */
	const char *base; /* that it was compared with; NULL without */
};

static void keep(struct candidate *candidate, const char *why)
{
	if (candidate->prune.keep)
		return;
	candidate->prune.keep = true;
	candidate->prune.why = why;
}

static int by_start(const void *a, const void *b)
{
	return past_order(((const struct candidate *)a)->prune.name, ((const struct candidate *)b)->prune.name);
}

static struct candidate *named(struct candidate *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].prune.name, name) == 0)
			return &list[i];
	return NULL;
}

/* Adds the runs of one folder that are not there yet. */
static int list_folder(const char *out, const char *part, struct candidate **list, size_t *count, size_t *capacity,
	struct arena *arena, struct error *error)
{
	char *path = arena_print(arena, error, "%s/%s", out, part);
	DIR *folder = path == NULL ? NULL : opendir(path);
	size_t before = *count;
	if (folder == NULL) /* ENOENT: nothing has run */
		return path == NULL ? -1 : errno == ENOENT ? 0 : error_system(error, errno, "%s: cannot be read", path);
	const struct dirent *entry;
	while (file_next(folder, path, &entry, error) == 0 && entry != NULL) {
		if (!past_is_name(entry->d_name) || named(*list, before, entry->d_name) != NULL)
			continue;
		struct candidate *grown = arena_grow(arena, *list, *count, *count + 1, capacity, sizeof *grown, error);
		char *name = grown == NULL ? NULL : arena_text(arena, entry->d_name, strlen(entry->d_name), error);
		if (name == NULL)
			break;
		*list = grown;
		grown[(*count)++] = (struct candidate){ .prune = { .name = name } };
	}
	(void)closedir(folder);
	return error->count > 0 ? -1 : 0;
}

/* Whether a run has an account that could not be read now, for want of memory or a failing disk: it may be one that is approved. */
static int check_unread(const char *out, const char *name, const struct error *unread, struct arena *arena, struct error *error)
{
	char *account = arena_print(arena, error, "%s/internal/%s/manifest.json", out, name);
	bool there;
	if (account == NULL || file_is_there(account, &there, error) != 0)
		return -1;
	if (there && unread->code == EXIT_IO)
		error_join(error, unread);
	return error->count > 0 ? -1 : 0;
}

static int read_manifests(const char *out, struct candidate *list, size_t count, struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < count; i++) {
		struct error unread = { 0 };
		const struct past *past = past_open(list[i].prune.name, out, arena, &unread);
		list[i].read = past != NULL;
		list[i].complete = past != NULL && past->complete && past->published != NULL && !past->narrowed;
		list[i].year = past == NULL ? 0 : past->year;
		list[i].approved = past != NULL && past->approval != NULL;
		list[i].base = past == NULL ? NULL : document_text(past->manifest, "base");
		if (past == NULL && check_unread(out, list[i].prune.name, &unread, arena, error) != 0)
			return -1;
	}
	return 0;
}

/* What an annual evaluation stands on, or stood on before another run was approved for its year. */
static int keep_approved(struct candidate *list, size_t count, struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < count; i++) {
		char *why = arena_print(arena, error, "approved for %d", list[i].year);
		if (why == NULL)
			return -1;
		if (list[i].year > 0 || list[i].approved)
			keep(&list[i], list[i].year > 0 ? why : "was approved");
	}
	return 0;
}

/* The last complete run of each of the latest `limit` days or months: the first `length` characters of their names. */
static void keep_latest(struct candidate *list, size_t count, size_t length, int limit, const char *why)
{
	const char *last = "";
	int kept = 0;
	for (size_t i = count; i-- > 0 && kept < limit;) {
		if (!list[i].complete || strncmp(list[i].prune.name, last, length) == 0)
			continue;
		last = list[i].prune.name;
		kept++;
		keep(&list[i], why);
	}
}

/* What a `latest` points to and was compared with, and what holds the files that the next run may take over. */
static int keep_used(const char *out, struct candidate *list, size_t count, struct arena *arena, struct error *error)
{
	static const char *const parts[] = { "published", "internal" };
	for (size_t i = 0; i < 2; i++) {
		const char *latest = past_latest(out, parts[i], arena, error);
		struct candidate *found = latest == NULL ? NULL : named(list, count, latest);
		if (latest == NULL)
			return -1;
		if (found != NULL)
			keep(found, i == 0 ? "published/latest" : "internal/latest");
		struct candidate *base = found == NULL || found->base == NULL ? NULL : named(list, count, found->base);
		if (base != NULL)
			keep(base, "the newest delivery is compared with it");
	}
	for (size_t i = 0; i < stage_count; i++) {
		struct record record = { .arena = arena };
		char *path = arena_print(arena, error, "%s/internal/work/%s.record", out, stages[i]->name);
		if (path == NULL)
			return -1;
		const char *run = record_read(&record, path) ? record_value(&record, RECORD_RUN, "") : NULL;
		struct candidate *found = run == NULL ? NULL : named(list, count, run);
		if (found != NULL)
			keep(found, "the next run may take it over");
	}
	return 0;
}

int prune_judge(const char *out, const struct settings *settings, const struct prune **runs, size_t *count,
	struct arena *arena, struct error *error)
{
	struct candidate *list = NULL;
	size_t capacity = 0;
	*count = 0;
	if (list_folder(out, "internal", &list, count, &capacity, arena, error) != 0 ||
		list_folder(out, "published", &list, count, &capacity, arena, error) != 0)
		return -1;
	if (*count > 1)
		qsort(list, *count, sizeof *list, by_start);
	if (read_manifests(out, list, *count, arena, error) != 0 || keep_approved(list, *count, arena, error) != 0 || keep_used(out, list, *count, arena, error) != 0)
		return -1;
	keep_latest(list, *count, sizeof "20180831" - 1, settings->behall_natter, "one of the latest nights");
	keep_latest(list, *count, sizeof "201808" - 1, settings->behall_manader, "one of the latest months");
	struct prune *judged = arena_take(arena, *count, sizeof *judged, error);
	if (judged == NULL)
		return -1;
	for (size_t i = 0; i < *count; i++) {
		judged[i] = list[i].prune;
		if (!judged[i].keep)
			judged[i].why = !list[i].read ? "was ended before it had an account" : !list[i].complete ? "not a whole publication"
				: "no rule keeps it";
	}
	*runs = judged;
	return 0;
}
