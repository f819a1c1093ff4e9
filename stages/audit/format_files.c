/* The files of a publication, each by the reader of its format: see format_files.h. */
#include "stages/audit/format_files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "pipeline/base/file.h"
#include "stages/audit/formats/formats.h"

/* "m01_forsorjningsmatt" of "px/m01_forsorjningsmatt.px". */
static const char *table_part(const struct formats *formats, struct error *error)
{
	const char *slash = strrchr(formats->shown, '/'), *name = slash == NULL ? formats->shown : slash + 1;
	return arena_text(formats->arena, name, strcspn(name, "."), error);
}

static int check_file(struct formats *formats, const char *path, struct error *error)
{
	const char *shown = formats->shown, *table = table_part(formats, error);
	if (table == NULL)
		return -1;
	if (text_starts(shown, "excel/"))
		return formats_excel(formats, path, table, error);
	bool workbook = text_ends(shown, ".xlsx"), marks = text_ends(shown, ".svg") || strcmp(shown, "rapport.html") == 0;
	if (!workbook && !marks && !text_starts(shown, "px/"))
		return error_set(error, EXIT_DISCLOSURE, "%s is a file that the audit cannot read", shown);
	if (formats_read(formats, path, error) != 0)
		return -1;
	return workbook ? formats_workbook(formats, error) : marks ? formats_marked(formats, error) : formats_px(formats, table, error);
}

static int check_named(struct format_file *file, struct arena *arena, struct error *error)
{
	struct formats formats = { .arena = arena, .published = file->published, .shown = file->name };
	int result = 0;
	if (text_starts(file->name, "data/")) {
		const char *table = table_part(&formats, error);
		if (table == NULL || published_own(file->published, table) == NULL)
			result = table == NULL ? -1 : error_set(error, EXIT_DISCLOSURE, "%s is a table that the audit does not know", file->name);
	} else if (strcmp(file->name, "datapackage.json") != 0) { /* it describes the tables and holds no figure */
		result = check_file(&formats, file->path, error);
	}
	file->figures = formats.figures;
	return result;
}

bool format_files_check(void *context)
{
	struct format_files *files = context;
	size_t place = atomic_fetch_add(&files->next, 1);
	if (place >= files->count)
		return false;
	struct format_file *file = files->largest[place];
	struct arena *arena = arena_new(&file->error);
	if (arena != NULL)
		(void)check_named(file, arena, &file->error);
	arena_free(arena);
	return true;
}

#define PACKED 10 /* times that a workbook is larger than its file */

static long long work_of(const char *name, const char *path)
{
	struct stat state;
	struct error unseen = { 0 }; /* its reader will tell */
	long long bytes = file_look(path, &state, &unseen) == 1 ? (long long)state.st_size : 0;
	return text_starts(name, "data/") ? 0 : text_ends(name, ".xlsx") ? PACKED * bytes : bytes;
}

static int by_work(const void *a, const void *b)
{
	const struct format_file *one = *(struct format_file *const *)a, *other = *(struct format_file *const *)b;
	if (one->work != other->work)
		return one->work > other->work ? -1 : 1;
	return one < other ? -1 : one > other;
}

static int order_files(struct format_files *files, struct arena *arena, struct error *error)
{
	files->largest = arena_take(arena, files->count, sizeof(struct format_file *), error);
	if (files->largest == NULL)
		return -1;
	for (size_t i = 0; i < files->count; i++)
		files->largest[i] = &files->file[i];
	qsort(files->largest, files->count, sizeof(struct format_file *), by_work);
	return 0;
}

/* A line of SHA256SUMS: the hash, two spaces, the name. */
static int list_files(const struct audit_place *place, struct published *published, const char *sums, struct format_files *files,
	struct error *error)
{
	for (const char *at = sums; *at != '\0';) {
		size_t length = strcspn(at, "\n");
		if (length <= 66)
			return error_set(error, EXIT_DATA, "SHA256SUMS: not a list of hashes and names");
		struct format_file *grown = arena_grow(published->arena, files->file, files->count, files->count + 1, &files->room,
			sizeof *grown, error);
		char *name = grown == NULL ? NULL : arena_text(published->arena, at + 66, length - 66, error);
		const char *path = name == NULL ? NULL : place->published(place->context, name, published->arena, error);
		if (path == NULL)
			return -1;
		files->file = grown;
		grown[files->count++] = (struct format_file){ .name = name, .path = path, .published = published, .work = work_of(name, path) };
		at += length + (at[length] == '\n');
	}
	return 0;
}

int format_files_find(const struct audit_place *place, struct published *published, struct format_files *files, struct error *error)
{
	struct formats sums = { .arena = published->arena, .shown = "SHA256SUMS" };
	const char *path = place->published(place->context, sums.shown, published->arena, error);
	int result = path == NULL || formats_read(&sums, path, error) != 0 || list_files(place, published, sums.bytes, files, error) != 0 ||
			order_files(files, published->arena, error) != 0 ? -1 : 0;
	files->count = result == 0 ? files->count : 0; /* threads take what is in order only */
	return result;
}

int format_files_tell(const struct format_files *files, size_t *figures, struct error *error)
{
	for (size_t i = 0; i < files->count; i++) {
		*figures += files->file[i].figures;
		if (files->file[i].error.count == 0)
			continue;
		*error = files->file[i].error;
		return -1;
	}
	return 0;
}
