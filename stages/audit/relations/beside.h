/* Figures that are no counts beside withheld counts that they are made of: what is printed of them, or that there is none, tells. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_BESIDE_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_BESIDE_H

#include "stages/audit/relations/published.h"

enum beside_finding {
	BESIDE_NONE,
	BESIDE_FIGURE,  /* a share, limit, mean, rate, amount or verdict of a withheld count */
	BESIDE_ABSENCE, /* it is printed that there is none (saknas), which depends on a withheld figure: one pair has no interval */
	BESIDE_LESS,    /* a rounded count that is less than one of persons who are all in it (within.h) */
	BESIDE_FEW      /* the number of a cohort, or its linked share, which beside the others that are known leaves few */
};

/* Judges the figures of one table, cell by cell into `finding` (rows × measures). Who is few is read in the tables before protection, or in the print
   where there are none. */
void beside_judge(const struct published *published, const struct published_table *table, unsigned char *finding);

#endif
