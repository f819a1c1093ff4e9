/* Known rows that follow from others: see implied.h.

   Elimination modulo a prime: each row, shortest first, is taken down by those before it; of what is left one atom becomes the
   row's own, and nothing left means that the row follows. Modulo a prime a row may seem to follow that does not (one chance in two
   thousand million); a program then lacks a tie, and the check of what it finds sees that. */
#include "stages/protect/engine/implied.h"

#include <stdlib.h>

#define PRIME UINT64_C(2147483647)

/* What is left of a row, as a multiple in which the factor of its own atom is 1: the other atoms. */
struct rest {
	bool own;
	size_t count;
	uint32_t *atom;
	uint64_t *factor;
};

struct elimination {
	struct system *system;
	struct rest *rest;  /* of each atom: of the row whose own it is */
	uint64_t *factor;   /* of each atom in the row at hand */
	uint32_t *listed;   /* the atoms that have, or had, a factor */
	bool *is_listed;
};

static uint64_t power(uint64_t base, uint64_t exponent)
{
	uint64_t result = 1;
	for (; exponent > 0; exponent /= 2, base = base * base % PRIME)
		result = exponent % 2 == 0 ? result : result * base % PRIME;
	return result;
}

static size_t add(struct elimination *work, size_t count, uint32_t atom, uint64_t factor)
{
	work->factor[atom] = (work->factor[atom] + factor) % PRIME;
	if (!work->is_listed[atom])
		work->listed[count++] = atom;
	work->is_listed[atom] = true;
	return count;
}

/* Writes the row out and takes away what earlier rows say. The number of atoms that stay listed; some of them may have the factor 0. */
static size_t take_down(struct elimination *work, size_t r)
{
	const struct system *system = work->system;
	size_t count = 0, kept = 0;
	for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
		count = add(work, count, system->term[t].index, system->term[t].sign > 0 ? 1 : PRIME - 1);
	while (kept < count) {
		uint32_t atom = work->listed[kept];
		const struct rest *rest = &work->rest[atom];
		uint64_t factor = work->factor[atom];
		if (!rest->own) {
			kept++;
			continue;
		}
		work->listed[kept] = work->listed[--count]; /* rows taken away meanwhile may bring it back */
		work->is_listed[atom] = false;
		work->factor[atom] = 0;
		for (size_t i = 0; i < rest->count && factor != 0; i++)
			count = add(work, count, rest->atom[i], (PRIME - factor) * rest->factor[i] % PRIME);
	}
	return count;
}

/* Keeps what is left, by its first atom, and clears the scratch. Whether nothing was left, in *nothing. */
static int keep_rest(struct elimination *work, size_t count, bool *nothing, struct error *error)
{
	struct arena *arena = work->system->arena;
	struct rest *rest = NULL;
	size_t left = 0, own = SYSTEM_NONE;
	for (size_t i = 0; i < count; i++) {
		left += work->factor[work->listed[i]] != 0;
		if (work->factor[work->listed[i]] != 0 && work->listed[i] < own)
			own = work->listed[i];
	}
	*nothing = left == 0;
	if (left > 0) {
		rest = &work->rest[own];
		rest->own = true;
		rest->atom = arena_take(arena, left - 1, sizeof *rest->atom, error);
		rest->factor = arena_take(arena, left - 1, sizeof *rest->factor, error);
		if (rest->atom == NULL || rest->factor == NULL)
			return -1;
	}
	uint64_t inverse = left > 0 ? power(work->factor[own], PRIME - 2) : 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t atom = work->listed[i];
		if (work->factor[atom] != 0 && atom != own) {
			rest->atom[rest->count] = atom;
			rest->factor[rest->count++] = work->factor[atom] * inverse % PRIME;
		}
		work->factor[atom] = 0;
		work->is_listed[atom] = false;
	}
	return 0;
}

struct tie {
	size_t length;
	uint32_t row;
};

static int by_length(const void *left, const void *right)
{
	const struct tie *a = left, *b = right;
	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

int implied_find(struct system *system, struct error *error)
{
	struct elimination work = { .system = system };
	struct tie *tie = arena_take(system->arena, system->rows, sizeof *tie, error);
	size_t ties = 0;
	work.rest = arena_take(system->arena, system->atoms, sizeof *work.rest, error);
	work.factor = arena_take(system->arena, system->atoms, sizeof *work.factor, error);
	work.listed = arena_take(system->arena, system->atoms, sizeof *work.listed, error);
	work.is_listed = arena_take(system->arena, system->atoms, sizeof *work.is_listed, error);
	if (tie == NULL || work.rest == NULL || work.factor == NULL || work.listed == NULL || work.is_listed == NULL)
		return -1;
	for (size_t r = 0; r < system->rows; r++)
		if (system->row[r].same == r && system->row[r].kind == ROW_KNOWN)
			tie[ties++] = (struct tie){ system->first[r + 1] - system->first[r], (uint32_t)r };
	qsort(tie, ties, sizeof *tie, by_length);
	for (size_t i = 0; i < ties; i++)
		if (keep_rest(&work, take_down(&work, tie[i].row), &system->row[tie[i].row].implied, error) != 0)
			return -1;
	return 0;
}
