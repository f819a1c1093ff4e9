/* What the insatser cost: see economy.h. */
#include "stages/payback/economy.h"

#include <math.h>
#include <stdio.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/table/column/column.h"

void economy_dates(struct economy_row *row, const struct settings *settings)
{
	int32_t last = date_day(row->ar, 12, 31);
	if (row->fran == COLUMN_NONE_I32)
		row->fran = date_day(row->ar, 1, 1);
	if (row->till == COLUMN_NONE_I32 || row->till == DATE_ONGOING)
		row->till = last < settings->period_to ? last : settings->period_to;
}

/* Days of the row up to and including `day`. */
static int64_t days_by(const struct economy_row *row, int32_t day)
{
	int64_t days = (int64_t)(day < row->till ? day : row->till) - row->fran + 1;
	return days < 0 ? 0 : days;
}

int64_t economy_cut(const struct economy_row *row, int64_t amount, const struct settings *settings)
{
	int64_t days = days_by(row, row->till);
	if (amount == COLUMN_NONE_I64 || days == 0)
		return 0;
	return number_share(amount, days_by(row, settings->period_to), days) -
		number_share(amount, days_by(row, settings->period_from - 1), days);
}

/* Whether the row's year is one of the period. */
static bool counts(const struct economy_row *row, const struct settings *settings)
{
	return row->ar >= settings_first_year(settings) && row->ar <= settings_last_year(settings);
}

bool economy_outcome(const struct economy *economy, size_t insats, const struct settings *settings,
	const struct codes *codes, int64_t outcome[FINANSIARER])
{
	bool stated = false;
	for (size_t f = 0; f < FINANSIARER; f++)
		outcome[f] = 0;
	for (size_t i = 0; i < economy->rows; i++) {
		const struct economy_row *row = &economy->row[i];
		if (row->insats != insats || !counts(row, settings) || row->utfall == COLUMN_NONE_I64)
			continue;
		stated = true;
		for (size_t f = 0; f < FINANSIARER; f++)
			if (codes->bearer[f] == row->finansiar)
				outcome[f] += economy_cut(row, row->utfall, settings);
	}
	return stated;
}

#define YEAR_TEXT 12

/* Adds one row of ekonomi to its cells, in öre for now. What is part of another insats stays out of the total. */
static int add_money(const struct economy_row *row, const struct settings *settings, const struct codes *codes,
	struct cube *e01, struct error *error)
{
	const struct insats *insats = &settings->insats[row->insats];
	char year[YEAR_TEXT];
	(void)snprintf(year, sizeof year, "%d", row->ar);
	double budget = (double)economy_cut(row, row->budget, settings);
	double utfall = (double)economy_cut(row, row->utfall, settings);
	for (int cell = 0; cell < 4; cell++) {
		bool all_insatser = (cell & 1) != 0, all_financiers = (cell & 2) != 0;
		if (all_insatser && insats->ingar_i != NULL)
			continue;
		const char *key[] = { all_insatser ? CUBE_TOTAL : insats->name, year,
			all_financiers ? CUBE_TOTAL : codes->finansiar->entry[row->finansiar].kod };
		size_t at = cube_row_named(e01, key, error);
		if (at == CUBE_NO_ROW)
			return -1;
		cube_add(e01, at, cube_measure(e01, "budget"), budget);
		cube_add(e01, at, cube_measure(e01, "utfall"), utfall);
	}
	return 0;
}

/* Participations of the year's part of the period and the exits among them to work or studies, by insats; the last place
   is all of them. */
struct counts {
	double deltaganden, avslutade;
};

static void count_year(int year, const struct deltagande *deltagande, size_t count, const struct settings *settings,
	const struct codes *codes, struct counts *counted)
{
	int32_t from, to;
	if (!settings_year_part(settings, year, &from, &to))
		return;
	for (size_t i = 0; i < count; i++) {
		if (!deltagande_within(&deltagande[i], from, to))
			continue;
		bool own = deltagande_exited(&deltagande[i], from, to) && (deltagande[i].efter & codes->work_or_studies) != 0;
		struct counts *places[] = { &counted[deltagande[i].insats], &counted[settings->insats_count] };
		for (size_t p = 0; p < 2; p++) {
			places[p]->deltaganden++;
			places[p]->avslutade += own;
		}
	}
}

static int fill_underlag(const char *year, const struct counts *counted, const struct settings *settings,
	struct cube *underlag, struct error *error)
{
	for (size_t i = 0; i < settings->insats_count; i++) {
		if (settings->insats[i].registration == REGISTRATION_VOLUME)
			continue;
		size_t row = cube_row_named(underlag, (const char *const[]){ settings->insats[i].name, year }, error);
		if (row == CUBE_NO_ROW)
			return -1;
		cube_set(underlag, row, cube_measure(underlag, "deltaganden"), counted[i].deltaganden);
		cube_set(underlag, row, cube_measure(underlag, "avslutade_arbete_eller_studier"), counted[i].avslutade);
	}
	return 0;
}

static void set_ratio(struct cube *e01, size_t row, const char *measure, double kr, double count)
{
	cube_set(e01, row, cube_measure(e01, measure), count > 0 ? kr / count : (double)NAN);
}

/* Öre become kr, and the ratios of the rows of one year are set. */
static void close_year(uint32_t year, const struct counts *counted, const struct settings *settings, struct cube *e01)
{
	size_t budget = cube_measure(e01, "budget"), utfall = cube_measure(e01, "utfall");
	for (size_t row = 0; row < e01->rows; row++) {
		if (e01->key[row * e01->table->dimensions + 1] != year)
			continue;
		size_t insats = cube_is_total(e01, row, 0) ? settings->insats_count
			: settings_insats(settings, cube_code_of(e01, row, 0));
		double planned = cube_cell(e01, row, budget)->number, spent = cube_cell(e01, row, utfall)->number;
		cube_set(e01, row, budget, planned / 100);
		cube_set(e01, row, utfall, spent / 100);
		cube_set(e01, row, cube_measure(e01, "avvikelse"), (planned - spent) / 100);
		set_ratio(e01, row, "kr_per_deltagande", spent / 100, counted[insats].deltaganden);
		set_ratio(e01, row, "kr_per_avslutad_till_arbete_eller_studier", spent / 100, counted[insats].avslutade);
	}
}

int economy_fill(const struct economy *economy, const struct deltagande *deltagande, size_t count,
	const struct settings *settings, const struct codes *codes, struct cube *e01, struct cube *underlag,
	struct error *error)
{
	for (size_t i = 0; i < economy->rows; i++)
		if (counts(&economy->row[i], settings) && add_money(&economy->row[i], settings, codes, e01, error) != 0)
			return -1;
	for (int year = settings_first_year(settings); year <= settings_last_year(settings); year++) {
		struct counts *counted = arena_take(e01->arena, settings->insats_count + 1, sizeof *counted, error);
		char text[YEAR_TEXT];
		(void)snprintf(text, sizeof text, "%d", year);
		if (counted == NULL ||
			cube_row_named(e01, (const char *const[]){ CUBE_TOTAL, text, CUBE_TOTAL }, error) == CUBE_NO_ROW)
			return -1;
		count_year(year, deltagande, count, settings, codes, counted);
		if (fill_underlag(text, counted, settings, underlag, error) != 0)
			return -1;
		close_year(cube_find_code(e01, 1, text), counted, settings, e01);
	}
	return 0;
}
