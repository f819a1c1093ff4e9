/* Earlier runs: see past.h. */
#define _XOPEN_SOURCE 700 /* realpath: without it only a fortified build declares the function */
#include "pipeline/run/past.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/run/run.h"

bool past_is_name(const char *name)
{
	static const char form[] = "00000000T000000Z";
	for (size_t i = 0; i < sizeof form - 1; i++)
		if (form[i] == '0' ? name[i] < '0' || name[i] > '9' : name[i] != form[i])
			return false;
	const char *rest = name + sizeof form - 1;
	return rest[0] == '\0' || (rest[0] == '-' && rest[1] != '\0' && strspn(rest + 1, "0123456789") == strlen(rest + 1));
}

/* ---- approvals ---- */

/* Puts the name that the file internal/approved/<year> holds into `name`, "" where it holds none. An approval that cannot be read is
   an error: a run that seems not to be approved could be removed. */
static int read_approval(const char *out, const char *year, char name[RUN_NAME], struct arena *arena, struct error *error)
{
	char *path = arena_print(arena, error, "%s/internal/approved/%s", out, year);
	int file = path == NULL ? -1 : open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	ssize_t got = file < 0 ? -1 : read(file, name, RUN_NAME - 1);
	int number = errno;
	if (file >= 0)
		(void)close(file);
	name[got > 0 ? got : 0] = '\0';
	name[strcspn(name, "\n")] = '\0';
	if (!past_is_name(name))
		name[0] = '\0';
	bool none = got >= 0 || number == ENOENT || number == ELOOP || number == EISDIR;
	return path == NULL ? -1 : none ? 0 : error_system(error, number, "%s: cannot be read", path);
}

/* The year that a name of internal/approved is; 0 when it is none. */
static int year_of(const char *name)
{
	int64_t year;
	return number_read_integer(name, strlen(name), &year) && year >= PAST_FIRST_YEAR && year <= PAST_LAST_YEAR ? (int)year : 0;
}

/* Calls `found` with every approval. */
static int each_approval(const char *out, void (*found)(void *context, int year, const char *name), void *context,
	struct arena *arena, struct error *error)
{
	char *path = arena_print(arena, error, "%s/internal/approved", out), name[RUN_NAME];
	DIR *list = path == NULL ? NULL : opendir(path);
	if (list == NULL)
		return path == NULL ? -1 : errno == ENOENT || errno == ENOTDIR ? 0 : error_system(error, errno, "%s: cannot be read", path);
	int result = 0;
	const struct dirent *entry;
	while (result == 0 && (result = file_next(list, path, &entry, error)) == 0 && entry != NULL) {
		int year = year_of(entry->d_name);
		result = year == 0 ? 0 : read_approval(out, entry->d_name, name, arena, error);
		if (year > 0 && result == 0 && name[0] != '\0')
			found(context, year, name);
	}
	(void)closedir(list);
	return result;
}

struct wanted {
	int year; /* 0: the latest */
	int best;
	char name[RUN_NAME];
};

static void take_latest(void *context, int year, const char *name)
{
	struct wanted *wanted = context;
	if ((wanted->year != 0 && year != wanted->year) || year <= wanted->best)
		return;
	wanted->best = year;
	(void)snprintf(wanted->name, sizeof wanted->name, "%s", name);
}

const char *past_approved(const char *out, int year, struct arena *arena, struct error *error)
{
	struct wanted wanted = { .year = year };
	if (each_approval(out, take_latest, &wanted, arena, error) != 0 || wanted.best == 0)
		return NULL;
	return arena_text(arena, wanted.name, strlen(wanted.name), error);
}

struct years {
	const char *name;
	bool approved[PAST_LAST_YEAR - PAST_FIRST_YEAR + 1];
};

static void take_own(void *context, int year, const char *name)
{
	struct years *years = context;
	years->approved[year - PAST_FIRST_YEAR] = years->approved[year - PAST_FIRST_YEAR] || strcmp(name, years->name) == 0;
}

const char *past_years(const struct past *past, int year, struct arena *arena, struct error *error)
{
	struct years years = { .name = past->name };
	struct text text = { .arena = arena };
	if (each_approval(past->out, take_own, &years, arena, error) != 0)
		return NULL;
	years.approved[year - PAST_FIRST_YEAR] = true;
	for (int last = PAST_LAST_YEAR, y = PAST_FIRST_YEAR; y <= last; y++) {
		while (!years.approved[last - PAST_FIRST_YEAR])
			last--;
		if (years.approved[y - PAST_FIRST_YEAR] &&
			text_add_format(&text, error, "%s%d", text.length == 0 ? "" : y == last ? " och " : ", ", y) != 0)
			return NULL;
	}
	return text.bytes;
}

int past_approve(const struct past *past, int year, struct error *error)
{
	struct arena *arena = arena_new(error);
	char *folder = arena == NULL ? NULL : arena_print(arena, error, "%s/internal/approved", past->out);
	char *path = folder == NULL ? NULL : arena_print(arena, error, "%s/%d", folder, year);
	char *next = path == NULL ? NULL : arena_print(arena, error, "%s/.next", folder);
	struct text text = { .arena = arena };
	int result = -1;
	if (next != NULL && run_make_folder(folder, 0700, error) == 0 && run_remove(next, error) == 0 &&
		text_add_format(&text, error, "%s\n", past->name) == 0 && text_save(&text, next, error) == 0)
		result = rename(next, path) == 0 ? run_sync_folder(folder, error) : error_system(error, errno, "%s: cannot be written", path);
	arena_free(arena);
	return result;
}

/* ---- one run ---- */

const char *past_latest(const char *out, const char *part, struct arena *arena, struct error *error)
{
	char name[RUN_NAME], *path = arena_print(arena, error, "%s/%s/latest", out, part);
	ssize_t length = path == NULL ? -1 : readlink(path, name, sizeof name - 1);
	if (path != NULL && length < 0 && errno != ENOENT && errno != ENOTDIR && errno != EINVAL) {
		(void)error_system(error, errno, "%s: cannot be read", path);
		return NULL;
	}
	name[length > 0 ? length : 0] = '\0';
	return path == NULL ? NULL : past_is_name(name) ? arena_text(arena, name, strlen(name), error) : "";
}

static void take_year(void *context, int year, const char *name)
{
	struct past *past = context;
	if (strcmp(past->name, name) == 0 && year > past->year)
		past->year = year;
}

int past_year_of(const char *out, const char *name, struct arena *arena, struct error *error)
{
	struct past past = { .name = name };
	return each_approval(out, take_year, &past, arena, error) == 0 ? past.year : 0;
}

/* Reads what is known of a run of OUT. */
static int fill(struct past *past, const char *out, const char *name, struct arena *arena, struct error *error)
{
	struct stat state;
	*past = (struct past){ .out = out, .name = arena_text(arena, name, strlen(name), error) };
	past->internal = past->name == NULL ? NULL : arena_print(arena, error, "%s/internal/%s", out, name);
	past->published = past->internal == NULL ? NULL : arena_print(arena, error, "%s/published/%s", out, name);
	char *path = past->published == NULL ? NULL : arena_print(arena, error, "%s/manifest.json", past->internal);
	past->manifest = path == NULL ? NULL : document_read(path, arena, error);
	if (past->manifest == NULL)
		return -1;
	int found = file_look(past->published, &state, error);
	if (found < 0)
		return -1;
	if (found == 0 || !S_ISDIR(state.st_mode))
		past->published = NULL;
	past->complete = document_true(past->manifest, "complete");
	char *approval = arena_print(arena, error, "%s/approval.json", past->internal);
	found = approval == NULL ? -1 : file_look(approval, &state, error);
	if (found < 0 || (found == 1 && (past->approval = document_read(approval, arena, error)) == NULL))
		return -1;
	past->narrowed = document_member(past->manifest, "tables")->kind == DOCUMENT_TEXT;
	return each_approval(out, take_year, past, arena, error);
}

/* The folder above; NULL with the error set when memory is out. */
static char *above(const char *path, struct arena *arena, struct error *error)
{
	const char *slash = strrchr(path, '/');
	return arena_text(arena, path, slash == NULL || slash == path ? 1 : (size_t)(slash - path), error);
}

static bool is_folder(const char *path)
{
	struct stat state;
	return path != NULL && stat(path, &state) == 0 && S_ISDIR(state.st_mode);
}

const char *past_out(const char *directory, const char *out, struct arena *arena, struct error *error)
{
	if (out != NULL)
		return out;
	char *own = arena_print(arena, error, "%s/forbund.ini", directory), *inside = arena_print(arena, error, "%s/internal", directory);
	if (own == NULL || inside == NULL)
		return NULL;
	bool there;
	if (file_is_there(own, &there, error) != 0)
		return NULL;
	return !there && is_folder(inside) ? directory : arena_print(arena, error, "%s/resultat", directory);
}

/* OUT and the name of a run's own folder, OUT/published/<run> or OUT/internal/<run>. */
static bool split_folder(const char *folder, const char **out, const char **name, struct arena *arena, struct error *error)
{
	const char *slash = strrchr(folder, '/');
	if (slash == NULL || !past_is_name(slash + 1))
		return false;
	char *part = above(folder, arena, error);
	if (part == NULL || (!text_ends(part, "/published") && !text_ends(part, "/internal")))
		return false;
	*name = slash + 1;
	*out = above(part, arena, error);
	return *out != NULL;
}

const struct past *past_open(const char *what, const char *out, struct arena *arena, struct error *error)
{
	struct past *past = arena_take(arena, 1, sizeof *past, error);
	char *resolved = realpath(what, NULL);
	if (resolved == NULL && errno != ENOENT && errno != ENOTDIR && errno != ELOOP && errno != ENAMETOOLONG) {
		(void)error_system(error, errno, "%s: cannot be read", what);
		return NULL;
	}
	const char *folder = resolved == NULL ? NULL : arena_text(arena, resolved, strlen(resolved), error), *name = NULL;
	free(resolved);
	if (past == NULL || error->count > 0)
		return NULL;
	if (folder == NULL && out != NULL && past_is_name(what)) {
		name = what;
	} else if (folder != NULL && !split_folder(folder, &out, &name, arena, error)) {
		const char *own = past_out(folder, NULL, arena, error);
		const char *target = own == NULL ? NULL : past_latest(own, "published", arena, error);
		if (target != NULL && target[0] != '\0') {
			out = own;
			name = target;
			return fill(past, out, name, arena, error) == 0 ? past : NULL;
		}
	}
	if (error->count > 0)
		return NULL;
	if (name == NULL) {
		(void)error_set(error, EXIT_USAGE, "'%s' is no run: name its folder below published/ or internal/, or a förbund folder "
			"for its newest publication", what);
		return NULL;
	}
	return fill(past, out, name, arena, error) == 0 ? past : NULL;
}

/* ---- all runs ---- */

/* The UTC start, then the number behind it: -10 comes after -9. */
int past_order(const char *a, const char *b)
{
	int order = strncmp(a, b, 16);
	if (order != 0)
		return order;
	size_t a_length = strlen(a), b_length = strlen(b);
	return a_length != b_length ? (a_length < b_length ? -1 : 1) : strcmp(a, b);
}

static int by_start(const void *a, const void *b)
{
	return past_order(*(const char *const *)a, *(const char *const *)b);
}

int past_names(const char *out, const char *const **names, size_t *count, struct arena *arena, struct error *error)
{
	char *path = arena_print(arena, error, "%s/internal", out);
	const char **list = NULL;
	size_t capacity = 0;
	*names = NULL;
	*count = 0;
	DIR *folder = path == NULL ? NULL : opendir(path);
	if (folder == NULL)
		return path == NULL ? -1 : errno == ENOENT ? 0 : error_system(error, errno, "%s: cannot be read", path);
	const struct dirent *entry;
	while (file_next(folder, path, &entry, error) == 0 && entry != NULL) {
		if (!past_is_name(entry->d_name))
			continue;
		const char **grown = arena_grow(arena, list, *count, *count + 1, &capacity, sizeof *list, error);
		char *name = grown == NULL ? NULL : arena_text(arena, entry->d_name, strlen(entry->d_name), error);
		if (name == NULL)
			break;
		list = grown;
		list[(*count)++] = name;
	}
	(void)closedir(folder);
	if (*count > 1)
		qsort(list, *count, sizeof *list, by_start);
	*names = list;
	return error->count > 0 ? -1 : 0;
}

static const struct document *file_of(const struct document *files, const char *file)
{
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(document_text(&files->item[i], "file"), file) == 0)
			return &files->item[i];
	return NULL;
}

const char *past_hash(const struct past *past, const char *list, const char *file)
{
	const struct document *found = file_of(document_member(past->manifest, list), file);
	return found == NULL ? "" : document_text(found, "sha256");
}

const char *past_bytes(const struct past *past, const char *list, const char *file, struct arena *arena, struct error *error)
{
	const struct document *found = file_of(document_member(past->manifest, list), file);
	return found == NULL ? "" : arena_print(arena, error, "%.0f", document_number(found, "bytes"));
}

const struct document *past_publication(const struct past *past)
{
	return document_member(past->approval != NULL ? past->approval : past->manifest, "publication");
}

const char *past_publication_hash(const struct past *past, const char *file)
{
	const struct document *found = file_of(past_publication(past), file);
	return found == NULL ? "" : document_text(found, "sha256");
}

/* That the files are those of a list. */
static int check_files(const struct past *past, const struct document *files, struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < files->count; i++) {
		char digest[HASH_TEXT];
		const char *name = document_text(&files->item[i], "file");
		char *path = arena_print(arena, error, "%s/%s", past->published, name);
		if (path == NULL || hash_file(path, digest, error) != 0)
			return -1;
		if (strcmp(digest, document_text(&files->item[i], "sha256")) != 0)
			return error_set(error, EXIT_DATA, "published/%s/%s is not what the run made of it; see finsamstat verify", past->name,
				name);
	}
	return 0;
}

int past_check_publication(const struct past *past, struct arena *arena, struct error *error)
{
	struct error ignored = { 0 };
	if (past->approval != NULL && check_files(past, document_member(past->manifest, "publication"), arena, &ignored) == 0)
		return 0; /* listed, and then not put in place */
	return check_files(past, past_publication(past), arena, error);
}
