/* Tables i06 and i14: outcomes of the exited, their shares, and the difference between the sexes. */
#ifndef FINSAMSTAT_STAGES_INSATS_RESULTAT_H
#define FINSAMSTAT_STAGES_INSATS_RESULTAT_H

#include "stages/insats/counts.h"

/* Fills the cube of i06, shares with Wilson intervals (per cent; saknas where no one exited).
   -1 with the error set when memory is out. */
int resultat_fill(const struct counting *counting, struct cube *cube, struct error *error);

/* Fills the cube of i14 from that of i06: a row for every insats that is not volym, Newcombe's interval; saknas what a
   sex without exits leaves undefined. -1 with the error set when memory is out. */
int resultat_fill_difference(const struct settings *settings, const struct cube *i06, struct cube *cube,
	struct error *error);

#endif
