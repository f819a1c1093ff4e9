/* The calculation's figures put into the cubes e02–e07 and kohort_underlag. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_RESULT_H
#define FINSAMSTAT_STAGES_PAYBACK_RESULT_H

#include "pipeline/table/cube/cube.h"
#include "stages/payback/calculation.h"
#include "stages/payback/simulate.h"

/* The rates of e06: code and value a year. */
#define RESULT_RATES 4
struct rate {
	const char *code;
	double value;
};
extern const struct rate result_rates[RESULT_RATES];

/* Each adds an insats's rows. `calculation` is NULL without a cohort: every measure is then `saknas`. 0, or -1 with the error
   set when memory is out. */

/* e02; `spread` (by actor) may be NULL: its measures are then `saknas`. */
int result_payback(struct cube *cube, const char *insats, const struct calculation *calculation,
	const struct spread *spread, const struct settings *settings, struct error *error);

/* e03. */
int result_flow(struct cube *cube, const char *insats, const struct calculation *calculation,
	const struct settings *settings, struct error *error);

/* e04. */
int result_sensitivity(struct cube *cube, const char *insats, const struct calculation *calculation,
	const struct settings *settings, struct error *error);

/* e05. */
int result_potential(struct cube *cube, const char *insats, const struct calculation *calculation,
	const struct prices *prices, const struct settings *settings, struct error *error);

/* e06, the rows of one underlag; `kohort` is NAN where nothing could be linked. */
int result_comparison(struct cube *cube, const char *insats, const char *underlag, double kohort,
	const struct calculation *calculation, const struct settings *settings, struct error *error);

/* e08: STAT, STATEN, KOM and REG without and with inkomstutjämning; no rows when it takes nothing back. */
int result_equalisation(struct cube *cube, const char *insats, const struct calculation *calculation,
	const struct prices *prices, const struct settings *settings, struct error *error);

/* e09: the prices in use, and the KPI that moved them. */
int result_prices(struct cube *cube, const struct price_list *list, struct error *error);

/* e07 and, in `errors`, the Monte Carlo error of each of its figures; `band` as simulate_band gives it, or NULL. */
int result_band(struct cube *cube, struct cube *errors, const char *insats, const struct percentiles *band, int horizon,
	struct error *error);

/* The Monte Carlo errors of e02's percentiles; `spread` by actor, or NULL. */
int result_errors(struct cube *cube, const char *insats, const struct spread *spread, struct error *error);

#endif
