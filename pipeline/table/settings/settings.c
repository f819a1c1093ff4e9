/* forbund.ini: the file, its sections and keys, references and required keys: see settings.h. What a value means stands in
   settings_forbund.c, settings_malgrupp.c, settings_insats.c and settings_goal.c. */
#include "pipeline/table/settings/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/text.h"
#include "pipeline/table/settings/settings_reading.h"

#define FILE_NAME "forbund.ini"
#define FILE_LIMIT ((size_t)1 << 20) /* bytes; a settings file has a few thousand */

/* In the order in which the manual tells them; unknown names are compared with them. */
static const struct section_kind *const kinds[] = { &section_forbund, &section_redovisning, &section_kalkyl, &section_matt,
	&section_malgrupp, &section_insats, &section_kalla, &section_granser, &section_behall };
#define KINDS (sizeof kinds / sizeof *kinds)

/* A section with what it is and what its keys fill in. */
struct placed {
	const struct ini_section *section;
	const struct section_kind *kind; /* NULL: unknown, its keys are left alone */
	void *item;
};

/* ---- the file ---- */

/* The whole file in the arena; NULL with the error set. */
static char *read_file(const char *directory, size_t *length, struct arena *arena, struct error *error)
{
	char *bytes = NULL;
	struct stat status;
	int file = -1;
	const char *path = arena_print(arena, error, "%s/" FILE_NAME, directory);
	if (path == NULL)
		goto done;
	file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK); /* never waits on a FIFO */
	if (file < 0 && (errno == ENOENT || errno == ENOTDIR)) {
		(void)error_set(error, EXIT_SETTINGS, "%s: no such file; a förbund folder holds its settings there", path);
		goto done;
	}
	if (file < 0 && errno == ELOOP) {
		(void)error_set(error, EXIT_SETTINGS, "%s: a symbolic link; give the file itself", path);
		goto done;
	}
	if (file < 0 || fstat(file, &status) != 0) {
		(void)error_system(error, errno, "%s", path);
		goto done;
	}
	if (!S_ISREG(status.st_mode) || status.st_size > (off_t)FILE_LIMIT) {
		(void)error_set(error, EXIT_SETTINGS, "%s: %s", path,
			S_ISREG(status.st_mode) ? "larger than a settings file can be (1 MiB)" : "not a regular file");
		goto done;
	}
	size_t room = (size_t)status.st_size + 1;
	bytes = arena_take(arena, room, 1, error);
	ssize_t got = 1;
	for (*length = 0; bytes != NULL && got > 0 && *length < room; *length += got > 0 ? (size_t)got : 0)
		got = read(file, bytes + *length, room - *length);
	if (got < 0) {
		(void)error_system(error, errno, "%s", path);
		bytes = NULL;
	}
done:
	if (file >= 0)
		(void)close(file);
	return bytes;
}

/* ---- sections ---- */

/* The kind of a section and, for "insats Balder", the name behind it, else NULL. NULL for an unknown kind. */
static const struct section_kind *kind_of(const char *section, const char **name)
{
	*name = NULL;
	for (size_t i = 0; i < KINDS; i++) {
		size_t length = strlen(kinds[i]->name);
		if (strncmp(section, kinds[i]->name, length) != 0)
			continue;
		if (section[length] == ' ')
			*name = section + length + 1;
		if (section[length] == '\0' || section[length] == ' ')
			return kinds[i];
	}
	return NULL;
}

/* "unknown section [insat Balder]; did you mean [insats Balder]?" */
static int unknown_section(const struct reading *reading, const struct ini_section *section)
{
	const char *names[KINDS];
	for (size_t i = 0; i < KINDS; i++)
		names[i] = kinds[i]->name;
	size_t length = strlen(section->name), first = strcspn(section->name, " ");
	const char *nearest = text_nearest(section->name, length, names, KINDS);
	if (nearest == NULL)
		nearest = text_nearest(section->name, first, names, KINDS);
	if (nearest == NULL)
		return settings_fault(reading, section->line, "unknown section %s%s", settings_quote(reading, section->name),
			settings_hint(reading, section->name, names, KINDS, "the valid ones are"));
	const char *name = "";
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i]->name == nearest && kinds[i]->add != NULL)
			name = first < length ? section->name + first : " NAME";
	return settings_fault(reading, section->line, "unknown section [%s]; did you mean [%s%s]?", section->name, nearest,
		name);
}

/* Finds the kind of a section and adds what it names, so that other sections can refer to it. */
static void place(struct reading *reading, const struct ini_section *section, struct placed *placed)
{
	const char *name;
	*placed = (struct placed){ .section = section };
	if (section->name == NULL)
		return;
	const struct section_kind *kind = kind_of(section->name, &name);
	if (kind == NULL) {
		(void)unknown_section(reading, section);
	} else if (kind->add == NULL && name != NULL) {
		(void)settings_fault(reading, section->line, "section [%s] takes no name; write [%s]", section->name,
			kind->name);
	} else if (kind->add != NULL && name == NULL) {
		(void)settings_fault(reading, section->line, "section [%s] needs a name: [%s NAME]", section->name,
			kind->name);
	} else if (name != NULL && strstr(name, "../") != NULL) { /* no name is a path, and none is to be taken for one */
		(void)settings_fault(reading, section->line, "[%s]: a name holds no '../'", section->name);
	} else {
		placed->kind = kind;
		placed->item = kind->add == NULL ? (void *)reading->settings
						 : kind->add(reading, name, section->line);
	}
}

/* ---- keys ---- */

/* Whether the text is the key's name; *variable becomes its variable part, in the arena, or NULL. */
static bool is_key(const struct reading *reading, const struct key *key, const char *text, const char **variable)
{
	*variable = NULL;
	if (key->variable == NULL)
		return strcmp(key->name, text) == 0;
	size_t before = (size_t)(strstr(key->name, key->variable) - key->name);
	const char *after = key->name + before + strlen(key->variable);
	size_t length = strlen(text), tail = strlen(after);
	if (length <= before + tail || strncmp(text, key->name, before) != 0 || !text_ends(text, after))
		return false;
	*variable = arena_text(reading->arena, text + before, length - before - tail, reading->error);
	return *variable != NULL;
}

static const struct key *find_key(const struct reading *reading, const struct section_kind *kind, const char *text,
	const char **variable)
{
	for (size_t i = 0; i < kind->keys; i++)
		if (is_key(reading, &kind->key[i], text, variable))
			return &kind->key[i];
	return NULL;
}

/* The kind of section whose key it is; NULL when there is none. */
static const struct section_kind *home_of(const struct reading *reading, const char *key)
{
	const char *variable;
	for (size_t i = 0; i < KINDS; i++)
		if (find_key(reading, kinds[i], key, &variable) != NULL)
			return kinds[i];
	return NULL;
}

/* "unknown key 'perid' in [förbund]; did you mean 'period'?" */
static int unknown_key(const struct reading *reading, const struct placed *placed, const struct ini_entry *entry)
{
	const struct section_kind *kind = placed->kind, *home = home_of(reading, entry->key);
	const char **names = arena_take(reading->arena, kind->keys, sizeof *names, reading->error);
	if (names == NULL)
		return -1;
	for (size_t i = 0; i < kind->keys; i++)
		names[i] = kind->key[i].name;
	const char *quoted = settings_quote(reading, entry->key);
	const char *hint = settings_hint(reading, entry->key, names, kind->keys,
		home == NULL ? "the valid ones are" : NULL);
	if (home == NULL)
		return settings_fault(reading, entry->line, "unknown key %s in [%s]%s", quoted, placed->section->name, hint);
	return settings_fault(reading, entry->line, "unknown key %s in [%s]%s (it belongs in [%s%s])", quoted,
		placed->section->name, hint, home->name, home->add == NULL ? "" : " NAME");
}

static void read_keys(struct reading *reading, const struct placed *placed)
{
	for (size_t i = 0; i < placed->section->count; i++) {
		const struct ini_entry *entry = &placed->section->entry[i];
		const struct key *key = find_key(reading, placed->kind, entry->key, &reading->variable);
		reading->entry = entry;
		if (key == NULL)
			(void)unknown_key(reading, placed, entry);
		else if (entry->value[0] == '\0')
			(void)settings_key_fault(reading, "no value behind '='");
		else
			(void)key->read(reading, key, (char *)placed->item + key->offset);
	}
	reading->entry = NULL;
}

/* ---- the whole ---- */

static void check_section(struct reading *reading, const struct placed *placed)
{
	const struct section_kind *kind = placed->kind;
	for (size_t i = 0; i < kind->keys; i++)
		if (kind->key[i].required && ini_find(placed->section, kind->key[i].name) == NULL)
			(void)settings_fault(reading, placed->section->line, "section [%s] lacks the key '%s'",
				placed->section->name, kind->key[i].name);
	if (kind->check != NULL)
		(void)kind->check(reading, placed->section, placed->item);
}

static const struct age_group default_groups[] = { { 16, 19, "16-19" }, { 20, 24, "20-24" }, { 25, 29, "25-29" },
	{ 30, 39, "30-39" }, { 40, 49, "40-49" }, { 50, 59, "50-59" }, { 60, 64, "60-64" } };

static const struct settings defaults = {
	.path = FILE_NAME,
	.gemensam_nyckel = true,
	.minsta_antal = 5,
	.age_groups = sizeof default_groups / sizeof *default_groups,
	.age_group = default_groups,
	.konfidensgrad = 0.95,
	.dominans = 0.10,
	.licens = "CC0-1.0",
	.underlag = UNDERLAG_EXTRAKT,
	.kalkylranta = 0.035,
	.horisont = 60,
	.fore = 12,
	.efter = 12,
	.prisosakerhet = 0.10,
	.simuleringar = 10000,
	.fro = 1,
	.avvisade = 0.01,
	.avvisade_rader = 1,
	.drift_rader = 0.20,
	.drift_saknade = 0.05,
	.drift_koder = 0.01,
	.drift_personer = 0.10,
	.drift_antal = 50,
	.drift_dagar = 31,
	.drift_avvisa = 0.90,
	.drift_avvisa_antal = 1000,
	.utanfor = 0.10,
	.skillnad = 0.25,
	.efterslapning = 2,
	.behall_natter = 14,
	.behall_manader = 24,
};

/* Settings with the defaults, and room for whatever the file can hold. */
static int prepare(struct reading *reading, const struct ini *ini)
{
	struct arena *arena = reading->arena;
	struct error *error = reading->error;
	size_t sections = ini->count, entries = 0;
	for (size_t i = 0; i < sections; i++)
		entries += ini->section[i].count;
	reading->matt = arena_take(arena, sections, sizeof *reading->matt, error);
	reading->malgrupp = arena_take(arena, sections, sizeof *reading->malgrupp, error);
	reading->insats = arena_take(arena, sections, sizeof *reading->insats, error);
	reading->kalla = arena_take(arena, sections, sizeof *reading->kalla, error);
	reading->kommuner = arena_take(arena, entries, sizeof *reading->kommuner, error);
	reading->goal = arena_take(arena, entries, sizeof *reading->goal, error);
	reading->settings = arena_take(arena, 1, sizeof *reading->settings, error);
	if (reading->matt == NULL || reading->malgrupp == NULL || reading->insats == NULL || reading->kalla == NULL ||
		reading->kommuner == NULL || reading->goal == NULL || reading->settings == NULL)
		return -1;
	*reading->settings = defaults;
	reading->settings->matt = reading->matt;
	reading->settings->malgrupp = reading->malgrupp;
	reading->settings->insats = reading->insats;
	reading->settings->kalla = reading->kalla;
	reading->settings->kommuner = reading->kommuner;
	return 0;
}

static void label_other_ages(struct reading *reading)
{
	struct settings *settings = reading->settings;
	int first = settings->age_group[0].from, last = settings->age_group[settings->age_groups - 1].to;
	settings->age_below = first == 0 ? settings->age_group[0].label
					 : arena_print(reading->arena, reading->error, "0-%d", first - 1);
	settings->age_above = arena_print(reading->arena, reading->error, "%d+", last + 1);
}

/* Names first, then keys, then what needs the whole. Faults gather in the error. */
static void read_sections(struct reading *reading, const struct ini *ini, const char *period)
{
	struct placed *placed = arena_take(reading->arena, ini->count, sizeof *placed, reading->error);
	if (placed == NULL)
		return;
	for (size_t i = 0; i < ini->count; i++)
		place(reading, &ini->section[i], &placed[i]);
	for (size_t i = 0; i < ini->count; i++)
		if (placed[i].kind != NULL)
			read_keys(reading, &placed[i]);
	if (period != NULL)
		(void)settings_read_period(reading, period);
	for (size_t i = 0; i < ini->count; i++)
		if (placed[i].kind != NULL && ini_section(ini, ini->section[i].name) == &ini->section[i])
			check_section(reading, &placed[i]);
	if (ini_section(ini, section_forbund.name) == NULL)
		(void)settings_fault(reading, 1, "section [%s] is missing", section_forbund.name);
	reading->settings->has_kalkyl = ini_section(ini, section_kalkyl.name) != NULL;
	label_other_ages(reading);
}

struct settings *settings_resolve(const struct ini *ini, const char *period, struct arena *arena, struct error *error)
{
	size_t faults = error->count;
	struct reading reading = { .arena = arena, .error = error };
	if (prepare(&reading, ini) != 0)
		return NULL;
	read_sections(&reading, ini, period);
	reading.settings->file = ini;
	reading.settings->period_given = period;
	return error->count == faults ? reading.settings : NULL;
}

struct settings *settings_read(const char *directory, const char *period, struct arena *arena, struct error *error)
{
	size_t faults = error->count, length;
	const char *bytes = read_file(directory, &length, arena, error);
	struct ini *ini = bytes == NULL ? NULL : arena_take(arena, 1, sizeof *ini, error);
	if (ini == NULL)
		return NULL;
	(void)ini_parse(ini, FILE_NAME, bytes, length, "mål", arena, error);
	bool readable = ini->count > 0 || error->count == faults;
	struct settings *settings = readable ? settings_resolve(ini, period, arena, error) : NULL;
	if (settings == NULL || error->count != faults)
		return NULL;
	settings->bytes = bytes;
	settings->length = length;
	return settings;
}
