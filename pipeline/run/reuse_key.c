/* The key of a stage: everything that what it makes can depend on; and the record that keeps it. See reuse.h and reuse_key.h. */
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
	const char *label = reuse_label(file, run->arena, error), *value = "no file";
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
	const char *label = reuse_label(file, run->arena, error), *value;
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

/* ---- keeping ---- */

/* The hashes of what a stage has made, a publication's being known by now. */
static int find_hashes(const struct run *run, const struct reuse_file *files, size_t count, char (**digest)[HASH_TEXT], struct error *error)
{
	size_t known = 0;
	*digest = arena_take(run->arena, count, sizeof **digest, error);
	for (size_t i = 0; i < count && *digest != NULL; i++) {
		const char *hash = record_value(&run->publication_hashes, RECORD_OUTPUT, files[i].label);
		if (hash != NULL)
			memcpy((*digest)[known++], hash, HASH_TEXT);
	}
	return *digest == NULL ? -1 : known == count ? 0 : reuse_hashes(run, files, count, digest, error);
}

static int add_outputs(struct run *run, size_t position, struct error *error)
{
	struct reuse_file *files;
	size_t count;
	char (*digest)[HASH_TEXT];
	if (reuse_made(run, stages[position], &files, &count, error) != 0 || find_hashes(run, files, count, &digest, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		unsigned long long rows;
		char value[HASH_TEXT + 64];
		struct stat state;
		if (file_look(files[i].path, &state, error) != 1 || reuse_count(&files[i], &rows, error) != 0)
			return error->count > 0 ? -1 : error_set(error, EXIT_IO, "%s cannot be read again", files[i].path);
		(void)snprintf(value, sizeof value, "%lld %s %llu", (long long)state.st_size, digest[i], rows);
		if (record_add(&run->made[position], RECORD_OUTPUT, files[i].label, value, error) != 0)
			return -1;
	}
	return 0;
}

/* What the stage's process told of itself, each line KIND TAB NAME TAB TEXT. */
static int add_events(struct run *run, size_t position, struct error *error)
{
	const char *at = run->events[position];
	for (; at != NULL && *at != '\0'; at += strcspn(at, "\n") + 1) {
		if (*at == 'H')
			continue; /* the key has it */
		const char *tab = strchr(at + 2, '\t');
		char *name = arena_text(run->arena, at + 2, (size_t)(tab - at - 2), error);
		char *text = arena_text(run->arena, tab + 1, strcspn(tab + 1, "\n"), error);
		enum record_kind kind = *at == 'W' ? RECORD_WARNING : *at == 'N' ? RECORD_NOTE : RECORD_ROWS;
		if (name == NULL || text == NULL || record_add(&run->made[position], kind, name, text, error) != 0)
			return -1;
	}
	return 0;
}

static int keep(struct run *run, size_t position, struct error *error)
{
	char use[64];
	struct record *record = &run->made[position];
	const char *path = reuse_record_path(run, position, run->arena, error);
	*record = (struct record){ .arena = run->arena };
	if (path == NULL || reuse_key(run, position, true, NULL, NULL, record, error) != 0 ||
		add_outputs(run, position, error) != 0 || add_events(run, position, error) != 0 ||
		record_add(record, RECORD_RUN, "", run->name, error) != 0)
		return -1;
	(void)snprintf(use, sizeof use, "%.3f %ld", run->use[position].seconds, run->use[position].peak_kib);
	if (record_add(record, RECORD_USE, "", use, error) != 0)
		return -1;
	run->kept[position] = true;
	return reuse_narrowed(run, position) ? 0 : record_write(record, path, error);
}

int reuse_keep(struct run *run, size_t position, struct error *error)
{
	for (size_t i = 0; i <= position; i++) {
		if (run->use[i].ran && !run->kept[i] && keep(run, i, error) != 0)
			return -1;
		if (run->use[i].skipped && !run->kept[i]) { /* the publication that was taken over */
			const char *path = reuse_record_path(run, i, run->arena, error);
			if (path == NULL || record_write(&run->made[i], path, error) != 0)
				return -1;
			run->kept[i] = true;
		}
	}
	return 0;
}
