/* Table i12: answers at start and exit, one pair a person. */
#ifndef FINSAMSTAT_STAGES_INSATS_ENKAT_H
#define FINSAMSTAT_STAGES_INSATS_ENKAT_H

#include "pipeline/table/cube/cube.h"
#include "stages/insats/participation.h"

struct answer {
	uint16_t insats, tillfalle; /* tillfalle: position in its code list */
	const char *instrument;
	uint32_t person;
	int32_t datum;
	double varde;
};

struct answers {
	size_t count;
	struct answer *item;
	uint16_t start, slut; /* codes of tillfalle */
};

/* The pair of a person in an insats and an instrument. */
struct pair {
	uint16_t insats;
	uint8_t kon; /* position in the list kon */
	const char *instrument;
	uint32_t person;
	double start, slut;
};

/* An insats and an instrument that has an answer by the end of the period. */
struct series {
	uint16_t insats;
	const char *instrument;
	size_t pair, pairs;       /* its pairs: the first, how many */
	size_t without, withouts; /* likewise in without_kon */
};

struct pairs {
	size_t count;
	struct pair *item; /* sorted by insats, instrument (bytewise), person */
	size_t series_count;
	struct series *series; /* in the same order */
	size_t without_count, without_room;
	uint8_t *without_kon; /* by series: kon of each person who exited in the period and has no pair in it */
};

/* Whether a text may be an instrument's name, which is published: at most 60 bytes and 4 digits, so that a column of keys of
   persons is none. */
bool enkat_is_instrument(const char *text);

/* Every row of the column file `enkat`; the instruments' texts belong to the file. -1 with the error set; EXIT_DATA when a text
   may be no instrument's name. */
int enkat_load(const struct column_file *file, const struct settings *settings, struct arena *arena,
	struct answers *answers, struct error *error);

/* The pairs: of each person the last slut in the period and the last start not after it; of answers on one day the larger.
   kon is that of the person's latest participation in the insats, X when there is none. Of each series also who exited in the
   period, with a pid, and has no pair. Volym insatser are left out. Sorts the answers. -1 with the error set when memory is out. */
int enkat_pairs(struct answers *answers, const struct participations *participations,
	const struct participation_lists *lists, const struct settings *settings, struct arena *arena, struct pairs *pairs,
	struct error *error);

/* Whether the person has a pair in the insats, in any instrument: by participation, in their order; anonymous ones have
   none. NULL with the error set when memory is out. */
bool *enkat_has_pair(const struct pairs *pairs, const struct participations *participations, struct arena *arena,
	struct error *error);

/* Fills the cube of i12: skillnad is slut − start, its limits by Student's t (saknas below two pairs), p by Wilcoxon's signed
   rank test on the values as decimal numbers (saknas when nothing differs). enkat_table.c. -1 with the error set when memory is out. */
int enkat_fill(const struct pairs *pairs, const struct participation_lists *lists, const struct settings *settings,
	struct cube *cube, struct arena *arena, struct error *error);

#endif
