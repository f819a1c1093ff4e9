/* Which amounts of m01 are those of few persons. See amounts_inside.h. */
#include "stages/audit/amounts/amounts_inside.h"

#include <math.h>
#include <string.h>

#include "pipeline/maths/dominance.h"

#define TOT CUBE_TOTAL

static bool is_sensitive(const struct amounts *amounts, size_t row)
{
	const char *key[TABLE_DIMENSIONS];
	if (amounts->contributions == NULL)
		return false;
	for (size_t d = 0; d < amounts->cube->table->dimensions; d++)
		key[d] = cube_code_of(amounts->cube, row, d);
	const struct cube *cube = amounts->contributions;
	size_t at = cube_find_named(cube, key), first = cube_measure(cube, amounts->first);
	if (at == CUBE_NO_ROW)
		return false;
	const struct contributions contributions = { .total = cube_cell(cube, at, first)->number,
		.first = cube_cell(cube, at, first + 1)->number, .second = cube_cell(cube, at, first + 2)->number };
	return dominance_sensitive(&contributions, amounts->share);
}

/* How much more a row's helårsekvivalenter of bistånd must be able to be, since twelve of them are the persons of its months at KOM in m06, added
   up: minimum − 1 such months where one is withheld, or half of what they are. 0 of other rows, and where all months are printed. */
static double months_need(const struct amounts *amounts, size_t row)
{
	const struct cube *cube = amounts->cube;
	const struct published_table *m06 = published_find(amounts->published, "m06");
	const char *year = cube_code_of(cube, row, AR), *forman = cube_code_of(cube, row, FORMAN);
	if (m06 == NULL || amounts->published->rounded || strcmp(amounts->first, "hae_summa") != 0 || (strcmp(forman, "FS") != 0 && strcmp(forman, "BISTAND") != 0))
		return 0;
	for (size_t month = 0; month < m06->cube->codes[0].count; month++) {
		const char *key[] = { m06->cube->codes[0].code[month], cube_code_of(cube, row, KOMMUN), cube_code_of(cube, row, KON), TOT, "KOM" };
		size_t at = strncmp(key[0], year, strlen(year)) == 0 ? cube_find_named(m06->cube, key) : CUBE_NO_ROW;
		if (at != CUBE_NO_ROW && cube_cell(m06->cube, at, 0)->status == CELL_PROTECTED)
			return fmin(((double)amounts->published->minimum - 1) / 12, amounts_truth(amounts, row, amounts->measure) / 2);
	}
	return 0;
}

static bool is_few(const struct amounts *amounts, size_t row)
{
	double persons = amounts_truth(amounts, row, amounts->persons);
	double printed = cube_cell(amounts->cube, row, amounts->persons)->number, minimum = (double)amounts->published->minimum;
	bool may_be = amounts->made != NULL && printed >= 1 && printed <= minimum; /* the least that a count is rounded to may be one of 1 */
	return (persons >= 1 && persons < minimum) || may_be || is_sensitive(amounts, row);
}

static bool is_personal(const struct amounts *amounts, size_t row)
{
	if (amounts_kind(amounts, row) != AMOUNT_NEW)
		return amounts_kind(amounts, row) == AMOUNT_STANDS_FEW;
	return is_few(amounts, row) || months_need(amounts, row) > 0;
}

/* The largest of the finest amounts in a row's: in its kommun, kön and förmån, or in all of those that these hold. */
static double largest_in(const struct amounts *amounts, size_t row)
{
	const struct cube *cube = amounts->cube;
	uint32_t key[TABLE_DIMENSIONS], from[FORMAN], end[FORMAN];
	double largest = 0;
	memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
	for (size_t d = KOMMUN; d < FORMAN; d++) {
		from[d] = cube_is_total(cube, row, d) ? 0 : key[d];
		end[d] = cube_is_total(cube, row, d) ? (uint32_t)cube->codes[d].count : key[d] + 1;
	}
	for (key[FORMAN] = 0; key[FORMAN] < cube->codes[FORMAN].count; key[FORMAN]++) {
		if (!amounts_holds(cube_code_of(cube, row, FORMAN), cube->codes[FORMAN].code[key[FORMAN]]))
			continue;
		for (key[KOMMUN] = from[KOMMUN]; key[KOMMUN] < end[KOMMUN]; key[KOMMUN]++)
			for (key[KON] = from[KON]; key[KON] < end[KON]; key[KON]++) {
				size_t other = cube_find(cube, key);
				if (other != CUBE_NO_ROW && amounts_finest(cube, other))
					largest = fmax(largest, amounts_truth(amounts, other, amounts->measure));
			}
	}
	return largest;
}

/* Judges what is printed, and lists what must stay open. */
int amounts_list_wanted(struct amounts *amounts)
{
	size_t measures = amounts->cube->table->measures;
	amounts->wanted = arena_take(amounts->published->arena, amounts->cube->rows, sizeof *amounts->wanted, amounts->error);
	if (amounts->wanted == NULL)
		return -1;
	for (size_t row = 0; row < amounts->cube->rows; row++) {
		const struct cell *cell = amounts_cell(amounts, row);
		double truth = amounts_truth(amounts, row, amounts->measure);
		amounts->account->withheld += cell->status == CELL_PROTECTED;
		if (amounts->made != NULL && amounts_kind(amounts, row) == AMOUNT_NEW && cell->status == CELL_PUBLISHED &&
			fabs(cell->number - truth) > 0.51 * amounts->step)
			amounts->finding[row * measures + amounts->measure] = AMOUNT_OF_OTHERS;
		bool unknown = amounts_kind(amounts, row) != AMOUNT_NEW && cell->status == CELL_PROTECTED;
		if (cell->status == CELL_MISSING || !(truth > 0 || unknown) || !is_personal(amounts, row))
			continue;
		if (cell->status == CELL_PUBLISHED && cell->number > 0)
			amounts->finding[row * measures + amounts->measure] = AMOUNT_PUBLISHED;
		if (cell->status != CELL_PROTECTED)
			continue;
		amounts->account->personal++;
		double share = unknown || is_few(amounts, row) ? amounts->share : 0;
		double less = fmin(share * truth, largest_in(amounts, row) - amounts->step);
		amounts->wanted[amounts->wants++] = (struct wanted){ .row = row,
			.up = truth + fmax(share * truth, unknown ? 0 : months_need(amounts, row)) - amounts->step,
			.down = truth - fmax(less, 0) + amounts->step, .unknown = unknown, .most = 0, .least = (double)INFINITY };
	}
	return 0;
}
