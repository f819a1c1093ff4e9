/* A window and its program: see sight.h. */
#include "stages/protect/engine/sight.h"

#include <math.h>
#include <string.h>

#include "stages/protect/engine/peaks.h"
#include "stages/protect/engine/sums.h"

#define NEAR 8 /* a window serves a row when the nearest of its atoms, one in so many, lie in it */
#define STRANGE 1200 /* beside the atoms that move in tables found for others */
#define PARTED 2000 /* atoms: of fewer a program of all kommuner, which serves many targets, takes less than one of a few for each */
#define JOINED 8 /* a program is made anew when so many times the sums that have joined it are more than its atoms: most hold no longer, and each takes time */
#define BROKEN 1e-6
#define FAR 4  /* an inequality so far from its floor is left out until a solution breaks it, in wide windows any that is not at its floor: few ever do */

static const struct {
	size_t atoms, printed, areas, kept; /* for the tables of a run, where rows are dear; what is withheld already costs a program little (forms.h) */
	size_t bounded; /* atoms where windows are bounded (widest); 0: there are none, … */
	size_t alone;   /* … and for tables of cells alone, where narrower windows withhold more */
} sizes[SIGHT_SIZES] = { [SIGHT_NEAR] = { 350, SIZE_MAX, 0, SIGHTS_MOST, 350, 400 }, [SIGHT_AREAS] = { 3000, 300, 3, 1, 0, 0 },
	[SIGHT_ACROSS] = { 800, 100, 0, 2, 0, 0 }, [SIGHT_WIDE] = { 3000, 300, 5, 1, 1200, 1200 }, [SIGHT_MUCH] = { 4000, 1500, 8, 1, 0, 0 }, [SIGHT_WHOLE] = { 4000, SIZE_MAX, 0, 1, 4000, 4000 },
	[SIGHT_TRODDEN] = { 40000, SIZE_MAX, 0, 1, 0, 0 }, [SIGHT_ALIKE] = { 40000, SIZE_MAX, 0, 1, 0, 0 }, [SIGHT_ALL] = { 40000, SIZE_MAX, 0, 1, 0, 0 } };

static struct sight *sight_new(const struct system *system, size_t most, bool wide, const struct window *probe, struct error *error)
{
	struct arena *arena = system->arena;
	struct sight *sight = arena_take(arena, 1, sizeof *sight, error);
	size_t atoms = system->atoms < most ? system->atoms : most;
	if (sight == NULL)
		return NULL;
	sight->system = system;
	sight->wide = wide;
	sight->window = window_beside(probe, error);
	sight->atom = arena_take(arena, atoms, sizeof *sight->atom, error);
	sight->atom_sum = arena_take(arena, atoms, sizeof *sight->atom_sum, error);
	sight->change = arena_take(arena, atoms, sizeof *sight->change, error);
	sight->plain = arena_take(arena, atoms, sizeof *sight->plain, error);
	if (system->most != NULL && (sight->peaks = peaks_new(system, error)) == NULL)
		return NULL;
	return sight->window == NULL || sight->atom == NULL || sight->atom_sum == NULL || sight->change == NULL || sight->plain == NULL ? NULL : sight;
}

struct sights *sights_new(const struct system *system, enum sight_size size, struct window *probe, struct error *error)
{
	struct sights *sights = arena_take(system->arena, 1, sizeof *sights, error);
	if (sights == NULL)
		return NULL;
	bool few = sizes[size].areas > 0 && sizes[size].areas < system->areas && system->atoms >= PARTED && system->widest == 0; /* a few areas of many */
	bool bounded = system->widest > 0, alone = system->dear == 0, wide = size != SIGHT_NEAR;
	sights->any = (bounded ? sizes[size].bounded : alone ? sizes[size].alone : 1) > 0 && (few || size != SIGHT_AREAS);
	sights->any = sights->any && (size != SIGHT_ACROSS || system->most != NULL) && (!sight_is_alike(size) || system->kind != NULL);
	if (!sights->any)
		return sights;
	sights->probe = probe;
	sights->extent = (struct window_extent){ .most = alone ? sizes[size].alone : bounded ? sizes[size].bounded : sizes[size].atoms,
		.printed = alone || bounded ? SIZE_MAX : sizes[size].printed, .areas = few ? sizes[size].areas : 0, .across = size >= SIGHT_ACROSS, .alike = sight_is_alike(size),
		.strange = STRANGE };
	sights->near_printed = size == SIGHT_ACROSS ? sights->extent.printed / NEAR : SIZE_MAX;
	if (wide && system->atoms < 2 * sights->extent.most)
		sights->extent.most = system->atoms + 1;
	if (bounded && sights->extent.most > system->widest)
		sights->extent.most = system->widest;
	sights->kept = system->dear > 0 ? sizes[size].kept : 1; /* windows for few rows each give cheaper tables: what tables of cells are after */
	for (size_t i = 0; i < sights->kept; i++)
		if ((sights->sight[i] = sight_new(system, sights->extent.most, wide, probe, error)) == NULL)
			return NULL;
	return sights;
}

bool sight_has_move(const struct sight *sight, const struct row *row)
{
	return row->kind == ROW_CELL || (row->kind == ROW_HIDDEN && row->up > 0 && !sight->wide);
}

/* Whether the row is an atom's own: the atom's move is the row's. */
static bool is_single(const struct system *system, size_t r)
{
	size_t first = system->first[r];
	return system->first[r + 1] - first == 1 && system->single[system->term[first].index] == r;
}

static bool is_far(const struct sight *sight, const struct row *row)
{
	bool floor_alone = row->kind == ROW_HIDDEN && !row->lone && row->ceiling == INT64_MAX;
	return floor_alone && (sight->wide ? row->value - row->floor >= 1 : (row->up == 0 && row->value - row->floor >= FAR));
}

/* The row's sum over the window's atoms. */
static int add_sum(struct sight *sight, size_t place, double low, double high)
{
	const struct system *system = sight->system;
	size_t r = sight->window->row[place];
	for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
		sums_term(sight, system->term[t].index, system->term[t].sign);
	sight->sum[place] = sums_end(sight, low, high);
	return sight->sum[place] == LINEAR_NONE ? -1 : 0;
}

static int add_row(struct sight *sight, size_t place)
{
	const struct system *system = sight->system;
	size_t r = sight->window->row[place];
	sight->sum[place] = LINEAR_NONE;
	bool over = system->row[r].loose && !sight->window->extent.across; /* what breaks it may be mended */
	if (is_single(system, r) || system->row[r].kind == ROW_KNOWN) /* ties are there as forms */
		return 0;
	if (over) {
		sight->loose[sight->looses++] = (uint32_t)place;
		return 0;
	}
	if (is_far(sight, &system->row[r])) {
		sight->far[sight->fars++] = (uint32_t)place;
		return 0;
	}
	if (add_sum(sight, place, 0, 0) != 0)
		return -1;
	if (!sight_has_move(sight, &system->row[r]))
		return 0;
	/* sums of whole numbers are whole */
	return sums_move(sight->program, false, !sight->wide && system->row[r].up > 0, &sight->move[place]) != 0 ? -1
		: sums_terms(sight->program, sight->sum[place], &sight->move[place], -1);
}

/* Whether an atom, where it follows, may go without a variable: it moves at no cost, and is not rewarded. */
static bool is_plain(const struct sight *sight, size_t place)
{
	const struct system *system = sight->system;
	size_t single = system->single[sight->window->atom[place]];
	if (single == SYSTEM_NONE)
		return true;
	const struct row *row = &system->row[single];
	return !row->lone && (row->kind != ROW_CELL || row->withheld) && (sight->wide || row->up == 0);
}

/* What goes by the window's rows, and its forms. */
static int find_forms(struct sight *sight)
{
	struct error error = { 0 };
	size_t rows = sight->window->rows;
	arena_free(sight->arena);
	sight->arena = arena_new(&error);
	if (sight->arena == NULL)
		return -1;
	sight->move = arena_take(sight->arena, rows, sizeof *sight->move, &error);
	sight->sum = arena_take(sight->arena, rows, sizeof *sight->sum, &error);
	sight->far = arena_take(sight->arena, rows, sizeof *sight->far, &error);
	sight->loose = arena_take(sight->arena, rows, sizeof *sight->loose, &error);
	if (sight->move == NULL || sight->sum == NULL || sight->far == NULL || sight->loose == NULL)
		return -1;
	for (size_t i = 0; i < sight->window->atoms; i++)
		sight->plain[i] = is_plain(sight, i);
	sight->forms = forms_new(sight->window, sight->plain, sight->arena, &error);
	return sight->forms == NULL ? -1 : 0;
}

static int build(struct sight *sight)
{
	const struct system *system = sight->system;
	sight->program = sight->ended != NULL ? linear_renew(sight->ended) : linear_new();
	sight->ended = NULL;
	sight->fars = sight->looses = 0;
	if (sight->program == NULL || find_forms(sight) != 0)
		return -1;
	linear_hurry(sight->program, system->dear > 0); /* tables of a run change more in bounds than in costs */
	for (size_t i = 0; i < sight->window->atoms; i++) {
		size_t single = system->single[sight->window->atom[i]];
		sight->atom_sum[i] = LINEAR_NONE;
		if (sight->forms->follows[i] == 0 && sums_move(sight->program, true, !sight->wide && single != SYSTEM_NONE && system->row[single].up > 0, &sight->atom[i]) != 0)
			return -1;
	}
	for (size_t i = 0; i < sight->forms->ties; i++)
		if (sums_form(sight, &sight->forms->tie[i], 0, 0) == LINEAR_NONE)
			return -1;
	for (size_t i = 0; i < sight->window->rows; i++)
		if (add_row(sight, i) != 0)
			return -1;
	sight->joined = 0;
	return peaks_begin(sight);
}

/* Whether there is a program of that reach, which few sums have joined. */
static bool is_kept(const struct sight *sight, enum window_reach reach)
{
	return sight->program != NULL && sight->window->extent.reach == reach && sight->joined * JOINED <= sight->window->atoms;
}

/* Whether the atoms nearest to the row, those of the probe, lie in the window. */
static bool at_hand(const struct sight *sight, const struct window *probe)
{
	bool inside = is_kept(sight, probe->extent.reach);
	for (size_t i = 0; inside && i < probe->atoms; i++)
		inside = sight->window->atom_place[probe->atom[i]] > 0;
	return inside;
}

/* Adds the sum of the row if it was left out. */
static int join(struct sight *sight, size_t row)
{
	uint32_t at = is_single(sight->system, row) ? sight->window->atom_place[sight->system->term[sight->system->first[row]].index] : 0;
	if (at > 0 && sight->forms->follows[at - 1] > 0 && sight->atom_sum[at - 1] == LINEAR_NONE)
		return sums_bind(sight, at - 1, 0, 0);
	for (size_t i = 0; i < sight->fars; i++) {
		uint32_t place = sight->far[i];
		if (sight->window->row[place] != row)
			continue;
		sight->far[i] = sight->far[--sight->fars];
		return add_sum(sight, place, 0, 0);
	}
	return 0;
}

/* Ends a program, so that the window is found again. */
static void end(struct sight *sight)
{
	if (sight->program != NULL)
		sight->ended = sight->program;
	sight->program = NULL;
}

/* A sight that leaves nothing out of what hangs together with the row; NULL when there is none. */
static struct sight *find_whole(const struct sights *sights, size_t row, enum window_reach reach)
{
	for (size_t i = 0; i < sights->kept; i++) {
		struct sight *sight = sights->sight[i];
		const struct system *system = sight->system;
		bool inside = is_kept(sight, reach) && sight->whole && reach == REACH_ANY;
		for (size_t t = system->first[row]; inside && t < system->first[row + 1]; t++)
			inside = sight->window->atom_place[system->term[t].index] > 0;
		if (inside)
			return sight;
	}
	return NULL;
}

/* The sight with the row in its midst, or the one to be built anew for it, whose program is then ended. */
static struct sight *choose(struct sights *sights, size_t row, enum window_reach reach)
{
	struct sight *all = find_whole(sights, row, reach);
	if (all != NULL) {
		all->turn = ++sights->turns;
		return all;
	}
	struct sight *sight = sights->sight[0];
	struct window_extent near = sights->extent;
	near.most /= NEAR;
	near.printed = sights->near_printed;
	near.reach = reach;
	bool whole;
	window_find(sights->probe, row, &near, &whole);
	for (size_t i = 0; i < sights->kept; i++) {
		if (at_hand(sights->sight[i], sights->probe)) {
			sights->sight[i]->turn = ++sights->turns;
			return sights->sight[i];
		}
		if (sights->sight[i]->turn < sight->turn)
			sight = sights->sight[i];
	}
	sight->turn = ++sights->turns;
	end(sight);
	return sight;
}

struct sight *sights_turn(struct sights *sights, size_t row, enum window_reach reach, struct error *error)
{
	struct sight *sight = choose(sights, row, reach);
	int result = 0;
	sight->fresh = sight->program == NULL;
	if (sight->fresh) {
		struct window_extent extent = sights->extent;
		extent.reach = reach;
		window_find(sight->window, row, &extent, &sight->whole);
		result = build(sight);
	}
	if (result == 0 && join(sight, row) == 0)
		return sight;
	error_set(error, EXIT_IO, "out of memory");
	return NULL;
}

static double moved(const struct sight *sight, const struct move *move)
{
	const struct linear *program = sight->program;
	return linear_value(program, move->rise) + (move->more == LINEAR_NONE ? 0 : linear_value(program, move->more)) -
		linear_value(program, move->fall);
}

void sight_read(struct sight *sight)
{
	for (size_t i = 0; i < sight->window->atoms; i++)
		if (sight->forms->follows[i] == 0)
			sight->change[i] = moved(sight, &sight->atom[i]);
	forms_fill(sight->forms, sight->change);
}

/* How far above its floor the solution leaves the row at a place. */
static double room(const struct sight *sight, size_t place)
{
	const struct system *system = sight->system;
	size_t r = sight->window->row[place];
	double left = (double)(system->row[r].value - system->row[r].floor);
	for (size_t t = system->first[r]; t < system->first[r + 1]; t++) {
		uint32_t at = sight->window->atom_place[system->term[t].index];
		left += at == 0 ? 0 : system->term[t].sign * sight->change[at - 1];
	}
	return left;
}

/* Marks the rows that hold an atom that the solution moves, or forgets them: no other row is broken. */
static void mark_moved(const struct sight *sight, uint8_t mark)
{
	const struct system *system = sight->system;
	uint8_t *marks = window_marks(sight->window);
	for (size_t i = 0; i < sight->window->atoms; i++) {
		uint32_t atom = sight->window->atom[i];
		bool moves = fabs(sight->change[i]) > 0;
		for (size_t t = system->atom_first[atom]; moves && t < system->atom_first[atom + 1]; t++)
			marks[system->atom_term[t].index] = mark;
	}
}

int sight_amend(struct sight *sight, bool loose, bool *amended)
{
	uint32_t *left = loose ? sight->loose : sight->far;
	size_t *count = loose ? &sight->looses : &sight->fars, broken = 0;
	const uint8_t *marks = window_marks(sight->window);
	mark_moved(sight, 1);
	for (size_t i = 0; i < *count; i++) { /* those that are broken go first: adding sums undoes the solution */
		uint32_t place = left[i];
		if (marks[sight->window->row[place]] != 0 && room(sight, place) < -BROKEN) {
			left[i] = left[broken];
			left[broken++] = place;
		}
	}
	mark_moved(sight, 0);
	*amended = broken > 0;
	for (size_t i = 0; i < broken; i++) {
		const struct row *row = &sight->system->row[sight->window->row[left[i]]];
		if (add_sum(sight, left[i], (double)(row->floor - row->value), (double)INFINITY) != 0)
			return -1;
	}
	*count -= broken;
	memmove(left, left + broken, *count * sizeof *left);
	return 0;
}

void sights_end(struct sights *sights)
{
	for (size_t i = 0; i < sights->kept; i++) {
		end(sights->sight[i]);
		linear_free(sights->sight[i]->ended);
		sights->sight[i]->ended = NULL;
		arena_free(sights->sight[i]->arena);
		sights->sight[i]->arena = NULL;
	}
}
