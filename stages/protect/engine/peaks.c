/* Wholes and their groups in a program: see peaks.h. */
#include "stages/protect/engine/peaks.h"

#include <math.h>

#include "stages/protect/engine/sums.h"

#define MOVED 1e-6
#define CUT 1e-3  /* less than that beyond the least of its groups breaks no table in whole numbers */
#define CUTS 2000 /* of one program: far more than any needs */

struct peaks *peaks_new(const struct system *system, struct error *error)
{
	const struct most *most = system->most;
	struct peaks *peaks = arena_take(system->arena, 1, sizeof *peaks, error);
	if (peaks == NULL)
		return NULL;
	peaks->rise = arena_take(system->arena, most->groups, sizeof *peaks->rise, error);
	peaks->whole = arena_take(system->arena, most->wholes, sizeof *peaks->whole, error);
	peaks->item = arena_take(system->arena, most->items, sizeof *peaks->item, error);
	return peaks->rise == NULL || peaks->whole == NULL || peaks->item == NULL ? NULL : peaks;
}

/* How many an item has beyond its group's most: at most 0. *inside: some of it is in the window. */
static int64_t beyond(const struct sight *sight, size_t group, size_t item, bool *inside)
{
	const struct most *most = sight->system->most;
	int64_t persons = -most->group[group].height;
	*inside = false;
	for (size_t t = most->item[item]; t < most_terms_end(most, item); t++) {
		persons += sight->system->atom[most->term[t]];
		*inside = *inside || sight->window->atom_place[most->term[t]] > 0;
	}
	return persons;
}

/* The variable of a group of which the window holds some: it can fall no further than what is outside. */
static int begin_group(struct sight *sight, size_t group)
{
	const struct most *most = sight->system->most;
	int64_t least = -most->group[group].height;
	for (size_t item = most->group[group].first; item < most_items_end(most, group); item++) {
		bool inside;
		int64_t persons = beyond(sight, group, item, &inside);
		sight->peaks->item[item] = false;
		least = !inside && persons > least ? persons : least;
	}
	sight->peaks->rise[group] = linear_variable(sight->program, (double)least, (double)INFINITY, 0, false);
	return sight->peaks->rise[group] == LINEAR_NONE ? -1 : 0;
}

/* Marks the groups of wholes of sign 1 of which the window holds some: most windows hold few. */
static void find_groups(struct sight *sight)
{
	const struct most *most = sight->system->most;
	for (size_t group = 0; group < most->groups; group++)
		sight->peaks->rise[group] = LINEAR_NONE;
	for (size_t i = 0; i < sight->window->atoms; i++) {
		uint32_t atom = sight->window->atom[i];
		for (size_t h = most->held_first[atom]; h < most->held_first[atom + 1]; h++)
			if (most->whole[most->group[most->held[h]].whole].sign > 0)
				sight->peaks->rise[most->held[h]] = 0;
	}
}

int peaks_begin(struct sight *sight)
{
	const struct most *most = sight->system->most;
	if (sight->peaks == NULL)
		return 0;
	find_groups(sight);
	for (size_t group = 0; group < most->groups; group++)
		if (sight->peaks->rise[group] != LINEAR_NONE && begin_group(sight, group) != 0)
			return -1;
	for (size_t w = 0; w < most->wholes; w++)
		sight->peaks->whole[w] = LINEAR_NONE;
	sight->peaks->cuts = 0;
	return 0;
}

static int add_item(struct sight *sight, size_t group, size_t item)
{
	const struct most *most = sight->system->most;
	bool inside;
	int64_t persons = beyond(sight, group, item, &inside);
	if (!inside || sight->peaks->item[item])
		return 0;
	sight->peaks->item[item] = true;
	for (size_t t = most->item[item]; t < most_terms_end(most, item); t++)
		sums_term(sight, most->term[t], -1);
	size_t sum = sums_end(sight, (double)persons, (double)INFINITY);
	return sum == LINEAR_NONE ? -1 : linear_term(sight->program, sum, sight->peaks->rise[group], 1);
}

/* The item of a group that has the most of those in the window. */
static size_t highest(const struct sight *sight, size_t group)
{
	const struct most *most = sight->system->most;
	size_t best = most->group[group].first;
	int64_t least = INT64_MIN;
	for (size_t item = best; item < most_items_end(most, group); item++) {
		bool inside;
		int64_t persons = beyond(sight, group, item, &inside);
		if (inside && persons > least) {
			least = persons;
			best = item;
		}
	}
	return best;
}

/* The whole's sum, and one of an item of each group: variables that are in the same sums are one to the tableau (tableau.h). */
static int add_whole(struct sight *sight, uint32_t w)
{
	const struct most *most = sight->system->most;
	const struct most_whole *whole = &most->whole[w];
	const size_t *rise = sight->peaks->rise;
	sums_term(sight, whole->atom, 1);
	size_t sum = sight->peaks->whole[w] = sums_end(sight, -(double)whole->left, (double)INFINITY);
	for (size_t group = whole->first; group < most_groups_end(most, w) && sum != LINEAR_NONE; group++)
		if (rise[group] != LINEAR_NONE && linear_term(sight->program, sum, rise[group], -1) != 0)
			return -1;
	for (size_t group = whole->first; group < most_groups_end(most, w) && sum != LINEAR_NONE; group++)
		if (rise[group] != LINEAR_NONE && add_item(sight, group, highest(sight, group)) != 0)
			return -1;
	return sum == LINEAR_NONE ? -1 : 0;
}

/* Of sign −1: the whole is no more than the items together that the solution makes the least of its groups. */
static int add_cut(struct sight *sight, const struct most_view *view, uint32_t w)
{
	const struct most *most = sight->system->most;
	int64_t left = -sight->system->atom[most->whole[w].atom];
	sight->peaks->cuts++;
	sums_term(sight, most->whole[w].atom, -1);
	for (size_t group = most->whole[w].first; group < most_groups_end(most, w); group++)
		for (size_t t = most->item[view->top[group]]; t < most_terms_end(most, view->top[group]); t++) {
			left += sight->system->atom[most->term[t]];
			sums_term(sight, most->term[t], 1);
		}
	return sums_end(sight, -(double)left, (double)INFINITY) == LINEAR_NONE ? -1 : 0;
}

/* Of sign 1: the sums of the whole and of the items that the solution makes the most of its groups, so far as they are left out. */
static int add_peaks(struct sight *sight, const struct most_view *view, uint32_t w, bool *amended)
{
	const struct most *most = sight->system->most;
	struct peaks *peaks = sight->peaks;
	*amended = *amended || peaks->whole[w] == LINEAR_NONE;
	if (peaks->whole[w] == LINEAR_NONE && add_whole(sight, w) != 0)
		return -1;
	for (size_t group = most->whole[w].first; group < most_groups_end(most, w); group++) {
		uint32_t top = view->top[group];
		bool adds = peaks->rise[group] != LINEAR_NONE && !peaks->item[top];
		if (adds && add_item(sight, group, top) != 0)
			return -1;
		*amended = *amended || (adds && peaks->item[top]);
	}
	return 0;
}

int peaks_amend(struct sight *sight, struct most_view *view, bool *amended)
{
	const struct most *most = sight->system->most;
	const struct peaks *peaks = sight->peaks;
	most_begin(view);
	for (size_t i = 0; i < sight->window->atoms; i++)
		if (fabs(sight->change[i]) >= MOVED)
			most_move(view, sight->window->atom[i], sight->change[i]);
	if (most_end(view))
		return 0;
	for (size_t i = 0; i < view->wholes; i++) {
		uint32_t w = view->whole[i];
		bool cut = most->whole[w].sign < 0;
		if (cut ? view->left[w] > -CUT || peaks->cuts == CUTS : !most_lacks(view, w))
			continue;
		*amended = *amended || cut;
		if ((cut ? add_cut(sight, view, w) : add_peaks(sight, view, w, amended)) != 0)
			return -1;
	}
	return 0;
}
