/* Other possible tables by linear programming: see possible.h.

   Variables: the change of each atom in the window, and for each printed row what it rises and falls, at its cost per unit
   of the wanted step (which stands for the cost of its moving at all). */
#include "stages/protect/engine/possible.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stages/protect/engine/peaks.h"
#include "stages/protect/engine/sums.h"

#define ITERATIONS 20000
#define NODES 10
#define PATIENT_NODES 300
#define LONE_COST 20.0
#define SHUNNED 50 /* times that */
#define TIMES 4 /* fractions up to quarters are made whole by taking the solution so many times */
#define WHOLE_ENOUGH 1e-6
#define ATOM_EFFORT 8   /* of reading a solution and of new bounds, for each atom of the window */
#define WINDOW_EFFORT 16 /* likewise of finding the window */

/* A solution that splits persons is looked for again with other costs, before branching: that is cheaper. Costs of every move make
   solutions small, and costs that differ a little choose one of many. */
static const struct attempt {
	double reward; /* part of the wished one */
	double move;   /* cost of a unit of any move */
	unsigned seed; /* other costs of the moves for each; 0: the same */
	bool at_any_price; /* what is newly withheld costs nothing */
} attempts[] = { { 1, 0, 0, false }, { 0, 0, 0, false }, { 0.3, 0, 0, false }, { 2, 0, 0, false }, { 0, 0.2, 0, false }, { 0, 0.2, 1, false },
	{ 0, 0.2, 2, false }, { 0, 0.5, 3, false }, { 0, 1, 0, true }, { 0, 1, 1, true }, { 0, 1, 2, true }, { 0, 1, 3, true } };
#define QUICK_ATTEMPTS 5
#define THRIFTY 4 /* the first attempt with costs of moves */
#define ATTEMPTS 8
#define MORE_ATTEMPTS (sizeof attempts / sizeof *attempts) /* where all else came to nothing in all that hangs together: the fewest moves are often whole */

struct possible_work {
	int64_t *by_row;       /* move of each row; 0 outside possible_check */
	struct sights *sights[SIGHT_SIZES]; /* of each size */
	uint32_t *trodden;     /* of each atom: in how many tables of what is looked for longest it moves; … */
	bool treads;           /* … there are some */
	struct sight *sight;   /* that of the table at hand */
	const struct wish *wish;
	const struct attempt *attempt;
	size_t moves, *moving; /* the atoms of the window that the solution moves, by place */
	size_t *part;          /* of each of them: one of those that it moves with */
	bool *split;           /* of a part: not in whole numbers */
	size_t *holder;        /* of each row: 1 + the first of its atoms that move; 0 outside find_parts */
};

struct possible *possible_new(const struct system *system, struct error *error)
{
	struct arena *arena = system->arena;
	struct possible *possible = arena_take(arena, 1, sizeof *possible, error);
	struct possible_work *work = arena_take(arena, 1, sizeof *work, error);
	if (possible == NULL || work == NULL)
		return NULL;
	possible->system = system;
	possible->atom = arena_take(arena, system->atoms, sizeof *possible->atom, error);
	possible->change = arena_take(arena, system->atoms, sizeof *possible->change, error);
	possible->row = arena_take(arena, system->rows, sizeof *possible->row, error);
	possible->move = arena_take(arena, system->rows, sizeof *possible->move, error);
	possible->work = work;
	work->by_row = arena_take(arena, system->rows, sizeof *work->by_row, error);
	if (system->most != NULL && (possible->most = most_view_new(system, arena, error)) == NULL)
		return NULL;
	struct window *probe = window_new(system, error);
	for (enum sight_size size = SIGHT_NEAR; size < SIGHT_SIZES; size++)
		if (probe == NULL || (work->sights[size] = sights_new(system, size, probe, error)) == NULL)
			return NULL;
	work->trodden = arena_take(arena, system->atoms, sizeof *work->trodden, error);
	work->sights[SIGHT_TRODDEN]->extent.trodden = work->trodden;
	work->part = arena_take(arena, system->atoms, sizeof *work->part, error);
	work->split = arena_take(arena, system->atoms, sizeof *work->split, error);
	work->moving = arena_take(arena, system->atoms, sizeof *work->moving, error);
	work->holder = arena_take(arena, system->rows, sizeof *work->holder, error);
	if (possible->atom == NULL || possible->change == NULL || possible->row == NULL || possible->move == NULL || work->by_row == NULL || work->trodden == NULL ||
		work->part == NULL || work->split == NULL || work->moving == NULL || work->holder == NULL)
		return NULL;
	return possible;
}

/* How a row may move in the wanted table. */
struct leave {
	double low, high;
	double cost;   /* per unit of any move; 0: free */
	double reward; /* per unit of a rise up to `needed` */
	double needed;
};

static struct leave leave_of(const struct possible *possible, size_t r)
{
	const struct row *row = &possible->system->row[r];
	const struct wish *wish = possible->work->wish;
	double infinity = (double)INFINITY;
	struct leave leave = { .low = row->kind == ROW_KNOWN ? 0 : (double)(row->floor - row->value), .high = row->kind == ROW_KNOWN ? 0 : infinity };
	if (row->ceiling < INT64_MAX && row->kind != ROW_KNOWN)
		leave.high = (double)(row->ceiling - row->value);
	bool printed = row->kind == ROW_CELL && !row->withheld;
	bool free = possible->work->attempt->at_any_price;
	if (row->lone && !free) /* a table that leaves single persons alone serves against them, too */
		leave.cost = (wish->shunned[r] ? SHUNNED : 1) * LONE_COST / (double)llabs(wish->step);
	bool held = printed && (wish->free_only || (wish->quick && possible->system->dear > 0 && row->cost > possible->system->dear));
	if (wish->still[r] || held)
		leave.low = leave.high = 0;
	else if (printed && !free)
		leave.cost = row->cost / (double)llabs(wish->step);
	if (r == wish->row) {
		if (wish->step > 0)
			leave.low = (double)wish->step;
		else
			leave.high = (double)wish->step;
		if (leave.high < leave.low) /* above its ceiling: the check refuses what is found */
			leave.high = leave.low;
	} else if (row->up > row->raised && row->withheld && wish->reward > 0) {
		leave.needed = (double)row->up;
		leave.reward = wish->reward / leave.needed;
		if (possible->system->dear > 0)
			leave.cost = 0;
	}
	return leave;
}

/* Adds the attempt's cost of moving to that of an atom or a row. */
static void charge(const struct possible_work *work, struct leave *leave, size_t index)
{
	const struct attempt *attempt = work->attempt;
	uint64_t hash = ((uint64_t)index + 1) * (attempt->seed * 2 + 1) * UINT64_C(0x9E3779B97F4A7C15);
	double part = attempt->seed == 0 ? 1 : (double)(hash >> 40) / (double)(1 << 24) + 0.1;
	if (work->wish->grow && leave->low < 0)
		leave->low = 0;
	if (leave->reward <= 0)
		leave->cost += attempt->move * part;
}

static struct leave leave_of_atom(const struct possible *possible, size_t atom)
{
	const struct system *system = possible->system;
	struct leave leave = { .low = -(double)system->atom[atom], .high = (double)INFINITY };
	if (system->single[atom] != SYSTEM_NONE)
		leave = leave_of(possible, system->single[atom]);
	charge(possible->work, &leave, atom);
	return leave;
}

/* Wishing ------------------------------------------------------------------ */

static void allow(const struct sight *sight, const struct move *move, const struct leave *leave)
{
	struct linear *program = sight->program;
	bool rewarded = leave->cost <= 0 && leave->reward > 0;
	if (leave->cost > 0) {
		linear_change_variable(program, move->rise, leave->low > 0 ? leave->low : 0, leave->high > 0 ? leave->high : 0, leave->cost);
		linear_change_variable(program, move->fall, leave->high < 0 ? -leave->high : 0, leave->low < 0 ? -leave->low : 0, leave->cost);
	} else {
		bool short_of = leave->high < leave->needed; /* the ceiling is nearer than what it needs */
		linear_change_variable(program, move->rise, leave->low, rewarded && !short_of ? leave->needed : leave->high,
			rewarded ? -leave->reward : 0);
		linear_change_variable(program, move->fall, 0, 0, 0);
	}
	if (move->more != LINEAR_NONE)
		linear_change_variable(program, move->more, 0, rewarded && leave->high > leave->needed ? leave->high - leave->needed : 0, 0);
}

/* Bounds and costs of everything in the window as they now are. */
static void set_leaves(struct possible *possible)
{
	const struct system *system = possible->system;
	const struct possible_work *work = possible->work;
	const struct sight *sight = work->sight;
	for (size_t i = 0; i < sight->window->atoms; i++) {
		if (sight->forms->follows[i] > 0 && sight->atom_sum[i] == LINEAR_NONE)
			continue;
		struct leave leave = leave_of_atom(possible, sight->window->atom[i]);
		if (sight->forms->follows[i] == 0)
			allow(sight, &sight->atom[i], &leave);
		else
			linear_change_sum(sight->program, sight->atom_sum[i], leave.low, leave.high);
	}
	for (size_t i = 0; i < sight->window->rows; i++) {
		size_t r = sight->window->row[i];
		if (sight->sum[i] == LINEAR_NONE)
			continue;
		struct leave leave = leave_of(possible, r);
		if (sight_has_move(sight, &system->row[r]))
			allow(sight, &sight->move[i], &leave);
		else
			linear_change_sum(sight->program, sight->sum[i], leave.low, leave.high);
	}
}

static bool is_whole(double number)
{
	return fabs(number - round(number)) <= WHOLE_ENOUGH;
}

bool possible_check(struct possible *possible)
{
	const struct system *system = possible->system;
	int64_t *by_row = possible->work->by_row;
	bool allowed = true;
	possible->touched = 0;
	possible->cost = 0;
	for (size_t i = 0; i < possible->moved; i++) {
		size_t atom = possible->atom[i];
		allowed = allowed && !system->fixed[atom] && system->atom[atom] + possible->change[i] >= 0;
		for (size_t t = system->atom_first[atom]; t < system->atom_first[atom + 1]; t++)
			by_row[system->atom_term[t].index] += system->atom_term[t].sign * possible->change[i];
	}
	for (size_t i = 0; i < possible->moved; i++)
		for (size_t t = system->atom_first[possible->atom[i]]; t < system->atom_first[possible->atom[i] + 1]; t++) {
			size_t r = system->atom_term[t].index;
			if (by_row[r] == 0)
				continue;
			const struct row *row = &system->row[r];
			allowed = allowed && row->kind != ROW_KNOWN && row->value + by_row[r] >= row->floor && row->value + by_row[r] <= row->ceiling;
			possible->cost += row->kind == ROW_CELL && !row->withheld ? row->cost : 0;
			possible->row[possible->touched] = (uint32_t)r;
			possible->move[possible->touched++] = by_row[r];
			by_row[r] = 0;
		}
	bool enough = possible->most == NULL || most_holds(possible->most, possible->moved, possible->atom, possible->change);
	return allowed && enough;
}

/* The atoms of the window that move together, by the rows that hold them: of each that moves its part's first, by place. */
static size_t part_of(size_t *part, size_t place)
{
	while (part[place] != place)
		place = part[place] = part[part[place]];
	return place;
}

static void find_parts(const struct possible *possible)
{
	const struct system *system = possible->system;
	const struct window *window = possible->work->sight->window;
	struct possible_work *work = possible->work;
	work->moves = 0;
	for (size_t i = 0; i < window->atoms; i++)
		if (fabs(work->sight->change[i]) >= WHOLE_ENOUGH) {
			work->moving[work->moves++] = i;
			work->part[i] = i;
			work->split[i] = false;
		}
	for (size_t m = 0; m < work->moves; m++) {
		size_t place = work->moving[m], atom = window->atom[place];
		for (size_t t = system->atom_first[atom]; t < system->atom_first[atom + 1]; t++) {
			size_t *holder = &work->holder[system->atom_term[t].index];
			if (*holder == 0)
				*holder = place + 1;
			work->part[part_of(work->part, place)] = part_of(work->part, *holder - 1);
		}
	}
	for (size_t m = 0; m < work->moves; m++) {
		size_t place = work->moving[m], atom = window->atom[place];
		for (size_t t = system->atom_first[atom]; t < system->atom_first[atom + 1]; t++)
			work->holder[system->atom_term[t].index] = 0;
		if (!is_whole(work->sight->change[place]))
			work->split[part_of(work->part, place)] = true;
	}
}

/* The part in which the wished row moves; SYSTEM_NONE when there is none. */
static size_t wished_part(const struct possible *possible)
{
	const struct system *system = possible->system;
	struct possible_work *work = possible->work;
	for (size_t t = system->first[work->wish->row]; t < system->first[work->wish->row + 1]; t++) {
		size_t place = work->sight->window->atom_place[system->term[t].index];
		if (place > 0 && fabs(work->sight->change[place - 1]) >= WHOLE_ENOUGH)
			return part_of(work->part, place - 1);
	}
	return SYSTEM_NONE;
}

/* Takes the parts of the solution that are in whole numbers (no row holds atoms of two, so that each is possible by itself), or,
   `times` over, the wished one alone: more of the same moves the same rows. True when the wish comes true and nothing else
   forbids it. */
static bool take_parts(struct possible *possible, size_t wished, int times)
{
	const struct wish *wish = possible->work->wish;
	struct possible_work *work = possible->work;
	possible->moved = 0;
	for (size_t m = 0; m < work->moves; m++) {
		size_t i = work->moving[m], part = part_of(work->part, i);
		double change = times * work->sight->change[i];
		if (part == wished && !is_whole(change))
			return false;
		if (fabs(change) < 0.5 || (part != wished && (times > 1 || work->split[part])))
			continue;
		possible->atom[possible->moved] = work->sight->window->atom[i];
		possible->change[possible->moved++] = llround(change);
	}
	if (!possible_check(possible) && !possible->mend(possible->context, wish))
		return false;
	bool reached = false, still = true;
	for (size_t i = 0; i < possible->touched; i++) {
		if (possible->row[i] == wish->row)
			reached = wish->step > 0 ? possible->move[i] >= wish->step : possible->move[i] <= wish->step;
		else if (wish->still[possible->row[i]])
			still = false;
	}
	return reached && still && (!wish->free_only || possible->cost == 0);
}

static bool read_solution(struct possible *possible, int most_times)
{
	bool found = false;
	find_parts(possible);
	size_t wished = wished_part(possible);
	for (int times = 1; times <= most_times && wished != SYSTEM_NONE && !found; times++)
		found = take_parts(possible, wished, times);
	return found;
}

/* Whether an attempt is left out: it differs from the first in rewards alone, and there are none; or, in a wide window, has no cost of
   moves, without which solutions are seldom whole there, and seldom cheaper, or other ones where branching may go on from the first. */
static bool is_vain(const struct wish *wish, enum sight_size size, size_t attempt)
{
	bool branches = !wish->free_only && !wish->quick && !sight_is_alike(size); /* there other costs come to whole numbers where branching does not */
	return attempt < THRIFTY ? size != SIGHT_NEAR || (wish->settled && attempt > 0) : size != SIGHT_NEAR && branches && attempt > THRIFTY && attempt < ATTEMPTS;
}

/* Adds the sums of all that the program leaves out and the solution breaks; *amended: there were some. */
static int amend(struct possible *possible, bool *amended)
{
	struct sight *sight = possible->work->sight;
	sight_read(sight);
	bool peaks = false;
	if (sight_amend(sight, false, amended) != 0 || (sight->peaks != NULL && sight->wide && peaks_amend(sight, possible->most, &peaks) != 0))
		return -1;
	*amended = *amended || peaks;
	for (size_t i = 0; i < sight->window->atoms; i++) {
		if (sight->forms->follows[i] == 0 || sight->atom_sum[i] != LINEAR_NONE || fabs(sight->change[i]) <= 0)
			continue;
		struct leave leave = leave_of_atom(possible, sight->window->atom[i]);
		if (sight->change[i] >= leave.low - WHOLE_ENOUGH && sight->change[i] <= leave.high + WHOLE_ENOUGH)
			continue;
		*amended = true;
		if (sums_bind(sight, i, leave.low, leave.high) != 0)
			return -1;
	}
	return 0;
}

/* Solves the program until no row that it leaves out is broken; *status: linear_solve. -1 when memory is out. */
static int solve(struct possible *possible, int nodes, int *status)
{
	struct sight *sight = possible->work->sight;
	uint64_t before = linear_effort(sight->program);
	for (bool amended = true; amended;) {
		*status = linear_solve(sight->program, ITERATIONS, nodes);
		amended = false;
		if (*status == -1 || (*status != 1 && amend(possible, &amended) != 0))
			return -1;
	}
	possible->effort += linear_effort(sight->program) - before;
	return 0;
}

/* Solves the program and reads a table from the solution. Where it is in whole numbers and there is none, it breaks loose rows; but in the smallest windows these
   then join the program. In these it is asked about wholes (most.h) only now, since other tables may mend them. *status: linear_solve. -1 when memory is out. */
static int look(struct possible *possible, enum sight_size size, int nodes, bool *found, int *status)
{
	for (bool again = true; again;) {
		if (solve(possible, nodes, status) != 0)
			return -1;
		if (*status == 2 || *status == 0)
			*found = read_solution(possible, *status == 2 ? TIMES : 1);
		again = false;
		if (*status == 0 && !*found && size != SIGHT_NEAR && sight_amend(possible->work->sight, true, &again) != 0)
			return -1;
		if (*status != 1 && !*found && !again && possible->work->sight->peaks != NULL && peaks_amend(possible->work->sight, possible->most, &again) != 0)
			return -1;
	}
	return 0;
}

/* Solves the program for the wish under one costs after the other, until a solution is in whole numbers; *status: linear_solve. -1 when memory
   is out. */
static int attempt_all(struct possible *possible, const struct wish *wish, enum sight_size size, bool *found, int *status)
{
	struct possible_work *work = possible->work;
	struct wish plain = *wish;
	size_t first = wish->thrifty ? THRIFTY : 0, branching = wish->patient && size != SIGHT_NEAR && work->sight->whole ? MORE_ATTEMPTS : ATTEMPTS;
	size_t last = wish->thrifty ? THRIFTY : wish->quick ? QUICK_ATTEMPTS - 1 : wish->free_only ? ATTEMPTS - 1 : branching;
	work->wish = &plain;
	*status = 2;
	for (size_t attempt = first; attempt <= last && *status == 2 && !*found; attempt++) {
		if (is_vain(wish, size, attempt))
			continue;
		if (attempt < branching) {
			work->attempt = &attempts[attempt];
			plain.reward = wish->reward * work->attempt->reward;
			set_leaves(possible);
		}
		int nodes = wish->thrifty || (attempt == branching && wish->patient) ? PATIENT_NODES : attempt < branching ? 0 : NODES;
		if (look(possible, size, nodes, found, status) != 0)
			return -1;
		if (*status == 1 && attempt == branching)
			*status = 2; /* there are solutions, and no branch came to whole numbers */
	}
	work->wish = NULL;
	return 0;
}

/* The table at hand is one of those that show where others may lead. */
static void tread(struct possible *possible)
{
	struct possible_work *work = possible->work;
	for (size_t i = 0; i < possible->moved; i++)
		work->trodden[possible->atom[i]]++;
	work->treads = true;
}

int possible_find(struct possible *possible, const struct wish *wish, enum sight_size size, bool *found, bool *whole, struct error *error)
{
	struct possible_work *work = possible->work;
	enum window_reach reach = wish->free_only || sight_is_alike(size) ? REACH_FREE : wish->grow && possible->system->widest > 0 ? REACH_GROWING : REACH_ANY;
	int status = 1;
	*found = false;
	work->sight = sights_turn(work->sights[size], wish->row, reach, error);
	if (work->sight == NULL)
		return -1;
	possible->effort += (work->sight->fresh ? ATOM_EFFORT + WINDOW_EFFORT : ATOM_EFFORT) * work->sight->window->atoms;
	*whole = work->sight->whole && !work->sight->window->stopped;
	if (attempt_all(possible, wish, size, found, &status) != 0)
		return error_set(error, EXIT_IO, "out of memory");
	if (*found && size >= SIGHT_TRODDEN)
		tread(possible);
	possible->none = status == 1 && work->sight->whole && !wish->free_only && !wish->quick && !wish->grow;
	return 0;
}

bool possible_has(const struct possible *possible, enum sight_size size)
{
	return possible->work->sights[size]->any && (size != SIGHT_TRODDEN || possible->work->treads);
}

void possible_end(struct possible *possible)
{
	for (enum sight_size size = SIGHT_NEAR; size < SIGHT_SIZES; size++)
		sights_end(possible->work->sights[size]);
}

void possible_alone(struct possible *possible, size_t atom, int64_t step, const bool *still, bool *found)
{
	possible->moved = 1;
	possible->atom[0] = (uint32_t)atom;
	possible->change[0] = step;
	*found = possible_check(possible);
	for (size_t i = 0; i < possible->touched; i++)
		*found = *found && !still[possible->row[i]];
}
