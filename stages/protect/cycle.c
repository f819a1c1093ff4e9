/* Cycles: see cycle.h. */
#include "stages/protect/cycle.h"

#include <stdlib.h>
#include <string.h>

/* Other codes tried in a dimension, the largest first: they can give the most. */
#define ALTERNATIVES 6

/* One search. */
struct search {
	const struct universe *universe;
	int64_t step; /* what the start's atom gains; negative: loses */
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

/* Moves dimension d to its first usable place at or after the current; false when there is none. */
static bool settle(struct cycle_walk *walk, size_t d)
{
	int64_t sign = 0;
	while (code_at(walk, d, &sign) != SIZE_MAX) {
		if (sign != 0)
			return true;
		walk->place[d]++;
	}
	return false;
}

bool cycle_next(struct cycle_walk *walk, struct cycle_change *change)
{
	size_t dimensions = walk->universe->dimensions, d = dimensions;
	if (!walk->begun) {
		walk->begun = true;
		for (size_t i = 0; i < dimensions; i++) {
			walk->place[i] = 0;
			if (!settle(walk, i))
				return false;
		}
	} else {
		for (; d > 0; d--) {
			walk->place[d - 1]++;
			if (settle(walk, d - 1))
				break;
			walk->place[d - 1] = 0;
			(void)settle(walk, d - 1);
		}
		if (d == 0)
			return false;
	}
	size_t code[UNIVERSE_DIMENSIONS];
	*change = (struct cycle_change){ .view = walk->view, .change = walk->step, .weight = 1 };
	for (size_t i = 0; i < dimensions; i++) {
		int64_t sign = 0;
		code[i] = code_at(walk, i, &sign);
		change->change *= sign;
		change->weight *= walk->view->dimension[i].weight[code[i]];
	}
	change->cell = view_cell(walk->universe, walk->view, code);
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
			if (change.view->frozen && !change.view->withheld[change.cell])
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

/* Whether the atoms that a cycle takes from hold enough. */
static bool atoms_suffice(const struct search *search, const struct cycle *cycle)
{
	const struct universe *universe = search->universe;
	for (unsigned corner = 0; corner < 1U << universe->dimensions; corner++) {
		bool gains = (__builtin_popcount(corner) % 2 == 0) == (search->step > 0);
		if ((corner & ~cycle->turns) != 0 || gains)
			continue;
		size_t code[UNIVERSE_DIMENSIONS];
		for (size_t d = 0; d < universe->dimensions; d++)
			code[d] = (corner >> d & 1) != 0 ? cycle->other[d] : cycle->start[d];
		if (universe->atom[universe_atom(universe, code)] < llabs(search->step))
			return false;
	}
	return true;
}

/* Tries every other code in the dimensions of `turns` from d on. A code that the target's cell contains too would take back
   what is added to it. */
static void try_codes(struct search *search, struct cycle *cycle, const struct view *view, const size_t *target, size_t d)
{
	const struct universe *universe = search->universe;
	if (d == universe->dimensions) {
		if (!atoms_suffice(search, cycle))
			return;
		uint64_t cost = cost_of(search, cycle);
		if (cost < search->best_cost) {
			search->best_cost = cost;
			search->best = *cycle;
		}
		return;
	}
	if ((cycle->turns >> d & 1) == 0) {
		try_codes(search, cycle, view, target, d + 1);
		return;
	}
	size_t tried = 0;
	for (size_t i = 0; i < universe->codes[d] && tried < ALTERNATIVES; i++) {
		cycle->other[d] = universe->by_size[d][i];
		if (holds(universe, view, d, target[d], cycle->other[d]))
			continue;
		tried++;
		try_codes(search, cycle, view, target, d + 1);
	}
}

/* Dimensions in which a cycle for this cell can turn: those whose cell code leaves some atom code out. */
static unsigned turning(const struct universe *universe, const struct view *view, const size_t *target)
{
	unsigned turns = 0;
	for (size_t d = 0; d < universe->dimensions; d++)
		for (size_t a = 0; a < universe->codes[d]; a++)
			if (!holds(universe, view, d, target[d], a))
				turns |= 1U << d;
	return turns;
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
	unsigned may = turning(universe, view, target);
	for (size_t s = 0; s < starts; s++)
		for (unsigned turns = 1; turns < 1U << universe->dimensions; turns++) {
			if ((turns & ~may) != 0)
				continue;
			struct cycle cycle = { .turns = turns };
			memcpy(cycle.start, start[s], sizeof cycle.start);
			try_codes(&search, &cycle, view, target, 0);
		}
	*best = search.best;
	return search.best_cost;
}
