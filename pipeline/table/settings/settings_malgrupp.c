/* [målgrupp …] of forbund.ini: the conditions on the persons that are meant. */
#include <string.h>

#include "pipeline/table/csv/scan.h"
#include "pipeline/table/settings/settings_reading.h"

#define AGE_LIMIT 120
#define MONTH_LIMIT 240

const char *const parti_names[PARTIER] = { "AF", "FK", "KOM", "REG" };

unsigned parti_set(const char *combination)
{
	unsigned set = 0;
	for (const char *at = combination; *at != '\0'; at += strcspn(at, "+"), at += *at == '+')
		for (int parti = 0; parti < PARTIER; parti++)
			if (strlen(parti_names[parti]) == strcspn(at, "+") && strncmp(at, parti_names[parti], strcspn(at, "+")) == 0)
				set |= 1U << parti;
	return set;
}

static int take_age(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	struct malgrupp *group = field;
	int64_t from, to;
	if (!settings_scan_range(reading->entry->value, &from, &to) || to > AGE_LIMIT)
		return settings_not(reading, "a range of ages such as 16–29 (0–120)");
	if (from > to)
		return settings_key_fault(reading, "the range ends before it begins");
	group->age_from = (int)from;
	group->age_to = (int)to;
	return 0;
}

/* sokandekategori: any two digits, for the list of the authority grows. */
static int take_af(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	struct words words;
	if (settings_split(reading, &words) != 0)
		return -1;
	for (size_t i = 0; i < words.count; i++)
		if (strlen(words.word[i]) != 2 || strspn(words.word[i], "0123456789") != 2)
			return settings_key_fault(reading, "%s is not a sökandekategori of two digits",
				settings_quote(reading, words.word[i]));
	*(struct words *)field = words;
	return 0;
}

/* A letter and then letters, digits or points, as ICD-10 codes begin: F, F43, F43.8 */
static bool is_icd_prefix(const char *word)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	return strspn(word, letters) >= 1 && strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.") == strlen(word);
}

static int take_diagnos(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	struct words words;
	if (settings_split(reading, &words) != 0)
		return -1;
	for (size_t i = 0; i < words.count; i++)
		if (!is_icd_prefix(words.word[i]))
			return settings_key_fault(reading, "%s is not the beginning of an ICD-10 code such as F or F43",
				settings_quote(reading, words.word[i]));
	*(struct words *)field = words;
	return 0;
}

static int take_kom(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	if (strcmp(reading->entry->value, "ja") != 0)
		return settings_not(reading, "ja (leave the key out for no condition)");
	*(bool *)field = true;
	return 0;
}

static int take_parter(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	struct words words;
	if (settings_split(reading, &words) != 0)
		return -1;
	unsigned parter = 0;
	for (size_t i = 0; i < words.count; i++) {
		int parti = 0;
		while (parti < PARTIER && strcmp(parti_names[parti], words.word[i]) != 0)
			parti++;
		if (parti == PARTIER)
			return settings_unknown(reading, "part", words.word[i], parti_names, PARTIER);
		parter |= 1U << parti;
	}
	*(unsigned *)field = parter;
	return 0;
}

static int take_byten(struct reading *reading, const struct key *key, void *field)
{
	struct malgrupp *group = field;
	const char *at = reading->variable;
	int64_t months;
	if (!scan_whole(&at, &months) || !scan_end(at) || months < 2 || months > MONTH_LIMIT)
		return settings_key_fault(reading, "%s is not a number of months from 2 to %d",
			settings_quote(reading, reading->variable), MONTH_LIMIT);
	if (group->byten_manader > 0)
		return settings_key_fault(reading, "a group takes one condition on byten");
	if (settings_take_whole(reading, key, &group->byten) != 0)
		return -1;
	group->byten_manader = (int)months;
	if (group->byten >= months)
		return settings_key_fault(reading, "%d months hold at most %d changes", (int)months, (int)months - 1);
	return 0;
}

static int take_inte(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	size_t at = settings_refer(reading, "målgrupp", reading->malgrupp, reading->settings->malgrupp_count,
		sizeof *reading->malgrupp);
	if (at == SIZE_MAX)
		return -1;
	*(const struct malgrupp **)field = &reading->malgrupp[at];
	return 0;
}

static const struct key keys[] = {
	{ .name = "ålder", .read = take_age },
	{ .name = "kön", .read = settings_take_codes, .offset = offsetof(struct malgrupp, kon), .list = "kon" },
	{ .name = "kommun", .read = settings_take_codes, .offset = offsetof(struct malgrupp, kommun), .list = "kommun" },
	{ .name = "FK", .read = settings_take_codes, .offset = offsetof(struct malgrupp, fk), .list = "fk_forman" },
	{ .name = "AF", .read = take_af, .offset = offsetof(struct malgrupp, af) },
	{ .name = "AF ersättning", .read = settings_take_codes, .offset = offsetof(struct malgrupp, af_ersattning),
		.list = "ersattning" },
	{ .name = "KOM", .read = take_kom, .offset = offsetof(struct malgrupp, kom) },
	{ .name = "KOM hinder", .read = settings_take_codes, .offset = offsetof(struct malgrupp, kom_hinder),
		.list = "forsorjningshinder" },
	{ .name = "REG vardform", .read = settings_take_codes, .offset = offsetof(struct malgrupp, reg_vardform),
		.list = "vardform" },
	{ .name = "diagnos", .read = take_diagnos, .offset = offsetof(struct malgrupp, diagnos) },
	{ .name = "minst parter", .read = settings_take_whole, .offset = offsetof(struct malgrupp, minst_parter),
		.low = 1, .high = PARTIER },
	{ .name = "parter", .read = take_parter, .offset = offsetof(struct malgrupp, parter) },
	{ .name = "sammanhängande månader", .read = settings_take_months,
		.offset = offsetof(struct malgrupp, sammanhangande_manader), .low = 1, .high = MONTH_LIMIT },
	{ .name = "byten senaste N månader", .variable = "N", .read = take_byten, .low = 1, .high = MONTH_LIMIT },
	{ .name = "inte målgrupp", .read = take_inte, .offset = offsetof(struct malgrupp, inte) },
};

/* ---- what needs a common key ---- */

/* The parties that conditions of the group ask about, as bits. */
static unsigned parties(const struct malgrupp *group)
{
	unsigned bits = group->parter;
	if (group->fk.count > 0)
		bits |= 1U << PARTI_FK;
	if (group->af.count > 0 || group->af_ersattning.count > 0)
		bits |= 1U << PARTI_AF;
	if (group->kom || group->kom_hinder.count > 0)
		bits |= 1U << PARTI_KOM;
	if (group->reg_vardform.count > 0)
		bits |= 1U << PARTI_REG;
	return bits;
}

static bool is_one_bit(unsigned bits)
{
	return (bits & (bits - 1)) == 0;
}

/* One key at fault: "[målgrupp X]: 'KEY' needs a common key, …". */
static int needs_common_key(struct reading *reading, const struct ini_section *section, const char *key)
{
	const struct ini_entry *entry = NULL;
	for (size_t i = 0; i < section->count && entry == NULL; i++)
		if (strncmp(section->entry[i].key, key, strlen(key)) == 0)
			entry = &section->entry[i];
	if (entry == NULL)
		return 0;
	return settings_fault(reading, entry->line, "key %s in [%s] needs a common key, but gemensam nyckel = nej",
		settings_quote(reading, entry->key), section->name);
}

/* Without a common key each condition must be answered by one source: those of the group itself, and those of the groups
   that it leaves out. Diagnoses stand with FK and the region. */
static int check_common_key(struct reading *reading, const struct ini_section *section, void *item)
{
	const struct malgrupp *group = item;
	if (reading->settings->gemensam_nyckel)
		return 0;
	int result = 0;
	if (group->minst_parter > 1)
		result |= needs_common_key(reading, section, "minst parter");
	if (!is_one_bit(group->parter))
		result |= needs_common_key(reading, section, "parter");
	if (group->byten > 0)
		result |= needs_common_key(reading, section, "byten senaste ");
	if (result != 0)
		return -1;
	unsigned bits = 0;
	bool diagnos = false;
	size_t steps = reading->settings->malgrupp_count; /* a circle is told elsewhere and must not hang this */
	for (const struct malgrupp *part = group; part != NULL && steps > 0; part = part->inte, steps--) {
		bits |= parties(part);
		diagnos = diagnos || part->diagnos.count > 0;
	}
	bool without_diagnos = (bits & (1U << PARTI_AF | 1U << PARTI_KOM)) != 0;
	if (is_one_bit(bits) && !(diagnos && without_diagnos))
		return 0;
	return settings_fault(reading, section->line,
		"[%s] has conditions on several parties, which needs a common key, but gemensam nyckel = nej", section->name);
}

static const void *left_out(const void *item)
{
	return ((const struct malgrupp *)item)->inte;
}

static int check(struct reading *reading, const struct ini_section *section, void *item)
{
	int result = check_common_key(reading, section, item);
	if (strchr(section->name, '|') != NULL) /* joins the parts of a key in publicerat.csv */
		return settings_fault(reading, section->line, "[%s]: a name holds no '|'", section->name);
	if (settings_begins_circle(item, left_out, reading->settings->malgrupp_count))
		return settings_fault(reading, settings_line(section, "inte målgrupp"),
			"key 'inte målgrupp': [%s] leaves out itself in a circle", section->name);
	return result;
}

static void *add(struct reading *reading, const char *name, int line)
{
	struct malgrupp *group = &reading->malgrupp[reading->settings->malgrupp_count++];
	*group = (struct malgrupp){ .name = name, .line = line, .age_from = -1, .age_to = -1 };
	return group;
}

const struct section_kind section_malgrupp = { .name = "målgrupp", .add = add, .key = keys,
	.keys = sizeof keys / sizeof *keys, .check = check };
