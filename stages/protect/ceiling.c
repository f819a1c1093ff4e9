/* No more persons than inhabitants: see ceiling.h. */
#include "stages/protect/ceiling.h"

#include <stdio.h>
#include <string.h>

/* The tables of persons by where they live, and where codes of other dimensions add up to TOT, that dimension: the parts are within it. */
static const struct {
	const char *table, *whole[2];
} bounded[] = { { "m01_forsorjningsmatt", { NULL } }, { "m02_malgrupp", { NULL } }, { "m03_samtidighet", { "kombination" } },
	{ "m04_rundgang", { "byten" } }, { "m05_tid_i_forsorjning", { "tid" } }, { "m06_manad", { NULL } }, { "m07_floden", { "fran", "till" } } };

static const char *code_in(const struct cube *cube, size_t row, const char *dimension)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (strcmp(cube->table->dimension[d].name, dimension) == 0)
			return cube_code_of(cube, row, d);
	return NULL;
}

/* All kommuner together. */
static int64_t sum_of_kommuner(const struct cube *inhabitants, const char *codes[4])
{
	int64_t sum = 0;
	for (uint32_t k = 0; k < inhabitants->codes[1].count && sum < INT64_MAX; k++) {
		codes[1] = inhabitants->codes[1].code[k];
		size_t at = cube_find_named(inhabitants, codes);
		sum += at == CUBE_NO_ROW ? 0 : (int64_t)cube_cell(inhabitants, at, 0)->number; /* not valid in the year: of all others a rate needs them */
	}
	return sum == 0 ? INT64_MAX : sum;
}

int64_t ceiling_inhabitants(const struct tables *tables, size_t table, size_t row)
{
	size_t from = tables_find(tables, "befolkning_celler");
	if (from == SIZE_MAX)
		return INT64_MAX;
	const struct cube *cube = tables->cube[table], *inhabitants = tables->cube[from];
	const char *year = code_in(cube, row, "ar"), *kommun = code_in(cube, row, "kommun"), *kon = code_in(cube, row, "kon");
	const char *age = code_in(cube, row, "aldersgrupp");
	char of_month[5] = "";
	if (year == NULL)
		(void)snprintf(of_month, sizeof of_month, "%.4s", cube_code_of(cube, row, 0)); /* manad: 2018-01 */
	const char *codes[] = { year == NULL ? of_month : year, kommun, kon == NULL ? CUBE_TOTAL : kon, age == NULL ? CUBE_TOTAL : age };
	if (strcmp(kommun, CUBE_TOTAL) == 0)
		return sum_of_kommuner(inhabitants, codes);
	size_t at = cube_find_named(inhabitants, codes);
	return at == CUBE_NO_ROW ? INT64_MAX : (int64_t)cube_cell(inhabitants, at, 0)->number;
}

int64_t ceiling_of(const struct tables *tables, size_t table, size_t row)
{
	const struct cube *cube = tables->cube[table];
	size_t b = 0;
	while (b < sizeof bounded / sizeof *bounded && strcmp(bounded[b].table, cube->table->name) != 0)
		b++;
	if (b == sizeof bounded / sizeof *bounded || tables_find(tables, "befolkning_celler") == SIZE_MAX)
		return INT64_MAX;
	bool part = strcmp(code_in(cube, row, "kommun"), CUBE_TOTAL) == 0; /* all kommuner are bounded one by one */
	for (size_t w = 0; w < 2 && bounded[b].whole[w] != NULL; w++)
		part = part || strcmp(code_in(cube, row, bounded[b].whole[w]), CUBE_TOTAL) != 0;
	return part ? INT64_MAX : ceiling_inhabitants(tables, table, row);
}
