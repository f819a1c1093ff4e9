/* Rounded counts of periods within one another: a set of participations, or of persons in the whole förbund, is no smaller in the longer one.
   Where the longer has less, both counts are known within less than a base. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_NESTED_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_NESTED_H

#include "stages/audit/relations/earlier.h"

/* Marks as EARLIER_CHANGED (`finding`: rows × measures) each printed count that lies on the wrong side of what an approval told of a period within
   the row's or around it, and less than three bases from that; of a count that has no row now, its table's margin. Not the figures of approved
   runs. -1 with the error set. */
int nested_judge(const struct earlier *earlier, const struct published *published, const struct cube *cube, unsigned char *finding,
	struct error *error);

#endif
