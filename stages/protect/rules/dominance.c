/* Dominance in amounts: see dominance.h. */
#include "stages/protect/rules/dominance.h"

#include <math.h>
#include <string.h>

#include "pipeline/maths/dominance.h"
#include "stages/protect/rules/months_of_support.h"

#define TABLE "m01_forsorjningsmatt"

/* The amounts of m01, and where their contributions begin in the support cube. */
static const struct {
	const char *measure, *first;
} amounts[] = { { "belopp_kr", "kr_summa" }, { "helarsekvivalenter", "hae_summa" } };
#define AMOUNTS (sizeof amounts / sizeof *amounts)

/* Contributions to an amount of a row of m01; none when no p would call it sensitive. */
static struct contributions contributions_of(const struct tables *tables, size_t row, size_t amount)
{
	size_t table = tables_find(tables, TABLE), support = tables_find(tables, "dominans_forman");
	size_t at = support == SIZE_MAX ? CUBE_NO_ROW : tables_counterpart(tables, table, row, support);
	if (at == CUBE_NO_ROW)
		return (struct contributions){ 0 };
	const struct cube *cube = tables->cube[support];
	size_t first = cube_measure(cube, amounts[amount].first);
	return (struct contributions){ .total = cube_cell(cube, at, first)->number, .first = cube_cell(cube, at, first + 1)->number,
		.second = cube_cell(cube, at, first + 2)->number };
}

void dominance_demand(struct tables *tables)
{
	size_t table = tables_find(tables, TABLE);
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++)
		for (size_t a = 0; a < AMOUNTS; a++) {
			struct contributions contributions = contributions_of(tables, row, a);
			if (dominance_sensitive(&contributions, tables->dominans))
				*tables_demand(tables, table, row, cube_measure(tables->cube[table], amounts[a].measure)) = true;
		}
}

/* Whether the row is of few persons: rounded, or before. */
static bool is_few(const struct tables *tables, size_t table, size_t row, double minimum)
{
	size_t cell = tables_cell(tables, table, row, cube_measure(tables->cube[table], "personer"));
	return tables_small(tables_value(tables, table, row, "personer"), minimum) ||
		(tables->truth[table] != NULL && tables_small(tables->truth[table][cell], minimum));
}

double dominance_span(const struct tables *tables, size_t row, const char *measure, double minimum)
{
	size_t table = tables_find(tables, TABLE);
	double span = strcmp(measure, "helarsekvivalenter") == 0 ? months_of_support_span(tables, row, minimum) : 0;
	for (size_t a = 0; a < AMOUNTS; a++) {
		if (strcmp(measure, amounts[a].measure) != 0)
			continue;
		struct contributions contributions = contributions_of(tables, row, a);
		if (is_few(tables, table, row, minimum) ||
			dominance_sensitive(&contributions, tables->dominans))
			span = fmax(span, tables->dominans * tables_value(tables, table, row, measure));
	}
	return span;
}

void dominance_pair(struct tables *tables)
{
	size_t table = tables_find(tables, TABLE), measure[AMOUNTS];
	for (size_t a = 0; table != SIZE_MAX && a < AMOUNTS; a++)
		measure[a] = cube_measure(tables->cube[table], amounts[a].measure);
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		bool either = false;
		for (size_t a = 0; a < AMOUNTS; a++)
			either = either || tables_withheld(tables, table, row, measure[a]);
		for (size_t a = 0; a < AMOUNTS && either; a++)
			tables_withhold(tables, table, row, measure[a]);
	}
}
