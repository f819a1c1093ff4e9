/* The rules on one person's months: see membership.h. */
#include "stages/malgrupp/membership.h"

#include <string.h>

#define REJECTION_MONTHS 12 /* AA holds in the month of `fran` and the 11 after it */
#define TOGETHER 64U        /* rules whose hints are looked at together */

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

/* Whether the person is measured in a year (by position) and meets ålder, kön and kommun; not by branches, since that is not to be foretold. */
static bool meets_attributes(const struct membership *membership, const struct membership_rule *rule, const struct person *person, size_t year)
{
	unsigned age = (unsigned)(membership->measured->year[year].year - person->fodelsear - rule->age_from);
	bool met = (person->measured[year] & (age < rule->ages) & ((rule->kon_mask >> person->kon % 32 & 1) != 0)) != 0;
	return rule->kommun == NULL ? met : met && rule->kommun[person->place[year].kommun];
}

/* Months of the years of which that is so. */
static struct monthset months_of_attributes(const struct membership *membership, const struct membership_rule *rule,
	const struct person *person)
{
	struct monthset months = { { 0 } };
	for (size_t y = 0; y < membership->measured->years; y++) {
		uint64_t met = meets_attributes(membership, rule, person, y) ? UINT64_MAX : 0;
		for (int i = 0; i < MONTHSET_WORDS; i++)
			months.word[i] |= membership->measured->year[y].months.word[i] & met;
	}
	return months;
}

/* Of a person what rules are asked for first. */
struct hints {
	uint64_t formaner; /* as in a rule */
	unsigned records;  /* likewise */
	int parter, byten; /* parties where the person is active, changes, in any month of the panel */
};

static struct hints hints_of(const struct person *person)
{
	struct hints hints = { .byten = monthset_count(&person->changed) };
	hints.records = (person->fk_count > 0 ? PERSON_FK : 0U) | (person->af_count > 0 ? PERSON_AF : 0U) |
		(person->bistand_count > 0 ? PERSON_BISTAND : 0U) | (person->kontakt_count > 0 ? PERSON_KONTAKT : 0U);
	for (size_t i = 0; i < person->fk_count; i++)
		hints.formaner |= (uint64_t)1 << person->fk[i].forman % 64;
	for (int part = 0; part < PARTIER; part++)
		hints.parter += !monthset_is_empty(&person->active[part]);
	return hints;
}

/* Of some rules, at most TOGETHER: bit i where that of number of[i] has no condition that is met in no month. */
static uint64_t may_be_met(const struct membership *membership, const size_t *of, size_t count, const struct person *person,
	const struct hints *hints)
{
	uint64_t may = 0;
	for (size_t i = 0; i < count; i++) {
		const struct membership_rule *rule = &membership->rule[of[i]];
		bool measured = false;
		for (size_t y = 0; y < membership->measured->years; y++)
			measured |= meets_attributes(membership, rule, person, y);
		bool met = (measured & (!rule->fk.set | ((rule->formaner & hints->formaner) != 0)) & ((rule->records & ~hints->records) == 0) &
			(hints->parter >= rule->group->minst_parter) & (hints->byten >= rule->group->byten)) != 0;
		may |= (uint64_t)met << i;
	}
	return may;
}

/* The months of the panel that meet the conditions of a rule's run; they are worked out once for all rules that share them. */
static const struct monthset *base_months(const struct membership *membership, const struct membership_rule *rule, const struct person *person,
	struct monthset *result, bool *done)
{
	size_t place = membership->count + rule->same_base;
	if (!done[place]) {
		result[place] = membership->panel;
		(void)meet_base(membership, rule, person, &result[place]);
		done[place] = true;
	}
	return &result[place];
}

static void apply(const struct membership *membership, size_t at, const struct person *person,
	struct monthset *result, bool *done)
{
	const struct membership_rule *rule = &membership->rule[at];
	const struct malgrupp *group = rule->group;
	struct monthset months = months_of_attributes(membership, rule, person);
	if (rule->base) {
		struct monthset base = *base_months(membership, rule, person, result, done);
		narrow(&months, group->sammanhangande_manader > 0 ? monthset_lasting(&base, group->sammanhangande_manader) : base);
	} else if (group->sammanhangande_manader > 0)
		narrow(&months, monthset_range(group->sammanhangande_manader - 1, membership->measured->panel_months - 1));
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

size_t membership_room(const struct membership *membership)
{
	return 2 * membership->count;
}

void membership_months(const struct membership *membership, const struct person *person, struct monthset *result,
	bool *done)
{
	const struct hints hints = hints_of(person);
	if (membership->count == 0)
		return;
	memset(done, 0, membership_room(membership) * sizeof *done);
	memset(result, 0, membership->count * sizeof *result);
	for (size_t from = 0; from < membership->firsts; from += TOGETHER) {
		size_t left = membership->firsts - from, count = left < TOGETHER ? left : TOGETHER;
		const size_t *of = membership->order + from;
		for (uint64_t may = may_be_met(membership, of, count, person, &hints); may != 0; may &= may - 1) {
			size_t at = of[__builtin_ctzll(may)];
			if (!done[at])
				apply(membership, at, person, result, done);
		}
	}
	for (size_t i = membership->firsts; i < membership->count; i++)
		result[membership->order[i]] = result[membership->rule[membership->order[i]].same];
}
