/* Moves of atoms, and what they make of rows: see trial.h. */
#include "stages/protect/facts/trial.h"

#define CHECK_EFFORT 40 /* of checking a table: engine_finder.effort */

int trial_begin(struct trial *trial, const struct system *system, struct error *error)
{
	*trial = (struct trial){ .system = system };
	trial->room = arena_take(system->arena, system->atoms, sizeof *trial->room, error);
	trial->moved = arena_take(system->arena, system->atoms, sizeof *trial->moved, error);
	trial->row = arena_take(system->arena, system->rows, sizeof *trial->row, error);
	trial->across = arena_take(system->arena, system->rows, sizeof *trial->across, error);
	return trial->room == NULL || trial->moved == NULL || trial->row == NULL || trial->across == NULL ? -1 : 0;
}

static int32_t clamp(int64_t number)
{
	return number > INT32_MAX ? INT32_MAX : number < -INT32_MAX ? -INT32_MAX : (int32_t)number;
}

static struct trial_row limits_of(const struct row *row)
{
	if (row->kind == ROW_KNOWN || (row->kind == ROW_CELL && !row->withheld))
		return (struct trial_row){ 0 };
	int32_t least = clamp(row->floor - row->value), most = row->ceiling == INT64_MAX ? INT32_MAX : clamp(row->ceiling - row->value);
	return (struct trial_row){ .least = least < 0 ? least : 0, .most = most > 0 ? most : 0 };
}

void trial_find_rooms(struct trial *trial)
{
	const struct system *system = trial->system;
	for (size_t r = 0; r < system->rows; r++)
		trial->row[r] = limits_of(&system->row[r]);
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
	return !room->lone || row == trial->wished || (!trial->careful && (trial->still == NULL || !trial->still[row]));
}

/* How far the row must move beside to be possible, at no cost; 0: it is. */
static int64_t lacks(const struct trial_row *row)
{
	return row->by < row->least ? row->least - row->by : row->by > row->most ? row->most - row->by : 0;
}

/* Adds to what the table makes of the atom and its rows. */
static void add(struct trial *trial, uint32_t atom, int64_t by)
{
	const struct system *system = trial->system;
	const struct term *end = system->atom_term + system->atom_first[atom + 1];
	trial->moved[atom] += by;
	for (const struct term *term = system->atom_term + system->atom_first[atom]; term < end; term++) {
		size_t r = term->index;
		struct trial_row *row = &trial->row[r];
		int64_t before = row->by;
		bool broken = lacks(row) != 0;
		row->by = before + term->sign * by;
		if ((lacks(row) != 0) != broken) {
			size_t one = broken ? SIZE_MAX : 1; /* one fewer, or one more */
			trial->broken += one;
			trial->local += trial->across[r] ? 0 : one;
		}
		if (trial->still == NULL || !trial->still[r] || r == trial->wished)
			continue;
		trial->stirred -= before != 0;
		trial->stirred += row->by != 0;
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

bool trial_check(struct trial *trial)
{
	int64_t moved = trial->row[trial->wished].by;
	trial->left--;
	trial->effort += CHECK_EFFORT;
	return trial->broken == 0 && trial->stirred == 0 && (trial->wanted > 0 ? moved >= trial->wanted : moved <= trial->wanted);
}

struct trial_breach trial_first_breach(const struct trial *trial, bool local)
{
	const struct system *system = trial->system;
	for (size_t i = 0; i < trial->changes; i++)
		for (size_t t = system->atom_first[trial->change[i].atom]; t < system->atom_first[trial->change[i].atom + 1]; t++) {
			size_t r = system->atom_term[t].index;
			int64_t by = lacks(&trial->row[r]);
			if (by != 0 && !(local && trial->across[r]))
				return (struct trial_breach){ r, by };
		}
	return (struct trial_breach){ SYSTEM_NONE, 0 };
}
