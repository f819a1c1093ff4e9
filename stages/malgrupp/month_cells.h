/* Persons by place, month and combination of parties: the finest cells, which m03, m06 and manad_atomer are sums of. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_MONTH_CELLS_H
#define FINSAMSTAT_STAGES_MALGRUPP_MONTH_CELLS_H

#include <stddef.h>
#include <stdint.h>

#include "stages/malgrupp/measured.h"
#include "stages/malgrupp/person.h"
#include "stages/malgrupp/tally.h"

#define MONTH_CELLS_WAITING 128 /* changes made together */

struct month_change {
	uint32_t *number, change;
};

/* Persons are counted where they change: most months are as the one before, and the months of a combination share a cache line or two. */
struct month_cells {
	size_t numbers;
	uint32_t *number; /* while persons are added: (place·PERSON_COMBINATIONS + combination)·months + month of the period, how many more
	                     (modulo 2^32) than the month before; when finished: (place·months + month)·PERSON_COMBINATIONS + combination,
	                     persons, 0 of combination 0 */
	size_t waiting;
	struct month_change next[MONTH_CELLS_WAITING]; /* their cache lines are on the way */
};

/* Names of the combinations by number: "INGEN", "AF", "FK", "AF+FK" … NULL with the error set when memory is out. */
const char *const *month_cells_combinations(struct arena *arena, struct error *error);

/* Bytes that the cells of one thread take. */
size_t month_cells_bytes(const struct measured *measured);

int month_cells_init(struct month_cells *cells, const struct measured *measured, struct arena *arena, struct error *error);

/* Counts the months of a year in which the person, measured that year, is active anywhere. */
void month_cells_add(struct month_cells *cells, const struct measured *measured, size_t year, const struct person *person);

/* Makes the changes that wait. Before the cells are joined. */
void month_cells_settle(struct month_cells *cells);

/* Adds the cells of another thread, neither being finished. */
void month_cells_join(struct month_cells *cells, const struct month_cells *other);

/* Once, when all have been joined: what follows reads persons. */
void month_cells_finish(struct month_cells *cells, const struct measured *measured);

/* Sums into an empty tally of m03 (manad, kommun, kombination: numbers 1 … 15 at positions 0 … 14) or m06 (manad, kommun,
   kon, aldersgrupp, kalla). */
void month_cells_samtidighet(const struct month_cells *cells, const struct measured *measured, struct tally *tally);
void month_cells_manad(const struct month_cells *cells, const struct measured *measured, struct tally *tally);

/* The cells as the cube manad_atomer, those that are 0 left out; as tally_cube makes one, to be written. NULL with the error set when memory is out. */
struct cube *month_cells_cube(const struct month_cells *cells, const struct measured *measured, const struct table *table,
	struct arena *arena, struct error *error);

#endif
