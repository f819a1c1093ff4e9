/* What a change is worth to each of the ten actors, and who bears the cost. Pure. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_ACTOR_H
#define FINSAMSTAT_STAGES_PAYBACK_ACTOR_H

#include "stages/payback/codes.h"
#include "stages/payback/ledger.h"

enum actor {
	ACTOR_FK,
	ACTOR_AF,
	ACTOR_STAT,
	ACTOR_STATEN,
	ACTOR_KOM,
	ACTOR_REG,
	ACTOR_OFFENTLIG,
	ACTOR_IND,
	ACTOR_ARBG,
	ACTOR_SAMHALLE,
	ACTORS
};
extern const char *const actor_names[ACTORS];

/* A ledger in kronor a month: the terms of docs/method.md, "Economics", or the change Δ of each. */
struct flow {
	double support[FORMANER];  /* T */
	double care;               /* V */
	double casework[AGENCIES]; /* H */
	double wage;               /* W */
	double output;             /* Q */
	double subsidy;            /* LB */
};

/* The ledger at these prices. Linear in the ledger. */
void flow_of(const struct ledger *ledger, const struct prices *prices, struct flow *flow);

/* (after − before)·keep, where keep = 1 − dödvikt. */
void flow_change(const struct flow *before, const struct flow *after, double keep, struct flow *change);

/* ΣH. */
double flow_casework(const struct flow *flow);

/* ΔQ − ΔV − ΣΔH: what is left for society when transfers and taxes have cancelled. */
double flow_society(const struct flow *change);

/* Monthly net of every actor in kr, by the formulas of the contract. `taken_back` (0–1) is the share of KOM's and REG's
   gain in tax that inkomstutjämning takes back and STAT receives. A net of less than 1e-7 kr is rounding and becomes 0. */
void actor_net(const struct flow *change, const struct prices *prices, double taken_back, double net[ACTORS]);

/* Cost borne by each actor: FORBUND is STATEN's to 1/2, REG's to 1/4 and KOM's to 1/4; STAT, KOM and REG bear their own;
   ESF and OVR count in SAMHALLE only. FK, AF, STAT, IND and ARBG bear none. */
void actor_cost(const double paid[FINANSIARER], double cost[ACTORS]);

#endif
