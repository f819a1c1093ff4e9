/* All cubes of a run side by side, and what protection has decided about their cells so far. */
#ifndef FINSAMSTAT_STAGES_PROTECT_TABLES_H
#define FINSAMSTAT_STAGES_PROTECT_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/cube/cube.h"

#define TABLES_MOST 140
#define TABLES_PERIODS 13 /* the run's, and those approved that hang together with it */
#define TABLES_BESIDE 9   /* tables of a period that are reckoned with beside its i01 */

struct found;
struct settings;

/* Whether a universe is all that is known of its cells (rules.h). Once its rule has been applied that is settled: what was found goes one way. */
enum tables_closed { TABLES_NEW, TABLES_OPEN, TABLES_CLOSED };

struct past;

struct tables {
	struct arena *arena;
	double dominans; /* of an amount: p ÷ 100 of the p % rule; 0: off */
	const struct settings *settings; /* what the målgrupper are; NULL: not known */
	size_t count;
	struct cube *cube[TABLES_MOST];
	size_t rows[TABLES_MOST]; /* that were there when the cube was added: of these the lists below tell, and not of rows that stand there for earlier figures */
	bool *demanded[TABLES_MOST]; /* rows × measures: must be withheld, for the sake of another table */
	int64_t *raised[TABLES_MOST], *lowered[TABLES_MOST]; /* likewise: how far the cell's witnesses go */
	double *truth[TABLES_MOST]; /* likewise: the numbers before rounding; NULL in the other mode */
	unsigned char *past[TABLES_MOST]; /* likewise: enum ledger_state (past.h); NULL without a ledger */
	const struct past *history; /* where these states come from (past.h); NULL likewise */
	const char **known[TABLES_MOST]; /* likewise: as it was published earlier outside the program (known.h), else NULL; NULL where nothing of a table was */
	bool *fixed[TABLES_MOST]; /* likewise: a target that what is known fixes; NULL where the engine found none */
	int64_t *least[TABLES_MOST]; /* likewise: what everybody knows the count to be at least, from other than this run's counts */
	int64_t *parts[TABLES_MOST]; /* likewise: the printed parts of the cell in another table that are not 0; at least 1 each */
	struct found *found;    /* where the tables that the rules find are kept (found.h); NULL: nowhere */
	struct found *complete; /* likewise those of closed universes: nothing else need be asked of them */
	bool months; /* what months and their year say of each other is reckoned with (facts_months.c), and classes of months (facts_crossed.c) */
	unsigned char *closed[TABLES_MOST]; /* of each code of a table's first dimension: enum tables_closed; NULL: all are new */
	size_t periods;
	struct tables_period {
		size_t table;     /* i01 of the period: as the run has it, or as an approved run told it */
		size_t tables, beside[TABLES_BESIDE]; /* likewise those of i02–i09 and i11 that the run has, in that order; none of periods further away */
		size_t group;     /* the first of those that hang together with it by days on which one ends and others end or begin */
		int32_t from, to;
	} period[TABLES_PERIODS]; /* the run's first; none where no other hangs together with it */
};

/* Adds a cube that was read. -1 with the error set when memory is out or there is no more room. */
int tables_add(struct tables *tables, struct cube *cube, struct error *error);

/* Position by full name; SIZE_MAX when the run has no such table. */
size_t tables_find(const struct tables *tables, const char *name);

/* Status of a cell: withheld; its place in the arrays above; demanded. `measure` is its position. */
void tables_withhold(struct tables *tables, size_t table, size_t row, size_t measure);
bool tables_withheld(const struct tables *tables, size_t table, size_t row, size_t measure);
size_t tables_cell(const struct tables *tables, size_t table, size_t row, size_t measure);
bool *tables_demand(struct tables *tables, size_t table, size_t row, size_t measure);

/* Whether the row's universe is all that is known of its cells; whether that holds for all rows of a table. */
bool tables_closed(const struct tables *tables, size_t table, size_t row);
bool tables_all_closed(const struct tables *tables, size_t table);

/* By the measure's name: the value, 0 when it is missing; whether it is withheld. */
double tables_value(const struct tables *tables, size_t table, size_t row, const char *measure);
bool tables_measure_withheld(const struct tables *tables, size_t table, size_t row, const char *measure);

/* Whether a count is 1 … minimum − 1. */
bool tables_small(double count, double minimum);

/* Counts the parts of the cells of `whole` that stand in `table`: its rows with a code other than TOT in its last dimension.
   Where `table` has several ways to divide a whole (dimension `way`), the most parts of any. NULL: one way. */
int tables_count_parts(struct tables *tables, const char *whole, const char *measure, const char *table, const char *counted,
	const char *way, struct error *error);

/* The row of table `to` that agrees with a row of table `from` in the dimensions they share by name, and has TOT in its
   other dimensions. CUBE_NO_ROW when there is none. */
size_t tables_counterpart(const struct tables *tables, size_t from, size_t row, size_t to);

#endif
