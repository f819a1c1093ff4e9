/* The settings in parts: which key belongs to which, and a view of some of them (settings.h). */
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/text.h"
#include "pipeline/table/settings/settings_reading.h"

const char *const settings_part_names[SETTINGS_PARTS] = { "namn", "kommuner", "period", "åldersgrupper", "konfidensgrad",
	"redovisning", "kalkyl", "mått", "målgrupp", "insatser", "ingår i", "insats",
	"mål", "källa", "gränser", "behåll" };

/* The first row that fits decides. */
static const struct {
	const char *section; /* the kind */
	const char *key;     /* the key, or its first words; "" any; NULL: the section itself, that it stands in the file */
	enum settings_part part;
} homes[] = {
	{ "förbund", "namn", SETTINGS_NAMN },
	{ "förbund", "kommuner", SETTINGS_KOMMUNER },
	{ "förbund", "", SETTINGS_PERIOD },
	{ "redovisning", "åldersgrupper", SETTINGS_ALDERSGRUPPER },
	{ "redovisning", "konfidensgrad", SETTINGS_KONFIDENSGRAD },
	{ "redovisning", "", SETTINGS_REDOVISNING },
	{ "insats", NULL, SETTINGS_INSATSER },
	{ "insats", "registrering", SETTINGS_INSATSER },
	{ "insats", "ingår i", SETTINGS_INGAR_I },
	{ "insats", "mål", SETTINGS_MAL },
	{ "insats", "", SETTINGS_INSATS },
	{ "kalkyl", "", SETTINGS_KALKYL },
	{ "mått", "", SETTINGS_MATT },
	{ "målgrupp", "", SETTINGS_MALGRUPP },
	{ "källa", "", SETTINGS_KALLA },
	{ "gränser", "", SETTINGS_GRANSER },
	{ "behåll", "", SETTINGS_BEHALL },
};

/* Numbers of a part that is not in the view are made useless, so that a stage that reads one without declaring it fails
   at once and does not go on with a default. */
static const struct {
	enum settings_part part;
	size_t offset, size;
} numbers[] = {
#define NUMBER(part, field) { SETTINGS_##part, offsetof(struct settings, field), sizeof(((struct settings *)NULL)->field) }
	NUMBER(KONFIDENSGRAD, konfidensgrad), NUMBER(REDOVISNING, minsta_antal), NUMBER(REDOVISNING, dominans),
	NUMBER(KALKYL, kalkylranta), NUMBER(KALKYL, horisont), NUMBER(KALKYL, fore), NUMBER(KALKYL, efter),
	NUMBER(KALKYL, dodvikt), NUMBER(KALKYL, avtagande), NUMBER(KALKYL, prisosakerhet), NUMBER(KALKYL, simuleringar),
	NUMBER(KALKYL, inkomstutjamning), NUMBER(GRANSER, avvisade), NUMBER(BEHALL, behall_natter),
	NUMBER(BEHALL, behall_manader), NUMBER(GRANSER, drift_rader), NUMBER(GRANSER, drift_saknade),
	NUMBER(GRANSER, drift_koder), NUMBER(GRANSER, drift_personer), NUMBER(GRANSER, drift_antal), NUMBER(GRANSER, drift_dagar),
	NUMBER(GRANSER, drift_avvisa), NUMBER(GRANSER, drift_avvisa_antal), NUMBER(GRANSER, utanfor), NUMBER(GRANSER, skillnad),
	NUMBER(GRANSER, efterslapning), NUMBER(GRANSER, avvisade_rader),
#undef NUMBER
};

/* What a key is called whose value the part's text gives as it was resolved, whether or not it stands in the file. */
static const char *const resolved[] = { "period", "historik från", "uttagsdatum", "gemensam nyckel" };

/* Whether the section is of the kind: "insats Balder" of "insats". */
static bool is_kind(const char *section, const char *kind)
{
	size_t length = strlen(kind);
	return strncmp(section, kind, length) == 0 && (section[length] == '\0' || section[length] == ' ');
}

/* Whether the key is `name`, or begins with its words: "kommuner från 2018-01-01" with "kommuner". */
static bool begins(const char *key, const char *name)
{
	size_t length = strlen(name);
	return length == 0 || (strncmp(key, name, length) == 0 && (key[length] == '\0' || key[length] == ' '));
}

/* The part of a key (NULL: of the section itself). [redovisning] and [förbund] themselves mean nothing: they count as
   the rest of their keys. Every section that settings_read takes has a row. */
static enum settings_part part_of(const char *section, const char *key)
{
	for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
		if (!is_kind(section, homes[i].section))
			continue;
		if (homes[i].key == NULL ? key == NULL : key == NULL ? homes[i].key[0] == '\0' : begins(key, homes[i].key))
			return homes[i].part;
	}
	return SETTINGS_PARTS;
}

static bool holds(unsigned parts, enum settings_part part)
{
	return part < SETTINGS_PARTS && (parts >> part & 1) != 0;
}

/* [förbund] with what it cannot lack. */
static const struct ini_entry needed[] = { { .key = "namn", .value = "-" }, { .key = "kommuner", .value = "0114" },
	{ .key = "period", .value = "2000-01 – 2000-01" } };
static const enum settings_part needed_part[] = { SETTINGS_NAMN, SETTINGS_KOMMUNER, SETTINGS_PERIOD };
#define NEEDED (sizeof needed / sizeof *needed)

/* The entries of a section that belong to the parts, into `kept`; what [förbund] needs comes first. */
static int filter_section(const struct ini_section *section, unsigned parts, struct ini_section *kept, struct arena *arena,
	struct error *error)
{
	struct ini_entry *entries = arena_take(arena, section->count + NEEDED, sizeof *entries, error);
	if (entries == NULL)
		return -1;
	*kept = (struct ini_section){ .name = section->name, .line = section->line, .entry = entries };
	for (size_t i = 0; is_kind(section->name, "förbund") && i < NEEDED; i++)
		if (!holds(parts, needed_part[i]))
			entries[kept->count++] = needed[i];
	for (size_t i = 0; i < section->count; i++)
		if (holds(parts, part_of(section->name, section->entry[i].key)))
			entries[kept->count++] = section->entry[i];
	return 0;
}

const struct settings *settings_view(const struct settings *settings, unsigned parts, struct arena *arena,
	struct error *error)
{
	struct ini *ini = arena_take(arena, 1, sizeof *ini, error);
	struct ini_section *sections = arena_take(arena, settings->file->count, sizeof *sections, error);
	struct error *inside = arena_take(arena, 1, sizeof *inside, error);
	if (ini == NULL || sections == NULL || inside == NULL)
		return NULL;
	*ini = (struct ini){ .shown = settings->file->shown, .section = sections };
	for (size_t i = 0; i < settings->file->count; i++) {
		const struct ini_section *section = &settings->file->section[i];
		struct ini_section *kept = &sections[ini->count];
		if (filter_section(section, parts, kept, arena, error) != 0)
			return NULL;
		if (kept->count > 0 || holds(parts, part_of(section->name, NULL)))
			ini->count++;
	}
	struct settings *view = settings_resolve(ini, holds(parts, SETTINGS_PERIOD) ? settings->period_given : NULL, arena,
		inside);
	if (view == NULL)
		(void)error_set(error, inside->code == EXIT_IO ? EXIT_IO : EXIT_BUG, "a part of the settings cannot be read without another: %s", inside->message[0]);
	for (size_t i = 0; view != NULL && i < sizeof numbers / sizeof *numbers; i++)
		if (!holds(parts, numbers[i].part))
			memset((char *)view + numbers[i].offset, 0xFF, numbers[i].size); /* NAN, or −1 */
	return view;
}

static int add_line(struct text *text, const char *section, const char *key, const char *value, struct error *error)
{
	return text_add_format(text, error, "[%s] %s = %s\n", section, key, value);
}

/* The period and what follows from it, as they were resolved: a given period and the file's are the same when they are. */
static int add_period(struct text *text, const struct settings *settings, struct error *error)
{
	char from[DATE_TEXT], to[DATE_TEXT], history[DATE_TEXT], extracted[DATE_TEXT];
	date_write(settings->period_from, from);
	date_write(settings->period_to, to);
	date_write_month(settings->historik_from, history);
	date_write(settings->uttagsdatum, extracted);
	if (text_add_format(text, error, "[förbund] period = %s – %s\n", from, to) != 0 ||
		add_line(text, "förbund", "historik från", history, error) != 0 ||
		add_line(text, "förbund", "uttagsdatum", extracted, error) != 0)
		return -1;
	return add_line(text, "förbund", "gemensam nyckel", settings->gemensam_nyckel ? "ja" : "nej", error);
}

static bool is_resolved(const char *section, const char *key)
{
	for (size_t i = 0; i < sizeof resolved / sizeof *resolved; i++)
		if (is_kind(section, "förbund") && strcmp(resolved[i], key) == 0)
			return true;
	return false;
}

const char *settings_part_text(const struct settings *settings, enum settings_part part, struct arena *arena,
	struct error *error)
{
	struct text text = { .arena = arena };
	if (text_add_string(&text, "", error) != 0 || (part == SETTINGS_PERIOD && add_period(&text, settings, error) != 0))
		return NULL;
	for (size_t i = 0; i < settings->file->count; i++) {
		const struct ini_section *section = &settings->file->section[i];
		bool itself = part_of(section->name, NULL) == part && part != SETTINGS_PERIOD && part != SETTINGS_REDOVISNING;
		if (itself && text_add_format(&text, error, "[%s]\n", section->name) != 0)
			return NULL;
		for (size_t k = 0; k < section->count; k++) {
			const struct ini_entry *entry = &section->entry[k];
			if (part_of(section->name, entry->key) == part && !is_resolved(section->name, entry->key) &&
				add_line(&text, section->name, entry->key, entry->value, error) != 0)
				return NULL;
		}
	}
	return text.bytes;
}
