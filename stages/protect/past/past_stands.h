/* Inside of past: the tables and days for which earlier figures stand. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PAST_PAST_STANDS_H
#define FINSAMSTAT_STAGES_PROTECT_PAST_PAST_STANDS_H

#include "stages/protect/past/past.h"

struct past {
	struct arena *arena;
	struct tables *tables;
	const struct settings *settings;
	const struct ledger *ledger; /* NULL: there is none */
	size_t blocks, room;
	struct past_block *block;
	struct past_bounds bounds;   /* of rounded counts */
	struct past_names {
		size_t count, room;
		const char **name;
	} insatser, malgrupper; /* that approved runs have */
};

/* Tables that hang together: those of the population in a year and its months, or those of insatser, goals and economics for the same
   days. */
struct past_block {
	bool population;
	int year;          /* of the population */
	int32_t from, to;  /* of the others */
	bool left_out;     /* of days that no approval has: nothing of the block is told */
};

/* Whether a figure tells of persons: not budgets, prices and reconciled figures. */
bool past_personal(const struct table *table, size_t measure);

/* Persons or participations, not the difference of two such counts. */
bool past_is_count(const struct measure *measure);

/* A figure made of the row's persons alone: it cannot change while they are the same. Rates change with the inhabitants, limits with the
   confidence level, and the economics with prices and costs. */
bool past_made_of_persons(const struct table *table, const struct measure *measure);

/* Fills in the insatser and målgrupper that approved runs have. -1 with the error set when memory is out. */
int past_find_names(struct past *past, struct error *error);

/* The dimension that names an insats or a målgrupp; the table's number of dimensions when it has none. */
size_t past_naming(const struct table *table);

/* The days that a row is about. */
void past_days(const struct past *past, const struct cube *cube, size_t row, int32_t *from, int32_t *to);

/* Whether approvals tell of the row's insats or målgrupp for the days; true of a row of neither. Else it was not printed as 0 then. */
bool past_was_there(const struct past *past, const struct cube *cube, size_t row, int32_t from, int32_t to);

/* Whether a row of the days is of an insats or målgrupp that approved runs of these days do not tell of, or, where there are none of them, no approved run. */
bool past_is_new(const struct past *past, const struct cube *cube, size_t row, int32_t from, int32_t to);

/* Earlier figures stand in the block of the table and days. -1 with the error set. */
int past_stand(struct past *past, const struct table *table, int32_t from, int32_t to, struct error *error);

/* No figure of the block of the table is told for the days. -1 with the error set. */
int past_leave_out(struct past *past, const struct table *table, int32_t from, int32_t to, struct error *error);

/* Whether an entry is of the latest approval that has its table for its days. */
bool past_is_latest(const struct past *past, const struct ledger_entry *entry);

/* The row and measure that an entry names: CUBE_NO_ROW and SIZE_MAX without. -1 with the error set when memory is out. */
int past_find(const struct cube *cube, const struct ledger_entry *entry, size_t *row, size_t *measure, struct arena *arena,
	struct error *error);

/* Whether the run is about the days of an entry: some row of its table is, or would be. */
bool past_covers(const struct past *past, size_t table, const struct ledger_entry *entry);

#endif
