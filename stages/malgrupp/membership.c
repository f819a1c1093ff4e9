/* The målgrupp sections of the settings as rules on one person's months: see membership.h. */
#include "stages/malgrupp/membership.h"

#include <string.h>

#define REJECTION_MONTHS 12 /* AA holds in the month of `fran` and the 11 after it */

/* ---- from the settings ---- */

static int take_codes(struct membership_codes *codes, const struct words *words, const struct codelist *list,
	struct error *error)
{
	if (list->count > MEMBERSHIP_CODES)
		return error_set(error, EXIT_BUG, "the list %s has more than %d codes", list->name, MEMBERSHIP_CODES);
	codes->set = words->count > 0;
	for (size_t i = 0; i < words->count; i++) {
		uint16_t at = codelist_find(list, words->word[i], strlen(words->word[i]));
		if (at != CODE_NONE)
			codes->met[at] = true;
	}
	return 0;
}

/* sokandekategori: two digits, the settings have seen to that. */
static void take_kategorier(struct membership_codes *codes, const struct words *words)
{
	codes->set = words->count > 0;
	for (size_t i = 0; i < words->count; i++)
		codes->met[(words->word[i][0] - '0') * 10 + (words->word[i][1] - '0')] = true;
}

static bool starts_with_any(const char *text, const struct words *prefixes)
{
	for (size_t i = 0; i < prefixes->count; i++)
		if (strncmp(text, prefixes->word[i], strlen(prefixes->word[i])) == 0)
			return true;
	return false;
}

/* Which texts meet a condition on diagnos; NULL with the error set when memory is out. */
static bool *take_diagnoses(const struct words *prefixes, const struct membership_texts *texts, struct arena *arena,
	struct error *error)
{
	bool *met = arena_take(arena, texts->count, sizeof *met, error);
	for (size_t i = 0; met != NULL && i < texts->count; i++)
		met[i] = starts_with_any(texts->text[i], prefixes);
	return met;
}

static int take_kommuner(struct membership_rule *rule, const struct measured *measured, struct arena *arena,
	struct error *error)
{
	const struct words *words = &rule->group->kommun;
	if (words->count == 0)
		return 0;
	rule->kommun = arena_take(arena, measured->kommuner, sizeof *rule->kommun, error);
	if (rule->kommun == NULL)
		return -1;
	for (size_t k = 0; k < measured->kommuner; k++)
		for (size_t i = 0; i < words->count; i++)
			rule->kommun[k] = rule->kommun[k] || strcmp(words->word[i], measured->kommun[k]) == 0;
	return 0;
}

static int take_rule(struct membership_rule *rule, const struct membership *membership,
	const struct membership_lists *lists, const struct membership_texts *fk, const struct membership_texts *region,
	struct arena *arena, struct error *error)
{
	const struct malgrupp *group = rule->group;
	rule->inte = group->inte == NULL ? SIZE_MAX : (size_t)(group->inte - membership->measured->settings->malgrupp);
	take_kategorier(&rule->af, &group->af);
	if (take_codes(&rule->fk, &group->fk, lists->fk_forman, error) != 0 ||
		take_codes(&rule->af_ersattning, &group->af_ersattning, lists->ersattning, error) != 0 ||
		take_codes(&rule->hinder, &group->kom_hinder, lists->hinder, error) != 0 ||
		take_codes(&rule->vardform, &group->reg_vardform, lists->vardform, error) != 0 ||
		take_codes(&rule->kon, &group->kon, lists->kon, error) != 0 ||
		take_kommuner(rule, membership->measured, arena, error) != 0)
		return -1;
	if (group->diagnos.count == 0)
		return 0;
	rule->diagnos_fk = take_diagnoses(&group->diagnos, fk, arena, error);
	rule->diagnos_region = take_diagnoses(&group->diagnos, region, arena, error);
	return rule->diagnos_fk == NULL || rule->diagnos_region == NULL ? -1 : 0;
}

/* What tells quickly that most persons do not meet the rule. */
static void take_hints(struct membership_rule *rule)
{
	const struct malgrupp *group = rule->group;
	for (size_t code = 0; code < MEMBERSHIP_CODES; code++)
		rule->formaner |= rule->fk.met[code] ? (uint64_t)1 << code % 64 : 0;
	rule->base = rule->fk.set || rule->af.set || rule->af_ersattning.set || group->kom || rule->hinder.set || rule->vardform.set ||
		rule->diagnos_fk != NULL || group->minst_parter > 0 || group->parter != 0;
}

static bool same_words(const struct words *a, const struct words *b)
{
	bool same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++)
		same = strcmp(a->word[i], b->word[i]) == 0;
	return same;
}

static bool same_conditions(const struct malgrupp *a, const struct malgrupp *b)
{
	return a->age_from == b->age_from && a->age_to == b->age_to && a->kom == b->kom && a->minst_parter == b->minst_parter &&
		a->parter == b->parter && a->sammanhangande_manader == b->sammanhangande_manader && a->byten == b->byten &&
		a->byten_manader == b->byten_manader && a->inte == b->inte && same_words(&a->kon, &b->kon) &&
		same_words(&a->kommun, &b->kommun) && same_words(&a->fk, &b->fk) && same_words(&a->af, &b->af) &&
		same_words(&a->af_ersattning, &b->af_ersattning) && same_words(&a->kom_hinder, &b->kom_hinder) &&
		same_words(&a->reg_vardform, &b->reg_vardform) && same_words(&a->diagnos, &b->diagnos);
}

/* The account of the rules (account.h) asks much twice: what is left of two conditions without one is the other alone. */
static size_t first_same(const struct malgrupp *group, size_t at)
{
	size_t first = 0;
	while (first < at && !same_conditions(&group[first], &group[at]))
		first++;
	return first;
}

int membership_init(struct membership *membership, const struct measured *measured, const struct membership_lists *lists,
	const struct membership_texts *fk, const struct membership_texts *region, struct arena *arena, struct error *error)
{
	const struct settings *settings = measured->settings;
	*membership = (struct membership){ .measured = measured, .rejection = codelist_find(lists->fk_forman, "AA", 2),
		.count = settings->malgrupp_count };
	membership->rule = arena_take(arena, membership->count, sizeof *membership->rule, error);
	if (membership->rule == NULL)
		return -1;
	for (size_t i = 0; i < membership->count; i++) {
		membership->rule[i].group = &settings->malgrupp[i];
		membership->rule[i].same = first_same(settings->malgrupp, i);
		if (take_rule(&membership->rule[i], membership, lists, fk, region, arena, error) != 0)
			return -1;
		take_hints(&membership->rule[i]);
	}
	return 0;
}

/* ---- the months of one condition ---- */

static struct monthset fk_months(const struct membership *membership, const struct membership_rule *rule,
	const struct person *person)
{
	struct monthset months = { { 0 } };
	for (size_t i = 0; i < person->fk_count; i++) {
		const struct fk_spell *spell = &person->fk[i];
		if (rule->fk.met[spell->forman])
			monthset_add(&months, spell->from,
				spell->forman == membership->rejection ? spell->from + REJECTION_MONTHS - 1 : spell->to);
	}
	return months;
}

static struct monthset af_months(const struct membership_rule *rule, const struct person *person)
{
	struct monthset months = { { 0 } };
	for (size_t i = 0; i < person->af_count; i++) {
		const struct af_spell *spell = &person->af[i];
		int32_t kategori = spell->sokandekategori;
		if (kategori >= 0 && kategori < MEMBERSHIP_CODES && rule->af.met[kategori])
			monthset_add(&months, spell->from, spell->to);
	}
	return months;
}

static struct monthset ersattning_months(const struct membership_rule *rule, const struct person *person)
{
	struct monthset months = { { 0 } };
	for (size_t i = 0; i < person->af_count; i++) {
		const struct af_spell *spell = &person->af[i];
		if (spell->ersattning != CODE_NONE && rule->af_ersattning.met[spell->ersattning])
			monthset_add(&months, spell->from, spell->to);
	}
	return months;
}

static struct monthset hinder_months(const struct membership_rule *rule, const struct person *person)
{
	struct monthset months = { { 0 } };
	for (size_t i = 0; i < person->bistand_count; i++) {
		const struct bistand *row = &person->bistand[i];
		if (row->hinder != CODE_NONE && rule->hinder.met[row->hinder])
			monthset_add(&months, row->month, row->month);
	}
	return months;
}

static struct monthset vardform_months(const struct membership_rule *rule, const struct person *person)
{
	struct monthset months = { { 0 } };
	for (size_t i = 0; i < person->kontakt_count; i++) {
		const struct kontakt *row = &person->kontakt[i];
		if (row->vardform != CODE_NONE && rule->vardform.met[row->vardform])
			monthset_add(&months, row->month, row->month);
	}
	return months;
}

static struct monthset diagnos_months(const struct membership_rule *rule, const struct person *person)
{
	struct monthset months = { { 0 } };
	for (size_t i = 0; i < person->fk_count; i++)
		if (rule->diagnos_fk[person->fk[i].diagnos])
			monthset_add(&months, person->fk[i].from, person->fk[i].to);
	for (size_t i = 0; i < person->kontakt_count; i++)
		if (rule->diagnos_region[person->kontakt[i].diagnos])
			monthset_add(&months, person->kontakt[i].month, person->kontakt[i].month);
	return months;
}

/* Months with at least `least` parts active, 1 or more: at_least[n] gains a month when at_least[n − 1] and one more part hold. Most persons never are at
   several. */
static struct monthset months_of_parts(const struct person *person, int least)
{
	struct monthset at_least[PARTIER + 1] = { 0 };
	for (int part = 0, parts = 0; part < PARTIER; part++) {
		const struct monthset *active = &person->active[part];
		if (monthset_is_empty(active))
			continue;
		for (int n = ++parts < least ? parts : least; n > 1; n--) {
			struct monthset more = monthset_and(&at_least[n - 1], active);
			at_least[n] = monthset_or(&at_least[n], &more);
		}
		at_least[1] = monthset_or(&at_least[1], active);
	}
	return at_least[least];
}

/* Leaves of some months those of a condition; false when that is none. */
static bool narrow(struct monthset *months, struct monthset condition)
{
	*months = monthset_and(months, &condition);
	return !monthset_is_empty(months);
}

static bool has_parts(const struct malgrupp *group, const struct person *person, struct monthset *months)
{
	for (int part = 0; part < PARTIER; part++)
		if ((group->parter >> part & 1) != 0 && !narrow(months, person->active[part]))
			return false;
	return true;
}

/* The conditions that a run of months (sammanhängande månader) is made of: of some months those that meet them. Most persons meet few; false when it is none. */
static bool meet_base(const struct membership *membership, const struct membership_rule *rule, const struct person *person,
	struct monthset *months)
{
	const struct malgrupp *group = rule->group;
	return (!rule->fk.set || narrow(months, fk_months(membership, rule, person))) &&
		(!rule->af.set || narrow(months, af_months(rule, person))) &&
		(!rule->af_ersattning.set || narrow(months, ersattning_months(rule, person))) &&
		(!group->kom || narrow(months, person->active[PARTI_KOM])) &&
		(!rule->hinder.set || narrow(months, hinder_months(rule, person))) &&
		(!rule->vardform.set || narrow(months, vardform_months(rule, person))) &&
		(rule->diagnos_fk == NULL || narrow(months, diagnos_months(rule, person))) &&
		(group->minst_parter == 0 || narrow(months, months_of_parts(person, group->minst_parter))) && has_parts(group, person, months);
}

static int count_between(const struct monthset *set, int first, int last)
{
	struct monthset between = monthset_range(first, last);
	between = monthset_and(&between, set);
	return monthset_count(&between);
}

/* The months m among some, not none, with at least `least` changes in the latest `length` months: both months of a change are among
   m − length + 1 … m and in the panel. */
static struct monthset changing_months(const struct person *person, const struct monthset *among, int least, int length)
{
	struct monthset months = { { 0 } };
	const struct monthset *changed = &person->changed;
	int first = monthset_first(among), last = monthset_last(among);
	if (count_between(changed, first - length + 2, last) < least)
		return months; /* most persons */
	int changes = count_between(changed, first - length + 2, first);
	for (int m = first; m <= last; m++) {
		if (m > first)
			changes += (monthset_has(changed, m) ? 1 : 0) - (m >= length - 1 && monthset_has(changed, m - length + 1) ? 1 : 0);
		if (changes >= least && monthset_has(among, m))
			monthset_add(&months, m, m);
	}
	return months;
}

/* Months of the years in which the person is measured and meets ålder and kommun; none when kön is not met. */
static struct monthset months_of_attributes(const struct membership *membership, const struct membership_rule *rule,
	const struct person *person)
{
	const struct malgrupp *group = rule->group;
	struct monthset months = { { 0 } };
	if (rule->kon.set && (person->kon >= MEASURED_KON || !rule->kon.met[person->kon]))
		return months;
	for (size_t y = 0; y < membership->measured->years; y++) {
		const struct measured_year *year = &membership->measured->year[y];
		int age = year->year - person->fodelsear;
		bool met = person->measured[y] && (group->age_from < 0 || (age >= group->age_from && age <= group->age_to)) &&
			(rule->kommun == NULL || rule->kommun[person->place[y].kommun]);
		if (met)
			months = monthset_or(&months, &year->months);
	}
	return months;
}

/* Of a person what rules are asked for first. */
struct hints {
	uint64_t formaner; /* as in a rule */
	int parter, byten; /* parties where the person is active, changes, in any month of the panel */
};

static struct hints hints_of(const struct person *person)
{
	struct hints hints = { .byten = monthset_count(&person->changed) };
	for (size_t i = 0; i < person->fk_count; i++)
		hints.formaner |= (uint64_t)1 << person->fk[i].forman % 64;
	for (int part = 0; part < PARTIER; part++)
		hints.parter += !monthset_is_empty(&person->active[part]);
	return hints;
}

/* False when some condition of the rule is met in no month. */
static bool may_meet(const struct membership_rule *rule, const struct person *person, const struct hints *hints)
{
	const struct malgrupp *group = rule->group;
	return (!rule->fk.set || (rule->formaner & hints->formaner) != 0) && hints->parter >= group->minst_parter &&
		hints->byten >= group->byten && (!rule->hinder.set || person->bistand_count > 0) &&
		(!(rule->af.set || rule->af_ersattning.set) || person->af_count > 0) && (!rule->vardform.set || person->kontakt_count > 0);
}

static void apply(const struct membership *membership, size_t at, const struct person *person,
	struct monthset *result, bool *done)
{
	const struct membership_rule *rule = &membership->rule[at];
	const struct malgrupp *group = rule->group;
	struct monthset months = months_of_attributes(membership, rule, person);
	if (group->sammanhangande_manader > 0 && !monthset_is_empty(&months)) {
		struct monthset base = monthset_range(rule->base ? 0 : group->sammanhangande_manader - 1, membership->measured->panel_months - 1);
		if (rule->base && meet_base(membership, rule, person, &base))
			base = monthset_lasting(&base, group->sammanhangande_manader);
		narrow(&months, base);
	} else if (rule->base && !monthset_is_empty(&months))
		meet_base(membership, rule, person, &months);
	if (group->byten > 0 && !monthset_is_empty(&months))
		narrow(&months, changing_months(person, &months, group->byten, group->byten_manader));
	if (rule->inte != SIZE_MAX && !monthset_is_empty(&months)) {
		size_t inte = membership->rule[rule->inte].same;
		if (!done[inte]) /* the settings have no circles */
			apply(membership, inte, person, result, done);
		months = monthset_without(&months, &result[inte]);
	}
	result[at] = months;
	done[at] = true;
}

void membership_months(const struct membership *membership, const struct person *person, struct monthset *result,
	bool *done)
{
	const struct hints hints = hints_of(person);
	if (membership->count > 0)
		memset(done, 0, membership->count * sizeof *done);
	for (size_t i = 0; i < membership->count; i++) {
		size_t same = membership->rule[i].same;
		if (same == i && !done[i] && !may_meet(&membership->rule[i], person, &hints))
			result[i] = (struct monthset){ { 0 } };
		else if (!done[same])
			apply(membership, same, person, result, done);
		if (same != i)
			result[i] = result[same];
		done[i] = true;
	}
}
