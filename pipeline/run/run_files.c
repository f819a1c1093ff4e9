/* Where a run's files lie, and which of them a stage may open. */
#include <string.h>

#include "pipeline/run/run.h"
#include "pipeline/table/schema/schema.h"

const char *run_place(const char *work, const char *internal, const char *publication, enum file_class class,
	const char *name, struct arena *arena, struct error *error)
{
	switch (class) {
	case FILE_PERSONS:
		return arena_print(arena, error, "%s/%s.col", work, name);
	case FILE_SUPPORT:
		return arena_print(arena, error, "%s/support/%s.cube", internal, name);
	case FILE_AGGREGATE:
		return arena_print(arena, error, "%s/aggregate/%s.csv", internal, name);
	case FILE_PROTECTED:
		return arena_print(arena, error, "%s/protected/%s.cube", internal, name);
	case FILE_RECORD:
		return arena_print(arena, error, "%s/%s", internal, name);
	case FILE_PUBLICATION:
		return arena_print(arena, error, "%s/%s", publication, name);
	case FILE_EXTRACT:
	case FILE_EARLIER:
	case FILE_LEDGER:
		break;
	}
	(void)error_set(error, EXIT_BUG, "'%s' has no place in a run's own folders", name);
	return NULL;
}

const char *run_earlier(const struct run *run, const char *name, struct arena *arena, struct error *error)
{
	return arena_print(arena, error, "%s/internal/%s/%s", run->base_out == NULL ? run->out : run->base_out,
		run->base == NULL ? "none" : run->base, name);
}

const char *run_compared(const struct run *run)
{
	return run->base;
}

static const char *class_path(const struct run *run, enum file_class class, const char *name, struct arena *arena,
	struct error *error)
{
	if (class == FILE_EARLIER)
		return run_earlier(run, name, arena, error);
	if (class == FILE_LEDGER)
		return run_path(arena, error, run->request->directory, name);
	return run_place(run->work, run->internal, run->publication, class, name, arena, error);
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

const char *run_refusal(const struct run *run, const char *name, struct arena *arena, struct error *error)
{
	return run_path(arena, error, run->internal, name);
}
