/* What a change is worth to each of the ten actors, and who bears the cost. */
#include "stages/payback/actor.h"

#define NOISE 1e-7 /* kr a month: what rounding can leave of terms that cancel */

const char *const actor_names[ACTORS] = { "FK", "AF", "STAT", "STATEN", "KOM", "REG", "OFFENTLIG", "IND", "ARBG",
	"SAMHALLE" };

void flow_of(const struct ledger *ledger, const struct prices *prices, struct flow *flow)
{
	const double *quantity = ledger->at, *price = prices->of;
	double fee = price[POST_ARBETSGIVARAVGIFT];
	*flow = (struct flow){ .care = quantity[LEDGER_CARE] };
	for (size_t i = 0; i < FORMANER; i++)
		flow->support[i] = quantity[LEDGER_SUPPORT + i] + quantity[LEDGER_STANDARD + i] * price[POST_SCHABLON + i];
	for (size_t i = 0; i < CARES; i++)
		flow->care += quantity[LEDGER_CONTACT + i] * price[POST_VARD + i];
	for (size_t i = 0; i < AGENCIES; i++)
		flow->casework[i] = quantity[LEDGER_CASEWORK + i] * price[POST_HANDLAGGNING + i];
	for (size_t i = 0; i < WORKS; i++) {
		double wage = quantity[LEDGER_WORK + i] * price[POST_LON + i];
		flow->wage += wage;
		flow->output += wage * (1 + fee) * price[POST_PROD + i];
		if (i == WORK_AU)
			flow->subsidy = wage * price[POST_LONEBIDRAG];
	}
}

void flow_change(const struct flow *before, const struct flow *after, double keep, struct flow *change)
{
	for (size_t i = 0; i < FORMANER; i++)
		change->support[i] = (after->support[i] - before->support[i]) * keep;
	for (size_t i = 0; i < AGENCIES; i++)
		change->casework[i] = (after->casework[i] - before->casework[i]) * keep;
	change->care = (after->care - before->care) * keep;
	change->wage = (after->wage - before->wage) * keep;
	change->output = (after->output - before->output) * keep;
	change->subsidy = (after->subsidy - before->subsidy) * keep;
}

double flow_casework(const struct flow *flow)
{
	return flow->casework[AGENCY_FK] + flow->casework[AGENCY_AF] + flow->casework[AGENCY_KOM];
}

double flow_society(const struct flow *change)
{
	return change->output - change->care - flow_casework(change);
}

void actor_net(const struct flow *change, const struct prices *prices, double taken_back, double net[ACTORS])
{
	const double *support = change->support;
	double paid[AGENCIES] = { 0 };
	for (size_t i = 0; i < FORMANER; i++)
		paid[ledger_agency(i)] += support[i];
	double fee = prices->of[POST_ARBETSGIVARAVGIFT];
	double taxable = change->wage + paid[AGENCY_FK] + support[FORMAN_AK] + support[FORMAN_AS];
	double tax_kom = prices->of[POST_SKATT_KOM] * taxable, tax_reg = prices->of[POST_SKATT_REG] * taxable;
	double tax_stat = prices->of[POST_SKATT_STAT] * taxable;

	net[ACTOR_FK] = -paid[AGENCY_FK] - change->casework[AGENCY_FK];
	net[ACTOR_AF] = -paid[AGENCY_AF] - change->subsidy - change->casework[AGENCY_AF];
	net[ACTOR_STAT] = fee * change->wage + tax_stat + taken_back * (tax_kom + tax_reg);
	net[ACTOR_KOM] = -paid[AGENCY_KOM] - change->casework[AGENCY_KOM] + (1 - taken_back) * tax_kom;
	net[ACTOR_REG] = -change->care + (1 - taken_back) * tax_reg;
	net[ACTOR_IND] = change->wage + paid[AGENCY_FK] + paid[AGENCY_AF] + paid[AGENCY_KOM] -
		(tax_kom + tax_reg + tax_stat);
	net[ACTOR_ARBG] = change->output - (1 + fee) * change->wage + change->subsidy;
	net[ACTOR_STATEN] = net[ACTOR_FK] + net[ACTOR_AF] + net[ACTOR_STAT];
	net[ACTOR_OFFENTLIG] = net[ACTOR_STATEN] + net[ACTOR_KOM] + net[ACTOR_REG];
	net[ACTOR_SAMHALLE] = net[ACTOR_OFFENTLIG] + net[ACTOR_IND] + net[ACTOR_ARBG];
	for (size_t i = 0; i < ACTORS; i++)
		if (net[i] < NOISE && net[i] > -NOISE)
			net[i] = 0;
}

void actor_cost(const double paid[FINANSIARER], double cost[ACTORS])
{
	double pooled = paid[FINANSIAR_FORBUND];
	for (size_t i = 0; i < ACTORS; i++)
		cost[i] = 0;
	cost[ACTOR_STATEN] = paid[FINANSIAR_STAT] + pooled / 2;
	cost[ACTOR_KOM] = paid[FINANSIAR_KOM] + pooled / 4;
	cost[ACTOR_REG] = paid[FINANSIAR_REG] + pooled / 4;
	cost[ACTOR_OFFENTLIG] = cost[ACTOR_STATEN] + cost[ACTOR_KOM] + cost[ACTOR_REG];
	cost[ACTOR_SAMHALLE] = cost[ACTOR_OFFENTLIG] + paid[FINANSIAR_ESF] + paid[FINANSIAR_OVR];
}
