/* Universes and their views: building and summing; see universe.h. The search for witnesses is in witness.c. */
#include "stages/protect/universe.h"

#include <string.h>

#include "stages/protect/witness.h"

struct universe *universe_new(size_t dimensions, const size_t *codes, struct arena *arena, struct error *error)
{
	struct universe *universe = arena_take(arena, 1, sizeof *universe, error);
	if (universe == NULL)
		return NULL;
	universe->arena = arena;
	universe->dimensions = dimensions;
	universe->atoms = 1;
	for (size_t d = 0; d < dimensions; d++) {
		universe->codes[d] = codes[d];
		universe->atoms *= codes[d];
	}
	universe->atom = arena_take(arena, universe->atoms, sizeof *universe->atom, error);
	return universe->atom == NULL ? NULL : universe;
}

size_t universe_atom(const struct universe *universe, const size_t *code)
{
	size_t index = 0;
	for (size_t d = 0; d < universe->dimensions; d++)
		index = index * universe->codes[d] + code[d];
	return index;
}

static int new_dimension(struct view_dimension *dimension, size_t codes, size_t atom_codes, struct arena *arena,
	struct error *error)
{
	dimension->codes = codes;
	dimension->holds = arena_take(arena, codes * atom_codes, sizeof *dimension->holds, error);
	dimension->weight = arena_take(arena, codes, sizeof *dimension->weight, error);
	dimension->with = arena_take(arena, atom_codes, sizeof *dimension->with, error);
	dimension->with_count = arena_take(arena, atom_codes, sizeof *dimension->with_count, error);
	if (dimension->holds == NULL || dimension->weight == NULL || dimension->with == NULL ||
		dimension->with_count == NULL)
		return -1;
	for (size_t c = 0; c < codes; c++)
		dimension->weight[c] = 1;
	return 0;
}

struct view *universe_view(struct universe *universe, const size_t *codes, bool visible, struct error *error)
{
	if (universe->views == UNIVERSE_VIEWS) {
		(void)error_set(error, EXIT_BUG, "a universe holds at most %d views", UNIVERSE_VIEWS);
		return NULL;
	}
	struct arena *arena = universe->arena;
	struct view *view = arena_take(arena, 1, sizeof *view, error);
	if (view == NULL)
		return NULL;
	view->visible = visible;
	view->cells = 1;
	for (size_t d = 0; d < universe->dimensions; d++) {
		view->cells *= codes[d];
		if (new_dimension(&view->dimension[d], codes[d], universe->codes[d], arena, error) != 0)
			return NULL;
	}
	view->value = arena_take(arena, view->cells, sizeof *view->value, error);
	view->withheld = arena_take(arena, view->cells, sizeof *view->withheld, error);
	view->target = arena_take(arena, view->cells, sizeof *view->target, error);
	view->target_down = arena_take(arena, view->cells, sizeof *view->target_down, error);
	view->raised = arena_take(arena, view->cells, sizeof *view->raised, error);
	view->lowered = arena_take(arena, view->cells, sizeof *view->lowered, error);
	if (view->value == NULL || view->withheld == NULL || view->target == NULL || view->target_down == NULL ||
		view->raised == NULL || view->lowered == NULL)
		return NULL;
	universe->view[universe->views++] = view;
	return view;
}

void view_holds(const struct universe *universe, struct view *view, size_t d, size_t c, size_t atom_code)
{
	view->dimension[d].holds[c * universe->codes[d] + atom_code] = true;
}

void view_holds_all(const struct universe *universe, struct view *view, size_t d, size_t c, unsigned weight)
{
	for (size_t a = 0; a < universe->codes[d]; a++)
		view_holds(universe, view, d, c, a);
	view->dimension[d].weight[c] = weight;
}

size_t view_cell(const struct universe *universe, const struct view *view, const size_t *code)
{
	size_t index = 0;
	for (size_t d = 0; d < universe->dimensions; d++)
		index = index * view->dimension[d].codes + code[d];
	return index;
}

/* For each atom code, the cell codes that contain it. */
static int list_codes(const struct universe *universe, struct view *view, struct error *error)
{
	for (size_t d = 0; d < universe->dimensions; d++) {
		struct view_dimension *dimension = &view->dimension[d];
		for (size_t a = 0; a < universe->codes[d]; a++) {
			dimension->with[a] = arena_take(universe->arena, dimension->codes, sizeof **dimension->with, error);
			if (dimension->with[a] == NULL)
				return -1;
			dimension->with_count[a] = 0;
			for (size_t c = 0; c < dimension->codes; c++)
				if (dimension->holds[c * universe->codes[d] + a])
					dimension->with[a][dimension->with_count[a]++] = c;
		}
	}
	return 0;
}

/* Adds `amount` to every cell of the view that contains the atom. */
static void add_atom(const struct universe *universe, struct view *view, const size_t *atom, int64_t amount)
{
	size_t turn[UNIVERSE_DIMENSIONS] = { 0 }, code[UNIVERSE_DIMENSIONS];
	for (size_t d = 0; d < universe->dimensions; d++)
		if (view->dimension[d].with_count[atom[d]] == 0)
			return;
	for (;;) {
		for (size_t d = 0; d < universe->dimensions; d++)
			code[d] = view->dimension[d].with[atom[d]][turn[d]];
		view->value[view_cell(universe, view, code)] += amount;
		size_t d = universe->dimensions;
		while (d > 0 && ++turn[d - 1] == view->dimension[d - 1].with_count[atom[d - 1]])
			turn[--d] = 0;
		if (d == 0)
			return;
	}
}

int universe_sum(struct universe *universe, struct error *error)
{
	for (size_t v = 0; v < universe->views; v++)
		if (list_codes(universe, universe->view[v], error) != 0)
			return -1;
	size_t code[UNIVERSE_DIMENSIONS];
	for (size_t index = 0; index < universe->atoms; index++) {
		if (universe->atom[index] == 0)
			continue;
		size_t rest = index;
		for (size_t d = universe->dimensions; d > 0; d--) {
			code[d - 1] = rest % universe->codes[d - 1];
			rest /= universe->codes[d - 1];
		}
		for (size_t v = 0; v < universe->views; v++)
			if (!universe->view[v]->given)
				add_atom(universe, universe->view[v], code, universe->atom[index]);
	}
	return 0;
}

int universe_protect(struct universe *universe, int64_t minimum, struct error *error)
{
	return universe_sum(universe, error) == 0 ? witness_all(universe, minimum, minimum - 1, error) : -1;
}

int universe_protect_amounts(struct universe *universe, struct error *error)
{
	return universe_sum(universe, error) == 0 ? witness_all(universe, 0, 1, error) : -1;
}
