/* What society's result would be if one assumption were another (e04). Pure. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_SENSITIVITY_H
#define FINSAMSTAT_STAGES_PAYBACK_SENSITIVITY_H

#include "stages/payback/calculation.h"

enum parameter {
	PARAMETER_DODVIKT,
	PARAMETER_AVTAGANDE,
	PARAMETER_KALKYLRANTA,
	PARAMETER_KOSTNAD,
	PARAMETER_LON,
	PARAMETER_ERSATTNINGAR,
	PARAMETER_VARD,
	PARAMETER_HANDLAGGNING,
	PARAMETERS
};
extern const char *const parameter_names[PARAMETERS];

struct sensitivity {
	double aterbetalning_start; /* INFINITY: not within the horizon; NAN without a cost */
	double nuvarde;             /* kr */
};

/* The low (0) or high (1) value of a parameter: bounds of dödvikt and avtagande, kalkylränta 2 and 5 %, otherwise a factor,
   1 ∓ prisosäkerhet, of every amount of the kind, paid out or priced. */
double sensitivity_value(enum parameter parameter, int high, const struct settings *settings);

/* SAMHALLE with the parameter at `value` and all else as in the calculation. */
struct sensitivity sensitivity_at(enum parameter parameter, double value, const struct calculation *calculation,
	const struct settings *settings);

/* The value at which nuvarde is 0, in per cent: of dödvikt, avtagande and kalkylränta the per cent itself, from 0 to 100; of the
   others per cent of the calculation's amounts (100 = as it is), from 0 to 100 000. *value is NAN when there is none. 0, or -1
   with the error set when memory is out. */
int sensitivity_break(enum parameter parameter, const struct calculation *calculation, const struct settings *settings,
	double *value, struct error *error);

#endif
