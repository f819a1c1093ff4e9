/* Months and the year that holds them. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_MONTHS_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_MONTHS_H

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/published.h"

/* States, between m03 or m06 and the tables of a year, that who is counted in a month is counted in the year, and that whom a year counts some month
   does; and what the last month of m05 and no change of m04 say of months. `settings` NULL: nothing. -1 with the error set. */
int months_state(struct published *published, const struct settings *settings, struct error *error);

/* The parts at which whoever is in a målgrupp is active in some month: bits; 0: its rule says nothing of that. */
unsigned months_parts(const struct malgrupp *rule);

/* Whether it asks for nothing but activity, ages, kön and kommun. */
bool months_say_all(const struct malgrupp *rule);

/* Whether those of a kommun and kön, TOT for all, are not left out by its rule for that. */
bool months_let_in(const struct malgrupp *rule, const char *kommun, const char *kon);

#endif
