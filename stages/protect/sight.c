/* A window and its program: see sight.h. */
#include "stages/protect/sight.h"

#define NEAR 8 /* a window serves a row when the nearest of its atoms, one in so many, lie in it */

const size_t sight_atoms[SIGHT_SIZES] = { 400, 1200, 4000 };

struct sight *sight_new(const struct system *system, size_t most, struct error *error)
{
	struct arena *arena = system->arena;
	struct sight *sight = arena_take(arena, 1, sizeof *sight, error);
	size_t atoms = system->atoms < most ? system->atoms : most;
	if (sight == NULL)
		return NULL;
	sight->system = system;
	sight->most = most;
	sight->window = window_new(system, error);
	sight->probe = window_new(system, error);
	sight->atom = arena_take(arena, atoms, sizeof *sight->atom, error);
	sight->move = arena_take(arena, system->rows, sizeof *sight->move, error);
	sight->sum = arena_take(arena, system->rows, sizeof *sight->sum, error);
	return sight->window == NULL || sight->probe == NULL || sight->atom == NULL || sight->move == NULL || sight->sum == NULL ? NULL : sight;
}

bool sight_has_move(const struct row *row)
{
	return row->kind == ROW_CELL || (row->kind == ROW_HIDDEN && row->up > 0);
}

static int add_move(struct linear *program, bool whole, bool rewarded, struct move *move)
{
	move->rise = linear_variable(program, 0, 0, 0, whole);
	move->more = rewarded ? linear_variable(program, 0, 0, 0, whole) : LINEAR_NONE;
	move->fall = linear_variable(program, 0, 0, 0, whole);
	return move->rise == LINEAR_NONE || (rewarded && move->more == LINEAR_NONE) || move->fall == LINEAR_NONE ? -1 : 0;
}

static int add_terms(struct linear *program, size_t sum, const struct move *move, double sign)
{
	if (move->more != LINEAR_NONE && linear_term(program, sum, move->more, sign) != 0)
		return -1;
	return linear_term(program, sum, move->rise, sign) != 0 || linear_term(program, sum, move->fall, -sign) != 0 ? -1 : 0;
}

/* Whether the row is an atom's own: the atom's move is the row's. */
static bool is_single(const struct system *system, size_t r)
{
	size_t first = system->first[r];
	return system->first[r + 1] - first == 1 && system->single[system->term[first].index] == r;
}

static int add_row(struct sight *sight, size_t place)
{
	const struct system *system = sight->system;
	size_t r = sight->window->row[place];
	sight->sum[place] = LINEAR_NONE;
	if (is_single(system, r))
		return 0;
	size_t sum = sight->sum[place] = linear_sum(sight->program, 0, 0);
	if (sum == LINEAR_NONE)
		return -1;
	for (size_t t = system->first[r]; t < system->first[r + 1]; t++) {
		uint32_t at = sight->window->atom_place[system->term[t].index];
		if (at > 0 && add_terms(sight->program, sum, &sight->atom[at - 1], system->term[t].sign) != 0)
			return -1;
	}
	if (!sight_has_move(&system->row[r]))
		return 0;
	/* sums of whole numbers are whole */
	return add_move(sight->program, false, system->row[r].up > 0, &sight->move[place]) != 0 ? -1
		: add_terms(sight->program, sum, &sight->move[place], -1);
}

static int build(struct sight *sight)
{
	const struct system *system = sight->system;
	linear_free(sight->program);
	sight->program = linear_new();
	if (sight->program == NULL)
		return -1;
	linear_hurry(sight->program, system->dear > 0); /* tables of a run change more in bounds than in costs */
	for (size_t i = 0; i < sight->window->atoms; i++) {
		size_t single = system->single[sight->window->atom[i]];
		if (add_move(sight->program, true, single != SYSTEM_NONE && system->row[single].up > 0, &sight->atom[i]) != 0)
			return -1;
	}
	for (size_t i = 0; i < sight->window->rows; i++)
		if (add_row(sight, i) != 0)
			return -1;
	return 0;
}

/* Whether the atoms nearest to the row lie in the window at hand. */
static bool at_hand(struct sight *sight, size_t row, bool free_only)
{
	bool whole, inside = sight->program != NULL && sight->window->free_only == free_only;
	if (inside)
		window_find(sight->probe, row, sight->most / NEAR, free_only, &whole);
	for (size_t i = 0; inside && i < sight->probe->atoms; i++)
		inside = sight->window->atom_place[sight->probe->atom[i]] > 0;
	return inside;
}

int sight_turn(struct sight *sight, size_t row, bool free_only, struct error *error)
{
	if (at_hand(sight, row, free_only))
		return 0;
	window_find(sight->window, row, sight->most, free_only, &sight->whole);
	return build(sight) == 0 ? 0 : error_set(error, EXIT_IO, "out of memory");
}

void sight_end(struct sight *sight)
{
	linear_free(sight->program);
	sight->program = NULL;
}
