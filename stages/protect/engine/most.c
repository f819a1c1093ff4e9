/* Wholes and the most of each of their groups: see most.h. */
#include "stages/protect/engine/most.h"

#include <math.h>

#define LACKING 1e-6 /* a solution's arithmetic */

static struct most *most_of(struct system *system, struct error *error)
{
	if (system->most == NULL)
		system->most = arena_take(system->arena, 1, sizeof *system->most, error);
	return system->most;
}

int most_whole(struct system *system, size_t atom, int sign, struct error *error)
{
	struct most *most = most_of(system, error);
	struct most_whole *list = most == NULL ? NULL
		: arena_grow(system->arena, most->whole, most->wholes, most->wholes + 1, &most->whole_room, sizeof *list, error);
	if (list == NULL)
		return -1;
	most->whole = list;
	list[most->wholes++] = (struct most_whole){ .atom = (uint32_t)atom, .sign = sign, .first = most->groups };
	return 0;
}

int most_group(struct system *system, struct error *error)
{
	struct most *most = system->most;
	struct most_group *list = arena_grow(system->arena, most->group, most->groups, most->groups + 1, &most->group_room, sizeof *list, error);
	if (list == NULL)
		return -1;
	most->group = list;
	list[most->groups++] = (struct most_group){ .first = most->items, .whole = (uint32_t)most->wholes - 1 };
	return 0;
}

int most_item(struct system *system, struct error *error)
{
	struct most *most = system->most;
	size_t *list = arena_grow(system->arena, most->item, most->items, most->items + 1, &most->item_room, sizeof *list, error);
	if (list == NULL)
		return -1;
	most->item = list;
	list[most->items++] = most->terms;
	return 0;
}

int most_term(struct system *system, size_t atom, struct error *error)
{
	struct most *most = system->most;
	uint32_t *list = arena_grow(system->arena, most->term, most->terms, most->terms + 1, &most->term_room, sizeof *list, error);
	if (list == NULL)
		return -1;
	most->term = list;
	list[most->terms++] = (uint32_t)atom;
	return 0;
}

size_t most_groups_end(const struct most *most, size_t whole)
{
	return whole + 1 < most->wholes ? most->whole[whole + 1].first : most->groups;
}

size_t most_items_end(const struct most *most, size_t group)
{
	return group + 1 < most->groups ? most->group[group + 1].first : most->items;
}

size_t most_terms_end(const struct most *most, size_t item)
{
	return item + 1 < most->items ? most->item[item + 1] : most->terms;
}

static int take_group(struct system *to, const struct most *most, size_t group, const uint32_t *place, struct error *error)
{
	if (most_group(to, error) != 0)
		return -1;
	for (size_t item = most->group[group].first; item < most_items_end(most, group); item++) {
		if (most_item(to, error) != 0)
			return -1;
		for (size_t t = most->item[item]; t < most_terms_end(most, item); t++)
			if (most_term(to, place[most->term[t]], error) != 0)
				return -1;
	}
	return 0;
}

int most_take(struct system *to, const struct system *from, const uint32_t *of, const uint32_t *place, size_t number, struct error *error)
{
	const struct most *most = from->most;
	for (size_t w = 0; most != NULL && w < most->wholes; w++) {
		uint32_t atom = most->whole[w].atom;
		if (of[atom] != number)
			continue;
		if (most_whole(to, place[atom], most->whole[w].sign, error) != 0)
			return -1;
		for (size_t group = most->whole[w].first; group < most_groups_end(most, w); group++)
			if (take_group(to, most, group, place, error) != 0)
				return -1;
	}
	return 0;
}

/* The most of a group with an atom's changes (NULL: none), or less its least, and its first item that has it. */
static double find_top(const struct system *system, size_t group, const double *change, uint32_t *top)
{
	const struct most *most = system->most;
	double height = -(double)INFINITY, sign = most->whole[most->group[group].whole].sign;
	for (size_t item = most->group[group].first; item < most_items_end(most, group); item++) {
		double persons = 0;
		for (size_t t = most->item[item]; t < most_terms_end(most, item); t++)
			persons += (double)system->atom[most->term[t]] + (change == NULL ? 0 : change[most->term[t]]);
		if (sign * persons > height) {
			height = sign * persons;
			*top = (uint32_t)item;
		}
	}
	return height;
}

/* Of each atom the groups that hold it. */
static int index_atoms(struct system *system, struct error *error)
{
	struct most *most = system->most;
	size_t *first = arena_take(system->arena, system->atoms + 2, sizeof *first, error);
	most->held = arena_take(system->arena, most->terms, sizeof *most->held, error);
	if (first == NULL || most->held == NULL)
		return -1;
	for (size_t t = 0; t < most->terms; t++)
		first[most->term[t] + 2]++;
	for (size_t a = 0; a < system->atoms; a++)
		first[a + 2] += first[a + 1];
	for (size_t group = 0; group < most->groups; group++)
		for (size_t item = most->group[group].first; item < most_items_end(most, group); item++)
			for (size_t t = most->item[item]; t < most_terms_end(most, item); t++)
				most->held[first[most->term[t] + 1]++] = (uint32_t)group;
	most->held_first = first;
	return 0;
}

/* How far each atom may rise while all else stays as it is. */
static int find_rooms(struct system *system, struct error *error)
{
	struct most *most = system->most;
	most->rise = arena_take(system->arena, system->atoms, sizeof *most->rise, error);
	for (size_t a = 0; most->rise != NULL && a < system->atoms; a++)
		most->rise[a] = INT64_MAX;
	for (size_t w = 0; most->rise != NULL && w < most->wholes; w++)
		if (most->whole[w].sign < 0 && most->whole[w].left < most->rise[most->whole[w].atom])
			most->rise[most->whole[w].atom] = most->whole[w].left;
	for (size_t group = 0; most->rise != NULL && group < most->groups; group++)
		for (size_t item = most->group[group].first; item < most_items_end(most, group) && most->whole[most->group[group].whole].sign > 0; item++) {
			int64_t room = most->group[group].height + most->whole[most->group[group].whole].left;
			for (size_t t = most->item[item]; t < most_terms_end(most, item); t++)
				room -= system->atom[most->term[t]];
			for (size_t t = most->item[item]; t < most_terms_end(most, item); t++)
				most->rise[most->term[t]] = room < most->rise[most->term[t]] ? room : most->rise[most->term[t]];
		}
	return most->rise == NULL ? -1 : 0;
}

int most_index(struct system *system, struct error *error)
{
	struct most *most = system->most;
	if (most == NULL)
		return 0;
	most->is = arena_take(system->arena, system->atoms, sizeof *most->is, error);
	most->before = arena_take(system->arena, most->wholes, sizeof *most->before, error);
	if (most->is == NULL || most->before == NULL || index_atoms(system, error) != 0)
		return -1;
	for (size_t w = 0; w < most->wholes; w++) {
		struct most_whole *whole = &most->whole[w];
		most->before[w] = most->is[whole->atom];
		most->is[whole->atom] = (uint32_t)w + 1;
		whole->left = whole->sign * system->atom[whole->atom];
		for (size_t group = whole->first; group < most_groups_end(most, w); group++) {
			most->group[group].height = (int64_t)find_top(system, group, NULL, &most->group[group].top);
			whole->left -= most->group[group].height;
		}
	}
	return find_rooms(system, error);
}

struct most_view *most_view_new(const struct system *system, struct arena *arena, struct error *error)
{
	const struct most *most = system->most;
	struct most_view *view = arena_take(arena, 1, sizeof *view, error);
	if (view == NULL)
		return NULL;
	view->system = system;
	view->change = arena_take(arena, system->atoms, sizeof *view->change, error);
	view->atom = arena_take(arena, system->atoms, sizeof *view->atom, error);
	view->group = arena_take(arena, most->groups, sizeof *view->group, error);
	view->touched = arena_take(arena, most->groups, sizeof *view->touched, error);
	view->height = arena_take(arena, most->groups, sizeof *view->height, error);
	view->top = arena_take(arena, most->groups, sizeof *view->top, error);
	view->whole = arena_take(arena, most->wholes, sizeof *view->whole, error);
	view->moved = arena_take(arena, most->wholes, sizeof *view->moved, error);
	view->left = arena_take(arena, most->wholes, sizeof *view->left, error);
	if (view->change == NULL || view->atom == NULL || view->group == NULL || view->touched == NULL || view->height == NULL || view->top == NULL || view->whole == NULL ||
		view->moved == NULL || view->left == NULL)
		return NULL;
	for (size_t group = 0; group < most->groups; group++) {
		view->height[group] = (double)most->group[group].height;
		view->top[group] = most->group[group].top;
	}
	for (size_t w = 0; w < most->wholes; w++)
		view->left[w] = (double)most->whole[w].left;
	return view;
}

/* Undoes what the latest table made of the view. */
static void forget(struct most_view *view)
{
	const struct most *most = view->system->most;
	for (; view->groups > 0; view->groups--) {
		uint32_t group = view->group[view->groups - 1];
		view->touched[group] = false;
		view->height[group] = (double)most->group[group].height;
		view->top[group] = most->group[group].top;
	}
	for (; view->wholes > 0; view->wholes--) {
		uint32_t whole = view->whole[view->wholes - 1];
		view->moved[whole] = false;
		view->left[whole] = (double)most->whole[whole].left;
	}
}

static void give(struct most_view *view, uint32_t whole, double change)
{
	if (!view->moved[whole])
		view->whole[view->wholes++] = whole;
	view->moved[whole] = true;
	view->left[whole] += change;
}

void most_begin(struct most_view *view)
{
	forget(view);
	view->atoms = 0;
}

void most_move(struct most_view *view, uint32_t atom, double change)
{
	const struct most *most = view->system->most;
	view->atom[view->atoms++] = atom;
	view->change[atom] = change;
	for (uint32_t w = most->is[atom]; w > 0; w = most->before[w - 1])
		give(view, w - 1, most->whole[w - 1].sign * change);
	for (size_t h = most->held_first[atom]; h < most->held_first[atom + 1]; h++) {
		if (!view->touched[most->held[h]])
			view->group[view->groups++] = most->held[h];
		view->touched[most->held[h]] = true;
	}
}

bool most_lacks(const struct most_view *view, uint32_t whole)
{
	return view->left[whole] < -LACKING;
}

bool most_end(struct most_view *view)
{
	const struct most *most = view->system->most;
	bool holds = true;
	for (size_t i = 0; i < view->groups; i++) {
		uint32_t group = view->group[i];
		view->height[group] = find_top(view->system, group, view->change, &view->top[group]);
		give(view, most->group[group].whole, (double)most->group[group].height - view->height[group]);
	}
	for (size_t i = 0; i < view->atoms; i++)
		view->change[view->atom[i]] = 0;
	for (size_t i = 0; i < view->wholes; i++)
		holds = holds && !most_lacks(view, view->whole[i]);
	return holds;
}

bool most_holds(struct most_view *view, size_t moved, const uint32_t *atom, const int64_t *change)
{
	most_begin(view);
	for (size_t i = 0; i < moved; i++)
		most_move(view, atom[i], (double)change[i]);
	return most_end(view);
}
