/* Moves of atoms, and what they make of rows: see trial.h. */
#include "stages/protect/facts/trial.h"

int trial_begin(struct trial *trial, const struct system *system, struct error *error)
{
	*trial = (struct trial){ .system = system };
	trial->room = arena_take(system->arena, system->atoms, sizeof *trial->room, error);
	trial->moved = arena_take(system->arena, system->atoms, sizeof *trial->moved, error);
	trial->limit = arena_take(system->arena, system->rows, sizeof *trial->limit, error);
	trial->by_row = arena_take(system->arena, system->rows, sizeof *trial->by_row, error);
	return trial->room == NULL || trial->moved == NULL || trial->limit == NULL || trial->by_row == NULL ? -1 : 0;
}

static int32_t clamp(int64_t number)
{
	return number > INT32_MAX ? INT32_MAX : number < -INT32_MAX ? -INT32_MAX : (int32_t)number;
}

static struct trial_limit limit_of(const struct row *row)
{
	if (row->kind == ROW_KNOWN || (row->kind == ROW_CELL && !row->withheld))
		return (struct trial_limit){ 0, 0 };
	int32_t least = clamp(row->floor - row->value), most = row->ceiling == INT64_MAX ? INT32_MAX : clamp(row->ceiling - row->value);
	return (struct trial_limit){ least < 0 ? least : 0, most > 0 ? most : 0 };
}

void trial_find_rooms(struct trial *trial)
{
	const struct system *system = trial->system;
	for (size_t r = 0; r < system->rows; r++)
		trial->limit[r] = limit_of(&system->row[r]);
	for (size_t a = 0; a < system->atoms; a++) {
		const struct row *row = system->single[a] == SYSTEM_NONE ? NULL : &system->row[system->single[a]];
		trial->room[a] = (struct trial_room){ .least = 1, .most = 0 };
		if (row != NULL && row->kind == ROW_CELL && row->withheld && !system->fixed[a])
			trial->room[a] = (struct trial_room){ clamp(row->floor - row->value),
				row->ceiling == INT64_MAX ? INT32_MAX : clamp(row->ceiling - row->value), row->lone };
	}
}

bool trial_has_room(const struct trial *trial, uint32_t atom, int64_t by)
{
	const struct trial_room *room = &trial->room[atom];
	int64_t to = trial->moved[atom] + by;
	if (to < room->least || to > room->most)
		return false;
	size_t row = trial->system->single[atom];
	return !room->lone || row == trial->row || (!trial->careful && !trial->still[row]);
}

/* How far a row that moves so must move beside to be possible, at no cost; 0: it is. */
static int64_t lacks(struct trial_limit limit, int64_t by)
{
	return by < limit.least ? limit.least - by : by > limit.most ? limit.most - by : 0;
}

/* Adds to what the table makes of the atom and its rows. */
static void add(struct trial *trial, uint32_t atom, int64_t by)
{
	const struct system *system = trial->system;
	trial->moved[atom] += by;
	for (size_t t = system->atom_first[atom]; t < system->atom_first[atom + 1]; t++) {
		size_t r = system->atom_term[t].index;
		int64_t before = trial->by_row[r], after = before + system->atom_term[t].sign * by;
		trial->by_row[r] = after;
		trial->broken -= lacks(trial->limit[r], before) != 0;
		trial->broken += lacks(trial->limit[r], after) != 0;
		if (!trial->still[r] || r == trial->row)
			continue;
		trial->stirred -= before != 0;
		trial->stirred += after != 0;
	}
}

void trial_move(struct trial *trial, uint32_t atom, int64_t by)
{
	trial->change[trial->changes++] = (struct trial_change){ atom, by };
	add(trial, atom, by);
}

void trial_take_back(struct trial *trial, size_t changes)
{
	while (trial->changes > changes) {
		const struct trial_change *change = &trial->change[--trial->changes];
		add(trial, change->atom, -change->by);
	}
}

struct trial_breach trial_first_breach(const struct trial *trial)
{
	const struct system *system = trial->system;
	for (size_t i = 0; i < trial->changes; i++)
		for (size_t t = system->atom_first[trial->change[i].atom]; t < system->atom_first[trial->change[i].atom + 1]; t++) {
			size_t r = system->atom_term[t].index;
			int64_t by = lacks(trial->limit[r], trial->by_row[r]);
			if (by != 0)
				return (struct trial_breach){ r, by };
		}
	return (struct trial_breach){ SYSTEM_NONE, 0 };
}
