/* Of each amount of m01 the two largest contributions and the sum of all: what protect's rule of dominance works from. They are
   amounts of single persons and stand in the internal support cube dominans_forman alone. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_DOMINANS_H
#define FINSAMSTAT_STAGES_MALGRUPP_DOMINANS_H

#include "pipeline/maths/dominance.h"
#include "stages/malgrupp/measured.h"
#include "stages/malgrupp/tally.h"

enum dominans_amount { DOMINANS_KR, DOMINANS_HELAR, DOMINANS_AMOUNTS };

/* Beside a tally of m01, cell by cell. Whole numbers (öre, parts of a helårsekvivalent), so that the order of persons and threads
   does not matter. */
struct dominans {
	const struct tally *tally;
	const struct measured *measured;
	struct contributions *of; /* cells · DOMINANS_AMOUNTS */
};

/* Nothing contributed yet. -1 with the error set when memory is out. */
int dominans_init(struct dominans *dominans, const struct tally *tally, const struct measured *measured, struct arena *arena,
	struct error *error);

/* One person's öre and parts in the cell whose numbers in the tally are at `number`. */
void dominans_add(struct dominans *dominans, const int64_t *number, int64_t ore, int64_t parts);

/* Asks for the memory that dominans_add will change. */
void dominans_expect(const struct dominans *dominans, const int64_t *number);

/* Those that another thread counted, beside a tally of the same shape. */
void dominans_join(struct dominans *dominans, const struct dominans *other);

/* Fills the cells with TOT. Once, when all has been counted. */
void dominans_total(struct dominans *dominans);

/* The cube of `table` (dominans_forman): kronor and helårsekvivalenter of the cells that some p up to 100 % would call sensitive; the others
   are 0. As tally_cube makes one, to be written. In the arena. NULL with the error set when memory is out. */
struct cube *dominans_cube(const struct dominans *dominans, const struct table *table, struct arena *arena, struct error *error);

#endif
