/* The counts of all tables of a run, protected together by the engine. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_TOGETHER_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_TOGETHER_H

#include "stages/protect/facts/proof.h"
#include "stages/protect/tables.h"

struct together_account {
	size_t targets;  /* small sets and small differences */
	size_t programs; /* linear programs that were solved */
	size_t before;   /* those that the rules had solved before */
	size_t stuck;    /* targets that what is known fixes: withheld, and exempt from the guarantee */
	size_t stuck_in_months; /* of these in parts of the system in which who lives where is counted */
	size_t exposed;  /* targets that one person who forms a set alone might narrow */
	size_t bound;    /* likewise, whatever is withheld: engine.h */
	const struct proof *proof; /* the witnesses of all of them; in the tables' arena */
};

/* Whether there are few enough small counts (of 1 … minimum − 1), in few enough kommuner, to find a table for each by linear programming;
   otherwise the rules (rules.h) find what they can first. */
bool together_by_itself(const struct tables *tables, int64_t minimum);

/* Withholds counts in all tables until every small one, and every small difference of printed ones, has tables beside the true one that
   agree with everything printed (facts.h): see engine.h. The same on any number of threads. -1 with the error set when memory is out. */
int together_protect(struct tables *tables, int64_t minimum, struct together_account *account, struct error *error);

#endif
