/* Everything that one pass over the persons counts: one set of counters a thread, joined at the end. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_COUNTERS_H
#define FINSAMSTAT_STAGES_MALGRUPP_COUNTERS_H

#include <stdbool.h>

#include "stages/malgrupp/dominans.h"
#include "stages/malgrupp/forsorjning.h"
#include "stages/malgrupp/measured.h"
#include "stages/malgrupp/membership.h"
#include "stages/malgrupp/month_cells.h"
#include "stages/malgrupp/person.h"
#include "stages/malgrupp/tally.h"

#define COUNTERS_WAITING 64 /* numbers raised together */

enum malgrupp_table { M01, M02, M03, M04, M05, M06, M07, MALGRUPP_TABLES };

/* What is counted and by what; the same for all threads. */
struct counting {
	const struct measured *measured;
	const struct membership *membership;
	const struct forsorjning_lists *lists;
	bool wanted[MALGRUPP_TABLES]; /* counted at all */
	bool months;                  /* the cells behind m03, m06 and manad_atomer */
	const struct table *table[MALGRUPP_TABLES];
};

struct counters {
	const struct counting *counting;
	struct tally tally[MALGRUPP_TABLES]; /* of the tables wanted; m03 and m06 stay empty until counters_sum_months */
	struct dominans dominans; /* beside the tally of m01 */
	struct month_cells cells;
	struct sweep sweep;                  /* scratch */
	int64_t *met;                        /* by rule: persons who belong to its group in some month; with m02 */
	struct monthset *months;             /* scratch, a set a rule */
	bool *done;
	size_t waiting;
	int64_t *next[COUNTERS_WAITING]; /* numbers to be raised by one: their cache lines are on the way */
};

/* The dimensions of a table as codes. -1 with the error set when memory is out. */
int counters_codes(const struct measured *measured, enum malgrupp_table table, struct tally_codes codes[TABLE_DIMENSIONS],
	struct arena *arena, struct error *error);

/* Empty counters of one thread, whose scratch grows in the arena. -1 with the error set when memory is out. */
int counters_init(struct counters *counters, const struct counting *counting, struct arena *arena, struct error *error);

/* Counts a person; some of it waits until counters_settle. -1 with the error set when memory is out. */
int counters_add(struct counters *counters, const struct person *person, struct error *error);

/* Counts what waits. Before the counters are joined. */
void counters_settle(struct counters *counters);

/* Adds the counts of another thread; whole numbers, so the order does not matter. */
void counters_join(struct counters *counters, const struct counters *other);

/* Once, when all are joined: the counts can be read. */
void counters_finish(struct counters *counters);

/* Sums the cells into the tally of m03 or m06, made here. */
int counters_sum_months(struct counters *counters, enum malgrupp_table table, struct arena *arena, struct error *error);

#endif
