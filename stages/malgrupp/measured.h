/* Which persons the tables measure, year by year: aged 16–64 that year, with a kommun of the förbund. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_MEASURED_H
#define FINSAMSTAT_STAGES_MALGRUPP_MEASURED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/settings/settings.h"
#include "stages/malgrupp/monthset.h"

#define MEASURED_YOUNGEST 16
#define MEASURED_OLDEST 64
#define MEASURED_YEARS 21 /* calendar years that 240 months can touch */
#define MEASURED_KON 3    /* K, M, X, in the order of the list kon */

/* A calendar year of the period, with the part of it that lies inside. */
struct measured_year {
	int year;
	const char *text;              /* "2018" */
	int32_t first_day, last_day;   /* of the part */
	int first, last;               /* its months, counted from the panel's first */
	struct monthset months;        /* the same as a set */
	int month_before;              /* last month of the year before, likewise; −1: outside the panel */
	const struct kommuner *valid;
	uint16_t *position;            /* by index in the list kommun: position in `kommun`, CODE_NONE if not valid */
};

struct measured {
	const struct settings *settings;
	int32_t panel_first;           /* month as in date.h */
	int panel_months;
	int32_t first_day;             /* of the panel */
	int32_t days;                  /* of the panel */
	uint8_t *month_of_day;         /* by day of the panel */
	int first, months;             /* those of the period, `first` counted from the panel's first */
	const char *const *month_text; /* "2018-01", of the period */
	size_t panel_year;             /* position in person_ar of the first year of the period */
	size_t panel_years;
	size_t years;
	struct measured_year year[MEASURED_YEARS];
	size_t kommuner;               /* those valid in any year, ascending by code */
	const char *const *kommun;
	const char *const *kon;        /* MEASURED_KON codes */
	size_t ages;                   /* the groups that ages 16–64 fall in */
	const char *age[MEASURED_OLDEST - MEASURED_YOUNGEST + 1];
	int age_from[MEASURED_OLDEST - MEASURED_YOUNGEST + 1], age_to[MEASURED_OLDEST - MEASURED_YOUNGEST + 1]; /* within 16–64 */
	uint8_t group_of[MEASURED_OLDEST + 1]; /* group of an age */
};

/* Where a person counts in a year: positions in measured->kommun, kon and age. */
struct place {
	uint16_t kommun;
	uint8_t kon, age;
};

/* Prepares what follows from the settings; `kommun` and `kon` are the lists of these names. -1 with the error set when
   memory is out or a municipality is not in the list (EXIT_BUG: the settings were checked). */
int measured_init(struct measured *measured, const struct settings *settings, const struct codelist *kommun,
	const struct codelist *kon, struct arena *arena, struct error *error);

/* Month of a day, counted from the panel's first: negative before it, ≥ panel_months behind it. */
int measured_month(const struct measured *measured, int32_t day);

/* Whether a person counts in a year (by position), and where. `kon` ≥ MEASURED_KON (not in the registers) never does;
   `kommun` is an index in the list or CODE_NONE. */
bool measured_place(const struct measured *measured, size_t year, uint8_t kon, int32_t fodelsear, uint16_t kommun,
	struct place *place);

/* Places in all, and the number of one of them: (kommun·kon + kon)·ages + age. */
size_t measured_places(const struct measured *measured);
size_t measured_number(const struct measured *measured, const struct place *place);

#endif
