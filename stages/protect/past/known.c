/* What was published earlier outside the program: see known.h. */
#include "stages/protect/past/known.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/table/csv/csv_write.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/protect/past/past.h"

/* Whether the figure rounds to the text, a number as q01 shows it, at the text's decimals; a half either way. */
static bool agrees(const struct cell *cell, const char *text)
{
	const char *point = strchr(text, '.');
	size_t decimals = point == NULL ? 0 : strlen(point + 1);
	double published;
	if (cell->status == CELL_MISSING || cell->text != NULL || decimals > 9 || !number_read_decimal(text, strlen(text), &published))
		return false;
	return fabs(cell->number - published) <= 0.5 * pow(10, -(double)decimals) * (1 + 1e-9);
}

/* The figure that a row of q01 names; false when the run has none. */
static bool find_named(const struct tables *tables, const struct cube *q01, size_t row, size_t *table, size_t *cell, struct error *error)
{
	const char *codes[TABLE_DIMENSIONS], *nyckel = cube_code_of(q01, row, 1);
	*table = tables_find(tables, cube_code_of(q01, row, 0));
	char *key = *table == SIZE_MAX ? NULL : arena_text(tables->arena, nyckel, strlen(nyckel), error);
	if (key == NULL || !figure_split(key, tables->cube[*table]->table, codes))
		return false;
	size_t at = cube_find_named(tables->cube[*table], codes), measure = figure_measure(tables->cube[*table]->table, cube_code_of(q01, row, 2));
	if (at == CUBE_NO_ROW || measure == SIZE_MAX)
		return false;
	*cell = tables_cell(tables, *table, at, measure);
	return true;
}

static bool is_small_count(const struct cube *cube, size_t cell, int64_t minimum)
{
	return cube->table->measure[cell % cube->table->measures].kind == MEASURE_COUNT && tables_small(cube->cell[cell].number, (double)minimum);
}

int known_begin(struct tables *tables, int64_t minimum, struct error *error)
{
	size_t from = tables_find(tables, "q01_avstamning");
	if (from == SIZE_MAX)
		return 0;
	const struct cube *q01 = tables->cube[from];
	for (size_t row = 0; row < q01->rows; row++) {
		size_t table, cell;
		const char *text = cube_cell(q01, row, cube_measure(q01, "publicerat"))->text;
		bool named = text != NULL && find_named(tables, q01, row, &table, &cell, error);
		if (error->count > 0)
			return -1;
		if (!named || !agrees(&tables->cube[table]->cell[cell], text))
			continue;
		const struct cube *cube = tables->cube[table];
		if (tables->known[table] == NULL)
			tables->known[table] = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof *tables->known[table], error);
		if (tables->known[table] == NULL)
			return -1;
		tables->known[table][cell] = text;
		if (is_small_count(cube, cell, minimum))
			tables_withhold(tables, table, cell / cube->table->measures, cell % cube->table->measures);
	}
	return 0;
}

/* The most helårsekvivalenter that a person can have of one förmån in the part of a year that lies in the period: days at full extent over
   the days of the year, months with bistånd (FS) over 12. */
static double most_of_person(const struct settings *settings, int year, bool by_month)
{
	int32_t from = date_day(year, 1, 1), to = date_day(year, 12, 31);
	from = from < settings->period_from ? settings->period_from : from;
	to = to > settings->period_to ? settings->period_to : to;
	if (by_month)
		return (double)(date_month_of(to) - date_month_of(from) + 1) / 12;
	return (double)(to - from + 1) / date_days_in_year(year);
}

void known_least(const struct tables *tables, const struct settings *settings)
{
	size_t table = tables_find(tables, "m01_forsorjningsmatt");
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		const struct cube *cube = tables->cube[table];
		const char *forman = cube_code_of(cube, row, 3);
		if (strlen(forman) != 2)
			continue; /* in a group a person may have several */
		double each = most_of_person(settings, atoi(cube_code_of(cube, row, 0)), strcmp(forman, "FS") == 0);
		double persons = tables_value(tables, table, row, "personer");
		double least = ceil(tables_value(tables, table, row, "helarsekvivalenter") / each - 1e-6);
		int64_t *known = &tables->least[table][tables_cell(tables, table, row, cube_measure(cube, "personer"))];
		if (each > 0 && least <= persons && least > (double)*known)
			*known = (int64_t)least;
	}
}

const char *known_text(const struct tables *tables, size_t table, size_t row, size_t measure)
{
	return tables->known[table] == NULL ? NULL : tables->known[table][tables_cell(tables, table, row, measure)];
}

bool known_outside(const struct tables *tables, size_t table, size_t row, size_t measure)
{
	return known_text(tables, table, row, measure) != NULL;
}

bool known_cell(const struct tables *tables, size_t table, size_t row, size_t measure)
{
	return known_outside(tables, table, row, measure) || past_known(tables, table, row, measure);
}

/* Why a withheld cell is exempt; NULL when it is not. */
static const char *reason_of(const struct tables *tables, size_t table, size_t cell)
{
	if (tables->cube[table]->cell[cell].status != CELL_PROTECTED)
		return NULL;
	if (tables->known[table] != NULL && tables->known[table][cell] != NULL)
		return "publicerad tidigare";
	return tables->fixed[table] != NULL && tables->fixed[table][cell] ? "följer av kända uppgifter" : NULL;
}

static int write_exempt(const struct cube *cube, size_t cell, const char *reason, struct csv_writer *writer, struct error *error)
{
	const char *code[TABLE_DIMENSIONS];
	struct arena *arena = arena_new(error);
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, cell / cube->table->measures, d);
	const char *key = arena == NULL ? NULL : figure_join(code, cube->table->dimensions, arena, error);
	if (key != NULL) {
		csv_string(writer, cube->table->name);
		csv_string(writer, key);
		csv_string(writer, cube->table->measure[cell % cube->table->measures].name);
		csv_string(writer, reason);
		csv_end(writer);
	}
	arena_free(arena);
	return key == NULL ? -1 : 0;
}

int known_write(const struct tables *tables, const char *path, size_t exempt[TABLES_MOST], struct error *error)
{
	static const char *const header[] = { "tabell", "nyckel", "matt", "skal" };
	struct csv_writer *writer;
	int result = 0;
	if (csv_create(&writer, path, &csv_style_machine, error) != 0)
		return -1;
	for (size_t i = 0; i < sizeof header / sizeof *header; i++)
		csv_string(writer, header[i]);
	csv_end(writer);
	for (size_t t = 0; t < tables->count && result == 0; t++) {
		const struct cube *cube = tables->cube[t];
		exempt[t] = 0;
		for (size_t cell = 0; cell < tables->rows[t] * cube->table->measures && result == 0; cell++) {
			const char *reason = reason_of(tables, t, cell);
			if (reason == NULL)
				continue;
			exempt[t]++;
			result = write_exempt(cube, cell, reason, writer, error);
		}
	}
	return csv_finish(writer, error) != 0 || result != 0 ? -1 : 0;
}
