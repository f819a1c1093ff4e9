/* The verdict on a goal: its figure against its requirement. */
#ifndef FINSAMSTAT_MATHS_VERDICT_H
#define FINSAMSTAT_MATHS_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "pipeline/table/settings/settings.h"

/* The figure of a goal: a plain number, or a share with what it is made of. */
struct figure {
	bool share;           /* value = 100·taljare/namnare, NAN when namnare is 0 */
	int64_t taljare, namnare;
	double value;         /* in the goal's unit; NAN: cannot be computed */
};

struct verdict {
	double ki_lag, ki_hog; /* per cent, Wilson; NAN for plain numbers and when there is no figure */
	const char *bedomning; /* a code of the list bedomning */
};

/* ej_bedombart without a figure; else uppfyllt or ej_uppfyllt, the bounds of the requirement included, and …_osakert when a
   bound of it lies in the interval of a share, the limits included. `level` is the confidence level of the interval. */
struct verdict verdict_of(const struct goal *goal, const struct figure *figure, double level);

#endif
