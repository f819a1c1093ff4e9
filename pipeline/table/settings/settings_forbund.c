/* [förbund], [redovisning], [kalkyl], [källa …], [gränser] and [behåll] of forbund.ini. */
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/table/csv/scan.h"
#include "pipeline/table/settings/settings_reading.h"

#define PANEL_LIMIT 240     /* months */
#define HISTORY_MONTHS 60   /* before the period, when `historik från` is not given */
#define AGE_LIMIT 120

/* ---- [förbund] ---- */

static int take_kommuner(struct reading *reading, const struct key *key, void *field)
{
	(void)field;
	struct kommuner entry = { .from = INT32_MIN };
	if (reading->variable != NULL) {
		const char *at = reading->variable;
		if (!scan_date(&at, &entry.from) || !scan_end(at))
			return settings_fault(reading, reading->entry->line,
				"key %s: %s is not a date (YYYY-MM-DD)", settings_quote(reading, reading->entry->key),
				settings_quote(reading, reading->variable));
	}
	if (settings_take_codes(reading, key, &entry.codes) != 0)
		return -1;
	size_t at = reading->settings->kommuner_count++; /* insertion by day */
	for (; at > 0 && reading->kommuner[at - 1].from > entry.from; at--)
		reading->kommuner[at] = reading->kommuner[at - 1];
	reading->kommuner[at] = entry;
	return 0;
}

/* A date, or a month as its first or last day. */
static bool scan_limit(const char **at, bool last, int32_t *day)
{
	int32_t month;
	if (scan_date(at, day))
		return true;
	if (!scan_month(at, &month))
		return false;
	*day = last ? date_last_day(month) : date_first_day(month);
	return true;
}

static int take_period(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	(void)field;
	const char *at = reading->entry->value;
	int32_t from, to;
	char text[DATE_TEXT];
	if (!scan_limit(&at, false, &from) || !scan_dash(&at) || !scan_limit(&at, true, &to) || !scan_end(at))
		return settings_not(reading, "a period such as 2018-01-01 – 2018-08-31");
	if (to < from)
		return settings_key_fault(reading, "the period ends before it begins");
	int32_t first = date_first_day(date_month_of(from)), last = date_last_day(date_month_of(to));
	int result = 0;
	if (from != first) {
		date_write(first, text);
		result = settings_key_fault(reading, "the period must be whole months; did you mean it to begin on %s?",
			text);
	}
	if (to != last) {
		date_write(last, text);
		result = settings_key_fault(reading, "the period must be whole months; did you mean it to end on %s?",
			text);
	}
	reading->settings->period_from = first;
	reading->settings->period_to = last;
	reading->period_read = result == 0;
	return result;
}

int settings_read_period(struct reading *reading, const char *period)
{
	const struct ini_entry entry = { .key = "period", .value = period };
	reading->entry = &entry;
	int result = take_period(reading, NULL, NULL);
	reading->entry = NULL;
	return result;
}

static int take_historik(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	const char *at = reading->entry->value;
	if (!scan_month(&at, field) || !scan_end(at))
		return settings_not(reading, "a month (YYYY-MM)");
	reading->historik_read = true;
	return 0;
}

static int take_uttagsdatum(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	const char *at = reading->entry->value;
	if (!scan_date(&at, field) || !scan_end(at))
		return settings_not(reading, "a date (YYYY-MM-DD)");
	reading->uttagsdatum_read = true;
	return 0;
}

static const char *const yes_choices[] = { "nej", "ja", NULL };

static const struct key forbund_keys[] = {
	{ .name = "namn", .required = true, .read = settings_take_text, .offset = offsetof(struct settings, namn) },
	{ .name = "kommuner", .required = true, .read = take_kommuner, .list = "kommun" },
	{ .name = "kommuner från YYYY-MM-DD", .variable = "YYYY-MM-DD", .read = take_kommuner, .list = "kommun" },
	{ .name = "period", .required = true, .read = take_period },
	{ .name = "historik från", .read = take_historik, .offset = offsetof(struct settings, historik_from) },
	{ .name = "uttagsdatum", .read = take_uttagsdatum, .offset = offsetof(struct settings, uttagsdatum) },
	{ .name = "gemensam nyckel", .read = settings_take_either, .offset = offsetof(struct settings, gemensam_nyckel),
		.choices = yes_choices },
};

/* The panel from `historik från`, or its default, to the end of the period. */
static int resolve_panel(struct reading *reading, const struct ini_section *section)
{
	struct settings *settings = reading->settings;
	int32_t first = date_month_of(settings->period_from), last = date_month_of(settings->period_to);
	char text[DATE_TEXT];
	date_write_month(last - PANEL_LIMIT + 1, text);
	if (last - first + 1 > PANEL_LIMIT)
		return settings_fault(reading, settings_line(section, "period"), "key 'period': longer than %d months",
			PANEL_LIMIT);
	if (!reading->historik_read) {
		int32_t from = first - HISTORY_MONTHS;
		settings->historik_from = from > last - PANEL_LIMIT ? from : last - PANEL_LIMIT + 1;
		return 0;
	}
	int line = settings_line(section, "historik från");
	if (settings->historik_from > first) {
		date_write_month(first, text);
		return settings_fault(reading, line,
			"key 'historik från': after the first month of the period, which is %s", text);
	}
	if (last - settings->historik_from + 1 > PANEL_LIMIT)
		return settings_fault(reading, line,
			"key 'historik från': more than %d months up to the end of the period; %s is the earliest",
			PANEL_LIMIT, text);
	return 0;
}

static int check_forbund(struct reading *reading, const struct ini_section *section, void *item)
{
	struct settings *settings = item;
	if (!settings->gemensam_nyckel && !reading->underlag_read)
		settings->underlag = UNDERLAG_SUS;
	if (!reading->period_read)
		return 0; /* its fault is told already */
	if (!reading->uttagsdatum_read)
		settings->uttagsdatum = settings->period_to;
	return resolve_panel(reading, section);
}

const struct section_kind section_forbund = { .name = "förbund", .key = forbund_keys,
	.keys = sizeof forbund_keys / sizeof *forbund_keys, .check = check_forbund };

/* ---- [redovisning] ---- */

static int take_age_groups(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	struct settings *settings = field;
	struct words words;
	if (settings_split(reading, &words) != 0)
		return -1;
	struct age_group *group = arena_take(reading->arena, words.count, sizeof *group, reading->error);
	if (group == NULL)
		return -1;
	for (size_t i = 0; i < words.count; i++) {
		int64_t from, to;
		const char *quoted = settings_quote(reading, words.word[i]);
		if (!settings_scan_range(words.word[i], &from, &to) || from > to || to > AGE_LIMIT)
			return settings_key_fault(reading, "%s is not an age group such as 16–19 (0–%d)", quoted, AGE_LIMIT);
		if (i > 0 && from != group[i - 1].to + 1)
			return settings_key_fault(reading, "%s must begin at %d: the groups ascend without gaps", quoted,
				group[i - 1].to + 1);
		group[i] = (struct age_group){ .from = (int)from, .to = (int)to };
		group[i].label = arena_print(reading->arena, reading->error, "%d-%d", group[i].from, group[i].to);
		if (group[i].label == NULL)
			return -1;
	}
	settings->age_group = group;
	settings->age_groups = words.count;
	return 0;
}

static const char *const skydd_choices[] = { "undertryckning", "avrundning", NULL };

static int take_skydd(struct reading *reading, const struct key *key, void *field)
{
	(void)field;
	int choice = settings_choose(reading, key->choices);
	reading->settings->avrundning = choice == 1;
	return choice < 0 ? -1 : 0;
}

static const char *const licens_choices[] = { "CC0-1.0", "CC-BY-4.0", NULL };

static int take_licens(struct reading *reading, const struct key *key, void *field)
{
	(void)field;
	int choice = settings_choose(reading, key->choices);
	if (choice < 0)
		return -1;
	reading->settings->licens = key->choices[choice];
	return 0;
}

/* A per cent, or nej for none; `form` says so. */
static int take_per_cent_or_nej(struct reading *reading, const struct key *key, void *field, const char *form)
{
	const char *at = reading->entry->value;
	double share;
	if (strcmp(reading->entry->value, "nej") == 0) {
		*(double *)field = 0;
		return 0;
	}
	if (!settings_scan_per_cent(&at, &share) || !scan_end(at))
		return settings_not(reading, form);
	return settings_take_per_cent(reading, key, field);
}

static int take_dominans(struct reading *reading, const struct key *key, void *field)
{
	return take_per_cent_or_nej(reading, key, field, "nej or a per cent such as 10 %");
}

static const struct key redovisning_keys[] = {
	{ .name = "minsta antal", .read = settings_take_whole, .offset = offsetof(struct settings, minsta_antal),
		.low = 3, .high = 1000 },
	{ .name = "åldersgrupper", .read = take_age_groups },
	{ .name = "konfidensgrad", .read = settings_take_per_cent, .offset = offsetof(struct settings, konfidensgrad),
		.low = 50, .high = 99.99 },
	{ .name = "skydd", .read = take_skydd, .choices = skydd_choices },
	{ .name = "dominans", .read = take_dominans, .offset = offsetof(struct settings, dominans), .high = 100 },
	{ .name = "licens", .read = take_licens, .choices = licens_choices },
};

const struct section_kind section_redovisning = { .name = "redovisning", .key = redovisning_keys,
	.keys = sizeof redovisning_keys / sizeof *redovisning_keys };

/* ---- [kalkyl] ---- */

static int take_underlag(struct reading *reading, const struct key *key, void *field)
{
	(void)field;
	int choice = settings_choose(reading, key->choices);
	if (choice < 0)
		return -1;
	reading->settings->underlag = choice == 0 ? UNDERLAG_EXTRAKT : UNDERLAG_SUS;
	reading->underlag_read = true;
	return 0;
}

/* "(10–30)", each with or without the sign, as fractions */
static bool scan_limits(const char **at, double *low, double *high)
{
	if (!scan_sign(at, "(") || !scan_number(at, low))
		return false;
	(void)scan_sign(at, "%");
	if (!scan_dash(at) || !scan_number(at, high))
		return false;
	(void)scan_sign(at, "%");
	*low /= 100;
	*high /= 100;
	return scan_sign(at, ")");
}

/* "20 % (10–30)", "20 %" */
static int take_uncertain(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	const char *at = reading->entry->value;
	struct uncertain share;
	bool known = settings_scan_per_cent(&at, &share.mode);
	if (known && scan_end(at))
		share.low = share.high = share.mode;
	else if (!known || !scan_limits(&at, &share.low, &share.high) || !scan_end(at))
		return settings_not(reading, "a per cent with its range such as 20 % (10–30)");
	if (share.low > share.mode || share.mode > share.high)
		return settings_key_fault(reading, "the range must hold the value: least ≤ value ≤ most");
	if (share.high > 1)
		return settings_key_fault(reading, "more than 100 %%");
	*(struct uncertain *)field = share;
	return 0;
}

static int take_fro(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	const char *at = reading->entry->value;
	int64_t number;
	if (!scan_whole(&at, &number) || !scan_end(at))
		return settings_not(reading, "a whole number of at most 18 digits");
	*(uint64_t *)field = (uint64_t)number;
	return 0;
}

static int take_inkomstutjamning(struct reading *reading, const struct key *key, void *field)
{
	return take_per_cent_or_nej(reading, key, field, "nej or the per cent taken back, such as 95 %");
}

static const char *const underlag_choices[] = { "extrakt", "sus", NULL };

static const struct key kalkyl_keys[] = {
	{ .name = "underlag", .read = take_underlag, .choices = underlag_choices },
	{ .name = "kalkylränta", .read = settings_take_per_cent, .offset = offsetof(struct settings, kalkylranta),
		.high = 50 },
	{ .name = "horisont", .read = settings_take_months, .offset = offsetof(struct settings, horisont), .low = 1,
		.high = 600 },
	{ .name = "före", .read = settings_take_months, .offset = offsetof(struct settings, fore), .low = 1, .high = 120 },
	{ .name = "efter", .read = settings_take_months, .offset = offsetof(struct settings, efter), .low = 1,
		.high = 120 },
	{ .name = "dödvikt", .read = take_uncertain, .offset = offsetof(struct settings, dodvikt) },
	{ .name = "avtagande", .read = take_uncertain, .offset = offsetof(struct settings, avtagande) },
	{ .name = "prisosäkerhet", .read = settings_take_per_cent, .offset = offsetof(struct settings, prisosakerhet),
		.high = 100 },
	{ .name = "simuleringar", .read = settings_take_whole, .offset = offsetof(struct settings, simuleringar),
		.low = 1, .high = 1000000 },
	{ .name = "frö", .read = take_fro, .offset = offsetof(struct settings, fro) },
	{ .name = "inkomstutjämning", .read = take_inkomstutjamning,
		.offset = offsetof(struct settings, inkomstutjamning), .high = 100 },
};

static int check_kalkyl(struct reading *reading, const struct ini_section *section, void *item)
{
	const struct settings *settings = item;
	if (settings->gemensam_nyckel || !reading->underlag_read || settings->underlag != UNDERLAG_EXTRAKT)
		return 0;
	return settings_fault(reading, settings_line(section, "underlag"),
		"key 'underlag': extrakt needs a common key, but gemensam nyckel = nej; write underlag = sus");
}

const struct section_kind section_kalkyl = { .name = "kalkyl", .key = kalkyl_keys,
	.keys = sizeof kalkyl_keys / sizeof *kalkyl_keys, .check = check_kalkyl };

/* ---- [källa …], [gränser], [behåll] ---- */

static const char *const encoding_choices[] = { "utf-8", "windows-1252", "UTF-8", NULL };

static const struct key kalla_keys[] = {
	{ .name = "teckenkodning", .read = settings_take_either, .offset = offsetof(struct kalla, windows_1252),
		.choices = encoding_choices },
	{ .name = "ignorera", .read = settings_take_words, .offset = offsetof(struct kalla, ignorera) },
};

static void *add_kalla(struct reading *reading, const char *name, int line)
{
	(void)line;
	struct kalla *kalla = &reading->kalla[reading->settings->kalla_count++];
	*kalla = (struct kalla){ .name = name };
	return kalla;
}

static int check_kalla(struct reading *reading, const struct ini_section *section, void *item)
{
	static const char *const extracts[] = { "af", "fk", "kommun", "region", "sus", "volym", "enkat", "intresse",
		"ekonomi" };
	const struct kalla *kalla = item;
	size_t count = sizeof extracts / sizeof *extracts;
	for (size_t i = 0; i < count; i++)
		if (strcmp(extracts[i], kalla->name) == 0)
			return 0;
	return settings_fault(reading, section->line, "[källa %s] names no extract%s", kalla->name,
		settings_hint(reading, kalla->name, extracts, count, "they are"));
}

const struct section_kind section_kalla = { .name = "källa", .add = add_kalla, .key = kalla_keys,
	.keys = sizeof kalla_keys / sizeof *kalla_keys, .check = check_kalla };

static const struct key granser_keys[] = {
	{ .name = "avvisade", .read = settings_take_per_cent, .offset = offsetof(struct settings, avvisade), .high = 100 },
	{ .name = "avvisade rader", .read = settings_take_whole, .offset = offsetof(struct settings, avvisade_rader),
		.high = 1000000 },
	{ .name = "drift rader", .read = settings_take_per_cent, .offset = offsetof(struct settings, drift_rader),
		.high = 1000 },
	{ .name = "drift saknade", .read = settings_take_per_cent, .offset = offsetof(struct settings, drift_saknade), .high = 100 },
	{ .name = "drift koder", .read = settings_take_per_cent, .offset = offsetof(struct settings, drift_koder), .high = 100 },
	{ .name = "drift personer", .read = settings_take_per_cent, .offset = offsetof(struct settings, drift_personer), .high = 100 },
	{ .name = "drift antal", .read = settings_take_whole, .offset = offsetof(struct settings, drift_antal),
		.high = 1000000 },
	{ .name = "drift dagar", .read = settings_take_whole, .offset = offsetof(struct settings, drift_dagar),
		.high = 36500 },
	{ .name = "drift avvisa", .read = settings_take_per_cent, .offset = offsetof(struct settings, drift_avvisa), .high = 100 },
	{ .name = "drift avvisa antal", .read = settings_take_whole, .offset = offsetof(struct settings, drift_avvisa_antal),
		.high = 1000000000 },
	{ .name = "utanför", .read = settings_take_per_cent, .offset = offsetof(struct settings, utanfor), .high = 100 },
	{ .name = "skillnad mellan källor", .read = settings_take_per_cent, .offset = offsetof(struct settings, skillnad), .high = 100 },
	{ .name = "eftersläpning", .read = settings_take_months, .offset = offsetof(struct settings, efterslapning),
		.high = 1200 },
};

const struct section_kind section_granser = { .name = "gränser", .key = granser_keys,
	.keys = sizeof granser_keys / sizeof *granser_keys };

static const struct key behall_keys[] = {
	{ .name = "nätter", .read = settings_take_whole, .offset = offsetof(struct settings, behall_natter), .low = 1,
		.high = 3650 },
	{ .name = "månader", .read = settings_take_months, .offset = offsetof(struct settings, behall_manader),
		.high = 1200 },
};

const struct section_kind section_behall = { .name = "behåll", .key = behall_keys,
	.keys = sizeof behall_keys / sizeof *behall_keys };
