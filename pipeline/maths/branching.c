/* Branch and bound, depth first: see branching.h.

   A variable that is furthest from whole numbers is rounded to the nearer one, and the program solved again, until all are whole; then the other way is tried
   where that may cost less, the last choice first. */
#include "pipeline/maths/branching.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEEP 10     /* times the nodes that may be looked at: as many until there is a solution */
#define WHOLE 1e-7  /* what is nearer to a whole number is one */
#define CHEAPER 1e-6

/* A variable, with its bounds before it was rounded; turned: the other way. */
struct choice {
	size_t variable;
	struct tableau_bounds before;
	bool up, turned;
};

struct search {
	struct branching *branching;
	struct choice *choice;
	size_t choices, room;
	double *best, least; /* the cheapest solution so far, and its cost; INFINITY: there is none */
	int nodes;
};

/* The variable furthest from a whole number; SIZE_MAX when all are whole. */
static size_t find_split(const struct branching *branching)
{
	size_t split = SIZE_MAX;
	double most = WHOLE;
	for (size_t v = 0; v < branching->variables->count; v++) {
		double off = branching->variables->whole[v] ? fabs(branching->value[v] - round(branching->value[v])) : 0;
		if (off > most) {
			split = v;
			most = off;
		}
	}
	return split;
}

static double cost_of(const struct branching *branching)
{
	double cost = 0;
	for (size_t v = 0; v < branching->variables->count; v++)
		cost += branching->variables->bounds[v].cost * branching->value[v];
	return cost;
}

/* Bounds of the variable at a choice, by its value in whole numbers nearest on that side. */
static void round_off(struct search *search, struct choice *choice, double whole)
{
	struct tableau_bounds bounds = choice->before;
	if (choice->up)
		bounds.low = whole;
	else
		bounds.high = whole;
	linear_items_change(search->branching->variables, choice->variable, bounds);
}

static int push(struct search *search, size_t variable)
{
	if (search->choices == search->room) {
		size_t room = search->room * 2 + 16;
		struct choice *more = realloc(search->choice, room * sizeof *more);
		if (more == NULL)
			return -1;
		search->choice = more;
		search->room = room;
	}
	double value = search->branching->value[variable];
	struct choice *choice = &search->choice[search->choices++];
	*choice = (struct choice){ .variable = variable, .before = search->branching->variables->bounds[variable], .up = value - floor(value) > 0.5 };
	round_off(search, choice, choice->up ? ceil(value) : floor(value));
	return 0;
}

/* Takes back choices until one can be turned, and turns it; false when there is none. */
static bool turn_back(struct search *search)
{
	while (search->choices > 0) {
		struct choice *last = &search->choice[search->choices - 1];
		struct tableau_bounds now = search->branching->variables->bounds[last->variable];
		double other = last->up ? now.low - 1 : now.high + 1;
		linear_items_change(search->branching->variables, last->variable, last->before);
		if (!last->turned) {
			last->turned = true;
			last->up = !last->up;
			round_off(search, last, other);
			return true;
		}
		search->choices--;
	}
	return false;
}

static int solve(struct search *search)
{
	struct branching *branching = search->branching;
	uint64_t touched;
	int result = tableau_solve(branching->tableau, branching->terms, branching->sums->bounds, branching->variables->bounds, branching->steps, branching->value,
		&touched);
	branching->touched += touched;
	search->nodes++;
	if (result < 2)
		return result;
	int loaded = tableau_load(branching->tableau, branching->sums->count, branching->variables->count, branching->terms); /* it has forgotten all */
	return loaded == -1 ? -1 : 1;
}

/* What follows from the solution at hand: a choice, or, where it is in whole numbers or too dear, none but another one in place of an earlier choice. False when
   none is left. */
static int go_on(struct search *search, int result, bool *more)
{
	struct branching *branching = search->branching;
	*more = true;
	if (result == 0 && cost_of(branching) < search->least - CHEAPER) {
		size_t split = find_split(branching);
		if (split != SIZE_MAX)
			return push(search, split);
		search->least = cost_of(branching);
		memcpy(search->best, branching->value, branching->variables->count * sizeof *search->best);
	}
	*more = turn_back(search);
	return 0;
}

int branching_find(struct branching *branching)
{
	size_t variables = branching->variables->count;
	struct search search = { .branching = branching, .best = malloc((variables + 1) * sizeof *search.best), .least = (double)INFINITY };
	bool more = true;
	int result = search.best == NULL ? -1 : go_on(&search, 0, &more);
	while (result == 0 && more && search.nodes < (isfinite(search.least) ? branching->nodes : DEEP * branching->nodes)) {
		int solved = solve(&search);
		result = solved == -1 ? -1 : go_on(&search, solved, &more);
	}
	while (search.choices > 0) {
		const struct choice *last = &search.choice[--search.choices];
		linear_items_change(branching->variables, last->variable, last->before);
	}
	bool found = isfinite(search.least);
	if (found)
		memcpy(branching->value, search.best, variables * sizeof *search.best);
	free(search.best);
	free(search.choice);
	return result != 0 ? -1 : found ? 0 : 1;
}
