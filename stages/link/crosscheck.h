/* What a person's records say that cannot be true of one person: to be counted, for nothing is changed by it. Pure. */
#ifndef FINSAMSTAT_STAGES_LINK_CROSSCHECK_H
#define FINSAMSTAT_STAGES_LINK_CROSSCHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "pipeline/base/error.h"
#include "stages/link/attribute.h"

enum crosscheck {
	CROSSCHECK_KON,        /* K and M */
	CROSSCHECK_FODELSEAR,  /* two birth years */
	CROSSCHECK_KOMMUN,     /* records of two kommuner that share a day */
	CROSSCHECK_FORMAN,     /* FK spells of one förmån with more than 100 % on a day */
	CROSSCHECK_DAY,        /* FK spells of all förmåner likewise */
	CROSSCHECK_AF,         /* AF records that share a day */
	CROSSCHECKS
};

/* What holds for the codes. */
struct crosscheck_codes {
	uint16_t aa;       /* of fk_forman: no support, left out */
	int not_from, not_to; /* sökandekategorier that are no state, left out */
};

/* Sets broken[] for a person's records (none of which starts after the period); `attribute` is what attribute_person says
   of them. -1 with the error set when memory is out. */
int crosscheck_person(const struct span span[PARTS], const struct attribute *attribute, const struct crosscheck_codes *codes,
	bool broken[CROSSCHECKS], struct error *error);

#endif
