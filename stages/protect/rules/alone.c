/* Single persons who know that they form a cell alone, in a universe: see witness_inside.h. */
#include <string.h>

#include "stages/protect/rules/certificate.h"
#include "stages/protect/rules/found.h"
#include "stages/protect/rules/witness_inside.h"

#define SEEN 64  /* of more tables that change a need the latest count for what a single person knows */
#define LONES 256 /* likewise of the cells of single persons in them */
#define DEAR 400 /* a table that costs so much withholds a total: better two, one up and one down */

/* A table that changes a need. */
struct use {
	uint32_t table, before; /* 1 + the need's use before this one; 0: none */
	int32_t move;
};

/* The cells of single persons that a table changes: lone[first[table]] … lone[first[table + 1] − 1]. */
struct alone {
	struct witness_search *search;
	bool *needed;   /* of each cell of all views */
	uint32_t *last; /* likewise: 1 + its last use */
	struct use *use;
	size_t uses, use_room;
	size_t tables, first_room; /* those that were read */
	size_t *first;
	uint32_t *lone;
	size_t lones, lone_room;
};

/* The view of a cell, by the cell's number among all. */
static struct view *view_of(const struct universe *universe, uint32_t cell)
{
	size_t v = 0;
	while (v + 1 < universe->views && universe->view[v + 1]->base <= cell)
		v++;
	return universe->view[v];
}

static bool is_lone(const struct universe *universe, uint32_t cell)
{
	const struct view *view = view_of(universe, cell);
	return view->visible && view->value[cell - view->base] == 1;
}

static int read_change(struct alone *alone, struct found_change change)
{
	struct arena *arena = alone->search->universe->arena;
	struct error *error = alone->search->error;
	if (alone->needed[change.cell]) {
		struct use *use = arena_grow(arena, alone->use, alone->uses, alone->uses + 1, &alone->use_room, sizeof *use, error);
		if (use == NULL)
			return -1;
		alone->use = use;
		use[alone->uses] = (struct use){ (uint32_t)alone->tables, alone->last[change.cell], change.change };
		alone->last[change.cell] = (uint32_t)++alone->uses;
	}
	if (!is_lone(alone->search->universe, change.cell))
		return 0;
	uint32_t *lone = arena_grow(arena, alone->lone, alone->lones, alone->lones + 1, &alone->lone_room, sizeof *lone, error);
	if (lone == NULL)
		return -1;
	alone->lone = lone;
	lone[alone->lones++] = change.cell;
	return 0;
}

/* Reads the tables that have been found since. */
static int read_tables(struct alone *alone)
{
	const struct universe *universe = alone->search->universe;
	const struct found *found = universe->found;
	for (; alone->tables < found->tables; alone->tables++) {
		size_t used = alone->tables == 0 ? 0 : alone->tables + 1;
		size_t *first = arena_grow(universe->arena, alone->first, used, alone->tables + 2, &alone->first_room, sizeof *first,
			alone->search->error);
		if (first == NULL)
			return -1;
		alone->first = first;
		for (size_t i = alone->tables == 0 ? 0 : found->end[alone->tables - 1]; i < found->end[alone->tables]; i++)
			if (read_change(alone, found->change[i]) != 0)
				return -1;
		first[alone->tables + 1] = alone->lones;
	}
	return 0;
}

/* The tables that change a need, and in which of them each cell of a single person changes. */
struct seen {
	size_t count, lones;
	const struct use *use[SEEN];
	uint32_t lone[LONES];
	uint64_t in[LONES];
};

static void add_lone(struct seen *seen, uint32_t lone, uint64_t bit)
{
	size_t i = 0;
	while (i < seen->lones && seen->lone[i] != lone)
		i++;
	if (i == LONES)
		return;
	if (i == seen->lones) {
		seen->lone[seen->lones++] = lone;
		seen->in[i] = 0;
	}
	seen->in[i] |= bit;
}

static void look(const struct alone *alone, uint32_t cell, struct seen *seen)
{
	seen->count = seen->lones = 0;
	for (uint32_t u = alone->last[cell]; u > 0 && seen->count < SEEN; u = alone->use[u - 1].before) {
		const struct use *use = &alone->use[u - 1];
		for (size_t i = alone->first[use->table]; i < alone->first[use->table + 1]; i++)
			add_lone(seen, alone->lone[i], UINT64_C(1) << seen->count);
		seen->use[seen->count++] = use;
	}
}

/* Whether the tables without some leave the need as open as it must be. */
static bool is_open(const struct seen *seen, uint64_t without, int64_t up, int64_t width)
{
	int64_t raised = 0, lowered = 0;
	for (size_t i = 0; i < seen->count; i++) {
		int64_t move = (without >> i & 1) != 0 ? 0 : seen->use[i]->move;
		raised = move > raised ? move : raised;
		lowered = -move > lowered ? -move : lowered;
	}
	return raised >= up && raised + lowered >= width;
}

/* Whether one of two cells holds all of the other, by their codes. */
static bool are_nested(const struct universe *universe, uint32_t one, uint32_t other)
{
	const struct view *a = view_of(universe, one), *b = view_of(universe, other);
	size_t code_a[UNIVERSE_DIMENSIONS], code_b[UNIVERSE_DIMENSIONS];
	bool within = true, around = true;
	view_codes(universe, a, one - a->base, code_a);
	view_codes(universe, b, other - b->base, code_b);
	for (size_t d = 0; d < universe->dimensions; d++)
		for (size_t c = 0; c < universe->codes[d]; c++) {
			bool in_a = a->dimension[d].holds[code_a[d] * universe->codes[d] + c];
			bool in_b = b->dimension[d].holds[code_b[d] * universe->codes[d] + c];
			within = within && (in_b || !in_a);
			around = around && (in_a || !in_b);
		}
	return within || around;
}

/* The codes of the one person of a cell of 1, from dimension d on: what is before is chosen. False when she is not there. */
static bool find_person(const struct universe *universe, const struct view *view, const size_t *target, size_t d, size_t atom, size_t *code)
{
	if (d == universe->dimensions)
		return universe->atom[atom] == 1;
	const struct view_dimension *dimension = &view->dimension[d];
	for (size_t i = 0; i < dimension->atom_count[target[d]]; i++) {
		code[d] = dimension->atoms[target[d]][i];
		if (find_person(universe, view, target, d + 1, atom * universe->codes[d] + code[d], code))
			return true;
	}
	return false;
}

/* Whether the cells of 1 of a list are all of one person, who forms the target, too: then there is nobody else in it to learn of. */
static bool is_herself(const struct universe *universe, const struct witness_subject *subject, const uint32_t *lone, size_t lones)
{
	size_t code[UNIVERSE_DIMENSIONS], own[UNIVERSE_DIMENSIONS];
	bool herself = subject->view->value[subject->cell] == 1 && find_person(universe, subject->view, subject->target, 0, 0, code);
	for (size_t i = 0; i < lones && herself; i++) {
		const struct view *view = view_of(universe, lone[i]);
		view_codes(universe, view, lone[i] - view->base, own);
		for (size_t d = 0; d < universe->dimensions; d++)
			herself = herself && view->dimension[d].holds[own[d] * universe->codes[d] + code[d]];
	}
	return herself;
}

static void hold(const struct universe *universe, uint32_t cell, bool held)
{
	struct view *view = view_of(universe, cell);
	view_hold(universe, view, cell - view->base, held);
}

static int find_cycle(struct witness_search *search, struct witness_subject *subject, int64_t step, struct witness_plan *plan)
{
	*plan = (struct witness_plan){ .step = step };
	return cycle_find(search->universe, subject->view, subject->target, subject->start, subject->starts, step, &plan->cycle, &plan->cost,
		search->error);
}

/* A cycle that changes the need by `width`; or one that raises it by `up` at least, and one that lowers it by the rest. *found false: there is
   none. */
static int serve(struct witness_search *search, struct witness_subject *subject, int64_t up, int64_t width, bool *found)
{
	struct witness_plan best[2], plan[2];
	if (find_cycle(search, subject, width, &best[0]) != 0)
		return -1;
	size_t count = 1;
	uint64_t cost = best[0].cost;
	for (int64_t step = width - 1; step >= up && cost >= DEAR; step--) {
		if (find_cycle(search, subject, step, &plan[0]) != 0 || find_cycle(search, subject, step - width, &plan[1]) != 0)
			return -1;
		if (plan[0].cost == UINT64_MAX || plan[1].cost == UINT64_MAX || plan[0].cost + plan[1].cost >= cost)
			continue;
		cost = plan[0].cost + plan[1].cost;
		memcpy(best, plan, sizeof best);
		count = 2;
	}
	*found = cost < UINT64_MAX;
	for (size_t i = 0; i < count && *found; i++)
		if (witness_apply(search, &best[i]) != 0)
			return -1;
	return 0;
}

/* A table by linear programming that raises the need by `width`. */
static int serve_dear(struct witness_search *search, struct witness_subject *subject, int64_t width, bool *found)
{
	struct universe_table table;
	struct witness_plan plan = { .step = width, .table = &table };
	if (certificate_find(search->universe, subject->view, subject->cell, subject->start[0], width, &table, &plan.cost, found, search->error) != 0)
		return -1;
	return *found ? witness_apply(search, &plan) : 0;
}

/* Tables for one need in which no single person's cell of a list changes; where there are none, for each by itself. */
static int serve_all(struct alone *alone, struct witness_subject *subject, int64_t up, int64_t width, const uint32_t *lone, size_t lones)
{
	const struct universe *universe = alone->search->universe;
	bool found;
	for (size_t i = 0; i < lones; i++)
		hold(universe, lone[i], true);
	int result = serve(alone->search, subject, up, width, &found);
	for (size_t i = 0; i < lones; i++)
		hold(universe, lone[i], false);
	bool each = !found && !is_herself(universe, subject, lone, lones), exposed = false;
	for (size_t i = 0; i < lones && each && result == 0; i++) {
		hold(universe, lone[i], true);
		result = serve(alone->search, subject, up, width, &found);
		if (result == 0 && !found)
			result = serve_dear(alone->search, subject, width, &found);
		hold(universe, lone[i], false);
		exposed = exposed || !found;
	}
	universe->found->exposed += exposed;
	return result == 0 ? read_tables(alone) : -1;
}

static int seclude(struct alone *alone, const struct witness_need *need, int64_t minimum)
{
	const struct universe *universe = alone->search->universe;
	struct view *view = universe->view[need->view];
	struct witness_subject subject = { .view = view, .cell = need->cell };
	int64_t value = view->value[need->cell], width = minimum - 1, up = value < minimum ? minimum - value : width;
	int64_t raised = view->raised[need->cell];
	struct seen seen;
	universe->found->unmet += raised < (value < minimum ? up : 1) || raised + view->lowered[need->cell] < width;
	size_t lones = 0;
	uint32_t lone[LONES];
	look(alone, (uint32_t)(view->base + need->cell), &seen);
	if (seen.count == 0 || !is_open(&seen, 0, up, width))
		return 0;
	for (size_t i = 0; i < seen.lones; i++) /* a single person in a cell of one is the same */
		if (!is_open(&seen, seen.in[i], up, width) && !(value == 1 && are_nested(universe, (uint32_t)(view->base + need->cell), seen.lone[i])))
			lone[lones++] = seen.lone[i];
	if (lones == 0)
		return 0;
	view_codes(universe, view, need->cell, subject.target);
	subject.starts = cycle_starts(universe, view, subject.target, subject.start);
	return serve_all(alone, &subject, up, width, lone, lones);
}

int alone_seclude(struct witness_search *search, const struct witness_need *need, size_t count, int64_t minimum)
{
	struct universe *universe = search->universe;
	struct alone alone = { .search = search };
	size_t cells = universe->views == 0 ? 0 : universe->view[universe->views - 1]->base + universe->view[universe->views - 1]->cells;
	universe->found->needs += count;
	alone.needed = arena_take(universe->arena, cells, sizeof *alone.needed, search->error);
	alone.last = arena_take(universe->arena, cells, sizeof *alone.last, search->error);
	if (alone.needed == NULL || alone.last == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		alone.needed[universe->view[need[i].view]->base + need[i].cell] = true;
	if (read_tables(&alone) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (seclude(&alone, &need[i], minimum) != 0)
			return -1;
	return 0;
}
