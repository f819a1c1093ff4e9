/* Atoms near a row, by shortest paths: see window.h. */
#include "stages/protect/engine/window.h"

#include <string.h>

#include "stages/protect/engine/most.h"
#include "stages/protect/engine/reaches.h"

#define WIDE_ROW 48  /* of a row with more terms only so many of its largest atoms are reached */
#define FEW 16      /* likewise where windows are bounded (widest): the cells lie in very many areas, and a window that reaches into few … */
#define GIVE 3       /* … has all that a change needs of each, if so many times what a target must move can be taken there */
#define NEAR 2       /* an inequality ties atoms while it is less from its floor than so many times that */
#define TRODDEN 2    /* an atom that moves in so many tables is not strange: with one, windows hold nearly all atoms soon; with three, few tables */
#define ASKED 100    /* so many free atoms say which areas a window of few takes */
#define SMALL_ATOM 5 /* an atom below this can give little: it lies one step further away */

/* What is known of a row that has been met. */
enum { FROM_ABOVE = 1, FROM_BELOW = 2, UNTIED = 4 };

/* Whether a row ties its atoms: never, unless it is withheld, always; of an inequality, while it is near its floor. */
enum { TIES_NEVER, TIES_PRINTED, TIES_ALWAYS, LOOSE = 4 };

/* What is found is all 0 between searches. */
struct window_work {
	struct reaches *reaches;
	uint8_t *seen; /* of each row: FROM_ABOVE, FROM_BELOW: its atoms have been reached from one side; UNTIED: they do not hang together in it; 0: it is
	                  not among the window's */
	uint8_t *tie;  /* of each row: enum tie, and LOOSE: a row itself is far from the others in memory */
	bool *taken;     /* of each area, by its number in system.h: the window takes it in */
	bool *alike;     /* of each kind of table: it is one of the row's, or none */
	int64_t *giving; /* likewise: what the nearest free atoms of it can give */
	int64_t step;  /* how far the range of some target must reach: what a table moves */
};

/* What the range of some target must span: so much a table moves. */
static int64_t step_of(const struct system *system)
{
	int64_t step = 0;
	for (size_t r = 0; r < system->rows; r++)
		step = system->row[r].width > step ? system->row[r].width : step;
	return step;
}

static void find_ties(struct window_work *work, const struct system *system)
{
	for (size_t r = 0; r < system->rows; r++) {
		const struct row *row = &system->row[r];
		bool near = row->kind == ROW_KNOWN || (row->kind == ROW_HIDDEN && row->value - row->floor < NEAR * work->step);
		work->tie[r] = (uint8_t)((near ? TIES_ALWAYS : row->kind == ROW_CELL ? TIES_PRINTED : TIES_NEVER) | (row->loose ? LOOSE : 0));
	}
}

static struct window_work *work_new(const struct system *system, struct error *error)
{
	struct arena *arena = system->arena;
	struct window_work *work = arena_take(arena, 1, sizeof *work, error);
	if (work == NULL)
		return NULL;
	work->reaches = reaches_new(arena, system->atoms, system->terms + (system->most == NULL ? 0 : system->most->terms), error);
	work->seen = arena_take(arena, system->rows, 1, error);
	work->taken = arena_take(arena, system->areas + 1, sizeof *work->taken, error);
	work->alike = arena_take(arena, system->kinds + 1, sizeof *work->alike, error);
	work->giving = arena_take(arena, system->areas + 1, sizeof *work->giving, error);
	work->tie = arena_take(arena, system->rows, sizeof *work->tie, error);
	work->step = step_of(system);
	if (work->tie != NULL)
		find_ties(work, system);
	return work->tie == NULL || work->reaches == NULL || work->seen == NULL || work->taken == NULL || work->giving == NULL || work->alike == NULL ? NULL : work;
}

static struct window *window_with(const struct system *system, struct window_work *work, struct error *error)
{
	struct arena *arena = system->arena;
	struct window *window = work == NULL ? NULL : arena_take(arena, 1, sizeof *window, error);
	if (window == NULL)
		return NULL;
	window->system = system;
	window->work = work;
	window->atom = arena_take(arena, system->atoms, sizeof *window->atom, error);
	window->row = arena_take(arena, system->rows, sizeof *window->row, error);
	window->atom_place = arena_take(arena, system->atoms, sizeof *window->atom_place, error);
	return window->atom == NULL || window->row == NULL || window->atom_place == NULL ? NULL : window;
}

struct window *window_new(const struct system *system, struct error *error)
{
	return window_with(system, work_new(system, error), error);
}

struct window *window_beside(const struct window *window, struct error *error)
{
	return window_with(window->system, window->work, error);
}

uint8_t *window_marks(const struct window *window)
{
	return window->work->seen;
}

static uint32_t bits(size_t number)
{
	uint32_t count = 0;
	for (; number > 0; number >>= 1)
		count++;
	return count;
}

/* The least count among the largest WIDE_ROW atoms of a row. */
static int64_t wide_limit(const struct system *system, size_t row)
{
	size_t larger[64] = { 0 }, left = WIDE_ROW;
	for (size_t t = system->first[row]; t < system->first[row + 1]; t++)
		larger[bits((size_t)system->atom[system->term[t].index])]++;
	for (size_t b = 64; b-- > 0;) {
		if (larger[b] >= left)
			return b == 0 ? 0 : INT64_C(1) << (b - 1);
		left -= larger[b];
	}
	return 0;
}

/* Of a row's largest atoms as many as can give GIVE steps and stay, but at least two and at most FEW: how many, and the least of them. */
static size_t few_largest(const struct system *system, size_t row, int64_t step, int64_t *least)
{
	int64_t largest[FEW] = { 0 }, give = 0;
	for (size_t t = system->first[row]; t < system->first[row + 1]; t++) {
		int64_t count = system->atom[system->term[t].index];
		size_t at = FEW;
		for (; at > 0 && largest[at - 1] < count; at--)
			if (at < FEW)
				largest[at] = largest[at - 1];
		if (at < FEW)
			largest[at] = count;
	}
	size_t few = 0;
	for (; few < FEW && (few < 2 || give < GIVE * step); few++)
		give += largest[few] - 1;
	*least = largest[few - 1];
	return few;
}

/* Puts one number more behind the largest. */
static int put(struct system *system, uint32_t **largest, size_t *count, size_t *room, size_t number, struct error *error)
{
	uint32_t *list = arena_grow(system->arena, *largest, *count, *count + 1, room, sizeof *list, error);
	if (list == NULL)
		return -1;
	*largest = list;
	list[(*count)++] = (uint32_t)number;
	return 0;
}

int window_prepare(struct system *system, struct error *error)
{
	size_t *first = arena_take(system->arena, system->rows + 1, sizeof *first, error), count = 0, room = 0;
	int64_t step = step_of(system), least;
	uint32_t *largest = NULL;
	if (first == NULL)
		return -1;
	for (size_t r = 0; r < system->rows; first[++r] = count) {
		size_t begin = system->first[r], end = system->first[r + 1];
		if (end - begin <= FEW)
			continue;
		if (put(system, &largest, &count, &room, few_largest(system, r, step, &least), error) != 0)
			return -1;
		for (size_t t = begin; t < end; t++)
			if (system->atom[system->term[t].index] >= least && put(system, &largest, &count, &room, t, error) != 0)
				return -1;
	}
	system->largest_first = first;
	system->largest = largest;
	return 0;
}

static bool is_printed(const struct system *system, uint32_t atom)
{
	size_t single = system->single[atom];
	return single != SYSTEM_NONE && system->row[single].kind != ROW_HIDDEN && !system->row[single].withheld;
}

/* Whether an atom is of an area, or of a kind of table, that the window does not take in. */
static bool is_elsewhere(const struct window *window, uint32_t atom)
{
	const struct system *system = window->system;
	return (window->extent.areas > 0 && system->area[atom] != 0 && !window->work->taken[system->area[atom]]) ||
		(window->extent.alike && !window->work->alike[system->kind[atom]]);
}

/* Lists an atom of a row, unless it is in the window, or cannot be: whether it did. */
static bool reach_term(struct window *window, const struct term *term, uint32_t distance, int32_t from)
{
	const struct system *system = window->system;
	uint32_t atom = term->index;
	if (window->atom_place[atom] != 0 || (window->extent.reach == REACH_FREE && is_printed(system, atom)) ||
		(window->extent.reach == REACH_GROWING && (term->sign < 0) == (from < 0)) || is_elsewhere(window, atom))
		return false;
	reaches_push(window->work->reaches, atom, distance + (system->atom[atom] < SMALL_ATOM));
	return true;
}

/* Lists the row's atoms that are not yet in the window; of a growing one those whose sign is not `from`. */
static void reach_row(struct window *window, size_t row, uint32_t distance, int32_t from)
{
	const struct system *system = window->system;
	size_t first = system->first[row], end = system->first[row + 1];
	bool growing = window->extent.reach == REACH_GROWING;
	uint8_t side = growing && from < 0 ? FROM_BELOW : FROM_ABOVE; /* a row is reached from both of its sides */
	uint8_t *seen = &window->work->seen[row];
	if ((*seen & side) != 0)
		return;
	if (*seen == 0)
		window->row[window->rows++] = (uint32_t)row;
	*seen |= side;
	if (system->widest > 0 && end - first > FEW) {
		const uint32_t *largest = system->largest + system->largest_first[row], *last = system->largest + system->largest_first[row + 1];
		for (size_t left = *largest++; largest < last && left > 0; largest++)
			left -= reach_term(window, &system->term[*largest], distance, from);
		return;
	}
	bool wide = end - first > WIDE_ROW;
	int64_t least = wide ? wide_limit(system, row) : 0;
	size_t left = wide ? 4 * WIDE_ROW : end - first;
	for (size_t t = first; t < end && left > 0; t++)
		if (system->atom[system->term[t].index] >= least)
			left -= reach_term(window, &system->term[t], distance, from);
}

/* Lists the wholes that an atom's groups are of: it can hardly rise unless they do. */
static void reach_wholes(struct window *window, uint32_t atom, uint32_t distance)
{
	const struct most *most = window->system->most;
	for (size_t h = most->held_first[atom]; h < most->held_first[atom + 1]; h++) {
		const struct term term = { .index = most->whole[most->group[most->held[h]].whole].atom, .sign = 1 };
		(void)reach_term(window, &term, distance + 2, -1);
	}
}

static void enter(struct window *window, uint32_t atom, uint32_t distance)
{
	const struct system *system = window->system;
	window->atom[window->atoms++] = atom;
	window->atom_place[atom] = (uint32_t)window->atoms;
	for (size_t t = system->atom_first[atom]; t < system->atom_first[atom + 1]; t++) {
		size_t r = system->atom_term[t].index;
		uint8_t *seen = &window->work->seen[r], all = window->extent.reach == REACH_GROWING ? FROM_ABOVE | FROM_BELOW : FROM_ABOVE;
		if (*seen >= all) /* most rows have been met before, and to look at them again takes long */
			continue;
		uint8_t tie = window->work->tie[r];
		bool ties = (tie & TIES_ALWAYS) != 0 || ((tie & TIES_PRINTED) != 0 && !system->row[r].withheld);
		bool crosses = window->extent.across || (tie & LOOSE) == 0;
		window->stopped = window->stopped || (ties && !crosses);
		if (ties && crosses) {
			reach_row(window, r, distance + 2 * bits(system->first[r + 1] - system->first[r]), system->atom_term[t].sign);
			continue;
		}
		if (*seen == 0)
			window->row[window->rows++] = (uint32_t)r;
		*seen = UNTIED;
	}
	if (system->most != NULL && window->extent.across && system->most->rise[atom] < NEAR * window->work->step)
		reach_wholes(window, atom, distance);
}

/* Whether every atom of a row that ties is in the window: of a long row only the largest are reached. */
static bool holds_all(const struct window *window)
{
	const struct system *system = window->system;
	bool all = true;
	for (size_t i = 0; i < window->rows && all; i++) {
		size_t r = window->row[i];
		bool tied = window->work->seen[r] != UNTIED && system->first[r + 1] - system->first[r] > WIDE_ROW;
		for (size_t t = system->first[r]; tied && t < system->first[r + 1] && all; t++)
			all = window->atom_place[system->term[t].index] > 0;
	}
	return all;
}

/* Fills the window; whether nothing is left outside. */
static bool fill(struct window *window, size_t row, const struct window_extent *extent)
{
	struct window_work *work = window->work;
	bool left = extent->areas > 0 || extent->alike;
	size_t most = extent->most, printed = extent->printed, strange = extent->trodden == NULL ? SIZE_MAX : extent->strange;
	window->extent = *extent;
	window->stopped = false;
	for (size_t i = 0; i < window->atoms; i++)
		window->atom_place[window->atom[i]] = 0;
	window->atoms = window->rows = 0;
	reach_row(window, row, 0, -1); /* the row rises with its atoms */
	while (reaches_left(work->reaches) && window->atoms < most) {
		uint32_t atom = reaches_next(work->reaches);
		if (window->atom_place[atom] != 0)
			continue;
		bool dear = is_printed(window->system, atom);
		bool is_strange = extent->trodden != NULL && extent->trodden[atom] < TRODDEN;
		bool out = (dear && printed == 0) || (is_strange && strange == 0);
		left = left || out;
		if (out)
			continue;
		printed -= dear;
		strange -= is_strange;
		enter(window, atom, work->reaches->distance);
	}
	bool whole = !left && !reaches_left(work->reaches) && window->atoms < most && holds_all(window);
	for (size_t i = 0; i < window->rows; i++)
		work->seen[window->row[i]] = 0;
	reaches_end(work->reaches);
	return whole;
}

/* Takes the row's own areas, and then those whose free atoms near by can give most. */
static void choose_areas(struct window *window, size_t row, const struct window_extent *extent)
{
	const struct system *system = window->system;
	struct window_work *work = window->work;
	size_t left = extent->areas;
	memset(work->taken, 0, (system->areas + 1) * sizeof *work->taken);
	memset(work->giving, 0, (system->areas + 1) * sizeof *work->giving);
	for (size_t t = system->first[row]; t < system->first[row + 1] && left > 0; t++) {
		uint32_t area = system->area[system->term[t].index];
		left -= area > 0 && !work->taken[area];
		work->taken[area] = true;
	}
	(void)fill(window, row, &(struct window_extent){ .most = ASKED, .across = extent->across, .reach = REACH_FREE });
	for (size_t i = 0; i < window->atoms; i++) {
		int64_t most = system->atom[window->atom[i]] - 1;
		work->giving[system->area[window->atom[i]]] += most < 0 ? 0 : most < work->step ? most : work->step;
	}
	for (; left > 0; left--) {
		size_t best = 0;
		for (size_t area = 1; area <= system->areas; area++)
			if (!work->taken[area] && (best == 0 || work->giving[area] > work->giving[best]))
				best = area;
		work->taken[best] = true;
	}
}

static void choose_kinds(struct window *window, size_t row)
{
	const struct system *system = window->system;
	memset(window->work->alike, 0, (system->kinds + 1) * sizeof *window->work->alike);
	window->work->alike[0] = true;
	for (size_t t = system->first[row]; t < system->first[row + 1]; t++)
		window->work->alike[system->kind[system->term[t].index]] = true;
}

void window_find(struct window *window, size_t row, const struct window_extent *extent, bool *whole)
{
	if (extent->areas > 0)
		choose_areas(window, row, extent);
	if (extent->alike)
		choose_kinds(window, row);
	*whole = fill(window, row, extent);
}
