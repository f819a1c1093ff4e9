/* q01 goes with the cells that it tells of: see published.h. */
#include "stages/protect/past/published.h"

#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/protect/past/past_stands.h"

/* A cell of a table of the run, by names, and whether what is printed of it need not be what was computed: a figure that an approved run printed,
   or a rounded one. Which of these are the same as computed nobody is to know. NULL when there is none. */
static const struct cell *named_cell(const struct tables *tables, const char *table, const char *nyckel, const char *measure, bool *stands,
	struct error *error)
{
	size_t at = tables_find(tables, table);
	const char *codes[TABLE_DIMENSIONS];
	char *key = at == SIZE_MAX ? NULL : arena_text(tables->arena, nyckel, strlen(nyckel), error);
	if (key == NULL || !figure_split(key, tables->cube[at]->table, codes))
		return NULL;
	size_t row = cube_find_named(tables->cube[at], codes), m = figure_measure(tables->cube[at]->table, measure);
	if (row == CUBE_NO_ROW || m == SIZE_MAX)
		return NULL;
	const struct cell *cell = cube_cell(tables->cube[at], row, m);
	*stands = (cell->earlier || tables->truth[at] != NULL) && past_personal(tables->cube[at]->table, m);
	return cell;
}

static bool differs(double a, double b)
{
	return a < b || a > b;
}

static const char *number_text(const struct tables *tables, double number, struct error *error)
{
	char text[NUMBER_TEXT];
	number_write_full(number, text);
	return arena_text(tables->arena, text, strlen(text), error);
}

/* Whether rounding has left nobody in the row, which is not printed then. */
static bool is_gone(const struct tables *tables, size_t table, size_t row)
{
	const struct cube *cube = tables->cube[table];
	bool gone = tables->truth[table] != NULL;
	for (size_t m = 0; m < cube->table->measures && gone; m++) {
		const struct cell *cell = cube_cell(cube, row, m);
		gone = cell->status == CELL_PUBLISHED && cell->text == NULL && !differs(cell->number, 0);
	}
	return gone;
}

/* Whether a combination without a row has this measure, as 0. */
static bool has_zero(const struct measure *measure)
{
	return measure->kind == MEASURE_COUNT || measure->kind == MEASURE_KR || measure->kind == MEASURE_TWO;
}

/* Beside rounded counts q01 says of a figure of persons neither why it differs nor that there is none: a combination whose few are gone is to look like one
   of nobody. */
static void take_rounded(struct tables *tables, size_t table, struct error *error)
{
	struct cube *cube = tables->cube[table];
	for (size_t row = 0; row < cube->rows && error->count == 0; row++) {
		const char *codes[TABLE_DIMENSIONS], *nyckel = cube_code_of(cube, row, 1);
		size_t at = tables_find(tables, cube_code_of(cube, row, 0));
		char *key = at == SIZE_MAX || tables->truth[at] == NULL ? NULL : arena_text(tables->arena, nyckel, strlen(nyckel), error);
		size_t measure = key == NULL ? SIZE_MAX : figure_measure(tables->cube[at]->table, cube_code_of(cube, row, 2));
		if (measure == SIZE_MAX || !figure_split(key, tables->cube[at]->table, codes) || !past_personal(tables->cube[at]->table, measure))
			continue;
		tables_withhold(tables, table, row, cube_measure(cube, "forklaring"));
		size_t own = cube_find_named(tables->cube[at], codes);
		const struct cell *cell = own == CUBE_NO_ROW ? NULL : cube_cell(tables->cube[at], own, measure);
		if (cell == NULL || (cell->status != CELL_MISSING && (has_zero(&tables->cube[at]->table->measure[measure]) || !is_gone(tables, at, own))))
			continue;
		cube_set_missing(cube, row, cube_measure(cube, "beraknat"));
		cube_set_missing(cube, row, cube_measure(cube, "skillnad"));
	}
}

/* The row's own figure: its status, and its number as it is printed. */
static int take_own(struct tables *tables, size_t table, size_t row, const struct cell *cell, struct error *error)
{
	struct cube *cube = tables->cube[table];
	size_t computed = cube_measure(cube, "beraknat"), difference = cube_measure(cube, "skillnad");
	const struct cell *before = cube_cell(cube, row, computed);
	double number, published;
	if (cell->status == CELL_PROTECTED) {
		tables_withhold(tables, table, row, computed);
		tables_withhold(tables, table, row, difference);
		tables_withhold(tables, table, row, cube_measure(cube, "forklaring"));
		return 0;
	}
	if (cell->status != CELL_PUBLISHED || before->status != CELL_PUBLISHED || cell->text != NULL ||
		!number_read_full(before->text, strlen(before->text), &number) || !differs(number, cell->number))
		return 0;
	const char *text = cube_cell(cube, row, cube_measure(cube, "publicerat"))->text;
	const char *other = number_text(tables, cell->number, error), *rest = NULL;
	if (number_read_decimal(text, strlen(text), &published))
		rest = number_text(tables, cell->number - published, error);
	if (other != NULL)
		cube_set_text(cube, row, computed, other);
	if (rest != NULL)
		cube_set_text(cube, row, difference, rest);
	return error->count > 0 ? -1 : 0;
}

int published_protect(struct tables *tables, struct error *error)
{
	size_t table = tables_find(tables, "q01_avstamning"), support = tables_find(tables, "avstamning_celler");
	if (table == SIZE_MAX || support == SIZE_MAX)
		return 0;
	const struct cube *cells = tables->cube[support];
	take_rounded(tables, table, error);
	for (size_t i = 0; i < cells->rows; i++) {
		const char *name[6];
		for (size_t d = 0; d < 6; d++)
			name[d] = cube_code_of(cells, i, d);
		size_t row = cube_find_named(tables->cube[table], name);
		bool stands = false;
		const struct cell *cell = named_cell(tables, name[3], name[4], name[5], &stands, error);
		if (error->count > 0)
			return -1;
		if (row == CUBE_NO_ROW || cell == NULL)
			continue;
		bool own = strcmp(name[0], name[3]) == 0 && strcmp(name[1], name[4]) == 0 && strcmp(name[2], name[5]) == 0;
		if (own && take_own(tables, table, row, cell, error) != 0)
			return -1;
		if (cell->status == CELL_PROTECTED || stands || differs(cell->number, cube_cell(cells, i, 0)->number))
			tables_withhold(tables, table, row, cube_measure(tables->cube[table], "forklaring"));
	}
	return 0;
}
