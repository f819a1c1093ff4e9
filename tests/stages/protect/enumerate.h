/* What an attacker can know of a small system, by writing down every table that he must think possible. */
#ifndef FINSAMSTAT_TESTS_ENUMERATE_H
#define FINSAMSTAT_TESTS_ENUMERATE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "stages/protect/engine/system.h"

#define ENUMERATE_ATOMS 9
#define ENUMERATE_ROWS 80

struct enumeration {
	const struct system *system;
	int64_t more; /* an atom is tried up to so much above its true count */
	size_t last[ENUMERATE_ROWS]; /* 1 + the last atom of each row; 0: it has none */
	int64_t sum[ENUMERATE_ROWS];
	int64_t least[ENUMERATE_ROWS], most[ENUMERATE_ROWS]; /* of each row over all tables */
	/* Of row r over the tables in which the lone row s has its true value: [s][r]. */
	int64_t lone_least[ENUMERATE_ROWS][ENUMERATE_ROWS], lone_most[ENUMERATE_ROWS][ENUMERATE_ROWS];
	uint64_t tables;
};

static inline bool enumerate_fixed(const struct row *row)
{
	return row->kind == ROW_KNOWN || (row->kind == ROW_CELL && !row->withheld);
}

static inline void enumerate_note(int64_t value, int64_t *least, int64_t *most)
{
	*least = value < *least ? value : *least;
	*most = value > *most ? value : *most;
}

static inline void enumerate_table(struct enumeration *all)
{
	const struct system *system = all->system;
	for (size_t r = 0; r < system->rows; r++) {
		const struct row *row = &system->row[r];
		if (enumerate_fixed(row) ? all->sum[r] != row->value : all->sum[r] < row->floor || all->sum[r] > row->ceiling)
			return;
	}
	all->tables++;
	for (size_t r = 0; r < system->rows; r++)
		enumerate_note(all->sum[r], &all->least[r], &all->most[r]);
	for (size_t s = 0; s < system->rows; s++)
		for (size_t r = 0; r < system->rows && system->row[s].lone && all->sum[s] == system->row[s].value; r++)
			enumerate_note(all->sum[r], &all->lone_least[s][r], &all->lone_most[s][r]);
}

/* Adds `count` to every row of the atom. 1: no such table is possible; 2: nor with a larger count. */
static inline int enumerate_add(struct enumeration *all, size_t atom, int64_t count)
{
	const struct system *system = all->system;
	int refused = 0;
	for (size_t r = 0; r < system->rows; r++) {
		const struct row *row = &system->row[r];
		for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
			all->sum[r] += system->term[t].index == atom ? system->term[t].sign * count : 0;
		if (row->kind == ROW_CELL && all->sum[r] > (row->withheld ? row->ceiling : row->value))
			refused = 2;
		else if (all->last[r] == atom + 1 && refused == 0)
			refused = enumerate_fixed(row) ? all->sum[r] != row->value : all->sum[r] < row->floor;
	}
	return refused;
}

static inline void enumerate_from(struct enumeration *all, size_t atom)
{
	const struct system *system = all->system;
	if (atom == system->atoms) {
		enumerate_table(all);
		return;
	}
	int64_t most = system->fixed[atom] ? 0 : system->atom[atom] + all->more;
	for (int64_t count = 0; count <= most; count++) {
		int refused = enumerate_add(all, atom, count);
		if (refused == 0)
			enumerate_from(all, atom + 1);
		(void)enumerate_add(all, atom, -count);
		if (refused == 2)
			break;
	}
}

/* Every table of atoms that agrees with the printed and known rows and the floors of the others. */
static inline void enumerate_all(struct enumeration *all, const struct system *system, int64_t more)
{
	memset(all, 0, sizeof *all);
	all->system = system;
	all->more = more;
	for (size_t r = 0; r < system->rows; r++)
		all->last[r] = system->first[r] == system->first[r + 1] ? 0 : (size_t)system->term[system->first[r + 1] - 1].index + 1;
	for (size_t r = 0; r < ENUMERATE_ROWS; r++) {
		all->least[r] = INT64_MAX;
		all->most[r] = INT64_MIN;
		for (size_t s = 0; s < ENUMERATE_ROWS; s++) {
			all->lone_least[s][r] = INT64_MAX;
			all->lone_most[s][r] = INT64_MIN;
		}
	}
	enumerate_from(all, 0);
}

/* Whether the row has its range. */
static inline bool enumerate_holds(const struct row *row, int64_t least, int64_t most)
{
	return most >= row->value + row->up && most - least >= row->width;
}

/* Whether the row holds more than what the lone row is: else there is nothing that its person does not know. */
static inline bool enumerate_outside(const struct system *system, size_t row, size_t lone)
{
	for (size_t t = system->first[row]; t < system->first[row + 1]; t++) {
		bool in = system->term[t].sign < 0;
		for (size_t l = system->first[lone]; l < system->first[lone + 1]; l++)
			in = in || system->term[l].index == system->term[t].index;
		if (!in)
			return true;
	}
	return false;
}

/* The first row that breaks the guarantee; SYSTEM_NONE when it holds. `lone` is the row whose person can tell, if one must. */
static inline size_t enumerate_breach(const struct enumeration *all, size_t *lone)
{
	const struct system *system = all->system;
	*lone = SYSTEM_NONE;
	for (size_t r = 0; r < system->rows; r++) {
		const struct row *row = &system->row[r];
		if (row->up == 0 || row->kind == ROW_KNOWN)
			continue;
		if (!enumerate_holds(row, all->least[r], all->most[r]) || (row->kind == ROW_CELL && !row->withheld))
			return r;
		for (*lone = 0; *lone < system->rows; (*lone)++)
			if (system->row[*lone].lone && enumerate_outside(system, r, *lone) &&
				!enumerate_holds(row, all->lone_least[*lone][r], all->lone_most[*lone][r]))
				return r;
		*lone = SYSTEM_NONE;
	}
	return SYSTEM_NONE;
}

#endif
