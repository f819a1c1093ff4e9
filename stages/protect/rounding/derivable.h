/* Which atoms the printed rows of a system determine: those that some combination of printed rows, added and subtracted, gives. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ROUNDING_DERIVABLE_H
#define FINSAMSTAT_STAGES_PROTECT_ROUNDING_DERIVABLE_H

#include "stages/protect/engine/system.h"

/* Sets derivable[a] for every atom a that the rows of the kind ROW_CELL, all taken as printed, determine by addition and
   subtraction; atoms that a printed zero takes out are not set. Sparse elimination modulo the prime 2^31 − 1, and one random
   solution of the homogeneous equations: what is 0 in it is determined (wrong with probability 2^−31 an atom, and then too
   much is called derivable). `derivable` has room for all atoms. -1 with the error set when memory is out. */
int derivable_find(const struct system *system, bool *derivable, struct error *error);

#endif
