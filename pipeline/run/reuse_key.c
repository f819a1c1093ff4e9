/* The key of a stage: everything that what it makes can depend on. See reuse_key.h. */
#include "pipeline/run/reuse_key.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "pipeline/base/file.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/schema/embedded.h"
#include "pipeline/version.h"

static const char *const class_names[] = { [FILE_EXTRACT] = "extract", [FILE_PERSONS] = "persons",
	[FILE_SUPPORT] = "support", [FILE_AGGREGATE] = "aggregate", [FILE_RECORD] = "record", [FILE_PROTECTED] = "protected",
	[FILE_PUBLICATION] = "publication", [FILE_EARLIER] = "earlier", [FILE_LEDGER] = "ledger" };
#define CLASSES (sizeof class_names / sizeof *class_names)

/* ---- places ---- */

const char *reuse_record_path(const struct run *run, size_t position, struct arena *arena, struct error *error)
{
	return arena_print(arena, error, "%s/%s.record", run->work, stages[position]->name);
}

const char *reuse_place(const struct run *run, const char *label, const char *run_name, struct arena *arena,
	struct error *error)
{
	const char *slash = strchr(label, '/');
	for (size_t class = 0; slash != NULL && class < CLASSES; class++) {
		if (strncmp(class_names[class], label, (size_t)(slash - label)) != 0 || class_names[class][slash - label] != '\0')
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

size_t reuse_maker(const struct file_use *file)
{
	for (size_t i = 0; i < stage_count; i++)
		for (const struct file_use *made = stages[i]->writes; made->name != NULL; made++)
			if (made->class == file->class && strcmp(made->name, file->name) == 0)
				return i;
	return stage_count;
}

/* ---- what a stage has made ---- */

struct listing {
	const struct run *run;
	struct reuse_file *file;
	size_t count, capacity;
};

static int add_file(struct listing *listing, enum file_class class, const char *name, struct error *error)
{
	struct arena *arena = listing->run->arena;
	struct stat state;
	const char *label = arena_print(arena, error, "%s/%s", class_names[class], name);
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

/* ---- the program ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct record_line *)a)->name, ((const struct record_line *)b)->name);
}

/* The shared libraries that the program has loaded, by the names of their files, which hold their versions. */
static int add_libraries(struct run *run, struct error *error)
{
	char line[4096], bytes[32];
	FILE *maps = fopen("/proc/self/maps", "r");
	run->libraries = (struct record){ .arena = run->arena };
	if (maps == NULL)
		return 0; /* no such list on this system: the program's own content must do */
	while (fgets(line, sizeof line, maps) != NULL) {
		char *path = strchr(line, '/');
		struct stat state;
		if (path == NULL)
			continue;
		path[strcspn(path, "\n")] = '\0';
		const char *name = strrchr(path, '/') + 1;
		if (strstr(name, ".so") == NULL || record_value(&run->libraries, RECORD_LIBRARY, name) != NULL ||
			stat(path, &state) != 0)
			continue;
		(void)snprintf(bytes, sizeof bytes, "%lld", (long long)state.st_size);
		if (record_add(&run->libraries, RECORD_LIBRARY, name, bytes, error) != 0)
			break;
	}
	(void)fclose(maps);
	if (run->libraries.count > 1) /* where they lie in memory, and so in the list, is left to chance */
		qsort(run->libraries.line, run->libraries.count, sizeof *run->libraries.line, by_name);
	return error->count > 0 ? -1 : 0;
}

int reuse_begin(struct run *run, struct error *error)
{
	struct error unread = { 0 };
	if (hash_file("/proc/self/exe", run->program_hash, &unread) != 0)
		hash_bytes(FINSAMSTAT_VERSION, strlen(FINSAMSTAT_VERSION), run->program_hash);
	return add_libraries(run, error);
}

/* The schemas of the stage's files and all code lists, in one hash: "name TAB hash" of each. */
static int add_schemas(const struct run *run, const struct stage *stage, struct record *key, struct error *error)
{
	static const char *const folders[] = { [FILE_EXTRACT] = "extrakt", [FILE_SUPPORT] = "tabeller",
		[FILE_AGGREGATE] = "tabeller", [FILE_PROTECTED] = "tabeller", [FILE_RECORD] = NULL };
	struct text all = { .arena = run->arena };
	char digest[HASH_TEXT];
	for (size_t i = 0; i < embedded_count; i++) {
		bool used = text_starts(embedded_files[i].name, "kodlistor/");
		for (int writes = 0; writes < 2 && !used; writes++)
			for (const struct file_use *file = writes ? stage->writes : stage->reads; file->name != NULL && !used; file++) {
				const char *folder = (size_t)file->class < sizeof folders / sizeof *folders ? folders[file->class] : NULL;
				char name[128];
				(void)snprintf(name, sizeof name, "%s/%s.json", folder == NULL ? "" : folder, file->name);
				used = folder != NULL && strcmp(name, embedded_files[i].name) == 0;
			}
		if (!used)
			continue;
		hash_bytes(embedded_files[i].bytes, embedded_files[i].length, digest);
		if (text_add_format(&all, error, "%s\t%s\n", embedded_files[i].name, digest) != 0)
			return -1;
	}
	hash_bytes(all.bytes, all.length, digest);
	return record_add(key, RECORD_SCHEMAS, "", digest, error);
}

/* ---- what the run asks for ---- */

/* Whether the stage reads or writes the table; NULL: any. */
static bool uses_table(const struct stage *stage, const char *table)
{
	for (int writes = 0; writes < 2; writes++)
		for (const struct file_use *file = writes ? stage->writes : stage->reads; file->name != NULL; file++)
			if ((file->class == FILE_SUPPORT || file->class == FILE_AGGREGATE || file->class == FILE_PROTECTED) &&
				(table == NULL || strcmp(file->name, table) == 0))
				return true;
	return false;
}

bool reuse_narrowed(const struct run *run, size_t position)
{
	return run->wanted_count > 0 && uses_table(stages[position], NULL);
}

#define ALL "all"

/* Whether the run asks for none of the tables that need all of what the stage makes. */
static bool may_make_less(const struct run *run, const struct stage *stage)
{
	bool any = false;
	for (const char *const *table = stage->needed_by; table != NULL && *table != NULL; table++)
		for (size_t i = 0; i < run->wanted_count && !any; i++)
			any = strcmp(run->wanted[i], *table) == 0;
	return run->wanted_count > 0 && stage->needed_by != NULL && !any;
}

/* A stage without tables does not know of them, but for those it is needed by: then all, which it may have made `before`, is as good
   as less. */
static int add_needs(const struct run *run, const struct stage *stage, const struct record *before, struct record *key,
	struct error *error)
{
	const char *made = before == NULL ? NULL : record_value(before, RECORD_TABLES, "");
	bool less = may_make_less(run, stage) && (made == NULL || strcmp(made, ALL) != 0);
	return record_add(key, RECORD_TABLES, "", less ? "none that need all" : ALL, error);
}

static int add_tables(const struct run *run, const struct stage *stage, const struct record *before, struct record *key,
	struct error *error)
{
	struct text list = { .arena = run->arena };
	if (!uses_table(stage, NULL))
		return add_needs(run, stage, before, key, error);
	if (run->wanted_count == 0)
		return record_add(key, RECORD_TABLES, "", ALL, error);
	for (size_t i = 0; i < run->wanted_count; i++)
		if (uses_table(stage, run->wanted[i]) && text_add_format(&list, error, " %s", run->wanted[i]) != 0)
			return -1;
	return record_add(key, RECORD_TABLES, "", list.length == 0 ? "none" : list.bytes + 1, error);
}

static int add_settings(const struct run *run, const struct stage *stage, struct record *key, struct error *error)
{
	for (unsigned part = 0; part < SETTINGS_PARTS; part++) {
		if ((stage->settings >> part & 1) == 0)
			continue;
		const char *text = settings_part_text(run->settings, (enum settings_part)part, run->arena, error);
		for (; text != NULL && *text != '\0'; text += strcspn(text, "\n") + 1) {
			char *line = arena_text(run->arena, text, strcspn(text, "\n"), error);
			if (line == NULL || record_add(key, RECORD_SETTING, settings_part_names[part], line, error) != 0)
				return -1;
		}
		if (text == NULL)
			return -1;
	}
	return 0;
}

/* ---- what it reads ---- */

const char *reuse_extract_value(struct run *run, struct extract_file *file, bool content, struct error *error)
{
	char digest[HASH_TEXT];
	struct stat state;
	int found = file_look(file->path, &state, error);
	if (found < 0)
		return NULL;
	if (found == 0 || !S_ISREG(state.st_mode))
		return "no file"; /* ingest says so */
	if (!content)
		return arena_print(run->arena, error, "%lld", (long long)state.st_size);
	if (file->hash == NULL) {
		if (hash_file(file->path, digest, error) != 0)
			return NULL;
		file->hash = arena_text(run->arena, digest, strlen(digest), error);
	}
	return file->hash == NULL ? NULL : arena_print(run->arena, error, "%lld %s", (long long)state.st_size, file->hash);
}

static int add_extracts(struct run *run, const char *source, bool content, struct record *key, struct error *error)
{
	for (size_t i = 0; i < EXTRACTS; i++) {
		if (strcmp(extract_names[i], source) != 0)
			continue;
		for (size_t k = 0; k < run->extracts[i]; k++) {
			const char *value = reuse_extract_value(run, &run->extract[i][k], content, error);
			if (value == NULL || record_add(key, RECORD_INPUT, run->extract[i][k].shown, value, error) != 0)
				return -1;
		}
	}
	return 0;
}

/* "BYTES HASH" of what an earlier stage made. */
static const char *made_value(struct run *run, size_t maker, const char *label, bool content, struct error *error)
{
	if (content && !run->kept[maker] && reuse_keep(run, maker, error) != 0)
		return NULL;
	const char *value = run->kept[maker] || run->use[maker].skipped
		? record_value(&run->made[maker], RECORD_OUTPUT, label) : NULL;
	if (value != NULL) {
		const char *end = content ? strrchr(value, ' ') : strchr(value, ' ');
		return arena_text(run->arena, value, (size_t)(end - value), error);
	}
	const char *path = reuse_place(run, label, NULL, run->arena, error);
	struct stat state;
	int found = path == NULL ? -1 : file_look(path, &state, error);
	if (found < 0)
		return NULL;
	return found == 0 ? "no file" : arena_print(run->arena, error, "%lld", (long long)state.st_size);
}

/* "BYTES HASH" of a file that no stage makes: a record of the run that this one is compared with, or the ledger. */
static int add_given(struct run *run, const struct file_use *file, bool content, struct record *key, struct error *error)
{
	char digest[HASH_TEXT];
	struct stat state;
	const char *label = arena_print(run->arena, error, "%s/%s", class_names[file->class], file->name), *value = "no file";
	const char *path = file->class == FILE_LEDGER ? run_path(run->arena, error, run->request->directory, file->name)
		: run_earlier(run, file->name, run->arena, error);
	int found = label == NULL || path == NULL ? -1 : file_look(path, &state, error);
	if (found < 0)
		return -1;
	if (found == 1 && S_ISREG(state.st_mode)) {
		if (content && hash_file(path, digest, error) != 0)
			return -1;
		value = content ? arena_print(run->arena, error, "%lld %s", (long long)state.st_size, digest)
				: arena_print(run->arena, error, "%lld", (long long)state.st_size);
	}
	return value == NULL ? -1 : record_add(key, RECORD_INPUT, label, value, error);
}

static int add_input(struct run *run, const struct file_use *file, bool content, const struct record *before,
	const bool *planned, struct record *key, struct error *error)
{
	size_t maker = reuse_maker(file);
	const char *label = arena_print(run->arena, error, "%s/%s", class_names[file->class], file->name), *value;
	if (label == NULL || maker == stage_count)
		return label == NULL ? -1 : error_set(error, EXIT_BUG, "nothing makes '%s'", file->name);
	if (planned != NULL && planned[maker]) {
		const char *known = record_value(before, RECORD_INPUT, label);
		value = known == NULL ? "not known yet" : content ? known : arena_text(run->arena, known, strcspn(known, " "), error);
	} else {
		value = made_value(run, maker, label, content, error);
	}
	return value == NULL ? -1 : record_add(key, RECORD_INPUT, label, value, error);
}

int reuse_key(struct run *run, size_t position, bool content, const struct record *before, const bool *planned,
	struct record *key, struct error *error)
{
	const struct stage *stage = stages[position];
	if (record_add(key, RECORD_PROGRAM, "finsamstat " FINSAMSTAT_VERSION, run->program_hash, error) != 0)
		return -1;
	for (size_t i = 0; i < run->libraries.count; i++)
		if (record_add(key, RECORD_LIBRARY, run->libraries.line[i].name, run->libraries.line[i].value, error) != 0)
			return -1;
	if (add_schemas(run, stage, key, error) != 0 || add_tables(run, stage, before, key, error) != 0 ||
		add_settings(run, stage, key, error) != 0)
		return -1;
	for (const struct file_use *file = stage->reads; file->name != NULL; file++)
		if ((file->class == FILE_EXTRACT ? add_extracts(run, file->name, content, key, error)
			    : file->class == FILE_EARLIER || file->class == FILE_LEDGER ? add_given(run, file, content, key, error)
						  : add_input(run, file, content, before, planned, key, error)) != 0)
			return -1;
	return 0;
}

int reuse_key_of(const struct record *record, bool content, struct record *key, struct error *error)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct record_line *line = &record->line[i];
		bool cut = line->kind == RECORD_INPUT && !content && strcmp(line->value, "no file") != 0;
		const char *value = cut ? arena_text(key->arena, line->value, strcspn(line->value, " "), error) : line->value;
		if (line->kind <= RECORD_INPUT && (value == NULL || record_add(key, line->kind, line->name, value, error) != 0))
			return -1;
	}
	return 0;
}
