/* Witnesses: which cells need one, how they get it, and what that withholds; see witness.h. */
#include "stages/protect/rules/witness.h"

#include <stdlib.h>
#include <string.h>

#include "stages/protect/rules/certificate.h"
#include "stages/protect/rules/witness_inside.h"

/* A cycle that costs more is weighed against the best table that linear programming finds. */
#define DEAR 60
/* A plan that costs more withholds a total: then two plans, one up and one down, are tried instead. */
#define DEARER 400

/* Linear programs that a universe may have, times its atoms: their work grows with both. Beyond it cycles must do. */
#define PROGRAM_ATOMS 400000

/* The plan of last resort being looked at. */
struct resort {
	const struct universe *universe;
	int64_t step;
	struct view *lacking; /* the finest cell that is decided elsewhere, and its weight */
	size_t lacking_cell;
	uint64_t finest;
};

/* False for a cell that is known; notes one that is decided elsewhere. */
static bool find_lacking(struct view *view, size_t cell, bool loses, void *context)
{
	struct resort *resort = context;
	(void)loses;
	if (view->room[cell].most < resort->step && !view_is_fixed(view, cell))
		return false; /* there are no more to be in it */
	if (!view_is_fixed(view, cell))
		return true;
	if (view->known[cell])
		return false;
	uint64_t weight = universe_weight(resort->universe, view, cell);
	if (weight < resort->finest) {
		resort->finest = weight;
		resort->lacking = view;
		resort->lacking_cell = cell;
	}
	return true;
}

/* The plan of last resort: the start's atom alone changes, and everything that contains it must be withheld. *may is false, naming the
   finest, when a frozen cell that is not withheld contains it, and naming none when one that is known does. */
static int change_alone(struct witness_search *search, const size_t *start, int64_t step, struct witness_plan *plan, bool *may)
{
	struct universe *universe = search->universe;
	*plan = (struct witness_plan){ .step = step };
	*may = true;
	memcpy(plan->cycle.start, start, sizeof plan->cycle.start);
	struct resort resort = { .universe = universe, .step = universe->found == NULL ? 0 : step, .finest = UINT64_MAX };
	for (size_t v = 0; v < universe->views && *may; v++)
		if (cycle_cells(universe, &plan->cycle, universe->view[v], find_lacking, &resort, may, search->error) != 0)
			return -1;
	if (!*may || resort.lacking == NULL)
		return 0;
	*may = false;
	resort.lacking->lacking[resort.lacking_cell] = true;
	return 0;
}

/* The cheapest plan for a step: the best cycle, or where that is dear a linear program's. */
static int find_plan(struct witness_search *search, struct witness_subject *subject, int64_t step, struct witness_plan *plan)
{
	*plan = (struct witness_plan){ .step = step };
	if (cycle_find(search->universe, subject->view, subject->target, subject->start, subject->starts, step, &plan->cycle, &plan->cost,
		    search->error) != 0)
		return -1;
	if (plan->cost < DEAR || search->programs == 0)
		return 0;
	search->programs--;
	bool found;
	uint64_t cost;
	struct universe_table *table = arena_take(search->universe->arena, 1, sizeof *table, search->error);
	if (table == NULL ||
		certificate_find(search->universe, subject->view, subject->cell, subject->start[0], step, table, &cost,
			&found, search->error) != 0)
		return -1;
	if (found && cost < plan->cost) {
		plan->cost = cost;
		plan->table = table;
	}
	return 0;
}

static uint64_t sum_of(uint64_t a, uint64_t b)
{
	return a == UINT64_MAX || b == UINT64_MAX ? UINT64_MAX : a + b;
}

/* How far a count of `value` must be able to move one way, so that it can be `minimum`, and over step + 1 values in all, when it
   cannot sink below `floor`. */
static int64_t least_step(int64_t value, int64_t floor, int64_t minimum, int64_t step)
{
	int64_t least = minimum - value, back = value - floor;
	return step - least > back ? step - back : least;
}

/* Plans that change a cell by `most`; or by less, but at least `least`, and the other way by the rest. Both in the direction of
   `sign`. */
static int find_pair(struct witness_search *search, struct witness_subject *subject, int64_t sign, int64_t most, int64_t least, struct witness_plan *there,
	struct witness_plan *back)
{
	*back = (struct witness_plan){ .step = 0 };
	if (find_plan(search, subject, sign * most, there) != 0)
		return -1;
	for (int64_t step = most - 1; step >= least && there->cost >= DEARER; step--) {
		struct witness_plan less, rest;
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

/* The dearest first: what protects them often covers the cells inside them. */
static int by_weight(const void *a, const void *b)
{
	const struct witness_need *one = a, *other = b;
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
static size_t list_needs(struct universe *universe, int64_t minimum, struct witness_need *need)
{
	size_t count = 0;
	for (size_t v = 0; v < universe->views; v++) {
		struct view *view = universe->view[v];
		for (size_t cell = 0; cell < view->cells && !view->frozen && !view->idle; cell++) {
			if (!needs_witness(view, cell, minimum) || view_is_fixed(view, cell))
				continue;
			view->withheld[cell] = true;
			if (view->twin != NULL)
				view->twin->withheld[cell] = true;
			need[count++] = (struct witness_need){ .weight = universe_weight(universe, view, cell), .view = v, .cell = cell };
		}
	}
	qsort(need, count, sizeof *need, by_weight);
	return count;
}

/* Applies a plan, or without one the last resort. *blocked when a frozen cell stands in the way. */
static int carry_out(struct witness_search *search, const struct witness_subject *subject, struct witness_plan *plan, int64_t step, bool *blocked)
{
	bool may = true;
	if (plan->cost == UINT64_MAX && change_alone(search, subject->start[0], step, plan, &may) != 0)
		return -1;
	*blocked = *blocked || !may;
	return may ? witness_apply(search, plan) : 0;
}

/* Finds and carries out what moves a cell by `step` in one direction, or by `least` and the rest in the other. */
static int move_cell(struct witness_search *search, struct witness_subject *subject, int64_t sign, int64_t step, int64_t least, bool *blocked)
{
	struct witness_plan there, back;
	const int64_t *far = sign > 0 ? subject->view->raised : subject->view->lowered;
	if (far[subject->cell] >= least && subject->view->raised[subject->cell] + subject->view->lowered[subject->cell] >= step)
		return 0;
	if (find_pair(search, subject, sign, step, least, &there, &back) != 0 ||
		carry_out(search, subject, &there, sign * step, blocked) != 0)
		return -1;
	return *blocked || back.step == 0 ? 0 : carry_out(search, subject, &back, back.step, blocked);
}

/* The witnesses of one cell: that it could be larger, if it is small or a target; that its rest could be, if that is small. */
static int protect_need(struct witness_search *search, struct view *view, size_t cell, int64_t minimum, int64_t step, bool *blocked)
{
	struct witness_subject subject = { .view = view, .cell = cell };
	int64_t value = view->value[cell];
	bool is_small = value >= 1 && value < minimum;
	view_codes(search->universe, view, cell, subject.target);
	subject.starts = cycle_starts(search->universe, view, subject.target, subject.start);
	if (subject.starts == 0)
		return 0;
	if ((is_small || view->target[cell]) &&
		move_cell(search, &subject, 1, step, is_small ? least_step(value, view_floor(view, cell), minimum, step) : 1, blocked) != 0)
		return -1;
	if (*blocked || !view->target_down[cell])
		return 0;
	int64_t rest = view->ceiling == NULL ? minimum : view->ceiling[cell] - value;
	bool rest_small = rest >= 1 && rest < minimum;
	return move_cell(search, &subject, -1, step, rest_small ? least_step(rest, 1, minimum, step) : step, blocked);
}

/* An amount: that it could be larger and smaller by its span, or without one be another. Of an amount of many atoms only as much can go
   as the largest of them holds. */
static int protect_amount(struct witness_search *search, struct view *view, size_t cell, bool *blocked)
{
	struct witness_subject subject = { .view = view, .cell = cell };
	int64_t span = view->span[cell];
	view_codes(search->universe, view, cell, subject.target);
	subject.starts = cycle_starts(search->universe, view, subject.target, subject.start);
	if (subject.starts == 0)
		return 0;
	if (span == 0)
		return view->lowered[cell] > 0 ? 0 : move_cell(search, &subject, 1, 1, 1, blocked);
	if (move_cell(search, &subject, 1, span, span, blocked) != 0)
		return -1;
	int64_t most = search->universe->atom[universe_atom(search->universe, subject.start[0])] - 1;
	if (*blocked || most == 0)
		return 0;
	int64_t down = span < most ? span : most;
	return move_cell(search, &subject, -1, down, down, blocked);
}

/* Counts below `minimum`, so that they could be larger by `step`; or with step 0 amounts. */
static int protect(struct universe *universe, int64_t minimum, int64_t step, struct error *error)
{
	size_t cells = 0;
	struct witness_search search = { .universe = universe, .programs = PROGRAM_ATOMS / (universe->atoms + 1), .error = error };
	for (size_t v = 0; v < universe->views; v++)
		cells += universe->view[v]->cells;
	struct witness_need *need = arena_take(universe->arena, cells, sizeof *need, error);
	if (need == NULL || rank_codes(universe, error) != 0)
		return -1;
	size_t count = list_needs(universe, minimum, need);
	if (universe_rooms(universe, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		bool blocked = false;
		struct view *view = universe->view[need[i].view];
		if (step == 0 ? protect_amount(&search, view, need[i].cell, &blocked) != 0
			      : protect_need(&search, view, need[i].cell, minimum, step, &blocked) != 0)
			return -1;
	}
	return universe->found != NULL && step > 0 ? alone_seclude(&search, need, count, minimum) : 0;
}

int witness_counts(struct universe *universe, int64_t minimum, struct error *error)
{
	return universe_sum(universe, error) == 0 ? protect(universe, minimum, minimum - 1, error) : -1;
}

int witness_amounts(struct universe *universe, struct error *error)
{
	return universe_sum(universe, error) == 0 ? protect(universe, 0, 0, error) : -1;
}
