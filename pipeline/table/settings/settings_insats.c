/* [insats …] and [mått …] of forbund.ini; the goals of an insats are read in settings_goal.c. */
#include <string.h>

#include "pipeline/table/settings/settings_goal.h"
#include "pipeline/table/settings/settings_reading.h"

/* ---- [mått …] ---- */

static int take_utesluter(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	size_t at = settings_refer(reading, "mått", reading->matt, reading->settings->matt_count, sizeof *reading->matt);
	if (at == SIZE_MAX)
		return -1;
	*(const struct matt **)field = &reading->matt[at];
	return 0;
}

static const struct key matt_keys[] = {
	{ .name = "vid avslut", .required = true, .read = settings_take_codes, .offset = offsetof(struct matt, vid_avslut),
		.list = "sysselsattning" },
	{ .name = "utesluter", .read = take_utesluter, .offset = offsetof(struct matt, utesluter) },
};

static const void *excluded(const void *item)
{
	return ((const struct matt *)item)->utesluter;
}

static int check_matt(struct reading *reading, const struct ini_section *section, void *item)
{
	const struct matt *matt = item;
	int result = 0;
	if (goal_is_built_in(matt->name))
		result = settings_fault(reading, section->line, "[%s] has the name of a built-in measure", section->name);
	if (settings_begins_circle(item, excluded, reading->settings->matt_count))
		result = settings_fault(reading, settings_line(section, "utesluter"),
			"key 'utesluter': [%s] excludes itself in a circle", section->name);
	return result;
}

static void *add_matt(struct reading *reading, const char *name, int line)
{
	struct matt *matt = &reading->matt[reading->settings->matt_count++];
	*matt = (struct matt){ .name = name, .line = line };
	return matt;
}

const struct section_kind section_matt = { .name = "mått", .add = add_matt, .key = matt_keys,
	.keys = sizeof matt_keys / sizeof *matt_keys, .check = check_matt };

/* ---- [insats …] ---- */

static int take_registration(struct reading *reading, const struct key *key, void *field)
{
	static const enum registration registrations[] = { REGISTRATION_PERSONAL, REGISTRATION_ANONYMOUS,
		REGISTRATION_VOLUME };
	int choice = settings_choose(reading, key->choices);
	if (choice < 0)
		return -1;
	*(enum registration *)field = registrations[choice];
	return 0;
}

static int take_malgrupp(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	size_t at = settings_refer(reading, "målgrupp", reading->malgrupp, reading->settings->malgrupp_count,
		sizeof *reading->malgrupp);
	if (at == SIZE_MAX)
		return -1;
	*(const struct malgrupp **)field = &reading->malgrupp[at];
	return 0;
}

static int take_ingar_i(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	size_t at = settings_refer(reading, "insats", reading->insats, reading->settings->insats_count,
		sizeof *reading->insats);
	if (at == SIZE_MAX)
		return -1;
	*(const struct insats **)field = &reading->insats[at];
	return 0;
}

/* A section's `mål` follow each other in reading->goal, for no other section is read between them. */
static int take_goal(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	struct insats *insats = field;
	struct goal goal;
	if (goal_read(reading, &goal) != 0)
		return -1;
	if (insats->goals == 0)
		insats->goal = reading->goal;
	insats->goals++;
	*reading->goal++ = goal;
	return 0;
}

static const char *const registration_choices[] = { "personuppgifter", "anonym", "volym", NULL };
static const char *const level_choices[] = { "låg", "medel", "hög", NULL };
static const char *const direction_choices[] = { "IND", "STR", NULL };

static const struct key insats_keys[] = {
	{ .name = "registrering", .read = take_registration, .offset = offsetof(struct insats, registration),
		.choices = registration_choices },
	{ .name = "målgrupp", .read = take_malgrupp, .offset = offsetof(struct insats, malgrupp) },
	{ .name = "maxtid", .read = settings_take_months, .offset = offsetof(struct insats, maxtid_months), .low = 1,
		.high = 240 },
	{ .name = "risk", .read = settings_take_choice, .offset = offsetof(struct insats, risk),
		.choices = level_choices },
	{ .name = "effekt", .read = settings_take_choice, .offset = offsetof(struct insats, effekt),
		.choices = level_choices },
	{ .name = "inriktning", .read = settings_take_choice, .offset = offsetof(struct insats, inriktning),
		.choices = direction_choices },
	{ .name = "ingår i", .read = take_ingar_i, .offset = offsetof(struct insats, ingar_i) },
	{ .name = "mål", .read = take_goal },
};

static const void *container(const void *item)
{
	return ((const struct insats *)item)->ingar_i;
}

static int check_insats(struct reading *reading, const struct ini_section *section, void *item)
{
	const struct insats *insats = item;
	int result = 0;
	for (size_t i = 0; i < insats->goals; i++)
		result |= goal_check(reading, &insats->goal[i], insats);
	if (strcmp(insats->name, "TOT") == 0)
		result = settings_fault(reading, section->line, "[insats TOT]: the name TOT is kept for totals");
	if (strchr(insats->name, '|') != NULL) /* joins the parts of a key in publicerat.csv */
		result = settings_fault(reading, section->line, "[%s]: a name holds no '|'", section->name);
	if (settings_begins_circle(item, container, reading->settings->insats_count))
		result = settings_fault(reading, settings_line(section, "ingår i"),
			"key 'ingår i': [%s] contains itself in a circle", section->name);
	return result;
}

static void *add_insats(struct reading *reading, const char *name, int line)
{
	struct insats *insats = &reading->insats[reading->settings->insats_count++];
	*insats = (struct insats){ .name = name, .line = line, .registration = REGISTRATION_PERSONAL };
	return insats;
}

const struct section_kind section_insats = { .name = "insats", .add = add_insats, .key = insats_keys,
	.keys = sizeof insats_keys / sizeof *insats_keys, .check = check_insats };
