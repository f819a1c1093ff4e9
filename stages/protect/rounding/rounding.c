/* Local search for close rounded counts: see rounding.h. */
#include "stages/protect/rounding/rounding.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 50     /* of changing all choices one by one, and of all pairs: far more than any needs */
#define PAIRS_ALL 600 /* so many atoms, and every pair of them is tried; above it those of a small row */
#define PAIRS_ROW 64
#define BEYOND 1000000 /* how many times dearer than a deviation of one a count is for each that it is beyond its bounds */

struct search {
	struct rounding *rounding;
	const struct system *system;
	int64_t *deviation; /* by row: what the changes of its atoms add up to */
	int64_t *shared;    /* by row: weight of the rows of the atom that is looked at, 0 of others */
	size_t *first;      /* by choice: its atoms are member[first[c]] … member[first[c + 1] − 1] */
	uint32_t *member;
};

static bool is_rounded(const struct rounding *rounding, size_t atom)
{
	return rounding->rounded == NULL || rounding->rounded[atom];
}

static int64_t down(int64_t count, int64_t base)
{
	return count / base * base;
}

/* By how much the count of a row with this deviation is beyond its bounds. */
static int64_t beyond(const struct search *search, uint32_t row, int64_t deviation)
{
	const struct rounding *rounding = search->rounding;
	if (rounding->least == NULL)
		return 0;
	int64_t count = search->system->row[row].value + deviation, below = rounding->least[row] - count, above = count - rounding->most[row];
	return below > 0 ? below : above > 0 ? above : 0;
}

/* What being beyond its bounds becomes dearer by when the row's count changes. */
static int64_t price_beyond(const struct search *search, uint32_t row, int64_t change)
{
	return BEYOND * (beyond(search, row, search->deviation[row] + change) - beyond(search, row, search->deviation[row]));
}

/* What the sum of squares becomes larger by when the atom's value changes. */
static int64_t price(const struct search *search, size_t atom, int64_t change)
{
	const struct system *system = search->system;
	int64_t price = 0;
	for (size_t t = system->atom_first[atom]; t < system->atom_first[atom + 1]; t++) {
		uint32_t row = system->atom_term[t].index;
		if (system->row[row].kind == ROW_CELL)
			price += system->row[row].cost * change * (2 * search->deviation[row] + change) + price_beyond(search, row, change);
	}
	return price;
}

static void set_value(struct search *search, size_t atom, int64_t value)
{
	const struct system *system = search->system;
	int64_t change = value - search->rounding->value[atom];
	for (size_t t = system->atom_first[atom]; t < system->atom_first[atom + 1] && change != 0; t++)
		search->deviation[system->atom_term[t].index] += change;
	search->rounding->value[atom] = value;
}

static int start(struct search *search, struct rounding *rounding, struct error *error)
{
	const struct system *system = rounding->system;
	*search = (struct search){ .rounding = rounding, .system = system };
	search->deviation = arena_take(system->arena, system->rows, sizeof *search->deviation, error);
	search->shared = arena_take(system->arena, system->rows, sizeof *search->shared, error);
	rounding->value = arena_take(system->arena, system->atoms, sizeof *rounding->value, error);
	if (search->deviation == NULL || search->shared == NULL || rounding->value == NULL)
		return -1;
	memcpy(rounding->value, system->atom, system->atoms * sizeof *rounding->value);
	return 0;
}

/* ---- choices ---- */

static int list_choices(struct search *search, struct error *error)
{
	const struct rounding *rounding = search->rounding;
	size_t atoms = search->system->atoms, choices = rounding->choice == NULL ? atoms : rounding->choices;
	search->first = arena_take(search->system->arena, choices + 2, sizeof *search->first, error);
	search->member = arena_take(search->system->arena, atoms, sizeof *search->member, error);
	if (search->first == NULL || search->member == NULL)
		return -1;
	for (size_t a = 0; a < atoms; a++)
		search->first[(rounding->choice == NULL ? a : rounding->choice[a]) + 2]++;
	for (size_t c = 0; c < choices; c++)
		search->first[c + 2] += search->first[c + 1];
	for (size_t a = 0; a < atoms; a++)
		search->member[search->first[(rounding->choice == NULL ? a : rounding->choice[a]) + 1]++] = (uint32_t)a;
	return 0;
}

static int64_t option(const struct rounding *rounding, size_t atom, int64_t offset)
{
	return is_rounded(rounding, atom) ? down(rounding->system->atom[atom] + offset, rounding->base) : rounding->system->atom[atom];
}

/* Gives the atoms of a choice the offset that costs least; true when that changes one of them. */
static bool choose(struct search *search, size_t choice)
{
	const struct rounding *rounding = search->rounding;
	size_t first = search->first[choice], end = search->first[choice + 1];
	int64_t best = 0, least = INT64_MAX, step = end - first > 1 ? 1 : rounding->base - 1; /* one atom has but two values */
	bool changed = false;
	for (int64_t offset = 0; offset < rounding->base; offset += step) {
		int64_t all = 0;
		for (size_t m = first; m < end; m++)
			all += price(search, search->member[m], option(rounding, search->member[m], offset) - rounding->value[search->member[m]]);
		if (all < least) {
			least = all;
			best = offset;
		}
	}
	if (first == end)
		return false;
	for (size_t m = first; m < end; m++) {
		size_t atom = search->member[m];
		int64_t value = option(rounding, atom, best);
		changed = changed || (value != rounding->value[atom] && least < 0);
		if (least < 0 || rounding->value[atom] % rounding->base != 0)
			set_value(search, atom, value);
	}
	return changed;
}

/* ---- pairs ---- */

/* Whether the atom can change by `change`, one base up or down, and stays beside its count. */
static bool can_move(const struct rounding *rounding, size_t atom, int64_t change)
{
	int64_t count = rounding->system->atom[atom], low = down(count, rounding->base), value = rounding->value[atom] + change;
	return is_rounded(rounding, atom) && value >= low && value <= low + (count > low ? rounding->base : 0);
}

static void mark_rows(struct search *search, size_t atom, bool on)
{
	const struct system *system = search->system;
	for (size_t t = system->atom_first[atom]; t < system->atom_first[atom + 1]; t++) {
		uint32_t row = system->atom_term[t].index;
		search->shared[row] = on && system->row[row].kind == ROW_CELL ? system->row[row].cost : 0;
	}
}

/* What the two changes cost together; the rows of the first are marked. */
static int64_t price_pair(const struct search *search, int64_t price_first, int64_t change, size_t other)
{
	const struct system *system = search->system;
	int64_t common = 0, both = 0;
	for (size_t t = system->atom_first[other]; t < system->atom_first[other + 1]; t++) {
		uint32_t row = system->atom_term[t].index;
		common += search->shared[row];
		both += search->shared[row] > 0 ? price_beyond(search, row, change) + price_beyond(search, row, -change) : 0; /* it does not change */
	}
	return price_first + price(search, other, -change) - 2 * change * change * common - both;
}

/* Changes an atom and, against it, the other one with which that costs least; true when the pair makes the whole less. */
static bool change_pair(struct search *search, size_t atom, int64_t change, const uint32_t *others, size_t count)
{
	int64_t own = price(search, atom, change), least = 0;
	size_t best = SIZE_MAX;
	mark_rows(search, atom, true);
	for (size_t i = 0; i < count; i++) {
		int64_t all = others[i] == atom || !can_move(search->rounding, others[i], -change) ? 0
			: price_pair(search, own, change, others[i]);
		if (all < least) {
			least = all;
			best = others[i];
		}
	}
	mark_rows(search, atom, false);
	if (best == SIZE_MAX)
		return false;
	set_value(search, atom, search->rounding->value[atom] + change);
	set_value(search, best, search->rounding->value[best] - change);
	return true;
}

/* The atoms that an atom is tried with: all where they are few, else those of its largest row that is not too long. */
static size_t partners(const struct search *search, size_t atom, const uint32_t *all, size_t count, uint32_t *room, const uint32_t **list)
{
	const struct system *system = search->system;
	size_t longest = 0, found = 0;
	*list = all;
	if (count <= PAIRS_ALL)
		return count;
	*list = room;
	for (size_t t = system->atom_first[atom]; t < system->atom_first[atom + 1]; t++) {
		uint32_t row = system->atom_term[t].index;
		size_t length = system->first[row + 1] - system->first[row];
		if (length > PAIRS_ROW || length <= longest)
			continue;
		longest = length;
		for (found = 0; found < length; found++)
			room[found] = system->term[system->first[row] + found].index;
	}
	return found;
}

static bool change_pairs(struct search *search, const uint32_t *movable, size_t count)
{
	uint32_t room[PAIRS_ROW];
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		const uint32_t *list;
		size_t partner_count = partners(search, movable[i], movable, count, room, &list);
		for (int64_t sign = -1; sign <= 1; sign += 2)
			if (can_move(search->rounding, movable[i], sign * search->rounding->base))
				any = change_pair(search, movable[i], sign * search->rounding->base, list, partner_count) || any;
	}
	return any;
}

/* The atom of a row of which one base more (or less) pays best; SIZE_MAX when none does. */
static size_t best_in(const struct search *search, uint32_t row, int64_t change)
{
	const struct system *system = search->system;
	int64_t least = 0;
	size_t best = SIZE_MAX;
	for (size_t t = system->first[row]; t < system->first[row + 1]; t++) {
		size_t atom = system->term[t].index;
		int64_t cost = system->atom[atom] == 0 || search->rounding->value[atom] + change < 0 ? 0 : price(search, atom, change);
		if (cost < least) {
			least = cost;
			best = atom;
		}
	}
	return best;
}

/* Takes atoms further than beside their counts where a row is beyond its bounds and that brings the whole nearer to them. */
static void reach_bounds(struct search *search)
{
	const struct system *system = search->system;
	for (uint32_t row = 0; row < system->rows && search->rounding->least != NULL; row++)
		for (size_t atom = 0; atom != SIZE_MAX && beyond(search, row, search->deviation[row]) > 0;) {
			bool below = system->row[row].value + search->deviation[row] < search->rounding->least[row];
			int64_t change = below ? search->rounding->base : -search->rounding->base;
			atom = best_in(search, row, change);
			if (atom != SIZE_MAX)
				set_value(search, atom, search->rounding->value[atom] + change);
		}
}

int rounding_solve(struct rounding *rounding, struct error *error)
{
	struct search search;
	const struct system *system = rounding->system;
	size_t choices = rounding->choice == NULL ? system->atoms : rounding->choices, count = 0;
	if (start(&search, rounding, error) != 0 || list_choices(&search, error) != 0)
		return -1;
	uint32_t *movable = arena_take(system->arena, system->atoms, sizeof *movable, error);
	if (movable == NULL)
		return -1;
	for (size_t a = 0; a < system->atoms && rounding->choice == NULL; a++)
		if (is_rounded(rounding, a) && system->atom[a] % rounding->base != 0)
			movable[count++] = (uint32_t)a;
	bool changed = true;
	for (int round = 0; round < ROUNDS && changed; round++) {
		bool single = true;
		for (int sweep = 0; sweep < ROUNDS && single; sweep++) {
			single = false;
			for (size_t c = 0; c < choices; c++)
				single = choose(&search, c) || single;
		}
		changed = change_pairs(&search, movable, count);
	}
	if (rounding->choice == NULL)
		reach_bounds(&search);
	return 0;
}

/* ---- given sums ---- */

/* The atom of a group that one base more (or less) costs least; SIZE_MAX when none can have it. */
static size_t cheapest(const struct search *search, const uint32_t *member, size_t count, int64_t change, size_t but, int64_t *least)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		size_t atom = member[i];
		if (atom == but || search->system->atom[atom] == 0 || search->rounding->value[atom] + change < 0)
			continue;
		int64_t cost = price(search, atom, change);
		if (best == SIZE_MAX || cost < *least) {
			best = atom;
			*least = cost;
		}
	}
	return best;
}

static void reach_sum(struct search *search, const uint32_t *member, size_t count, int64_t sum)
{
	int64_t base = search->rounding->base, least = 0;
	for (size_t i = 0; i < count; i++) {
		set_value(search, member[i], down(search->system->atom[member[i]], base));
		sum -= search->rounding->value[member[i]];
	}
	while (sum != 0) {
		int64_t change = sum > 0 ? base : -base;
		size_t atom = cheapest(search, member, count, change, SIZE_MAX, &least);
		if (atom == SIZE_MAX)
			return;
		set_value(search, atom, search->rounding->value[atom] + change);
		sum -= change;
	}
}

/* Moves a base from one atom of the group to another where that helps. */
static bool exchange(struct search *search, const uint32_t *member, size_t count)
{
	int64_t base = search->rounding->base, least = 0;
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		size_t from = member[i];
		if (search->rounding->value[from] < base)
			continue;
		int64_t gain = price(search, from, -base);
		set_value(search, from, search->rounding->value[from] - base);
		size_t to = cheapest(search, member, count, base, from, &least);
		bool helps = to != SIZE_MAX && gain + least < 0;
		set_value(search, helps ? to : from, search->rounding->value[helps ? to : from] + base);
		any = any || helps;
	}
	return any;
}

/* Gives an atom that belongs to no group the closer of its two values. */
static bool settle(struct search *search, size_t atom)
{
	const struct rounding *rounding = search->rounding;
	int64_t low = option(rounding, atom, 0), high = option(rounding, atom, rounding->base - 1), value = rounding->value[atom];
	int64_t next = price(search, atom, high - value) < price(search, atom, low - value) ? high : low;
	set_value(search, atom, next);
	return next != value;
}

int rounding_divide(struct rounding *rounding, const uint32_t *group, const int64_t *sum, size_t groups, struct error *error)
{
	struct search search;
	struct rounding grouped = *rounding;
	grouped.choice = group;
	grouped.choices = groups + 1;
	grouped.rounded = NULL;
	if (start(&search, &grouped, error) != 0 || list_choices(&search, error) != 0)
		return -1;
	for (size_t g = 0; g < groups; g++)
		reach_sum(&search, search.member + search.first[g], search.first[g + 1] - search.first[g], sum[g]);
	bool any = true;
	for (int round = 0; round < ROUNDS && any; round++) {
		any = false;
		for (size_t g = 0; g < groups; g++)
			any = exchange(&search, search.member + search.first[g], search.first[g + 1] - search.first[g]) || any;
		for (size_t m = search.first[groups]; m < search.first[groups + 1]; m++)
			any = settle(&search, search.member[m]) || any;
	}
	rounding->value = grouped.value;
	return 0;
}
