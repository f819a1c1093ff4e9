/* Tables that break loose rows, and others with them: see engine_inside.h.

   Loose rows hold together what hangs together in nothing else, such as a month and its year. Where somebody more in one demands somebody more in the
   other, a table is most often known there that has as many: both together are possible, since they share no other row. */
#include <math.h>

#include "stages/protect/engine/engine_inside.h"

#define MENDS 8  /* tables that are added to one at most */
#define LOOKS 64 /* of the tables that move a row the latest */

/* The first whole that has fewer than its groups need, by its own row, and how many it lacks; SYSTEM_NONE where there is none, or it has too many. */
static size_t find_short(const struct possible *possible, int64_t *deficit)
{
	const struct most_view *view = possible->most;
	for (size_t i = 0; view != NULL && i < view->wholes; i++)
		if (most_lacks(view, view->whole[i]) && possible->system->most->whole[view->whole[i]].sign > 0) {
			*deficit = -llround(view->left[view->whole[i]]);
			return possible->system->single[possible->system->most->whole[view->whole[i]].atom];
		}
	return SYSTEM_NONE;
}

/* The first loose row that the table breaks, or where there is none such a whole, and by how much; SYSTEM_NONE where it breaks neither, or something else. */
static size_t find_broken(const struct possible *possible, int64_t *deficit)
{
	size_t broken = SYSTEM_NONE;
	for (size_t i = 0; i < possible->touched; i++) {
		const struct row *row = &possible->system->row[possible->row[i]];
		int64_t value = row->value + possible->move[i];
		if (row->kind == ROW_KNOWN || value > row->ceiling || (value < row->floor && !row->loose))
			return SYSTEM_NONE;
		if (value < row->floor && broken == SYSTEM_NONE) {
			broken = possible->row[i];
			*deficit = row->floor - value;
		}
	}
	return broken == SYSTEM_NONE ? find_short(possible, deficit) : broken;
}

/* Whether a witness stands, and leaves alone what is wished and what must be still. */
static bool is_apart(const struct witness *witness, const struct wish *wish)
{
	bool apart = !witness->gone;
	for (size_t i = 0; i < witness->count && apart; i++)
		apart = witness->row[i] != wish->row && !wish->still[witness->row[i]];
	return apart;
}

static const struct witness *find_help(const struct engine *engine, size_t r, int64_t deficit, const struct wish *wish)
{
	size_t looks = 0;
	for (uint32_t u = engine->last[r]; u > 0 && looks < LOOKS; u = engine->use[u - 1].before, looks++) {
		const struct use *use = &engine->use[u - 1];
		if (use->move >= deficit && is_apart(&engine->witness[use->witness], wish))
			return &engine->witness[use->witness];
	}
	return NULL;
}

static void add_table(struct possible *possible, const struct engine_table *table)
{
	for (size_t i = 0; i < table->moved; i++) {
		size_t at = 0;
		while (at < possible->moved && possible->atom[at] != table->atom[i])
			at++;
		if (at == possible->moved) {
			possible->atom[possible->moved] = table->atom[i];
			possible->change[possible->moved++] = 0;
		}
		possible->change[at] += table->change[i];
	}
}

bool engine_mend(void *context, const struct wish *wish)
{
	const struct engine *engine = context;
	struct possible *possible = engine->possible;
	bool allowed = false;
	for (int times = 0; times < MENDS && !allowed; times++) {
		int64_t deficit = 0;
		size_t broken = find_broken(possible, &deficit);
		const struct witness *help = broken == SYSTEM_NONE ? NULL : find_help(engine, broken, deficit, wish);
		if (help == NULL)
			return false;
		add_table(possible, &help->table);
		allowed = possible_check(possible);
	}
	return allowed;
}
