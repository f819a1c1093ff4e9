/* Shifts and what mends them: see shifts.h. */
#include "stages/protect/facts/shifts.h"

#include <stdlib.h>

#include "stages/protect/facts/trial.h"

#define CORNERS (1U << GRID_DIMENSIONS) /* the most cells that a shift changes */
#define SHIFTS 16                       /* the most shifts of a table */
#define MENDED 40 /* a row of more atoms is not mended: too many ways */
#define TRIES 24  /* tables that are checked for what mends one row elsewhere */
#define MENDING 120 /* likewise for all that mends one shift elsewhere */
#define WORSE 3   /* rows more than before that may be broken when one shift mends another: one like it may mend all of them */
#define LARGEST 24 /* codes of the wide dimension that such shifts stand across */
#define CHECK_EFFORT 40 /* of checking a table: engine_finder.effort */
#define REFRESH 64 /* searches between looks at what has been withheld since */

struct shift;

/* What a shift is for. */
struct aim {
	size_t mends;   /* so many rows are broken without it; 0: it comes first */
	const struct shift *alike; /* it stands across the same two codes of the wide dimension as this one; NULL: as none */
	unsigned more;  /* so many others may mend it */
	size_t tries;   /* tables with such a shift that may still be checked */
};

/* A shift being put together, dimension by dimension. */
struct shift {
	struct aim *aim;
	const struct grid *grid;
	size_t cells;
	uint32_t cell[CORNERS], atom[CORNERS];
	int64_t by[CORNERS];
};

struct shifts {
	const struct grids *grids;
	const struct parts *parts;
	size_t part;
	const struct system *system;
	struct trial trial;  /* the table at hand */
	const struct shift *shift[SHIFTS]; /* those that are tried, each mending what those before it break */
	size_t placed;
	int64_t reached;     /* how far the table moves the wished row */
	int64_t amount;      /* of the first shift that is looked for */
	bool elsewhere;      /* shifts that mend may stand across any codes of the wide dimension */
	size_t left;         /* tables that may still be checked */
	size_t searches;
	struct engine_finder finder;
	uint32_t *atom;      /* what is handed out */
	int64_t *by;
};

/* The atom of a cell, as the part numbers it; GRID_NONE without. */
static uint32_t atom_of(const struct shifts *shifts, const struct grid *grid, size_t cell)
{
	uint32_t atom = grid->atom[cell];
	return atom == 0 || shifts->parts->of[atom - 1] != shifts->part ? GRID_NONE : shifts->parts->place[atom - 1];
}

/* Whether the table at hand is what is looked for: possible, at no cost, with the row further by the amount than before and without the moves that must not
   be. */
static bool check(struct shifts *shifts)
{
	const struct trial *trial = &shifts->trial;
	int64_t moved = trial->by_row[trial->row], wanted = shifts->reached + shifts->amount;
	shifts->left--;
	shifts->finder.effort += CHECK_EFFORT;
	if (trial->broken > 0 || trial->stirred > 0 || (shifts->amount > 0 ? moved < wanted : moved > wanted))
		return false;
	shifts->reached = moved;
	return true;
}

static void add_moves(struct trial *trial, const struct shift *shift)
{
	for (size_t i = 0; i < shift->cells; i++) {
		bool twice = false; /* two cells of one set */
		for (size_t k = 0; k < i && !twice; k++)
			twice = shift->atom[k] == shift->atom[i];
		if (!twice)
			trial_move(trial, shift->atom[i], shift->by[i]);
	}
}

static bool seek(struct shifts *shifts, struct aim *aim, uint32_t atom, int64_t by);

/* Whether such a move takes back what has been reached. */
static bool undoes(const struct shifts *shifts, uint32_t atom, int64_t by)
{
	const struct system *system = shifts->system;
	if (shifts->trial.moved[atom] * by < 0)
		return true;
	size_t row = shifts->trial.row;
	for (size_t t = system->first[row]; t < system->first[row + 1]; t++)
		if (system->term[t].index == atom && system->term[t].sign * by * shifts->amount < 0)
			return true;
	return false;
}

/* Shifts that move one of the row's atoms by the amount or against it, so that the row moves. */
static bool mend_by(struct shifts *shifts, struct aim *aim, size_t row, int64_t amount)
{
	const struct system *system = shifts->system;
	for (size_t t = system->first[row]; t < system->first[row + 1] && shifts->left > 0 && aim->tries > 0; t++) {
		int64_t by = system->term[t].sign * amount;
		if (llabs(system->term[t].sign) == 1 && !undoes(shifts, system->term[t].index, by) && seek(shifts, aim, system->term[t].index, by))
			return true;
	}
	return false;
}

/* The latest of the shifts at hand that moves the row the way that breaks it: *amount says how far. NULL when none does. */
static const struct shift *find_cause(const struct shifts *shifts, const struct trial_breach *breach, int64_t *amount)
{
	const struct system *system = shifts->system;
	for (size_t i = shifts->placed; i-- > 0;) {
		const struct shift *shift = shifts->shift[i];
		for (size_t t = system->first[breach->row]; t < system->first[breach->row + 1]; t++)
			for (size_t k = 0; k < shift->cells; k++)
				if (shift->atom[k] == system->term[t].index && system->term[t].sign * shift->by[k] * breach->by < 0) {
					*amount = llabs(shift->by[k]);
					return shift;
				}
	}
	return NULL;
}

/* Shifts that mend a row: first one like that which breaks it, with which all corners of that one are mended; then, unless there are to be none but such, one
   elsewhere, that moves the row as far as it must or by a part, and others mend the rest. */
static bool mend(struct shifts *shifts, unsigned more, bool alike_only)
{
	const struct trial_breach breach = trial_first_breach(&shifts->trial);
	const struct row *row = &shifts->system->row[breach.row];
	if (shifts->system->first[breach.row + 1] - shifts->system->first[breach.row] > MENDED)
		return false;
	size_t broken = shifts->trial.broken;
	int64_t lacks = llabs(breach.by), sign = breach.by > 0 ? 1 : -1, amount = 0;
	struct aim alike = { .mends = broken, .alike = find_cause(shifts, &breach, &amount), .more = more, .tries = SIZE_MAX };
	if (alike.alike != NULL && ((amount > lacks && row->kind != ROW_KNOWN && mend_by(shifts, &alike, breach.row, sign * amount)) ||
		mend_by(shifts, &alike, breach.row, sign * lacks)))
		return true;
	for (int64_t part = lacks; shifts->elsewhere && !alike_only && part > 0 && (part == lacks || more > 0); part--) {
		struct aim elsewhere = { .mends = broken, .more = more, .tries = TRIES };
		if (mend_by(shifts, &elsewhere, breach.row, sign * part))
			return true;
	}
	return false;
}

/* A shift that is complete: is the table that it makes with those before it what is looked for, or can others make it so? */
static bool try_shift(struct shifts *shifts, const struct shift *shift)
{
	struct aim *aim = shift->aim;
	struct trial *trial = &shifts->trial;
	size_t before = trial->changes, most = aim->mends == 0 ? SIZE_MAX - WORSE : aim->mends; /* rows that may be broken with it */
	if (shifts->placed == SHIFTS || before + shift->cells > TRIAL_CHANGES)
		return false;
	add_moves(trial, shift);
	shifts->shift[shifts->placed++] = shift;
	bool found = check(shifts), worse = shifts->elsewhere && trial->broken > most;
	size_t spared = aim->mends == 0 && shifts->elsewhere && shifts->left > MENDING ? shifts->left - MENDING : 0;
	aim->tries--;
	shifts->left -= spared;
	bool mendable = trial->broken > 0 && trial->stirred == 0 && aim->more > 0 && shifts->left > 0 && (!worse || trial->broken <= most + WORSE);
	found = found || (mendable && mend(shifts, aim->more - 1, worse));
	shifts->left += spared;
	shifts->placed--;
	if (!found)
		trial_take_back(trial, before);
	return found;
}

/* Turns dimension d to another code: the cells so far, and as many more there, which lose what those gain, unless one of the codes is the total. False
   where one of them may not move so. */
static bool turn(const struct shifts *shifts, struct shift *shift, size_t d, size_t from, size_t to)
{
	const struct grid *grid = shift->grid;
	size_t cells = 1U << d;
	int64_t sign = from == grid->total[d] || to == grid->total[d] ? 1 : -1;
	for (size_t i = 0; i < cells; i++) {
		size_t at = cells + i;
		shift->cell[at] = (uint32_t)(shift->cell[i] + to * grid->step[d] - from * grid->step[d]);
		shift->atom[at] = atom_of(shifts, grid, shift->cell[at]);
		shift->by[at] = sign * shift->by[i];
		if (shift->atom[at] == GRID_NONE || !trial_has_room(&shifts->trial, shift->atom[at], shift->by[at]))
			return false;
		for (size_t k = 0; k < at; k++)
			if (shift->atom[k] == shift->atom[at] && shift->by[k] != shift->by[at])
				return false;
	}
	shift->cells = 2 * cells;
	return true;
}

/* The code of the wide dimension to turn to from one of the two that another shift stands across: the other one; GRID_NONE when it is neither. */
static uint32_t same_pair(const struct shift *as, const struct grid *grid, size_t from)
{
	size_t last = as->grid->dimensions - 1;
	uint32_t one = as->grid->number[grid_code(as->grid, as->cell[0], last)], two = as->grid->number[grid_code(as->grid, as->cell[as->cells - 1], last)];
	uint32_t number = grid->number[from], other = number == one ? two : number == two ? one : GRID_NONE;
	return number == GRID_NONE || other == GRID_NONE ? GRID_NONE : grid->code[other];
}

static bool turn_all(struct shifts *shifts, struct shift *shift, size_t d);

/* The codes of the wide dimension with most persons first: they can give and take more than one table asks of them. */
static bool turn_to_largest(struct shifts *shifts, struct shift *shift, size_t d, size_t from)
{
	const struct grid *grid = shift->grid;
	size_t to[LARGEST], count = 0;
	int64_t size[LARGEST];
	for (size_t code = 0; code < grid->codes[d]; code++) {
		uint32_t atom = code == from ? GRID_NONE : atom_of(shifts, grid, shift->cell[0] + code * grid->step[d] - from * grid->step[d]);
		int64_t persons = atom == GRID_NONE ? -1 : shifts->system->atom[atom];
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
	for (size_t i = 0; i < count && shifts->left > 0 && shift->aim->tries > 0; i++)
		if (turn(shifts, shift, d, from, to[i]) && turn_all(shifts, shift, d + 1))
			return true;
	return false;
}

/* Every way to turn the dimensions from d on, until a table is found. The codes behind the cell's own come first, so that not all lean on the same few. */
static bool turn_all(struct shifts *shifts, struct shift *shift, size_t d)
{
	const struct grid *grid = shift->grid;
	if (d == grid->dimensions)
		return try_shift(shifts, shift);
	size_t from = grid_code(grid, shift->cell[0], d);
	bool wide = d + 1 == grid->dimensions;
	if (wide && shift->aim->alike != NULL && grid->axis == shift->aim->alike->grid->axis) {
		uint32_t to = same_pair(shift->aim->alike, grid, from);
		return to != GRID_NONE && turn(shifts, shift, d, from, to) && try_shift(shifts, shift);
	}
	if (wide && shifts->elsewhere)
		return turn_to_largest(shifts, shift, d, from);
	for (size_t i = 1; i < grid->codes[d] && shifts->left > 0 && shift->aim->tries > 0; i++) {
		size_t to = (from + i) % grid->codes[d];
		if (turn(shifts, shift, d, from, to) && turn_all(shifts, shift, d + 1))
			return true;
	}
	return false;
}

/* A shift that moves the atom by so much, in any grid where it stands, with others that mend it. */
static bool seek(struct shifts *shifts, struct aim *aim, uint32_t atom, int64_t by)
{
	const struct grids *grids = shifts->grids;
	size_t whole = shifts->parts->atom[shifts->parts->first_atom[shifts->part] + atom];
	if (!trial_has_room(&shifts->trial, atom, by))
		return false;
	for (size_t p = grids->first[whole]; p < grids->first[whole + 1] && shifts->left > 0 && aim->tries > 0; p++) {
		struct shift shift = { .aim = aim, .grid = &grids->grid[grids->place[p].grid], .cells = 1 };
		shift.cell[0] = grids->place[p].cell;
		shift.atom[0] = atom;
		shift.by[0] = by;
		if (turn_all(shifts, &shift, 0))
			return true;
	}
	return false;
}

/* What is tried one after the other: how many shifts mend the first, whether other single persons are left alone, and how many tables are checked. */
static const struct effort {
	unsigned more;
	bool careful, elsewhere;
	size_t most;
} efforts[] = { { 0, true, false, 400 }, { 1, true, false, 800 }, { 0, false, false, 400 }, { 2, true, false, 800 }, { 1, false, false, 800 },
	{ 5, true, true, 300 }, { 5, false, true, 1500 } };

/* The moves, each atom once; the table at hand is empty then. */
static void hand_out(struct shifts *shifts, struct engine_table *table)
{
	struct trial *trial = &shifts->trial;
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

/* One shift, with what mends it, that moves the row by the amount beside what it moves already. */
static bool move_row(struct shifts *shifts, unsigned more, int64_t amount)
{
	const struct system *system = shifts->system;
	size_t row = shifts->trial.row;
	bool found = false;
	struct aim aim = { .more = more, .tries = SIZE_MAX };
	shifts->amount = amount;
	for (size_t t = system->first[row]; t < system->first[row + 1] && shifts->left > 0 && !found; t++)
		found = seek(shifts, &aim, system->term[t].index, system->term[t].sign * amount);
	return found;
}

/* Moves the row by the whole step, or, since withheld counts are small and give little each, by one part after the other. */
static bool move_by_parts(struct shifts *shifts, const struct effort *effort, int64_t step)
{
	int64_t sign = step > 0 ? 1 : -1, part = llabs(step);
	shifts->trial.careful = effort->careful;
	shifts->elsewhere = effort->elsewhere;
	while (part > 0) {
		int64_t rest = llabs(step) - sign * shifts->reached;
		if (rest <= 0)
			break;
		part = part > rest ? rest : part;
		shifts->left = effort->most;
		part -= !move_row(shifts, effort->more, sign * part);
	}
	bool found = sign * shifts->reached >= llabs(step);
	if (!found) {
		trial_take_back(&shifts->trial, 0);
		shifts->reached = 0;
	}
	return found;
}

static bool find(void *context, size_t row, int64_t step, const bool *still, struct engine_table *table)
{
	struct shifts *shifts = context;
	bool found = false;
	if (shifts->searches++ % REFRESH == 0)
		trial_find_rooms(&shifts->trial);
	shifts->reached = 0;
	shifts->trial.row = row;
	shifts->trial.still = still;
	for (size_t e = 0; e < sizeof efforts / sizeof *efforts && !found; e++)
		found = move_by_parts(shifts, &efforts[e], step);
	if (found)
		hand_out(shifts, table);
	return found;
}

struct engine_finder *shifts_new(const struct grids *grids, const struct parts *parts, size_t number, const struct system *system,
	struct error *error)
{
	struct arena *arena = system->arena;
	struct shifts *shifts = arena_take(arena, 1, sizeof *shifts, error);
	if (shifts == NULL)
		return NULL;
	*shifts = (struct shifts){ .grids = grids, .parts = parts, .part = number, .system = system };
	shifts->atom = arena_take(arena, TRIAL_CHANGES, sizeof *shifts->atom, error);
	shifts->by = arena_take(arena, TRIAL_CHANGES, sizeof *shifts->by, error);
	shifts->finder = (struct engine_finder){ .find = find, .context = shifts };
	return trial_begin(&shifts->trial, system, error) != 0 || shifts->atom == NULL || shifts->by == NULL ? NULL : &shifts->finder;
}
