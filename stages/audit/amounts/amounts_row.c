/* A row of m01, and groups of förmåner. See amounts_inside.h. */
#include "stages/audit/amounts/amounts_inside.h"

#include <string.h>

const struct amount_group amount_groups[AMOUNT_GROUPS] = {
	{ "OHALSA", { "SP", "RP", "SE", "AE" } },
	{ "ARBMARK", { "AK", "AS", "UE", "ET" } },
	{ "BISTAND", { "FS" } },
	{ CUBE_TOTAL, { "OHALSA", "ARBMARK", "BISTAND" } },
};

const struct cell *amounts_cell(const struct amounts *amounts, size_t row)
{
	return cube_cell(amounts->cube, row, amounts->measure);
}

enum amount_row amounts_kind(const struct amounts *amounts, size_t row)
{
	return amounts->kind == NULL ? AMOUNT_NEW : amounts->kind[row];
}

bool amounts_holds(const char *whole, const char *part)
{
	if (strcmp(whole, part) == 0 || strcmp(whole, CUBE_TOTAL) == 0)
		return true;
	for (size_t g = 0; g + 1 < AMOUNT_GROUPS; g++)
		for (size_t p = 0; strcmp(amount_groups[g].whole, whole) == 0 && amount_groups[g].part[p] != NULL; p++)
			if (strcmp(amount_groups[g].part[p], part) == 0)
				return true;
	return false;
}

bool amounts_finest(const struct cube *cube, size_t row)
{
	const char *forman = cube_code_of(cube, row, FORMAN);
	return !cube_is_total(cube, row, KOMMUN) && !cube_is_total(cube, row, KON) && !cube_is_total(cube, row, FORMAN) &&
		strcmp(forman, "OHALSA") != 0 && strcmp(forman, "ARBMARK") != 0 && strcmp(forman, "BISTAND") != 0;
}

double amounts_truth(const struct amounts *amounts, size_t row, size_t measure)
{
	const struct cell *printed = cube_cell(amounts->cube, row, measure);
	if (amounts_kind(amounts, row) != AMOUNT_NEW)
		return printed->status == CELL_PUBLISHED ? printed->number : 0;
	if (amounts->made != NULL && measure == amounts->measure)
		return amounts->made[row];
	const char *key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < amounts->cube->table->dimensions; d++)
		key[d] = cube_code_of(amounts->cube, row, d);
	size_t at = cube_find_named(amounts->table->truth, key);
	return at == CUBE_NO_ROW ? 0 : cube_cell(amounts->table->truth, at, measure)->number;
}
