/* Cycles: see cycle.h. */
#include "stages/protect/rules/cycle.h"

#include <stdlib.h>
#include <string.h>

/* Other codes tried in a dimension, the largest first: they can give the most. */
#define ALTERNATIVES 6

static bool holds(const struct universe *universe, const struct view *view, size_t d, size_t c, size_t atom_code)
{
	return view->dimension[d].holds[c * universe->codes[d] + atom_code];
}

/* The sides of all views, in as many dimensions as a universe can have: behind its own, one code that says nothing. */
struct sides {
	const struct view_side *of[UNIVERSE_DIMENSIONS]; /* by view */
};
static struct side_code one_code = { 0, false };
#define ONE { .count = 1, .code = &one_code }
static const struct view_side nothing_more[UNIVERSE_VIEWS] = { ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE };
static const struct sides no_sides = { { nothing_more, nothing_more, nothing_more, nothing_more } };

/* One search: for a cell of a view, with the codes that it does not contain. */
struct search {
	const struct universe *universe;
	int64_t step; /* what the start's atom gains; negative: loses */
	size_t alternative[UNIVERSE_DIMENSIONS][ALTERNATIVES], alternatives[UNIVERSE_DIMENSIONS]; /* of the cell */
	size_t able[UNIVERSE_DIMENSIONS][ALTERNATIVES], ables[UNIVERSE_DIMENSIONS]; /* of them, those that can give the start what it gains */
	size_t stride[UNIVERSE_DIMENSIONS];      /* between atoms that are neighbours in a dimension */
	size_t corner[1U << UNIVERSE_DIMENSIONS]; /* atoms of the cycle at hand, by the dimensions that have turned */
	struct sides sides;                      /* of the cycle at hand */
	size_t strict;                           /* the view that refused the cycle before this one: it may refuse this, too */
	struct cycle best;
	uint64_t best_cost; /* UINT64_MAX: none found */
	struct error *error;
	bool failed; /* memory is out */
};

/* Calls `meet` for each cell of the product of the sides of a view, by its number, until it returns false. */
static inline bool walk_sides(const struct sides *sides, size_t number, struct view *view, bool (*meet)(struct view *view, size_t cell,
	bool loses, void *context), void *context)
{
	_Static_assert(UNIVERSE_DIMENSIONS == 4, "a loop a dimension");
	const struct view_side *a = &sides->of[0][number], *b = &sides->of[1][number], *c = &sides->of[2][number], *d = &sides->of[3][number];
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < b->count; j++)
			for (size_t k = 0; k < c->count; k++)
				for (size_t l = 0; l < d->count; l++)
					if (!meet(view, a->code[i].cell + b->code[j].cell + c->code[k].cell + d->code[l].cell,
						    (a->code[i].loses != b->code[j].loses) != (c->code[k].loses != d->code[l].loses), context))
						return false;
	return true;
}

static bool turns(const struct cycle *cycle, size_t d)
{
	return (cycle->turns >> d & 1) != 0;
}

/* Sets the sides in dimension d; false when memory is out. */
static bool set_side(struct sides *sides, const struct universe *universe, const struct cycle *cycle, size_t d, struct error *error)
{
	size_t to = turns(cycle, d) ? cycle->other[d] : cycle->start[d];
	sides->of[d] = universe_sides(universe, d, cycle->start[d], to, error);
	return sides->of[d] != NULL;
}

int cycle_cells(const struct universe *universe, const struct cycle *cycle, struct view *view,
	bool (*meet)(struct view *view, size_t cell, bool loses, void *context), void *context, bool *all, struct error *error)
{
	struct sides sides = no_sides;
	size_t number = 0;
	while (universe->view[number] != view)
		number++;
	for (size_t d = 0; d < universe->dimensions; d++)
		if (!set_side(&sides, universe, cycle, d, error))
			return -1;
	*all = walk_sides(&sides, number, view, meet, context);
	return 0;
}

/* What a cycle withholds beyond what is withheld already, as far as its cells have been met. */
struct bill {
	int64_t step;
	uint64_t cost, most; /* it must stay below `most` */
};

static inline bool add_cell(struct view *view, size_t cell, bool loses, void *context)
{
	struct bill *bill = context;
	const struct view_room *room = &view->room[cell];
	int64_t change = loses ? -bill->step : bill->step;
	bill->cost += room->price;
	return change >= room->least && change <= room->most && bill->cost < bill->most;
}

/* The cost of what the cycle at hand withholds beyond what is withheld already; UINT64_MAX when it is not feasible, or no better than
   the best. */
static uint64_t cost_of(struct search *search)
{
	const struct universe *universe = search->universe;
	struct bill bill = { .step = search->step, .most = search->best_cost };
	size_t first = search->strict;
	for (size_t i = 0; i < universe->views; i++) { /* in any order: the strict one, and the others by number */
		size_t v = i == 0 ? first : i <= first ? i - 1 : i;
		search->strict = v;
		if (!walk_sides(&search->sides, v, universe->view[v], add_cell, &bill))
			return UINT64_MAX;
	}
	return bill.cost;
}

static bool set_search_side(struct search *search, const struct cycle *cycle, size_t d)
{
	search->failed = !set_side(&search->sides, search->universe, cycle, d, search->error);
	return !search->failed;
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
	while (d < search->universe->dimensions && !turns(cycle, d))
		d++;
	if (d == search->universe->dimensions) {
		uint64_t cost = cost_of(search);
		if (cost < search->best_cost) {
			search->best_cost = cost;
			search->best = *cycle;
		}
		return;
	}
	for (size_t i = 0; i < search->ables[d] && search->best_cost > 0 && !search->failed; i++) {
		cycle->other[d] = search->able[d][i];
		if (turn(search, cycle, d) && set_search_side(search, cycle, d))
			try_codes(search, cycle, d + 1);
	}
}

/* Tries every cycle from the start that turns in these dimensions. */
static void try_turns(struct search *search, const size_t *start, unsigned turned)
{
	struct cycle cycle = { .turns = turned };
	memcpy(cycle.start, start, sizeof cycle.start);
	for (size_t d = 0; d < search->universe->dimensions; d++)
		if (!turns(&cycle, d) && !set_search_side(search, &cycle, d))
			return;
	try_codes(search, &cycle, 0);
}

/* Other codes in a dimension, the largest first. A code that the target's cell contains too would take back what is added to it. */
static void find_alternatives(struct search *search, const struct view *view, const size_t *target, size_t d)
{
	const struct universe *universe = search->universe;
	for (size_t i = 0; i < universe->codes[d] && search->alternatives[d] < ALTERNATIVES; i++)
		if (!holds(universe, view, d, target[d], universe->by_size[d][i]))
			search->alternative[d][search->alternatives[d]++] = universe->by_size[d][i];
}

/* Among the atoms of every cycle from the start that turns to a code is the one that turns to it alone: where it must lose, it must hold
   enough. Returns the dimensions that can turn. */
static unsigned find_able(struct search *search, const size_t *start)
{
	const struct universe *universe = search->universe;
	unsigned may = 0;
	for (size_t d = 0; d < universe->dimensions; d++) {
		search->ables[d] = 0;
		for (size_t i = 0; i < search->alternatives[d]; i++) {
			size_t other = search->alternative[d][i];
			if (search->step < 0 || universe->atom[search->corner[0] + (other - start[d]) * search->stride[d]] >= search->step)
				search->able[d][search->ables[d]++] = other;
		}
		may |= search->ables[d] > 0 ? 1U << d : 0;
	}
	return may;
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

/* Keeps the atom at hand if it is among the largest that may change. */
static inline void see(struct collection *collection, size_t atom)
{
	const struct universe *universe = collection->universe;
	bool larger = collection->count < CYCLE_STARTS || universe->atom[atom] > collection->size[CYCLE_STARTS - 1];
	if (larger && universe_may_change(universe, atom))
		keep(collection, universe->atom[atom]);
}

/* Goes through the atoms of the cell whose codes up to dimension d are chosen; `atom` is the atom as far as they determine it. */
static void collect(struct collection *collection, size_t d, size_t atom)
{
	const struct universe *universe = collection->universe;
	const struct view_dimension *dimension = &collection->view->dimension[d];
	size_t c = collection->target[d];
	for (size_t i = 0; i < dimension->atom_count[c]; i++) {
		size_t next = atom * universe->codes[d] + dimension->atoms[c][i];
		collection->code[d] = dimension->atoms[c][i];
		if (d + 1 < universe->dimensions)
			collect(collection, d + 1, next);
		else
			see(collection, next);
	}
}

size_t cycle_starts(const struct universe *universe, const struct view *view, const size_t *target,
	size_t start[CYCLE_STARTS][UNIVERSE_DIMENSIONS])
{
	struct collection collection = { .universe = universe, .view = view, .target = target, .start = start };
	collect(&collection, 0, 0);
	return collection.count;
}

int cycle_find(const struct universe *universe, const struct view *view, const size_t *target,
	size_t start[CYCLE_STARTS][UNIVERSE_DIMENSIONS], size_t starts, int64_t step, struct cycle *best, uint64_t *cost, struct error *error)
{
	struct search search = { .universe = universe, .step = step, .sides = no_sides, .best_cost = UINT64_MAX, .error = error };
	size_t stride = 1;
	for (size_t d = universe->dimensions; d-- > 0; stride *= universe->codes[d]) {
		search.stride[d] = stride;
		find_alternatives(&search, view, target, d);
	}
	for (size_t s = 0; s < starts && search.best_cost > 0; s++) {
		search.corner[0] = universe_atom(universe, start[s]);
		if (step < 0 && universe->atom[search.corner[0]] < -step)
			continue;
		unsigned may = find_able(&search, start[s]);
		for (unsigned turned = 1; turned < 1U << universe->dimensions; turned++)
			if ((turned & ~may) == 0)
				try_turns(&search, start[s], turned);
	}
	*best = search.best;
	*cost = search.best_cost;
	return search.failed ? -1 : 0;
}
