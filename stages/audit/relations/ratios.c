/* Published ratios as knowledge: see ratios.h. */
#include "stages/audit/relations/ratios.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "stages/audit/relations/inhabitants.h"

#define FINEST 1e-4 /* of a per cent: half of the finest step that is read */

/* numerator ÷ base is within half of the number, in per cent: in whole multiples of half a step from either side. */
static int state_share(struct published *published, const struct ratios_figure *figure, const struct published_table *results, size_t row,
	struct error *error)
{
	if (results == NULL || row == CUBE_NO_ROW)
		return 0;
	size_t exits = cube_measure(results->cube, "avslutade"), either = cube_measure(results->cube, "arbete_eller_studier");
	double half = figure->half < FINEST / 2 ? FINEST / 2 : figure->half;
	int64_t hundred = llround(100 / half), share = llround(figure->number / half); /* steps are of ten: both whole */
	for (int side = -1; side <= 1; side += 2) {
		published_begin(published);
		if (published_row(published, results, row, either, -side * hundred, error) != 0 ||
			published_row(published, results, row, exits, side * (share + side), error) != 0 || published_at_least(published, error) != 0)
			return -1;
	}
	return 0;
}

/* A withheld count lies between the two; a printed one is what it is. */
static void bound(const struct published *published, const struct published_table *table, size_t row, const char *measure, double least,
	double most)
{
	if (table == NULL || row == CUBE_NO_ROW)
		return;
	size_t at = row * table->cube->table->measures + cube_measure(table->cube, measure), variable = table->variable[at];
	if (variable == KNOWLEDGE_NONE || table->count[at] == PUBLISHED_UNTOLD || (double)table->count[at] < least || (double)table->count[at] > most)
		return; /* of other persons than it says */
	int64_t low = (int64_t)ceil(least - 1e-9), high = (int64_t)floor(most + 1e-9), *known = &published->knowledge->low[variable];
	*known = low > *known ? low : *known;
	known = &published->knowledge->high[variable];
	*known = high < *known ? high : *known;
}

/* kronor ÷ count is within half of the number, and what was spent is printed. */
static void state_cost(const struct published *published, const struct ratios_figure *figure, bool of_results)
{
	const struct cube *costs = figure->table->cube;
	const struct published_table *counts = published_find(published, of_results ? "i06" : "i01");
	const char *codes[] = { cube_code_of(costs, figure->row, 0), CUBE_TOTAL, CUBE_TOTAL };
	const struct cell *spent = cube_cell(costs, figure->row, cube_measure(costs, "utfall"));
	double half = spent->status == CELL_PUBLISHED ? 0.5 : 0; /* printed in whole kronor */
	if (counts == NULL || strcmp(codes[0], CUBE_TOTAL) == 0 || !(half > 0) || !(figure->number > figure->half))
		return;
	bound(published, counts, cube_find_named(counts->cube, codes), of_results ? "arbete_eller_studier" : "deltaganden",
		(spent->number - half) / (figure->number + figure->half), (spent->number + half) / (figure->number - figure->half));
}

int ratios_state(struct published *published, const struct ratios_figure *figure, const struct settings *settings, struct error *error)
{
	const struct cube *cube = figure->table->cube;
	const char *name = cube->table->name, *measure = cube->table->measure[figure->measure].name;
	const struct published_table *results = published_find(published, "i06");
	bool one_year = settings != NULL && date_year_of(settings->period_from) == date_year_of(settings->period_to);
	if (strncmp(name, "i06", 3) == 0 && strcmp(measure, "andel_arbete_eller_studier") == 0)
		return state_share(published, figure, figure->table, figure->row, error);
	if (strncmp(name, "i14", 3) == 0 && results != NULL && (strcmp(measure, "andel_k") == 0 || strcmp(measure, "andel_m") == 0)) {
		const char *codes[] = { cube_code_of(cube, figure->row, 0), measure[6] == 'k' ? "K" : "M" };
		return state_share(published, figure, results, cube_find_named(results->cube, codes), error);
	}
	if (strncmp(name, "m02", 3) == 0 && strcmp(measure, "per_1000") == 0) {
		int64_t inhabitants = inhabitants_of(published, cube, figure->row);
		if (inhabitants != KNOWLEDGE_ENDLESS)
			bound(published, figure->table, figure->row, "personer", (figure->number - figure->half) * (double)inhabitants / 1000,
				(figure->number + figure->half) * (double)inhabitants / 1000);
	}
	if (strncmp(name, "e01", 3) == 0 && one_year && strncmp(measure, "kr_per_", 7) == 0)
		state_cost(published, figure, strcmp(measure, "kr_per_deltagande") != 0);
	return 0;
}
