/* Where a run's files lie, which of them a stage may open, and the folders that hold them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "pipeline/base/text.h"
#include "pipeline/run.h"
#include "pipeline/table/schema.h"

#define LOCK_WAITS 100 /* of 20 ms, for what is left of a killed run */

char *run_path(struct arena *arena, struct error *error, const char *folder, const char *name)
{
	return arena_print(arena, error, "%s/%s", folder, name);
}

int run_make_folder(const char *path, unsigned mode, struct error *error)
{
	if (mkdir(path, (mode_t)mode) == 0)
		return chmod(path, (mode_t)mode) == 0 ? 0 : error_system(error, errno, "%s: cannot be made", path);
	int number = errno;
	struct stat state;
	if (number == EEXIST && lstat(path, &state) == 0 && S_ISDIR(state.st_mode))
		return 0;
	return error_system(error, number == EEXIST ? ENOTDIR : number, "%s: cannot be made", path);
}

/* Removes what `name` is below the open folder `at`. */
static int remove_below(int at, const char *name)
{
	if (unlinkat(at, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return -1;
	int folder = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *list = folder < 0 ? NULL : fdopendir(folder);
	if (list == NULL) {
		if (folder >= 0)
			(void)close(folder);
		return -1;
	}
	int result = 0;
	for (const struct dirent *entry; result == 0 && (entry = readdir(list)) != NULL;)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			result = remove_below(folder, entry->d_name);
	(void)closedir(list);
	return result == 0 ? unlinkat(at, name, AT_REMOVEDIR) : -1;
}

int run_remove(const char *path, struct error *error)
{
	return remove_below(AT_FDCWD, path) == 0 ? 0 : error_system(error, errno, "%s: cannot be removed", path);
}

/* Does something to an open file or folder; 0, or -1 with errno set. */
typedef int visit_file(int file, const struct stat *state);

/* Visits what `name` is below the open folder `at`: what a folder holds first. Symbolic links are passed over. */
static int visit_below(int at, const char *name, visit_file *visit)
{
	struct stat state;
	if (fstatat(at, name, &state, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(state.st_mode))
		return 0;
	int file = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (file < 0)
		return -1;
	int result = fstat(file, &state), copy = -1;
	if (result == 0 && S_ISDIR(state.st_mode) && (copy = dup(file)) < 0)
		result = -1;
	DIR *list = copy < 0 ? NULL : fdopendir(copy);
	if (copy >= 0 && list == NULL) {
		(void)close(copy);
		result = -1;
	}
	for (const struct dirent *entry; result == 0 && list != NULL && (entry = readdir(list)) != NULL;)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			result = visit_below(file, entry->d_name, visit);
	if (list != NULL)
		(void)closedir(list);
	if (result == 0)
		result = visit(file, &state);
	(void)close(file);
	return result;
}

static int sync_file(int file, const struct stat *state)
{
	(void)state;
	return fsync(file);
}

static int open_file_to_all(int file, const struct stat *state)
{
	return fchmod(file, S_ISDIR(state->st_mode) ? 0755 : 0644);
}

int run_sync(const char *path, struct error *error)
{
	return visit_below(AT_FDCWD, path, sync_file) == 0
		? 0
		: error_system(error, errno, "%s: cannot be written to disk", path);
}

int run_sync_folder(const char *path, struct error *error)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = folder < 0 || fsync(folder) != 0
		? error_system(error, errno, "%s: cannot be written to disk", path)
		: 0;
	if (folder >= 0)
		(void)close(folder);
	return result;
}

int run_open_to_all(const char *path, struct error *error)
{
	return visit_below(AT_FDCWD, path, open_file_to_all) == 0
		? 0
		: error_system(error, errno, "%s: its rights cannot be set", path);
}

int run_switch_latest(const char *folder, const char *name, struct arena *arena, struct error *error)
{
	char *next = run_path(arena, error, folder, ".latest");
	char *latest = run_path(arena, error, folder, "latest");
	if (next == NULL || latest == NULL || run_remove(next, error) != 0)
		return -1;
	if (symlink(name, next) == 0 && rename(next, latest) == 0)
		return 0;
	(void)error_system(error, errno, "%s: cannot be switched to %s", latest, name);
	(void)unlink(next);
	return -1;
}

/* Whether the lock's file names a process that lives: not one that was killed, nor nobody yet. */
static bool holder_lives(const char *holder)
{
	long pid;
	return sscanf(holder, "pid %ld", &pid) == 1 && pid > 0 && (kill((pid_t)pid, 0) == 0 || errno != ESRCH);
}

/* Takes the lock of the open file; false with what it says of its holder when another has it. */
static bool take_lock(int file, char *holder, size_t room)
{
	for (int wait = 0; flock(file, LOCK_EX | LOCK_NB) != 0; wait++) {
		ssize_t got = pread(file, holder, room - 1, 0);
		holder[got > 0 ? got : 0] = '\0';
		if (holder_lives(holder) || wait == LOCK_WAITS)
			return false;
		(void)nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
	}
	return true;
}

int run_lock(const char *out, const char *start, struct arena *arena, struct error *error)
{
	char *path = run_path(arena, error, out, ".lock");
	if (path == NULL)
		return -1;
	int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file < 0)
		return error_system(error, errno, "%s: cannot be opened", path);
	char holder[96] = "";
	if (!take_lock(file, holder, sizeof holder)) {
		(void)close(file);
		return error_set(error, EXIT_LOCKED, "another run works on %s (%s); wait for it to end", out,
			holder[0] == '\0' ? "unknown process" : holder);
	}
	int length = snprintf(holder, sizeof holder, "pid %ld, started %s", (long)getpid(), start);
	if (ftruncate(file, 0) != 0 || pwrite(file, holder, (size_t)length, 0) != length)
		return error_system(error, errno, "%s: cannot be written", path);
	return 0; /* the file stays open: the kernel frees the lock when the process ends, however it ends */
}

/* Folder and ending of a class's files, and the name without a declared folder's part. */
static const char *class_path(const struct run *run, enum file_class class, const char *name, struct arena *arena,
	struct error *error)
{
	switch (class) {
	case FILE_PERSONS:
		return arena_print(arena, error, "%s/%s.col", run->work, name);
	case FILE_SUPPORT:
		return arena_print(arena, error, "%s/support/%s.csv", run->internal, name);
	case FILE_AGGREGATE:
		return arena_print(arena, error, "%s/aggregate/%s.csv", run->internal, name);
	case FILE_PROTECTED:
		return arena_print(arena, error, "%s/protected/%s.csv", run->internal, name);
	case FILE_RECORD:
		return arena_print(arena, error, "%s/%s", run->internal, name);
	case FILE_PUBLICATION:
		return arena_print(arena, error, "%s/%s", run->publication, name);
	case FILE_EXTRACT:
		break;
	}
	(void)error_set(error, EXIT_BUG, "extract '%s' has no single path", name);
	return NULL;
}

/* Whether `name` is declared: by itself, or below a declared folder ("data/"). */
static bool declared(const struct file_use *uses, enum file_class class, const char *name)
{
	for (; uses->name != NULL; uses++) {
		if (uses->class != class)
			continue;
		size_t length = strlen(uses->name);
		if (strcmp(uses->name, name) == 0)
			return true;
		if (uses->name[length - 1] == '/' && strncmp(uses->name, name, length) == 0 &&
			strchr(name + length, '/') == NULL && name[length] != '\0' && name[length] != '.')
			return true;
	}
	return false;
}

const char *run_input(const struct run *run, enum file_class class, const char *name, struct arena *arena,
	struct error *error)
{
	if (!declared(run->stage->reads, class, name)) {
		(void)error_set(error, EXIT_BUG, "stage %s does not declare that it reads '%s'", run->stage->name, name);
		return NULL;
	}
	return class_path(run, class, name, arena, error);
}

const char *run_output(const struct run *run, enum file_class class, const char *name, struct arena *arena,
	struct error *error)
{
	if (!declared(run->stage->writes, class, name)) {
		(void)error_set(error, EXIT_BUG, "stage %s does not declare that it writes '%s'", run->stage->name, name);
		return NULL;
	}
	const char *path = class_path(run, class, name, arena, error);
	const char *slash = class == FILE_PUBLICATION ? strrchr(name, '/') : NULL;
	if (path != NULL && slash != NULL) {
		char *folder = arena_print(arena, error, "%s/%.*s", run->publication, (int)(slash - name), name);
		if (folder == NULL || run_make_folder(folder, 0755, error) != 0)
			return NULL;
	}
	return path;
}

const struct extract_file *run_extracts(const struct run *run, const char *source, size_t *count)
{
	for (size_t i = 0; i < EXTRACTS; i++)
		if (strcmp(extract_names[i], source) == 0) {
			*count = run->extracts[i];
			return run->extract[i];
		}
	*count = 0;
	return NULL;
}

static int by_shown(const void *a, const void *b)
{
	return strcmp(((const struct extract_file *)a)->shown, ((const struct extract_file *)b)->shown);
}

/* The source whose name begins the file's, EXTRACTS if there is none. Capitals are as good as small letters. */
static size_t source_of(const char *name)
{
	size_t length = strlen(name);
	bool ending = (length >= 4 && strcasecmp(name + length - 4, ".csv") == 0) ||
		(length >= 7 && strcasecmp(name + length - 7, ".csv.gz") == 0);
	for (size_t i = 0; ending && i < EXTRACT_PRISLISTA; i++)
		if (strncasecmp(name, extract_names[i], strlen(extract_names[i])) == 0)
			return i;
	return EXTRACTS;
}

/* A file name goes into messages, reports and JSON: what is no UTF-8, and control characters, become '?'. */
static void make_printable(char *name)
{
	size_t length = strlen(name);
	for (size_t bad; (bad = text_bad_utf8(name, length)) < length;)
		name[bad] = '?';
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F)
			name[i] = '?';
}

/* Warns of a file that is no extract; its name is given where it cannot hold a personnummer. */
static int warn_of_stranger(struct run *run, const char *folder, const char *name, struct error *error)
{
	size_t digits = 0;
	for (const char *c = name; *c != '\0'; c++)
		digits += *c >= '0' && *c <= '9';
	char *text = arena_print(run->arena, error,
		"%s in %s is no extract and is not read: its name must begin with the source (fk, af, kommun, region, sus, volym, "
		"enkat, intresse, ekonomi) and end in .csv or .csv.gz", digits < 6 ? name : "a file", folder);
	if (text == NULL)
		return -1;
	make_printable(text);
	log_event(run->log, LOG_WARNING, "run", text);
	run->warnings++;
	return 0;
}

static int add_extract(struct run *run, size_t source, const char *folder, const char *name, const char *shown_folder,
	struct error *error)
{
	size_t count = run->extracts[source];
	struct extract_file *files = arena_take(run->arena, count + 1, sizeof *files, error);
	if (files == NULL)
		return -1;
	if (count > 0)
		memcpy(files, run->extract[source], count * sizeof *files);
	files[count].path = run_path(run->arena, error, folder, name);
	char *shown = shown_folder[0] == '\0' ? arena_text(run->arena, name, strlen(name), error)
					      : run_path(run->arena, error, shown_folder, name);
	if (files[count].path == NULL || shown == NULL)
		return -1;
	make_printable(shown);
	files[count].shown = shown;
	run->extract[source] = files;
	run->extracts[source] = count + 1;
	qsort(files, count + 1, sizeof *files, by_shown);
	return 0;
}

static int list_delivery(struct run *run, const char *folder, struct error *error)
{
	DIR *list = opendir(folder);
	if (list == NULL && errno == ENOENT && run->request->extracts == NULL)
		return 0; /* no extract at all: ingest says which are needed */
	if (list == NULL && (errno == ENOENT || errno == ENOTDIR))
		return error_set(error, EXIT_NO_EXTRACT, "%s: there is no such folder of extracts", folder);
	if (list == NULL)
		return error_system(error, errno, "%s: the folder of extracts cannot be read", folder);
	const char *slash = strrchr(folder, '/');
	const char *shown_folder = slash == NULL ? folder : slash + 1;
	int result = 0;
	for (const struct dirent *entry; result == 0 && (entry = readdir(list)) != NULL;) {
		size_t source = source_of(entry->d_name);
		if (source < EXTRACTS)
			result = add_extract(run, source, folder, entry->d_name, shown_folder, error);
		else if (entry->d_name[0] != '.')
			result = warn_of_stranger(run, shown_folder, entry->d_name, error);
	}
	(void)closedir(list);
	return result;
}

int run_find_extracts(struct run *run, struct error *error)
{
	const char *folder = run->request->extracts;
	if (folder == NULL)
		folder = run_path(run->arena, error, run->request->directory, "extrakt");
	if (folder == NULL || list_delivery(run, folder, error) != 0)
		return -1;
	for (size_t i = EXTRACT_PRISLISTA; i < EXTRACTS; i++) {
		char *name = arena_print(run->arena, error, "%s.csv", extract_names[i]);
		char *path = name == NULL ? NULL : run_path(run->arena, error, run->request->directory, name);
		struct stat state;
		if (path == NULL)
			return -1;
		if (lstat(path, &state) == 0 && add_extract(run, i, run->request->directory, name, "", error) != 0)
			return -1;
	}
	return 0;
}
