/* The actors' nets in the economics (e02–e08) as the auditor sees them: what section 9 of docs/method.md and the prices of e09 make of those that
   are printed.

   A net, or a part of it (production, care, casework), is *sensitive* when the p % rule says so of the members' contributions. It must not be
   printed, nor anything that is made of it, and must be no sum of multiples of printed ones: each is a sum of changes (nine förmåner,
   casework at three agencies, care, wages of three kinds of work), and taxes tell wages. Nor is anything printed of a cohort of
   1 … minimum − 1. Written from the method; it knows nothing of how the protector decided. */
#ifndef FINSAMSTAT_STAGES_AUDIT_AMOUNTS_NETS_H
#define FINSAMSTAT_STAGES_AUDIT_AMOUNTS_NETS_H

#include "pipeline/base/text.h"
#include "stages/audit/relations/published.h"

#define NETS_UNDERLAG 2
#define NETS_POSTS 15 /* ten actors, three parts, production before, the whole cohort */

/* What the auditor knows besides the print. */
struct nets_known {
	const struct cube *contributions; /* dominans_aktor */
	const struct cube *effects;       /* dominans_poster: which quantities changed for anybody at all; NULL: any may have */
	const char *underlag;             /* of e02–e05, e07 and e08: "extrakt" or "sus" */
	double share;                     /* p ÷ 100; 0: the rule is off */
	double taken_back;                /* inkomstutjämning */
};

enum nets_finding { NETS_NONE, NETS_PUBLISHED, NETS_DETERMINED };

/* Judges the posts of every insats of `contributions` on both underlag, into `finding` (insatser × NETS_UNDERLAG × NETS_POSTS); counts the
   sensitive ones. -1 with the error set. */
int nets_judge(const struct published *published, const struct nets_known *known, unsigned char *finding, size_t *sensitive,
	struct error *error);

/* Adds a row of audit.csv for each finding; the measure is the post's. -1 with the error set, EXIT_DISCLOSURE when there is one. */
int nets_tell(const struct published *published, const struct nets_known *known, const unsigned char *finding, struct text *rows,
	struct error *error);

#endif
