/* What everybody knew before a publication: what that alone gives away is no finding. */
#ifndef FINSAMSTAT_STAGES_AUDIT_EXEMPT_H
#define FINSAMSTAT_STAGES_AUDIT_EXEMPT_H

#include "stages/audit/audit_amounts.h"
#include "stages/audit/judging.h"

/* Takes back the findings, of counts and amounts, that are given away by what everybody knew before: figures that are the same now and that approved runs
   printed, when less was asked of them, or that were published outside the program; the inhabitants. Withholding cannot help them. Witnesses have as many
   persons as helårsekvivalenter need to the day: so a count which is open, but has no witness, is judged a second time with all these. *exempted grows by
   their number. -1 with the error set. */
int exempt_all(const struct audit_place *place, struct published *published, struct counts *counts, struct amounts_found *amounts, size_t *exempted,
	struct error *error);

/* Of the counts those that are findings, that `known` asks for, and that were given away before: there they are determined or narrow. That neither this nor its
   contrary could be shown there is no proof. `known` has all of them in the same order, and others. */
void exempt_counts(struct counts *counts, const struct counts *known, size_t *exempted);

#endif
