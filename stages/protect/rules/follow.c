/* Cells that go with others: see follow.h. */
#include "stages/protect/rules/follow.h"

#include <math.h>
#include <string.h>

#include "stages/protect/figures/goals.h"
#include "stages/protect/figures/leftover.h"
#include "stages/protect/past/known.h"
#include "stages/protect/rules/rules.h"

/* Every measure of the row is withheld. */
static void withhold_row(struct tables *tables, size_t table, size_t row)
{
	for (size_t m = 0; m < tables->cube[table]->table->measures; m++)
		tables_withhold(tables, table, row, m);
}

void follow_same(struct tables *tables)
{
	for (size_t i = 0; i < protect_same_count; i++) {
		const struct same_rule *rule = &protect_same[i];
		size_t table = tables_find(tables, rule->table), source = tables_find(tables, rule->source);
		if (table == SIZE_MAX || source == SIZE_MAX)
			continue;
		const struct cube *cube = tables->cube[table];
		size_t measure = cube_measure(cube, rule->measure);
		for (size_t row = 0; row < cube->rows; row++) {
			bool applies = rule->only == NULL;
			for (size_t d = 0; d < cube->table->dimensions && !applies; d++)
				applies = strcmp(cube->table->dimension[d].name, rule->only) == 0 && cube_is_total(cube, row, d);
			size_t other = applies ? tables_counterpart(tables, table, row, source) : CUBE_NO_ROW;
			if (other != CUBE_NO_ROW && tables_measure_withheld(tables, source, other, rule->source_measure))
				tables_withhold(tables, table, row, measure);
		}
	}
}

static void follow_in_rows(struct tables *tables)
{
	for (size_t i = 0; i < protect_follow_count; i++) {
		const struct follow_rule *rule = &protect_follows[i];
		size_t table = tables_find(tables, rule->table);
		for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++)
			for (size_t b = 0; b < 3 && rule->by[b] != NULL; b++)
				if (tables_measure_withheld(tables, table, row, rule->by[b]))
					tables_withhold(tables, table, row, cube_measure(tables->cube[table], rule->measure));
	}
}

/* Whether a curve from its first month on holds few who are not in the period's tables: participations, or exits to egen försörjning, that
   ended before it. */
static bool few_before(const struct tables *tables, size_t table, size_t first, double minimum)
{
	const struct cube *cube = tables->cube[table];
	size_t i01 = tables_find(tables, "i01_deltagare"), i06 = tables_find(tables, "i06_resultat");
	size_t base = tables_counterpart(tables, table, first, i01), results = i06 == SIZE_MAX ? CUBE_NO_ROW : tables_counterpart(tables, table, first, i06);
	double events = 0;
	for (size_t row = 0; row < cube->rows; row++)
		if (cube->key[row * 3] == cube->key[first * 3] && cube->key[row * 3 + 1] == cube->key[first * 3 + 1])
			events += tables_value(tables, table, row, "handelser");
	return (base != CUBE_NO_ROW && tables_small(tables_value(tables, table, first, "kvar") - tables_value(tables, i01, base, "deltaganden"), minimum)) ||
		(results != CUBE_NO_ROW && tables_small(fabs(events - tables_value(tables, i06, results, "arbete_eller_studier")), minimum));
}

/* A survival curve shows every exit as a step: an insats with a month of 1 … minimum − 1 events or withdrawals, for either sex,
   has none of its curves printed (those of the other sex and of all would give the withheld one). Nor where they leave few beside other tables. */
static void follow_survival(struct tables *tables, const struct settings *settings)
{
	double minimum = settings->minsta_antal;
	size_t table = tables_find(tables, "i13_overlevnad");
	if (table == SIZE_MAX || tables_find(tables, "i01_deltagare") == SIZE_MAX)
		return;
	const struct cube *cube = tables->cube[table];
	for (size_t row = 0; row < cube->rows; row++) {
		bool first = strcmp(cube_code_of(cube, row, 2), "0") == 0;
		size_t base = tables_counterpart(tables, table, row, tables_find(tables, "i01_deltagare"));
		bool whole = base == CUBE_NO_ROW || (!tables_measure_withheld(tables, tables_find(tables, "i01_deltagare"), base, "deltaganden") &&
			!tables_measure_withheld(tables, tables_find(tables, "i01_deltagare"), base, "avslutade"));
		if (whole && !tables_small(tables_value(tables, table, row, "handelser"), minimum) &&
			!tables_small(tables_value(tables, table, row, "censurerade"), minimum) &&
			!tables_small(tables_value(tables, table, row, "kvar"), minimum) && !(first && (few_before(tables, table, row, minimum) || leftover_of_curve(tables, table, row, settings))))
			continue;
		for (size_t other = 0; other < cube->rows; other++)
			if (strcmp(cube_code_of(cube, other, 0), cube_code_of(cube, row, 0)) == 0)
				withhold_row(tables, table, other);
	}
}

/* The difference between women and men goes with both shares. */
static void follow_difference(struct tables *tables)
{
	size_t table = tables_find(tables, "i14_konsskillnad"), source = tables_find(tables, "i06_resultat");
	if (table == SIZE_MAX || source == SIZE_MAX)
		return;
	for (size_t row = 0; row < tables->cube[table]->rows; row++)
		for (size_t k = 0; k < 2; k++) {
			const char *codes[] = { cube_code_of(tables->cube[table], row, 0), k == 0 ? "K" : "M" };
			size_t base = cube_find_named(tables->cube[source], codes);
			if (base != CUBE_NO_ROW && tables_measure_withheld(tables, source, base, "andel_arbete_eller_studier"))
				withhold_row(tables, table, row);
		}
}

/* The log-rank test of women and men goes with the curves that it compares. */
static void follow_test(struct tables *tables)
{
	size_t table = tables_find(tables, "i14_konsskillnad"), source = tables_find(tables, "i13_overlevnad");
	if (table == SIZE_MAX || source == SIZE_MAX)
		return;
	size_t measure = cube_measure(tables->cube[table], "p_logrank");
	for (size_t row = 0; row < tables->cube[table]->rows; row++)
		for (size_t curve = 0; curve < tables->cube[source]->rows; curve++)
			if (strcmp(cube_code_of(tables->cube[source], curve, 0), cube_code_of(tables->cube[table], row, 0)) == 0 &&
				tables_measure_withheld(tables, source, curve, "andel"))
				tables_withhold(tables, table, row, measure);
}

/* Whether two rows of i12 are of one insats and instrument. */
static bool same_survey(const struct cube *cube, size_t a, size_t b)
{
	return strcmp(cube_code_of(cube, a, 0), cube_code_of(cube, b, 0)) == 0 &&
		strcmp(cube_code_of(cube, a, 1), cube_code_of(cube, b, 1)) == 0;
}

/* Whether those without a pair tell of few, or bound a withheld count that they are among: the exits, the persons, the participations. */
static bool tells_of_base(const struct tables *tables, size_t table, size_t row, size_t exits, double minimum)
{
	static const char *const bases[] = { "avslutade", "personer", "deltaganden" };
	const struct cube *cube = tables->cube[table];
	const char *codes[] = { cube_code_of(cube, row, 0), CUBE_TOTAL, cube_code_of(cube, row, 2) };
	size_t base = exits == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(tables->cube[exits], codes);
	double without = tables_value(tables, table, row, "utan_par"), pairs = tables_value(tables, table, row, "par");
	if (base == CUBE_NO_ROW || without == 0)
		return false;
	bool tells = tables_small(fabs(tables_value(tables, exits, base, "avslutade") - without - pairs), minimum);
	for (size_t b = 0; b < sizeof bases / sizeof *bases && !tells; b++)
		tells = tables_small(tables_value(tables, exits, base, bases[b]) - without, minimum) || tables_measure_withheld(tables, exits, base, bases[b]);
	return tells;
}

/* i12: the exited without a pair are printed for all of a survey's rows or for none: not where one is small, where pairs or those they are among are
   withheld, or where few are left of these. */
static void follow_surveys(struct tables *tables, double minimum)
{
	size_t table = tables_find(tables, "i12_enkat"), exits = tables_find(tables, "i01_deltagare");
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		const struct cube *cube = tables->cube[table];
		if (!tables_small(tables_value(tables, table, row, "utan_par"), minimum) && !tables_measure_withheld(tables, table, row, "par") &&
			!tells_of_base(tables, table, row, exits, minimum))
			continue;
		for (size_t other = 0; other < cube->rows; other++)
			if (same_survey(cube, row, other) && tables_value(tables, table, other, "utan_par") > 0) /* zeros are printed */
				tables_withhold(tables, table, other, cube_measure(cube, "utan_par"));
	}
}

/* A period of several years: its exits are those of its years. Where one year's ratio is withheld, none of that kind is printed. */
static void withhold_years(struct tables *tables, size_t table, const char *const ratios[2])
{
	for (size_t i = 0; i < 2; i++) {
		bool any = false;
		for (size_t row = 0; row < tables->cube[table]->rows; row++)
			any = any || tables_measure_withheld(tables, table, row, ratios[i]);
		for (size_t row = 0; any && row < tables->cube[table]->rows; row++)
			tables_withhold(tables, table, row, cube_measure(tables->cube[table], ratios[i]));
	}
}

/* e01: the ratios of every financier go with those of TOT, whose base they share. */
static void follow_ratios(struct tables *tables)
{
	static const char *const ratios[] = { "kr_per_deltagande", "kr_per_avslutad_till_arbete_eller_studier" };
	size_t table = tables_find(tables, "e01_ekonomi");
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		const struct cube *cube = tables->cube[table];
		const char *codes[] = { cube_code_of(cube, row, 0), cube_code_of(cube, row, 1), CUBE_TOTAL };
		size_t total = cube_find_named(cube, codes);
		for (size_t i = 0; i < 2 && total != CUBE_NO_ROW; i++)
			if (tables_measure_withheld(tables, table, total, ratios[i]))
				tables_withhold(tables, table, row, cube_measure(cube, ratios[i]));
	}
	if (table != SIZE_MAX && tables->cube[table]->codes[1].count > 1)
		withhold_years(tables, table, ratios);
}

/* Number of the insats's cohort; 0 when unknown. */
static double cohort_of(const struct tables *tables, const char *insats)
{
	size_t support = tables_find(tables, "kohort_underlag");
	size_t row = support == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(tables->cube[support], &insats);
	return row == CUBE_NO_ROW ? 0 : tables_value(tables, support, row, "kohort");
}

/* Tables of an insats's economics are withheld with a small cohort. */
static void follow_cohort(struct tables *tables, double minimum)
{
	static const char *const names[] = { "e02_aterbetalning", "e03_kassaflode", "e04_kanslighet", "e05_potential", "e07_band",
		"e08_utjamning" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t table = tables_find(tables, names[i]);
		for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++)
			if (tables_small(cohort_of(tables, cube_code_of(tables->cube[table], row, 0)), minimum))
				withhold_row(tables, table, row);
	}
}

/* Whether a reason to exit that a cohort leaves out is withheld, for any kön. */
static bool reason_withheld(const struct tables *tables, const char *insats)
{
	static const char *const reasons[] = { "07", "09", "13" };
	size_t i05 = tables_find(tables, "i05_avslut");
	bool withheld = false;
	for (size_t row = 0; i05 != SIZE_MAX && row < tables->cube[i05]->rows; row++)
		for (size_t i = 0; i < 3 && strcmp(cube_code_of(tables->cube[i05], row, 0), insats) == 0; i++)
			withheld = withheld || (strcmp(cube_code_of(tables->cube[i05], row, 2), reasons[i]) == 0 &&
				tables_measure_withheld(tables, i05, row, "avslutade"));
	return withheld;
}

/* Whether the number of a cohort would give away a small part of the insats's exits: those that it leaves out, or all of them. It leaves out
   those for some reasons: of underlag sus, where nobody exits twice, these alone, and of both no fewer. */
static bool cohort_tells(const struct tables *tables, const char *insats, bool sus, double cohort, double minimum)
{
	const char *codes[] = { insats, CUBE_TOTAL, CUBE_TOTAL };
	size_t i01 = tables_find(tables, "i01_deltagare");
	size_t row = i01 == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(tables->cube[i01], codes);
	if (row == CUBE_NO_ROW || cohort < 1)
		return false;
	double rest = tables_value(tables, i01, row, "avslutade") - cohort;
	return tables_measure_withheld(tables, i01, row, "avslutade") || tables_small(rest, minimum) ||
		((sus || rest < 2 * minimum) && reason_withheld(tables, insats));
}

/* What is told of a cohort beside its number: with the cohorts of both bases, that of the few by whom they differ. */
static void withhold_parts(struct tables *tables, size_t table, size_t row)
{
	static const char *const parts[] = { "kohort", "kostnad", "netto_manad", "produktion", "vard", "handlaggning" };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		tables_withhold(tables, table, row, cube_measure(tables->cube[table], parts[i]));
}

/* Whether the linked share of a row's cohort was published before, at any rate of interest: it is the same at all. */
static bool share_known(const struct tables *tables, size_t table, size_t row)
{
	const struct cube *cube = tables->cube[table];
	bool known = false;
	for (size_t other = 0; other < cube->rows && !known; other++)
		known = strcmp(cube_code_of(cube, other, 0), cube_code_of(cube, row, 0)) == 0 &&
			strcmp(cube_code_of(cube, other, 1), cube_code_of(cube, row, 1)) == 0 &&
			known_outside(tables, table, other, cube_measure(cube, "andel_lankad"));
	return known;
}

/* e06 prints the cohorts of both bases: each, their difference, the exits that they leave out, and the linked part and its rest
   must not be small. */
static void follow_comparison(struct tables *tables, double minimum)
{
	size_t table = tables_find(tables, "e06_jamforelse");
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		const struct cube *cube = tables->cube[table];
		double cohort = tables_value(tables, table, row, "kohort");
		double linked = round(cohort * tables_value(tables, table, row, "andel_lankad") / 100);
		size_t share = cube_measure(cube, "andel_lankad");
		if (tables_small(linked, minimum) || tables_small(cohort - linked, minimum)) {
			tables_withhold(tables, table, row, share);
			if (share_known(tables, table, row)) /* who knows the share has the few beside the cohort */
				tables_withhold(tables, table, row, cube_measure(cube, "kohort"));
		}
		if (cohort_tells(tables, cube_code_of(cube, row, 0), strcmp(cube_code_of(cube, row, 1), "sus") == 0, cohort, minimum))
			tables_withhold(tables, table, row, cube_measure(cube, "kohort"));
		for (size_t other = 0; other < cube->rows; other++) {
			if (strcmp(cube_code_of(cube, other, 0), cube_code_of(cube, row, 0)) != 0)
				continue;
			double difference = fabs(cohort - tables_value(tables, table, other, "kohort"));
			if (tables_small(cohort, minimum))
				withhold_row(tables, table, row);
			else if (tables_small(difference, minimum))
				withhold_parts(tables, table, row);
		}
	}
}

/* A share of a withheld number: few numbers have 9 of 16. None or all of them is so of any. */
static void follow_share(struct tables *tables)
{
	size_t table = tables_find(tables, "e06_jamforelse");
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		double share = tables_value(tables, table, row, "andel_lankad");
		if (tables_measure_withheld(tables, table, row, "kohort") && share > 0 && share < 100)
			tables_withhold(tables, table, row, cube_measure(tables->cube[table], "andel_lankad"));
	}
}

int follow_all(struct tables *tables, const struct settings *settings, struct error *error)
{
	follow_same(tables);
	follow_in_rows(tables);
	follow_survival(tables, settings);
	follow_difference(tables);
	follow_test(tables);
	follow_surveys(tables, settings->minsta_antal);
	leftover_of_years(tables, settings->minsta_antal);
	follow_ratios(tables);
	follow_cohort(tables, settings->minsta_antal);
	follow_comparison(tables, settings->minsta_antal);
	follow_share(tables);
	return goals_protect(tables, settings, error);
}
