/* Dominance in an amount: does it tell one contributor's part within p per cent?

   The p % rule (Hundepool et al., Statistical Disclosure Control, Wiley 2012, 4.2.2): X is the sum of the absolute contributions
   to a cell, x1 the largest, x2 the second. The second knows x2 and so x1 ≤ X − x2. The cell is sensitive when that is within
   p per cent of x1: X − x1 − x2 < p/100 · x1. */
#ifndef FINSAMSTAT_MATHS_DOMINANCE_H
#define FINSAMSTAT_MATHS_DOMINANCE_H

#include <stdbool.h>

/* What the rule needs to know of a cell's contributions. Zeros: no contribution. */
struct contributions {
	double total, first, second; /* absolute: their sum, the largest, the second largest */
};

/* Adds one contribution; its sign does not matter. */
void contributions_add(struct contributions *contributions, double amount);

/* Adds those of another set of contributors. Whole numbers below 2^53 give the same in any order. */
void contributions_join(struct contributions *contributions, const struct contributions *other);

/* Whether the cell is sensitive; `share` = p/100, 0 to 1. Never with share 0, and never when all contributions are 0. */
bool dominance_sensitive(const struct contributions *contributions, double share);

#endif
