/* Earlier publications as the auditor sees them: the disclosure ledger against what is printed now. Written from docs/method.md, 13; it
   knows nothing of how the protector decided. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_EARLIER_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_EARLIER_H

#include "stages/audit/relations/standing.h"

enum earlier_finding {
	EARLIER_NONE,
	EARLIER_KNOWN,    /* the figure of the latest approval of its days: no breach, everybody knows it */
	EARLIER_CHANGED,  /* printed before and now, and the change, or what lies between two periods, is 1 … minimum − 1 */
	EARLIER_WITHHELD, /* withheld before with this value, or with one so near that the period between is small */
	EARLIER_OTHER,    /* said to be the earlier figure, and is not */
	EARLIER_MIXED     /* stands beside earlier figures of its table and days, and is new */
};

/* Judges the printed figures of one table, cell by cell into `finding` (rows × measures). -1 with the error set. */
int earlier_judge(const struct earlier *earlier, const struct published *published, const struct published_table *table,
	unsigned char *finding, struct error *error);

/* Whether an approved run withheld the figure, for the same days and with this value. *withheld; -1 with the error set. */
int earlier_withheld(const struct earlier *earlier, const struct cube *cube, size_t row, size_t measure, double value, bool *withheld,
	struct error *error);

/* Hides every figure of a cube that no approved run printed for the same days with the same value, and that those of other periods do not give (joined.h);
   without a ledger all. What is left everybody knew. `rounded`: the counts of the publication are. -1 with the error set. */
int earlier_hide(const struct earlier *earlier, struct cube *cube, bool rounded, struct error *error);

#endif
