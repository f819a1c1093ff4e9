/* The files of a stage: which it makes, where they lie, what is in them; see reuse.h and reuse_key.h. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "pipeline/base/file.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "pipeline/run/reuse_key.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/cube/cube.h"

const char *reuse_record_path(const struct run *run, size_t position, struct arena *arena, struct error *error)
{
	return arena_print(arena, error, "%s/%s.record", run->work, stages[position]->name);
}

const char *reuse_place(const struct run *run, const char *label, const char *run_name, struct arena *arena,
	struct error *error)
{
	const char *slash = strchr(label, '/');
	for (size_t class = 0; slash != NULL && class < FILE_CLASSES; class++) {
		if (strncmp(file_class_names[class], label, (size_t)(slash - label)) != 0 || file_class_names[class][slash - label] != '\0')
			continue;
		char *internal = run_name == NULL ? NULL : arena_print(arena, error, "%s/internal/%s", run->out, run_name);
		char *published = run_name == NULL ? NULL : arena_print(arena, error, "%s/published/%s", run->out, run_name);
		if (run_name != NULL && (internal == NULL || published == NULL))
			return NULL;
		return run_place(run->work, internal == NULL ? run->internal : internal,
			published == NULL ? run->publication : published, (enum file_class)class, slash + 1, arena, error);
	}
	(void)error_set(error, EXIT_BUG, "a record names '%s', which is no file of a stage", label);
	return NULL;
}

int reuse_hash(const char *label, const char *path, bool anew, char text[HASH_TEXT], struct error *error)
{
	struct column_file *file;
	if (!text_starts(label, "persons/"))
		return hash_file(path, text, error);
	if (column_open(&file, path, error) != 0)
		return -1;
	column_digest(file, anew, text);
	column_close(file);
	return 0;
}

int reuse_hashes(const struct run *run, const struct reuse_file *files, size_t count, char (**text)[HASH_TEXT], struct error *error)
{
	size_t others = 0;
	const char **path = arena_take(run->arena, count, sizeof *path, error);
	char (*digest)[HASH_TEXT] = arena_take(run->arena, count, sizeof *digest, error);
	*text = arena_take(run->arena, count, sizeof **text, error);
	if (path == NULL || digest == NULL || *text == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (files[i].class != FILE_PERSONS)
			path[others++] = files[i].path;
		else if (reuse_hash(files[i].label, files[i].path, false, (*text)[i], error) != 0)
			return -1;
	if (hash_files(path, others, digest, error) != 0)
		return -1;
	for (size_t i = 0, other = 0; i < count; i++)
		if (files[i].class != FILE_PERSONS)
			memcpy((*text)[i], digest[other++], HASH_TEXT);
	return 0;
}

size_t reuse_maker(const struct file_use *file)
{
	for (size_t i = 0; i < stage_count; i++)
		for (const struct file_use *made = stages[i]->writes; made->name != NULL; made++)
			if (made->class == file->class && strcmp(made->name, file->name) == 0)
				return i;
	return stage_count;
}

const char *reuse_label(const struct file_use *file, struct arena *arena, struct error *error)
{
	return arena_print(arena, error, "%s/%s", file_class_names[file->class], file->name);
}

struct listing {
	const struct run *run;
	struct reuse_file *file;
	size_t count, capacity;
};

static int add_file(struct listing *listing, enum file_class class, const char *name, struct error *error)
{
	struct arena *arena = listing->run->arena;
	struct stat state;
	const char *label = reuse_label(&(struct file_use){ class, name }, arena, error);
	const char *path = label == NULL ? NULL : reuse_place(listing->run, label, NULL, arena, error);
	struct reuse_file *files = path == NULL ? NULL : arena_grow(arena, listing->file, listing->count, listing->count + 1,
		&listing->capacity, sizeof *files, error);
	int found = files == NULL ? -1 : file_look(path, &state, error);
	if (found < 0)
		return -1;
	listing->file = files;
	if (found == 1 && S_ISREG(state.st_mode)) /* a table that was not asked for is not made */
		files[listing->count++] = (struct reuse_file){ class, strchr(label, '/') + 1, label, path };
	return 0;
}

static int by_label(const void *a, const void *b)
{
	return strcmp(((const struct reuse_file *)a)->label, ((const struct reuse_file *)b)->label);
}

static int add_folder(struct listing *listing, const char *folder, struct error *error)
{
	struct arena *arena = listing->run->arena;
	size_t first = listing->count;
	char *path = arena_print(arena, error, "%s/%s", listing->run->publication, folder);
	DIR *list = path == NULL ? NULL : opendir(path);
	if (list == NULL)
		return path == NULL ? -1 : errno == ENOENT ? 0 : error_system(error, errno, "%s: cannot be read", path);
	int result = 0;
	const struct dirent *entry;
	while (result == 0 && (result = file_next(list, path, &entry, error)) == 0 && entry != NULL) {
		char *name = entry->d_name[0] == '.' ? NULL : arena_print(arena, error, "%s%s", folder, entry->d_name);
		if (name != NULL)
			result = add_file(listing, FILE_PUBLICATION, name, error);
		else if (entry->d_name[0] != '.')
			result = -1;
	}
	(void)closedir(list);
	if (listing->count > first)
		qsort(listing->file + first, listing->count - first, sizeof *listing->file, by_label);
	return result;
}

int reuse_made(const struct run *run, const struct stage *stage, struct reuse_file **files, size_t *count, struct error *error)
{
	struct listing listing = { .run = run };
	for (const struct file_use *file = stage->writes; file->name != NULL; file++)
		if ((text_ends(file->name, "/") ? add_folder(&listing, file->name, error)
						: add_file(&listing, file->class, file->name, error)) != 0)
			return -1;
	*files = listing.file;
	*count = listing.count;
	return 0;
}

/* Rows of a column file or table; 0 of another file. */
int reuse_count(const struct reuse_file *file, unsigned long long *rows, struct error *error)
{
	*rows = 0;
	if (file->class == FILE_PERSONS) {
		struct column_file *columns;
		if (column_open(&columns, file->path, error) != 0)
			return -1;
		*rows = column_rows(columns);
		column_close(columns);
	} else if (file->class == FILE_SUPPORT || file->class == FILE_PROTECTED) {
		return cube_packed_lines(file->path, rows, error);
	} else if (file->class == FILE_AGGREGATE) {
		return run_count_lines(file->path, rows, error);
	}
	return 0;
}
