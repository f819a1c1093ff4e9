// life.h: synthetic persons and the stretches of support that their lives consist of.
#ifndef SAMPLE_LIFE_H
#define SAMPLE_LIFE_H

#include "sample-data/generate/delivery.h"
#include "sample-data/generate/random.h"

// What a person lives on in a stretch of time.
enum living {
	LIVING_NOTHING,           // no support at all
	LIVING_STUDIER,           // studies with studiestöd, which no extract holds
	LIVING_SJUK_HEL,          // sjukpenning, full
	LIVING_SJUK_HALV,         // sjukpenning, half
	LIVING_SJUK_TVA_HALVOR,   // two spells of sjukpenning at 50 % on the same days
	LIVING_REHAB,             // rehabiliteringspenning
	LIVING_SJUKERS_HEL,       // sjukersättning
	LIVING_SJUKERS_HALV,
	LIVING_AKTIVITETSERS,     // aktivitetsersättning
	LIVING_AKASSA,            // registered as unemployed with a-kassa
	LIVING_PROGRAM,           // labour-market programme with aktivitetsstöd
	LIVING_UNGA,              // jobbgarantin för ungdomar with utvecklingsersättning
	LIVING_ETABLERING,        // etableringsersättning
	LIVING_BISTAND_SJUK,      // ekonomiskt bistånd, sick without sjukpenning ("nollklassad")
	LIVING_BISTAND_ARBLOS,    // ekonomiskt bistånd and registered as unemployed
	LIVING_BISTAND_PROGRAM,   // aktivitetsstöd topped up with ekonomiskt bistånd
	LIVING_BISTAND_SJUKPENNING,
	LIVING_BISTAND_ETABLERING,
	LIVING_LONEBIDRAG,        // employed with lönebidrag, still on file at Arbetsförmedlingen
	LIVING_COUNT,
	LIVING_SAME               // in plans: as before
};

struct person {
	char pid[33];
	char kon;          // K, M or X
	int fodelsear;
	int kommun;        // index in the delivery plan
	int level;         // 0-99: where the person's amounts lie between 80 and 120 % of the usual
};

// A person of the given ages (in the year of the period's start) somewhere in the förbund, by population.
struct person person_draw(const struct delivery_plan *plan, struct random *random, char kon, int youngest,
			  int oldest);

// Writes what the four authorities know of the days from `from` to `to`; a stretch that passes the end of
// the period is ongoing there.
void life_stretch(struct delivery *delivery, struct random *random, const struct person *person,
		  enum living living, int from, int to);

// Lives on from `from` to the end of the period as chance has it. `pace` divides the length of the stretches:
// 1 as usual, 6 for a person sent to and fro between the authorities.
void life_wander(struct delivery *delivery, struct random *random, struct person *person,
		 enum living living, int from, int pace);

// A first state that suits the person's age.
enum living life_first(const struct delivery_plan *plan, struct random *random, const struct person *person);

// The SUS codes of försörjning for a state, such as "AS|FS".
const char *life_forsorjning(enum living living);

#endif
