/* What a reader knows of figures: whole numbers between bounds, and sums of them. The audit asks it which of the unknown ones
   can be worked out. Knows no table. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RANGES_KNOWLEDGE_H
#define FINSAMSTAT_STAGES_AUDIT_RANGES_KNOWLEDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

#define KNOWLEDGE_NONE SIZE_MAX
#define KNOWLEDGE_ENDLESS INT64_MAX /* a variable or sum without an upper bound */

struct knowledge_term {
	size_t variable;
	int64_t coefficient;
};

/* Variables are numbered from 0, sums likewise; the terms of sum s are term[start[s]] up to term[start[s + 1]]. */
struct knowledge {
	struct arena *arena;
	size_t variables, variable_room, low_room, high_room;
	int64_t *low, *high;         /* low ≤ variable ≤ high */
	size_t sums, sum_room, least_room, most_room, terms, term_room;
	size_t *start;
	int64_t *least, *most;       /* least ≤ Σ coefficient·variable ≤ most; equal for an equation. least may be −KNOWLEDGE_ENDLESS */
	struct knowledge_term *term;
};

/* An empty knowledge. NULL with the error set when memory is out. */
struct knowledge *knowledge_new(struct arena *arena, struct error *error);

/* A new variable; its index, or KNOWLEDGE_NONE with the error set. */
size_t knowledge_variable(struct knowledge *knowledge, int64_t low, int64_t high, struct error *error);

/* Whether its bounds give a variable. */
static inline bool knowledge_fixed(const struct knowledge *knowledge, size_t variable)
{
	return knowledge->low[variable] == knowledge->high[variable];
}

/* Begins a sum; knowledge_term adds to the latest one (a variable may stand several times). -1 with the error set. */
int knowledge_sum(struct knowledge *knowledge, int64_t least, int64_t most, struct error *error);
int knowledge_term(struct knowledge *knowledge, size_t variable, int64_t coefficient, struct error *error);

/* Draws every bound together as far as single sums allow, again and again until nothing changes or `rounds` passes are done.
   Every bound stays true. Returns 0; 1 when no numbers agree with the knowledge; -1 with the error set. */
int knowledge_tighten(struct knowledge *knowledge, int rounds, struct error *error);

/* Sets determined[v] for every variable whose value follows from the equations alone: bounds fix it, or it is constant on all
   solutions of the equations (elimination modulo 2^61 − 1). -1 with the error set when memory is out. */
int knowledge_determined(const struct knowledge *knowledge, bool *determined, struct error *error);

/* Sets multiple[v] to the number of 1 … most that variable v is times variable `one` by the equations, which are all 0; to 0 where it is
   none of these or no fixed number. With `one` as the number 1, that is the value that they give v. -1 with the error set. */
int knowledge_multiples(const struct knowledge *knowledge, size_t one, int64_t most, int64_t *multiple, struct error *error);

#endif
