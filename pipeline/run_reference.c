/* The run that a new one is compared with, and the record of why one is refused. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/run.h"

/* The run that `latest` of the publications points to; NULL, without an error, when there is none. */
static const char *published_run(const struct run *run, struct arena *arena, struct error *error)
{
	char name[RUN_NAME];
	char *latest = arena_print(arena, error, "%s/published/latest", run->out);
	ssize_t length = latest == NULL ? -1 : readlink(latest, name, sizeof name);
	if (length <= 0 || (size_t)length == sizeof name || memchr(name, '/', (size_t)length) != NULL)
		return NULL;
	return arena_text(arena, name, (size_t)length, error);
}

int run_reference(const struct run *run, const char *name, const char **path, const char **reference, struct arena *arena,
	struct error *error)
{
	struct stat state;
	size_t faults = error->count;
	*path = NULL;
	*reference = published_run(run, arena, error);
	if (*reference == NULL)
		return error->count == faults ? 0 : -1;
	char *file = arena_print(arena, error, "%s/internal/%s/%s", run->out, *reference, name);
	if (file == NULL)
		return -1;
	if (lstat(file, &state) == 0 && S_ISREG(state.st_mode))
		*path = file;
	return 0;
}

const char *run_refusal(const struct run *run, const char *name, struct arena *arena, struct error *error)
{
	return run_path(arena, error, run->internal, name);
}
