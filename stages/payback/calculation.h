/* The calculation of one insats on one underlag: cohort means, change, nets and cost of the ten actors. Pure. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_CALCULATION_H
#define FINSAMSTAT_STAGES_PAYBACK_CALCULATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/table/settings/settings.h"
#include "stages/payback/actor.h"
#include "stages/payback/ledger.h"
#include "stages/payback/timeline.h"

struct member {
	struct ledger before, after;
	int32_t days; /* of the participation, both ends */
	int32_t observed; /* months of the panel that its after means rest on; 0 with sus, which observes none */
	bool linked;  /* seen in at least one of the four extracts */
};

/* Puts members in an order that their figures alone decide, so that which pid a person bears moves no sum's last digit and no
   draw of the simulation. Members that are alike in all figures are one as good as the other. */
void calculation_order(struct member *member, size_t count);

/* A cohort and what its insats cost in the period. */
struct cohort {
	size_t count;
	const struct member *member; /* in that order */
	int64_t outcome[FINANSIARER]; /* öre, in the period */
	int64_t participant_days;     /* in the period, of all participations */
};

struct calculation {
	double kohort, andel_lankad; /* persons; per cent of them */
	double uppfoljning;          /* mean months observed after the exit; NAN with sus */
	int duration;                /* D, months */
	struct flow before, after, change;
	double net[ACTORS];          /* kr a month and participant */
	double cost[ACTORS];         /* kr a participant */
};

/* Marks the posts whose prices the cohort's figures rest on: taxes, contributions and LON_AO and PROD_AO (of the
   potential) always, any other that a member has something of. Nothing for an empty cohort. */
void calculation_needs(const struct cohort *cohort, bool need[POSTS]);

/* Cost by actor of a participant who takes part for so many days: outcome ÷ participant-days × days. */
void calculation_cost(const struct cohort *cohort, double days, double cost[ACTORS]);

/* The identity by which transfers and taxes cancel: SAMHALLE is ΔQ − ΔV − ΣΔH, and the sum of its parts, to half an öre a
   month and participant. Asserted of every calculation and of every replicate of the simulation. */
bool calculation_adds_up(const struct flow *change, const double net[ACTORS]);
int calculation_identity(const struct flow *change, const double net[ACTORS], struct error *error); /* else EXIT_BUG */

/* Computes. count ≥ 1. -1 with the error set (EXIT_BUG) when the identity does not hold. */
int calculation_make(const struct cohort *cohort, const struct prices *prices, const struct settings *settings,
	struct calculation *calculation, struct error *error);

/* Its timeline by the settings. */
struct timeline calculation_timeline(const struct calculation *calculation, const struct settings *settings);

#endif
