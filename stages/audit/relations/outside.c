/* Figures of q01: see outside.h. */
#include "stages/audit/relations/outside.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"

bool outside_find(const struct published *published, const struct cube *q01, size_t row, struct outside_figure *figure, struct error *error)
{
	const char *codes[TABLE_DIMENSIONS], *name = cube_code_of(q01, row, 0), *nyckel = cube_code_of(q01, row, 1);
	figure->text = cube_cell(q01, row, cube_measure(q01, "publicerat"))->text;
	figure->table = published_find(published, name);
	if (figure->text == NULL || figure->table == NULL || strcmp(figure->table->cube->table->name, name) != 0)
		return false;
	char *key = arena_text(published->arena, nyckel, strlen(nyckel), error);
	if (key == NULL || !figure_split(key, figure->table->cube->table, codes))
		return false;
	figure->row = cube_find_named(figure->table->cube, codes);
	figure->measure = figure_measure(figure->table->cube->table, cube_code_of(q01, row, 2));
	return figure->row != CUBE_NO_ROW && figure->measure != SIZE_MAX;
}

bool outside_is_same(const struct outside_figure *figure, double *number, double *half)
{
	const char *codes[TABLE_DIMENSIONS], *point = strchr(figure->text, '.');
	const struct cube *cube = figure->table->cube, *truth = figure->table->truth;
	if (truth == NULL || !number_read_decimal(figure->text, strlen(figure->text), number))
		return false;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		codes[d] = cube_code_of(cube, figure->row, d);
	size_t at = cube_find_named(truth, codes);
	double today = at == CUBE_NO_ROW ? 0 : cube_cell(truth, at, figure->measure)->number;
	*half = 0.5 * pow(10, point == NULL ? 0 : -(double)strlen(point + 1));
	return fabs(today - *number) <= *half * (1 + 1e-9);
}

bool outside_amount(const struct published *published, const struct published_table *table, size_t row, size_t measure, double *number,
	double *half)
{
	const struct published_table *q01 = published_find(published, "q01");
	for (size_t i = 0; q01 != NULL && i < q01->cube->rows; i++) {
		struct error error = { 0 };
		struct outside_figure figure;
		if (strcmp(cube_code_of(q01->cube, i, 0), table->cube->table->name) == 0 &&
			outside_find(published, q01->cube, i, &figure, &error) && figure.row == row && figure.measure == measure)
			return outside_is_same(&figure, number, half);
	}
	return false;
}
