/* Insatser and målgrupper under other names. Written from docs/method.md, 13. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_RENAMED_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_RENAMED_H

#include "stages/audit/relations/earlier.h"

/* Marks (EARLIER_CHANGED) the printed counts of an insats (i01) or målgrupp (m02) that no approval has, where the latest approval of the same days has
   one that the publication lacks: it may be the same, or nearly, under another name. So may it be where an approval has one of days within these or around
   them: then marks every printed count that lies within `minimum` − 1 of what was printed or withheld of that (EARLIER_CHANGED, EARLIER_WITHHELD), but not
   of rounded ones. -1 with the error set when memory is out. */
int renamed_judge(const struct earlier *earlier, const struct cube *cube, int64_t minimum, bool rounded, unsigned char *finding, struct error *error);

#endif
