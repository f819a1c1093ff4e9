/* Shifts and what mends them: see shifts.h. */
#include "stages/protect/facts/shifts.h"

#include <stdlib.h>
#include <string.h>

#include "stages/protect/facts/exchanges.h"

#define MENDED 40 /* a row of more atoms is not mended: too many ways */
#define TRIES 24  /* tables that are checked for what mends one row elsewhere */
#define MENDING 120 /* likewise for all that mends one shift elsewhere */
#define WORSE 3   /* rows more than before that may be broken when one shift mends another: one like it may mend all of them */
#define LARGEST 24 /* codes of the wide dimension that such shifts stand across */
#define REFRESH 64 /* searches between looks at what has been withheld since */

struct trying;

/* What a shift is for. */
struct aim {
	size_t mends;   /* so many rows are broken without it; 0: it comes first */
	const struct trying *alike; /* it stands across the same two codes of the wide dimension as this one; NULL: as none */
	unsigned more;  /* so many others may mend it */
	size_t tries;   /* tables with such a shift that may still be checked */
};

/* A shift being put together, and its aim. */
struct trying {
	struct shift shift;
	struct aim *aim;
};

struct shifts {
	struct board board;
	struct exchanges *exchanges;
	const struct trying *placed[SHIFTS]; /* those that are tried, each mending what those before it break */
	size_t places;
	size_t searches;
	struct engine_finder finder;
	uint32_t *atom;      /* what is handed out */
	int64_t *by;
};

static bool seek(struct shifts *shifts, struct aim *aim, uint32_t atom, int64_t by);

/* Shifts that move one of the row's atoms by the amount or against it, so that the row moves. */
static bool mend_by(struct shifts *shifts, struct aim *aim, size_t row, int64_t amount)
{
	const struct system *system = shifts->board.system;
	for (size_t t = system->first[row]; t < system->first[row + 1] && shifts->board.trial.left > 0 && aim->tries > 0; t++) {
		int64_t by = system->term[t].sign * amount;
		if (llabs(system->term[t].sign) == 1 && !board_undoes(&shifts->board, system->term[t].index, by) && seek(shifts, aim, system->term[t].index, by))
			return true;
	}
	return false;
}

/* The latest of the shifts at hand that moves the row the way that breaks it: *amount says how far. NULL when none does. */
static const struct trying *find_cause(const struct shifts *shifts, const struct trial_breach *breach, int64_t *amount)
{
	const struct system *system = shifts->board.system;
	for (size_t i = shifts->places; i-- > 0;) {
		const struct shift *shift = &shifts->placed[i]->shift;
		for (size_t t = system->first[breach->row]; t < system->first[breach->row + 1]; t++)
			for (size_t k = 0; k < shift->cells; k++)
				if (shift->atom[k] == system->term[t].index && system->term[t].sign * shift->by[k] * breach->by < 0) {
					*amount = llabs(shift->by[k]);
					return shifts->placed[i];
				}
	}
	return NULL;
}

/* Shifts that mend a row: first one like that which breaks it, with which all corners of that one are mended; then, unless there are to be none but such, one
   elsewhere, that moves the row as far as it must or by a part, and others mend the rest. */
static bool mend(struct shifts *shifts, unsigned more, bool alike_only)
{
	const struct trial_breach breach = trial_first_breach(&shifts->board.trial, false);
	const struct row *row = &shifts->board.system->row[breach.row];
	if (shifts->board.system->first[breach.row + 1] - shifts->board.system->first[breach.row] > MENDED)
		return false;
	size_t broken = shifts->board.trial.broken;
	int64_t lacks = llabs(breach.by), sign = breach.by > 0 ? 1 : -1, amount = 0;
	struct aim alike = { .mends = broken, .alike = find_cause(shifts, &breach, &amount), .more = more, .tries = SIZE_MAX };
	if (alike.alike != NULL && ((amount > lacks && row->kind != ROW_KNOWN && mend_by(shifts, &alike, breach.row, sign * amount)) ||
		mend_by(shifts, &alike, breach.row, sign * lacks)))
		return true;
	for (int64_t part = lacks; !alike_only && part > 0 && (part == lacks || more > 0); part--) {
		struct aim elsewhere = { .mends = broken, .more = more, .tries = TRIES };
		if (mend_by(shifts, &elsewhere, breach.row, sign * part))
			return true;
	}
	return false;
}

/* A shift that is complete: is the table that it makes with those before it what is looked for, or can others make it so? */
static bool try_shift(struct shifts *shifts, const struct trying *trying)
{
	const struct shift *shift = &trying->shift;
	struct aim *aim = trying->aim;
	struct trial *trial = &shifts->board.trial;
	size_t before = trial->changes, most = aim->mends == 0 ? SIZE_MAX - WORSE : aim->mends; /* rows that may be broken with it */
	if (shifts->places == SHIFTS || before + shift->cells > TRIAL_CHANGES)
		return false;
	board_move(&shifts->board, shift, 0);
	shifts->placed[shifts->places++] = trying;
	bool found = trial_check(trial), worse = trial->broken > most;
	size_t spared = aim->mends == 0 && trial->left > MENDING ? trial->left - MENDING : 0;
	aim->tries--;
	trial->left -= spared;
	bool mendable = trial->broken > 0 && trial->stirred == 0 && aim->more > 0 && trial->left > 0 && (!worse || trial->broken <= most + WORSE);
	found = found || (mendable && mend(shifts, aim->more - 1, worse));
	trial->left += spared;
	shifts->places--;
	if (!found)
		trial_take_back(trial, before);
	return found;
}

/* The code of the wide dimension to turn to from one of the two that another shift stands across: the other one; GRID_NONE when it is neither. */
static uint32_t same_pair(const struct trying *alike, const struct grid *grid, size_t from)
{
	const struct shift *as = &alike->shift;
	size_t last = as->grid->dimensions - 1;
	uint32_t one = as->grid->number[grid_code(as->grid, as->cell[0], last)], two = as->grid->number[grid_code(as->grid, as->cell[as->cells - 1], last)];
	uint32_t number = grid->number[from], other = number == one ? two : number == two ? one : GRID_NONE;
	return number == GRID_NONE || other == GRID_NONE ? GRID_NONE : grid->code[other];
}

static bool turn_all(struct shifts *shifts, struct trying *trying, size_t d);

/* The codes of the wide dimension with most persons first: they can give and take more than one table asks of them. */
static bool turn_to_largest(struct shifts *shifts, struct trying *trying, size_t d, size_t from)
{
	struct shift *shift = &trying->shift;
	const struct grid *grid = shift->grid;
	size_t to[LARGEST], count = 0;
	int64_t size[LARGEST];
	for (size_t code = 0; code < grid->codes[d]; code++) {
		uint32_t atom = code == from ? GRID_NONE : board_atom(&shifts->board, grid, shift->cell[0] + code * grid->step[d] - from * grid->step[d]);
		int64_t persons = atom == GRID_NONE ? -1 : shifts->board.system->atom[atom];
		if (persons < 0 || (count == LARGEST && persons <= size[LARGEST - 1]))
			continue;
		size_t at = count < LARGEST ? count++ : LARGEST - 1;
		for (; at > 0 && size[at - 1] < persons; at--) {
			size[at] = size[at - 1];
			to[at] = to[at - 1];
		}
		size[at] = persons;
		to[at] = code;
	}
	for (size_t i = 0; i < count && shifts->board.trial.left > 0 && trying->aim->tries > 0; i++)
		if (board_turn(&shifts->board, shift, d, from, to[i]) && turn_all(shifts, trying, d + 1))
			return true;
	return false;
}

/* Every way to turn the dimensions from d on, until a table is found. */
static bool turn_all(struct shifts *shifts, struct trying *trying, size_t d)
{
	struct shift *shift = &trying->shift;
	const struct grid *grid = shift->grid;
	if (d == grid->dimensions)
		return try_shift(shifts, trying);
	size_t from = grid_code(grid, shift->cell[0], d);
	bool wide = d + 1 == grid->dimensions;
	if (wide && trying->aim->alike != NULL && grid->axis == trying->aim->alike->shift.grid->axis) {
		uint32_t to = same_pair(trying->aim->alike, grid, from);
		return to != GRID_NONE && board_turn(&shifts->board, shift, d, from, to) && try_shift(shifts, trying);
	}
	if (wide)
		return turn_to_largest(shifts, trying, d, from);
	for (size_t i = 1; i < grid->codes[d] && shifts->board.trial.left > 0 && trying->aim->tries > 0; i++) {
		size_t to = (from + i) % grid->codes[d];
		if (board_turn(&shifts->board, shift, d, from, to) && turn_all(shifts, trying, d + 1))
			return true;
	}
	return false;
}

/* A shift that moves the atom by so much, in any grid where it stands, with others that mend it. */
static bool seek(struct shifts *shifts, struct aim *aim, uint32_t atom, int64_t by)
{
	const struct grid *grid = shifts->board.grids->grid;
	size_t count;
	const struct grid_place *place = board_places(&shifts->board, atom, &count);
	if (!trial_has_room(&shifts->board.trial, atom, by))
		return false;
	for (size_t p = 0; p < count && shifts->board.trial.left > 0 && aim->tries > 0; p++) {
		struct trying trying = { { .grid = &grid[place[p].grid], .cells = 1, .cell = { place[p].cell }, .atom = { atom }, .by = { by } }, aim };
		if (turn_all(shifts, &trying, 0))
			return true;
	}
	return false;
}

/* What is tried one after the other: exchanges or any shifts, how many mend the first, whether other single persons are left alone, and how many tables are
   checked. */
static const struct effort {
	bool exchange;
	unsigned more;
	bool careful;
	size_t most;
	bool unstilled; /* only where no rows must be still: where some must, the next one finds as much */
} efforts[] = { { true, 0, true, 400, false }, { true, 1, true, 400, false }, { true, 5, true, 400, true }, { true, 5, false, 400, false },
	{ false, 5, true, 300, true }, { false, 5, false, 400, false } };

/* The moves, each atom once; the table at hand is empty then. */
static void hand_out(struct shifts *shifts, struct engine_table *table)
{
	struct trial *trial = &shifts->board.trial;
	size_t moved = 0;
	for (size_t i = 0; i < trial->changes; i++) {
		uint32_t atom = trial->change[i].atom;
		bool before = trial->moved[atom] == 0;
		for (size_t k = 0; k < moved && !before; k++)
			before = shifts->atom[k] == atom;
		if (before)
			continue;
		shifts->atom[moved] = atom;
		shifts->by[moved++] = trial->moved[atom];
	}
	trial_take_back(trial, 0);
	*table = (struct engine_table){ moved, shifts->atom, shifts->by };
}

/* One shift or exchange, with what mends it, that moves the row by the amount beside what it moves already. */
static bool move_row(struct shifts *shifts, const struct effort *effort, int64_t amount)
{
	const struct system *system = shifts->board.system;
	struct trial *trial = &shifts->board.trial;
	size_t row = trial->wished;
	bool found = false;
	struct aim aim = { .more = effort->more, .tries = SIZE_MAX };
	trial->wanted = trial->row[row].by + amount;
	for (size_t t = system->first[row]; t < system->first[row + 1] && trial->left > 0 && !found; t++) {
		int64_t by = system->term[t].sign * amount;
		found = effort->exchange ? exchanges_find(shifts->exchanges, effort->more, system->term[t].index, by) :
			seek(shifts, &aim, system->term[t].index, by);
	}
	return found;
}

/* Moves the row by the whole step, or, since withheld counts are small and give little each, by one part after the other. */
static bool move_by_parts(struct shifts *shifts, const struct effort *effort, int64_t step)
{
	struct trial *trial = &shifts->board.trial;
	int64_t sign = step > 0 ? 1 : -1, part = llabs(step), rest = part;
	trial->careful = effort->careful;
	while (part > 0 && rest > 0) {
		part = part > rest ? rest : part;
		trial->left = effort->most;
		if (!move_row(shifts, effort, sign * part))
			part = trial->left > 0 ? part - 1 : part > 1 ? 1 : 0; /* after all tries of many persons at once: one by one */
		rest = llabs(step) - sign * trial->row[trial->wished].by;
	}
	if (rest > 0)
		trial_take_back(trial, 0);
	return rest <= 0;
}

static bool find(void *context, size_t row, int64_t step, const bool *still, struct engine_table *table)
{
	struct shifts *shifts = context;
	struct trial *trial = &shifts->board.trial;
	bool found = false;
	if (shifts->searches++ % REFRESH == 0) {
		trial_find_rooms(trial);
		exchanges_forget(shifts->exchanges);
	}
	trial->wished = row;
	trial->still = memchr(still, true, shifts->board.system->rows) == NULL ? NULL : still;
	for (size_t e = 0; e < sizeof efforts / sizeof *efforts && !found; e++)
		found = !(trial->still != NULL && efforts[e].unstilled) && move_by_parts(shifts, &efforts[e], step);
	if (found)
		hand_out(shifts, table);
	shifts->finder.effort = trial->effort;
	return found;
}

struct engine_finder *shifts_new(const struct grids *grids, const struct parts *parts, size_t number, const struct system *system,
	struct error *error)
{
	struct arena *arena = system->arena;
	struct shifts *shifts = arena_take(arena, 1, sizeof *shifts, error);
	if (shifts == NULL || board_begin(&shifts->board, grids, parts, number, system, error) != 0)
		return NULL;
	shifts->exchanges = exchanges_new(&shifts->board, error);
	shifts->atom = arena_take(arena, TRIAL_CHANGES, sizeof *shifts->atom, error);
	shifts->by = arena_take(arena, TRIAL_CHANGES, sizeof *shifts->by, error);
	shifts->finder = (struct engine_finder){ .find = find, .context = shifts };
	return shifts->exchanges == NULL || shifts->atom == NULL || shifts->by == NULL ? NULL : &shifts->finder;
}
