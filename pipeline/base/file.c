/* Whether files are there: see file.h. */
#include "pipeline/base/file.h"

#include <errno.h>

int file_look(const char *path, struct stat *state, struct error *error)
{
	if (lstat(path, state) == 0)
		return 1;
	return errno == ENOENT || errno == ENOTDIR ? 0 : error_system(error, errno, "%s: cannot be examined", path);
}

int file_is_there(const char *path, bool *there, struct error *error)
{
	struct stat state;
	int found = file_look(path, &state, error);
	*there = found == 1;
	return found < 0 ? -1 : 0;
}

int file_entry(DIR *folder, const struct dirent **entry)
{
	errno = 0;
	*entry = readdir(folder);
	return *entry != NULL || errno == 0 ? 0 : -1;
}

int file_next(DIR *folder, const char *path, const struct dirent **entry, struct error *error)
{
	return file_entry(folder, entry) == 0 ? 0 : error_system(error, errno, "%s: cannot be read", path);
}
