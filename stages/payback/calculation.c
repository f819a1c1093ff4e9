/* The calculation of one insats on one underlag: see calculation.h. */
#include "stages/payback/calculation.h"

#include <math.h>

#define HALF_ORE 0.005

static void needs_of(const struct ledger *ledger, bool need[POSTS])
{
	static const struct {
		size_t quantity, post, count;
	} priced[] = {
		{ LEDGER_STANDARD, POST_SCHABLON, FORMANER },
		{ LEDGER_CONTACT, POST_VARD, CARES },
		{ LEDGER_CASEWORK, POST_HANDLAGGNING, AGENCIES },
		{ LEDGER_WORK, POST_LON, WORKS },
		{ LEDGER_WORK, POST_PROD, WORKS },
		{ LEDGER_WORK + WORK_AU, POST_LONEBIDRAG, 1 },
	};
	for (size_t p = 0; p < sizeof priced / sizeof *priced; p++)
		for (size_t i = 0; i < priced[p].count; i++)
			if (ledger->at[priced[p].quantity + i] > 0)
				need[priced[p].post + i] = true;
}

void calculation_needs(const struct cohort *cohort, bool need[POSTS])
{
	for (size_t post = 0; post < POSTS; post++)
		need[post] = cohort->count > 0 && (post >= POST_ARBETSGIVARAVGIFT || post == POST_LON + WORK_AO ||
			post == POST_PROD + WORK_AO);
	for (size_t i = 0; i < cohort->count; i++) {
		needs_of(&cohort->member[i].before, need);
		needs_of(&cohort->member[i].after, need);
	}
}

void calculation_cost(const struct cohort *cohort, double days, double cost[ACTORS])
{
	double paid[FINANSIARER];
	for (size_t f = 0; f < FINANSIARER; f++)
		paid[f] = (double)cohort->outcome[f] / 100 / (double)cohort->participant_days * days;
	actor_cost(paid, cost);
}

static void mean_ledgers(const struct cohort *cohort, struct ledger *before, struct ledger *after)
{
	*before = *after = (struct ledger){ 0 };
	for (size_t i = 0; i < cohort->count; i++)
		for (size_t q = 0; q < LEDGER_SIZE; q++) {
			before->at[q] += cohort->member[i].before.at[q];
			after->at[q] += cohort->member[i].after.at[q];
		}
	for (size_t q = 0; q < LEDGER_SIZE; q++) {
		before->at[q] /= (double)cohort->count;
		after->at[q] /= (double)cohort->count;
	}
}

int calculation_make(const struct cohort *cohort, const struct prices *prices, const struct settings *settings,
	struct calculation *calculation, struct error *error)
{
	struct ledger before, after;
	int64_t days = 0;
	double linked = 0;
	for (size_t i = 0; i < cohort->count; i++) {
		days += cohort->member[i].days;
		linked += cohort->member[i].linked;
	}
	*calculation = (struct calculation){
		.kohort = (double)cohort->count,
		.andel_lankad = 100 * linked / (double)cohort->count,
		.duration = timeline_duration(days, (long long)cohort->count),
	};
	calculation_cost(cohort, (double)days / (double)cohort->count, calculation->cost);
	mean_ledgers(cohort, &before, &after);
	flow_of(&before, prices, &calculation->before);
	flow_of(&after, prices, &calculation->after);
	flow_change(&calculation->before, &calculation->after, 1 - settings->dodvikt.mode, &calculation->change);
	actor_net(&calculation->change, prices, settings->inkomstutjamning, calculation->net);
	double difference = calculation->net[ACTOR_SAMHALLE] - flow_society(&calculation->change);
	if (fabs(difference) <= HALF_ORE)
		return 0;
	return error_set(error, EXIT_BUG, "the nets of the actors do not add up: SAMHALLE differs from production, care and "
		"casework by %.4f kr a month", difference);
}

struct timeline calculation_timeline(const struct calculation *calculation, const struct settings *settings)
{
	return (struct timeline){ .duration = calculation->duration, .rate = settings->kalkylranta,
		.avtagande = settings->avtagande.mode };
}
