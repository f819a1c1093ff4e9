/* A row of m01, and groups of förmåner. See amounts_inside.h. */
#include "stages/audit/amounts/amounts_inside.h"

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

double amounts_truth(const struct amounts *amounts, size_t row, size_t measure)
{
	const struct cell *printed = cube_cell(amounts->cube, row, measure);
	if (amounts_kind(amounts, row) != AMOUNT_NEW)
		return printed->status == CELL_PUBLISHED ? printed->number : 0;
	const char *key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < amounts->cube->table->dimensions; d++)
		key[d] = cube_code_of(amounts->cube, row, d);
	size_t at = cube_find_named(amounts->table->truth, key);
	return at == CUBE_NO_ROW ? 0 : cube_cell(amounts->table->truth, at, measure)->number;
}
