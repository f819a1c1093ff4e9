/* Figures published outside the program: see reconciled.h. */
#include "stages/audit/relations/reconciled.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/audit/relations/ratios.h"

/* A figure of q01: the table's row and measure; false when the run has none of that name. */
struct named {
	const struct published_table *table;
	size_t row, measure;
	const char *text; /* as it was published */
};

static bool find_named(const struct published *published, const struct cube *q01, size_t row, struct named *named, struct error *error)
{
	const char *codes[TABLE_DIMENSIONS], *name = cube_code_of(q01, row, 0), *nyckel = cube_code_of(q01, row, 1);
	named->text = cube_cell(q01, row, cube_measure(q01, "publicerat"))->text;
	named->table = published_find(published, name);
	if (named->text == NULL || named->table == NULL || strcmp(named->table->cube->table->name, name) != 0)
		return false;
	char *key = arena_text(published->arena, nyckel, strlen(nyckel), error);
	if (key == NULL || !figure_split(key, named->table->cube->table, codes))
		return false;
	named->row = cube_find_named(named->table->cube, codes);
	named->measure = figure_measure(named->table->cube->table, cube_code_of(q01, row, 2));
	return named->row != CUBE_NO_ROW && named->measure != SIZE_MAX;
}

/* Whether the figure before protection is the number that was published, at its decimals. */
static bool is_same(const struct named *named, double *number, double *half)
{
	const char *codes[TABLE_DIMENSIONS], *point = strchr(named->text, '.');
	const struct cube *cube = named->table->cube, *truth = named->table->truth;
	if (truth == NULL || !number_read_decimal(named->text, strlen(named->text), number))
		return false;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		codes[d] = cube_code_of(cube, named->row, d);
	size_t at = cube_find_named(truth, codes);
	double today = at == CUBE_NO_ROW ? 0 : cube_cell(truth, at, named->measure)->number;
	*half = 0.5 * pow(10, point == NULL ? 0 : -(double)strlen(point + 1));
	return fabs(today - *number) <= *half * (1 + 1e-9);
}

static bool is_count(const struct named *named)
{
	return named->table->cube->table->measure[named->measure].kind == MEASURE_COUNT;
}

/* Calls for every figure that is the same: fixes its variable, if `earlier` is given, or only tells that there is one. */
static int for_each(struct published *published, const struct earlier *earlier, bool *any, struct error *error)
{
	const struct published_table *table = published_find(published, "q01");
	for (size_t row = 0; table != NULL && row < table->cube->rows; row++) {
		struct named named;
		struct earlier_spans spans;
		double number, half;
		bool found = find_named(published, table->cube, row, &named, error);
		if (error->count > 0)
			return -1;
		if (!found || !is_same(&named, &number, &half))
			continue;
		*any = true;
		size_t variable = named.table->variable[named.row * named.table->cube->table->measures + named.measure];
		bool tells = !is_count(&named) || strncmp(named.table->cube->table->name, "g01", 3) == 0 || strncmp(named.table->cube->table->name, "i13", 3) == 0;
		if (earlier == NULL || (!tells && variable == KNOWLEDGE_NONE))
			continue;
		if (earlier_find(earlier, named.table->cube, &spans, published->arena, error) != 0)
			return -1;
		const struct ratios_figure figure = { named.table, named.row, named.measure, number, half };
		if (spans.count == 0 && tells && ratios_state(published, &figure, earlier->settings, error) != 0)
			return -1;
		if (spans.count == 0 && is_count(&named) && variable != KNOWLEDGE_NONE)
			published->knowledge->low[variable] = published->knowledge->high[variable] = (int64_t)llround(number);
	}
	return 0;
}

bool reconciled_amount(const struct published *published, const struct published_table *table, size_t row, size_t measure, double *number,
	double *half)
{
	const struct published_table *q01 = published_find(published, "q01");
	for (size_t i = 0; q01 != NULL && i < q01->cube->rows; i++) {
		struct error error = { 0 };
		struct named named;
		if (strcmp(cube_code_of(q01->cube, i, 0), table->cube->table->name) == 0 &&
			find_named(published, q01->cube, i, &named, &error) && named.row == row && named.measure == measure)
			return is_same(&named, number, half);
	}
	return false;
}

int reconciled_any(struct published *published, bool *any, struct error *error)
{
	*any = false;
	return for_each(published, NULL, any, error);
}

int reconciled_state(struct published *published, const struct earlier *earlier, struct error *error)
{
	bool any;
	return for_each(published, earlier, &any, error);
}
