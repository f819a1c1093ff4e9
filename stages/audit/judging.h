/* Inside of the audit of a publication: its tables, what a reader knows of them, and what that leaves of every withheld count. Twice: as they are printed, and
   as everybody knew them before. */
#ifndef FINSAMSTAT_STAGES_AUDIT_JUDGING_H
#define FINSAMSTAT_STAGES_AUDIT_JUDGING_H

#include "pipeline/maths/readings.h"
#include "stages/audit/audit_publication.h"
#include "stages/audit/ranges/ranges.h"
#include "stages/audit/witnesses/hearing.h"

/* The withheld counts of all tables and small differences as targets, and where each stands; by table, row and measure, the differences last. */
struct counts {
	size_t count;
	struct target *target;
	struct position {
		size_t table, row, measure;
		size_t difference; /* 0: the count itself; else the number of the pair of which it is the part */
	} *position;
	const struct counts *asked; /* a list of some of these: its findings alone are asked for, of however much hangs together; NULL: all are */
	bool unwitnessed;           /* of these findings those alone that no witness shows to be safe; else the others */
};

/* The tables of data/. `told`: only what approved runs have told, all else withheld. The caller frees the readings, when it is done with the tables. -1 with
   the error set. */
int judging_read(const struct audit_place *place, struct published *published, bool told, struct readings *readings, struct error *error);

/* Whether it asks for a finding of another list. */
bool judging_asks(const struct counts *counts, const struct target *target);

/* Takes those for large that counts->asked does not ask for: nothing is asked of these. */
void judging_ask(struct counts *counts);

/* Finds the counts, states what a reader knows and judges them. `beside`: other work for threads that have nothing to state; `hearing`: of witnesses; NULL:
   none. 1 when the figures contradict one another, -1 with the error set. */
int judging_judge(const struct audit_place *place, struct published *published, struct counts *counts, const struct ranges_beside *beside,
	struct hearing *hearing, struct error *error);

#endif
