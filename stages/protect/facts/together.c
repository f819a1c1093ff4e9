/* Facts, their parts, and the engine on each of them: see together.h. */
#include "stages/protect/facts/together.h"

#include <string.h>

#include "pipeline/maths/parallel.h"
#include "stages/protect/engine/engine.h"
#include "stages/protect/engine/parts.h"
#include "stages/protect/facts/facts.h"
#include "stages/protect/facts/seeds.h"
#include "stages/protect/facts/shifts.h"

/* What the engine protects by itself: so many small counts. A linear program takes some thousandths of a second, and each small cell needs one or two; … */
#define MOST_SMALL 32000
#define MOST_SMALL_OF_YEARS 16000 /* … where months of several years hang together with them, and those with each other, they take three times as long, … */
#define MOST_SMALL_OF_FEW 12000   /* … and where MOSTLY of all counts are small, ten times: little is printed, and windows reach very far */
#define MOSTLY 0.6
#define YEAR 12 /* months */
#define MOST_KOMMUNER 40

/* Counts that are small, and all of somebody. */
struct counts {
	size_t small, all;
};

static void add_counts(struct counts *counts, const struct cube *cube, int64_t minimum)
{
	for (size_t i = 0; i < cube->rows * cube->table->measures && !cube->table->support; i++) {
		bool count = cube->table->measure[i % cube->table->measures].kind == MEASURE_COUNT && cube->cell[i].status != CELL_MISSING;
		counts->small += count && tables_small(cube->cell[i].number, (double)minimum);
		counts->all += count && cube->cell[i].number > 0;
	}
}

static size_t most_small(const struct counts *counts, size_t months)
{
	size_t most = months > YEAR ? MOST_SMALL_OF_YEARS : MOST_SMALL;
	bool few = (double)counts->small > MOSTLY * (double)counts->all;
	return few && most > MOST_SMALL_OF_FEW ? MOST_SMALL_OF_FEW : most;
}

/* How many codes a dimension has, the total not counted; 0 where the table has no such dimension. */
static size_t count_codes(const struct cube *cube, const char *name)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (strcmp(cube->table->dimension[d].name, name) == 0)
			return cube->codes[d].count - (cube->codes[d].total < cube->codes[d].count ? 1 : 0);
	return 0;
}

bool together_by_itself(const struct tables *tables, int64_t minimum)
{
	struct counts counts = { 0, 0 };
	size_t kommuner = 0, months = 0;
	for (size_t t = 0; t < tables->count; t++) {
		bool population = strcmp(tables->cube[t]->table->chapter, "malgrupp") == 0; /* others have months since a start */
		size_t areas = count_codes(tables->cube[t], "kommun"), span = population ? count_codes(tables->cube[t], "manad") : 0;
		add_counts(&counts, tables->cube[t], minimum);
		kommuner = areas > kommuner ? areas : kommuner;
		months = span > months ? span : months;
	}
	return counts.small <= most_small(&counts, months) && kommuner <= MOST_KOMMUNER;
}

/* What all parts have in common. */
struct work {
	struct system *system;
	const struct parts *parts;
	const struct engine_start *start; /* of each part; NULL: nothing is there */
	const bool *population;           /* of each atom: whether a table of who lives where counts it */
	const struct grids *grids;        /* where the atoms stand in their tables; NULL: nothing is there */
	struct part *part;                /* those with any target */
	size_t chosen;
};

/* A part, the engine on it while it is at work, and what came of it. */
struct part {
	const struct work *work;
	size_t number;
	struct arena *arena; /* of all but … */
	struct system *system;
	struct engine_start start;
	struct engine *engine;
	struct engine_account account;
	struct arena *kept;  /* … the tables that were found */
	struct engine_table *table;
	bool ended, again;   /* again: with what was found the first time, and … */
	struct arena *first; /* … the tables of that; NULL: it is the first time */
	size_t solved;       /* programs then */
};

/* Copies what a part's tables change out of the arena that the part was worked in. */
static int keep_tables(struct part *part, struct error *error)
{
	const struct engine_account *account = &part->account;
	part->kept = arena_new(error);
	part->table = part->kept == NULL ? NULL : arena_take(part->kept, account->tables, sizeof *part->table, error);
	for (size_t i = 0; part->table != NULL && i < account->tables; i++) {
		const struct engine_table *from = &account->table[i];
		uint32_t *atom = arena_take(part->kept, from->moved, sizeof *atom, error);
		int64_t *change = arena_take(part->kept, from->moved, sizeof *change, error);
		if (atom == NULL || change == NULL)
			return -1;
		memcpy(atom, from->atom, from->moved * sizeof *atom);
		memcpy(change, from->change, from->moved * sizeof *change);
		part->table[i] = (struct engine_table){ from->moved, atom, change };
	}
	return part->table == NULL ? -1 : 0;
}

static struct engine_finder *make_finder(const void *context, const struct system *system, struct error *error)
{
	const struct part *part = context;
	return shifts_new(part->work->grids, part->work->parts, part->number, system, error);
}

/* The engine on a part, with what is there for it to begin with. */
static int begin_part(struct part *part, struct error *error)
{
	const struct work *work = part->work;
	part->arena = arena_new(error);
	struct system *system = part->arena == NULL ? NULL : parts_take(work->parts, part->number, part->arena, error);
	if (system == NULL)
		return -1;
	if (work->start != NULL && !part->again) {
		part->start = work->start[part->number];
		part->start.finder = make_finder;
		part->start.context = part;
	}
	for (size_t r = 0; r < system->rows && part->again; r++)
		system->row[r].raised = system->row[r].lowered = 0; /* its tables say so anew */
	part->system = system;
	part->engine = engine_new(system, work->start == NULL ? NULL : &part->start, &part->account, error);
	return part->engine == NULL ? -1 : 0;
}

/* Ends a part's work: it reads of the whole what no other part writes. */
static int end_part(struct part *part, struct error *error)
{
	const struct parts *parts = part->work->parts;
	struct system *whole = part->work->system, *system = part->system;
	int result = engine_end(part->engine, error);
	for (size_t r = 0; result == 0 && r < system->rows; r++) {
		struct row *row = &whole->row[parts->row[parts->first_row[part->number] + r]];
		row->withheld = system->row[r].withheld;
		row->raised = system->row[r].raised;
		row->lowered = system->row[r].lowered;
	}
	if (result == 0)
		result = keep_tables(part, error);
	arena_free(part->arena);
	part->arena = NULL;
	part->ended = true;
	return result;
}

static size_t rows_of(const struct work *work, size_t number)
{
	return work->parts->first_row[number + 1] - work->parts->first_row[number];
}

static bool has_targets(const struct work *work, size_t number)
{
	const struct parts *parts = work->parts;
	for (size_t i = parts->first_row[number]; i < parts->first_row[number + 1]; i++)
		if (work->system->row[parts->row[i]].up > 0)
			return true;
	return false;
}

/* Which atoms the tables of who lives where (m01–m07) count. NULL with the error set. */
static const bool *find_population(const struct facts *facts, const struct tables *tables, struct error *error)
{
	bool *population = arena_take(tables->arena, facts->system->atoms, sizeof *population, error);
	for (size_t t = 0; population != NULL && t < tables->count; t++) {
		const struct cube *cube = tables->cube[t];
		size_t cells = strcmp(cube->table->chapter, "malgrupp") == 0 ? cube->rows * cube->table->measures : 0;
		for (size_t i = 0; i < cells; i++)
			if (facts->set[t][i] > 0)
				population[facts->set[t][i] - 1] = true;
	}
	return population;
}

/* Whether months and their year may have a say in a part. */
static bool is_of_population(const struct work *work, size_t number)
{
	const struct parts *parts = work->parts;
	for (size_t i = parts->first_atom[number]; i < parts->first_atom[number + 1]; i++)
		if (work->population[parts->atom[i]])
			return true;
	return false;
}

/* The parts with targets, those with most rows first: a long one that begins last would keep all threads waiting. */
static int choose_parts(struct work *work, struct error *error)
{
	struct system *system = work->system;
	work->parts = parts_new(system, error);
	if (work->parts == NULL)
		return -1;
	work->part = arena_take(system->arena, work->parts->count, sizeof *work->part, error);
	if (work->part == NULL)
		return -1;
	for (size_t p = 0; p < work->parts->count; p++) {
		if (!has_targets(work, p))
			continue;
		size_t at = work->chosen++;
		for (; at > 0 && rows_of(work, work->part[at - 1].number) < rows_of(work, p); at--)
			work->part[at].number = work->part[at - 1].number;
		work->part[at].number = p;
	}
	for (size_t at = 0; at < work->chosen; at++)
		work->part[at].work = work;
	return 0;
}

/* Begins with a part, and works on it when that is little. */
static int protect_part(size_t item, void *context, struct error *error)
{
	struct part *part = &((struct part *)context)[item];
	if (part->ended)
		return 0;
	if (begin_part(part, error) != 0)
		return -1;
	if (engine_pairs(part->engine))
		return 0;
	return engine_work(part->engine, error) != 0 ? -1 : end_part(part, error);
}

static int end_left(size_t item, void *context, struct error *error)
{
	struct part *part = &((struct part *)context)[item];
	return part->arena == NULL ? 0 : end_part(part, error);
}

/* All parts that have not ended, each on a thread; then those that are left, each by two, side by side; the ends of these beside each other. */
static int work_parts(struct work *work, struct error *error)
{
	struct engine **left = arena_take(work->system->arena, work->chosen, sizeof *left, error);
	size_t engines = 0;
	if (left == NULL)
		return -1;
	int result = parallel_each(work->chosen, protect_part, work->part, error);
	for (size_t at = 0; at < work->chosen; at++)
		if (work->part[at].arena != NULL)
			left[engines++] = work->part[at].engine;
	if (result == 0)
		result = engine_work_pairs(left, engines, error);
	if (result == 0)
		result = parallel_each(work->chosen, end_left, work->part, error);
	for (size_t at = 0; at < work->chosen; at++)
		arena_free(work->part[at].arena);
	return result;
}

/* Parts in which narrow windows left targets without a table: that is no proof that what is known fixes them. What figures of approved periods leave of others
   lies far apart. Who lives where is counted in too many kommuner for windows of any size. */
static bool look_again(const struct work *work)
{
	bool any = false;
	for (size_t at = 0; at < work->chosen; at++) {
		struct part *part = &work->part[at];
		if (part->account.stuck == 0 || is_of_population(work, part->number))
			continue;
		any = part->again = true;
		part->ended = false;
		part->first = part->kept;
		part->kept = NULL;
		part->solved = part->account.solved;
		part->start = (struct engine_start){ .tables = part->account.tables, .table = part->table, .wide = true };
	}
	return any;
}

static int protect_parts(struct work *work, struct error *error)
{
	int result = work_parts(work, error);
	return result == 0 && work->start != NULL && look_again(work) ? work_parts(work, error) : result;
}

/* The witnesses of all parts. */
static int prove(const struct work *work, struct proof *proof, struct error *error)
{
	if (proof == NULL)
		return -1;
	for (size_t at = 0; at < work->chosen; at++) {
		const struct part *part = &work->part[at];
		for (size_t i = 0; i < part->account.tables; i++)
			if (proof_add(proof, &part->table[i], work->parts->atom + work->parts->first_atom[part->number], error) != 0)
				return -1;
	}
	return 0;
}

/* With what tables->months says; the facts with what is withheld, not yet in the tables. NULL with the error set. */
static struct facts *protect_once(struct tables *tables, int64_t minimum, struct together_account *account, struct error *error)
{
	struct facts *facts = facts_new(tables, minimum, error);
	struct work work = { .system = facts == NULL ? NULL : facts->system };
	*account = (struct together_account){ 0 };
	if (facts == NULL || (work.population = find_population(facts, tables, error)) == NULL || choose_parts(&work, error) != 0)
		return NULL;
	if (tables->found != NULL && ((work.start = seeds_new(tables->found, facts, tables, work.parts, error)) == NULL ||
		(work.grids = grids_new(facts, tables, error)) == NULL))
		return NULL;
	int result = protect_parts(&work, error);
	struct proof *proof = result != 0 ? NULL : proof_new(facts, tables, error);
	if (result == 0)
		result = prove(&work, proof, error);
	if (result == 0 && tables->complete != NULL)
		result = proof_found(proof, tables->complete, error);
	account->proof = proof;
	account->targets = tables->complete != NULL ? tables->complete->needs : 0;
	account->before = (tables->found != NULL ? tables->found->programs : 0) + (tables->complete != NULL ? tables->complete->programs : 0);
	account->exposed = tables->complete != NULL ? tables->complete->exposed : 0;
	for (size_t at = 0; at < work.chosen; at++) {
		const struct engine_account *part = &work.part[at].account;
		arena_free(work.part[at].kept);
		arena_free(work.part[at].first);
		account->targets += part->targets;
		account->programs += part->solved + work.part[at].solved;
		account->stuck += part->stuck;
		account->stuck_in_months += is_of_population(&work, work.part[at].number) ? part->stuck : 0;
		account->exposed += part->exposed;
		account->bound += part->bound;
	}
	return result != 0 ? NULL : facts;
}

/* Where the engine works by itself it reckons with months and their year. Where it then finds no tables for some targets that these may have a say in, it may be
   for want of reach: for what is fixed anyway it finds none without months either, and else all is done again without them. */
int together_protect(struct tables *tables, int64_t minimum, struct together_account *account, struct error *error)
{
	tables->months = tables->found == NULL && tables->settings != NULL;
	struct facts *facts = protect_once(tables, minimum, account, error);
	if (facts != NULL && tables->months && account->stuck_in_months > 0) {
		struct together_account without;
		tables->months = false;
		struct facts *others = protect_once(tables, minimum, &without, error);
		if (others == NULL)
			return -1;
		tables->months = without.stuck_in_months >= account->stuck_in_months;
		facts = tables->months ? facts : others;
		*account = tables->months ? *account : without;
	}
	return facts == NULL ? -1 : facts_write(facts, tables, error);
}
