/* Few who are left between figures: see leftover.h. */
#include "stages/protect/figures/leftover.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double count_at(const struct tables *tables, const char *name, const char *const *codes, const char *measure)
{
	size_t table = tables_find(tables, name);
	size_t row = table == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(tables->cube[table], codes);
	return row == CUBE_NO_ROW ? 0 : tables_value(tables, table, row, measure);
}

/* ---- curves ---- */

/* What happened in the months from `from` to `to` on the curve of a row. */
static double happened(const struct tables *tables, size_t curves, size_t row, const char *measure, long from, long to)
{
	const struct cube *cube = tables->cube[curves];
	double sum = 0;
	for (size_t other = 0; other < cube->rows; other++) {
		long month = strtol(cube_code_of(cube, other, 2), NULL, 10);
		if (cube->key[other * 3] == cube->key[row * 3] && cube->key[other * 3 + 1] == cube->key[row * 3 + 1] && month >= from && month <= to)
			sum += tables_value(tables, curves, other, measure);
	}
	return sum;
}

/* A band of i07 beside its months: those of the curve are its exits, earlier ones, and those who go on. */
static bool few_beside_bands(const struct tables *tables, size_t curves, size_t row, double minimum)
{
	size_t table = tables_find(tables, "i07_tid_i_insats");
	bool few = false;
	for (size_t other = 0; table != SIZE_MAX && other < tables->cube[table]->rows && !few; other++) {
		const struct cube *bands = tables->cube[table];
		if (strcmp(cube_code_of(bands, other, 0), cube_code_of(tables->cube[curves], row, 0)) != 0 ||
			strcmp(cube_code_of(bands, other, 1), cube_code_of(tables->cube[curves], row, 1)) != 0 || cube_is_total(bands, other, 2))
			continue;
		char *end;
		long from = strtol(cube_code_of(bands, other, 2), &end, 10), to = *end == '-' ? strtol(end + 1, NULL, 10) : LONG_MAX;
		double exits = tables_value(tables, table, other, "avslutade"), events = happened(tables, curves, row, "handelser", from, to);
		few = tables_small(fabs(exits - events), minimum) ||
			tables_small(events + happened(tables, curves, row, "censurerade", from, to) - exits, minimum);
	}
	return few;
}

/* A goal within N months beside the curve of all: its base are those who started N months ago, its numerator their events before N full months,
   or with the day itself. */
static bool few_beside_goals(const struct tables *tables, size_t curves, size_t row, const struct settings *settings)
{
	const struct cube *cube = tables->cube[curves];
	size_t table = tables_find(tables, "g01_mal");
	bool few = false;
	for (size_t i = 0; table != SIZE_MAX && i < settings->insats_count && cube_is_total(cube, row, 1); i++)
		for (size_t g = 0; g < settings->insats[i].goals && strcmp(settings->insats[i].name, cube_code_of(cube, row, 0)) == 0; g++) {
			const struct goal *goal = &settings->insats[i].goal[g];
			char number[24];
			snprintf(number, sizeof number, "%zu", g + 1);
			const char *codes[] = { settings->insats[i].name, number };
			size_t at = cube_find_named(tables->cube[table], codes);
			if (goal->base != GOAL_AV_STARTADE || goal->within_months == 0 || at == CUBE_NO_ROW)
				continue;
			double met = tables_value(tables, table, at, "taljare"), base = tables_value(tables, table, at, "namnare");
			few = few || tables_small(happened(tables, curves, row, "kvar", 0, 0) - base, settings->minsta_antal) ||
				tables_small(fabs(happened(tables, curves, row, "handelser", 0, goal->within_months - 1) - met), settings->minsta_antal) ||
				tables_small(fabs(happened(tables, curves, row, "handelser", 0, goal->within_months) - met), settings->minsta_antal);
		}
	return few;
}

bool leftover_of_curve(const struct tables *tables, size_t curves, size_t row, const struct settings *settings)
{
	return few_beside_bands(tables, curves, row, settings->minsta_antal) || few_beside_goals(tables, curves, row, settings);
}

/* ---- years ---- */

/* The bases of one year: of an insats, or of all. */
static double of_year(const struct tables *tables, size_t bases, const char *insats, const char *year, const char *measure)
{
	const struct cube *cube = tables->cube[bases];
	double sum = 0;
	for (size_t row = 0; row < cube->rows; row++)
		if (strcmp(cube_code_of(cube, row, 1), year) == 0 && (strcmp(insats, CUBE_TOTAL) == 0 || strcmp(cube_code_of(cube, row, 0), insats) == 0))
			sum += tables_value(tables, bases, row, measure);
	return sum;
}

/* The years with participations: the first, the last, how many. */
struct years {
	const char *first, *last;
	size_t count;
};

static struct years find_years(const struct cube *bases)
{
	struct years years = { .count = bases->codes[1].count };
	for (size_t i = 0; i < years.count; i++) {
		const char *year = bases->codes[1].code[i];
		years.first = i == 0 || strcmp(year, years.first) < 0 ? year : years.first;
		years.last = i == 0 || strcmp(year, years.last) > 0 ? year : years.last;
	}
	return years;
}

/* Withholds the ratios of one insats (or all) and year by what the counts behind them leave of the period's. */
static void withhold_year(struct tables *tables, size_t table, size_t row, size_t bases, const struct years *years, double minimum)
{
	const struct cube *cube = tables->cube[table];
	const char *insats = cube_code_of(cube, row, 0), *year = cube_code_of(cube, row, 1);
	const char *all_codes[] = { insats, CUBE_TOTAL, CUBE_TOTAL }, *result_codes[] = { insats, CUBE_TOTAL };
	double all = count_at(tables, "i01_deltagare", all_codes, "deltaganden"), results = count_at(tables, "i06_resultat", result_codes, "arbete_eller_studier");
	double older = all - count_at(tables, "i01_deltagare", all_codes, "nya"), going = count_at(tables, "i01_deltagare", all_codes, "pagaende");
	double there = of_year(tables, bases, insats, year, "deltaganden"), reached = of_year(tables, bases, insats, year, "avslutade_arbete_eller_studier");
	bool first = strcmp(year, years->first) == 0, last = strcmp(year, years->last) == 0;
	double both = first && years->count == 2 ? there + of_year(tables, bases, insats, years->last, "deltaganden") - all : 0;
	if (tables_small(all - there, minimum) || tables_small(both, minimum) || (first && tables_small(there - older, minimum)) ||
		(last && tables_small(there - going, minimum)))
		tables_withhold(tables, table, row, cube_measure(cube, "kr_per_deltagande"));
	if (tables_small(there - reached, minimum) || tables_small(results - reached, minimum) ||
		(last && (tables_small(there - going - reached, minimum) || tables_small((all - there) - (results - reached), minimum))))
		tables_withhold(tables, table, row, cube_measure(cube, "kr_per_avslutad_till_arbete_eller_studier"));
}

void leftover_of_years(struct tables *tables, double minimum)
{
	size_t table = tables_find(tables, "e01_ekonomi"), bases = tables_find(tables, "ekonomi_underlag");
	struct years years = bases == SIZE_MAX ? (struct years){ 0 } : find_years(tables->cube[bases]);
	for (size_t row = 0; years.count > 1 && table != SIZE_MAX && tables_find(tables, "i01_deltagare") != SIZE_MAX && row < tables->cube[table]->rows; row++)
		if (cube_is_total(tables->cube[table], row, 2))
			withhold_year(tables, table, row, bases, &years, minimum);
}
