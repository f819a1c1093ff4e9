/* The search for a table that serves a target, in windows of growing size: see engine_inside.h. */
#include "stages/protect/engine/engine_inside.h"

/* What moving another unfinished target as far as it needs is worth, in costs: about a third of a cell. */
#define REWARD 5.0

#define FEW_ATOMS 1000  /* in a part of fewer the program of all, without rewards, takes less than that of what is near with them */
#define TIGHT_TERMS 2 /* of a longer row another atom may rise */
#define FAR_TOO_DEAR 8 /* times what is dear: then wider windows are looked through, too */

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
		engine_copy_table(possible->moved, aside->atom, possible->atom, aside->change, possible->change);
		aside->moved = possible->moved;
		aside->cost = possible->cost;
	}
	return 0;
}

/* What a table found so far may cost at most where windows of a size are not to be looked through: everything is where there is none. */
static uint64_t most_for(const struct system *system, enum sight_size size)
{
	return system->dear == 0 || size == SIGHT_WHOLE ? UINT64_MAX - 1 : FAR_TOO_DEAR * system->dear;
}

/* Whether a part is so small that all of it is looked at at once; not where branching alone is to find it, which takes long in wide windows. */
static bool is_few(const struct system *system, const struct wish *wish)
{
	return system->dear > 0 && system->widest == 0 && system->atoms < FEW_ATOMS && !wish->patient;
}

/* Whether an atom of the wished row can hardly rise unless a whole does (most.h), or others of its group fall: what that takes is seldom near. */
static bool is_tight(const struct system *system, const struct wish *wish)
{
	bool tight = false, near = wish->quick || wish->free_only;
	size_t first = system->first[wish->row], end = system->first[wish->row + 1];
	for (size_t t = first; system->most != NULL && !near && wish->step > 0 && t < end && end - first <= TIGHT_TERMS; t++)
		tight = tight || (system->term[t].sign > 0 && system->most->rise[system->term[t].index] < wish->step);
	return tight;
}

/* The smallest windows that are looked through. Where the finder has looked they hold little that it did not see: of five searches in them four were in vain;
   only to print again what was withheld they do. */
static enum sight_size smallest_for(const struct system *system, const struct wish *wish)
{
	return is_few(system, wish) || (system->widest > 0 && !wish->free_only) ? SIGHT_WIDE : is_tight(system, wish) ? SIGHT_ACROSS : SIGHT_NEAR;
}

/* Whether windows of a size are not looked through: what is withheld when all is settled lies in wide ones, those across loose rows are for what begins there, and
   those of all are the last that are asked, since each takes long. */
static bool is_left_out(const struct wish *wish, enum sight_size first, enum sight_size size)
{
	return (size == SIGHT_ACROSS && first != SIGHT_ACROSS) || (size == SIGHT_MUCH && wish->settled) || (size >= SIGHT_TRODDEN && !wish->patient);
}

/* Looks in windows from `first` to before `sizes`. *whole: the latest of them left nothing out; those of tables of one kind are asked behind it,
   too, since it may have given up, and then, where these leave something out, all that hangs together once more. *smallest: in the smallest there
   is a table. */
static int look_through(struct engine *engine, const struct wish *wish, enum sight_size first, enum sight_size sizes, bool *whole, bool *smallest)
{
	struct possible *possible = engine->possible;
	const struct aside *aside = &engine->aside;
	for (enum sight_size size = first; size < sizes && aside->cost > most_for(engine->system, size) && !possible->none; size++) {
		if ((*whole && !sight_is_alike(size)) || !possible_has(possible, size) || is_left_out(wish, first, size))
			continue;
		if (look_once(engine, wish, size, whole) != 0)
			return -1;
		*smallest = *smallest || (size == SIGHT_NEAR && aside->cost != UINT64_MAX);
		if (*smallest && sizes > SIGHT_MUCH) /* it is dear for what it is, not for want of reach */
			sizes = SIGHT_MUCH;
	}
	return 0;
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
	wish->shunned = engine->shunned;
	wish->reward = REWARD;
	if (is_few(engine->system, wish) && sizes <= SIGHT_WIDE)
		sizes = SIGHT_WIDE + 1;
	if (look_through(engine, wish, smallest_for(engine->system, wish), sizes, &whole, &smallest) != 0)
		return -1;
	wish->thrifty = true;
	if (smallest && aside->cost > enough && !wish->quick && look_once(engine, wish, SIGHT_NEAR, &whole) != 0)
		return -1;
	wish->thrifty = false;
	*found = aside->cost != UINT64_MAX;
	if (*found) {
		engine_copy_table(aside->moved, possible->atom, aside->atom, possible->change, aside->change);
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
	engine_copy_table(table.moved, possible->atom, table.atom, possible->change, table.change);
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

/* Looks everywhere and longer: what is known of other days leaves little but what is far apart. At last for a way down. */
static int look_far(struct engine *engine, size_t r, const struct row *row, int64_t up)
{
	struct wish wish = { .row = r, .step = up, .patient = true };
	bool found = false;
	if (!engine->none && engine_look(engine, &wish, SIGHT_SIZES, &found) != 0)
		return -1;
	wish.step = step_down(row);
	if (!found && wish.step < 0 && engine_look(engine, &wish, SIGHT_SIZES, &found) != 0)
		return -1;
	return found ? engine_keep(engine) : 1;
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
	wish.patient = true; /* where there is none at all, neither longer search nor a narrower one finds any */
	if (!found && !engine->none && !engine->secluding && engine_look(engine, &wish, 1, &found) != 0)
		return -1;
	wish.patient = false;
	wish.grow = true;
	if (!found && !engine->none && !engine->secluding && engine_look(engine, &wish, SIGHT_SIZES, &found) != 0)
		return -1;
	int result = found ? engine_keep(engine) : last_resort(engine, r, up);
	return result == 1 && !engine->secluding ? look_far(engine, r, row, up) : result;
}
