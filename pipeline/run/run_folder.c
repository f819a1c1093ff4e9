/* Folders and files of a run: made, copied, removed, synced to disk, and `latest` switched. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/text.h"
#include "pipeline/run/run.h"

char *run_path(struct arena *arena, struct error *error, const char *folder, const char *name)
{
	return arena_print(arena, error, "%s/%s", folder, name);
}

int run_make_folder(const char *path, unsigned mode, struct error *error)
{
	if (mkdir(path, (mode_t)mode) == 0)
		return chmod(path, (mode_t)mode) == 0 ? 0 : error_system(error, errno, "%s: cannot be made", path);
	int number = errno;
	struct stat state = { 0 };
	if (number == EEXIST && lstat(path, &state) == 0 && S_ISDIR(state.st_mode))
		return mode != 0700 || (state.st_mode & 07777) == 0700 || chmod(path, 0700) == 0
			? 0 : error_system(error, errno, "%s: cannot be closed to others", path);
	if (number == EEXIST && S_ISLNK(state.st_mode))
		return error_set(error, EXIT_IO, "%s: a symbolic link; name the folder itself", path);
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
	const struct dirent *entry;
	while (result == 0 && (result = file_entry(list, &entry)) == 0 && entry != NULL)
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
	const struct dirent *entry;
	while (result == 0 && list != NULL && (result = file_entry(list, &entry)) == 0 && entry != NULL)
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
	mode_t mode = S_ISDIR(state->st_mode) ? 0755 : 0644;
	if ((state->st_mode & 07777) == mode)
		return 0;
	return fchmod(file, mode);
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
	if (visit_below(AT_FDCWD, path, open_file_to_all) != 0)
		return error_system(error, errno, "%s: its rights cannot be set", path);
	return run_sync(path, error); /* all together: one by one each would wait for the disk */
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

/* Copies what is left to read of one open file to the other; false with errno set. */
static bool copy_bytes(int from, int to)
{
	static char buffer[1 << 16];
	ssize_t got;
	while ((got = read(from, buffer, sizeof buffer)) != 0) {
		if (got < 0 && errno != EINTR)
			return false;
		for (ssize_t at = 0; at < got;) {
			ssize_t wrote = write(to, buffer + at, (size_t)(got - at));
			if (wrote < 0 && errno != EINTR)
				return false;
			at += wrote > 0 ? wrote : 0;
		}
	}
	return true;
}

int run_copy(const char *from, const char *to, unsigned mode, struct error *error)
{
	int in = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool good = out >= 0 && fchmod(out, (mode_t)mode) == 0 && copy_bytes(in, out);
	int number = errno;
	if (in >= 0)
		(void)close(in);
	if (out >= 0 && close(out) != 0 && good) {
		number = errno;
		good = false;
	}
	return good ? 0 : error_system(error, number, "%s: cannot be copied to %s", from, to);
}

int run_count_lines(const char *path, unsigned long long *lines, struct error *error)
{
	static char buffer[1 << 16];
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	ssize_t got = 0;
	*lines = 0;
	while (file >= 0 && ((got = read(file, buffer, sizeof buffer)) > 0 || (got < 0 && errno == EINTR)))
		*lines += got > 0 ? text_line_feeds(buffer, (size_t)got) : 0;
	int number = errno;
	if (file >= 0)
		(void)close(file);
	*lines -= *lines > 0;
	return file < 0 || got < 0 ? error_system(error, number, "%s: cannot be read", path) : 0;
}
