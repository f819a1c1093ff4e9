/* Crowded tables: see crowded.h. */
#include "stages/protect/figures/crowded.h"

#define LARGEST_SHARE 10 /* one in so many counts may be small */

struct tally {
	size_t counts, small;
};

/* The counts in rows that have TOT in every dimension of the set (bits). */
static struct tally tally_without(const struct cube *cube, unsigned set, int minimum)
{
	struct tally tally = { 0 };
	for (size_t row = 0; row < cube->rows; row++) {
		bool left = true;
		for (size_t d = 0; d < cube->table->dimensions && left; d++)
			left = (set >> d & 1U) == 0 || cube_is_total(cube, row, d);
		for (size_t m = 0; m < cube->table->measures && left; m++) {
			const struct cell *cell = cube_cell(cube, row, m);
			if (cube->table->measure[m].kind != MEASURE_COUNT || cell->status == CELL_MISSING || cell->number < 1)
				continue;
			tally.counts++;
			tally.small += cell->number < minimum;
		}
	}
	return tally;
}

static bool is_crowded(struct tally tally)
{
	return tally.small * LARGEST_SHARE > tally.counts;
}

bool crowded_is(const struct cube *cube, int minimum)
{
	return is_crowded(tally_without(cube, 0, minimum));
}

static unsigned size_of(unsigned set)
{
	unsigned size = 0;
	for (; set > 0; set &= set - 1)
		size++;
	return size;
}

static const char *name_set(const struct cube *cube, unsigned set, struct arena *arena, struct error *error)
{
	const char *text = "utan";
	unsigned left = size_of(set), first = left;
	for (size_t d = 0; d < cube->table->dimensions && text != NULL; d++) {
		if ((set >> d & 1U) == 0)
			continue;
		const char *between = left == first ? " " : left == 1 ? " och " : ", ";
		text = arena_print(arena, error, "%s%s%s", text, between, cube->table->dimension[d].name);
		left--;
	}
	return text;
}

const char *crowded_advice(const struct cube *cube, int minimum, struct arena *arena, struct error *error)
{
	unsigned all = 0, best = 0;
	size_t most = 0;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		all |= cube->table->dimension[d].total ? 1U << d : 0;
	for (unsigned set = 1; set <= all; set++) {
		struct tally tally = (set & ~all) == 0 ? tally_without(cube, set, minimum) : (struct tally){ 0 };
		if (tally.counts == 0 || is_crowded(tally))
			continue;
		if (best == 0 || size_of(set) < size_of(best) || (size_of(set) == size_of(best) && tally.counts > most)) {
			best = set;
			most = tally.counts;
		}
	}
	return best == 0 ? "skydd = avrundning" : name_set(cube, best, arena, error);
}
