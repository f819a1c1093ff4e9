/* Crowded tables: see crowded.h. */
#include "stages/protect/figures/crowded.h"

#include <string.h>

#define LARGEST_SHARE 10 /* one in so many counts may be small */

struct tally {
	size_t counts, small;
};

/* The counts by which dimensions their rows have TOT in (bits). */
struct tallies {
	unsigned sets;
	struct tally tally[1U << TABLE_DIMENSIONS];
};

static void take_tallies(struct tallies *tallies, const struct cube *cube, int minimum)
{
	*tallies = (struct tallies){ .sets = 1U << cube->table->dimensions };
	for (size_t row = 0; row < cube->rows; row++) {
		unsigned totals = 0;
		for (size_t d = 0; d < cube->table->dimensions; d++)
			totals |= cube_is_total(cube, row, d) ? 1U << d : 0;
		for (size_t m = 0; m < cube->table->measures; m++) {
			const struct cell *cell = cube_cell(cube, row, m);
			if (cube->table->measure[m].kind != MEASURE_COUNT || cell->status == CELL_MISSING || cell->number < 1)
				continue;
			tallies->tally[totals].counts++;
			tallies->tally[totals].small += cell->number < minimum;
		}
	}
}

/* The counts in rows that have TOT in every dimension of the set. */
static struct tally tally_without(const struct tallies *tallies, unsigned set)
{
	struct tally tally = { 0 };
	for (unsigned totals = set; totals < tallies->sets; totals = (totals + 1) | set) {
		tally.counts += tallies->tally[totals].counts;
		tally.small += tallies->tally[totals].small;
	}
	return tally;
}

static bool is_crowded(struct tally tally)
{
	return tally.small * LARGEST_SHARE > tally.counts;
}

bool crowded_is(const struct cube *cube, int minimum)
{
	struct tallies tallies;
	take_tallies(&tallies, cube, minimum);
	return is_crowded(tally_without(&tallies, 0));
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

/* The dimension that a setting makes coarser, down to one code (åldersgrupper); 0 without. */
static unsigned settable(const struct cube *cube)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (strcmp(cube->table->dimension[d].name, "aldersgrupp") == 0)
			return 1U << d;
	return 0;
}

const char *crowded_advice(const struct cube *cube, int minimum, struct arena *arena, struct error *error)
{
	unsigned all = 0, best = 0, set_by_hand = settable(cube);
	size_t most = 0;
	struct tallies tallies;
	take_tallies(&tallies, cube, minimum);
	for (size_t d = 0; d < cube->table->dimensions; d++)
		all |= cube->table->dimension[d].total ? 1U << d : 0;
	for (unsigned set = 1; set <= all; set++) {
		struct tally tally = (set & ~all) == 0 ? tally_without(&tallies, set) : (struct tally){ 0 };
		if (tally.counts == 0 || is_crowded(tally) || (best != 0 && size_of(set) > size_of(best)))
			continue;
		bool by_hand = (set & set_by_hand) != 0, best_by_hand = (best & set_by_hand) != 0;
		if (best == 0 || size_of(set) < size_of(best) || (by_hand && !best_by_hand) || (by_hand == best_by_hand && tally.counts > most)) {
			best = set;
			most = tally.counts;
		}
	}
	return best == 0 ? "skydd = avrundning" : name_set(cube, best, arena, error);
}
