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

/* The cell code at a place of dimension d: SIZE_MAX beyond the last; *sign as it enters the change, 0 to be passed over. */
static size_t code_at(const struct cycle_walk *walk, size_t d, int64_t *sign)
{
	const struct view_dimension *dimension = &walk->view->dimension[d];
	const struct cycle *cycle = walk->cycle;
	size_t place = walk->place[d], own = dimension->with_count[cycle->start[d]];
	bool turns = (cycle->turns >> d & 1) != 0;
	if (place < own) {
		size_t c = dimension->with[cycle->start[d]][place];
		*sign = turns && holds(walk->universe, walk->view, d, c, cycle->other[d]) ? 0 : 1;
		return c;
	}
	if (!turns || place - own >= dimension->with_count[cycle->other[d]])
		return SIZE_MAX;
	size_t c = dimension->with[cycle->other[d]][place - own];
	*sign = holds(walk->universe, walk->view, d, c, cycle->start[d]) ? 0 : -1;
	return c;
}

/* Moves dimension d to its first usable place at or after the current, and notes the cell so far; false when there is none. */
static bool settle(struct cycle_walk *walk, size_t d)
{
	int64_t sign = 0;
	for (size_t c; (c = code_at(walk, d, &sign)) != SIZE_MAX; walk->place[d]++) {
		if (sign == 0)
			continue;
		const struct view_dimension *dimension = &walk->view->dimension[d];
		const struct cycle_change *before = &walk->before[d];
		walk->before[d + 1] = (struct cycle_change){ .view = walk->view, .cell = before->cell * dimension->codes + c,
			.change = before->change * sign, .weight = before->weight * dimension->weight[c] };
		return true;
	}
	return false;
}

bool cycle_next(struct cycle_walk *walk, struct cycle_change *change)
{
	size_t dimensions = walk->universe->dimensions, d = dimensions;
	if (!walk->begun) {
		walk->begun = true;
		walk->before[0] = (struct cycle_change){ .view = walk->view, .change = walk->step, .weight = 1 };
		d = 0;
	} else {
		for (; d > 0; d--) {
			walk->place[d - 1]++;
			if (settle(walk, d - 1))
				break;
		}
		if (d == 0)
			return false;
	}
	for (; d < dimensions; d++) { /* the first places of the dimensions behind */
		walk->place[d] = 0;
		if (!settle(walk, d))
			return false;
	}
	*change = walk->before[dimensions];
	return true;
}

/* The cost of what a cycle withholds beyond what is withheld already; UINT64_MAX when it is not feasible. */
static uint64_t cost_of(const struct search *search, const struct cycle *cycle)
{
	const struct universe *universe = search->universe;
	uint64_t cost = 0;
	for (size_t v = 0; v < universe->views; v++) {
		struct cycle_walk walk = { .universe = universe, .cycle = cycle, .view = universe->view[v], .step = search->step };
		for (struct cycle_change change; cycle_next(&walk, &change);) {
			int64_t value = change.view->value[change.cell], after = value + change.change;
			if (change.view->visible ? value == 0 || after < view_floor(change.view, change.cell) : after < 0)
				return UINT64_MAX;
			if (view_is_fixed(change.view, change.cell))
				return UINT64_MAX;
			if (change.view->ceiling != NULL && after > change.view->ceiling[change.cell])
				return UINT64_MAX;
			if (change.view->visible && !change.view->withheld[change.cell])
				cost += change.weight * universe_size(value);
			if (cost >= search->best_cost)
				return UINT64_MAX;
		}
	}
	return cost;
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

/* Whether no printed zero contains the atom: else it is 0 in every table. */
static bool may_change(const struct universe *universe, size_t atom)
{
	struct universe_walk walk;
	for (size_t v = 0; v < universe->views; v++) {
		if (!universe->view[v]->visible)
			continue;
		universe_walk_start(&walk, universe, universe->view[v], atom);
		for (size_t cell; universe_walk_next(&walk, &cell);)
			if (universe->view[v]->value[cell] == 0)
				return false;
	}
	return true;
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

/* Goes through the atoms of the cell whose codes up to dimension d are chosen. */
static void collect(struct collection *collection, size_t d)
{
	const struct universe *universe = collection->universe;
	if (d < universe->dimensions) {
		for (size_t a = 0; a < universe->codes[d]; a++) {
			collection->code[d] = a;
			if (holds(universe, collection->view, d, collection->target[d], a))
				collect(collection, d + 1);
		}
		return;
	}
	size_t atom = universe_atom(universe, collection->code);
	bool larger = collection->count < CYCLE_STARTS || universe->atom[atom] > collection->size[CYCLE_STARTS - 1];
	if (larger && may_change(universe, atom))
		keep(collection, universe->atom[atom]);
}

size_t cycle_starts(const struct universe *universe, const struct view *view, const size_t *target,
	size_t start[CYCLE_STARTS][UNIVERSE_DIMENSIONS])
{
	struct collection collection = { .universe = universe, .view = view, .target = target, .start = start };
	collect(&collection, 0);
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
