/* The files of a delivery: found, given to their sources, named in messages. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "pipeline/base/file.h"
#include "pipeline/base/text.h"
#include "pipeline/run/run.h"
#include "pipeline/table/schema/schema.h"

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

static int tell_warning(struct run *run, const char *text)
{
	log_event(run->log, LOG_WARNING, "run", text);
	run->warnings++;
	return 0;
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
	return tell_warning(run, text);
}

long long run_time_of(const struct stat *state)
{
	return (long long)state->st_mtim.tv_sec * 1000000000 + state->st_mtim.tv_nsec;
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
	files[count] = (struct extract_file){ .path = run_path(run->arena, error, folder, name), .bytes = -1 };
	char *shown = shown_folder[0] == '\0' ? arena_text(run->arena, name, strlen(name), error)
					      : run_path(run->arena, error, shown_folder, name);
	if (files[count].path == NULL || shown == NULL)
		return -1;
	make_printable(shown);
	files[count].shown = shown;
	struct stat state;
	int found = file_look(files[count].path, &state, error);
	if (found < 0)
		return -1;
	if (found == 1 && S_ISREG(state.st_mode)) {
		files[count].bytes = state.st_size;
		files[count].written = run_time_of(&state);
	}
	run->extract[source] = files;
	run->extracts[source] = count + 1;
	qsort(files, count + 1, sizeof *files, by_shown);
	return 0;
}

static int list_delivery(struct run *run, const char *folder, struct error *error)
{
	DIR *list = opendir(folder);
	if (list == NULL && errno == ENOENT && run->request->extracts == NULL)
		return tell_warning(run, "there is no folder extrakt beside forbund.ini"); /* ingest says which extracts are needed */
	if (list == NULL && (errno == ENOENT || errno == ENOTDIR))
		return error_set(error, EXIT_NO_EXTRACT, "%s: there is no such folder of extracts", folder);
	if (list == NULL)
		return error_system(error, errno, "%s: the folder of extracts cannot be read", folder);
	const char *slash = strrchr(folder, '/');
	const char *shown_folder = slash == NULL ? folder : slash + 1;
	int result = 0;
	const struct dirent *entry;
	while (result == 0 && (result = file_next(list, folder, &entry, error)) == 0 && entry != NULL) {
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
		bool there;
		if (path == NULL || file_is_there(path, &there, error) != 0 || (there && add_extract(run, i, run->request->directory, name, "", error) != 0))
			return -1;
	}
	return 0;
}

static int changed(const struct extract_file *file, struct error *error)
{
	return error_set(error, EXIT_IO, "%s was changed while the run read it; start again when the delivery is complete", file->shown);
}

int run_check_unchanged(struct run *run, struct error *error)
{
	for (size_t source = 0; source < EXTRACTS; source++)
		for (size_t i = 0; i < run->extracts[source]; i++) {
			const struct extract_file *file = &run->extract[source][i];
			struct stat state;
			if (file->bytes < 0)
				continue;
			if (lstat(file->path, &state) != 0 || state.st_size != file->bytes || run_time_of(&state) != file->written)
				return changed(file, error);
		}
	return 0;
}

/* The file of a place "SOURCE/NUMBER"; NULL of what is none. */
static struct extract_file *file_at(struct run *run, const char *place)
{
	char *end;
	size_t source = strtoul(place, &end, 10), number = *end == '/' ? strtoul(end + 1, NULL, 10) : SIZE_MAX;
	return source < EXTRACTS && number < run->extracts[source] ? &run->extract[source][number] : NULL;
}

int run_take_hashes(struct run *run, const char *events, struct error *error)
{
	for (const char *at = events; at != NULL && *at != '\0'; at += strcspn(at, "\n") + 1) {
		struct extract_file *file = *at == 'H' ? file_at(run, at + 2) : NULL;
		if (file == NULL)
			continue;
		const char *hash = strchr(at + 2, '\t') + 1;
		if (file->hash != NULL && strncmp(file->hash, hash, HASH_TEXT - 1) != 0)
			return changed(file, error);
		file->hash = arena_text(run->arena, hash, HASH_TEXT - 1, error);
		if (file->hash == NULL)
			return -1;
	}
	return 0;
}
