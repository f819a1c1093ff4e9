/* What the stage reads whole: participations of the period, ekonomi and the price list. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_INPUT_H
#define FINSAMSTAT_STAGES_PAYBACK_INPUT_H

#include "pipeline/stage.h"
#include "pipeline/table/column/column.h"
#include "stages/payback/codes.h"
#include "stages/payback/cohort.h"
#include "stages/payback/economy.h"
#include "stages/payback/price.h"

struct input {
	struct codes codes;
	struct column_file *file; /* of the participations: their texts are lent */
	size_t count;
	struct deltagande *deltagande; /* with a stretch in the period, in the file's order: by insats */
	struct economy economy;
};

/* -1 with the error set; input_close is needed in any case. */
int input_open(struct input *input, const struct run *run, struct arena *arena, struct error *error);
void input_close(struct input *input);

/* The price list resolved for the last year of the period. */
int input_prices(const struct run *run, struct price_list *list, struct arena *arena, struct error *error);

#endif
