/* Table i01: participations and the persons behind them. */
#ifndef FINSAMSTAT_STAGES_INSATS_DELTAGARE_H
#define FINSAMSTAT_STAGES_INSATS_DELTAGARE_H

#include "stages/insats/counts.h"

/* Fills the cube of i01. In every row, a total too, personer are distinct: each person once, each anonymous participation
   as one person. -1 with the error set when memory is out. */
int deltagare_fill(const struct counting *counting, struct cube *cube, struct arena *arena, struct error *error);

#endif
