/* Elimination over the printed rows: see derivable.h. */
#include "stages/protect/rounding/derivable.h"

#include <stdlib.h>
#include <string.h>

#define PRIME UINT64_C(2147483647)
#define NO_PIVOT UINT32_MAX

struct entry {
	uint32_t atom, value;
};

/* A row with its pivot, whose value is 1: the other atoms are free, or pivots of later rows. */
struct pivot {
	uint32_t atom;
	size_t count;
	struct entry *entry; /* all but the pivot */
};

struct elimination {
	const struct system *system;
	struct arena *arena;
	uint32_t *place; /* by atom: of the pivot that it is; NO_PIVOT */
	uint64_t *value; /* by atom: the row that is being reduced */
	uint32_t *used;  /* its atoms, some of them 0 by now */
	size_t uses;
	bool *is_used, *waits; /* by atom; by pivot */
	size_t pivots;
	struct pivot *pivot;
};

static uint64_t power(uint64_t number, uint64_t exponent)
{
	uint64_t result = 1;
	for (; exponent > 0; exponent >>= 1) {
		if (exponent & 1)
			result = result * number % PRIME;
		number = number * number % PRIME;
	}
	return result;
}

static int begin(struct elimination *all, const struct system *system, struct arena *arena, struct error *error)
{
	*all = (struct elimination){ .system = system, .arena = arena };
	all->place = arena_take(arena, system->atoms, sizeof *all->place, error);
	all->value = arena_take(arena, system->atoms, sizeof *all->value, error);
	all->used = arena_take(arena, system->atoms, sizeof *all->used, error);
	all->is_used = arena_take(arena, system->atoms, sizeof *all->is_used, error);
	all->waits = arena_take(arena, system->atoms, sizeof *all->waits, error);
	all->pivot = arena_take(arena, system->atoms, sizeof *all->pivot, error);
	if (all->place == NULL || all->value == NULL || all->used == NULL || all->is_used == NULL || all->waits == NULL ||
		all->pivot == NULL)
		return -1;
	memset(all->place, 0xFF, system->atoms * sizeof *all->place);
	return 0;
}

static void add_entry(struct elimination *all, uint32_t atom, uint64_t value)
{
	if (!all->is_used[atom])
		all->used[all->uses++] = atom;
	all->is_used[atom] = true;
	all->value[atom] = (all->value[atom] + value) % PRIME;
	if (all->place[atom] != NO_PIVOT)
		all->waits[all->place[atom]] = true;
}

/* The row without the pivots that there are: a pivot's row holds later ones only, so that one pass is enough. */
static void reduce(struct elimination *all, size_t row)
{
	const struct system *system = all->system;
	all->uses = 0;
	for (size_t t = system->first[row]; t < system->first[row + 1]; t++)
		add_entry(all, system->term[t].index, 1);
	for (size_t p = 0; p < all->pivots; p++) {
		const struct pivot *pivot = &all->pivot[p];
		if (!all->waits[p])
			continue;
		all->waits[p] = false;
		uint64_t factor = (PRIME - all->value[pivot->atom]) % PRIME;
		all->value[pivot->atom] = 0;
		for (size_t e = 0; e < pivot->count && factor != 0; e++)
			add_entry(all, pivot->entry[e].atom, factor * pivot->entry[e].value % PRIME);
	}
}

static size_t rows_of(const struct system *system, size_t atom)
{
	return system->atom_first[atom + 1] - system->atom_first[atom];
}

/* What is left of the row becomes a pivot's row; the atom of the fewest rows is the pivot. Clears the row. */
static int keep(struct elimination *all, struct error *error)
{
	struct pivot *pivot = &all->pivot[all->pivots];
	size_t left = 0;
	for (size_t u = 0; u < all->uses; u++) {
		uint32_t atom = all->used[u];
		if (all->value[atom] == 0)
			continue;
		size_t rows = rows_of(all->system, atom), best = rows_of(all->system, pivot->atom);
		if (left++ == 0 || rows < best || (rows == best && atom < pivot->atom))
			pivot->atom = atom;
	}
	pivot->entry = left == 0 ? NULL : arena_take(all->arena, left - 1, sizeof *pivot->entry, error);
	if (left > 0 && pivot->entry == NULL)
		return -1;
	uint64_t factor = left == 0 ? 0 : power(all->value[pivot->atom], PRIME - 2);
	for (size_t u = 0; u < all->uses; u++) {
		uint32_t atom = all->used[u];
		if (all->value[atom] != 0 && atom != pivot->atom)
			pivot->entry[pivot->count++] = (struct entry){ atom, (uint32_t)(all->value[atom] * factor % PRIME) };
		all->value[atom] = 0;
		all->is_used[atom] = false;
	}
	if (left > 0)
		all->place[pivot->atom] = (uint32_t)all->pivots++;
	return 0;
}

/* Short rows first: they fill the others least. */
struct order {
	size_t row, terms;
};

static int by_terms(const void *left, const void *right)
{
	const struct order *a = left, *b = right;
	int terms = (a->terms > b->terms) - (a->terms < b->terms);
	return terms != 0 ? terms : (a->row > b->row) - (a->row < b->row);
}

/* One solution of the homogeneous equations: free atoms at random, pivots by their rows, the last first. */
static void judge(struct elimination *all, bool *derivable)
{
	uint64_t state = UINT64_C(0x9E3779B97F4A7C15);
	for (size_t a = 0; a < all->system->atoms; a++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		all->value[a] = 1 + state % (PRIME - 1);
		derivable[a] = false;
	}
	for (size_t p = all->pivots; p > 0; p--) {
		const struct pivot *pivot = &all->pivot[p - 1];
		uint64_t sum = 0;
		for (size_t e = 0; e < pivot->count; e++)
			sum = (sum + all->value[pivot->entry[e].atom] * pivot->entry[e].value) % PRIME;
		all->value[pivot->atom] = (PRIME - sum) % PRIME;
		derivable[pivot->atom] = all->value[pivot->atom] == 0;
	}
}

int derivable_find(const struct system *system, bool *derivable, struct error *error)
{
	struct elimination all;
	struct arena *arena = arena_new(error);
	struct order *order = arena == NULL ? NULL : arena_take(arena, system->rows, sizeof *order, error);
	int result = order == NULL || begin(&all, system, arena, error) != 0 ? -1 : 0;
	size_t rows = 0;
	for (size_t r = 0; r < system->rows && result == 0; r++)
		if (system->row[r].kind == ROW_CELL && system->row[r].same == r)
			order[rows++] = (struct order){ r, system->first[r + 1] - system->first[r] };
	if (result == 0)
		qsort(order, rows, sizeof *order, by_terms);
	for (size_t i = 0; i < rows && result == 0; i++) {
		reduce(&all, order[i].row);
		result = keep(&all, error);
	}
	if (result == 0)
		judge(&all, derivable);
	arena_free(arena);
	return result;
}
