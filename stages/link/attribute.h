/* What a person's records say of the person: kon, fodelsear, and kommun by calendar year. */
#ifndef FINSAMSTAT_STAGES_LINK_ATTRIBUTE_H
#define FINSAMSTAT_STAGES_LINK_ATTRIBUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stages/link/record.h"

/* A person's records of one part, none that starts after the period. */
struct span {
	const struct record *record;
	size_t count;
};

struct attribute {
	uint8_t kon;         /* COLUMN_NONE_U8 without records */
	int32_t fodelsear;   /* COLUMN_NONE_I32 without records */
	bool kon_differs, fodelsear_differs; /* records with K and M; with two different years */
	uint16_t kommun;     /* of all records, as most persons' are; CODE_NONE where they differ or there are none */
	int32_t first_day;   /* of the records that have days; INT32_MAX without */
	int32_t first_empty; /* start of those that have none: ongoing ones that begin after uttagsdatum; likewise */
};

/* kon and fodelsear of the record with the latest start in any part; ties by part, then the larger value. `kon_unknown`,
   the position of X in its list, counts only when no record has another. */
struct attribute attribute_person(const struct span span[PARTS], uint8_t kon_unknown);

#define ATTRIBUTE_YEARS 24 /* most calendar years of a panel: 240 months */

/* kommun[i] of the calendar year first_year + i, for years ≤ ATTRIBUTE_YEARS: of the record active in that year with the
   latest start; if none is, of the one that started latest before it; ties likewise. CODE_NONE when there is neither. `attribute`
   is what attribute_person says of these records. */
void attribute_kommun(const struct span span[PARTS], const struct attribute *attribute, int first_year, size_t years,
	uint16_t *kommun);

#endif
