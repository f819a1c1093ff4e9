/* One part of the knowledge that hangs together: its linear program and its targets. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RANGES_RANGES_PART_H
#define FINSAMSTAT_STAGES_AUDIT_RANGES_RANGES_PART_H

#include "stages/audit/ranges/ranges.h"

struct linear;

/* A part that hangs together: what no bound fixes, and the sums over it. */
struct part {
	struct knowledge *knowledge;
	struct linear *program;
	size_t variables, sums, targets;
	const size_t *variable, *sum, *judged; /* of the knowledge; of the list of targets */
	struct target **target;
	size_t *place;         /* of each target's variable in the program */
	int64_t *least, *most; /* of each target in the whole-numbered solutions seen */
	bool *safe;
	bool whole; /* only whole-numbered solutions count */
	int64_t threshold;
};

/* Judges the targets of a part; `at` has room for the place of each variable of the knowledge, of which the part writes its own. 0; 1 when
   no numbers agree with the part; -1 when memory is out (the error may be unset) or a program could not be solved. */
int range_part(struct part *part, struct target *target, size_t *at, struct arena *arena, struct error *error);

/* Whether the bounds of a target tell too much about few persons. */
bool range_is_narrow(const struct target *target, int64_t threshold);

#endif
