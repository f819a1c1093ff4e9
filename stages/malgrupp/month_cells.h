/* Persons by place, month and combination of parties: the finest cells, which m03, m06 and manad_atomer are sums of. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_MONTH_CELLS_H
#define FINSAMSTAT_STAGES_MALGRUPP_MONTH_CELLS_H

#include <stddef.h>
#include <stdint.h>

#include "stages/malgrupp/measured.h"
#include "stages/malgrupp/person.h"
#include "stages/malgrupp/tally.h"

/* A person's months stand side by side, one cache line a month. */
struct month_cells {
	size_t numbers;
	uint32_t *number; /* (place·months + month of the period)·PERSON_COMBINATIONS + combination */
};

/* Names of the combinations by number: "INGEN", "AF", "FK", "AF+FK" … NULL with the error set when memory is out. */
const char *const *month_cells_combinations(struct arena *arena, struct error *error);

/* Bytes that the cells of one thread take. */
size_t month_cells_bytes(const struct measured *measured);

int month_cells_init(struct month_cells *cells, const struct measured *measured, struct arena *arena, struct error *error);

/* Counts the months of a year in which the person, measured that year, is active anywhere. */
void month_cells_add(struct month_cells *cells, const struct measured *measured, size_t year, const struct person *person);

void month_cells_join(struct month_cells *cells, const struct month_cells *other);

/* Sums into an empty tally of m03 (manad, kommun, kombination: numbers 1 … 15 at positions 0 … 14) or m06 (manad, kommun,
   kon, aldersgrupp, kalla). */
void month_cells_samtidighet(const struct month_cells *cells, const struct measured *measured, struct tally *tally);
void month_cells_manad(const struct month_cells *cells, const struct measured *measured, struct tally *tally);

/* The cells as the cube manad_atomer, those that are 0 left out. NULL with the error set when memory is out. */
struct cube *month_cells_cube(const struct month_cells *cells, const struct measured *measured, const struct table *table,
	struct arena *arena, struct error *error);

#endif
