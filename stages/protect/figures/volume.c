/* Numbers of volym insatser that do not add up: see volume.h. */
#include "stages/protect/figures/volume.h"

#define INSATS 0
#define YEAR 1
#define KON 2
#define AGE 3

static bool same_slice(const struct cube *cube, size_t row, size_t other)
{
	const uint32_t *a = &cube->key[row * cube->table->dimensions], *b = &cube->key[other * cube->table->dimensions];
	return a[INSATS] == b[INSATS] && a[YEAR] == b[YEAR];
}

/* What a row with TOT in dimension d has beyond its rows with other codes there. */
static double left_over(const struct cube *cube, size_t row, size_t d)
{
	size_t across = d == KON ? AGE : KON;
	double left = cube_cell(cube, row, 0)->number;
	for (size_t part = 0; part < cube->rows; part++)
		if (same_slice(cube, row, part) && !cube_is_total(cube, part, d) &&
			cube->key[part * cube->table->dimensions + across] == cube->key[row * cube->table->dimensions + across])
			left -= cube_cell(cube, part, 0)->number;
	return left;
}

/* Of the slice of a row: rows, whether they fail to add up, and whether a number or a rest is small. */
struct slice {
	size_t rows;
	bool open, small;
};

static struct slice look_at(const struct cube *cube, size_t first, int minimum)
{
	struct slice slice = { 0 };
	for (size_t row = 0; row < cube->rows; row++) {
		if (!same_slice(cube, first, row))
			continue;
		slice.rows++;
		slice.small |= tables_small(cube_cell(cube, row, 0)->number, minimum);
		for (size_t d = KON; d <= AGE; d++) {
			double left = cube_is_total(cube, row, d) ? left_over(cube, row, d) : 0;
			slice.open |= left > 0;
			slice.small |= tables_small(left, minimum);
		}
	}
	return slice;
}

void volume_protect(struct tables *tables, int minimum)
{
	size_t table = tables_find(tables, "i10_volym");
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		const struct cube *cube = tables->cube[table];
		double number = cube_cell(cube, row, 0)->number;
		struct slice slice = look_at(cube, row, minimum);
		bool grand = cube_is_total(cube, row, KON) && cube_is_total(cube, row, AGE);
		if (slice.open && slice.small && number > 0 && (!grand || number < minimum + 2 * (double)slice.rows))
			tables_withhold(tables, table, row, 0);
	}
}
