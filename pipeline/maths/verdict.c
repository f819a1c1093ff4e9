/* Requirements met or not, for certain or not: see verdict.h. */
#include "pipeline/maths/verdict.h"

#include <math.h>

#include "pipeline/maths/interval.h"
#include "pipeline/maths/maths.h"

static bool has_low(const struct goal *goal)
{
	return goal->form != GOAL_HOGST;
}

static bool has_high(const struct goal *goal)
{
	return goal->form != GOAL_MINST;
}

static bool within(double bound, const struct verdict *verdict)
{
	return verdict->ki_lag <= bound && bound <= verdict->ki_hog;
}

struct verdict verdict_of(const struct goal *goal, const struct figure *figure, double level)
{
	static const char *const bedomning[2][2] = { { "ej_uppfyllt", "ej_uppfyllt_osakert" },
		{ "uppfyllt", "uppfyllt_osakert" } };
	struct verdict verdict = { MATHS_NAN, MATHS_NAN, "ej_bedombart" };
	struct interval interval;
	if (isnan(figure->value))
		return verdict;
	if (figure->share && interval_wilson(figure->taljare, figure->namnare, level, &interval) == 0) {
		verdict.ki_lag = 100 * interval.low;
		verdict.ki_hog = 100 * interval.high;
	}
	bool met = (!has_low(goal) || figure->value >= goal->low) && (!has_high(goal) || figure->value <= goal->high);
	bool unsure = (has_low(goal) && within(goal->low, &verdict)) || (has_high(goal) && within(goal->high, &verdict));
	verdict.bedomning = bedomning[met][unsure];
	return verdict;
}
