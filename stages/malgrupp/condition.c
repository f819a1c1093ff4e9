/* The conditions of a målgrupp section one by one: see condition.h. */
#include "stages/malgrupp/condition.h"

#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/table/schema/codelist.h"

bool condition_stands(const struct malgrupp *group, enum condition condition)
{
	switch (condition) {
	case CONDITION_ALDER:
		return group->age_from >= 0;
	case CONDITION_KON:
		return group->kon.count > 0;
	case CONDITION_KOMMUN:
		return group->kommun.count > 0;
	case CONDITION_FK:
		return group->fk.count > 0;
	case CONDITION_AF:
		return group->af.count > 0;
	case CONDITION_AF_ERSATTNING:
		return group->af_ersattning.count > 0;
	case CONDITION_KOM:
		return group->kom;
	case CONDITION_KOM_HINDER:
		return group->kom_hinder.count > 0;
	case CONDITION_REG_VARDFORM:
		return group->reg_vardform.count > 0;
	case CONDITION_DIAGNOS:
		return group->diagnos.count > 0;
	case CONDITION_MINST_PARTER:
		return group->minst_parter > 0;
	case CONDITION_PARTER:
		return group->parter != 0;
	case CONDITION_SAMMANHANGANDE:
		return group->sammanhangande_manader > 0;
	case CONDITION_BYTEN:
		return group->byten > 0;
	case CONDITION_INTE:
		return group->inte != NULL;
	case CONDITIONS:
		break;
	}
	return false;
}

struct malgrupp condition_left_out(const struct malgrupp *group, enum condition condition)
{
	struct malgrupp rest = *group;
	const struct words none = { 0, NULL };
	switch (condition) {
	case CONDITION_ALDER:
		rest.age_from = rest.age_to = -1;
		break;
	case CONDITION_KON:
		rest.kon = none;
		break;
	case CONDITION_KOMMUN:
		rest.kommun = none;
		break;
	case CONDITION_FK:
		rest.fk = none;
		break;
	case CONDITION_AF:
		rest.af = none;
		break;
	case CONDITION_AF_ERSATTNING:
		rest.af_ersattning = none;
		break;
	case CONDITION_KOM:
		rest.kom = false;
		break;
	case CONDITION_KOM_HINDER:
		rest.kom_hinder = none;
		break;
	case CONDITION_REG_VARDFORM:
		rest.reg_vardform = none;
		break;
	case CONDITION_DIAGNOS:
		rest.diagnos = none;
		break;
	case CONDITION_MINST_PARTER:
		rest.minst_parter = 0;
		break;
	case CONDITION_PARTER:
		rest.parter = 0;
		break;
	case CONDITION_SAMMANHANGANDE:
		rest.sammanhangande_manader = 0;
		break;
	case CONDITION_BYTEN:
		rest.byten = rest.byten_manader = 0;
		break;
	case CONDITION_INTE:
		rest.inte = NULL;
		break;
	case CONDITIONS:
		break;
	}
	return rest;
}

/* Whether a run of months is made of the condition. */
static bool lasts(enum condition condition)
{
	return condition != CONDITION_ALDER && condition != CONDITION_KON && condition != CONDITION_KOMMUN &&
		condition != CONDITION_BYTEN && condition != CONDITION_INTE;
}

struct malgrupp condition_alone(const struct malgrupp *group, enum condition condition)
{
	struct malgrupp alone = *group;
	for (enum condition other = 0; other < CONDITIONS; other++)
		if (other != condition && !(condition == CONDITION_SAMMANHANGANDE && lasts(other)))
			alone = condition_left_out(&alone, other);
	return alone;
}

/* ---- in words ---- */

/* "a, b eller c" of the codes' labels, of kommuner without their codes; or of the words themselves when list is NULL. */
static const char *join(const struct words *words, const char *list_name, const char *last, struct arena *arena,
	struct error *error)
{
	struct text text = { .arena = arena };
	const struct codelist *list = list_name == NULL ? NULL : codelist_load(list_name, arena, error);
	if (list_name != NULL && list == NULL)
		return NULL;
	for (size_t i = 0; i < words->count; i++) {
		const char *label = list == NULL ? words->word[i] : codelist_label(list, words->word[i]);
		const char *before = i == 0 ? "" : i + 1 < words->count ? ", " : last;
		if (text_add_string(&text, before, error) != 0 || text_add_string(&text, label, error) != 0)
			return NULL;
		if (strcmp(label, words->word[i]) != 0 && list_name != NULL && strcmp(list_name, "kommun") != 0 &&
			text_add_format(&text, error, " (%s)", words->word[i]) != 0)
			return NULL;
	}
	return text.bytes == NULL ? "" : text.bytes;
}

static const char *join_parter(unsigned parter, struct arena *arena, struct error *error)
{
	const char *names[PARTIER];
	struct words words = { 0, names };
	for (size_t part = 0; part < PARTIER; part++)
		if ((parter >> part & 1) != 0)
			names[words.count++] = parti_names[part];
	return join(&words, "parti", " och ", arena, error);
}

/* A sentence around a list of codes. */
static const char *about(const char *format, const struct words *words, const char *list, struct arena *arena,
	struct error *error)
{
	const char *joined = join(words, list, " eller ", arena, error), *mark = strchr(format, '*');
	return joined == NULL ? NULL : arena_print(arena, error, "%.*s%s%s", (int)(mark - format), format, joined, mark + 1);
}

const char *condition_text(const struct malgrupp *group, enum condition condition, struct arena *arena, struct error *error)
{
	const char *joined;
	switch (condition) {
	case CONDITION_ALDER:
		return arena_print(arena, error, "är %d–%d år", group->age_from, group->age_to);
	case CONDITION_KON:
		return about("kön: *", &group->kon, "kon", arena, error);
	case CONDITION_KOMMUN:
		return about("bor i *", &group->kommun, "kommun", arena, error);
	case CONDITION_FK:
		return about("har från Försäkringskassan: *", &group->fk, "fk_forman", arena, error);
	case CONDITION_AF:
		return about("är inskriven hos Arbetsförmedlingen som: *", &group->af, "sokandekategori", arena, error);
	case CONDITION_AF_ERSATTNING:
		return about("har som inskriven: *", &group->af_ersattning, "ersattning", arena, error);
	case CONDITION_KOM:
		return "får ekonomiskt bistånd";
	case CONDITION_KOM_HINDER:
		return about("har försörjningshinder: *", &group->kom_hinder, "forsorjningshinder", arena, error);
	case CONDITION_REG_VARDFORM:
		return about("har vårdkontakt i: *", &group->reg_vardform, "vardform", arena, error);
	case CONDITION_DIAGNOS:
		return about("har en diagnos som börjar på *", &group->diagnos, NULL, arena, error);
	case CONDITION_MINST_PARTER:
		return arena_print(arena, error, "är aktuell hos minst %d av de fyra parterna", group->minst_parter);
	case CONDITION_PARTER:
		joined = join_parter(group->parter, arena, error);
		return joined == NULL ? NULL : arena_print(arena, error, "är aktuell hos %s samtidigt", joined);
	case CONDITION_SAMMANHANGANDE:
		return arena_print(arena, error, "och det har varat i minst %d månader, uppehåll på en månad medräknade",
			group->sammanhangande_manader);
	case CONDITION_BYTEN:
		return arena_print(arena, error, "har bytt minst %d gånger mellan parterna de senaste %d månaderna", group->byten,
			group->byten_manader);
	case CONDITION_INTE:
		return arena_print(arena, error, "hör inte till målgruppen %s", group->inte->name);
	case CONDITIONS:
		break;
	}
	return "";
}
