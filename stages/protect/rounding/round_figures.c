/* Figures that are made of counts, made anew of the rounded ones; what cannot be made of them. See rounded.h. */
#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/maths/interval.h"
#include "pipeline/maths/maths.h"
#include "stages/protect/rounding/rounded.h"

static int64_t count_in(const struct rounded *rounded, size_t table, size_t row, const char *measure)
{
	return row == CUBE_NO_ROW ? 0 : (int64_t)llround(tables_value(rounded->tables, table, row, measure));
}

/* A number, printed; missing when it is none. */
static void set_number(const struct rounded *rounded, size_t table, size_t row, const char *measure, double number)
{
	cube_set(rounded->tables->cube[table], row, cube_measure(rounded->tables->cube[table], measure), number);
}

/* A limit of an interval in per cent; NAN where there is none. */
static void set_limits(const struct rounded *rounded, size_t table, size_t row, const struct interval *interval)
{
	set_number(rounded, table, row, "ki_lag", 100 * interval->low);
	set_number(rounded, table, row, "ki_hog", 100 * interval->high);
}

static void share_of_results(const struct rounded *rounded)
{
	size_t table = tables_find(rounded->tables, "i06_resultat");
	for (size_t row = 0; table != SIZE_MAX && row < rounded->tables->cube[table]->rows; row++) {
		struct interval interval;
		int64_t exits = count_in(rounded, table, row, "avslutade"), either = count_in(rounded, table, row, "arbete_eller_studier");
		(void)interval_wilson(either, exits, rounded->settings->konfidensgrad, &interval); /* NAN without exits */
		set_number(rounded, table, row, "andel_arbete_eller_studier", 100 * interval.estimate);
		set_limits(rounded, table, row, &interval);
	}
}

/* Women and men of i14; the log-rank test is made of curves, which are withheld. */
static void difference_of_results(const struct rounded *rounded)
{
	static const char *const names[] = { "andel_k", "andel_m" };
	size_t table = tables_find(rounded->tables, "i14_konsskillnad"), source = tables_find(rounded->tables, "i06_resultat");
	if (source == SIZE_MAX)
		return;
	for (size_t row = 0; table != SIZE_MAX && row < rounded->tables->cube[table]->rows; row++) {
		int64_t exits[2], either[2];
		struct interval interval, own;
		for (size_t k = 0; k < 2; k++) {
			const char *codes[] = { cube_code_of(rounded->tables->cube[table], row, 0), k == 0 ? "K" : "M" };
			size_t base = cube_find_named(rounded->tables->cube[source], codes);
			exits[k] = count_in(rounded, source, base, "avslutade");
			either[k] = count_in(rounded, source, base, "arbete_eller_studier");
			(void)interval_wilson(either[k], exits[k], rounded->settings->konfidensgrad, &own);
			set_number(rounded, table, row, names[k], 100 * own.estimate);
		}
		(void)interval_newcombe(either[0], exits[0], either[1], exits[1], rounded->settings->konfidensgrad, &interval);
		set_number(rounded, table, row, "skillnad", 100 * interval.estimate);
		set_limits(rounded, table, row, &interval);
		tables_withhold(rounded->tables, table, row, cube_measure(rounded->tables->cube[table], "p_logrank"));
	}
}

/* Survival: a curve tells how many left of how many in every month. Where nobody of a kön takes part after rounding, it has no rows. */
static void withhold_curves(const struct rounded *rounded)
{
	size_t table = tables_find(rounded->tables, "i13_overlevnad"), i01 = tables_find(rounded->tables, "i01_deltagare");
	for (size_t row = 0; table != SIZE_MAX && row < rounded->tables->cube[table]->rows; row++) {
		const struct cube *cube = rounded->tables->cube[table];
		const char *codes[] = { cube_code_of(cube, row, 0), CUBE_TOTAL, cube_code_of(cube, row, 1) };
		size_t base = i01 == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(rounded->tables->cube[i01], codes);
		bool nobody = !cube_is_total(cube, row, 1) && count_in(rounded, i01, base, "deltaganden") == 0;
		for (size_t m = 0; m < cube->table->measures; m++) /* also what is missing: that says that nobody is left */
			*cube_cell(cube, row, m) = (struct cell){ .status = nobody ? CELL_PUBLISHED : CELL_PROTECTED };
	}
}

static void rates_of_groups(const struct rounded *rounded)
{
	size_t table = tables_find(rounded->tables, "m02_malgrupp");
	if (table == SIZE_MAX)
		return;
	const struct cube *cube = rounded->tables->cube[table];
	size_t personer = cube_measure(cube, "personer"), rate = cube_measure(cube, "per_1000");
	for (size_t row = 0; row < cube->rows; row++) {
		double before = rounded_truth(rounded, table, row, personer), truth = rounded_truth(rounded, table, row, rate);
		if (before > 0 && cube_cell(cube, row, rate)->status != CELL_MISSING)
			cube_set(rounded->tables->cube[table], row, rate, truth * cube_cell(cube, row, personer)->number / before);
	}
}

/* ---- ratios of e01 ---- */

/* The rounded base of an insats in a year: that of the period where it is the same number; else on its own. */
static double base_of(const struct rounded *rounded, const char *insats, double before, const char *table, const char *measure)
{
	size_t source = tables_find(rounded->tables, table);
	const struct cube *cube = source == SIZE_MAX ? NULL : rounded->tables->cube[source];
	const char *codes[] = { insats, CUBE_TOTAL, CUBE_TOTAL };
	size_t row = cube == NULL ? CUBE_NO_ROW : cube_find_named(cube, codes);
	int64_t count = (int64_t)llround(before);
	if (row != CUBE_NO_ROW && (int64_t)llround(rounded_truth(rounded, source, row, cube_measure(cube, measure))) == count)
		return tables_value(rounded->tables, source, row, measure);
	return (double)rounded_alone(rounded, insats, count);
}

/* kr_per_… = utfall ÷ base: the ratio times what the base was, by what it is. TOT is the sum over the insatser. */
static void ratio_of_cost(const struct rounded *rounded, const char *ratio, const char *base, const char *table, const char *measure)
{
	size_t costs = tables_find(rounded->tables, "e01_ekonomi"), bases = tables_find(rounded->tables, "ekonomi_underlag");
	if (costs == SIZE_MAX || bases == SIZE_MAX)
		return;
	const struct cube *cube = rounded->tables->cube[costs], *from = rounded->tables->cube[bases];
	size_t at = cube_measure(cube, ratio), of = cube_measure(from, base);
	for (size_t row = 0; row < cube->rows; row++) {
		double before = 0, after = 0;
		for (size_t b = 0; b < from->rows; b++) {
			const char *insats = cube_code_of(from, b, 0);
			if (strcmp(cube_code_of(from, b, 1), cube_code_of(cube, row, 1)) != 0 ||
				(!cube_is_total(cube, row, 0) && strcmp(insats, cube_code_of(cube, row, 0)) != 0))
				continue;
			double own = rounded_truth(rounded, bases, b, of);
			before += own;
			after += base_of(rounded, insats, own, table, measure);
		}
		if (cube_cell(cube, row, at)->status != CELL_MISSING)
			cube_set(rounded->tables->cube[costs], row, at, rounded_truth(rounded, costs, row, at) * before / after);
	}
}

/* ---- what is measured of some persons: waits (i09), answers (i12) ---- */

static const struct measured {
	const char *table, *count, *measure[6];
} measured[] = { { "i09_ko", "vantande", { "median_vantetid", "p90_vantetid" } },
	{ "i09_ko", "startade", { "median_vantetid_startade", "p90_vantetid_startade" } },
	{ "i12_enkat", "par", { "medel_start", "medel_slut", "skillnad", "ki_lag", "ki_hog", "p_wilcoxon" } } };

/* Whether the row is all that is left of a total, or a total of which one insats is: where both were printed and differed, somebody else would be in it. */
static bool is_alone(const struct cube *cube, size_t row, size_t count)
{
	size_t dimensions = cube->table->dimensions;
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < dimensions; d++) {
		bool insats = strcmp(cube->table->dimension[d].name, "insats") == 0;
		memcpy(key, &cube->key[row * dimensions], dimensions * sizeof *key);
		if (insats != cube_is_total(cube, row, d) || cube->codes[d].total == UINT32_MAX)
			continue;
		for (uint32_t c = 0; c < cube->codes[d].count; c++) {
			if (c == key[d] || (!insats && c != cube->codes[d].total))
				continue;
			uint32_t code = key[d];
			key[d] = c;
			size_t other = cube_find(cube, key);
			key[d] = code;
			if (other != CUBE_NO_ROW && llround(cube_cell(cube, other, count)->number) == llround(cube_cell(cube, row, count)->number))
				return true;
		}
	}
	return false;
}

static double to_one_decimal(double number)
{
	char text[NUMBER_TEXT];
	double rounded = number;
	number_write_rounded(number, 1, text);
	(void)number_read_decimal(text, strlen(text), &rounded);
	return rounded;
}

/* Missing of nobody after rounding; withheld of few, and of whom the rounded counts tell alone. A mean to one decimal: to two it would tell of how
   many it is. */
static void measure(const struct rounded *rounded, const struct measured *rule, size_t table, size_t row, bool one_decimal)
{
	struct cube *cube = rounded->tables->cube[table];
	size_t count = cube_measure(cube, rule->count);
	bool nobody = count_in(rounded, table, row, rule->count) == 0;
	bool withheld = !nobody && (rounded_few(rounded, table, row, count) || is_alone(cube, row, count));
	for (size_t m = 0; m < 6 && rule->measure[m] != NULL; m++) {
		size_t at = cube_measure(cube, rule->measure[m]);
		struct cell *cell = cube_cell(cube, row, at);
		if (nobody || cell->status == CELL_MISSING) {
			cube_set_missing(cube, row, at);
			continue;
		}
		double number = rounded_truth(rounded, table, row, at);
		bool mean = one_decimal && cube->table->measure[at].kind != MEASURE_P;
		*cell = (struct cell){ .status = withheld ? CELL_PROTECTED : CELL_PUBLISHED, .number = mean ? to_one_decimal(number) : number };
	}
}

static void measures_of_persons(const struct rounded *rounded)
{
	for (size_t i = 0; i < sizeof measured / sizeof *measured; i++) {
		size_t table = tables_find(rounded->tables, measured[i].table);
		for (size_t row = 0; table != SIZE_MAX && row < rounded->tables->cube[table]->rows; row++)
			measure(rounded, &measured[i], table, row, strcmp(measured[i].count, "par") == 0);
	}
}

int rounded_figures(struct rounded *rounded, struct error *error)
{
	(void)error;
	share_of_results(rounded);
	difference_of_results(rounded);
	withhold_curves(rounded);
	rates_of_groups(rounded);
	ratio_of_cost(rounded, "kr_per_deltagande", "deltaganden", "i01_deltagare", "deltaganden");
	ratio_of_cost(rounded, "kr_per_avslutad_till_arbete_eller_studier", "avslutade_arbete_eller_studier", "i06_resultat",
		"arbete_eller_studier");
	rounded_economics(rounded);
	measures_of_persons(rounded);
	return 0;
}
