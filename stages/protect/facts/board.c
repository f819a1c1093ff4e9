/* Shifts on the grids of a part: see board.h. */
#include "stages/protect/facts/board.h"

int board_begin(struct board *board, const struct grids *grids, const struct parts *parts, size_t number, const struct system *system,
	struct error *error)
{
	*board = (struct board){ .grids = grids, .parts = parts, .part = number, .system = system };
	size_t atoms = parts->system->atoms;
	board->own = arena_take(system->arena, atoms + 1, sizeof *board->own, error);
	if (board->own == NULL)
		return -1;
	board->own[0] = GRID_NONE;
	for (size_t a = 0; a < atoms; a++)
		board->own[a + 1] = parts->of[a] == number ? parts->place[a] : GRID_NONE;
	return trial_begin(&board->trial, system, error);
}

const struct grid_place *board_places(const struct board *board, uint32_t atom, size_t *count)
{
	const struct grids *grids = board->grids;
	size_t whole = board->parts->atom[board->parts->first_atom[board->part] + atom];
	*count = grids->first[whole + 1] - grids->first[whole];
	return grids->place + grids->first[whole];
}

bool board_turn(const struct board *board, struct shift *shift, size_t d, size_t from, size_t to)
{
	const struct grid *grid = shift->grid;
	size_t cells = 1U << d;
	int64_t sign = from == grid->total[d] || to == grid->total[d] ? 1 : -1;
	for (size_t i = 0; i < cells; i++) {
		size_t at = cells + i;
		shift->cell[at] = (uint32_t)(shift->cell[i] + to * grid->step[d] - from * grid->step[d]);
		shift->atom[at] = board_atom(board, grid, shift->cell[at]);
		shift->by[at] = sign * shift->by[i];
		if (shift->atom[at] == GRID_NONE || !trial_has_room(&board->trial, shift->atom[at], shift->by[at]))
			return false;
		for (size_t k = 0; k < at; k++)
			if (shift->atom[k] == shift->atom[at] && shift->by[k] != shift->by[at])
				return false;
	}
	shift->cells = 2 * cells;
	return true;
}

void board_move(struct board *board, const struct shift *shift, size_t first)
{
	for (size_t i = first; i < shift->cells; i++) {
		bool twice = false; /* two cells of one set */
		for (size_t k = 0; k < i && !twice; k++)
			twice = shift->atom[k] == shift->atom[i];
		if (!twice)
			trial_move(&board->trial, shift->atom[i], shift->by[i]);
	}
}

bool board_undoes(const struct board *board, uint32_t atom, int64_t by)
{
	const struct system *system = board->system;
	const struct trial *trial = &board->trial;
	if (trial->moved[atom] * by < 0)
		return true;
	size_t row = trial->wished;
	for (size_t t = system->first[row]; t < system->first[row + 1]; t++)
		if (system->term[t].index == atom && system->term[t].sign * by * trial->wanted < 0)
			return true;
	return false;
}
