/* What ratios published before tell of counts: see facts_inside.h. A ratio rounded to a step says that numerator ÷ base lies within half a step
   of it: an inequality with whole coefficients from either side, or, of a number that everybody knows by another, bounds. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "stages/protect/ceiling.h"
#include "stages/protect/facts/facts_inside.h"
#include "stages/protect/past/known.h"

#define DECIMALS_MOST 4 /* finer ones tell no more of counts */

/* A published figure: `steps` steps of 1 ÷ `parts`. */
struct published {
	int64_t steps, parts;
};

static bool read_published(const char *text, struct published *published)
{
	const char *point = text == NULL ? NULL : strchr(text, '.');
	size_t decimals = point == NULL ? 0 : strlen(point + 1);
	double number;
	if (text == NULL || !number_read_decimal(text, strlen(text), &number))
		return false;
	published->parts = 1;
	for (size_t d = 0; d < decimals && d < DECIMALS_MOST; d++)
		published->parts *= 10;
	published->steps = llround(number * (double)published->parts);
	return true;
}

/* ---- shares ---- */

struct count {
	size_t table, row, measure;
};

static struct row *set_of(const struct facts_work *work, const struct count *count)
{
	return &work->facts->system->row[work->atom[facts_standing(work, facts_cell(work, count->table, count->row, count->measure))] - 1];
}

/* sign · (2 · 100 · parts · numerator − (2 · steps − sign) · base) ≥ 0 */
static int add_side(struct facts_work *work, const struct count *numerator, const struct count *base, const struct published *share, int sign)
{
	struct system *system = work->facts->system;
	int64_t of_numerator = 200 * share->parts, of_base = 2 * share->steps - sign;
	if (system_row(system, ROW_HIDDEN, 0, work->error) == SYSTEM_NONE ||
		system_term(system, (size_t)(set_of(work, numerator) - system->row), sign * (int)of_numerator, work->error) != 0)
		return -1;
	return system_term(system, (size_t)(set_of(work, base) - system->row), -sign * (int)of_base, work->error);
}

static int add_share(struct facts_work *work, const char *text, const struct count *numerator, const struct count *base)
{
	struct published share;
	if (facts_count(work->tables, numerator->table, numerator->row, numerator->measure) == 0 || !read_published(text, &share))
		return 0;
	return add_side(work, numerator, base, &share, 1) != 0 || add_side(work, numerator, base, &share, -1) != 0 ? -1 : 0;
}

/* The shares of exits to work or studies: of i06, and of its women and men in i14. */
static int state_shares(struct facts_work *work)
{
	const struct tables *tables = work->tables;
	size_t results = tables_find(tables, "i06_resultat"), sexes = tables_find(tables, "i14_konsskillnad");
	for (size_t row = 0; results != SIZE_MAX && row < tables->cube[results]->rows; row++) {
		const struct cube *cube = tables->cube[results];
		struct count either = { results, row, cube_measure(cube, "arbete_eller_studier") }, exits = { results, row, cube_measure(cube, "avslutade") };
		const char *kon = cube_code_of(cube, row, 1), *insats[] = { cube_code_of(cube, row, 0) };
		if (add_share(work, known_text(tables, results, row, cube_measure(cube, "andel_arbete_eller_studier")), &either, &exits) != 0)
			return -1;
		size_t of = sexes == SIZE_MAX || (strcmp(kon, "K") != 0 && strcmp(kon, "M") != 0) ? CUBE_NO_ROW : cube_find_named(tables->cube[sexes], insats);
		size_t measure = of == CUBE_NO_ROW ? 0 : cube_measure(tables->cube[sexes], strcmp(kon, "K") == 0 ? "andel_k" : "andel_m");
		if (of != CUBE_NO_ROW && add_share(work, known_text(tables, sexes, of, measure), &either, &exits) != 0)
			return -1;
	}
	return 0;
}

/* ---- numbers per head ---- */

/* The count lies between the two. */
static void bound(const struct facts_work *work, const struct count *count, double least, double most)
{
	int64_t now = facts_count(work->tables, count->table, count->row, count->measure);
	if (now == 0 || (double)now < least || (double)now > most)
		return;
	struct row *set = set_of(work, count);
	int64_t low = (int64_t)ceil(least - 1e-9), high = (int64_t)floor(most + 1e-9);
	set->floor = low > set->floor ? low : set->floor;
	set->ceiling = high < set->ceiling ? high : set->ceiling;
}

/* m02: persons per 1 000 inhabitants. */
static void state_rates(const struct facts_work *work)
{
	const struct tables *tables = work->tables;
	size_t table = tables_find(tables, "m02_malgrupp");
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		const struct cube *cube = tables->cube[table];
		struct count persons = { table, row, cube_measure(cube, "personer") };
		struct published rate;
		int64_t inhabitants = ceiling_inhabitants(tables, table, row);
		if (inhabitants == INT64_MAX || !read_published(known_text(tables, table, row, cube_measure(cube, "per_1000")), &rate))
			continue;
		double each = (double)inhabitants / (2000 * (double)rate.parts);
		bound(work, &persons, (double)(2 * rate.steps - 1) * each, (double)(2 * rate.steps + 1) * each);
	}
}

/* e01 of a period within one year: what an insats cost, which is printed, per participation and per exit to work or studies. */
static void state_costs(const struct facts_work *work)
{
	static const char *const ratios[][3] = { { "kr_per_deltagande", "i01_deltagare", "deltaganden" },
		{ "kr_per_avslutad_till_arbete_eller_studier", "i06_resultat", "arbete_eller_studier" } };
	const struct tables *tables = work->tables;
	size_t costs = tables_find(tables, "e01_ekonomi");
	bool one_year = tables->settings != NULL && date_year_of(tables->settings->period_from) == date_year_of(tables->settings->period_to);
	for (size_t row = 0; costs != SIZE_MAX && one_year && row < tables->cube[costs]->rows; row++)
		for (size_t r = 0; r < 2; r++) {
			const struct cube *cube = tables->cube[costs];
			const char *codes[] = { cube_code_of(cube, row, 0), CUBE_TOTAL, CUBE_TOTAL };
			size_t table = tables_find(tables, ratios[r][1]), at = table == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(tables->cube[table], codes);
			struct published ratio;
			double spent = tables_value(tables, costs, row, "utfall");
			if (at == CUBE_NO_ROW || strcmp(codes[0], CUBE_TOTAL) == 0 || !(spent > 0) ||
				!read_published(known_text(tables, costs, row, cube_measure(cube, ratios[r][0])), &ratio) || ratio.steps < 1)
				continue;
			struct count count = { table, at, cube_measure(tables->cube[table], ratios[r][2]) };
			double whole = 2 * spent * (double)ratio.parts;
			bound(work, &count, whole / (double)(2 * ratio.steps + 1), whole / (double)(2 * ratio.steps - 1));
		}
}

int facts_published(struct facts_work *work)
{
	if (work->joining)
		return 0;
	state_rates(work);
	state_costs(work);
	return state_shares(work);
}
