/* The price list resolved for the last year of the period. Pure. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_PRICE_H
#define FINSAMSTAT_STAGES_PAYBACK_PRICE_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

/* The förmåner in the order of the code list forman, and what else has a price each. */
enum forman { FORMAN_SP, FORMAN_RP, FORMAN_SE, FORMAN_AE, FORMAN_AK, FORMAN_AS, FORMAN_UE, FORMAN_ET, FORMAN_FS, FORMANER };
enum work { WORK_AO, WORK_AU, WORK_EF, WORKS };
enum agency { AGENCY_FK, AGENCY_AF, AGENCY_KOM, AGENCIES };
enum care { CARE_PV, CARE_OV, CARE_SV, CARES };

/* Posts of the price list; several of a kind follow one another in the order of the enumerations above. Those before
   POSTS_IN_KR are amounts, which move with KPI and are drawn in the simulation; the rest are per cents. */
enum post {
	POST_LON = 0,
	POST_HANDLAGGNING = POST_LON + WORKS,
	POST_SCHABLON = POST_HANDLAGGNING + AGENCIES,
	POST_VARD = POST_SCHABLON + FORMANER,
	POSTS_IN_KR = POST_VARD + CARES,
	POST_PROD = POSTS_IN_KR,
	POST_LONEBIDRAG = POST_PROD + WORKS,
	POST_ARBETSGIVARAVGIFT,
	POST_SKATT_KOM,
	POST_SKATT_REG,
	POST_SKATT_STAT,
	POSTS
};

struct price_row {
	const char *post, *enhet;
	double belopp;
	int ar;
	const char *kalla; /* "" without */
};

/* kr, kr a month, or fractions of 1, by post. */
struct prices {
	double of[POSTS];
};

struct price_list {
	int year;             /* the last of the period */
	struct prices prices; /* NAN: no price of that year or an earlier one */
	const struct price_row *row[POSTS]; /* where each comes from; NULL: nowhere */
	const struct price_row *kpi[POSTS]; /* the index of that row's year, when it was moved; otherwise NULL */
	const struct price_row *kpi_now;    /* the index of `year`, when the list has it */
	const char *old;      /* amounts of an earlier year that no KPI moves: names joined by ", "; NULL when there are none */
	const char *unsourced; /* posts in use whose price has no kalla, likewise */
	const char *unknown;  /* posts that no calculation uses, likewise */
};

/* The name of a post: "LON_AO". */
const char *price_name(size_t post);

/* `rows` live as long as the list. Of each post the latest ar not after `year`; `%` becomes hundredths. An amount of an earlier year is multiplied by
   KPI[year] ÷ KPI[its ar] when the list has both. 0, or -1 with every fault in the error (EXIT_DATA): a unit that is not
   that of the post; an amount below 0 or a KPI of 0; two amounts of one post and ar. Posts unknown here are not checked. */
int price_resolve(const struct price_row *rows, size_t count, int year, struct price_list *list, struct arena *arena,
	struct error *error);

/* The prices with 0 where one is missing, as long as none of `need` is. 0, or -1 with an error (EXIT_DATA) for each
   post that is needed and has no price. */
int price_complete(const struct price_list *list, const bool need[POSTS], struct prices *prices, struct error *error);

#endif
