/* What the rule of a målgrupp says of the parts at which its persons are active. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ASKED_H
#define FINSAMSTAT_STAGES_PROTECT_ASKED_H

#include <stdbool.h>

#include "pipeline/table/settings/settings.h"

/* Whether its persons have a förmån of FK with which they are active there: not AA. False where it asks for none. */
bool asked_sick(const struct malgrupp *rule);

/* The parts at all of which whoever is in it is active in some month: bits; 0: its rule says nothing of that. */
unsigned asked_parts(const struct malgrupp *rule);

/* Whether it asks for more than ages, kön, kommun and parts (parter, minst parter, KOM, any förmån of FK with which one is active there). */
bool asked_more(const struct malgrupp *rule);

/* Whether its rule leaves nobody out for kön or kommun of those with these codes; of TOT: nobody at all. */
bool asked_of(const struct malgrupp *rule, const char *kommun, const char *kon);

/* Whether it asks for a number of changes in twelve months or more, and for nothing else: whoever changed as often in a year (m04) is in it. */
bool asked_changes_alone(const struct malgrupp *rule);

#endif
