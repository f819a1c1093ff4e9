/* What society's result would be if one assumption were another (e04). */
#include "stages/payback/sensitivity.h"

#include <math.h>
#include <stdbool.h>

#include "pipeline/maths/root.h"

#define LOW_RATE 0.02
#define HIGH_RATE 0.05
#define MOST_FACTOR 1000 /* amounts a thousand times as large are as far as a break is looked for */

const char *const parameter_names[PARAMETERS] = { "dodvikt", "avtagande", "kalkylranta", "kostnad", "lon", "ersattningar",
	"vard", "handlaggning" };

double sensitivity_value(enum parameter parameter, int high, const struct settings *settings)
{
	if (parameter == PARAMETER_DODVIKT)
		return high ? settings->dodvikt.high : settings->dodvikt.low;
	if (parameter == PARAMETER_AVTAGANDE)
		return high ? settings->avtagande.high : settings->avtagande.low;
	if (parameter == PARAMETER_KALKYLRANTA)
		return high ? HIGH_RATE : LOW_RATE;
	return high ? 1 + settings->prisosakerhet : 1 - settings->prisosakerhet;
}

static void scale(double *values, size_t count, double factor)
{
	for (size_t i = 0; i < count; i++)
		values[i] *= factor;
}

struct sensitivity sensitivity_at(enum parameter parameter, double value, const struct calculation *calculation,
	const struct settings *settings)
{
	struct flow before = calculation->before, after = calculation->after, change;
	struct flow *const sides[] = { &before, &after };
	double cost = calculation->cost[ACTOR_SAMHALLE], keep = 1 - settings->dodvikt.mode;
	double rate = settings->kalkylranta, avtagande = settings->avtagande.mode;
	if (parameter == PARAMETER_DODVIKT)
		keep = 1 - value;
	if (parameter == PARAMETER_AVTAGANDE)
		avtagande = value;
	if (parameter == PARAMETER_KALKYLRANTA)
		rate = value;
	if (parameter == PARAMETER_KOSTNAD)
		cost *= value;
	for (size_t i = 0; i < 2; i++) {
		if (parameter == PARAMETER_LON) {
			sides[i]->wage *= value;
			sides[i]->output *= value;
			sides[i]->subsidy *= value;
		}
		if (parameter == PARAMETER_ERSATTNINGAR)
			scale(sides[i]->support, FORMANER, value);
		if (parameter == PARAMETER_VARD)
			sides[i]->care *= value;
		if (parameter == PARAMETER_HANDLAGGNING)
			scale(sides[i]->casework, AGENCIES, value);
	}
	flow_change(&before, &after, keep, &change);
	double net = flow_society(&change);
	struct timeline timeline = timeline_make(calculation->duration, rate, avtagande);
	return (struct sensitivity){
		.aterbetalning_start = timeline_payback(&timeline, cost, net, settings->horisont),
		.nuvarde = timeline_sum(&timeline, cost, net, settings->horisont),
	};
}

struct search {
	enum parameter parameter;
	const struct calculation *calculation;
	const struct settings *settings;
};

static double nuvarde_at(double value, void *context)
{
	const struct search *search = context;
	return sensitivity_at(search->parameter, value, search->calculation, search->settings).nuvarde;
}

int sensitivity_break(enum parameter parameter, const struct calculation *calculation, const struct settings *settings,
	double *value, struct error *error)
{
	struct search search = { .parameter = parameter, .calculation = calculation, .settings = settings };
	double high = parameter <= PARAMETER_KALKYLRANTA ? 1 : MOST_FACTOR, root = (double)NAN;
	double at_low = nuvarde_at(0, &search), at_high = nuvarde_at(high, &search);
	bool matters = at_low < at_high || at_low > at_high;
	int result = matters ? root_brent(nuvarde_at, &search, 0, high, 1e-12, &root, error) : ROOT_NONE;
	*value = 100 * root; /* NAN: it does not matter, or not enough */
	return result < 0 ? -1 : 0;
}
