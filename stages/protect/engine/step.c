/* What is done for one target: see engine_inside.h. */
#include "stages/protect/engine/engine_inside.h"

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

/* Tables that no single person elsewhere can rule out: not of what is too narrow for everybody. */
static int seclude_one(struct engine *engine, size_t r)
{
	return engine_needs(&engine->system->row[r]) ? 0 : engine_seclude(engine, r);
}

int engine_step(struct engine *engine, enum engine_stage stage, size_t r)
{
	static int (*const step[ENGINE_STAGES])(struct engine *, size_t) = { raise_one, widen_one, seclude_one };
	engine->secluding = stage == ENGINE_SECLUDES;
	int result = step[stage](engine, r);
	engine->secluding = false;
	return result == 1 ? 0 : result;
}
