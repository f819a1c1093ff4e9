/* Small counts between printed figures: see between.h. Written from docs/method.md, 5, 7 and 13; it knows nothing of the protector. */
#include "stages/audit/relations/between.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/maths/maths.h"
#include "stages/audit/relations/among.h"
#include "stages/audit/relations/beside.h"

/* A printed figure; not a number when it is not printed. A combination without a row is 0. */
static double figure(const struct published_table *table, size_t row, const char *measure)
{
	if (row == CUBE_NO_ROW)
		return 0;
	const struct cell *cell = cube_cell(table->cube, row, cube_measure(table->cube, measure));
	return cell->status == CELL_PUBLISHED ? cell->number : MATHS_NAN;
}

static double figure_at(const struct published *published, const char *name, const char *const *codes, const char *measure)
{
	const struct published_table *table = published_find(published, name);
	return table == NULL ? MATHS_NAN : figure(table, cube_find_named(table->cube, codes), measure);
}

/* Whether 1 … minimum − 1 are left; not when a figure that it takes is not printed. */
static bool few(const struct published *published, double left)
{
	return round(left) >= 1 && round(left) < (double)published->minimum;
}

/* ---- curves ---- */

/* The events, or all that left the curve, in the months from `from` to `to`. */
static double left_curve(const struct published_table *curves, size_t row, bool events_only, long from, long to)
{
	const struct cube *cube = curves->cube;
	double sum = 0;
	for (size_t other = 0; other < cube->rows; other++) {
		long month = strtol(cube_code_of(cube, other, 2), NULL, 10);
		if (strcmp(cube_code_of(cube, other, 0), cube_code_of(cube, row, 0)) == 0 && strcmp(cube_code_of(cube, other, 1), cube_code_of(cube, row, 1)) == 0 &&
			month >= from && month <= to)
			sum += figure(curves, other, "handelser") + (events_only ? 0 : figure(curves, other, "censurerade"));
	}
	return sum;
}

/* In the same months there are those who exited in the period (i07), earlier exits, and who goes on: the rest must not be few, nor the exits less
   the events. */
static bool few_in_bands(const struct published *published, const struct published_table *curves, size_t row)
{
	const struct published_table *bands = published_find(published, "i07");
	bool found = false;
	for (size_t band = 0; bands != NULL && band < bands->cube->rows && !found; band++) {
		const char *code = cube_code_of(bands->cube, band, 2);
		if (strcmp(code, CUBE_TOTAL) == 0 || strcmp(cube_code_of(bands->cube, band, 0), cube_code_of(curves->cube, row, 0)) != 0 ||
			strcmp(cube_code_of(bands->cube, band, 1), cube_code_of(curves->cube, row, 1)) != 0)
			continue;
		char *end;
		long from = strtol(code, &end, 10), to = *end == '+' ? LONG_MAX : strtol(end + 1, NULL, 10);
		double exits = figure(bands, band, "avslutade");
		found = few(published, left_curve(curves, row, false, from, to) - exits) || few(published, fabs(exits - left_curve(curves, row, true, from, to)));
	}
	return found;
}

/* Goals of the insats "inom N månader … av startade" beside the curve of all. */
static bool few_in_goals(const struct published *published, const struct published_table *curves, size_t row)
{
	const struct published_table *goals = published_find(published, "g01");
	bool found = false;
	for (size_t goal = 0; goals != NULL && goal < goals->cube->rows && cube_is_total(curves->cube, row, 1) && !found; goal++) {
		const char *measure = cube_cell(goals->cube, goal, cube_measure(goals->cube, "matt_namn"))->text;
		const char *demand = cube_cell(goals->cube, goal, cube_measure(goals->cube, "krav"))->text;
		const char *within = measure == NULL ? NULL : strstr(measure, " inom ");
		if (within == NULL || demand == NULL || strstr(demand, " av startade") == NULL ||
			strcmp(cube_code_of(goals->cube, goal, 0), cube_code_of(curves->cube, row, 0)) != 0)
			continue;
		long months = strtol(within + strlen(" inom "), NULL, 10);
		double met = figure(goals, goal, "taljare");
		found = few(published, figure(curves, row, "kvar") - figure(goals, goal, "namnare")) ||
			few(published, fabs(left_curve(curves, row, true, 0, months - 1) - met)) ||
			few(published, fabs(left_curve(curves, row, true, 0, months) - met));
	}
	return found;
}

static void judge_curves(const struct published *published, const struct published_table *curves, unsigned char *finding)
{
	const struct cube *cube = curves->cube;
	size_t measure = cube_measure(cube, "kvar");
	for (size_t row = 0; row < cube->rows; row++)
		if (strcmp(cube_code_of(cube, row, 2), "0") == 0 && cube_cell(cube, row, measure)->status == CELL_PUBLISHED &&
			(few_in_bands(published, curves, row) || few_in_goals(published, curves, row)))
			finding[row * cube->table->measures + measure] = BESIDE_FEW;
}

/* ---- surveys ---- */

/* Whether another row of the survey keeps back how many have no pair: the kön add up. */
static bool is_kept_back(const struct published_table *surveys, size_t row)
{
	const struct cube *cube = surveys->cube;
	bool kept = false;
	for (size_t other = 0; other < cube->rows; other++)
		kept = kept || (strcmp(cube_code_of(cube, other, 0), cube_code_of(cube, row, 0)) == 0 &&
			strcmp(cube_code_of(cube, other, 1), cube_code_of(cube, row, 1)) == 0 && isnan(figure(surveys, other, "utan_par")));
	return kept;
}

/* Those who exited without a pair are among the exits, the persons and the participations. */
static void judge_surveys(const struct published *published, const struct published_table *surveys, unsigned char *finding)
{
	static const char *const bases[] = { "avslutade", "personer", "deltaganden" };
	const struct cube *cube = surveys->cube;
	size_t measure = cube_measure(cube, "utan_par");
	for (size_t row = 0; row < cube->rows; row++) {
		const char *codes[] = { cube_code_of(cube, row, 0), CUBE_TOTAL, cube_code_of(cube, row, 2) };
		double without = figure(surveys, row, "utan_par"), exits = figure_at(published, "i01", codes, "avslutade");
		if (!(without > 0))
			continue;
		bool tells = few(published, fabs(exits - without - figure(surveys, row, "par"))), bounds = isnan(figure(surveys, row, "par")) || is_kept_back(surveys, row);
		for (size_t b = 0; b < 3 && published_find(published, "i01") != NULL; b++) {
			double base = figure_at(published, "i01", codes, bases[b]);
			tells = tells || few(published, base - without);
			bounds = bounds || isnan(base);
		}
		if (tells || bounds)
			finding[row * cube->table->measures + measure] = tells ? BESIDE_FEW : BESIDE_FIGURE;
	}
}

/* ---- ratios of a year ---- */

/* The count that a printed ratio of an insats and a year divides what was spent by, where only one whole number does; else not a number. */
static double base_of(const struct published_table *costs, const char *insats, const char *year, const char *ratio)
{
	const struct cube *cube = costs->cube;
	double base = MATHS_NAN;
	for (size_t row = 0; row < cube->rows && isnan(base); row++) {
		double spent = figure(costs, row, "utfall"), each = figure(costs, row, ratio);
		if (strcmp(cube_code_of(cube, row, 0), insats) != 0 || strcmp(cube_code_of(cube, row, 1), year) != 0 || !(each > 0.5))
			continue;
		double least = ceil((spent - 0.5) / (each + 0.5)), most = floor((spent + 0.5) / (each - 0.5)); /* both are printed in whole kronor */
		base = least == most ? least : base;
	}
	return base;
}

/* A row of e01 and its year beside the others'. */
static void judge_year(const struct published *published, const struct published_table *costs, const struct settings *settings, size_t row,
	unsigned char *finding)
{
	static const char *const ratios[] = { "kr_per_deltagande", "kr_per_avslutad_till_arbete_eller_studier" };
	const struct cube *cube = costs->cube;
	const char *insats = cube_code_of(cube, row, 0), *year = cube_code_of(cube, row, 1);
	const char *all_codes[] = { insats, CUBE_TOTAL, CUBE_TOTAL }, *result_codes[] = { insats, CUBE_TOTAL };
	double all = figure_at(published, "i01", all_codes, "deltaganden"), fresh = figure_at(published, "i01", all_codes, "nya"),
		   going = figure_at(published, "i01", all_codes, "pagaende"), results = figure_at(published, "i06", result_codes, "arbete_eller_studier");
	double there = base_of(costs, insats, year, ratios[0]), reached = base_of(costs, insats, year, ratios[1]);
	int from = settings == NULL ? 0 : date_year_of(settings->period_from), to = settings == NULL ? 0 : date_year_of(settings->period_to);
	bool first = strtol(year, NULL, 10) == from, last = strtol(year, NULL, 10) == to;
	char next[16];
	snprintf(next, sizeof next, "%d", to);
	bool tells = few(published, all - there) || (first && few(published, there - (all - fresh))) || (last && few(published, there - going)) ||
		(first && to == from + 1 && few(published, there + base_of(costs, insats, next, ratios[0]) - all));
	bool tells_exits = few(published, there - reached) || few(published, results - reached) ||
		(last && (few(published, there - going - reached) || few(published, (all - there) - (results - reached))));
	for (size_t r = 0; r < 2; r++) {
		size_t measure = cube_measure(cube, ratios[r]);
		if ((r == 0 ? tells : tells_exits) && cube_cell(cube, row, measure)->status == CELL_PUBLISHED)
			finding[row * cube->table->measures + measure] = BESIDE_FEW;
	}
}

void between_judge(const struct published *published, const struct published_table *table, const struct settings *settings, unsigned char *finding)
{
	const struct cube *cube = table->cube;
	if (strncmp(cube->table->name, "i13", 3) == 0)
		judge_curves(published, table, finding);
	if (strncmp(cube->table->name, "i12", 3) == 0 && !published->rounded)
		judge_surveys(published, table, finding);
	if (strncmp(cube->table->name, "g01", 3) == 0)
		among_judge(published, table, settings, finding);
	for (size_t row = 0; strncmp(cube->table->name, "e01", 3) == 0 && cube->codes[1].count > 1 && row < cube->rows; row++)
		judge_year(published, table, settings, row, finding);
}
