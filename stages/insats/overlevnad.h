/* Table i13: how long it takes from the start to an exit to egen försörjning. */
#ifndef FINSAMSTAT_STAGES_INSATS_OVERLEVNAD_H
#define FINSAMSTAT_STAGES_INSATS_OVERLEVNAD_H

#include "stages/insats/counts.h"

/* Fills the cube of i13 with the Kaplan–Meier estimate over every participation on file that started by the end B of the
   period, in completed months from start: an exit to egen försörjning by B is the event, another exit by B censors at
   the exit, all else at B. A row for each month from 0 to the last in which someone of the insats and kon is at risk. andel
   and its log-log limits are per cent; the limits are saknas while andel is 100 or 0. Volym insatser are left out.
   -1 with the error set when memory is out. */
int overlevnad_fill(const struct counting *counting, struct cube *cube, struct arena *arena, struct error *error);

/* Sets p_logrank of each row of i14: the log-rank test that women and men of the insats have the same time to egen försörjning,
   over the participations of i13; saknas where a sex has none or no event lets them be compared. -1 with the error set when
   memory is out. */
int overlevnad_compare(const struct counting *counting, struct cube *i14, struct arena *arena, struct error *error);

#endif
