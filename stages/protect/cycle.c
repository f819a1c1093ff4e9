/* Cycles: see cycle.h. */
#include "stages/protect/cycle.h"

#include <stdlib.h>
#include <string.h>

/* Other codes tried in a dimension, the largest first: they can give the most. */
#define ALTERNATIVES 6

/* One search: for a cell of a view, with the codes that it does not contain. */
struct search {
	const struct universe *universe;
	int64_t step; /* what the start's atom gains; negative: loses */
	size_t alternative[UNIVERSE_DIMENSIONS][ALTERNATIVES], alternatives[UNIVERSE_DIMENSIONS];
	size_t stride[UNIVERSE_DIMENSIONS];      /* between atoms that are neighbours in a dimension */
	size_t corner[1U << UNIVERSE_DIMENSIONS]; /* atoms of the cycle at hand, by the dimensions that have turned */
	struct cycle best;
	uint64_t best_cost; /* UINT64_MAX: none found */
};

static bool holds(const struct universe *universe, const struct view *view, size_t d, size_t c, size_t atom_code)
{
	return view->dimension[d].holds[c * universe->codes[d] + atom_code];
}

/* One walk over the cells that a cycle changes. */
struct walk {
	const struct universe *universe;
	const struct cycle *cycle;
	const struct view *view;
	bool (*meet)(const struct view *view, size_t cell, bool gains, void *context);
	void *context;
};

/* Goes on with every cell code of dimension d that contains the atom code `in` and, where the dimension turns, not the code `without`
   (SIZE_MAX: no matter). `cell` is the cell as far as the dimensions before d determine it. */
static bool walk_on(const struct walk *walk, size_t d, size_t cell, bool gains);
static bool walk_codes(const struct walk *walk, size_t d, size_t cell, bool gains, size_t in, size_t without)
{
	const struct view_dimension *dimension = &walk->view->dimension[d];
	bool last = d + 1 == walk->universe->dimensions;
	for (size_t i = 0; i < dimension->with_count[in]; i++) {
		size_t c = dimension->with[in][i], next = cell * dimension->codes + c;
		if (without != SIZE_MAX && holds(walk->universe, walk->view, d, c, without))
			continue;
		if (last ? !walk->meet(walk->view, next, gains, walk->context) : !walk_on(walk, d + 1, next, gains))
			return false;
	}
	return true;
}

static bool walk_on(const struct walk *walk, size_t d, size_t cell, bool gains)
{
	size_t start = walk->cycle->start[d], other = walk->cycle->other[d];
	if ((walk->cycle->turns >> d & 1) == 0)
		return walk_codes(walk, d, cell, gains, start, SIZE_MAX);
	return walk_codes(walk, d, cell, gains, start, other) && walk_codes(walk, d, cell, !gains, other, start);
}

bool cycle_cells(const struct universe *universe, const struct cycle *cycle, const struct view *view,
	bool (*meet)(const struct view *view, size_t cell, bool gains, void *context), void *context)
{
	const struct walk walk = { .universe = universe, .cycle = cycle, .view = view, .meet = meet, .context = context };
	return walk_on(&walk, 0, 0, true);
}

/* What a cycle withholds beyond what is withheld already, as far as its cells have been met. */
struct bill {
	int64_t step;
	uint64_t cost, most; /* it must stay below `most` */
};

static bool add_cell(const struct view *view, size_t cell, bool gains, void *context)
{
	struct bill *bill = context;
	const struct view_room *room = &view->room[cell];
	int64_t change = gains ? bill->step : -bill->step;
	bill->cost += room->price;
	return change >= room->least && change <= room->most && bill->cost < bill->most;
}

/* The cost of what a cycle withholds beyond what is withheld already; UINT64_MAX when it is not feasible, or no better than the best. */
static uint64_t cost_of(const struct search *search, const struct cycle *cycle)
{
	const struct universe *universe = search->universe;
	struct bill bill = { .step = search->step, .most = search->best_cost };
	for (size_t v = 0; v < universe->views; v++)
		if (!cycle_cells(universe, cycle, universe->view[v], add_cell, &bill))
			return UINT64_MAX;
	return bill.cost;
}

/* Turns dimension d, after those before it: finds the new corners; false when one that loses does not hold enough. */
static bool turn(struct search *search, const struct cycle *cycle, size_t d)
{
	unsigned bit = 1U << d, before = cycle->turns & (bit - 1);
	size_t move = (cycle->other[d] - cycle->start[d]) * search->stride[d]; /* modulo 2^64: may go back */
	for (unsigned corner = before;; corner = (corner - 1) & before) { /* every subset of `before` */
		size_t atom = search->corner[corner | bit] = search->corner[corner] + move;
		bool gains = (__builtin_popcount(corner | bit) % 2 == 0) == (search->step > 0);
		if (!gains && search->universe->atom[atom] < llabs(search->step))
			return false;
		if (corner == 0)
			return true;
	}
}

/* Tries every alternative in the dimensions of `turns` from d on. Nothing is cheaper than what costs nothing. */
static void try_codes(struct search *search, struct cycle *cycle, size_t d)
{
	while (d < search->universe->dimensions && (cycle->turns >> d & 1) == 0)
		d++;
	if (d == search->universe->dimensions) {
		uint64_t cost = cost_of(search, cycle);
		if (cost < search->best_cost) {
			search->best_cost = cost;
			search->best = *cycle;
		}
		return;
	}
	for (size_t i = 0; i < search->alternatives[d] && search->best_cost > 0; i++) {
		cycle->other[d] = search->alternative[d][i];
		if (turn(search, cycle, d))
			try_codes(search, cycle, d + 1);
	}
}

/* Other codes in a dimension, the largest first. A code that the target's cell contains too would take back what is added to it. */
static void find_alternatives(struct search *search, const struct view *view, const size_t *target, size_t d)
{
	const struct universe *universe = search->universe;
	for (size_t i = 0; i < universe->codes[d] && search->alternatives[d] < ALTERNATIVES; i++)
		if (!holds(universe, view, d, target[d], universe->by_size[d][i]))
			search->alternative[d][search->alternatives[d]++] = universe->by_size[d][i];
}

/* The largest atoms found so far in a cell. */
struct collection {
	const struct universe *universe;
	const struct view *view;
	const size_t *target;
	size_t code[UNIVERSE_DIMENSIONS];
	size_t count;
	int64_t size[CYCLE_STARTS];
	size_t (*start)[UNIVERSE_DIMENSIONS];
};

/* Keeps the atom at hand among the largest, the first of equals first. */
static void keep(struct collection *collection, int64_t size)
{
	size_t at = collection->count < CYCLE_STARTS ? collection->count++ : CYCLE_STARTS;
	for (; at > 0 && collection->size[at - 1] < size; at--)
		if (at < CYCLE_STARTS) {
			collection->size[at] = collection->size[at - 1];
			memcpy(collection->start[at], collection->start[at - 1], sizeof *collection->start);
		}
	if (at < CYCLE_STARTS) {
		collection->size[at] = size;
		memcpy(collection->start[at], collection->code, sizeof *collection->start);
	}
}

/* Goes through the atoms of the cell whose codes up to dimension d are chosen; `atom` is the atom as far as they determine it. */
static void collect(struct collection *collection, size_t d, size_t atom)
{
	const struct universe *universe = collection->universe;
	if (d < universe->dimensions) {
		const struct view_dimension *dimension = &collection->view->dimension[d];
		size_t c = collection->target[d];
		for (size_t i = 0; i < dimension->atom_count[c]; i++) {
			collection->code[d] = dimension->atoms[c][i];
			collect(collection, d + 1, atom * universe->codes[d] + dimension->atoms[c][i]);
		}
		return;
	}
	bool larger = collection->count < CYCLE_STARTS || universe->atom[atom] > collection->size[CYCLE_STARTS - 1];
	if (larger && universe_may_change(universe, atom))
		keep(collection, universe->atom[atom]);
}

size_t cycle_starts(const struct universe *universe, const struct view *view, const size_t *target,
	size_t start[CYCLE_STARTS][UNIVERSE_DIMENSIONS])
{
	struct collection collection = { .universe = universe, .view = view, .target = target, .start = start };
	collect(&collection, 0, 0);
	return collection.count;
}

uint64_t cycle_find(const struct universe *universe, const struct view *view, const size_t *target,
	size_t start[CYCLE_STARTS][UNIVERSE_DIMENSIONS], size_t starts, int64_t step, struct cycle *best)
{
	struct search search = { .universe = universe, .step = step, .best_cost = UINT64_MAX };
	unsigned may = 0; /* a dimension can turn when the cell leaves some code of it out */
	size_t stride = 1;
	for (size_t d = universe->dimensions; d-- > 0; stride *= universe->codes[d]) {
		search.stride[d] = stride;
		find_alternatives(&search, view, target, d);
		may |= search.alternatives[d] > 0 ? 1U << d : 0;
	}
	for (size_t s = 0; s < starts; s++) {
		search.corner[0] = universe_atom(universe, start[s]);
		if (step < 0 && universe->atom[search.corner[0]] < -step)
			continue;
		for (unsigned turns = 1; turns < 1U << universe->dimensions; turns++) {
			struct cycle cycle = { .turns = turns };
			memcpy(cycle.start, start[s], sizeof cycle.start);
			if ((turns & ~may) == 0)
				try_codes(&search, &cycle, 0);
		}
	}
	*best = search.best;
	return search.best_cost;
}
