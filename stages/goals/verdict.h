/* The verdict on a goal: its figure against its requirement. */
#ifndef FINSAMSTAT_STAGES_GOALS_VERDICT_H
#define FINSAMSTAT_STAGES_GOALS_VERDICT_H

#include "stages/goals/figure.h"

struct verdict {
	double ki_lag, ki_hog; /* per cent, Wilson; NAN for plain numbers and when there is no figure */
	const char *bedomning; /* a code of the list bedomning */
};

/* ej_bedombart without a figure; else uppfyllt or ej_uppfyllt, the bounds of the requirement included, and …_osakert when a
   bound of it lies in the interval of a share, the limits included. `level` is the confidence level of the interval. */
struct verdict verdict_of(const struct goal *goal, const struct figure *figure, double level);

#endif
