/* Insatser and målgrupper under other names. Written from docs/method.md, 13. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_RENAMED_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_RENAMED_H

#include "stages/audit/relations/earlier.h"

/* Marks (EARLIER_CHANGED) the printed counts of an insats (i01) or målgrupp (m02) that no approval has, where the latest approval of the same days has
   one that the publication lacks: it may be the same, or nearly, under another name. -1 with the error set when memory is out. */
int renamed_judge(const struct earlier *earlier, const struct cube *cube, unsigned char *finding, struct error *error);

#endif
