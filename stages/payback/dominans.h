/* Of each net and each part of it in a calculation the members' contributions, as far as protect needs to know them: whether one or two
   have most of it; and what the nets are sums of. Internal support cubes alone hold them. Pure. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_DOMINANS_H
#define FINSAMSTAT_STAGES_PAYBACK_DOMINANS_H

#include "pipeline/maths/dominance.h"
#include "pipeline/table/cube/cube.h"
#include "stages/payback/calculation.h"

/* What members contribute to: the net of each actor, and parts that e05 and e06 print. */
enum {
	DOMINANS_PRODUKTION = ACTORS, /* ΔQ */
	DOMINANS_VARD,                /* −ΔV */
	DOMINANS_HANDLAGGNING,        /* −ΣΔH */
	DOMINANS_PRODUKTION_FORE,     /* Q before: what e05 takes from the production of full-time work, which the price list tells */
	DOMINANS_POSTS
};

/* Changes that nothing printed is finer than: each förmån, the casework of each agency, care, each kind of work. */
enum { QUANTITY_SUPPORT = 0, QUANTITY_CASEWORK = QUANTITY_SUPPORT + FORMANER, QUANTITY_CARE = QUANTITY_CASEWORK + AGENCIES,
	QUANTITY_WORK = QUANTITY_CARE + 1, QUANTITIES = QUANTITY_WORK + WORKS };

/* Contributions of every member, in kr a month; `taken_back` as in actor_net. All zero without members. */
void dominans_of(const struct cohort *cohort, const struct prices *prices, double keep, double taken_back,
	struct contributions of[DOMINANS_POSTS]);

/* What one krona more of each quantity (of work: of wage) does to each post; 0 of a quantity that no member has changed, and of what was
   before. */
void dominans_effects(const struct cohort *cohort, const struct prices *prices, double taken_back,
	double effect[DOMINANS_POSTS][QUANTITIES]);

/* Adds the rows of an insats and underlag to dominans_aktor (contributions) and dominans_poster (effects): as calculated ("med"), and where
   inkomstutjämning takes something back also without it ("utan"). -1 with the error set when memory is out. */
int dominans_rows(struct cube *contributions, struct cube *effects, const char *insats, const char *underlag,
	const struct cohort *cohort, const struct prices *prices, const struct settings *settings, struct error *error);

#endif
