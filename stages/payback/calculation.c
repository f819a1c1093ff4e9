/* The calculation of one insats on one underlag: see calculation.h. */
#include "stages/payback/calculation.h"

#include <math.h>
#include <stdlib.h>

/* By days, what is known of the follow-up, then each figure before and after. */
static int compare_members(const void *left, const void *right)
{
	const struct member *a = left, *b = right;
	int order = (a->days > b->days) - (a->days < b->days);
	if (order == 0)
		order = (a->observed > b->observed) - (a->observed < b->observed);
	if (order == 0)
		order = (int)a->linked - (int)b->linked;
	for (size_t q = 0; q < LEDGER_SIZE && order == 0; q++) {
		order = (a->before.at[q] > b->before.at[q]) - (a->before.at[q] < b->before.at[q]);
		if (order == 0)
			order = (a->after.at[q] > b->after.at[q]) - (a->after.at[q] < b->after.at[q]);
	}
	return order;
}

void calculation_order(struct member *member, size_t count)
{
	if (count > 1)
		qsort(member, count, sizeof *member, compare_members);
}

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

static double sum_of_parts(const double net[ACTORS])
{
	return net[ACTOR_FK] + net[ACTOR_AF] + net[ACTOR_STAT] + net[ACTOR_KOM] + net[ACTOR_REG] + net[ACTOR_IND] +
		net[ACTOR_ARBG];
}

bool calculation_adds_up(const struct flow *change, const double net[ACTORS])
{
	return fabs(net[ACTOR_SAMHALLE] - flow_society(change)) <= HALF_ORE &&
		fabs(net[ACTOR_SAMHALLE] - sum_of_parts(net)) <= HALF_ORE;
}

int calculation_identity(const struct flow *change, const double net[ACTORS], struct error *error)
{
	if (calculation_adds_up(change, net))
		return 0;
	return error_set(error, EXIT_BUG, "the nets of the actors do not add up: SAMHALLE differs from production, care and "
		"casework by %.4f kr a month, from its parts by %.4f", net[ACTOR_SAMHALLE] - flow_society(change),
		net[ACTOR_SAMHALLE] - sum_of_parts(net));
}

int calculation_make(const struct cohort *cohort, const struct prices *prices, const struct settings *settings,
	struct calculation *calculation, struct error *error)
{
	struct ledger before, after;
	int64_t days = 0, observed = 0;
	double linked = 0;
	for (size_t i = 0; i < cohort->count; i++) {
		days += cohort->member[i].days;
		observed += cohort->member[i].observed;
		linked += cohort->member[i].linked;
	}
	*calculation = (struct calculation){
		.kohort = (double)cohort->count,
		.andel_lankad = 100 * linked / (double)cohort->count,
		.uppfoljning = observed > 0 ? (double)observed / (double)cohort->count : (double)NAN,
		.duration = timeline_duration(days, (long long)cohort->count),
	};
	calculation_cost(cohort, (double)days / (double)cohort->count, calculation->cost);
	mean_ledgers(cohort, &before, &after);
	flow_of(&before, prices, &calculation->before);
	flow_of(&after, prices, &calculation->after);
	flow_change(&calculation->before, &calculation->after, 1 - settings->dodvikt.mode, &calculation->change);
	actor_net(&calculation->change, prices, settings->inkomstutjamning, calculation->net);
	return calculation_identity(&calculation->change, calculation->net, error);
}

struct timeline calculation_timeline(const struct calculation *calculation, const struct settings *settings)
{
	return timeline_make(calculation->duration, settings->kalkylranta, settings->avtagande.mode);
}
