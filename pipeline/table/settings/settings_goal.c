/* The goals of an insats: measure, requirement, and whether the two fit: see settings_goal.h. */
#include "pipeline/table/settings/settings_goal.h"

#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/table/csv/scan.h"

#define WITHIN_LIMIT 240 /* months */

#define PERSONAL (1U << REGISTRATION_PERSONAL)
#define ANONYMOUS (1U << REGISTRATION_ANONYMOUS)
#define VOLUME (1U << REGISTRATION_VOLUME)

/* What a goal on a measure may say. */
struct measure {
	const char *name;
	enum goal_measure measure;
	enum goal_unit unit;    /* of a plain number */
	bool number, share;     /* whether it may be one, a per cent */
	enum goal_base base;    /* of a per cent that names none; GOAL_NUMBER: it must name one */
	unsigned registrations; /* that it can be computed from */
};

static const struct measure measures[] = {
	{ "deltagare", GOAL_DELTAGARE, GOAL_UNIT_COUNT, true, false, GOAL_NUMBER, PERSONAL | ANONYMOUS | VOLUME },
	{ "nya", GOAL_NYA, GOAL_UNIT_COUNT, true, false, GOAL_NUMBER, PERSONAL | ANONYMOUS },
	{ "avslutade", GOAL_AVSLUTADE, GOAL_UNIT_COUNT, true, false, GOAL_NUMBER, PERSONAL | ANONYMOUS },
	{ "könsfördelning", GOAL_KONSFORDELNING, GOAL_UNIT_PER_CENT, false, true, GOAL_AV_DELTAGARE,
		PERSONAL | ANONYMOUS | VOLUME },
	{ "enkät vid start och avslut", GOAL_ENKAT, GOAL_UNIT_COUNT, true, true, GOAL_NUMBER, PERSONAL },
	{ "kostnad per deltagare", GOAL_KOSTNAD, GOAL_UNIT_KR, true, false, GOAL_NUMBER, PERSONAL | ANONYMOUS | VOLUME },
	{ "kötid", GOAL_KOTID, GOAL_UNIT_MONTHS, true, false, GOAL_NUMBER, PERSONAL | ANONYMOUS },
};
#define MEASURES (sizeof measures / sizeof *measures)

/* Every [mått …]. */
static const struct measure own_measure = { "mått", GOAL_MATT, GOAL_UNIT_COUNT, true, true, GOAL_NUMBER,
	PERSONAL | ANONYMOUS };

/* A requirement as it is written. */
struct requirement {
	enum goal_form form;
	double low, high;
	bool share;          /* per cents */
	enum goal_base base; /* GOAL_NUMBER: none named */
	enum goal_unit unit; /* GOAL_UNIT_COUNT: none named */
};

static const char *const base_words[] = { "avslutade", "deltagare", "startade" };
static const enum goal_base bases[] = { GOAL_AV_AVSLUTADE, GOAL_AV_DELTAGARE, GOAL_AV_STARTADE };
#define BASES (sizeof bases / sizeof *bases)
#define BASE_LIST "'av avslutade', 'av deltagare' or 'av startade'"

static const struct measure *built_in(const char *name)
{
	for (size_t i = 0; i < MEASURES; i++)
		if (strcmp(measures[i].name, name) == 0)
			return &measures[i];
	return NULL;
}

bool goal_is_built_in(const char *name)
{
	return built_in(name) != NULL;
}

/* ---- the requirement ---- */

/* "cirka N ± P %" behind cirka; N may be a per cent too. */
static bool scan_about(const char **at, struct requirement *krav)
{
	double middle, spread;
	if (!scan_number(at, &middle))
		return false;
	krav->share = scan_sign(at, "%");
	if (!scan_plus_minus(at) || !scan_number(at, &spread) || !scan_sign(at, "%") || spread > 100)
		return false;
	krav->low = middle * (100 - spread) / 100;
	krav->high = middle * (100 + spread) / 100;
	return true;
}

/* "40–60 %", "40 % – 60 %" */
static bool scan_between(const char **at, struct requirement *krav)
{
	if (!scan_number(at, &krav->low))
		return false;
	bool sign = scan_sign(at, "%");
	if (!scan_dash(at) || !scan_number(at, &krav->high))
		return false;
	krav->share = scan_sign(at, "%");
	return krav->share || !sign;
}

static bool scan_bounds(const char **at, struct requirement *krav)
{
	double *bound = NULL;
	if (scan_word(at, "minst")) {
		krav->form = GOAL_MINST;
		bound = &krav->low;
	} else if (scan_word(at, "högst")) {
		krav->form = GOAL_HOGST;
		bound = &krav->high;
	} else if (scan_word(at, "cirka")) {
		krav->form = GOAL_CIRKA;
		return scan_about(at, krav);
	} else {
		krav->form = GOAL_MELLAN;
		return scan_between(at, krav);
	}
	if (!scan_number(at, bound))
		return false;
	krav->share = scan_sign(at, "%");
	return true;
}

/* "av avslutade" behind av. */
static int scan_base(const struct reading *reading, const char **at, struct requirement *krav)
{
	for (size_t i = 0; i < BASES; i++) {
		if (scan_word(at, base_words[i])) {
			krav->base = bases[i];
			return 0;
		}
	}
	return settings_unknown(reading, "base", *at + strspn(*at, " "), base_words, BASES);
}

static int read_requirement(const struct reading *reading, const char *text, struct requirement *krav)
{
	const char *at = text;
	*krav = (struct requirement){ .base = GOAL_NUMBER, .unit = GOAL_UNIT_COUNT };
	if (!scan_bounds(&at, krav))
		goto malformed;
	if (scan_word(&at, "kr"))
		krav->unit = GOAL_UNIT_KR;
	else if (scan_months(&at))
		krav->unit = GOAL_UNIT_MONTHS;
	if (scan_word(&at, "av") && scan_base(reading, &at, krav) != 0)
		return -1;
	if (!scan_end(at))
		goto malformed;
	if (krav->form == GOAL_MELLAN && krav->low > krav->high)
		return settings_key_fault(reading, "the range in %s ends before it begins", settings_quote(reading, text));
	return 0;
malformed:
	return settings_key_fault(reading,
		"%s is none of minst N, högst N, cirka N ± P %%, A–B %%; a per cent may end with " BASE_LIST,
		settings_quote(reading, text));
}

/* ---- the measure ---- */

/* Cuts " inom N månader" off the end of the name; *months = N, 0 when it does not stand there. */
static int cut_within(const struct reading *reading, char *name, int *months)
{
	char *mark = NULL;
	for (char *next = strstr(name, " inom "); next != NULL; next = strstr(next + 1, " inom "))
		mark = next;
	*months = 0;
	if (mark == NULL)
		return 0;
	const char *at = mark + strlen(" inom ");
	int64_t number;
	if (!scan_whole(&at, &number) || !scan_months(&at) || !scan_end(at) || number < 1 || number > WITHIN_LIMIT)
		return settings_key_fault(reading, "%s is not 'inom N månader' with N from 1 to %d",
			settings_quote(reading, mark + 1), WITHIN_LIMIT);
	*mark = '\0';
	*months = (int)number;
	return 0;
}

static const struct matt *own_matt(const struct reading *reading, const char *name)
{
	for (size_t i = 0; i < reading->settings->matt_count; i++)
		if (strcmp(reading->matt[i].name, name) == 0)
			return &reading->matt[i];
	return NULL;
}

static int unknown_measure(const struct reading *reading, const char *name)
{
	size_t count = MEASURES + reading->settings->matt_count;
	const char **known = arena_take(reading->arena, count, sizeof *known, reading->error);
	if (known == NULL)
		return -1;
	for (size_t i = 0; i < MEASURES; i++)
		known[i] = measures[i].name;
	for (size_t i = MEASURES; i < count; i++)
		known[i] = reading->matt[i - MEASURES].name;
	const char *hint = settings_hint(reading, name, known, count, "the valid ones are");
	return settings_key_fault(reading, "unknown measure %s%s%s add a section [mått %s]", settings_quote(reading, name), hint,
		text_ends(hint, "?") ? " If not," : "; or", strlen(name) <= 60 ? name : "NAME");
}

/* Fills in measure, matt and within_months from the text before the colon. NULL with the fault added. */
static const struct measure *read_measure(const struct reading *reading, struct goal *goal)
{
	char *name = arena_text(reading->arena, goal->matt_namn, strlen(goal->matt_namn), reading->error);
	if (name == NULL)
		return NULL;
	goal->matt = own_matt(reading, name);
	if (goal->matt == NULL) {
		if (cut_within(reading, name, &goal->within_months) != 0)
			return NULL;
		goal->matt = own_matt(reading, name);
	}
	const struct measure *measure = goal->matt != NULL ? &own_measure : built_in(name);
	if (measure == NULL) {
		(void)unknown_measure(reading, name);
		return NULL;
	}
	if (goal->within_months > 0 && goal->matt == NULL) {
		(void)settings_key_fault(reading, "'inom N månader' goes with a [mått …] only, not with %s",
			settings_quote(reading, name));
		return NULL;
	}
	goal->measure = measure->measure;
	return measure;
}

/* ---- both ---- */

static const char *unit_text(enum goal_unit unit)
{
	return unit == GOAL_UNIT_KR ? "kr" : unit == GOAL_UNIT_MONTHS ? "månader" : "a number";
}

/* Whether the requirement suits the measure. */
static int fit(const struct reading *reading, const struct measure *measure, struct requirement *krav)
{
	if (krav->form == GOAL_CIRKA && (krav->base != GOAL_NUMBER || !measure->number))
		krav->share = true; /* cirka 30 ± 10 % av avslutade: the sign may be left out of the first */
	if (krav->base != GOAL_NUMBER && !krav->share)
		return settings_key_fault(reading, "a goal with a base is a per cent: minst 30 %% av avslutade");
	if (krav->unit != GOAL_UNIT_COUNT && (krav->share || krav->unit != measure->unit))
		return settings_key_fault(reading, "the unit %s does not belong to this measure", unit_text(krav->unit));
	if (krav->share && !measure->share)
		return settings_key_fault(reading, "'%s' is not a per cent but %s", measure->name,
			measure->unit == GOAL_UNIT_COUNT ? "a plain number: minst 80" : unit_text(measure->unit));
	if (!krav->share && !measure->number)
		return settings_key_fault(reading, "'%s' is a per cent: 40–60 %%", measure->name);
	if (krav->share && krav->base == GOAL_NUMBER && measure->base == GOAL_NUMBER)
		return settings_key_fault(reading, "a per cent of what? Add " BASE_LIST);
	if (krav->share && (krav->low > 100 || (krav->high > 100 && krav->form != GOAL_CIRKA)))
		return settings_key_fault(reading, "more than 100 %%");
	return 0;
}

int goal_read(struct reading *reading, struct goal *goal)
{
	const char *value = reading->entry->value, *colon = strrchr(value, ':');
	if (colon == NULL)
		return settings_key_fault(reading, "%s is not MEASURE: REQUIREMENT, such as deltagare: minst 80",
			settings_quote(reading, value));
	const char *name = value, *text = colon + 1;
	size_t name_length = (size_t)(colon - value), text_length = strlen(text);
	text_trim(&name, &name_length);
	text_trim(&text, &text_length);
	*goal = (struct goal){ .line = reading->entry->line };
	goal->matt_namn = arena_text(reading->arena, name, name_length, reading->error);
	goal->krav = arena_text(reading->arena, text, text_length, reading->error);
	if (goal->matt_namn == NULL || goal->krav == NULL)
		return -1;
	struct requirement krav;
	const struct measure *measure = read_measure(reading, goal);
	if (measure == NULL || read_requirement(reading, goal->krav, &krav) != 0 || fit(reading, measure, &krav) != 0)
		return -1;
	goal->form = krav.form;
	goal->low = krav.low;
	goal->high = krav.high;
	goal->base = krav.share && krav.base == GOAL_NUMBER ? measure->base : krav.base;
	goal->unit = krav.share ? GOAL_UNIT_PER_CENT : measure->unit;
	return 0;
}

int goal_check(struct reading *reading, const struct goal *goal, const struct insats *insats)
{
	static const char *const registrations[] = { [REGISTRATION_PERSONAL] = "personuppgifter",
		[REGISTRATION_ANONYMOUS] = "anonym", [REGISTRATION_VOLUME] = "volym" };
	const struct measure *measure = &own_measure;
	for (size_t i = 0; i < MEASURES; i++)
		if (measures[i].measure == goal->measure)
			measure = &measures[i];
	bool volume = insats->registration == REGISTRATION_VOLUME;
	if ((measure->registrations & 1U << insats->registration) == 0)
		return settings_fault(reading, goal->line, "goal '%s' cannot be computed: [insats %s] has registrering = %s%s",
			goal->matt_namn, insats->name, registrations[insats->registration],
			volume ? ", which allows deltagare, könsfördelning and kostnad per deltagare"
			       : ", without the pid that links an enkät");
	if (volume && goal->base != GOAL_NUMBER && goal->base != GOAL_AV_DELTAGARE)
		return settings_fault(reading, goal->line,
			"goal '%s' of [insats %s] with registrering = volym can only be 'av deltagare'", goal->matt_namn,
			insats->name);
	return 0;
}
