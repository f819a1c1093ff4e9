/* Rows printed again, of those that were withheld beside the small ones: see engine_inside.h. */
#include <stdlib.h>

#include "stages/protect/engine/engine_inside.h"

#define RELEASE_WORK 150 /* programs that it may cost */
#define RELEASE_USES 12  /* a row that more witnesses use is not worth the trial */

/* What the witnesses that are not gone do for a target: of no other row is that asked. */
static void recount(struct engine *engine, size_t r)
{
	struct row *row = &engine->system->row[r];
	if (row->up == 0)
		return;
	row->raised = row->lowered = 0;
	for (uint32_t u = engine->last[r]; u > 0; u = engine->use[u - 1].before) {
		const struct use *use = &engine->use[u - 1];
		if (engine->witness[use->witness].gone)
			continue;
		row->raised = use->move > row->raised ? use->move : row->raised;
		row->lowered = -use->move > row->lowered ? -use->move : row->lowered;
	}
}

/* A table for the row among what is withheld; *found false when its needs cannot be met so. */
static int meet(struct engine *engine, size_t r, bool *found)
{
	const struct row *row = &engine->system->row[r];
	*found = true;
	for (int turn = 0; turn < 2 && engine_needs(row) && *found; turn++) {
		struct wish wish = { .row = r, .step = engine_step_up(row), .free_only = true };
		if (engine_look(engine, &wish, 1, found) != 0 || (*found && engine_keep(engine) != 0))
			return -1;
	}
	struct row least = engine_find_stills(engine, r);
	if (*found && engine->stills > 0) {
		struct wish wish = { .row = r, .step = engine_step_up(&least), .free_only = true };
		if (engine_look(engine, &wish, 1, found) != 0 || (*found && engine_keep(engine) != 0))
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

int engine_release(struct engine *engine)
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
	}
	for (size_t i = 0; i < count; i++) { /* what was withheld for tables that others have replaced meanwhile */
		struct row *row = &system->row[list[i].row];
		row->withheld = row->withheld && is_used(engine, list[i].row);
	}
	return 0;
}
