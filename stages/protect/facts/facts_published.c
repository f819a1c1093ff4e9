/* What ratios published before tell of counts: see facts_inside.h. A ratio rounded to a step says that numerator ÷ base lies within half a step
   of it: an inequality with whole coefficients from either side (or, where only multiples of one pair of counts do, a tie of the two), or, of a number that everybody knows by another, bounds. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/maths/interval.h"
#include "pipeline/table/settings/settings.h"
#include "stages/protect/ceiling.h"
#include "stages/protect/facts/facts_inside.h"
#include "stages/protect/past/known.h"

#define LIMITS_BEYOND 50 /* bases that are tried beyond twice the true one */
#define BASES_BEYOND 5  /* times the true base: as far as a share that only multiples of two counts have is taken to have no others */
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

static struct row *set_of(const struct facts_work *work, const struct facts_count *count)
{
	return &work->facts->system->row[work->atom[facts_standing(work, facts_cell(work, count->table, count->row, count->measure))] - 1];
}

static int64_t count_of(const struct facts_work *work, const struct facts_count *count)
{
	return count == NULL ? 0 : facts_count(work->tables, count->table, count->row, count->measure);
}

static int add_term(struct facts_work *work, const struct facts_count *count, int64_t sign)
{
	struct system *system = work->facts->system;
	return count_of(work, count) == 0 ? 0 : system_term(system, (size_t)(set_of(work, count) - system->row), (int)sign, work->error);
}

/* sign · (2 · 100 · parts · numerator − (2 · steps − sign) · base) ≥ 0 */
static int add_side(struct facts_work *work, const struct facts_count *numerator, const struct facts_count *base, const struct facts_count *rest,
	const struct published *share, int sign)
{
	int64_t of_base = 2 * share->steps - sign;
	if (system_row(work->facts->system, ROW_HIDDEN, 0, work->error) == SYSTEM_NONE)
		return -1;
	/* the numerator may be one of the two that are the base */
	bool within = rest != NULL && numerator->table == base->table && numerator->row == base->row && numerator->measure == base->measure;
	if (add_term(work, numerator, sign * (200 * share->parts - (within ? of_base : 0))) != 0 || (!within && add_term(work, base, -sign * of_base) != 0))
		return -1;
	return add_term(work, rest, -sign * of_base);
}

/* Whether all pairs of counts that have the share, of bases not far beyond the true one, are multiples of one pair: *part and *whole. Tables with
   fractions of such pairs are in thirds or quarters of persons, which the engine makes whole; within half a step they are in any parts. */
static bool is_multiple(int64_t numerator, int64_t base, const struct published *share, int64_t *part, int64_t *whole)
{
	int64_t divisor = base;
	for (int64_t rest = numerator; rest > 0;) {
		int64_t next = divisor % rest;
		divisor = rest;
		rest = next;
	}
	*part = numerator / divisor;
	*whole = base / divisor;
	for (int64_t b = 1; b <= BASES_BEYOND * base; b++)
		for (int64_t n = (2 * share->steps - 1) * b / (200 * share->parts); n <= (2 * share->steps + 1) * b / (200 * share->parts) + 1; n++) {
			bool inside = 200 * share->parts * n >= (2 * share->steps - 1) * b && 200 * share->parts * n <= (2 * share->steps + 1) * b;
			if (inside && n * *whole != b * *part)
				return false;
		}
	return numerator > 0;
}

/* whole · numerator − part · base = 0 */
static int add_multiple(struct facts_work *work, const struct facts_count *numerator, const struct facts_count *base, int64_t part, int64_t whole)
{
	if (system_row(work->facts->system, ROW_KNOWN, 0, work->error) == SYSTEM_NONE)
		return -1;
	return add_term(work, numerator, whole) != 0 || add_term(work, base, -part) != 0 ? -1 : 0;
}

void facts_bound(const struct facts_work *work, const struct facts_count *count, double least, double most)
{
	int64_t now = count_of(work, count);
	if (now == 0 || (double)now < least || (double)now > most)
		return;
	struct row *set = set_of(work, count);
	int64_t low = (int64_t)ceil(least - 1e-9), high = (int64_t)floor(most + 1e-9);
	set->floor = low > set->floor ? low : set->floor;
	set->ceiling = high < set->ceiling ? high : set->ceiling;
}

/* Whether a share or limit is the number published, to its decimals; true of one that was not. */
static bool fits(double per_cent, const char *text)
{
	struct published published;
	return text == NULL || !read_published(text, &published) ||
		fabs(per_cent * (double)published.parts - (double)published.steps) <= 0.5 + 1e-6;
}

/* Bounds both counts by all pairs that have these limits; a base of twice today's has narrower ones. */
static void bound_by_limits(struct facts_work *work, const struct facts_share *told, const struct facts_count *numerator, const struct facts_count *base)
{
	int64_t of = count_of(work, base), least[2] = { INT64_MAX, INT64_MAX }, most[2] = { 0, 0 };
	double level = work->tables->settings == NULL ? 0 : work->tables->settings->konfidensgrad;
	struct interval limits;
	for (int64_t b = 1; b <= 2 * of + LIMITS_BEYOND && level > 0; b++)
		for (int64_t n = 0; n <= b; n++) {
			if (!fits(100 * (double)n / (double)b, told->share) || interval_wilson(n, b, level, &limits) != 0 ||
				!fits(100 * limits.low, told->low) || !fits(100 * limits.high, told->high))
				continue;
			least[0] = n < least[0] ? n : least[0];
			most[0] = n > most[0] ? n : most[0];
			least[1] = b < least[1] ? b : least[1];
			most[1] = b;
		}
	if (most[1] == 0)
		return;
	facts_bound(work, numerator, (double)least[0], (double)most[0]);
	facts_bound(work, base, (double)least[1], (double)most[1]);
}

int facts_share(struct facts_work *work, const struct facts_share *told, const struct facts_count *numerator, const struct facts_count *base,
	const struct facts_count *rest)
{
	struct published share;
	if (rest == NULL && (told->share != NULL) + (told->low != NULL) + (told->high != NULL) >= 2)
		bound_by_limits(work, told, numerator, base);
	if (told->share == NULL || count_of(work, numerator) == 0 || !read_published(told->share, &share))
		return 0;
	int64_t part, whole;
	if (rest == NULL && is_multiple(count_of(work, numerator), count_of(work, base), &share, &part, &whole))
		return add_multiple(work, numerator, base, part, whole);
	return add_side(work, numerator, base, rest, &share, 1) != 0 || add_side(work, numerator, base, rest, &share, -1) != 0 ? -1 : 0;
}

/* The shares of exits to work or studies: of i06, and of its women and men in i14. */
static int state_shares(struct facts_work *work)
{
	const struct tables *tables = work->tables;
	size_t results = tables_find(tables, "i06_resultat"), sexes = tables_find(tables, "i14_konsskillnad");
	for (size_t row = 0; results != SIZE_MAX && row < tables->cube[results]->rows; row++) {
		const struct cube *cube = tables->cube[results];
		struct facts_count either = { results, row, cube_measure(cube, "arbete_eller_studier") }, exits = { results, row, cube_measure(cube, "avslutade") };
		const char *kon = cube_code_of(cube, row, 1), *insats[] = { cube_code_of(cube, row, 0) };
		const struct facts_share told = { known_text(tables, results, row, cube_measure(cube, "andel_arbete_eller_studier")),
			known_text(tables, results, row, cube_measure(cube, "ki_lag")), known_text(tables, results, row, cube_measure(cube, "ki_hog")) };
		if (facts_share(work, &told, &either, &exits, NULL) != 0)
			return -1;
		size_t of = sexes == SIZE_MAX || (strcmp(kon, "K") != 0 && strcmp(kon, "M") != 0) ? CUBE_NO_ROW : cube_find_named(tables->cube[sexes], insats);
		size_t measure = of == CUBE_NO_ROW ? 0 : cube_measure(tables->cube[sexes], strcmp(kon, "K") == 0 ? "andel_k" : "andel_m");
		const struct facts_share share = { .share = of == CUBE_NO_ROW ? NULL : known_text(tables, sexes, of, measure) };
		if (facts_share(work, &share, &either, &exits, NULL) != 0)
			return -1;
	}
	return 0;
}

/* ---- numbers per head ---- */

/* m02: persons per 1 000 inhabitants. */
static int state_rates(const struct facts_work *work)
{
	const struct tables *tables = work->tables;
	size_t table = tables_find(tables, "m02_malgrupp");
	if (table == SIZE_MAX)
		return 0;
	const struct cube *cube = tables->cube[table];
	const struct ceiling *ceiling = ceiling_new(tables, table, tables->arena, work->error);
	size_t measure = cube_measure(cube, "personer"), per_1000 = cube_measure(cube, "per_1000");
	for (size_t row = 0; ceiling != NULL && row < cube->rows; row++) {
		struct facts_count persons = { table, row, measure };
		struct published rate;
		int64_t inhabitants;
		if (!read_published(known_text(tables, table, row, per_1000), &rate) || (inhabitants = ceiling_inhabitants(ceiling, row)) == INT64_MAX)
			continue;
		double each = (double)inhabitants / (2000 * (double)rate.parts);
		facts_bound(work, &persons, (double)(2 * rate.steps - 1) * each, (double)(2 * rate.steps + 1) * each);
	}
	return ceiling == NULL ? -1 : 0;
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
			struct facts_count count = { table, at, cube_measure(tables->cube[table], ratios[r][2]) };
			double whole = 2 * spent * (double)ratio.parts;
			facts_bound(work, &count, whole / (double)(2 * ratio.steps + 1), whole / (double)(2 * ratio.steps - 1));
		}
}

/* i13: at risk in the first month are all participations on file, so that no more are in the period. */
static void state_survival(const struct facts_work *work)
{
	const struct tables *tables = work->tables;
	size_t curves = tables_find(tables, "i13_overlevnad"), all = tables_find(tables, "i01_deltagare");
	for (size_t row = 0; curves != SIZE_MAX && all != SIZE_MAX && row < tables->cube[curves]->rows; row++) {
		const struct cube *cube = tables->cube[curves];
		const char *codes[] = { cube_code_of(cube, row, 0), CUBE_TOTAL, cube_code_of(cube, row, 1) };
		struct published at_risk;
		size_t of = strcmp(cube_code_of(cube, row, 2), "0") == 0 ? cube_find_named(tables->cube[all], codes) : CUBE_NO_ROW;
		if (of == CUBE_NO_ROW || !read_published(known_text(tables, curves, row, cube_measure(cube, "kvar")), &at_risk))
			continue;
		facts_bound(work, &(struct facts_count){ all, of, cube_measure(tables->cube[all], "deltaganden") }, 0,
			(double)at_risk.steps / (double)at_risk.parts);
	}
}

int facts_published(struct facts_work *work)
{
	if (work->joining)
		return 0;
	if (state_rates(work) != 0)
		return -1;
	state_costs(work);
	state_survival(work);
	return state_shares(work);
}
