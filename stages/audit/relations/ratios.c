/* Published ratios as knowledge: see ratios.h. */
#include "stages/audit/relations/ratios.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/maths/interval.h"
#include "stages/audit/relations/inhabitants.h"
#include "stages/audit/relations/outside.h"

#define BEYOND 50 /* bases */
#define FINEST 1e-4 /* of a per cent: half of the finest step that is read */

static bool is_there(const struct ratios_count *count)
{
	return count->table != NULL && count->row != CUBE_NO_ROW;
}

static size_t measure_of(const struct ratios_count *count)
{
	return cube_measure(count->table->cube, count->measure);
}

/* In whole multiples of half a step from either side. */
int ratios_share(struct published *published, const struct ratios_figure *figure, const struct ratios_count *numerator,
	const struct ratios_count *base, const struct ratios_count *rest, struct error *error)
{
	if (!is_there(numerator) || !is_there(base))
		return 0;
	double half = figure->half < FINEST / 2 ? FINEST / 2 : figure->half;
	int64_t hundred = llround(100 / half), share = llround(figure->number / half); /* steps are of ten: both whole */
	for (int side = -1; side <= 1; side += 2) {
		published_begin(published);
		if (published_row(published, numerator->table, numerator->row, measure_of(numerator), -side * hundred, error) != 0 ||
			published_row(published, base->table, base->row, measure_of(base), side * (share + side), error) != 0 ||
			(is_there(rest) && published_row(published, rest->table, rest->row, measure_of(rest), side * (share + side), error) != 0) ||
			published_at_least(published, error) != 0)
			return -1;
	}
	return 0;
}

void ratios_bound(const struct published *published, const struct ratios_count *count, double least, double most)
{
	if (!is_there(count))
		return;
	size_t at = count->row * count->table->cube->table->measures + measure_of(count), variable = count->table->variable[at];
	int64_t now = count->table->count[at];
	if (variable == KNOWLEDGE_NONE || now == PUBLISHED_UNTOLD || (double)now < least || (double)now > most)
		return; /* of other persons than it says */
	int64_t low = (int64_t)ceil(least - 1e-9), high = (int64_t)floor(most + 1e-9), *known = &published->knowledge->low[variable];
	*known = low > *known ? low : *known;
	known = &published->knowledge->high[variable];
	*known = high < *known ? high : *known;
}

/* What the count is: printed, or before protection; 0 where neither is known. */
static int64_t count_now(const struct ratios_count *count)
{
	size_t at = count->row * count->table->cube->table->measures + measure_of(count);
	if (count->table->variable[at] == KNOWLEDGE_NONE)
		return llround(cube_cell(count->table->cube, count->row, measure_of(count))->number);
	return count->table->count[at] == PUBLISHED_UNTOLD ? 0 : count->table->count[at];
}

void ratios_limits(struct published *published, const struct ratios_figure *figure, const char *const measure[3], double level,
	const struct ratios_count *numerator, const struct ratios_count *base)
{
	double number[3], half[3], least[2] = { HUGE_VAL, HUGE_VAL }, most[2] = { -1, -1 };
	bool told[3];
	int count = 0;
	for (size_t i = 0; i < 3; i++) {
		told[i] = outside_amount(published, figure->table, figure->row, cube_measure(figure->table->cube, measure[i]), &number[i], &half[i]);
		count += told[i];
	}
	if (count < 2 || !is_there(numerator) || !is_there(base))
		return;
	/* a larger base has a narrower interval: none beyond twice the true one can have these */
	for (int64_t n = 1; n <= 2 * count_now(base) + BEYOND; n++)
		for (int64_t x = 0; x <= n; x++) {
			struct interval limits;
			if (interval_wilson(x, n, level, &limits) != 0)
				continue;
			const double figures[3] = { 100 * (double)x / (double)n, 100 * limits.low, 100 * limits.high };
			bool same = true;
			for (size_t i = 0; i < 3; i++)
				same = same && (!told[i] || fabs(figures[i] - number[i]) <= half[i] * (1 + 1e-6));
			if (!same)
				continue;
			const double pair[2] = { (double)x, (double)n };
			for (size_t k = 0; k < 2; k++) {
				least[k] = fmin(least[k], pair[k]);
				most[k] = fmax(most[k], pair[k]);
			}
		}
	ratios_bound(published, numerator, least[0], most[0]);
	ratios_bound(published, base, least[1], most[1]);
}

/* A share of the results of a row of i06, or a limit of it. */
static int state_results(struct published *published, const struct ratios_figure *figure, const struct settings *settings, size_t row,
	struct error *error)
{
	static const char *const measures[] = { "andel_arbete_eller_studier", "ki_lag", "ki_hog" };
	const struct published_table *results = published_find(published, "i06");
	const struct ratios_count either = { results, row, "arbete_eller_studier" }, exits = { results, row, "avslutade" }, none = { .row = CUBE_NO_ROW };
	const struct cube *cube = figure->table->cube;
	if (settings != NULL && figure->table == results)
		ratios_limits(published, figure, measures, settings->konfidensgrad, &either, &exits);
	return strncmp(cube->table->measure[figure->measure].name, "andel_", 6) == 0 ? ratios_share(published, figure, &either, &exits, &none, error) : 0;
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
	const struct ratios_count count = { counts, cube_find_named(counts->cube, codes), of_results ? "arbete_eller_studier" : "deltaganden" };
	ratios_bound(published, &count, (spent->number - half) / (figure->number + figure->half), (spent->number + half) / (figure->number - figure->half));
}

int ratios_state(struct published *published, const struct ratios_figure *figure, const struct settings *settings, struct error *error)
{
	const struct cube *cube = figure->table->cube;
	const char *name = cube->table->name, *measure = cube->table->measure[figure->measure].name;
	const struct published_table *results = published_find(published, "i06");
	bool one_year = settings != NULL && date_year_of(settings->period_from) == date_year_of(settings->period_to);
	bool limit = strcmp(measure, "ki_lag") == 0 || strcmp(measure, "ki_hog") == 0;
	if (strncmp(name, "i06", 3) == 0 && (limit || strcmp(measure, "andel_arbete_eller_studier") == 0))
		return state_results(published, figure, settings, figure->row, error);
	if (strncmp(name, "i14", 3) == 0 && results != NULL && (strcmp(measure, "andel_k") == 0 || strcmp(measure, "andel_m") == 0)) {
		const char *codes[] = { cube_code_of(cube, figure->row, 0), measure[6] == 'k' ? "K" : "M" };
		return state_results(published, figure, settings, cube_find_named(results->cube, codes), error);
	}
	if (strncmp(name, "m02", 3) == 0 && strcmp(measure, "per_1000") == 0) {
		int64_t inhabitants = inhabitants_of(published, cube, figure->row);
		const struct ratios_count persons = { figure->table, figure->row, "personer" };
		if (inhabitants != KNOWLEDGE_ENDLESS)
			ratios_bound(published, &persons, (figure->number - figure->half) * (double)inhabitants / 1000,
				(figure->number + figure->half) * (double)inhabitants / 1000);
	}
	if (strncmp(name, "i13", 3) == 0 && strcmp(measure, "kvar") == 0 && strcmp(cube_code_of(cube, figure->row, 2), "0") == 0) {
		const struct published_table *all = published_find(published, "i01");
		const char *codes[] = { cube_code_of(cube, figure->row, 0), CUBE_TOTAL, cube_code_of(cube, figure->row, 1) };
		const struct ratios_count inside = { all, all == NULL ? CUBE_NO_ROW : cube_find_named(all->cube, codes), "deltaganden" };
		ratios_bound(published, &inside, 0, figure->number);
	}
	if (strncmp(name, "e01", 3) == 0 && one_year && strncmp(measure, "kr_per_", 7) == 0)
		state_cost(published, figure, strcmp(measure, "kr_per_deltagande") != 0);
	return 0;
}
