/* Counting into a cube with its margins: see margin.h. */
#include "stages/insats/margin.h"

int margin_rows(struct cube *cube, const char *const *codes, struct margin_rows *rows, struct error *error)
{
	size_t dimensions = cube->table->dimensions;
	rows->count = 0;
	for (unsigned totals = 0; totals < 1U << dimensions; totals++) {
		const char *named[TABLE_DIMENSIONS];
		bool wanted = true;
		for (size_t d = 0; d < dimensions && wanted; d++) {
			bool total = (totals >> d & 1) != 0;
			wanted = total ? cube->table->dimension[d].total : codes[d] != NULL;
			named[d] = total ? CUBE_TOTAL : codes[d];
		}
		if (!wanted)
			continue;
		size_t row = cube_row_named(cube, named, error);
		if (row == CUBE_NO_ROW)
			return -1;
		rows->row[rows->count++] = row;
	}
	return 0;
}

int margin_add(struct cube *cube, const char *const *codes, size_t measure, double number, struct error *error)
{
	struct margin_rows rows;
	if (margin_rows(cube, codes, &rows, error) != 0)
		return -1;
	for (size_t i = 0; i < rows.count; i++)
		cube_add(cube, rows.row[i], measure, number);
	return 0;
}
