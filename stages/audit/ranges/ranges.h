/* Within which bounds a reader can place a withheld count. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RANGES_RANGES_H
#define FINSAMSTAT_STAGES_AUDIT_RANGES_RANGES_H

#include "stages/audit/ranges/knowledge.h"

enum finding {
	FINDING_NONE,
	FINDING_DETERMINED, /* the figures give it */
	FINDING_NARROW,     /* it must be small, or may be and is known within fewer than threshold − 1 */
	FINDING_UNDECIDED,  /* neither this nor its contrary could be shown within the work allowed */
	FINDING_UNWITNESSED /* of a small one the protector's witnesses do not show that it could be another (witnesses.h) */
};

/* A withheld count, or a difference of two. */
struct target {
	size_t variable;
	bool difference;
	bool large;          /* known to the auditor, not to a reader, to be no small count: its range is not asked for, which is most of the work */
	bool small;          /* known to the auditor to be one: a hint that saves work */
	bool shown;          /* safe: whole numbers that agree with the knowledge were checked and show it; nothing is asked but whether it is determined */
	enum finding finding;
	bool unranged;       /* only elimination and bounds were tried: its part of the knowledge is too large for linear programs */
	int64_t low, high;   /* with a finding: what it can be; high may be KNOWLEDGE_ENDLESS */
};

/* Other work, for threads that have none: `work` does the next piece of at most `count`, on any thread; false when there is none left. */
struct ranges_beside {
	size_t count;
	bool (*work)(void *context);
	void *context;
};

/* Judges every target. A count is safe when two whole-numbered solutions show that it may be `threshold` or more and that its
   values lie threshold − 1 apart or more, or when it cannot be below `threshold` and is not determined. What the equations
   determine is found by elimination, what remains by the least and the greatest value of a linear program, one for each part of
   the knowledge that hangs together and has at most `largest` unknown counts; in larger ones targets without a finding are `unranged`.
   The bounds of `knowledge` are tightened. `beside` (NULL: nothing) is done, too, when 0 is returned. Returns 0; 1 when no numbers agree with the knowledge; -1
   with the error set. */
int ranges_judge(struct knowledge *knowledge, struct target *target, size_t targets, int64_t threshold, size_t largest,
	const struct ranges_beside *beside, struct error *error);

#endif
