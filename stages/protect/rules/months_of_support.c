/* Bistånd by months and by year: see months_of_support.h. */
#include "stages/protect/rules/months_of_support.h"

#include <math.h>
#include <string.h>

#define MONTHS 12

static bool is_support(const struct cube *m01, size_t row)
{
	const char *forman = cube_code_of(m01, row, 3);
	return strcmp(forman, "FS") == 0 || strcmp(forman, "BISTAND") == 0;
}

/* Whether a month of the row's year is withheld for its kommun and kön, of all ages. */
static bool month_withheld(const struct tables *tables, size_t m01, size_t row, size_t m06)
{
	const struct cube *years = tables->cube[m01], *months = tables->cube[m06];
	const char *year = cube_code_of(years, row, 0);
	const char *codes[] = { NULL, cube_code_of(years, row, 1), cube_code_of(years, row, 2), CUBE_TOTAL, "KOM" };
	bool withheld = false;
	for (size_t m = 0; m < months->codes[0].count && !withheld; m++) {
		codes[0] = months->codes[0].code[m];
		size_t at = strncmp(codes[0], year, strlen(year)) == 0 ? cube_find_named(months, codes) : CUBE_NO_ROW;
		withheld = at != CUBE_NO_ROW && tables_withheld(tables, m06, at, 0);
	}
	return withheld;
}

void months_of_support_demand(struct tables *tables)
{
	size_t m01 = tables_find(tables, "m01_forsorjningsmatt"), m06 = tables_find(tables, "m06_manad");
	for (size_t row = 0; m01 != SIZE_MAX && m06 != SIZE_MAX && row < tables->cube[m01]->rows; row++)
		if (is_support(tables->cube[m01], row) && month_withheld(tables, m01, row, m06))
			*tables_demand(tables, m01, row, cube_measure(tables->cube[m01], "helarsekvivalenter")) = true;
}

double months_of_support_span(const struct tables *tables, size_t row, double minimum)
{
	size_t m01 = tables_find(tables, "m01_forsorjningsmatt"), m06 = tables_find(tables, "m06_manad");
	if (m06 == SIZE_MAX || !is_support(tables->cube[m01], row) || !month_withheld(tables, m01, row, m06))
		return 0;
	return fmin((minimum - 1) / MONTHS, tables_value(tables, m01, row, "helarsekvivalenter") / 2);
}
