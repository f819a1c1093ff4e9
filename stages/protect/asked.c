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

bool asked_more(const struct malgrupp *rule)
{
	return rule->fk.count > 0 || rule->af.count > 0 || rule->af_ersattning.count > 0 || rule->kom_hinder.count > 0 || rule->reg_vardform.count > 0 ||
		rule->diagnos.count > 0 || rule->sammanhangande_manader > 0 || rule->byten > 0 || rule->inte != NULL || rule->kon.count > 0 ||
		rule->kommun.count > 0;
}
