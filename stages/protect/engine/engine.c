/* Withholding with proof: see engine.h.

   For each target that no table found so far protects, the cheapest other possible table is looked for, in a window that grows
   until there is one; what moves in it is withheld, and the table stays as witness. Tables found earlier remain possible, since
   fewer and fewer rows are printed. First every target gets tables that raise it enough, then those that its range still
   needs, then those that a single person in another row cannot rule out. Last, rows withheld beside the small ones are
   printed again, the dearest first, where all that rests on them finds other witnesses among what is withheld anyway. */
#include "stages/protect/engine/engine.h"

#include <string.h>

#include "stages/protect/engine/engine_inside.h"
#include "stages/protect/engine/implied.h"
#include "stages/protect/engine/sight.h"

/* What moving another unfinished target as far as it needs is worth, in costs: about a third of a cell. */
#define REWARD 5.0

/* In a part that begins with tables the widest windows cost more than they find: what is left grows. */
#define WIDEST 2000

#define FAR_TOO_DEAR 8 /* times what is dear: then wider windows are looked through, too */

#define PAIR_FROM 4000 /* rows, and … */
#define PAIR_OPEN 100  /* … targets that the start left open, from which two engines share them */
#define RELEASE_AFTER 800 /* programs: where withholding took more, nothing is printed again */

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
	engine->system->withheld += row->kind == ROW_CELL && !row->withheld;
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

int engine_keep(struct engine *engine)
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

int engine_adopt(struct engine *engine, size_t moved, const uint32_t *atom, const int64_t *change)
{
	struct possible *possible = engine->possible;
	copy_table(moved, possible->atom, atom, possible->change, change);
	possible->moved = moved;
	return possible_check(possible) ? engine_keep(engine) : 0;
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
static int look_once(struct engine *engine, const struct wish *wish, enum sight_size size, bool *whole)
{
	struct possible *possible = engine->possible;
	struct aside *aside = &engine->aside;
	bool found = false;
	engine->account->solved++;
	if (possible_find(possible, wish, size, &found, whole, engine->error) != 0)
		return -1;
	if (found && possible->cost < aside->cost) {
		copy_table(possible->moved, aside->atom, possible->atom, aside->change, possible->change);
		aside->moved = possible->moved;
		aside->cost = possible->cost;
	}
	return 0;
}

/* What a table found so far may cost at most where windows of a size are not to be looked through. Tables of few areas cost more than others. */
static uint64_t most_for(uint64_t enough, enum sight_size size)
{
	bool compared = enough == UINT64_MAX - 1 || size == SIGHT_WIDE || size == SIGHT_WIDE_ACROSS;
	return compared ? enough : FAR_TOO_DEAR * enough;
}

int engine_look(struct engine *engine, struct wish *wish, enum sight_size sizes, bool *found)
{
	struct possible *possible = engine->possible;
	struct aside *aside = &engine->aside;
	const uint64_t enough = engine->system->dear == 0 ? UINT64_MAX - 1 : engine->system->dear;
	bool whole = false, smallest = false;
	aside->cost = UINT64_MAX;
	possible->none = false;
	wish->still = engine->still;
	wish->reward = REWARD;
	for (enum sight_size size = SIGHT_NEAR; size < sizes && aside->cost > most_for(enough, size) && !possible->none; size++) {
		whole = whole && size != SIGHT_WIDE_ACROSS; /* it left out what lies behind loose rows */
		if (whole || !possible_has(possible, size))
			continue;
		if (look_once(engine, wish, size, &whole) != 0)
			return -1;
		smallest = smallest || (size == SIGHT_NEAR && aside->cost != UINT64_MAX);
	}
	wish->thrifty = true;
	if (smallest && aside->cost > enough && !wish->quick && look_once(engine, wish, SIGHT_NEAR, &whole) != 0)
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
	possible_alone(engine->possible, best, step, engine->still, &found);
	return engine_keep(engine);
}

/* Asks the finder, where there is one: a table that moves the row so and withholds nothing. */
static bool find_at_once(struct engine *engine, size_t r, int64_t step)
{
	struct possible *possible = engine->possible;
	struct engine_table table;
	if (engine->finder == NULL || step == 0 || !engine->finder->find(engine->finder->context, r, step, engine->still, &table))
		return false;
	copy_table(table.moved, possible->atom, table.atom, possible->change, table.change);
	possible->moved = table.moved;
	bool found = possible_check(possible) && possible->cost == 0, reached = false;
	for (size_t i = 0; i < possible->touched; i++) {
		bool is_row = possible->row[i] == r;
		reached = reached || (is_row && (step > 0 ? possible->move[i] >= step : possible->move[i] <= step));
		found = found && (is_row || !engine->still[possible->row[i]]);
	}
	engine->account->shifted += found && reached;
	return found && reached;
}

int engine_serve(struct engine *engine, size_t r, const struct row *row, int64_t up)
{
	struct wish wish = { .row = r, .step = step_down(row), .quick = engine->secluding && !engine->earnest, .settled = engine->secluding };
	enum sight_size sizes = engine->secluding && !engine->earnest ? SIGHT_NEAR + 1 : SIGHT_SIZES;
	bool found = false;
	engine->none = false;
	bool capped = row->ceiling - row->value < up;
	if (capped)
		up = row->ceiling - row->value;
	if (find_at_once(engine, r, wish.step) || (!capped && find_at_once(engine, r, up)))
		return engine_keep(engine);
	if (wish.step < 0 && engine_look(engine, &wish, 1, &found) != 0)
		return -1;
	if (capped && up <= row->raised)
		return found ? engine_keep(engine) : 1;
	if (!found || engine->possible->cost > 0) {
		int64_t down = found ? wish.step : 0;
		wish.step = up;
		if (engine_look(engine, &wish, sizes, &found) != 0)
			return -1;
		engine->none = !found && engine->possible->none;
		wish.step = down;
		if (!found && down < 0 && engine_look(engine, &wish, 1, &found) != 0) /* ceilings may leave but the way down */
			return -1;
		wish.step = up;
	}
	wish.patient = true;
	if (!found && !engine->secluding && engine_look(engine, &wish, 1, &found) != 0)
		return -1;
	wish.patient = false;
	wish.grow = true;
	if (!found && !engine->secluding && engine_look(engine, &wish, SIGHT_SIZES, &found) != 0)
		return -1;
	return found ? engine_keep(engine) : last_resort(engine, r, up);
}

bool engine_is_target(const struct system *system, size_t r)
{
	return system->row[r].same == r && system->row[r].up > 0 && system->row[r].kind != ROW_KNOWN;
}

/* A table that raises the target enough, when none has; -1 with the error set. */
static int raise_one(struct engine *engine, size_t r)
{
	const struct row *row = &engine->system->row[r];
	if (row->value + row->up > row->ceiling)
		return 0;
	return row->raised < row->up ? engine_serve(engine, r, row, row->up) : 0;
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

/* Tables that finish its range; likewise. */
static int widen_one(struct engine *engine, size_t r)
{
	const struct row *row = &engine->system->row[r];
	return engine_needs(row) && row->raised >= row->up ? widen(engine, r) : 0;
}

int engine_step(struct engine *engine, enum engine_stage stage, size_t r)
{
	static int (*const step[ENGINE_STAGES])(struct engine *, size_t) = { raise_one, widen_one, engine_seclude };
	engine->secluding = stage == ENGINE_SECLUDES;
	int result = step[stage](engine, r);
	engine->secluding = false;
	return result == 1 ? 0 : result;
}

static int work_alone(struct engine *engine)
{
	for (enum engine_stage stage = ENGINE_RAISES; stage < ENGINE_STAGES; stage++)
		for (size_t i = 0; i < engine->account->targets; i++)
			if (engine_step(engine, stage, engine->target[i]) != 0)
				return -1;
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

/* Keeps those of the start's tables that are possible with what is withheld already. */
static int take_start(struct engine *engine, const struct engine_start *start)
{
	struct possible *possible = engine->possible;
	for (size_t i = 0; i < start->tables; i++) {
		const struct engine_table *table = &start->table[i];
		copy_table(table->moved, possible->atom, table->atom, possible->change, table->change);
		possible->moved = table->moved;
		if (!possible_check(possible) || possible->cost > 0)
			continue;
		if (engine_keep(engine) != 0)
			return -1;
	}
	return 0;
}

uint64_t engine_effort(const struct engine *engine)
{
	return engine->possible->effort + (engine->finder == NULL ? 0 : engine->finder->effort);
}

int engine_begin(struct engine *engine, struct system *system, const struct engine_start *start, struct engine_account *account, struct error *error)
{
	struct arena *arena = system->arena;
	*engine = (struct engine){ .system = system, .account = account, .error = error };
	engine->last = arena_take(arena, system->rows, sizeof *engine->last, error);
	engine->initial = arena_take(arena, system->rows, sizeof *engine->initial, error);
	engine->still = arena_take(arena, system->rows, sizeof *engine->still, error);
	engine->stilled = arena_take(arena, 2 * system->rows, sizeof *engine->stilled, error);
	engine->moves = arena_take(arena, system->rows, sizeof *engine->moves, error);
	engine->lone = arena_take(arena, system->rows, sizeof *engine->lone, error);
	engine->aside.atom = arena_take(arena, system->atoms, sizeof *engine->aside.atom, error);
	engine->aside.change = arena_take(arena, system->atoms, sizeof *engine->aside.change, error);
	engine->possible = possible_new(system, error);
	if (engine->possible != NULL) {
		engine->possible->mend = engine_mend;
		engine->possible->context = engine;
	}
	if (engine->last == NULL || engine->initial == NULL || engine->still == NULL || engine->stilled == NULL || engine->moves == NULL ||
		engine->aside.atom == NULL || engine->aside.change == NULL || engine->lone == NULL || engine->possible == NULL)
		return -1;
	for (size_t r = 0; r < system->rows; r++)
		engine->initial[r] = system->row[r].withheld;
	bool finds = start != NULL && start->finder != NULL;
	if (finds && (engine->finder = start->finder(start->context, system, error)) == NULL)
		return -1;
	return start == NULL ? 0 : take_start(engine, start);
}

struct engine *engine_new(struct system *system, const struct engine_start *start, struct engine_account *account, struct error *error)
{
	struct engine *engine = arena_take(system->arena, 1, sizeof *engine, error);
	uint32_t *target = arena_take(system->arena, system->rows, sizeof *target, error);
	*account = (struct engine_account){ 0 };
	system->widest = start != NULL ? WIDEST : 0;
	if (engine == NULL || target == NULL || implied_find(system, error) != 0 || engine_begin(engine, system, start, account, error) != 0)
		return NULL;
	engine->start = start;
	engine->target = target;
	for (size_t r = 0; r < system->rows; r++)
		if (engine_is_target(system, r))
			target[account->targets++] = (uint32_t)r;
	return engine;
}

bool engine_pairs(const struct engine *engine)
{
	const struct system *system = engine->system;
	size_t open = 0;
	for (size_t i = 0; i < engine->account->targets; i++)
		open += engine_needs(&system->row[engine->target[i]]);
	return system->rows >= PAIR_FROM && open >= PAIR_OPEN;
}

int engine_work(struct engine *engine, bool paired, struct error *error)
{
	struct system *system = engine->system;
	struct engine_account *account = engine->account;
	engine->error = error;
	int result = paired ? engine_pair(engine) : work_alone(engine);
	if (result == 0 && account->solved < RELEASE_AFTER)
		result = engine_release(engine);
	possible_end(engine->possible);
	for (size_t r = 0; r < system->rows; r++)
		system->row[r].withheld = system->row[system->row[r].same].withheld;
	for (size_t r = 0; r < system->rows; r++)
		account->stuck += engine_is_target(system, r) && engine_needs(&system->row[r]);
	return result != 0 ? result : list_tables(engine);
}

int engine_protect(struct system *system, const struct engine_start *start, bool paired, struct engine_account *account, struct error *error)
{
	struct engine *engine = engine_new(system, start, account, error);
	return engine == NULL ? -1 : engine_work(engine, paired, error);
}
