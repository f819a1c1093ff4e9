/* The målgrupp sections of the settings as rules: see membership.h. */
#include <string.h>

#include "stages/malgrupp/membership.h"

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
	bool aged = group->age_from >= 0;
	for (size_t code = 0; code < MEMBERSHIP_CODES; code++)
		rule->formaner |= rule->fk.met[code] ? (uint64_t)1 << code % 64 : 0;
	rule->records = (rule->fk.set ? PERSON_FK : 0U) | (rule->af.set || rule->af_ersattning.set ? PERSON_AF : 0U) | (rule->hinder.set ? PERSON_BISTAND : 0U) |
		(rule->vardform.set ? PERSON_KONTAKT : 0U);
	for (unsigned kon = 0; kon < MEASURED_KON; kon++)
		rule->kon_mask |= !rule->kon.set || rule->kon.met[kon] ? 1U << kon : 0;
	rule->age_from = aged ? group->age_from : MEASURED_YOUNGEST;
	rule->ages = (unsigned)((aged ? group->age_to : MEASURED_OLDEST) - rule->age_from) + 1;
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

/* Whether a run of months is made of the same conditions. */
static bool same_base(const struct malgrupp *a, const struct malgrupp *b)
{
	return a->kom == b->kom && a->minst_parter == b->minst_parter && a->parter == b->parter && same_words(&a->fk, &b->fk) &&
		same_words(&a->af, &b->af) && same_words(&a->af_ersattning, &b->af_ersattning) && same_words(&a->kom_hinder, &b->kom_hinder) &&
		same_words(&a->reg_vardform, &b->reg_vardform) && same_words(&a->diagnos, &b->diagnos);
}

static bool same_conditions(const struct malgrupp *a, const struct malgrupp *b)
{
	return same_base(a, b) && a->age_from == b->age_from && a->age_to == b->age_to &&
		a->sammanhangande_manader == b->sammanhangande_manader && a->byten == b->byten && a->byten_manader == b->byten_manader &&
		a->inte == b->inte && same_words(&a->kon, &b->kon) && same_words(&a->kommun, &b->kommun);
}

/* The account of the rules (account.h) asks much twice: what is left of two conditions without one is the other alone. */
static size_t first_same(const struct malgrupp *group, size_t at, bool (*same)(const struct malgrupp *a, const struct malgrupp *b))
{
	size_t first = 0;
	while (first < at && !same(&group[first], &group[at]))
		first++;
	return first;
}

static void take_order(struct membership *membership)
{
	size_t next = 0;
	for (int again = 0; again < 2; again++) {
		for (size_t i = 0; i < membership->count; i++)
			if ((membership->rule[i].same != i) == (again != 0))
				membership->order[next++] = i;
		membership->firsts = again == 0 ? next : membership->firsts;
	}
}

int membership_init(struct membership *membership, const struct measured *measured, const struct membership_lists *lists,
	const struct membership_texts *fk, const struct membership_texts *region, struct arena *arena, struct error *error)
{
	const struct settings *settings = measured->settings;
	*membership = (struct membership){ .measured = measured, .rejection = codelist_find(lists->fk_forman, "AA", 2),
		.count = settings->malgrupp_count, .panel = monthset_range(0, measured->panel_months - 1) };
	membership->rule = arena_take(arena, membership->count, sizeof *membership->rule, error);
	membership->order = arena_take(arena, membership->count, sizeof *membership->order, error);
	if (membership->rule == NULL || membership->order == NULL)
		return -1;
	for (size_t i = 0; i < membership->count; i++) {
		membership->rule[i].group = &settings->malgrupp[i];
		membership->rule[i].same = first_same(settings->malgrupp, i, same_conditions);
		membership->rule[i].same_base = first_same(settings->malgrupp, i, same_base);
		if (take_rule(&membership->rule[i], membership, lists, fk, region, arena, error) != 0)
			return -1;
		take_hints(&membership->rule[i]);
	}
	take_order(membership);
	return 0;
}

unsigned membership_records(const struct membership *membership)
{
	unsigned records = 0;
	for (size_t i = 0; i < membership->count; i++)
		records |= membership->rule[i].records | (membership->rule[i].diagnos_fk != NULL ? PERSON_FK | PERSON_KONTAKT : 0U);
	return records;
}
