/* Single persons who know that they form a row alone: see engine_inside.h. */
#include <string.h>

#include "stages/protect/engine/engine_inside.h"

#define SEEN 64 /* of more tables that move a row the latest count for what a single person knows */

void engine_forget_stills(struct engine *engine)
{
	while (engine->stills > 0)
		engine->still[engine->stilled[--engine->stills]] = false;
}

/* The row as it is by the tables in which `lone` does not move. */
static struct row without(const struct engine *engine, size_t r, size_t lone)
{
	struct row rest = engine->system->row[r];
	rest.raised = rest.lowered = 0;
	for (uint32_t u = engine->last[r]; u > 0; u = engine->use[u - 1].before) {
		const struct use *use = &engine->use[u - 1];
		const struct witness *witness = &engine->witness[use->witness];
		bool moves = witness->gone;
		for (size_t i = 0; i < witness->lones && !moves; i++)
			moves = witness->lone[i] == lone;
		rest.raised = !moves && use->move > rest.raised ? use->move : rest.raised;
		rest.lowered = !moves && -use->move > rest.lowered ? -use->move : rest.lowered;
	}
	return rest;
}

/* The atom's sign in a row, 0 when it is not there; terms are in the order of their atoms. */
static int sign_in(const struct system *system, size_t r, uint32_t atom)
{
	size_t low = system->first[r], high = system->first[r + 1];
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (system->term[middle].index < atom)
			low = middle + 1;
		else
			high = middle;
	}
	return low < system->first[r + 1] && system->term[low].index == atom ? system->term[low].sign : 0;
}

/* Whether lone − row is `sign` times a third row and a sum of atoms; with sign 0, a sum of atoms alone. */
static bool is_rest(const struct system *system, size_t r, size_t lone, size_t third, int sign)
{
	const size_t walked[] = { r, third }; /* no other atom can be taken away */
	for (size_t i = 0; i < 2; i++)
		for (size_t t = system->first[walked[i]]; t < system->first[walked[i] + 1]; t++) {
			uint32_t atom = system->term[t].index;
			if (sign_in(system, lone, atom) - sign_in(system, r, atom) - sign * sign_in(system, third, atom) < 0)
				return false;
		}
	return true;
}

/* Whether all persons of the row are in the lone row, as it is or by one tie or inequality: then nobody is in it whom the lone person does
   not know. */
static bool is_within(const struct system *system, size_t r, size_t lone)
{
	bool within = is_rest(system, r, lone, lone, 0);
	uint32_t atom = system->term[system->first[lone]].index;
	for (size_t t = system->atom_first[atom]; t < system->atom_first[atom + 1] && !within; t++) {
		const struct row *third = &system->row[system->atom_term[t].index];
		if (third->kind == ROW_HIDDEN || (third->kind == ROW_KNOWN && third->value == 0))
			within = is_rest(system, r, lone, system->atom_term[t].index, 1);
		if (third->kind == ROW_KNOWN && third->value == 0 && !within)
			within = is_rest(system, r, lone, system->atom_term[t].index, -1);
	}
	return within;
}

/* Whether the lone person may narrow what is known of the row: she is another one, and somebody may be in it whom she does not know. */
static bool is_other(const struct system *system, size_t r, size_t lone)
{
	bool same = system->row[r].person != 0 && system->row[r].person == system->row[lone].person;
	return !same && !is_within(system, r, lone);
}

/* The witnesses in which the row moves, and in which of them each lone row does. */
struct seen {
	size_t count;
	const struct use *use[SEEN];
};

static struct seen find_seen(struct engine *engine, size_t r, size_t *lones)
{
	struct seen seen = { 0 };
	*lones = 0;
	for (uint32_t u = engine->last[r]; u > 0 && seen.count < SEEN; u = engine->use[u - 1].before) {
		const struct witness *witness = &engine->witness[engine->use[u - 1].witness];
		for (size_t i = 0; i < witness->lones && !witness->gone; i++) {
			size_t lone = witness->lone[i];
			if (engine->moves[lone] == 0)
				engine->lone[(*lones)++] = (uint32_t)lone;
			engine->moves[lone] |= UINT64_C(1) << seen.count;
		}
		if (!witness->gone)
			seen.use[seen.count++] = &engine->use[u - 1];
	}
	return seen;
}

/* The row as it is by the witnesses of `seen` whose bits are not set in `but`. */
static struct row rest_of(const struct row *row, const struct seen *seen, uint64_t but)
{
	struct row rest = *row;
	rest.raised = rest.lowered = 0;
	for (size_t w = 0; w < seen->count; w++) {
		int64_t move = (but >> w & 1) != 0 ? 0 : seen->use[w]->move;
		rest.raised = move > rest.raised ? move : rest.raised;
		rest.lowered = -move > rest.lowered ? -move : rest.lowered;
	}
	return rest;
}

struct row engine_find_stills(struct engine *engine, size_t r)
{
	const struct system *system = engine->system;
	struct row least = system->row[r];
	size_t lones;
	engine_forget_stills(engine);
	struct seen seen = find_seen(engine, r, &lones);
	for (size_t i = 0; i < lones; i++) {
		size_t lone = engine->lone[i];
		struct row rest = rest_of(&system->row[r], &seen, engine->moves[lone]);
		engine->moves[lone] = 0;
		if (!engine_needs(&rest) || !is_other(system, r, lone))
			continue;
		least.raised = rest.raised < least.raised ? rest.raised : least.raised;
		least.lowered = rest.lowered < least.lowered ? rest.lowered : least.lowered;
		engine->still[lone] = true;
		engine->stilled[engine->stills++] = (uint32_t)lone;
	}
	return least;
}

/* One or two more tables for the row, which stands as `least` by those in which the marked rows do not move. 1 when there are
   none. */
static int serve_still(struct engine *engine, size_t r, struct row *least)
{
	int result = 0;
	if (least->raised < least->up) {
		result = engine_serve(engine, r, least, least->up);
		least->raised = least->up;
	}
	if (result == 0 && engine_needs(least))
		result = engine_serve(engine, r, least, engine_step_up(least));
	return result;
}

/* Tables for the row in which the lone one does not move: first such as are likely, then whatever they take; in parts that begin with tables that at once, since
   the finder would look for both alike. 1 when none are found; *none: because there is none that raises it enough. */
static int seclude_from(struct engine *engine, size_t r, size_t lone, bool *none)
{
	int result = 1;
	*none = false;
	engine->still[lone] = true;
	engine->shunned[lone] = false;
	for (int turn = engine->system->widest > 0 ? 1 : 0; turn < 2 && result == 1; turn++) {
		struct row least = without(engine, r, lone);
		engine->earnest = turn > 0;
		bool raises = least.raised < least.up;
		result = engine_needs(&least) ? serve_still(engine, r, &least) : 0;
		*none = raises && result == 1 && engine->none;
	}
	engine->earnest = engine->still[lone] = false;
	return result;
}

int engine_seclude(struct engine *engine, size_t r)
{
	struct row least = engine_find_stills(engine, r);
	size_t count = engine->stills;
	uint32_t *lone = engine->stilled + engine->system->rows; /* a copy, behind the list */
	int result = count > 0 ? serve_still(engine, r, &least) : 0;
	memcpy(lone, engine->stilled, count * sizeof *lone);
	engine_forget_stills(engine);
	for (size_t i = 0; i < count && result == 1; i++) /* a table for one of them may do for the next */
		engine->shunned[lone[i]] = true;
	bool exposed = false, bound = false, each = result == 1;
	for (size_t i = 0; i < count && each && result >= 0; i++) {
		bool none;
		result = seclude_from(engine, r, lone[i], &none);
		exposed = exposed || (result == 1 && !none);
		bound = bound || (result == 1 && none);
	}
	for (size_t i = 0; i < count; i++)
		engine->shunned[lone[i]] = false;
	engine->account->exposed += exposed;
	engine->account->bound += bound && !exposed;
	return result < 0 ? -1 : 0;
}
