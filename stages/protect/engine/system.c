/* Sums over atoms: see system.h. */
#include "stages/protect/engine/system.h"

#include <stdlib.h>
#include <string.h>

#include "stages/protect/engine/most.h"

struct system *system_new(struct arena *arena, struct error *error)
{
	struct system *system = arena_take(arena, 1, sizeof *system, error);
	if (system != NULL)
		system->arena = arena;
	return system;
}

int system_reserve(struct system *system, size_t atoms, size_t rows, size_t terms, struct error *error)
{
	size_t firsts = system->rows == 0 ? 0 : system->rows + 1;
	int64_t *atom = arena_grow(system->arena, system->atom, system->atoms, atoms, &system->atom_room, sizeof *atom, error);
	struct row *row = arena_grow(system->arena, system->row, system->rows, rows, &system->row_room, sizeof *row, error);
	size_t *first = arena_grow(system->arena, system->first, firsts, rows + 1, &system->first_room, sizeof *first, error);
	struct term *term = arena_grow(system->arena, system->term, system->terms, terms, &system->term_room, sizeof *term, error);
	if (atom == NULL || row == NULL || first == NULL || term == NULL)
		return -1;
	system->atom = atom;
	system->row = row;
	system->first = first;
	system->term = term;
	return 0;
}

size_t system_atom(struct system *system, int64_t count, struct error *error)
{
	int64_t *atom = arena_grow(system->arena, system->atom, system->atoms, system->atoms + 1, &system->atom_room, sizeof *atom, error);
	if (atom == NULL)
		return SYSTEM_NONE;
	system->atom = atom;
	atom[system->atoms] = count;
	return system->atoms++;
}

size_t system_row(struct system *system, enum row_kind kind, uint32_t cost, struct error *error)
{
	size_t used = system->rows == 0 ? 0 : system->rows + 1;
	struct row *row = arena_grow(system->arena, system->row, system->rows, system->rows + 1, &system->row_room, sizeof *row, error);
	size_t *first = arena_grow(system->arena, system->first, used, system->rows + 2, &system->first_room, sizeof *first, error);
	if (row == NULL || first == NULL)
		return SYSTEM_NONE;
	system->row = row;
	system->first = first;
	row[system->rows] = (struct row){ .kind = kind, .cost = cost, .floor = kind == ROW_CELL ? 1 : 0, .ceiling = INT64_MAX };
	first[system->rows] = first[system->rows + 1] = system->terms;
	return system->rows++;
}

int system_term(struct system *system, size_t atom, int sign, struct error *error)
{
	struct term *term = arena_grow(system->arena, system->term, system->terms, system->terms + 1, &system->term_room, sizeof *term, error);
	if (term == NULL)
		return -1;
	system->term = term;
	term[system->terms++] = (struct term){ .index = (uint32_t)atom, .sign = sign };
	system->first[system->rows] = system->terms;
	return 0;
}

void system_take_back(struct system *system, size_t row)
{
	if (row == system->rows)
		return;
	system->terms = system->first[row];
	system->rows = row;
}

void system_target(struct row *row, int64_t value, int64_t threshold)
{
	row->up = threshold - value;
	row->width = threshold - 1;
}

/* Values; and the atoms that a printed or known zero without negative terms holds at 0. */
static void find_zeros(struct system *system)
{
	for (size_t r = 0; r < system->rows; r++) {
		struct row *row = &system->row[r];
		bool plain = true;
		row->value = 0;
		for (size_t t = system->first[r]; t < system->first[r + 1]; t++) {
			row->value += system->term[t].sign * system->atom[system->term[t].index];
			plain = plain && system->term[t].sign > 0;
		}
		if (row->value != 0 || !plain || row->kind == ROW_HIDDEN || row->withheld)
			continue;
		for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
			system->fixed[system->term[t].index] = true;
	}
}

static int by_atom(const void *left, const void *right)
{
	const struct term *a = left, *b = right;
	return a->index < b->index ? -1 : a->index > b->index;
}

/* Terms in the order of their atoms, each once, without those that are 0 for certain. */
static void tidy_terms(struct system *system)
{
	size_t to = 0;
	for (size_t r = 0, from = 0; r < system->rows; r++) {
		size_t end = system->first[r + 1], begin = to;
		qsort(system->term + from, end - from, sizeof *system->term, by_atom);
		for (; from < end; from++) {
			struct term term = system->term[from];
			if (system->fixed[term.index])
				continue;
			if (to > begin && system->term[to - 1].index == term.index)
				system->term[to - 1].sign += term.sign;
			else if (to == begin || system->term[to - 1].sign != 0)
				system->term[to++] = term;
			else
				system->term[to - 1] = term;
		}
		if (to > begin && system->term[to - 1].sign == 0)
			to--;
		system->first[r] = begin;
	}
	system->first[system->rows] = system->terms = to;
}

static uint64_t hash_terms(const struct system *system, size_t r)
{
	uint64_t hash = system->first[r + 1] - system->first[r];
	for (size_t t = system->first[r]; t < system->first[r + 1]; t++) {
		hash = (hash ^ (system->term[t].index * UINT64_C(2) + (system->term[t].sign > 0))) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 29;
	}
	return hash;
}

static bool same_terms(const struct system *system, size_t a, size_t b)
{
	size_t count = system->first[a + 1] - system->first[a];
	if (count != system->first[b + 1] - system->first[b])
		return false;
	for (size_t t = 0; t < count; t++) {
		struct term one = system->term[system->first[a] + t], other = system->term[system->first[b] + t];
		if (one.index != other.index || one.sign != other.sign)
			return false;
	}
	return true;
}

/* What the standing row takes over from another one of the same set. */
static void join(struct row *standing, const struct row *other)
{
	if (other->kind == ROW_KNOWN || (other->kind == ROW_CELL && standing->kind == ROW_HIDDEN)) {
		standing->kind = other->kind;
		standing->floor = other->floor;
	}
	standing->floor = other->kind != ROW_KNOWN && other->floor > standing->floor ? other->floor : standing->floor;
	standing->ceiling = other->ceiling < standing->ceiling ? other->ceiling : standing->ceiling;
	standing->up = other->up > standing->up ? other->up : standing->up;
	standing->width = other->width > standing->width ? other->width : standing->width;
	standing->cost += other->cost;
	standing->withheld = standing->withheld || other->withheld;
	standing->loose = standing->loose && other->loose;
	standing->lone = standing->lone || other->lone;
	standing->person = standing->person != 0 ? standing->person : other->person;
}

static int find_same(struct system *system, struct error *error)
{
	size_t slots = 16;
	while (slots < system->rows * 2)
		slots *= 2;
	uint32_t *slot = arena_take(system->arena, slots, sizeof *slot, error);
	if (slot == NULL)
		return -1;
	for (size_t r = 0; r < system->rows; r++) {
		size_t at = hash_terms(system, r) & (slots - 1);
		while (slot[at] != 0 && !same_terms(system, slot[at] - 1, r))
			at = (at + 1) & (slots - 1);
		if (slot[at] == 0)
			slot[at] = (uint32_t)r + 1;
		system->row[r].same = slot[at] - 1;
		if (system->row[r].same != r)
			join(&system->row[system->row[r].same], &system->row[r]);
	}
	return 0;
}

static int index_atoms(struct system *system, struct error *error)
{
	size_t *first = arena_take(system->arena, system->atoms + 2, sizeof *first, error);
	struct term *terms = arena_take(system->arena, system->terms, sizeof *terms, error);
	if (first == NULL || terms == NULL)
		return -1;
	for (size_t r = 0; r < system->rows; r++)
		for (size_t t = system->first[r]; t < system->first[r + 1] && system->row[r].same == r; t++)
			first[system->term[t].index + 2]++;
	for (size_t a = 0; a < system->atoms; a++)
		first[a + 2] += first[a + 1];
	for (size_t r = 0; r < system->rows; r++)
		for (size_t t = system->first[r]; t < system->first[r + 1] && system->row[r].same == r; t++)
			terms[first[system->term[t].index + 1]++] = (struct term){ .index = (uint32_t)r, .sign = system->term[t].sign };
	system->atom_first = first;
	system->atom_term = terms;
	return 0;
}

static int find_singles(struct system *system, struct error *error)
{
	system->single = arena_take(system->arena, system->atoms, sizeof *system->single, error);
	if (system->single == NULL)
		return -1;
	for (size_t a = 0; a < system->atoms; a++) {
		system->single[a] = SYSTEM_NONE;
		for (size_t t = system->atom_first[a]; t < system->atom_first[a + 1]; t++) {
			size_t r = system->atom_term[t].index;
			if (system->first[r + 1] - system->first[r] == 1 && system->atom_term[t].sign > 0)
				system->single[a] = r;
		}
	}
	return 0;
}

int system_seal(struct system *system, struct error *error)
{
	system->fixed = arena_take(system->arena, system->atoms, sizeof *system->fixed, error);
	if (system->fixed == NULL || (system->rows == 0 && (system->first = arena_take(system->arena, 1, sizeof *system->first, error)) == NULL))
		return -1;
	find_zeros(system);
	tidy_terms(system);
	if (find_same(system, error) != 0)
		return -1;
	if (index_atoms(system, error) != 0)
		return -1;
	return find_singles(system, error) != 0 ? -1 : most_index(system, error);
}
