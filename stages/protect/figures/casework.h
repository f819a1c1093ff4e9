/* Casework of underlag sus: a month's price for everybody who has a förmån of an agency, so that it tells how many they are. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FIGURES_CASEWORK_H
#define FINSAMSTAT_STAGES_PROTECT_FIGURES_CASEWORK_H

#include "stages/protect/tables.h"

/* Whether the casework of an insats (underlag sus) would tell a withheld count of i03: the only förmån of its agency that anybody has before, or after,
   where of the agency's förmåner on the other side none is withheld and no more than one is there. With several förmåner the number of
   those who have any of them leaves each open. */
bool casework_tells(const struct tables *tables, const char *insats);

/* The same of those who have it before, by themselves, which resursforbrukning of e05 tells. */
bool casework_tells_before(const struct tables *tables, const char *insats);

#endif
