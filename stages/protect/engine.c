/* Withholding with proof: see engine.h.

   For each target that no table found so far protects, the cheapest other possible table is looked for, in a window that grows
   until there is one; what moves in it is withheld, and the table stays as witness. Tables found earlier remain possible, since
   fewer and fewer rows are printed. First every target gets tables that raise it enough, then those that its range still
   needs, then those that a single person in another row cannot rule out. Last, rows withheld beside the small ones are
   printed again, the dearest first, where all that rests on them finds other witnesses among what is withheld anyway. */
#include "stages/protect/engine.h"

#include <stdlib.h>
#include <string.h>

#include "stages/protect/engine_inside.h"
#include "stages/protect/implied.h"
#include "stages/protect/sight.h"

/* What moving another unfinished target as far as it needs is worth, in costs: about a third of a cell. */
#define REWARD 5.0

#define FAR_TOO_DEAR 8 /* times what is dear: then a wider window is looked through, too */

/* Programs that printing rows again may cost; where withholding took more, it is left out. */
#define RELEASE_WORK 150
#define RELEASE_AFTER 800
#define RELEASE_USES 12 /* a row that more witnesses use is not worth the trial */

/* Witnesses ----------------------------------------------------------------- */

bool engine_needs(const struct row *row)
{
	return row->up > 0 && (row->raised < row->up || row->raised + row->lowered < row->width);
}

static int keep_use(struct engine *engine, size_t witness, size_t r, int64_t move)
{
	struct use *use = arena_grow(engine->system->arena, engine->use, engine->uses, engine->uses + 1, &engine->use_room, sizeof *use,
		engine->error);
	if (use == NULL)
		return -1;
	engine->use = use;
	use[engine->uses] = (struct use){ .witness = (uint32_t)witness, .before = engine->last[r], .move = move };
	engine->last[r] = (uint32_t)++engine->uses;
	struct row *row = &engine->system->row[r];
	row->withheld = row->withheld || row->kind == ROW_CELL;
	row->raised = move > row->raised ? move : row->raised;
	row->lowered = -move > row->lowered ? -move : row->lowered;
	return 0;
}

static void copy_table(size_t moved, uint32_t *atom, const uint32_t *from_atom, int64_t *change, const int64_t *from_change)
{
	memcpy(atom, from_atom, moved * sizeof *atom);
	memcpy(change, from_change, moved * sizeof *change);
}

/* Keeps the table that was found, and withholds what moves in it. */
static int keep(struct engine *engine)
{
	struct arena *arena = engine->system->arena;
	const struct possible *possible = engine->possible;
	struct witness *list = arena_grow(arena, engine->witness, engine->witnesses, engine->witnesses + 1, &engine->witness_room, sizeof *list,
		engine->error);
	uint32_t *row = arena_take(arena, possible->touched, sizeof *row, engine->error);
	uint32_t *atom = arena_take(arena, possible->moved, sizeof *atom, engine->error);
	int64_t *move = arena_take(arena, possible->touched, sizeof *move, engine->error);
	int64_t *change = arena_take(arena, possible->moved, sizeof *change, engine->error);
	if (list == NULL || row == NULL || move == NULL || atom == NULL || change == NULL)
		return -1;
	memcpy(row, possible->row, possible->touched * sizeof *row);
	memcpy(move, possible->move, possible->touched * sizeof *move);
	copy_table(possible->moved, atom, possible->atom, change, possible->change);
	engine->witness = list;
	list[engine->witnesses] = (struct witness){ .count = possible->touched, .row = row, .move = move,
		.table = { possible->moved, atom, change } };
	for (size_t i = 0; i < possible->touched; i++)
		if (keep_use(engine, engine->witnesses, row[i], move[i]) != 0)
			return -1;
	engine->witnesses++;
	return 0;
}

/* What the witnesses that are not gone do for a row. */
static void recount(struct engine *engine, size_t r)
{
	struct row *row = &engine->system->row[r];
	row->raised = row->lowered = 0;
	for (uint32_t u = engine->last[r]; u > 0; u = engine->use[u - 1].before) {
		const struct use *use = &engine->use[u - 1];
		if (engine->witness[use->witness].gone)
			continue;
		row->raised = use->move > row->raised ? use->move : row->raised;
		row->lowered = -use->move > row->lowered ? -use->move : row->lowered;
	}
}

/* Looking for tables ---------------------------------------------------------- */

int64_t engine_step_up(const struct row *row)
{
	int64_t rest = row->width - row->lowered;
	return rest > row->up ? rest : row->up;
}

/* The step down, negative, that finishes it; 0 when it is not raised enough yet or cannot fall so far. */
static int64_t step_down(const struct row *row)
{
	int64_t rest = row->width - row->raised;
	return row->raised >= row->up && row->value - rest >= row->floor ? -rest : 0;
}

/* Looks in one window, and sets the table aside when it is the cheapest so far. */
static int look_once(struct engine *engine, const struct wish *wish, size_t window, bool *whole)
{
	struct possible *possible = engine->possible;
	struct aside *aside = &engine->aside;
	bool found = false;
	engine->account->solved++;
	if (possible_find(possible, wish, window, &found, whole, engine->error) != 0)
		return -1;
	if (found && possible->cost < aside->cost) {
		copy_table(possible->moved, aside->atom, possible->atom, aside->change, possible->change);
		aside->moved = possible->moved;
		aside->cost = possible->cost;
	}
	return 0;
}

/* Looks for a table in up to `sizes` windows of growing size, until one has any that is not far too dear; what is dear in the smallest is
   looked for once more there, by branching and for cost alone, as it is in wide windows. */
static int look(struct engine *engine, struct wish *wish, size_t sizes, bool *found)
{
	struct possible *possible = engine->possible;
	struct aside *aside = &engine->aside;
	uint64_t enough = engine->system->dear == 0 ? UINT64_MAX - 1 : engine->system->dear;
	uint64_t most = engine->system->dear == 0 ? enough : FAR_TOO_DEAR * enough;
	bool whole = false, smallest = false;
	aside->cost = UINT64_MAX;
	wish->still = engine->still;
	wish->reward = REWARD;
	for (size_t w = 0; w < sizes && aside->cost > most && !whole; w++) {
		if (look_once(engine, wish, w, &whole) != 0)
			return -1;
		smallest = smallest || (w == 0 && aside->cost != UINT64_MAX);
	}
	wish->thrifty = true;
	if (smallest && aside->cost > enough && !wish->quick && look_once(engine, wish, 0, &whole) != 0)
		return -1;
	wish->thrifty = false;
	*found = aside->cost != UINT64_MAX;
	if (*found) {
		copy_table(aside->moved, possible->atom, aside->atom, possible->change, aside->change);
		possible->moved = aside->moved;
		*found = possible_check(possible);
	}
	return 0;
}

/* Withholds every row of the row's largest atom: then this atom alone can be larger. */
static int last_resort(struct engine *engine, size_t r, int64_t step)
{
	const struct system *system = engine->system;
	size_t best = SYSTEM_NONE;
	bool found = false;
	for (size_t t = system->first[r]; t < system->first[r + 1]; t++) {
		size_t atom = system->term[t].index;
		if (system->term[t].sign < 0)
			continue;
		possible_alone(engine->possible, atom, step, engine->still, &found);
		if (found && (best == SYSTEM_NONE || system->atom[atom] > system->atom[best]))
			best = atom;
	}
	if (best == SYSTEM_NONE)
		return 1;
	engine->account->alone++;
	possible_alone(engine->possible, best, step, engine->still, &found);
	return keep(engine);
}

int engine_serve(struct engine *engine, size_t r, const struct row *row, int64_t up)
{
	struct wish wish = { .row = r, .step = step_down(row), .quick = engine->secluding && !engine->earnest, .settled = engine->secluding };
	size_t sizes = engine->secluding && !engine->earnest ? 1 : SIGHT_SIZES;
	bool found = false;
	bool capped = row->ceiling - row->value < up;
	if (capped)
		up = row->ceiling - row->value;
	if (wish.step < 0 && look(engine, &wish, 1, &found) != 0)
		return -1;
	if (capped && up <= row->raised)
		return found ? keep(engine) : 1;
	if (!found || engine->possible->cost > 0) {
		int64_t down = found ? wish.step : 0;
		wish.step = up;
		if (look(engine, &wish, sizes, &found) != 0)
			return -1;
		wish.step = down;
		if (!found && down < 0 && look(engine, &wish, 1, &found) != 0) /* ceilings may leave but the way down */
			return -1;
		wish.step = up;
	}
	wish.patient = true;
	if (!found && !engine->secluding && look(engine, &wish, 1, &found) != 0)
		return -1;
	wish.patient = false;
	wish.grow = true;
	if (!found && !engine->secluding && look(engine, &wish, SIGHT_SIZES, &found) != 0)
		return -1;
	return found ? keep(engine) : last_resort(engine, r, up);
}

bool engine_is_target(const struct system *system, size_t r)
{
	return system->row[r].same == r && system->row[r].up > 0 && system->row[r].kind != ROW_KNOWN;
}

static int raise_all(struct engine *engine)
{
	struct system *system = engine->system;
	for (size_t r = 0; r < system->rows; r++) {
		if (!engine_is_target(system, r))
			continue;
		engine->account->targets++;
		if (system->row[r].value + system->row[r].up > system->row[r].ceiling)
			continue;
		if (system->row[r].raised >= system->row[r].up)
			engine->account->covered++;
		else if (engine_serve(engine, r, &system->row[r], system->row[r].up) < 0)
			return -1;
	}
	return 0;
}

/* Where ceilings do not let a row rise so far that its range is wide enough, it rises as far as it can, and falls by the rest. */
static int widen(struct engine *engine, size_t r)
{
	const struct row *row = &engine->system->row[r];
	int64_t up = engine_step_up(row);
	int result = engine_serve(engine, r, row, up);
	while (result == 1 && --up > row->raised)
		result = engine_serve(engine, r, row, up);
	return result == 0 && engine_needs(row) ? engine_serve(engine, r, row, engine_step_up(row)) : result;
}

static int widen_all(struct engine *engine)
{
	struct system *system = engine->system;
	for (size_t r = 0; r < system->rows; r++)
		if (engine_is_target(system, r) && engine_needs(&system->row[r]) && system->row[r].raised >= system->row[r].up &&
			widen(engine, r) < 0)
			return -1;
	return 0;
}

/* Printed again ------------------------------------------------------------------ */

/* A table for the row among what is withheld; *found false when its needs cannot be met so. */
static int meet(struct engine *engine, size_t r, bool *found)
{
	const struct row *row = &engine->system->row[r];
	*found = true;
	for (int turn = 0; turn < 2 && engine_needs(row) && *found; turn++) {
		struct wish wish = { .row = r, .step = engine_step_up(row), .free_only = true };
		if (look(engine, &wish, 1, found) != 0 || (*found && keep(engine) != 0))
			return -1;
	}
	struct row least = engine_find_stills(engine, r);
	if (*found && engine->stills > 0) {
		struct wish wish = { .row = r, .step = engine_step_up(&least), .free_only = true };
		if (look(engine, &wish, 1, found) != 0 || (*found && keep(engine) != 0))
			return -1;
	}
	engine_forget_stills(engine);
	return 0;
}

static void set_gone(struct engine *engine, const uint32_t *list, size_t count, bool gone)
{
	for (size_t i = 0; i < count; i++)
		engine->witness[list[i]].gone = gone;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < engine->witness[list[i]].count; k++)
			recount(engine, engine->witness[list[i]].row[k]);
}

/* Tries to print row r again: the targets that its witnesses served must find others that withhold nothing new. */
static int try_release(struct engine *engine, size_t r, bool *released)
{
	struct system *system = engine->system;
	size_t count = 0;
	for (uint32_t u = engine->last[r]; u > 0; u = engine->use[u - 1].before)
		count += !engine->witness[engine->use[u - 1].witness].gone;
	*released = false;
	if (count > RELEASE_USES)
		return 0;
	uint32_t list[RELEASE_USES];
	count = 0;
	for (uint32_t u = engine->last[r]; u > 0; u = engine->use[u - 1].before)
		if (!engine->witness[engine->use[u - 1].witness].gone)
			list[count++] = engine->use[u - 1].witness;
	system->row[r].withheld = false;
	set_gone(engine, list, count, true);
	*released = true;
	for (size_t w = 0; w < count && *released; w++) {
		struct witness dropped = engine->witness[list[w]];
		for (size_t i = 0; i < dropped.count && *released; i++)
			if (engine_is_target(system, dropped.row[i]) && meet(engine, dropped.row[i], released) != 0)
				return -1;
	}
	if (!*released) {
		system->row[r].withheld = true;
		set_gone(engine, list, count, false);
	}
	return 0;
}

struct candidate {
	uint32_t row, cost;
};

static int by_cost(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	if (a->cost != b->cost)
		return a->cost > b->cost ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

/* Whether a table that is not gone moves the row. */
static bool is_used(const struct engine *engine, size_t r)
{
	for (uint32_t u = engine->last[r]; u > 0; u = engine->use[u - 1].before)
		if (!engine->witness[engine->use[u - 1].witness].gone)
			return true;
	return false;
}

static int release(struct engine *engine)
{
	struct system *system = engine->system;
	struct candidate *list = arena_take(system->arena, system->rows, sizeof *list, engine->error);
	size_t count = 0, most = engine->account->solved + RELEASE_WORK;
	if (list == NULL)
		return -1;
	for (size_t r = 0; r < system->rows; r++)
		if (system->row[r].same == r && system->row[r].withheld && !engine->initial[r])
			list[count++] = (struct candidate){ (uint32_t)r, system->row[r].cost };
	qsort(list, count, sizeof *list, by_cost);
	for (size_t i = 0; i < count && engine->account->solved < most; i++) {
		bool released = false;
		if (try_release(engine, list[i].row, &released) != 0)
			return -1;
		engine->account->released += released;
	}
	for (size_t i = 0; i < count; i++) { /* what was withheld for tables that others have replaced meanwhile */
		struct row *row = &system->row[list[i].row];
		engine->account->released += row->withheld && !is_used(engine, list[i].row);
		row->withheld = row->withheld && is_used(engine, list[i].row);
	}
	return 0;
}

/* The tables that no row printed again has ruled out. */
static int list_tables(struct engine *engine)
{
	struct engine_table *list = arena_take(engine->system->arena, engine->witnesses, sizeof *list, engine->error);
	struct engine_account *account = engine->account;
	for (size_t w = 0; list != NULL && w < engine->witnesses; w++)
		if (!engine->witness[w].gone)
			list[account->tables++] = engine->witness[w].table;
	account->table = list;
	return list == NULL ? -1 : 0;
}

int engine_protect(struct system *system, struct engine_account *account, struct error *error)
{
	struct engine engine = { .system = system, .account = account, .error = error };
	*account = (struct engine_account){ 0 };
	engine.last = arena_take(system->arena, system->rows, sizeof *engine.last, error);
	engine.initial = arena_take(system->arena, system->rows, sizeof *engine.initial, error);
	engine.still = arena_take(system->arena, system->rows, sizeof *engine.still, error);
	engine.stilled = arena_take(system->arena, 2 * system->rows, sizeof *engine.stilled, error);
	engine.moves = arena_take(system->arena, system->rows, sizeof *engine.moves, error);
	engine.lone = arena_take(system->arena, system->rows, sizeof *engine.lone, error);
	engine.aside.atom = arena_take(system->arena, system->atoms, sizeof *engine.aside.atom, error);
	engine.aside.change = arena_take(system->arena, system->atoms, sizeof *engine.aside.change, error);
	engine.possible = possible_new(system, error);
	if (engine.last == NULL || engine.initial == NULL || engine.still == NULL || engine.stilled == NULL || engine.moves == NULL ||
		engine.aside.atom == NULL || engine.aside.change == NULL || engine.lone == NULL || engine.possible == NULL)
		return -1;
	for (size_t r = 0; r < system->rows; r++)
		engine.initial[r] = system->row[r].withheld;
	if (implied_find(system, error) != 0)
		return -1;
	int result = raise_all(&engine);
	if (result == 0)
		result = widen_all(&engine);
	if (result == 0)
		result = engine_seclude_all(&engine);
	if (result == 0 && account->solved < RELEASE_AFTER)
		result = release(&engine);
	possible_end(engine.possible);
	for (size_t r = 0; r < system->rows; r++)
		system->row[r].withheld = system->row[system->row[r].same].withheld;
	for (size_t r = 0; r < system->rows; r++)
		account->stuck += engine_is_target(system, r) && engine_needs(&system->row[r]);
	return result != 0 ? result : list_tables(&engine);
}
