/* The check of every witness: whether it is a set of tables that a reader could take for the true one, and what all of them show.

   A witness stands when all of its counts are whole and within their bounds, none that is printed is another (a zero is printed), and every
   relation that the auditor knows (relations.c) holds. Small counts that witnesses show to reach the threshold and to range widely enough are
   safe: the linear programs (ranges.h) need not ask for them. */
#ifndef FINSAMSTAT_STAGES_AUDIT_WITNESSES_WITNESSES_H
#define FINSAMSTAT_STAGES_AUDIT_WITNESSES_WITNESSES_H

#include "stages/audit/relations/published.h"
#include "stages/audit/witnesses/witness_file.h"

enum witness_fault {
	WITNESS_STANDS,
	WITNESS_IDLE,    /* it changes what stands among figures of approved runs, whose true counts the auditor does not know: it shows nothing */
	WITNESS_PRINTED, /* it changes a figure that is printed */
	WITNESS_BOUND,   /* a count is less than it can be */
	WITNESS_RELATION /* what must hold does not */
};

/* A witness that does not stand, and the count by which that is seen. */
struct witness_finding {
	enum witness_fault fault;
	size_t table, row, measure;
};

/* A sum in which a variable stands. */
struct witness_place {
	size_t sum;
	int64_t coefficient;
};

/* What a count or a difference is in a witness that stands. */
struct witness_move {
	uint32_t variable, witness;
	int64_t value;
};

struct witnesses {
	const struct witness_file *file;
	size_t count, standing, idle;
	size_t findings;
	struct witness_finding *finding;
	bool *idle_at;          /* of each variable: some idle witness changes it */
	int64_t *base;          /* of each variable: what it is in truth; PUBLISHED_UNTOLD */
	int64_t *least, *most;  /* of each variable: in the truth and in all witnesses that stand */
	size_t moves;
	struct witness_move *move; /* witness by witness, those numbered by `standing` */
	size_t *from;           /* of each variable: it stands in at[from[v]] … at[from[v + 1] − 1] */
	struct witness_place *at;
	int64_t *value;         /* of each sum: in truth … */
	bool *unknown;          /* … unless some variable of it is unknown */
	size_t *difference;     /* of each sum that says what a difference is: its variable; else SIZE_MAX */
};

/* Checks them; `targets` and `differences` of `published` give the truth. -1 with the error set: EXIT_DISCLOSURE when what stood in the tables
   before protection does not agree with the print and the relations: then they are not the tables of this publication. */
int witnesses_check(const struct published *published, const struct witness_file *file, struct witnesses *witnesses, struct error *error);

/* Whether a count could be `value` with nothing else changed. */
bool witnesses_may_be(const struct published *published, const struct witnesses *witnesses, size_t variable, int64_t value);

/* Marks targets that are shown to be safe: by the witnesses that stand, or since they can be larger by themselves and nothing else changes. */
void witnesses_show(const struct published *published, const struct witnesses *witnesses, struct target *target, size_t targets);

/* How many of the small targets that are shown could be narrowed by a person who forms another withheld count alone, and knows that: every witness
   that they need changes her count. Nothing that is she herself counts. -1 with the error set when memory is out. */
int witnesses_alone(const struct published *published, const struct witnesses *witnesses, const struct target *target, size_t targets,
	size_t *narrowed, struct arena *arena, struct error *error);

#endif
