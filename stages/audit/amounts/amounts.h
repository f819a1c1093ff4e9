/* Withheld amounts (kronor and helårsekvivalenter of m01) as the auditor sees them: what printed sums, rounded as they are, leave of each.

   An amount is *personal* when it is that of 1 … minimum − 1 persons or the p % rule calls it sensitive. It is published, determined by
   sums, or narrow: it cannot be p per cent larger than it is, or not p per cent smaller (or, made of several finer amounts, by less than the
   largest of them). Among figures of approved runs nobody knows what a withheld amount is: there one of few persons is narrow when the
   largest value that sums leave is not p per cent above the least. Beside rounded counts an amount of as many as the base is personal, too, and one that
   is printed is that of the rounded persons. Written from docs/method.md, 13; it knows nothing of how the protector decided. */
#ifndef FINSAMSTAT_STAGES_AUDIT_AMOUNTS_AMOUNTS_H
#define FINSAMSTAT_STAGES_AUDIT_AMOUNTS_AMOUNTS_H

#include "stages/audit/relations/published.h"

enum amount_finding { AMOUNT_NONE, AMOUNT_PUBLISHED, AMOUNT_DETERMINED, AMOUNT_NARROW, AMOUNT_OF_OTHERS };
extern const char *const amount_finding_names[]; /* "published" */

struct amounts_account {
	size_t withheld, personal; /* amounts */
	size_t unranged;           /* of them: judged by elimination alone, since too many hang together */
	size_t nets;               /* sensitive nets and parts of e02–e08 (nets.h) */
};

/* Of a row of m01: a figure of this run; or of an approved one (status tidigare), and whether its persons were few then. */
enum amount_row { AMOUNT_NEW, AMOUNT_STANDS, AMOUNT_STANDS_FEW };

/* Judges the amounts of m01, cell by cell into `finding` (rows × measures). `kind`: of each row; NULL: all are new. `contributions`: the support cube dominans_forman; NULL: only
   small numbers make an amount personal. `share`: p ÷ 100; 0: an amount must only not be determined. Nothing without m01 and its table
   before protection. 1 when no amounts agree with what is printed; -1 with the error set. */
int amounts_judge(const struct published *published, const struct cube *contributions, const enum amount_row *kind, double share,
	unsigned char *finding, struct amounts_account *account, struct error *error);

#endif
