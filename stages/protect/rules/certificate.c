/* Witnesses by linear programming: see certificate.h.

   Variables: the change of each atom, a whole number; and for each published cell what it rises and falls, at the cost of
   withholding it (per unit of change, which stands for the cost of its being withheld at all). Sums: the change of each cell. */
#include "stages/protect/rules/certificate.h"

#include <math.h>

#include "pipeline/maths/linear.h"
#include "stages/protect/rules/found.h"

#define WHOLE_ATOMS 300 /* a larger universe is seen through a window: other atoms keep their counts */
#define WINDOW_CODES 3  /* the largest codes of each dimension that stand in the window, beside the start's */
#define ITERATIONS 20000
#define NODES 400

struct certificate {
	const struct universe *universe;
	const struct view *target;
	size_t cell;
	int64_t step;
	const size_t *start; /* codes of an atom of the cell */
	struct linear *program;
	size_t *variable; /* of each atom; LINEAR_NONE: it cannot change */
	size_t **sum;     /* of each cell of each view; LINEAR_NONE: without */
};

/* Whether an atom lies outside the window around the start: the start's code and the largest ones, in each dimension. */
static bool outside(const struct certificate *certificate, size_t atom)
{
	const struct universe *universe = certificate->universe;
	if (universe->atoms <= WHOLE_ATOMS)
		return false;
	for (size_t d = universe->dimensions; d > 0; d--) {
		size_t code = atom % universe->codes[d - 1];
		bool inside = code == certificate->start[d - 1];
		for (size_t i = 0; i < WINDOW_CODES && i < universe->codes[d - 1]; i++)
			inside = inside || code == universe->by_size[d - 1][i];
		if (!inside)
			return true;
		atom /= universe->codes[d - 1];
	}
	return false;
}

/* Atoms that lie in a printed zero are 0 in every table. */
static int add_atoms(struct certificate *certificate, struct error *error)
{
	const struct universe *universe = certificate->universe;
	bool *fixed = arena_take(universe->arena, universe->atoms, sizeof *fixed, error);
	certificate->variable = arena_take(universe->arena, universe->atoms, sizeof *certificate->variable, error);
	if (fixed == NULL || certificate->variable == NULL)
		return -1;
	struct universe_walk walk;
	for (size_t atom = 0; atom < universe->atoms; atom++) {
		fixed[atom] = outside(certificate, atom);
		for (size_t v = 0; v < universe->views && !fixed[atom]; v++) {
			const struct view *view = universe->view[v];
			universe_walk_start(&walk, universe, view, atom);
			for (size_t cell; view->visible && universe_walk_next(&walk, &cell);)
				fixed[atom] = fixed[atom] || view->value[cell] == 0;
		}
	}
	for (size_t atom = 0; atom < universe->atoms; atom++) {
		double least = -(double)universe->atom[atom];
		certificate->variable[atom] =
			fixed[atom] ? LINEAR_NONE : linear_variable(certificate->program, least, (double)INFINITY, 0, true);
	}
	return 0;
}

static uint64_t cell_cost(const struct universe *universe, const struct view *view, size_t cell)
{
	return universe_weight(universe, view, cell) * universe_size(view->value[cell]);
}

/* The sum of a cell's change, bounded by what an attacker knows and what must stay. */
static size_t add_sum(struct certificate *certificate, const struct view *view, size_t cell)
{
	struct linear *program = certificate->program;
	double value = (double)view->value[cell], high = (double)INFINITY;
	if (view == certificate->target && cell == certificate->cell)
		return linear_sum(program, (double)certificate->step, (double)certificate->step);
	if (view->room[cell].least > view->room[cell].most)
		return linear_sum(program, 0, 0);
	if (view->ceiling != NULL && view->ceiling[cell] < INT64_MAX / 2)
		high = (double)view->ceiling[cell] - value;
	if (!view->visible)
		return linear_sum(program, -value, high);
	if (view->withheld[cell])
		return linear_sum(program, (double)view_floor(view, cell) - value, high);
	double cost = (double)cell_cost(certificate->universe, view, cell);
	size_t sum = linear_sum(program, 0, 0);
	size_t up = linear_variable(program, 0, high, cost, false), down = linear_variable(program, 0, value - (double)view_floor(view, cell), cost, false);
	if (linear_term(program, sum, up, -1) != 0 || linear_term(program, sum, down, 1) != 0)
		return LINEAR_NONE;
	return sum;
}

/* The cells that contain an atom that may change. */
static void mark_cells(const struct certificate *certificate, const struct view *view, bool *touched)
{
	struct universe_walk walk;
	for (size_t atom = 0; atom < certificate->universe->atoms; atom++) {
		if (certificate->variable[atom] == LINEAR_NONE)
			continue;
		universe_walk_start(&walk, certificate->universe, view, atom);
		for (size_t cell; universe_walk_next(&walk, &cell);)
			touched[cell] = true;
	}
}

static int add_sums(struct certificate *certificate, struct error *error)
{
	const struct universe *universe = certificate->universe;
	certificate->sum = arena_take(universe->arena, universe->views, sizeof *certificate->sum, error);
	if (certificate->sum == NULL)
		return -1;
	for (size_t v = 0; v < universe->views; v++) {
		const struct view *view = universe->view[v];
		certificate->sum[v] = arena_take(universe->arena, view->cells, sizeof **certificate->sum, error);
		bool *touched = arena_take(universe->arena, view->cells, sizeof *touched, error);
		if (certificate->sum[v] == NULL || touched == NULL)
			return -1;
		mark_cells(certificate, view, touched);
		for (size_t cell = 0; cell < view->cells; cell++)
			certificate->sum[v][cell] = touched[cell] ? add_sum(certificate, view, cell) : LINEAR_NONE;
	}
	return 0;
}

static int add_terms(struct certificate *certificate)
{
	const struct universe *universe = certificate->universe;
	struct universe_walk walk;
	for (size_t atom = 0; atom < universe->atoms; atom++)
		for (size_t v = 0; v < universe->views && certificate->variable[atom] != LINEAR_NONE; v++) {
			universe_walk_start(&walk, universe, universe->view[v], atom);
			for (size_t cell; universe_walk_next(&walk, &cell);)
				if (certificate->sum[v][cell] != LINEAR_NONE &&
					linear_term(certificate->program, certificate->sum[v][cell], certificate->variable[atom], 1) != 0)
					return -1;
		}
	return 0;
}

/* The atoms' changes, and what they would newly withhold. */
static int read_solution(const struct certificate *certificate, int64_t *change, uint64_t *cost, struct error *error)
{
	const struct universe *universe = certificate->universe;
	for (size_t atom = 0; atom < universe->atoms; atom++)
		change[atom] = certificate->variable[atom] == LINEAR_NONE
			? 0
			: llround(linear_value(certificate->program, certificate->variable[atom]));
	*cost = 0;
	for (size_t v = 0; v < universe->views; v++) {
		const struct view *view = universe->view[v];
		int64_t *moved = universe_changes(universe, view, change, error);
		if (moved == NULL)
			return -1;
		for (size_t cell = 0; cell < view->cells; cell++)
			if (moved[cell] != 0 && view->visible && !view->withheld[cell])
				*cost += cell_cost(universe, view, cell);
	}
	return 0;
}

int certificate_find(const struct universe *universe, const struct view *view, size_t cell, const size_t *start, int64_t step,
	int64_t *change, uint64_t *cost, bool *found, struct error *error)
{
	struct certificate certificate = { .universe = universe, .target = view, .cell = cell, .start = start, .step = step };
	*found = false;
	certificate.program = linear_new();
	if (certificate.program == NULL)
		return error_set(error, EXIT_IO, "out of memory");
	int result = add_atoms(&certificate, error);
	if (result == 0)
		result = add_sums(&certificate, error);
	if (result == 0 && add_terms(&certificate) != 0)
		result = error_set(error, EXIT_IO, "out of memory");
	if (universe->found != NULL)
		universe->found->programs++;
	int status = result == 0 ? linear_solve(certificate.program, ITERATIONS, NODES) : 1;
	if (status == -1)
		result = error_set(error, EXIT_IO, "out of memory");
	if (result == 0 && status == 0) {
		*found = true;
		result = read_solution(&certificate, change, cost, error);
	}
	linear_free(certificate.program);
	return result;
}
