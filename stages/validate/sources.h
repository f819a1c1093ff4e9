/* The rules over the sources as wholes: whether they fit each other, the förbund and the period. Pure. */
#ifndef FINSAMSTAT_STAGES_VALIDATE_SOURCES_H
#define FINSAMSTAT_STAGES_VALIDATE_SOURCES_H

#include <stdbool.h>
#include <stdint.h>

#include "pipeline/table/settings/settings.h"
#include "stages/validate/list.h"
#include "stages/validate/profile.h"

/* Adds a breach for each rule of the schemas over sources (shares, inside, fresh) that is broken by more than its limit in
   [gränser], in a source of more rows than `drift antal`. -1 with the error set when memory is out. */
int sources_check(struct list *list, const struct profile *profile, const struct extract *const extract[EXTRACTS],
	const struct settings *settings, struct error *error);

/* Adds a breach for each file of sus, volym and ekonomi that holds the very rows of a file before it: rows without a pid count each time,
   so that a copy of a file would double them. -1 with the error set when memory is out. */
int sources_twice(struct list *list, const struct profile *profile, struct error *error);

#define SOURCES_MISMATCH 200
#define SOURCES_MANY 50 /* persons from which a source without any match is no chance: refused */
#define SOURCES_SOME 5  /* and from which it is told */

/* Whether the pids of a source match no other source although they should (one key for all): a source with at least `least`
   persons, or sus and enkat together, none of whom is in any other, while at least two of AF, FK, KOM and REG have as many.
   `presence`: persons by bits of sources. `message` then names it. */
bool sources_mismatch(const uint64_t presence[IN_COMBINATIONS], uint64_t least, char message[SOURCES_MISMATCH]);

#endif
