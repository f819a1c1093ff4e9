/* A record of FK, AF, KOM or REG in one packed form: what makes sorting by person, finding duplicates and picking
   attributes the same work for all four. */
#ifndef FINSAMSTAT_STAGES_LINK_RECORD_H
#define FINSAMSTAT_STAGES_LINK_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The four extracts, in the order that decides ties. */
enum part { PART_FK, PART_AF, PART_KOM, PART_REG, PARTS };

/* A row as ingest typed it (missing values as in column.h). */
struct raw {
	uint32_t file;     /* of the delivery: a row of leverans */
	uint16_t kommun, kon;
	int32_t fodelsear;
	uint16_t code;     /* FK forman, AF ersattning, KOM forsorjningshinder, REG vardform */
	uint16_t cause;    /* AF avslutsorsak */
	int32_t number;    /* FK omfattning, AF sokandekategori */
	int32_t start;     /* fran or datum as a day; KOM: manad as a month */
	int32_t end;       /* till, DATE_ONGOING for none; of FK and AF */
	uint32_t diagnos;  /* place of the text among the sorted texts; of FK and REG */
	int64_t belopp;
};

/* Comparing the members behind `file` in their order gives the order of the outputs' columns. */
struct record {
	uint32_t file;     /* that the row stands in; no value of it */
	uint32_t head;     /* FK: forman, omfattning; AF: sokandekategori */
	int32_t start;     /* fran, first day of manad, datum */
	int32_t end;       /* last day; ongoing: uttagsdatum */
	uint64_t middle;   /* FK: diagnos; AF: ersattning; REG: vardform, diagnos */
	int64_t belopp;
	uint16_t tail;     /* KOM: forsorjningshinder; AF: avslutsorsak */
	uint16_t kommun;
	int16_t fodelsear;
	uint8_t kon;
	bool ongoing;
};

/* Packs a row; an empty omfattning is 100. */
struct record record_make(enum part part, const struct raw *raw, int32_t uttagsdatum);

uint16_t record_forman(const struct record *record);          /* of FK */
uint8_t record_omfattning(const struct record *record);       /* of FK */
int32_t record_sokandekategori(const struct record *record);  /* of AF */
uint16_t record_ersattning(const struct record *record);      /* of AF */
uint16_t record_vardform(const struct record *record);        /* of REG */
uint32_t record_diagnos(const struct record *record);         /* of FK and REG */

/* −1, 0, 1. 0: equal in every value of the row as parsed, so exact duplicates within one part. */
int record_compare(const struct record *a, const struct record *b);

/* Sorts the records of one person and part, keeps one of equal ones and gives their number. Adds to duplicates[file], by
   number of a file, each copy but the one in the first file that holds it. */
size_t record_unique(struct record *records, size_t count, uint64_t *duplicates);

#endif
