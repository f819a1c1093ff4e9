/* The check of one witness after another, on all processors: see witnesses.h. */
#ifndef FINSAMSTAT_STAGES_AUDIT_WITNESSES_WITNESS_CHECK_H
#define FINSAMSTAT_STAGES_AUDIT_WITNESSES_WITNESS_CHECK_H

#include "stages/audit/witnesses/witnesses.h"

#define NO_DIFFERENCE SIZE_MAX

/* Whether a sum may have the value; whether a variable may. */
static inline bool witness_within(const struct knowledge *knowledge, size_t sum, int64_t value)
{
	return (knowledge->least[sum] == -KNOWLEDGE_ENDLESS || value >= knowledge->least[sum]) &&
		(knowledge->most[sum] == KNOWLEDGE_ENDLESS || value <= knowledge->most[sum]);
}

static inline bool witness_possible(const struct knowledge *knowledge, size_t variable, int64_t value)
{
	return value >= knowledge->low[variable] && value <= knowledge->high[variable];
}

/* Whether a table of the same kind (m: who lives where) shows figures of approved runs. Then all of its days may, those that are
   withheld too, and the tables before protection do not tell what they hold. */
bool witness_earlier(const struct published *published, const char *name);

/* Checks every witness of the file against the truth, which is there, with least and most; their lists have the order of the file. -1 with the error set when
   memory is out. */
int witness_check_all(const struct published *published, struct witnesses *witnesses, struct error *error);

#endif
