/* Rules over sources: see sources.h. */
#include "stages/validate/sources.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/base/date.h"

static const struct {
	unsigned bits;
	const char *name;
} sources[] = { { IN_AF, "AF" }, { IN_FK, "FK" }, { IN_KOM, "KOM" }, { IN_REG, "REG" }, { IN_SUS, "SUS" },
	{ IN_ENKAT, "ENKAT" }, { IN_SUS | IN_ENKAT, "SUS and ENKAT" } };
enum { PERSON_SOURCES = 4, ALL_GROUPS = 7 };

/* Persons in any of the sources `bits`; of those, the ones in no other. */
static uint64_t persons_in(const uint64_t presence[IN_COMBINATIONS], unsigned bits, uint64_t *alone)
{
	uint64_t persons = 0;
	*alone = 0;
	for (unsigned i = 0; i < IN_COMBINATIONS; i++) {
		if ((i & bits) == 0)
			continue;
		persons += presence[i];
		*alone += (i & ~bits) == 0 ? presence[i] : 0;
	}
	return persons;
}

bool sources_mismatch(const uint64_t presence[IN_COMBINATIONS], uint64_t least, char message[SOURCES_MISMATCH])
{
	uint64_t alone;
	int large = 0;
	for (size_t i = 0; i < PERSON_SOURCES; i++)
		large += persons_in(presence, sources[i].bits, &alone) >= least;
	for (size_t i = 0; i < ALL_GROUPS && large >= 2; i++) {
		uint64_t persons = persons_in(presence, sources[i].bits, &alone);
		if (persons < least || alone != persons)
			continue;
		(void)snprintf(message, SOURCES_MISMATCH,
			"%s: none of its %" PRIu64 " persons is in any other source: different pseudonymisation; have all sources "
			"pseudonymised with one key, or set gemensam nyckel = nej", sources[i].name, persons);
		return true;
	}
	return false;
}

/* ---- the rules of the schemas ---- */

struct judging {
	struct list *list;
	const struct profile *profile;
	const struct extract *const *extract;
	const struct settings *settings;
	struct error *error;
};

static int add(const struct judging *judging, size_t source, const struct extract_rule *rule, int64_t count, const char *unit)
{
	const struct breach breach = { .extract = source, .file = "", .column = judging->extract[source]->field[rule->field].name,
		.code = schema_rule_code(rule->kind), .label = rule->label, .severity = rule->severity, .count = count, .unit = unit };
	return list_breach(judging->list, &breach, judging->error);
}

/* A kommun that is the förbund's on some day. */
static bool is_inside(const struct settings *settings, const char *code)
{
	for (size_t i = 0; i < settings->kommuner_count; i++)
		if (settings_has_kommun(&settings->kommuner[i], code))
			return true;
	return false;
}

static int check_inside(const struct judging *judging, size_t source, const struct extract_rule *rule)
{
	const struct profile_source *profile = &judging->profile->source[source];
	const struct profile_field *field = &profile->field[rule->field];
	uint64_t outside = 0;
	for (size_t i = 0; i < field->codes; i++)
		outside += is_inside(judging->settings, field->code[i].code) ? 0 : field->code[i].rows;
	if ((double)outside <= judging->settings->utanfor * (double)profile->rows || outside <= (uint64_t)judging->settings->drift_antal)
		return 0;
	return add(judging, source, rule, (int64_t)outside, "rows outside");
}

static int check_fresh(const struct judging *judging, size_t source, const struct extract_rule *rule)
{
	const struct profile_field *field = &judging->profile->source[source].field[rule->field];
	if (field->latest == COLUMN_NONE_I32)
		return 0;
	int32_t behind = settings_last_month(judging->settings) - date_month_of(field->latest);
	return behind <= judging->settings->efterslapning ? 0 : add(judging, source, rule, behind, "months behind");
}

/* A share in a source and in the others together, as rows of two groups. */
struct spread {
	uint64_t part[PROFILE_DECADES], whole;
};

/* Women among those of known sex (`kon`), or rows by decade of birth. */
static void add_spread(struct spread *spread, const struct profile_source *source, bool kon)
{
	const struct profile_field *field = profile_field(source, "kon");
	if (kon && field != NULL) {
		spread->part[0] += profile_code_rows(field, "K");
		spread->whole += profile_code_rows(field, "K") + profile_code_rows(field, "M");
	}
	for (size_t i = 0; !kon && i < PROFILE_DECADES; i++) {
		spread->part[i] += source->decade[i];
		spread->whole += source->decade[i];
	}
}

static int check_shares(const struct judging *judging, size_t source, const struct extract_rule *rule)
{
	struct spread own = { .whole = 0 }, others = { .whole = 0 };
	bool kon = strcmp(judging->extract[source]->field[rule->field].name, "kon") == 0;
	double most = 0;
	for (size_t i = 0; i <= EXTRACT_REGION; i++)
		add_spread(i == source ? &own : &others, &judging->profile->source[i], kon);
	uint64_t least = (uint64_t)judging->settings->drift_antal;
	if (own.whole <= least || others.whole <= least)
		return 0;
	for (size_t i = 0; i < PROFILE_DECADES; i++)
		most = fmax(most, fabs((double)own.part[i] / (double)own.whole - (double)others.part[i] / (double)others.whole));
	return most <= judging->settings->skillnad ? 0 : add(judging, source, rule, (int64_t)lround(100 * most), "percentage points");
}

int sources_check(struct list *list, const struct profile *profile, const struct extract *const extract[EXTRACTS],
	const struct settings *settings, struct error *error)
{
	const struct judging judging = { list, profile, extract, settings, error };
	for (size_t source = 0; source < EXTRACT_PRISLISTA; source++)
		for (size_t i = 0; i < extract[source]->rules; i++) {
			const struct extract_rule *rule = &extract[source]->rule[i];
			int result = 0;
			if (profile->source[source].rows <= (uint64_t)settings->drift_antal)
				continue;
			if (rule->kind == RULE_INSIDE)
				result = check_inside(&judging, source, rule);
			else if (rule->kind == RULE_FRESH)
				result = check_fresh(&judging, source, rule);
			else if (rule->kind == RULE_SHARES)
				result = check_shares(&judging, source, rule);
			if (result != 0)
				return -1;
		}
	return 0;
}

/* ---- files ---- */

static const struct profile_file *same_before(const struct profile_source *source, size_t file)
{
	for (size_t i = 0; i < file; i++)
		if (source->file[i].rows == source->file[file].rows && strcmp(source->file[i].print, source->file[file].print) == 0)
			return &source->file[i];
	return NULL;
}

int sources_twice(struct list *list, const struct profile *profile, struct error *error)
{
	static const size_t counted_each_time[] = { EXTRACT_SUS, EXTRACT_VOLYM, EXTRACT_EKONOMI };
	for (size_t s = 0; s < sizeof counted_each_time / sizeof *counted_each_time; s++) {
		const struct profile_source *source = &profile->source[counted_each_time[s]];
		for (size_t i = 0; i < source->files; i++) {
			const struct profile_file *file = &source->file[i], *before = file->rows == 0 ? NULL : same_before(source, i);
			if (before == NULL)
				continue;
			const struct breach breach = { .extract = counted_each_time[s], .file = file->name, .column = "", .code = "FILE_TWICE",
				.label = arena_print(list->arena, error, "the very rows of %s, and rows without a pid count each time; take one away "
					"if it is a copy", before->name), .severity = SEVERITY_WARNING, .count = (int64_t)file->rows, .unit = "rows" };
			if (breach.label == NULL || list_breach(list, &breach, error) != 0)
				return -1;
		}
	}
	return 0;
}
