/* What a målgrupp asks for: see asked.h. */
#include "stages/protect/asked.h"

#include <string.h>

bool asked_sick(const struct malgrupp *rule)
{
	bool sick = rule->fk.count > 0;
	for (size_t f = 0; f < rule->fk.count; f++)
		sick = sick && strcmp(rule->fk.word[f], "AA") != 0;
	return sick;
}

unsigned asked_parts(const struct malgrupp *rule)
{
	return rule->parter | (rule->kom ? 1U << PARTI_KOM : 0) | (asked_sick(rule) ? 1U << PARTI_FK : 0);
}

static bool names(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->word[i], word) == 0)
			return true;
	return false;
}

/* Whether its förmåner of FK are those of whoever is active there, and no other. */
static bool any_sick(const struct malgrupp *rule)
{
	const struct words *fk = &rule->fk;
	return asked_sick(rule) && names(fk, "SP") && names(fk, "RP") && names(fk, "SE") && names(fk, "AE");
}

bool asked_more(const struct malgrupp *rule)
{
	return (rule->fk.count > 0 && !any_sick(rule)) || rule->af.count > 0 || rule->af_ersattning.count > 0 || rule->kom_hinder.count > 0 ||
		rule->reg_vardform.count > 0 || rule->diagnos.count > 0 || rule->sammanhangande_manader > 0 || rule->byten > 0 || rule->inte != NULL;
}

bool asked_of(const struct malgrupp *rule, const char *kommun, const char *kon)
{
	return (rule->kommun.count == 0 || names(&rule->kommun, kommun)) && (rule->kon.count == 0 || names(&rule->kon, kon));
}

bool asked_changes_alone(const struct malgrupp *rule)
{
	struct malgrupp rest = *rule;
	rest.byten = rest.byten_manader = 0;
	bool ages = rule->age_from < 0 || (rule->age_from <= 16 && rule->age_to >= 64);
	return rule->byten > 0 && rule->byten_manader >= 12 && ages && rule->kon.count == 0 && rule->kommun.count == 0 && rule->fk.count == 0 && !rule->kom &&
		rule->minst_parter == 0 && rule->parter == 0 && !asked_more(&rest);
}
