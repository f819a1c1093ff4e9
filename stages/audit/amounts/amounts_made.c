/* Amounts beside rounded counts. See amounts_inside.h. */
#include "stages/audit/amounts/amounts_inside.h"

/* Adds what a finest row has to all rows that hold it. */
static void add_finest(const struct amounts *amounts, size_t row, double amount, double *made)
{
	const struct cube *cube = amounts->cube;
	for (uint32_t forman = 0; forman < cube->codes[FORMAN].count; forman++)
		for (unsigned total = 0; total < 4 && amounts_holds(cube->codes[FORMAN].code[forman], cube_code_of(cube, row, FORMAN)); total++) {
			const char *key[] = { cube_code_of(cube, row, AR), (total & 1U) != 0 ? CUBE_TOTAL : cube_code_of(cube, row, KOMMUN),
				(total & 2U) != 0 ? CUBE_TOTAL : cube_code_of(cube, row, KON), cube->codes[FORMAN].code[forman] };
			size_t at = cube_find_named(cube, key);
			if (at != CUBE_NO_ROW)
				made[at] += amount;
		}
}

/* An amount is the mean of its persons times as many as are printed, and a total the sum of those: else it would tell of rows of few, which are not printed,
   and how many persons there are at least. */
int amounts_make(struct amounts *amounts)
{
	const struct cube *cube = amounts->cube;
	double *made = arena_take(amounts->published->arena, cube->rows, sizeof *made, amounts->error);
	if (made == NULL)
		return -1;
	for (size_t row = 0; row < cube->rows; row++) {
		double persons = amounts_truth(amounts, row, amounts->persons), amount = amounts_truth(amounts, row, amounts->measure);
		if (amounts_finest(cube, row) && persons > 0)
			add_finest(amounts, row, amount * cube_cell(cube, row, amounts->persons)->number / persons, made);
	}
	amounts->made = made;
	return 0;
}
