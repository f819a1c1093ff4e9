/* Inhabitants by year, kommun, kon and age group, from bands of ages that must cover a group exactly. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_POPULATION_H
#define FINSAMSTAT_STAGES_MALGRUPP_POPULATION_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/cube/cube.h"
#include "stages/malgrupp/measured.h"

/* A row of befolkning.csv. */
struct band {
	uint16_t kommun;   /* index in the list kommun */
	uint16_t kon;      /* index in the list kon */
	int32_t ar;
	int32_t from, to;  /* ages, both included */
	int32_t count;
};

#define POPULATION_UNKNOWN INT64_MIN

/* Inhabitants aged from … to, 16 ≤ from ≤ to ≤ 64, out of bands of one kommun, year and kon sorted by from, to and count:
   the sum of bands that follow on each other and cover the ages exactly, at each age the narrowest that lets the rest be
   covered (bands may overlap: single years and groups of five years in one file). POPULATION_UNKNOWN when none do. */
int64_t population_cover(const struct band *bands, size_t count, int from, int to);

#define POPULATION_GAPS 5 /* at most, that are named */

struct population {
	const struct measured *measured;
	int64_t *inhabitants;  /* see population_of */
	size_t asked, unfilled; /* pairs of year and kommun valid in it; those in which something is unknown, and … */
	struct population_gap {
		size_t year, kommun; /* positions in `measured` */
	} gap[POPULATION_GAPS];  /* … the first of them */
};

/* Sorts `bands` and fills the table for every year of the period. `groups`: whether unknown age groups count in
   `unfilled`, or ages 16–64 as a whole alone. -1 with the error set when memory is out. */
int population_init(struct population *population, const struct measured *measured, const struct codelist *kommun,
	struct band *bands, size_t count, bool groups, struct arena *arena, struct error *error);

/* Inhabitants by position of the year, of the kommun (measured->kommuner: all valid that year), of kon (MEASURED_KON:
   women and men) and of the age group (measured->ages: 16–64); POPULATION_UNKNOWN, as for kon X, without, and for a kommun that is not valid in the year. */
int64_t population_of(const struct population *population, size_t year, size_t kommun, size_t kon, size_t age);

/* The cube of `table` (befolkning_celler): inhabitants of every year, kommun valid in it, kon and age group that are known, and of kon and age group
   TOT. In the arena. NULL with the error set when memory is out. */
struct cube *population_cube(const struct population *population, const struct table *table, struct arena *arena, struct error *error);

/* The first gaps in words: "Ale (1440) 2018, Kungälv (1482) 2018 …"; "" without any. NULL with the error set when memory is out. */
const char *population_gaps(const struct population *population, const struct codelist *kommun, struct arena *arena, struct error *error);

#endif
