/* A participation as it stands in sus: equality as parsed, and the order of the output. Pure. */
#ifndef FINSAMSTAT_STAGES_LINK_PARTICIPATION_H
#define FINSAMSTAT_STAGES_LINK_PARTICIPATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/schema/codelist.h"

/* The multi-response fields. */
enum response { FORSORJNING_START, FORSORJNING_SLUT, SYSSELSATTNING_START, SYSSELSATTNING_SLUT, AVSLUT, RESPONSES };

/* Missing values as in column.h. */
struct participation {
	uint16_t insats; /* position in the settings */
	uint32_t file;   /* of the delivery, that the row stands in: no value of it */
	uint32_t person; /* COLUMN_NONE_U32: anonymous */
	int32_t start, slut;
	int32_t fodelsear;
	uint16_t kommun, kon, utbildning, tid_off_fors, remittent;
	uint32_t text[RESPONSES];   /* place of the text among the sorted texts */
	uint32_t parsed[RESPONSES]; /* equal for texts that mean the same (participation_meanings) */
	bool felregistrering;       /* avslut holds 99 */
};

/* What multi-response texts mean: meaning[i] of text[i], equal for two texts exactly when their codes and per cents are
   equal ("AU|SU" and "SU:50|AU:50"), and mask[i], their codes as bits by position in the list. Texts that are no values of
   the list get a meaning of their own and mask 0. In the arena; -1 with the error set when memory is out. */
struct meanings {
	uint32_t *meaning, *mask;
};
int participation_meanings(struct meanings *meanings, const struct codelist *list, const char *const *text, size_t count,
	struct arena *arena, struct error *error);

/* Sorts them and keeps one of those with a person that are equal as parsed; anonymous ones all stay. Gives their number.
   The order is that of the output: insats, start, person, kommun, kon, fodelsear … , the texts bytewise. Adds to duplicates[]
   as counts_duplicate does. */
size_t participation_unique(struct participation *participations, size_t count, uint64_t *duplicates);

#endif
