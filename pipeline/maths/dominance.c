/* Dominance in an amount: see dominance.h. */
#include "pipeline/maths/dominance.h"

#include <math.h>

static void place(struct contributions *contributions, double amount)
{
	if (amount > contributions->first) {
		contributions->second = contributions->first;
		contributions->first = amount;
	} else if (amount > contributions->second) {
		contributions->second = amount;
	}
}

void contributions_add(struct contributions *contributions, double amount)
{
	contributions->total += fabs(amount);
	place(contributions, fabs(amount));
}

void contributions_join(struct contributions *contributions, const struct contributions *other)
{
	contributions->total += other->total;
	place(contributions, other->first);
	place(contributions, other->second);
}

bool dominance_sensitive(const struct contributions *contributions, double share)
{
	double rest = contributions->total - contributions->first - contributions->second;
	/* what sums in floating point leave of a rest that is none does not matter: rest < share · first is strict and first > 0 */
	return share > 0 && contributions->first > 0 && rest < share * contributions->first;
}
