/* What the insatser cost: budget and outcome in the period (e01) and the outcome that the calculation spreads. Pure. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_ECONOMY_H
#define FINSAMSTAT_STAGES_PAYBACK_ECONOMY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/table/cube/cube.h"
#include "pipeline/table/settings/settings.h"
#include "stages/payback/codes.h"
#include "stages/payback/cohort.h"

/* A row of ekonomi with its default dates filled in. */
struct economy_row {
	size_t insats;         /* position in the settings */
	int ar;
	uint16_t finansiar;    /* position in the code list */
	int64_t budget, utfall; /* öre; COLUMN_NONE_I64: empty */
	int32_t fran, till;    /* days */
};

struct economy {
	size_t rows;
	const struct economy_row *row;
};

/* The default dates of a row: 1 January, and 31 December or, if earlier, the end of the period. */
void economy_dates(struct economy_row *row, const struct settings *settings);

/* The part of an amount in öre that lies in the period: cut by days, rounded as "money by month" is, so that the parts
   before, in and after the period add up to it. An empty amount is 0; so is one whose dates hold no day. */
int64_t economy_cut(const struct economy_row *row, int64_t amount, const struct settings *settings);

/* Outcome in the period of an insats by financier, in öre. False when no row of the period's years states one. */
bool economy_outcome(const struct economy *economy, size_t insats, const struct settings *settings,
	const struct codes *codes, int64_t outcome[FINANSIARER]);

/* Fills e01 and its support cube of denominators. `deltagande` holds every participation with a stretch in the period. */
int economy_fill(const struct economy *economy, const struct deltagande *deltagande, size_t count,
	const struct settings *settings, const struct codes *codes, struct cube *e01, struct cube *underlag,
	struct error *error);

#endif
