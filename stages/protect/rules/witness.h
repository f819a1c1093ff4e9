/* Which cells of a universe to withhold so that no small count can be worked out.

   Protection is by witness: for every small cell (1 … minimum − 1) a second table of atoms is shown to exist in which every
   published cell has the value that is published, every withheld cell is at least 1, every zero cell is 0, and the small cell is
   `minimum` or more; and, where it is not larger by minimum − 1 already, a third in which it is so much smaller that its range is at
   least minimum − 1 wide. Whatever cell differs between the tables is withheld. They differ from the true one by a cycle: some
   counts are added to one atom of the cell and, for a choice of dimensions and another code in each of them, taken from and added
   to the corner atoms in turn. Where no cycle is feasible, all cells that contain the atom are withheld. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_WITNESS_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_WITNESS_H

#include "stages/protect/rules/universe.h"

/* Sums the universe, then withholds every visible cell of 1 … minimum − 1, every target, and what is needed so that each of
   them, and each hidden cell of that size, has its witness. Cells that the caller has set withheld stay so. Where only a frozen
   cell could give, that cell is marked as lacking. Deterministic. `minimum` ≥ 2. -1 with the error set when memory
   is out. */
int witness_counts(struct universe *universe, int64_t minimum, struct error *error);

/* The same for amounts: targets are withheld, and others with them until each could be larger and smaller by its span (as far as one
   of its atoms can fall), or without a span be another than it is. A withheld amount other than 0 stays other than 0. */
int witness_amounts(struct universe *universe, struct error *error);

#endif
