/* An engine, what it has found so far, and what that withholds: see engine_inside.h. */
#include <string.h>

#include "stages/protect/engine/engine_inside.h"

bool engine_needs(const struct row *row)
{
	return row->up > 0 && (row->raised < row->up || row->raised + row->lowered < row->width);
}

bool engine_is_target(const struct system *system, size_t r)
{
	return system->row[r].same == r && system->row[r].up > 0 && system->row[r].kind != ROW_KNOWN;
}

int64_t engine_step_up(const struct row *row)
{
	int64_t rest = row->width - row->lowered;
	return rest > row->up ? rest : row->up;
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

void engine_copy_table(size_t moved, uint32_t *atom, const uint32_t *from_atom, int64_t *change, const int64_t *from_change)
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
	uint32_t *atom = arena_take(arena, possible->moved, sizeof *atom, engine->error), *lone = NULL;
	int64_t *move = arena_take(arena, possible->touched, sizeof *move, engine->error);
	int64_t *change = arena_take(arena, possible->moved, sizeof *change, engine->error);
	size_t lones = 0;
	for (size_t i = 0; i < possible->touched; i++)
		lones += engine->system->row[possible->row[i]].lone;
	if (list == NULL || row == NULL || move == NULL || atom == NULL || change == NULL ||
		(lones > 0 && (lone = arena_take(arena, lones, sizeof *lone, engine->error)) == NULL))
		return -1;
	for (size_t i = 0, at = 0; at < lones; i++)
		if (engine->system->row[possible->row[i]].lone)
			lone[at++] = possible->row[i];
	memcpy(row, possible->row, possible->touched * sizeof *row);
	memcpy(move, possible->move, possible->touched * sizeof *move);
	engine_copy_table(possible->moved, atom, possible->atom, change, possible->change);
	engine->witness = list;
	list[engine->witnesses] = (struct witness){ .count = possible->touched, .lones = lones, .row = row, .lone = lone, .move = move,
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
	engine_copy_table(moved, possible->atom, atom, possible->change, change);
	possible->moved = moved;
	return possible_check(possible) ? engine_keep(engine) : 0;
}

/* Keeps those of the start's tables that are possible with what is withheld already. */
static int take_start(struct engine *engine, const struct engine_start *start)
{
	struct possible *possible = engine->possible;
	for (size_t i = 0; i < start->tables; i++) {
		const struct engine_table *table = &start->table[i];
		engine_copy_table(table->moved, possible->atom, table->atom, possible->change, table->change);
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
	engine->shunned = arena_take(arena, system->rows, sizeof *engine->shunned, error);
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
	if (engine->last == NULL || engine->initial == NULL || engine->still == NULL || engine->shunned == NULL || engine->stilled == NULL || engine->moves == NULL ||
		engine->aside.atom == NULL || engine->aside.change == NULL || engine->lone == NULL || engine->possible == NULL)
		return -1;
	for (size_t r = 0; r < system->rows; r++)
		engine->initial[r] = system->row[r].withheld;
	bool finds = start != NULL && start->finder != NULL;
	if (finds && (engine->finder = start->finder(start->context, system, error)) == NULL)
		return -1;
	return start == NULL ? 0 : take_start(engine, start);
}
