/* The calculation's figures put into the cubes e02–e07. Every row starts with all its measures `saknas`; a figure that is not
   finite stays so. */
#include "stages/payback/result.h"

#include <math.h>
#include <stdio.h>

#include "stages/payback/sensitivity.h"

const struct rate result_rates[RESULT_RATES] = { { "0", 0 }, { "2", 0.02 }, { "3.5", 0.035 }, { "5", 0.05 } };

#define MONTH_TEXT 12
#define YEAR_TEXT 12

static size_t new_row(struct cube *cube, const char *const *codes, struct error *error)
{
	size_t row = cube_row_named(cube, codes, error);
	for (size_t m = 0; row != CUBE_NO_ROW && m < cube->table->measures; m++)
		cube_set_missing(cube, row, m);
	return row;
}

static void put(struct cube *cube, size_t row, const char *measure, double number)
{
	cube_set(cube, row, cube_measure(cube, measure), number);
}

static void put_payback(struct cube *cube, size_t row, const struct calculation *calculation, size_t actor,
	const struct settings *settings)
{
	struct timeline timeline = calculation_timeline(calculation, settings);
	double cost = calculation->cost[actor], net = calculation->net[actor];
	double start = timeline_payback(&timeline, cost, net, settings->horisont);
	put(cube, row, "kostnad", cost);
	put(cube, row, "netto_manad", net);
	put(cube, row, "aterbetalning_enkel", cost > 0 && net > 0 ? cost / net : (double)NAN);
	put(cube, row, "aterbetalning_start", start);
	put(cube, row, "aterbetalning_avslut", start - timeline.duration);
	put(cube, row, "nuvarde", timeline_sum(&timeline, cost, net, settings->horisont));
	put(cube, row, "nyttokostnadskvot", cost > 0 ? net * timeline_net(&timeline, settings->horisont) /
		(cost * timeline_cost(&timeline, settings->horisont)) : (double)NAN);
}

static void put_spread(struct cube *cube, size_t row, const struct spread *spread)
{
	put(cube, row, "nuvarde_p5", spread->nuvarde.value[SIMULATION_P5]);
	put(cube, row, "nuvarde_p50", spread->nuvarde.value[SIMULATION_P50]);
	put(cube, row, "nuvarde_p95", spread->nuvarde.value[SIMULATION_P95]);
	put(cube, row, "aterbetalning_p5", spread->aterbetalning.value[SIMULATION_P5]);
	put(cube, row, "aterbetalning_p50", spread->aterbetalning.value[SIMULATION_P50]);
	put(cube, row, "aterbetalning_p95", spread->aterbetalning.value[SIMULATION_P95]);
	put(cube, row, "sannolikhet_lonsam", spread->lonsam);
	put(cube, row, "sannolikhet_12", spread->within[WITHIN_12]);
	put(cube, row, "sannolikhet_24", spread->within[WITHIN_24]);
	put(cube, row, "sannolikhet_36", spread->within[WITHIN_36]);
	put(cube, row, "sannolikhet_60", spread->within[WITHIN_60]);
}

int result_payback(struct cube *cube, const char *insats, const struct calculation *calculation,
	const struct spread *spread, const struct settings *settings, struct error *error)
{
	for (size_t actor = 0; actor < ACTORS; actor++) {
		size_t row = new_row(cube, (const char *const[]){ insats, actor_names[actor] }, error);
		if (row == CUBE_NO_ROW)
			return -1;
		if (calculation != NULL)
			put_payback(cube, row, calculation, actor, settings);
		if (calculation != NULL && spread != NULL)
			put_spread(cube, row, &spread[actor]);
	}
	return 0;
}

int result_flow(struct cube *cube, const char *insats, const struct calculation *calculation,
	const struct settings *settings, struct error *error)
{
	for (size_t actor = 0; actor < ACTORS; actor++)
		for (int month = 1; month <= settings->horisont; month++) {
			char text[MONTH_TEXT];
			(void)snprintf(text, sizeof text, "%d", month);
			size_t row = new_row(cube, (const char *const[]){ insats, actor_names[actor], text }, error);
			if (row == CUBE_NO_ROW)
				return -1;
			if (calculation == NULL)
				continue;
			struct timeline timeline = calculation_timeline(calculation, settings);
			put(cube, row, "ackumulerat",
				timeline_sum(&timeline, calculation->cost[actor], calculation->net[actor], month));
		}
	return 0;
}

int result_sensitivity(struct cube *cube, const char *insats, const struct calculation *calculation,
	const struct settings *settings, struct error *error)
{
	static const char *const lage[] = { "lag", "hog" };
	for (enum parameter parameter = 0; parameter < PARAMETERS; parameter++)
		for (int high = 0; high < 2; high++) {
			const char *const codes[] = { insats, parameter_names[parameter], lage[high] };
			size_t row = new_row(cube, codes, error);
			if (row == CUBE_NO_ROW)
				return -1;
			if (calculation == NULL)
				continue;
			double broken_at;
			if (sensitivity_break(parameter, calculation, settings, &broken_at, error) != 0)
				return -1;
			struct sensitivity found = sensitivity_at(parameter, sensitivity_value(parameter, high, settings),
				calculation, settings);
			put(cube, row, "aterbetalning_start", found.aterbetalning_start);
			put(cube, row, "nuvarde", found.nuvarde);
			put(cube, row, "brytvarde", broken_at);
		}
	return 0;
}

int result_potential(struct cube *cube, const char *insats, const struct calculation *calculation,
	const struct prices *prices, const struct settings *settings, struct error *error)
{
	size_t row = new_row(cube, &insats, error);
	if (row == CUBE_NO_ROW)
		return -1;
	if (calculation == NULL)
		return 0;
	struct ledger full_time = { 0 };
	struct flow best, change;
	full_time.at[LEDGER_WORK + WORK_AO] = 1;
	flow_of(&full_time, prices, &best);
	best.care = calculation->after.care;
	flow_change(&calculation->before, &best, 1 - settings->dodvikt.mode, &change);
	struct flow resources = change;
	resources.output = 0;
	double potential = flow_society(&change), realised = calculation->net[ACTOR_SAMHALLE];
	put(cube, row, "potential", potential);
	put(cube, row, "realiserat", realised);
	put(cube, row, "verkningsgrad", fabs(potential) > 0 ? 100 * realised / potential : (double)NAN);
	put(cube, row, "produktion", change.output);
	put(cube, row, "resursforbrukning", flow_society(&resources));
	return 0;
}

int result_comparison(struct cube *cube, const char *insats, const char *underlag, double kohort,
	const struct calculation *calculation, const struct settings *settings, struct error *error)
{
	for (size_t r = 0; r < RESULT_RATES; r++) {
		size_t row = new_row(cube, (const char *const[]){ insats, underlag, result_rates[r].code }, error);
		if (row == CUBE_NO_ROW)
			return -1;
		put(cube, row, "kohort", kohort);
		if (calculation == NULL)
			continue;
		struct timeline timeline = timeline_make(calculation->duration, result_rates[r].value, settings->avtagande.mode);
		double cost = calculation->cost[ACTOR_SAMHALLE], net = calculation->net[ACTOR_SAMHALLE];
		put(cube, row, "andel_lankad", calculation->andel_lankad);
		put(cube, row, "uppfoljning", calculation->uppfoljning);
		put(cube, row, "kostnad", cost);
		put(cube, row, "netto_manad", net);
		put(cube, row, "produktion", calculation->change.output);
		put(cube, row, "vard", 0 - calculation->change.care);
		put(cube, row, "handlaggning", 0 - flow_casework(&calculation->change));
		put(cube, row, "aterbetalning_start", timeline_payback(&timeline, cost, net, settings->horisont));
		put(cube, row, "nuvarde", timeline_sum(&timeline, cost, net, settings->horisont));
		put(cube, row, "resultat_12", timeline_sum(&timeline, cost, net, 12));
		put(cube, row, "resultat_60", timeline_sum(&timeline, cost, net, 60));
	}
	return 0;
}

int result_band(struct cube *cube, struct cube *errors, const char *insats, const struct percentiles *band, int horizon,
	struct error *error)
{
	static const char *const measures[PERCENTILES] = { "ackumulerat_p5", "ackumulerat_p50", "ackumulerat_p95" };
	for (size_t actor = 0; actor < ACTORS; actor++)
		for (int month = 1; month <= horizon; month++) {
			char text[MONTH_TEXT];
			(void)snprintf(text, sizeof text, "%d", month);
			const char *const codes[] = { insats, actor_names[actor], text };
			size_t row = new_row(cube, codes, error), error_row = new_row(errors, codes, error);
			if (row == CUBE_NO_ROW || error_row == CUBE_NO_ROW)
				return -1;
			const struct percentiles *found = band == NULL ? NULL : &band[(size_t)(month - 1) * ACTORS + actor];
			for (size_t p = 0; found != NULL && p < PERCENTILES; p++) {
				put(cube, row, measures[p], found->value[p]);
				put(errors, error_row, measures[p], found->error[p]);
			}
		}
	return 0;
}

int result_errors(struct cube *cube, const char *insats, const struct spread *spread, struct error *error)
{
	static const char *const nuvarde[PERCENTILES] = { "nuvarde_p5", "nuvarde_p50", "nuvarde_p95" };
	static const char *const aterbetalning[PERCENTILES] = { "aterbetalning_p5", "aterbetalning_p50", "aterbetalning_p95" };
	for (size_t actor = 0; actor < ACTORS; actor++) {
		size_t row = new_row(cube, (const char *const[]){ insats, actor_names[actor] }, error);
		if (row == CUBE_NO_ROW)
			return -1;
		for (size_t p = 0; spread != NULL && p < PERCENTILES; p++) {
			put(cube, row, nuvarde[p], spread[actor].nuvarde.error[p]);
			put(cube, row, aterbetalning[p], spread[actor].aterbetalning.error[p]);
		}
	}
	return 0;
}

int result_equalisation(struct cube *cube, const char *insats, const struct calculation *calculation,
	const struct prices *prices, const struct settings *settings, struct error *error)
{
	static const enum actor touched[] = { ACTOR_STAT, ACTOR_STATEN, ACTOR_KOM, ACTOR_REG };
	static const char *const names[] = { "utan", "med" };
	if (!(settings->inkomstutjamning > 0))
		return 0;
	for (size_t with = 0; with < 2; with++) {
		double net[ACTORS];
		if (calculation != NULL)
			actor_net(&calculation->change, prices, with == 0 ? 0 : settings->inkomstutjamning, net);
		for (size_t i = 0; i < sizeof touched / sizeof *touched; i++) {
			enum actor actor = touched[i];
			size_t row = new_row(cube, (const char *const[]){ insats, actor_names[actor], names[with] }, error);
			if (row == CUBE_NO_ROW)
				return -1;
			if (calculation == NULL)
				continue;
			struct timeline timeline = calculation_timeline(calculation, settings);
			double cost = calculation->cost[actor];
			put(cube, row, "netto_manad", net[actor]);
			put(cube, row, "aterbetalning_start", timeline_payback(&timeline, cost, net[actor], settings->horisont));
			put(cube, row, "nuvarde", timeline_sum(&timeline, cost, net[actor], settings->horisont));
		}
	}
	return 0;
}

static int put_price(struct cube *cube, const struct price_row *price, double used, struct error *error)
{
	char year[YEAR_TEXT];
	(void)snprintf(year, sizeof year, "%d", price->ar);
	size_t row = new_row(cube, (const char *const[]){ price->post, year }, error);
	if (row == CUBE_NO_ROW)
		return -1;
	put(cube, row, "belopp", price->belopp);
	put(cube, row, "anvant", used);
	cube_set_text(cube, row, cube_measure(cube, "enhet"), price->enhet);
	if (*price->kalla != '\0')
		cube_set_text(cube, row, cube_measure(cube, "kalla"), price->kalla);
	return 0;
}

int result_prices(struct cube *cube, const struct price_list *list, struct error *error)
{
	const struct price_row *now = NULL;
	for (size_t post = 0; post < POSTS; post++) {
		double used = list->prices.of[post] * (post < POSTS_IN_KR ? 1 : 100);
		if (list->row[post] == NULL)
			continue;
		if (put_price(cube, list->row[post], used, error) != 0)
			return -1;
		if (list->kpi[post] == NULL)
			continue;
		now = list->kpi_now;
		if (put_price(cube, list->kpi[post], list->kpi[post]->belopp, error) != 0)
			return -1;
	}
	return now == NULL ? 0 : put_price(cube, now, now->belopp, error);
}
