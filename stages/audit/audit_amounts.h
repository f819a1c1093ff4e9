/* Amounts in the audit of a publication: from its files to amounts.h, and from there to audit.csv. */
#ifndef FINSAMSTAT_STAGES_AUDIT_AUDIT_AMOUNTS_H
#define FINSAMSTAT_STAGES_AUDIT_AUDIT_AMOUNTS_H

#include "stages/audit/audit_publication.h"
#include "stages/audit/published.h"

/* Judges the amounts of m01 cell by cell into *finding, in the arena of `published`. NULL when they are not judged: without m01 and its table
   before protection, or where it shows figures of approved runs. 1 when no amounts agree with the print; -1 with the error set. */
int audit_amounts_judge(const struct audit_place *place, const struct published *published, unsigned char **finding,
	struct amounts_account *account, struct error *error);

/* Takes out of the findings those that what was known before, `before` alone, gives away; counts them. -1 with the error set. */
int audit_amounts_exempt(const struct audit_place *place, const struct published *before, unsigned char *finding, size_t *exempted,
	struct error *error);

/* Adds a row of audit.csv for each finding. -1 with the error set, EXIT_DISCLOSURE when there is one. */
int audit_amounts_tell(const struct published *published, const unsigned char *finding, struct text *rows, struct error *error);

#endif
