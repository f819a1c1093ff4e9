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

/* Persons or participations, not the difference of two such counts. */
bool nested_is_count(const struct measure *measure);

/* Whether a count is of a set of which a longer period's holds a shorter one's: not who stands somewhere on a day, nor classes of a year. `code` has
   one a dimension. */
bool nested_cumulative(const struct table *table, const char *const *code, size_t measure);

#endif
