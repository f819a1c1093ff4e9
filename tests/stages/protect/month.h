/* A year of one month in one kommun: 3 women, 10 men and 6 persons of unknown kön had bistånd, which m01 counts by förmån and m06 by part. */
#ifndef FINSAMSTAT_TESTS_PROTECT_MONTH_H
#define FINSAMSTAT_TESTS_PROTECT_MONTH_H

#include <string.h>

#include "tests/stages/protect/cubes.h"

static const char *const kon_of_month[] = { "K", "M", "X", "TOT" };
static const double bistand_of_month[] = { 3, 10, 6, 19 };

static inline struct cube *count_year(void)
{
	struct cube *m01 = new_cube("m01_forsorjningsmatt");
	static const char *const forman[] = { "FS", "BISTAND", "TOT" };
	for (size_t i = 0; i < 24; i++)
		PUT(m01, "personer", bistand_of_month[i % 4], "2018", i < 12 ? "1440" : "TOT", kon_of_month[i % 4], forman[i / 4 % 3]);
	return m01;
}

static inline struct cube *count_month(void)
{
	struct cube *m06 = new_cube("m06_manad");
	for (size_t i = 0; i < 16; i++)
		PUT(m06, "personer", bistand_of_month[i % 4], "2018-02", i < 8 ? "1440" : "TOT", kon_of_month[i % 4], i / 4 % 2 == 0 ? "16-64" : "TOT", "KOM");
	return m06;
}

/* Women alone with bistånd in a year, and in a month of it. */
static inline struct cube *count_women(double women)
{
	struct cube *m01 = new_cube("m01_forsorjningsmatt");
	static const char *const forman[] = { "FS", "BISTAND", "TOT" };
	for (size_t i = 0; i < 12; i++)
		PUT(m01, "personer", women, "2018", i < 6 ? "1440" : "TOT", i % 2 == 0 ? "K" : "TOT", forman[i / 2 % 3]);
	return m01;
}

static inline struct cube *count_women_of_month(double women)
{
	struct cube *m06 = new_cube("m06_manad");
	for (size_t i = 0; i < 8; i++)
		PUT(m06, "personer", women, "2018-02", i < 4 ? "1440" : "TOT", i % 2 == 0 ? "K" : "TOT", i / 2 % 2 == 0 ? "16-64" : "TOT", "KOM");
	return m06;
}

/* The cells of a kön in a table; sets `withheld` of all where it is asked for. Whether any is printed. */
static inline bool is_told(struct cube *cube, const char *kon, bool withhold)
{
	bool told = false;
	for (size_t row = 0; row < cube->rows; row++) {
		struct cell *cell = cube_cell(cube, row, cube_measure(cube, "personer"));
		if (strcmp(cube_code_of(cube, row, 2), kon) != 0)
			continue;
		cell->status = withhold ? CELL_PROTECTED : cell->status;
		told = told || cell->status == CELL_PUBLISHED;
	}
	return told;
}

#endif
