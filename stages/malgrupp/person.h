/* One person as the tables see it: place in each year, months of activity, and records. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_PERSON_H
#define FINSAMSTAT_STAGES_MALGRUPP_PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stages/malgrupp/measured.h"
#include "stages/malgrupp/monthset.h"

/* Months of records are counted from the panel's first and may lie outside it. */
struct fk_spell {
	int32_t fran, till;  /* days */
	int from, to;        /* months */
	uint16_t forman;     /* index in the list fk_forman */
	uint8_t omfattning;  /* per cent, 25–100 */
	uint32_t diagnos;    /* text of the file of spells */
	int64_t belopp;      /* öre; 0 when not given */
};

struct af_spell {
	int32_t fran, till;
	int from, to;
	int32_t sokandekategori;
	uint16_t ersattning; /* index in the list ersattning; CODE_NONE without */
	int64_t belopp;
};

struct bistand {
	int month;
	uint16_t hinder;     /* index in the list forsorjningshinder; CODE_NONE without */
	int64_t belopp;
};

struct kontakt {
	int month;
	uint16_t vardform;   /* index in the list vardform; CODE_NONE without */
	uint32_t diagnos;    /* text of the file of contacts */
};

/* The records of a person, as bits, in the order of their files (person_files.h). */
enum person_records { PERSON_FK = 1, PERSON_AF = 2, PERSON_BISTAND = 4, PERSON_KONTAKT = 8 };

struct person {
	uint8_t kon;
	int32_t fodelsear;
	bool measured[MEASURED_YEARS];        /* by year of the period */
	struct place place[MEASURED_YEARS];   /* where measured */
	struct monthset active[PARTIER];      /* by enum parti */
	struct monthset supported;            /* FK, KOM, or AF with ersattning */
	struct monthset changed;              /* the set of AF, FK and KOM differs from the month before */
	struct fk_spell *fk;
	struct af_spell *af;
	struct bistand *bistand;
	struct kontakt *kontakt;
	size_t fk_count, af_count, bistand_count, kontakt_count;
};

/* Sets `supported` and `changed` from `active` and the months of an AF record with ersattning, in the first `words` words of all; behind
   them they stay as they are. */
void person_derive(struct person *person, const struct monthset *af_ersattning, size_t words);

/* The parts active in a month, bits 1 << enum parti: the number of a combination, 0 being none. */
#define PERSON_COMBINATIONS (1 << PARTIER)
unsigned person_combination(const struct person *person, int month);

#endif
