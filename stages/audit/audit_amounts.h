/* Amounts in the audit of a publication: from its files to amounts.h and nets.h, and from there to audit.csv. */
#ifndef FINSAMSTAT_STAGES_AUDIT_AUDIT_AMOUNTS_H
#define FINSAMSTAT_STAGES_AUDIT_AUDIT_AMOUNTS_H

#include "stages/audit/amounts/nets.h"
#include "stages/audit/audit_publication.h"
#include "stages/audit/relations/published.h"

/* What is found of the amounts of a publication. */
struct amounts_found {
	unsigned char *m01; /* of each cell: enum amount_finding; NULL when they are not judged */
	size_t m01_cells;
	unsigned char *nets; /* enum nets_finding, as nets_judge has them; likewise */
	size_t posts;
	struct nets_known known;
};

/* A support cube of the run; *cube NULL where it is not there. -1 with the error set. */
int audit_amounts_support(const struct audit_place *place, const char *name, const struct cube **cube, struct arena *arena,
	struct error *error);

/* Judges the amounts of m01 and the nets of e02–e08. Those of a table are not judged where it or its figures before protection, or what the run
   knew of contributions, is not there; nets not where e02 shows figures of approved runs. 1 when no amounts agree with the print; -1 with the error
   set. */
int audit_amounts_judge(const struct audit_place *place, const struct published *published, struct amounts_found *found,
	struct amounts_account *account, struct error *error);

/* How many findings there are. */
size_t audit_amounts_count(const struct amounts_found *found);

/* Takes out of the findings those that what was known before, `before` alone, gives away; counts them. -1 with the error set. */
int audit_amounts_exempt(const struct audit_place *place, const struct published *before, struct amounts_found *found, size_t *exempted,
	struct error *error);

/* Adds a row of audit.csv for each finding. -1 with the error set, EXIT_DISCLOSURE when there is one. */
int audit_amounts_tell(const struct published *published, const struct amounts_found *found, struct text *rows, struct error *error);

#endif
