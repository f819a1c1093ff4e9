/* Two engines on one system: see engine_work_pairs in engine.h.

   One begins with the first targets, the other further on, where its tables seldom touch those of the first. When they meet each takes over
   what the other has found: a table stays possible however much more is withheld. */
#include <string.h>

#include "pipeline/maths/meeting.h"
#include "stages/protect/engine/engine_inside.h"

#define SLICE 1000000 /* effort until they meet: some hundredths of a second */
#define SHARE 3       /* the second begins after a third of all targets: what is found for those, totals among them, serves many of the rest */

/* Tables from … to before end of an engine's list, whose memory stays while it grows. */
struct news {
	const struct witness *witness;
	size_t from, end;
};

struct pair {
	struct engine *engine[2];
	struct system *twin; /* the second's system, on which it begins by itself */
	struct arena *arena; /* of that, and of this */
	struct engine_account account;
	struct error error[2]; /* of each */
	bool begun, fails[2], failed;
	size_t told[2];    /* so many of its tables the other knows, or has found itself */
	struct news news[2]; /* what it has found since, as it stood when they met */
	size_t done[2];    /* targets since they met */
	uint32_t *target;  /* all, the first engine's in their order and behind them the second's in reverse: it takes them from the end */
	size_t targets;
	size_t first, end; /* those from first to before end are still to do in this stage */
	enum engine_stage stage; /* ENGINE_STAGES: the second is to end its programs */
};

/* The second takes over the start while the first works already. */
static int begin(struct pair *pair)
{
	pair->done[1] = 0;
	pair->fails[1] = engine_begin(pair->engine[1], pair->twin, pair->engine[0]->start, &pair->account, &pair->error[1]) != 0;
	pair->begun = !pair->fails[1];
	return 0;
}

/* Takes over what the other one had found when they met. */
static int hear(struct pair *pair, size_t which)
{
	struct news *news = &pair->news[1 - which];
	int result = 0;
	for (; news->from < news->end && result == 0; news->from++) {
		const struct engine_table *table = &news->witness[news->from].table;
		result = engine_adopt(pair->engine[which], table->moved, table->atom, table->change);
	}
	pair->told[which] = pair->engine[which]->witnesses;
	return result;
}

static int work(size_t which, void *context)
{
	struct pair *pair = context;
	struct engine *engine = pair->engine[which];
	if (which == 1 && !pair->begun && pair->stage != ENGINE_STAGES)
		return begin(pair);
	if (pair->stage == ENGINE_STAGES) {
		if (which == 1 && pair->begun)
			possible_end(engine->possible);
		return which == 1 || pair->failed ? 0 : hear(pair, 0);
	}
	pair->fails[which] = hear(pair, which) != 0;
	if (pair->fails[which])
		return 0;
	uint64_t until = engine_effort(engine) + SLICE;
	size_t left = pair->end - pair->first, share = which == 0 ? left - left / 2 : left / 2;
	int result = 0;
	for (pair->done[which] = 0; result == 0 && pair->done[which] < share && engine_effort(engine) < until; pair->done[which]++)
		result = engine_step(engine, pair->stage, pair->target[which == 0 ? pair->first + pair->done[0] : pair->end - 1 - pair->done[1]]);
	pair->fails[which] = result != 0;
	return 0; /* also after a failure they meet once more, so that the programs are ended */
}

static void exchange(struct pair *pair)
{
	for (size_t which = 0; which < 2; which++)
		pair->news[which] = (struct news){ pair->engine[which]->witness, pair->told[which], pair->engine[which]->witnesses };
}

/* What is to do next: the rest, or all targets in the next stage. */
static void go_on(struct pair *pair)
{
	pair->first += pair->done[0];
	pair->end -= pair->done[1];
	if (pair->first < pair->end)
		return;
	pair->stage++;
	pair->first = 0;
	pair->end = pair->targets;
}

static int meet(void *context)
{
	struct pair *pair = context;
	if (pair->stage == ENGINE_STAGES)
		return 0;
	pair->failed = pair->fails[0] || pair->fails[1];
	exchange(pair);
	if (pair->failed)
		pair->stage = ENGINE_STAGES;
	else
		go_on(pair);
	return 1;
}

/* A copy of the system on which the second engine works: of its own are the rows, and the memory. */
static struct system *copy(const struct system *system, struct arena *arena, struct error *error)
{
	struct system *twin = arena_take(arena, 1, sizeof *twin, error);
	if (twin == NULL)
		return NULL;
	*twin = *system;
	twin->arena = arena;
	twin->row = arena_take(arena, system->rows, sizeof *twin->row, error);
	if (twin->row == NULL)
		return NULL;
	memcpy(twin->row, system->row, system->rows * sizeof *twin->row);
	return twin;
}

static int order(struct pair *pair, const uint32_t *target, size_t targets, struct arena *arena, struct error *error)
{
	size_t share = targets / SHARE;
	pair->target = arena_take(arena, targets, sizeof *pair->target, error);
	for (size_t i = 0; pair->target != NULL && i < targets; i++)
		pair->target[i < share ? i : targets - 1 - (i - share)] = target[i];
	pair->targets = pair->end = targets;
	return pair->target == NULL ? -1 : 0;
}

static void add_account(struct engine_account *to, const struct engine_account *from)
{
	to->solved += from->solved;
	to->exposed += from->exposed;
	to->bound += from->bound;
	to->shifted += from->shifted;
}

/* A pair of which the first engine is there. */
static int begin_pair(struct pair *pair, struct engine *engine, struct error *error)
{
	pair->arena = arena_new(error);
	pair->engine[0] = engine;
	pair->engine[1] = pair->arena == NULL ? NULL : arena_take(pair->arena, 1, sizeof *engine, error);
	pair->twin = pair->engine[1] == NULL ? NULL : copy(engine->system, pair->arena, error);
	if (pair->twin == NULL || order(pair, engine->target, engine->account->targets, pair->arena, error) != 0)
		return -1;
	engine->error = &pair->error[0]; /* several pairs are at work at once */
	pair->told[0] = pair->told[1] = engine->witnesses; /* the start's */
	return 0;
}

static void end_pair(struct pair *pair, struct error *error)
{
	add_account(pair->engine[0]->account, &pair->account);
	pair->engine[0]->error = error;
	for (size_t which = 0; which < 2; which++)
		error_join(error, &pair->error[which]);
	arena_free(pair->arena);
}

int engine_work_pairs(struct engine *const *engine, size_t engines, struct error *error)
{
	struct arena *arena = arena_new(error);
	struct pair *pair = arena == NULL ? NULL : arena_take(arena, engines, sizeof *pair, error);
	struct meeting *meeting = arena == NULL ? NULL : arena_take(arena, engines, sizeof *meeting, error);
	int result = pair == NULL || meeting == NULL ? -1 : 0;
	size_t begun = 0;
	for (; begun < engines && result == 0; begun++) {
		result = begin_pair(&pair[begun], engine[begun], error);
		meeting[begun] = (struct meeting){ .lanes = 2, .work = work, .meet = meet, .context = &pair[begun] };
	}
	if (result == 0 && meeting_run(meeting, engines) != 0)
		result = error_set(error, EXIT_IO, "out of memory");
	for (size_t p = 0; p < begun; p++) {
		result = pair[p].failed ? -1 : result;
		end_pair(&pair[p], error);
		possible_end(engine[p]->possible);
	}
	arena_free(arena);
	return result;
}
