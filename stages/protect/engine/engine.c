/* Withholding with proof: see engine.h.

   For each target that no table found so far protects, the cheapest other possible table is looked for, in a window that grows
   until there is one; what moves in it is withheld, and the table stays as witness. Tables found earlier remain possible, since
   fewer and fewer rows are printed. First every target gets tables that raise it enough, then those that its range still
   needs, then those that a single person in another row cannot rule out. Last, rows withheld beside the small ones are
   printed again, the dearest first, where all that rests on them finds other witnesses among what is withheld anyway. */
#include "stages/protect/engine/engine.h"

#include "stages/protect/engine/engine_inside.h"
#include "stages/protect/engine/implied.h"

/* In a part that begins with tables the widest windows cost more than they find: what is left grows. */
#define WIDEST 2000

#define PAIR_FROM 4000 /* rows, and … */
#define PAIR_OPEN 100  /* … targets that the start left open, from which two engines share them */
#define RELEASE_AFTER 800 /* programs: in a part that begins with tables nothing is printed again where withholding took more */

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

struct engine *engine_new(struct system *system, const struct engine_start *start, struct engine_account *account, struct error *error)
{
	struct engine *engine = arena_take(system->arena, 1, sizeof *engine, error);
	uint32_t *target = arena_take(system->arena, system->rows, sizeof *target, error);
	*account = (struct engine_account){ 0 };
	bool bounded = start != NULL && !start->wide;
	system->widest = bounded ? WIDEST : 0;
	if (engine == NULL || target == NULL || implied_find(system, error) != 0 || (bounded && window_prepare(system, error) != 0) ||
		engine_begin(engine, system, start, account, error) != 0)
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

int engine_work(struct engine *engine, struct error *error)
{
	engine->error = error;
	int result = work_alone(engine);
	possible_end(engine->possible); /* programs are their thread's */
	return result;
}

int engine_end(struct engine *engine, struct error *error)
{
	struct system *system = engine->system;
	struct engine_account *account = engine->account;
	int result = 0;
	engine->error = error;
	if (engine->start == NULL || account->solved < RELEASE_AFTER)
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
	if (engine == NULL || (paired ? engine_work_pairs(&engine, 1, error) : engine_work(engine, error)) != 0)
		return -1;
	return engine_end(engine, error);
}
