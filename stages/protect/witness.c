/* Witnesses by the cheapest cycle: see witness.h. */
#include "stages/protect/witness.h"

#include <stdlib.h>
#include <string.h>

#include "stages/protect/certificate.h"

/* A cycle that costs more is weighed against the best table that linear programming finds. */
#define DEAR 60
/* A plan that costs more withholds a total: then two plans, one up and one down, are tried instead. */
#define DEARER 400
/* Other codes tried in a dimension, the largest first: they can give the most. */
#define ALTERNATIVES 6
/* Atoms of the cell tried as the one that changes, the largest first. */
#define STARTS 12

/* `step` is added to the atom with codes `start`; in each dimension of `turns` (bits) the code `other` takes its place by
   turns, with alternating sign. turns = 0: the atom alone is raised. */
struct cycle {
	size_t start[UNIVERSE_DIMENSIONS], other[UNIVERSE_DIMENSIONS];
	unsigned turns;
};

/* Atom codes inside a cell, dimension by dimension. */
struct inside {
	size_t count[UNIVERSE_DIMENSIONS];
	size_t *code[UNIVERSE_DIMENSIONS];
};

/* One search. */
struct search {
	struct universe *universe;
	struct inside inside; /* room */
	int64_t step; /* what the start's atom gains; negative: loses */
	struct cycle best;
	uint64_t best_cost; /* UINT64_MAX: none found */
	struct error *error;
};

static bool holds(const struct universe *universe, const struct view *view, size_t d, size_t c, size_t atom_code)
{
	return view->dimension[d].holds[c * universe->codes[d] + atom_code];
}

/* What a visited cell says of a cycle. */
struct visit {
	struct view *view;
	size_t cell;
	int64_t change;
	uint64_t weight;
};

/* The cells of a view that a cycle changes, one after another. In a dimension that turns, those are the cell codes that
   contain exactly one of the two atom codes; in another, those that contain the atom's. */
struct changes {
	const struct universe *universe;
	const struct cycle *cycle;
	struct view *view;
	int64_t step;
	size_t place[UNIVERSE_DIMENSIONS]; /* in `with` of the start's code, then of the other's */
	bool begun;
};

/* The cell code at a place of dimension d: SIZE_MAX beyond the last; *sign as it enters the change, 0 to be passed over. */
static size_t code_at(const struct changes *changes, size_t d, int64_t *sign)
{
	const struct view_dimension *dimension = &changes->view->dimension[d];
	const struct cycle *cycle = changes->cycle;
	size_t place = changes->place[d], own = dimension->with_count[cycle->start[d]];
	bool turns = (cycle->turns >> d & 1) != 0;
	if (place < own) {
		size_t c = dimension->with[cycle->start[d]][place];
		*sign = turns && holds(changes->universe, changes->view, d, c, cycle->other[d]) ? 0 : 1;
		return c;
	}
	if (!turns || place - own >= dimension->with_count[cycle->other[d]])
		return SIZE_MAX;
	size_t c = dimension->with[cycle->other[d]][place - own];
	*sign = holds(changes->universe, changes->view, d, c, cycle->start[d]) ? 0 : -1;
	return c;
}

/* Moves dimension d to its first usable place at or after the current; false when there is none. */
static bool settle(struct changes *changes, size_t d)
{
	int64_t sign = 0;
	while (code_at(changes, d, &sign) != SIZE_MAX) {
		if (sign != 0)
			return true;
		changes->place[d]++;
	}
	return false;
}

static bool next_change(struct changes *changes, struct visit *visit)
{
	size_t dimensions = changes->universe->dimensions, d = dimensions;
	if (!changes->begun) {
		changes->begun = true;
		for (size_t i = 0; i < dimensions; i++) {
			changes->place[i] = 0;
			if (!settle(changes, i))
				return false;
		}
	} else {
		for (; d > 0; d--) {
			changes->place[d - 1]++;
			if (settle(changes, d - 1))
				break;
			changes->place[d - 1] = 0;
			(void)settle(changes, d - 1);
		}
		if (d == 0)
			return false;
	}
	size_t code[UNIVERSE_DIMENSIONS];
	*visit = (struct visit){ .view = changes->view, .change = changes->step, .weight = 1 };
	for (size_t i = 0; i < dimensions; i++) {
		int64_t sign = 0;
		code[i] = code_at(changes, i, &sign);
		visit->change *= sign;
		visit->weight *= changes->view->dimension[i].weight[code[i]];
	}
	visit->cell = view_cell(changes->universe, changes->view, code);
	return true;
}

/* The cost of what a cycle withholds beyond what is withheld already; UINT64_MAX when it is not feasible. */
static uint64_t cost_of(const struct search *search, const struct cycle *cycle)
{
	const struct universe *universe = search->universe;
	uint64_t cost = 0;
	for (size_t v = 0; v < universe->views; v++) {
		struct changes changes = { .universe = universe, .cycle = cycle, .view = universe->view[v], .step = search->step };
		for (struct visit visit; next_change(&changes, &visit);) {
			int64_t value = visit.view->value[visit.cell], after = value + visit.change;
			if (visit.view->visible ? value == 0 || after < 1 : after < 0)
				return UINT64_MAX;
			if (visit.view->frozen && !visit.view->withheld[visit.cell])
				return UINT64_MAX;
			if (visit.view->ceiling != NULL && after > visit.view->ceiling[visit.cell])
				return UINT64_MAX;
			if (visit.view->visible && !visit.view->withheld[visit.cell])
				cost += visit.weight * universe_size(value);
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

/* Keeps `code` among the largest atoms so far, the first of equals first. */
static void keep_start(size_t start[STARTS][UNIVERSE_DIMENSIONS], int64_t *size, size_t *count, const size_t *code,
	int64_t atom)
{
	size_t at = *count < STARTS ? (*count)++ : STARTS;
	for (; at > 0 && size[at - 1] < atom; at--)
		if (at < STARTS) {
			size[at] = size[at - 1];
			memcpy(start[at], start[at - 1], sizeof start[at]);
		}
	if (at < STARTS) {
		size[at] = atom;
		memcpy(start[at], code, sizeof start[at]);
	}
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

/* The largest atoms of a cell that may change, at most STARTS. */
static size_t find_starts(const struct search *search, const struct view *view, const size_t *target,
	size_t start[STARTS][UNIVERSE_DIMENSIONS])
{
	const struct universe *universe = search->universe;
	struct inside inside = search->inside;
	size_t count = 0, place[UNIVERSE_DIMENSIONS] = { 0 }, code[UNIVERSE_DIMENSIONS];
	int64_t size[STARTS];
	for (size_t d = 0; d < universe->dimensions; d++) {
		inside.count[d] = 0;
		for (size_t a = 0; a < universe->codes[d]; a++)
			if (holds(universe, view, d, target[d], a))
				inside.code[d][inside.count[d]++] = a;
		if (inside.count[d] == 0)
			return 0;
	}
	for (;;) {
		for (size_t d = 0; d < universe->dimensions; d++)
			code[d] = inside.code[d][place[d]];
		size_t atom = universe_atom(universe, code);
		if (count < STARTS || universe->atom[atom] > size[STARTS - 1])
			if (may_change(universe, atom))
				keep_start(start, size, &count, code, universe->atom[atom]);
		size_t d = universe->dimensions;
		while (d > 0 && ++place[d - 1] == inside.count[d - 1])
			place[--d] = 0;
		if (d == 0)
			return count;
	}
}

/* One way to change a cell by `step`: a cycle, or changes of any atoms. */
struct plan {
	uint64_t cost; /* UINT64_MAX: there is none */
	int64_t step;
	struct cycle cycle;
	int64_t *change; /* NULL: the cycle */
};

/* A cell differs by `change` between the true table and a witness: it is withheld, and the witness remembered. */
static void note_change(struct view *view, size_t cell, int64_t change)
{
	view->withheld[cell] = true;
	if (view->twin != NULL)
		view->twin->withheld[cell] = true;
	if (change > view->raised[cell])
		view->raised[cell] = change;
	if (-change > view->lowered[cell])
		view->lowered[cell] = -change;
}

static int apply(struct search *search, const struct plan *plan)
{
	struct universe *universe = search->universe;
	for (size_t v = 0; v < universe->views; v++) {
		struct view *view = universe->view[v];
		if (plan->change == NULL) {
			struct changes changes = { .universe = universe, .cycle = &plan->cycle, .view = view, .step = plan->step };
			for (struct visit visit; next_change(&changes, &visit);)
				note_change(view, visit.cell, visit.change);
			continue;
		}
		const int64_t *moved = universe_changes(universe, view, plan->change, search->error);
		if (moved == NULL)
			return -1;
		for (size_t cell = 0; cell < view->cells; cell++)
			if (moved[cell] != 0)
				note_change(view, cell, moved[cell]);
	}
	return 0;
}

/* The plan of last resort: the start's atom alone changes, and everything that contains it must be withheld. False, naming the
   finest, when a frozen cell that is not withheld contains it. */
static bool change_alone(struct search *search, const size_t *start, int64_t step, struct plan *plan)
{
	struct universe *universe = search->universe;
	*plan = (struct plan){ .step = step };
	memcpy(plan->cycle.start, start, sizeof plan->cycle.start);
	uint64_t finest = UINT64_MAX;
	for (size_t v = 0; v < universe->views; v++) {
		if (!universe->view[v]->frozen)
			continue;
		struct changes changes = { .universe = universe, .cycle = &plan->cycle, .view = universe->view[v], .step = 1 };
		for (struct visit visit; next_change(&changes, &visit);)
			if (!visit.view->withheld[visit.cell] && visit.weight < finest) {
				finest = visit.weight;
				universe->failed_view = visit.view;
				universe->failed_cell = visit.cell;
			}
	}
	return finest == UINT64_MAX;
}

/* A cell for which plans are made. */
struct subject {
	struct view *view;
	size_t cell;
	size_t target[UNIVERSE_DIMENSIONS];
	size_t starts, start[STARTS][UNIVERSE_DIMENSIONS];
};

/* The cheapest plan for a step: the best cycle, or where that is dear a linear program's. */
static int find_plan(struct search *search, struct subject *subject, int64_t step, struct plan *plan)
{
	unsigned may = turning(search->universe, subject->view, subject->target);
	search->best_cost = UINT64_MAX;
	search->step = step;
	for (size_t s = 0; s < subject->starts; s++)
		for (unsigned turns = 1; turns < 1U << search->universe->dimensions; turns++) {
			if ((turns & ~may) != 0)
				continue;
			struct cycle cycle = { .turns = turns };
			memcpy(cycle.start, subject->start[s], sizeof cycle.start);
			try_codes(search, &cycle, subject->view, subject->target, 0);
		}
	*plan = (struct plan){ .cost = search->best_cost, .step = step, .cycle = search->best };
	if (plan->cost < DEAR)
		return 0;
	bool found;
	uint64_t cost;
	int64_t *change = arena_take(search->universe->arena, search->universe->atoms, sizeof *change, search->error);
	if (change == NULL || certificate_find(search->universe, subject->view, subject->cell, subject->start[0], step, change, &cost, &found,
				      search->error) != 0)
		return -1;
	if (found && cost < plan->cost) {
		plan->cost = cost;
		plan->change = change;
	}
	return 0;
}

static uint64_t sum_of(uint64_t a, uint64_t b)
{
	return a == UINT64_MAX || b == UINT64_MAX ? UINT64_MAX : a + b;
}

/* How far a count of `value` must be able to move one way, so that it can be `minimum`, and over step + 1 values in all. */
static int64_t least_step(int64_t value, int64_t minimum, int64_t step)
{
	int64_t least = minimum - value, back = value - 1; /* it cannot sink below 1 */
	return step - least > back ? step - back : least;
}

/* Plans that change a cell by `most`; or by less, but at least `least`, and the other way by the rest. Both in the direction of
   `sign`. */
static int find_pair(struct search *search, struct subject *subject, int64_t sign, int64_t most, int64_t least, struct plan *there,
	struct plan *back)
{
	*back = (struct plan){ .step = 0 };
	if (find_plan(search, subject, sign * most, there) != 0)
		return -1;
	for (int64_t step = most - 1; step >= least && there->cost >= DEARER; step--) {
		struct plan less, rest;
		if (find_plan(search, subject, sign * step, &less) != 0 ||
			find_plan(search, subject, sign * (step - most), &rest) != 0)
			return -1;
		if (sum_of(less.cost, rest.cost) < sum_of(there->cost, back->cost)) {
			*there = less;
			*back = rest;
		}
	}
	return 0;
}

static bool needs_witness(const struct view *view, size_t cell, int64_t minimum)
{
	return view->target[cell] || view->target_down[cell] || (view->value[cell] >= 1 && view->value[cell] < minimum);
}

/* A cell that needs a witness. */
struct need {
	uint64_t weight;
	size_t view, cell;
};

/* The dearest first: what protects them often covers the cells inside them. */
static int by_weight(const void *a, const void *b)
{
	const struct need *one = a, *other = b;
	if (one->weight != other->weight)
		return one->weight > other->weight ? -1 : 1;
	if (one->view != other->view)
		return one->view < other->view ? -1 : 1;
	return one->cell < other->cell ? -1 : one->cell > other->cell;
}

/* Codes of each dimension by the sum of their atoms. */
static int rank_codes(struct universe *universe, struct error *error)
{
	for (size_t d = 0; d < universe->dimensions; d++) {
		size_t codes = universe->codes[d], below = 1;
		int64_t *sum = arena_take(universe->arena, codes, sizeof *sum, error);
		size_t *order = arena_take(universe->arena, codes, sizeof *order, error);
		if (sum == NULL || order == NULL)
			return -1;
		for (size_t later = d + 1; later < universe->dimensions; later++)
			below *= universe->codes[later];
		for (size_t i = 0; i < universe->atoms; i++)
			sum[i / below % codes] += universe->atom[i];
		for (size_t c = 0; c < codes; c++) { /* insertion: the first of equals stays first */
			size_t at = c;
			for (; at > 0 && sum[order[at - 1]] < sum[c]; at--)
				order[at] = order[at - 1];
			order[at] = c;
		}
		universe->by_size[d] = order;
	}
	return 0;
}

/* Lists the cells that need a witness, and withholds them. Returns their number. */
static size_t list_needs(struct universe *universe, int64_t minimum, struct need *need)
{
	size_t count = 0;
	for (size_t v = 0; v < universe->views; v++) {
		struct view *view = universe->view[v];
		for (size_t cell = 0; cell < view->cells && !view->frozen; cell++) {
			if (!needs_witness(view, cell, minimum))
				continue;
			view->withheld[cell] = true;
			if (view->twin != NULL)
				view->twin->withheld[cell] = true;
			need[count++] = (struct need){ .weight = universe_weight(universe, view, cell), .view = v, .cell = cell };
		}
	}
	qsort(need, count, sizeof *need, by_weight);
	return count;
}

/* Applies a plan, or without one the last resort. *blocked when a frozen cell stands in the way. */
static int carry_out(struct search *search, const struct subject *subject, struct plan *plan, int64_t step, bool *blocked)
{
	if (plan->cost == UINT64_MAX && !change_alone(search, subject->start[0], step, plan)) {
		*blocked = true;
		return 0;
	}
	return apply(search, plan);
}

/* Finds and carries out what moves a cell by `step` in one direction, or by `least` and the rest in the other. */
static int move_cell(struct search *search, struct subject *subject, int64_t sign, int64_t step, int64_t least, bool *blocked)
{
	struct plan there, back;
	const int64_t *far = sign > 0 ? subject->view->raised : subject->view->lowered;
	if (far[subject->cell] >= least && subject->view->raised[subject->cell] + subject->view->lowered[subject->cell] >= step)
		return 0;
	if (find_pair(search, subject, sign, step, least, &there, &back) != 0 ||
		carry_out(search, subject, &there, sign * step, blocked) != 0)
		return -1;
	return *blocked || back.step == 0 ? 0 : carry_out(search, subject, &back, back.step, blocked);
}

/* The witnesses of one cell: that it could be larger, if it is small or a target; that its rest could be, if that is small. */
static int protect_need(struct search *search, struct view *view, size_t cell, int64_t minimum, int64_t step, bool *blocked)
{
	struct subject subject = { .view = view, .cell = cell };
	int64_t value = view->value[cell];
	bool is_small = value >= 1 && value < minimum;
	view_codes(search->universe, view, cell, subject.target);
	subject.starts = find_starts(search, view, subject.target, subject.start);
	if (subject.starts == 0)
		return 0;
	if ((is_small || view->target[cell]) &&
		move_cell(search, &subject, 1, step, is_small ? least_step(value, minimum, step) : step, blocked) != 0)
		return -1;
	if (*blocked || !view->target_down[cell])
		return 0;
	int64_t rest = view->ceiling == NULL ? minimum : view->ceiling[cell] - value;
	bool rest_small = rest >= 1 && rest < minimum;
	return move_cell(search, &subject, -1, step, rest_small ? least_step(rest, minimum, step) : step, blocked);
}

int witness_all(struct universe *universe, int64_t minimum, int64_t step, struct error *error)
{
	size_t cells = 0;
	struct search search = { .universe = universe, .error = error };
	bool blocked = false;
	for (size_t v = 0; v < universe->views; v++)
		cells += universe->view[v]->cells;
	struct need *need = arena_take(universe->arena, cells, sizeof *need, error);
	for (size_t d = 0; d < universe->dimensions; d++)
		if ((search.inside.code[d] = arena_take(universe->arena, universe->codes[d], sizeof(size_t), error)) == NULL)
			return -1;
	if (need == NULL || rank_codes(universe, error) != 0)
		return -1;
	size_t count = list_needs(universe, minimum, need);
	universe->failed_view = NULL;
	for (size_t i = 0; i < count && !blocked; i++) {
		if (protect_need(&search, universe->view[need[i].view], need[i].cell, minimum, step, &blocked) != 0)
			return -1;
	}
	return 0;
}
