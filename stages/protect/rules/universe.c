/* Universes and their views: building and summing: see universe.h. */
#include "stages/protect/rules/universe.h"

#include <string.h>

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
	dimension->atoms = arena_take(arena, codes, sizeof *dimension->atoms, error);
	dimension->atom_count = arena_take(arena, codes, sizeof *dimension->atom_count, error);
	if (dimension->holds == NULL || dimension->weight == NULL || dimension->with == NULL ||
		dimension->with_count == NULL || dimension->atoms == NULL || dimension->atom_count == NULL)
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
	view->span = arena_take(arena, view->cells, sizeof *view->span, error);
	view->lacking = arena_take(arena, view->cells, sizeof *view->lacking, error);
	view->known = arena_take(arena, view->cells, sizeof *view->known, error);
	view->raised = arena_take(arena, view->cells, sizeof *view->raised, error);
	view->lowered = arena_take(arena, view->cells, sizeof *view->lowered, error);
	view->floor = arena_take(arena, view->cells, sizeof *view->floor, error);
	if (view->value == NULL || view->withheld == NULL || view->target == NULL || view->target_down == NULL || view->span == NULL ||
		view->raised == NULL || view->lowered == NULL || view->floor == NULL || view->lacking == NULL || view->known == NULL)
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

/* Lists the members of each set: `member` of `sets` × `members`, or of `members` × `sets` when it is turned. */
static int list_members(const bool *holds, size_t sets, size_t members, bool turned, size_t **list, size_t *count, struct arena *arena,
	struct error *error)
{
	for (size_t s = 0; s < sets; s++) {
		count[s] = 0;
		for (size_t m = 0; m < members; m++)
			count[s] += turned ? holds[m * sets + s] : holds[s * members + m];
		list[s] = arena_take(arena, count[s], sizeof **list, error);
		if (list[s] == NULL)
			return -1;
		for (size_t m = 0, at = 0; m < members; m++)
			if (turned ? holds[m * sets + s] : holds[s * members + m])
				list[s][at++] = m;
	}
	return 0;
}

/* For each atom code, the cell codes that contain it; and the other way. */
static int list_codes(const struct universe *universe, struct view *view, struct error *error)
{
	for (size_t d = 0; d < universe->dimensions; d++) {
		struct view_dimension *dimension = &view->dimension[d];
		if (list_members(dimension->holds, universe->codes[d], dimension->codes, true, dimension->with, dimension->with_count,
			    universe->arena, error) != 0 ||
			list_members(dimension->holds, dimension->codes, universe->codes[d], false, dimension->atoms, dimension->atom_count,
				universe->arena, error) != 0)
			return -1;
	}
	return 0;
}

/* Finds the cell at hand again from dimension d on. */
static void settle(struct universe_walk *walk, size_t d)
{
	for (; d < walk->universe->dimensions; d++) {
		const struct view_dimension *dimension = &walk->view->dimension[d];
		walk->cell[d + 1] = walk->cell[d] * dimension->codes + dimension->with[walk->atom[d]][walk->turn[d]];
	}
}

void universe_walk_start(struct universe_walk *walk, const struct universe *universe, const struct view *view, size_t atom)
{
	*walk = (struct universe_walk){ .universe = universe, .view = view };
	for (size_t d = universe->dimensions; d > 0; d--) {
		walk->atom[d - 1] = atom % universe->codes[d - 1];
		atom /= universe->codes[d - 1];
	}
	for (size_t d = 0; d < universe->dimensions; d++)
		walk->done = walk->done || view->dimension[d].with_count[walk->atom[d]] == 0;
	if (!walk->done)
		settle(walk, 0);
}

bool universe_walk_next(struct universe_walk *walk, size_t *cell)
{
	size_t d = walk->universe->dimensions;
	if (walk->done)
		return false;
	*cell = walk->cell[d];
	while (d > 0 && ++walk->turn[d - 1] == walk->view->dimension[d - 1].with_count[walk->atom[d - 1]])
		walk->turn[--d] = 0;
	walk->done = d == 0;
	if (d > 0)
		settle(walk, d - 1);
	return true;
}

/* Adds changes of atoms to the cells that contain them. */
static void add_up(const struct universe *universe, const struct view *view, const int64_t *atoms, int64_t *cells)
{
	struct universe_walk walk;
	for (size_t atom = 0; atom < universe->atoms; atom++) {
		if (atoms[atom] == 0)
			continue;
		universe_walk_start(&walk, universe, view, atom);
		for (size_t cell; universe_walk_next(&walk, &cell);)
			cells[cell] += atoms[atom];
	}
}

void view_mark(const struct universe *universe, struct view *view, size_t atom)
{
	struct universe_walk walk;
	universe_walk_start(&walk, universe, view, atom);
	for (size_t cell; universe_walk_next(&walk, &cell);)
		view->mark[cell] = true;
}

size_t view_marked(const struct view *view, size_t from)
{
	const bool *marked = from < view->cells ? memchr(view->mark + from, true, view->cells - from) : NULL;
	return marked == NULL ? view->cells : (size_t)(marked - view->mark);
}

int universe_meet(const struct universe *universe, struct view *view, const struct universe_table *table,
	int (*meet)(struct view *view, size_t cell, int64_t change, void *context), void *context)
{
	struct universe_walk walk;
	int result = 0;
	for (size_t i = 0; i < table->atoms; i++) {
		if (table->change[i] == 0)
			continue;
		universe_walk_start(&walk, universe, view, table->atom[i]);
		for (size_t cell; universe_walk_next(&walk, &cell);) {
			view->sum[cell] += table->change[i];
			view->mark[cell] = true;
		}
	}
	for (size_t cell = view_marked(view, 0); cell < view->cells; cell = view_marked(view, cell + 1)) {
		int64_t change = view->sum[cell];
		view->sum[cell] = 0;
		view->mark[cell] = false;
		if (result == 0 && change != 0)
			result = meet(view, cell, change, context);
	}
	return result;
}

void view_codes(const struct universe *universe, const struct view *view, size_t cell, size_t *code)
{
	for (size_t d = universe->dimensions; d > 0; d--) {
		code[d - 1] = cell % view->dimension[d - 1].codes;
		cell /= view->dimension[d - 1].codes;
	}
}

bool view_is_fixed(const struct view *view, size_t cell)
{
	return view->known[cell] || (view->frozen && !view->withheld[cell]);
}

int64_t view_floor(const struct view *view, size_t cell)
{
	return view->floor[cell] > 1 ? view->floor[cell] : 1;
}

uint64_t universe_weight(const struct universe *universe, const struct view *view, size_t cell)
{
	size_t code[UNIVERSE_DIMENSIONS];
	uint64_t weight = 1;
	view_codes(universe, view, cell, code);
	for (size_t d = 0; d < universe->dimensions; d++)
		weight *= view->dimension[d].weight[code[d]];
	return weight;
}

uint64_t universe_size(int64_t value)
{
	uint64_t bits = 1;
	for (; value > 1; value /= 2)
		bits++;
	return bits;
}

/* A printed zero stays 0, another printed count at least its floor, a difference at least 0, a part at most its whole. */
static struct view_room room_of(const struct universe *universe, const struct view *view, size_t cell)
{
	int64_t value = view->value[cell];
	struct view_room room = { .least = view->visible ? view_floor(view, cell) - value : -value, .most = INT64_MAX };
	if (view->ceiling != NULL)
		room.most = view->ceiling[cell] - value;
	if ((view->visible && value == 0) || view_is_fixed(view, cell))
		room = (struct view_room){ .least = INT64_MAX, .most = INT64_MIN };
	if (view->visible && !view->withheld[cell])
		room.price = universe_weight(universe, view, cell) * universe_size(value);
	room.price += view->visible && value > 0 ? view->toll : 0;
	return room;
}

static void set_steps(const struct universe *universe, struct view *view)
{
	size_t step = 1;
	for (size_t d = universe->dimensions; d-- > 0; step *= view->dimension[d].codes)
		view->dimension[d].step = step;
}

static int begin_sides(struct universe *universe, struct error *error)
{
	for (size_t d = 0; d < universe->dimensions; d++) {
		universe->side[d] = arena_take(universe->arena, universe->codes[d] * universe->codes[d], sizeof(struct view_side *), error);
		if (universe->side[d] == NULL)
			return -1;
	}
	return 0;
}

/* Adds the cell codes that contain `in` and, when the two differ, not `without`. */
static void list_side(struct view_side *side, const struct universe *universe, const struct view *view, size_t d, size_t in, size_t without,
	bool loses)
{
	const struct view_dimension *dimension = &view->dimension[d];
	for (size_t i = 0; i < dimension->with_count[in]; i++) {
		size_t c = dimension->with[in][i];
		if (in == without || !dimension->holds[c * universe->codes[d] + without])
			side->code[side->count++] = (struct side_code){ c * dimension->step, loses };
	}
}

static struct view_side *make_sides(const struct universe *universe, size_t d, size_t from, size_t to, struct error *error)
{
	struct view_side *sides = arena_take(universe->arena, universe->views, sizeof *sides, error);
	for (size_t v = 0; v < universe->views && sides != NULL; v++) {
		const struct view *view = universe->view[v];
		size_t most = view->dimension[d].with_count[from] + view->dimension[d].with_count[to];
		sides[v].code = arena_take(universe->arena, most, sizeof *sides[v].code, error);
		if (sides[v].code == NULL)
			return NULL;
		list_side(&sides[v], universe, view, d, from, to, false);
		if (from != to)
			list_side(&sides[v], universe, view, d, to, from, true);
	}
	return sides;
}

const struct view_side *universe_sides(const struct universe *universe, size_t d, size_t from, size_t to, struct error *error)
{
	struct view_side **place = &universe->side[d][from * universe->codes[d] + to];
	if (*place == NULL)
		*place = make_sides(universe, d, from, to, error);
	return *place;
}

int universe_rooms(struct universe *universe, struct error *error)
{
	universe->may_change = arena_take(universe->arena, universe->atoms, sizeof *universe->may_change, error);
	if (universe->may_change == NULL || begin_sides(universe, error) != 0)
		return -1;
	for (size_t v = 0; v < universe->views; v++) {
		struct view *view = universe->view[v];
		view->base = v == 0 ? 0 : universe->view[v - 1]->base + universe->view[v - 1]->cells;
		set_steps(universe, view);
		view->room = arena_take(universe->arena, view->cells, sizeof *view->room, error);
		view->mark = arena_take(universe->arena, view->cells, sizeof *view->mark, error);
		view->sum = arena_take(universe->arena, view->cells, sizeof *view->sum, error);
		if (view->room == NULL || view->mark == NULL || view->sum == NULL)
			return -1;
		for (size_t cell = 0; cell < view->cells; cell++)
			view->room[cell] = room_of(universe, view, cell);
	}
	return 0;
}

void view_hold(const struct universe *universe, struct view *view, size_t cell, bool held)
{
	view->room[cell] = held ? (struct view_room){ .least = INT64_MAX, .most = INT64_MIN } : room_of(universe, view, cell);
}

void view_withhold(const struct universe *universe, struct view *view, size_t cell)
{
	for (struct view *each = view; each != NULL; each = each == view ? view->twin : NULL) {
		if (each->withheld[cell])
			continue;
		each->withheld[cell] = true;
		each->room[cell] = room_of(universe, each, cell);
	}
}

static bool in_printed_zero(const struct universe *universe, size_t atom)
{
	struct universe_walk walk;
	for (size_t v = 0; v < universe->views; v++) {
		if (!universe->view[v]->visible)
			continue;
		universe_walk_start(&walk, universe, universe->view[v], atom);
		for (size_t cell; universe_walk_next(&walk, &cell);)
			if (universe->view[v]->value[cell] == 0)
				return true;
	}
	return false;
}

bool universe_may_change(const struct universe *universe, size_t atom)
{
	unsigned char *freedom = &universe->may_change[atom];
	if (*freedom == FREEDOM_UNASKED)
		*freedom = in_printed_zero(universe, atom) ? FREEDOM_NONE : FREEDOM_SOME;
	return *freedom == FREEDOM_SOME;
}

int universe_sum(struct universe *universe, struct error *error)
{
	for (size_t v = 0; v < universe->views; v++)
		if (list_codes(universe, universe->view[v], error) != 0)
			return -1;
	for (size_t v = 0; v < universe->views; v++)
		if (!universe->view[v]->given)
			add_up(universe, universe->view[v], universe->atom, universe->view[v]->value);
	return 0;
}
