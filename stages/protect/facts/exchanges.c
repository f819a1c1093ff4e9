/* Exchanges between two areas: see exchanges.h. */
#include "stages/protect/facts/exchanges.h"

#include <stdlib.h>
#include <string.h>

#define MENDED 40 /* a row of more atoms is not mended: too many ways */
#define SHIFT_EFFORT 20 /* of placing a shift: engine_finder.effort */
#define FALLS 4   /* of how many persons a cell can give it is noted up to so many */
#define KINDS (FALLS + 1)

struct exchanges {
	struct board *board;
	size_t words;      /* of 64 areas each */
	size_t *line;      /* of each grid: its first line, which is the cells of all areas for one code in each other dimension */
	uint64_t *partner; /* of each line and kind: the areas but the total whose cell could fall by 1 … FALLS persons, or rise */
	uint32_t *fresh;   /* of each line: when this was found … */
	uint32_t turn;     /* … if that is still true */
	uint64_t *likely;  /* of each number of shifts placed: the areas where all of them could be taken back */
	const struct shift *placed[SHIFTS]; /* in one area, each but the first mending what those before it break */
	size_t places;
	size_t axis, area; /* theirs */
};

static size_t wide_code(const struct grid *grid, size_t cell)
{
	return cell % grid->codes[grid->dimensions - 1];
}

static bool is_total(const struct grid *grid, size_t cell)
{
	return wide_code(grid, cell) == grid->total[grid->dimensions - 1];
}

/* The area of an atom in the first grid where it stands, with the axis; GRID_NONE when it stands in none. */
static uint64_t area_of(const struct board *board, uint32_t atom)
{
	size_t count;
	const struct grid_place *place = board_places(board, atom, &count);
	if (count == 0)
		return GRID_NONE;
	const struct grid *grid = &board->grids->grid[place->grid];
	uint32_t number = grid->number[wide_code(grid, place->cell)];
	return number == GRID_NONE ? GRID_NONE : (uint64_t)grid->axis << 32 | number;
}

static int find_areas(struct board *board, struct error *error)
{
	const struct system *system = board->system;
	uint64_t *area = arena_take(system->arena, system->atoms, sizeof *area, error);
	if (area == NULL)
		return -1;
	for (size_t a = 0; a < system->atoms; a++)
		area[a] = area_of(board, (uint32_t)a);
	for (size_t r = 0; r < system->rows; r++)
		for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
			board->trial.across[r] = board->trial.across[r] || area[system->term[t].index] == GRID_NONE ||
				area[system->term[t].index] != area[system->term[system->first[r]].index];
	return 0;
}

struct exchanges *exchanges_new(struct board *board, struct error *error)
{
	struct arena *arena = board->system->arena;
	const struct grids *grids = board->grids;
	struct exchanges *exchanges = arena_take(arena, 1, sizeof *exchanges, error);
	if (exchanges == NULL)
		return NULL;
	*exchanges = (struct exchanges){ .board = board, .turn = 1 };
	exchanges->line = arena_take(arena, grids->count, sizeof *exchanges->line, error);
	if (exchanges->line == NULL)
		return NULL;
	size_t lines = 0, areas = 0;
	for (size_t g = 0; g < grids->count; g++) {
		const struct grid *grid = &grids->grid[g];
		size_t wide = grid->codes[grid->dimensions - 1];
		exchanges->line[g] = lines;
		lines += grid->step[0] * grid->codes[0] / wide;
		for (size_t code = 0; code < wide; code++)
			areas = grid->number[code] != GRID_NONE && grid->number[code] >= areas ? grid->number[code] + 1 : areas;
	}
	exchanges->words = (areas + 63) / 64;
	exchanges->partner = arena_take(arena, lines * KINDS * exchanges->words, sizeof *exchanges->partner, error);
	exchanges->fresh = arena_take(arena, lines, sizeof *exchanges->fresh, error);
	exchanges->likely = arena_take(arena, (SHIFTS + 1) * exchanges->words, sizeof *exchanges->likely, error);
	return exchanges->partner == NULL || exchanges->fresh == NULL || exchanges->likely == NULL || find_areas(board, error) != 0 ? NULL : exchanges;
}

void exchanges_forget(struct exchanges *exchanges)
{
	exchanges->turn++;
}

/* Where the cell could be moved so on the line of a cell. */
static const uint64_t *find_partners(struct exchanges *exchanges, const struct grid *grid, size_t cell, int64_t by)
{
	size_t wide = grid->codes[grid->dimensions - 1], words = exchanges->words;
	size_t line = exchanges->line[grid - exchanges->board->grids->grid] + cell / wide;
	uint64_t *partner = exchanges->partner + line * KINDS * words;
	size_t kind = by > 0 ? FALLS : by < -FALLS ? FALLS - 1 : (size_t)(-by) - 1;
	if (exchanges->fresh[line] == exchanges->turn)
		return partner + kind * words;
	memset(partner, 0, KINDS * words * sizeof *partner);
	for (size_t code = 0; code < wide; code++) {
		size_t at = cell - cell % wide + code, area = grid->number[code];
		uint32_t atom = area == GRID_NONE || is_total(grid, at) ? GRID_NONE : board_atom(exchanges->board, grid, at);
		const struct trial_room *room = atom == GRID_NONE ? NULL : &exchanges->board->trial.room[atom];
		if (room == NULL || room->least > room->most)
			continue;
		uint64_t bit = UINT64_C(1) << area % 64;
		for (int32_t fall = 1; fall <= FALLS; fall++)
			partner[(size_t)(fall - 1) * words + area / 64] |= room->least <= -fall ? bit : 0;
		partner[FALLS * words + area / 64] |= room->most > 0 ? bit : 0;
	}
	exchanges->fresh[line] = exchanges->turn;
	return partner + kind * words;
}

/* Leaves of the likely areas those in which this shift could be taken back, too; false when there is none. */
static bool stays_likely(struct exchanges *exchanges, const struct shift *shift)
{
	size_t words = exchanges->words;
	const uint64_t *before = exchanges->likely + exchanges->places * words;
	uint64_t *after = exchanges->likely + (exchanges->places + 1) * words, any = 0;
	memcpy(after, before, words * sizeof *after);
	if (exchanges->places == 0)
		memset(after, 0xff, words * sizeof *after);
	for (size_t i = 0; i < shift->cells; i++) {
		int64_t by = is_total(shift->grid, shift->cell[i]) ? shift->by[i] : -shift->by[i];
		const uint64_t *partner = find_partners(exchanges, shift->grid, shift->cell[i], by);
		for (size_t w = 0; w < words; w++)
			after[w] &= partner[w];
	}
	if (exchanges->area != GRID_NONE)
		after[exchanges->area / 64] &= ~(UINT64_C(1) << exchanges->area % 64);
	for (size_t w = 0; w < words; w++)
		any |= after[w];
	return any != 0;
}

/* Takes a placed shift back in another area; false where a cell there may not move so. */
static bool take_back(struct exchanges *exchanges, const struct shift *shift, size_t area)
{
	struct board *board = exchanges->board;
	const struct grid *grid = shift->grid;
	struct shift whole = *shift;
	size_t wide = grid->dimensions - 1;
	uint32_t code = grid->code[area];
	if (code == GRID_NONE || board->trial.changes + shift->cells > TRIAL_CHANGES || !board_turn(board, &whole, wide, wide_code(grid, shift->cell[0]), code))
		return false;
	board_move(board, &whole, shift->cells);
	return true;
}

/* Takes all placed shifts back in another area, one after the other, until that makes the table at hand what is looked for. */
static bool find_partner(struct exchanges *exchanges)
{
	struct trial *trial = &exchanges->board->trial;
	const uint64_t *likely = exchanges->likely + exchanges->places * exchanges->words;
	size_t areas = 64 * exchanges->words, before = trial->changes;
	for (size_t i = 1; i < areas && trial->left > 0; i++) {
		size_t area = (exchanges->area + i) % areas; /* those behind it first, so that not all lean on the same few */
		if ((likely[area / 64] >> area % 64 & 1) == 0)
			continue;
		bool back = true;
		for (size_t k = 0; k < exchanges->places && back; k++)
			back = take_back(exchanges, exchanges->placed[k], area);
		if (trial_check(trial) && back)
			return true;
		trial_take_back(trial, before);
	}
	return false;
}

/* Shifts that move one of the row's atoms by the amount or against it, so that the row moves. */
static bool mend_by(struct exchanges *exchanges, unsigned more, size_t row, int64_t amount)
{
	const struct board *board = exchanges->board;
	const struct system *system = board->system;
	for (size_t t = system->first[row]; t < system->first[row + 1] && board->trial.left > 0; t++) {
		int64_t by = system->term[t].sign * amount;
		if (llabs(system->term[t].sign) == 1 && !board_undoes(board, system->term[t].index, by) && exchanges_find(exchanges, more, system->term[t].index, by))
			return true;
	}
	return false;
}

/* How far the latest of the placed shifts that moves the row the way that breaks it moves one of its atoms; 0 when none does. */
static int64_t find_cause(const struct exchanges *exchanges, const struct trial_breach *breach)
{
	const struct system *system = exchanges->board->system;
	for (size_t i = exchanges->places; i-- > 0;) {
		const struct shift *shift = exchanges->placed[i];
		for (size_t t = system->first[breach->row]; t < system->first[breach->row + 1]; t++)
			for (size_t k = 0; k < shift->cells; k++)
				if (shift->atom[k] == system->term[t].index && system->term[t].sign * shift->by[k] * breach->by < 0)
					return llabs(shift->by[k]);
	}
	return 0;
}

static bool mend(struct exchanges *exchanges, unsigned more)
{
	const struct board *board = exchanges->board;
	const struct trial_breach breach = trial_first_breach(&board->trial, true);
	if (board->system->first[breach.row + 1] - board->system->first[breach.row] > MENDED)
		return false;
	int64_t lacks = llabs(breach.by), sign = breach.by > 0 ? 1 : -1, amount = find_cause(exchanges, &breach);
	return (amount > lacks && board->system->row[breach.row].kind != ROW_KNOWN && mend_by(exchanges, more, breach.row, sign * amount)) ||
		mend_by(exchanges, more, breach.row, sign * lacks);
}

/* A shift that is complete but for the other area: is all well in this one, or can others mend it? */
static bool try_shift(struct exchanges *exchanges, unsigned more, const struct shift *shift)
{
	struct trial *trial = &exchanges->board->trial;
	size_t before = trial->changes;
	if (exchanges->places == SHIFTS || before + shift->cells > TRIAL_CHANGES || !stays_likely(exchanges, shift))
		return false;
	board_move(exchanges->board, shift, 0);
	exchanges->placed[exchanges->places++] = shift;
	trial->left--;
	trial->effort += SHIFT_EFFORT;
	bool found = trial->stirred == 0 && trial->left > 0 && (trial->local == 0 ? find_partner(exchanges) : more > 0 && mend(exchanges, more - 1));
	exchanges->places--;
	if (!found)
		trial_take_back(trial, before);
	return found;
}

/* Every way to turn the dimensions from d on, all but the last, until a table is found. */
static bool turn_all(struct exchanges *exchanges, unsigned more, struct shift *shift, size_t d)
{
	const struct grid *grid = shift->grid;
	if (d + 1 == grid->dimensions)
		return try_shift(exchanges, more, shift);
	size_t from = grid_code(grid, shift->cell[0], d);
	for (size_t i = 1; i < grid->codes[d] && exchanges->board->trial.left > 0; i++) {
		size_t to = (from + i) % grid->codes[d];
		if (board_turn(exchanges->board, shift, d, from, to) && turn_all(exchanges, more, shift, d + 1))
			return true;
	}
	return false;
}

bool exchanges_find(struct exchanges *exchanges, unsigned more, uint32_t atom, int64_t by)
{
	struct board *board = exchanges->board;
	size_t count;
	const struct grid_place *place = board_places(board, atom, &count);
	if (!trial_has_room(&board->trial, atom, by))
		return false;
	for (size_t p = 0; p < count && board->trial.left > 0; p++) {
		struct shift shift = { .grid = &board->grids->grid[place[p].grid], .cells = 1, .cell = { place[p].cell }, .atom = { atom }, .by = { by } };
		size_t area = shift.grid->number[wide_code(shift.grid, place[p].cell)];
		if (exchanges->places == 0) {
			exchanges->axis = shift.grid->axis;
			exchanges->area = area;
		}
		if (exchanges->axis == shift.grid->axis && exchanges->area == area && area != GRID_NONE && turn_all(exchanges, more, &shift, 0))
			return true;
	}
	return false;
}
