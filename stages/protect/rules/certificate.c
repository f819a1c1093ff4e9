/* Witnesses by linear programming: see certificate.h.

   Variables: what each atom rises and falls, whole numbers; and for each published cell likewise, at the cost of withholding it (per unit of
   change, which stands for the cost of its being withheld at all). Sums: the change of each cell. */
#include "stages/protect/rules/certificate.h"

#include <math.h>

#include "pipeline/maths/linear.h"
#include "stages/protect/rules/found.h"

#define WHOLE_ATOMS 300 /* a larger universe is seen through a window: other atoms keep their counts */
#define WINDOW_CODES 3  /* the largest codes of each dimension that stand in the window, beside the start's */
#define ITERATIONS 20000
#define NODES 400
#define MOVE_COST 1.0   /* of a person in an atom: of tables that withhold as much the one that moves least leaves most to others */

struct certificate {
	const struct universe *universe;
	const struct view *target;
	size_t cell;
	int64_t step;
	const size_t *start; /* codes of an atom of the cell */
	struct linear *program;
	size_t atoms;        /* that may change, in ascending order, and the variable of each */
	size_t *atom, *variable; /* of its rise; that of its fall stands behind it; LINEAR_NONE: memory is out */
};

/* The codes of a dimension that stand in the window: all, or the start's and the largest, in ascending order. `code` has room for them. */
static size_t list_codes(const struct certificate *certificate, size_t d, size_t *code)
{
	const struct universe *universe = certificate->universe;
	size_t count = 0;
	for (size_t c = 0; universe->atoms <= WHOLE_ATOMS && c < universe->codes[d]; c++)
		code[count++] = c;
	for (size_t i = 0; universe->atoms > WHOLE_ATOMS && i <= WINDOW_CODES && i <= universe->codes[d]; i++) {
		size_t own = i == 0 ? certificate->start[d] : universe->by_size[d][i - 1], at = 0;
		while (at < count && code[at] < own)
			at++;
		if (at < count && code[at] == own)
			continue;
		for (size_t k = count++; k > at; k--)
			code[k] = code[k - 1];
		code[at] = own;
	}
	return count;
}

/* The atoms of the window from dimension d on. Those that lie in a printed zero are 0 in every table. */
static void list_atoms(struct certificate *certificate, size_t d, size_t atom)
{
	const struct universe *universe = certificate->universe;
	size_t code[WHOLE_ATOMS];
	if (d == universe->dimensions) {
		if (universe_may_change(universe, atom))
			certificate->atom[certificate->atoms++] = atom;
		return;
	}
	size_t count = list_codes(certificate, d, code);
	for (size_t i = 0; i < count; i++)
		list_atoms(certificate, d + 1, atom * universe->codes[d] + code[i]);
}

static int add_atoms(struct certificate *certificate, struct error *error)
{
	const struct universe *universe = certificate->universe;
	size_t most = 1;
	for (size_t d = 0; d < universe->dimensions; d++)
		most *= WINDOW_CODES + 1;
	most = most > WHOLE_ATOMS ? most : WHOLE_ATOMS;
	certificate->atom = arena_take(universe->arena, most, sizeof *certificate->atom, error);
	certificate->variable = arena_take(universe->arena, most, sizeof *certificate->variable, error);
	if (certificate->atom == NULL || certificate->variable == NULL)
		return -1;
	list_atoms(certificate, 0, 0);
	for (size_t i = 0; i < certificate->atoms; i++) {
		size_t rise = linear_variable(certificate->program, 0, (double)INFINITY, MOVE_COST, true);
		size_t fall = linear_variable(certificate->program, 0, (double)universe->atom[certificate->atom[i]], MOVE_COST, true);
		certificate->variable[i] = fall == LINEAR_NONE ? LINEAR_NONE : rise;
	}
	return 0;
}

static uint64_t cell_cost(const struct universe *universe, const struct view *view, size_t cell)
{
	return universe_weight(universe, view, cell) * universe_size(view->value[cell]);
}

/* The sum of a cell's change, bounded by what an attacker knows and what must stay. */
static size_t add_sum(const struct certificate *certificate, const struct view *view, size_t cell)
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

/* The sums of the cells that contain an atom: view->sum holds the place of each behind 0. */
static void add_sums(const struct certificate *certificate)
{
	const struct universe *universe = certificate->universe;
	for (size_t v = 0; v < universe->views; v++) {
		struct view *view = universe->view[v];
		for (size_t i = 0; i < certificate->atoms; i++)
			view_mark(universe, view, certificate->atom[i]);
		for (size_t cell = view_marked(view, 0); cell < view->cells; cell = view_marked(view, cell + 1))
			view->sum[cell] = (int64_t)(add_sum(certificate, view, cell) + 1); /* none: 0 */
	}
}

/* The atom's rise less its fall. */
static int add_move(const struct certificate *certificate, size_t sum, size_t rise)
{
	return linear_term(certificate->program, sum, rise, 1) != 0 || linear_term(certificate->program, sum, rise + 1, -1) != 0 ? -1 : 0;
}

static int add_terms(const struct certificate *certificate)
{
	const struct universe *universe = certificate->universe;
	struct universe_walk walk;
	for (size_t i = 0; i < certificate->atoms; i++)
		for (size_t v = 0; v < universe->views && certificate->variable[i] != LINEAR_NONE; v++) {
			universe_walk_start(&walk, universe, universe->view[v], certificate->atom[i]);
			for (size_t cell; universe_walk_next(&walk, &cell);)
				if (universe->view[v]->sum[cell] > 0 &&
					add_move(certificate, (size_t)universe->view[v]->sum[cell] - 1, certificate->variable[i]) != 0)
					return -1;
		}
	return 0;
}

static void forget_sums(const struct universe *universe)
{
	for (size_t v = 0; v < universe->views; v++) {
		struct view *view = universe->view[v];
		for (size_t cell = view_marked(view, 0); cell < view->cells; cell = view_marked(view, cell + 1)) {
			view->mark[cell] = false;
			view->sum[cell] = 0;
		}
	}
}

/* What a table would newly withhold. */
struct price {
	const struct universe *universe;
	uint64_t cost;
};

static int add_price(struct view *view, size_t cell, int64_t change, void *context)
{
	struct price *price = context;
	(void)change;
	if (view->visible && !view->withheld[cell])
		price->cost += cell_cost(price->universe, view, cell);
	return 0;
}

/* The atoms' changes, and their cost. */
static int read_solution(const struct certificate *certificate, struct universe_table *table, uint64_t *cost, struct error *error)
{
	const struct universe *universe = certificate->universe;
	struct price price = { .universe = universe };
	*table = (struct universe_table){ .atoms = certificate->atoms, .atom = certificate->atom };
	table->change = arena_take(universe->arena, table->atoms, sizeof *table->change, error);
	if (table->change == NULL)
		return -1;
	for (size_t i = 0; i < table->atoms; i++)
		table->change[i] = certificate->variable[i] == LINEAR_NONE ? 0
			: llround(linear_value(certificate->program, certificate->variable[i]) - linear_value(certificate->program, certificate->variable[i] + 1));
	for (size_t v = 0; v < universe->views; v++)
		(void)universe_meet(universe, universe->view[v], table, add_price, &price);
	*cost = price.cost;
	return 0;
}

int certificate_find(const struct universe *universe, const struct view *view, size_t cell, const size_t *start, int64_t step,
	struct universe_table *table, uint64_t *cost, bool *found, struct error *error)
{
	struct certificate certificate = { .universe = universe, .target = view, .cell = cell, .start = start, .step = step };
	*found = false;
	certificate.program = linear_new();
	if (certificate.program == NULL)
		return error_set(error, EXIT_IO, "out of memory");
	linear_hurry(certificate.program, true);
	int result = add_atoms(&certificate, error);
	if (result == 0) {
		add_sums(&certificate);
		if (add_terms(&certificate) != 0)
			result = error_set(error, EXIT_IO, "out of memory");
		forget_sums(universe);
	}
	if (universe->found != NULL)
		universe->found->programs++;
	int status = result == 0 ? linear_solve(certificate.program, ITERATIONS, 0) : 1;
	if (status == 2) /* it splits persons */
		status = linear_solve(certificate.program, ITERATIONS, NODES);
	if (status == -1)
		result = error_set(error, EXIT_IO, "out of memory");
	if (result == 0 && status == 0) {
		*found = true;
		result = read_solution(&certificate, table, cost, error);
	}
	linear_free(certificate.program);
	return result;
}
