/* The counts of the cells that are being rounded: see rounded.h. */
#include <math.h>

#include "stages/protect/rounding/rounded.h"

double rounded_truth(const struct rounded *rounded, size_t table, size_t row, size_t measure)
{
	const struct cell *cell = cube_cell(rounded->tables->cube[table], row, measure);
	return cell->status == CELL_MISSING ? 0 : rounded->tables->truth[table][tables_cell(rounded->tables, table, row, measure)];
}

void rounded_set(struct rounded *rounded, size_t table, size_t row, size_t measure, int64_t count)
{
	struct cell *cell = cube_cell(rounded->tables->cube[table], row, measure);
	if (cell->status == CELL_MISSING)
		return;
	cell->status = CELL_PUBLISHED;
	cell->number = (double)count;
}

bool rounded_few(const struct rounded *rounded, size_t table, size_t row, size_t measure)
{
	double count = cube_cell(rounded->tables->cube[table], row, measure)->number;
	return count > 0 && (count <= (double)rounded->base || rounded_truth(rounded, table, row, measure) < (double)rounded->base);
}

int64_t rounded_alone(const struct rounded *rounded, const char *insats, int64_t count)
{
	size_t table = tables_find(rounded->tables, "i01_deltagare");
	const char *codes[] = { insats, CUBE_TOTAL, CUBE_TOTAL };
	size_t row = table == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(rounded->tables->cube[table], codes);
	double sum = 0;
	for (size_t m = 0; row != CUBE_NO_ROW && m < rounded->tables->cube[table]->table->measures; m++)
		sum += (double)(m + 1) * rounded_truth(rounded, table, row, m);
	return (count + (int64_t)llround(sum) % rounded->base) / rounded->base * rounded->base;
}

int64_t rounded_held(const struct rounded *rounded, size_t table, size_t row, size_t measure, int64_t count)
{
	if (rounded->bounds.least[table] == NULL)
		return count;
	size_t at = tables_cell(rounded->tables, table, row, measure);
	int64_t least = rounded->bounds.least[table][at], most = rounded->bounds.most[table][at];
	if (count < least)
		return least - count <= rounded->base ? least : count;
	return count > most && count - most <= rounded->base ? most : count;
}
