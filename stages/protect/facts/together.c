/* Facts, their parts, and the engine on each of them: see together.h. */
#include "stages/protect/facts/together.h"

#include <string.h>

#include "pipeline/maths/parallel.h"
#include "stages/protect/engine/engine.h"
#include "stages/protect/engine/parts.h"
#include "stages/protect/facts/facts.h"
#include "stages/protect/facts/seeds.h"
#include "stages/protect/facts/shifts.h"

/* What the engine protects by itself. A linear program takes some thousandths of a second, and every other small cell needs one; where
   the tables of many kommuner hang together in their sums, one takes tenths. */
#define MOST_SMALL 8000
#define MOST_KOMMUNER 40

static size_t count_small(const struct cube *cube, int64_t minimum)
{
	size_t small = 0;
	for (size_t i = 0; i < cube->rows * cube->table->measures && !cube->table->support; i++)
		small += cube->table->measure[i % cube->table->measures].kind == MEASURE_COUNT && cube->cell[i].status != CELL_MISSING &&
			tables_small(cube->cell[i].number, (double)minimum);
	return small;
}

static size_t count_kommuner(const struct cube *cube)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (strcmp(cube->table->dimension[d].name, "kommun") == 0)
			return cube->codes[d].count;
	return 0;
}

bool together_by_itself(const struct tables *tables, int64_t minimum)
{
	size_t small = 0, kommuner = 0;
	for (size_t t = 0; t < tables->count; t++) {
		size_t codes = count_kommuner(tables->cube[t]);
		small += count_small(tables->cube[t], minimum);
		kommuner = codes > kommuner ? codes : kommuner;
	}
	return small <= MOST_SMALL && kommuner <= MOST_KOMMUNER;
}

/* The parts with any target, and what came of each. */
struct work {
	struct system *system;
	const struct parts *parts;
	const struct engine_start *start; /* of each part; NULL: nothing is there */
	const struct grids *grids;        /* where the atoms stand in their tables; NULL: nothing is there */
	size_t *number; /* those to be worked */
	struct engine_account *account; /* of each to be worked */
	struct kept {                   /* likewise: the tables that were found, which live on in an arena of their own */
		struct arena *arena;
		struct engine_table *table;
	} *kept;
};

/* Copies what a part's tables change out of the arena that the part was worked in. */
static int keep_tables(struct kept *kept, const struct engine_account *account, struct error *error)
{
	kept->arena = arena_new(error);
	kept->table = kept->arena == NULL ? NULL : arena_take(kept->arena, account->tables, sizeof *kept->table, error);
	for (size_t i = 0; kept->table != NULL && i < account->tables; i++) {
		const struct engine_table *from = &account->table[i];
		uint32_t *atom = arena_take(kept->arena, from->moved, sizeof *atom, error);
		int64_t *change = arena_take(kept->arena, from->moved, sizeof *change, error);
		if (atom == NULL || change == NULL)
			return -1;
		memcpy(atom, from->atom, from->moved * sizeof *atom);
		memcpy(change, from->change, from->moved * sizeof *change);
		kept->table[i] = (struct engine_table){ from->moved, atom, change };
	}
	return kept->table == NULL ? -1 : 0;
}

/* The part that a search without programs is for. */
struct searched {
	const struct work *work;
	size_t number;
};

static struct engine_finder *make_finder(const void *context, const struct system *system, struct error *error)
{
	const struct searched *searched = context;
	return shifts_new(searched->work->grids, searched->work->parts, searched->number, system, error);
}

/* The engine on a part, with what is there for it to begin with. */
static int protect_system(const struct work *work, size_t number, struct system *system, struct engine_account *account, struct error *error)
{
	if (work->start == NULL)
		return engine_protect(system, NULL, engine_pairs(system->rows), account, error);
	const struct searched searched = { work, number };
	struct engine_start start = work->start[number];
	start.finder = make_finder;
	start.context = &searched;
	return engine_protect(system, &start, engine_pairs(system->rows), account, error);
}

/* One part on a thread: it reads of the whole what no other part writes. */
static int protect_part(struct work *work, size_t at, struct error *error)
{
	struct arena *arena = arena_new(error);
	const struct parts *parts = work->parts;
	size_t number = work->number[at];
	struct system *whole = work->system, *system = arena == NULL ? NULL : parts_take(parts, number, arena, error);
	int result = system == NULL ? -1 : protect_system(work, number, system, &work->account[at], error);
	for (size_t r = 0; result == 0 && r < system->rows; r++) {
		struct row *row = &whole->row[parts->row[parts->first_row[number] + r]];
		row->withheld = system->row[r].withheld;
		row->raised = system->row[r].raised;
		row->lowered = system->row[r].lowered;
	}
	if (result == 0)
		result = keep_tables(&work->kept[at], &work->account[at], error);
	arena_free(arena);
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

/* The parts with targets, those with most rows first: a long one that begins last would keep all threads waiting. */
static int choose_parts(struct work *work, size_t *chosen, struct error *error)
{
	struct system *system = work->system;
	work->parts = parts_new(system, error);
	if (work->parts == NULL)
		return -1;
	work->number = arena_take(system->arena, work->parts->count, sizeof *work->number, error);
	if (work->number == NULL)
		return -1;
	*chosen = 0;
	for (size_t p = 0; p < work->parts->count; p++) {
		if (!has_targets(work, p))
			continue;
		size_t at = (*chosen)++;
		for (; at > 0 && rows_of(work, work->number[at - 1]) < rows_of(work, p); at--)
			work->number[at] = work->number[at - 1];
		work->number[at] = p;
	}
	work->account = arena_take(system->arena, *chosen, sizeof *work->account, error);
	work->kept = arena_take(system->arena, *chosen, sizeof *work->kept, error);
	return work->account == NULL || work->kept == NULL ? -1 : 0;
}

/* Those that are left. */
struct others {
	struct work *work;
	size_t first;
};

static int protect_other(size_t item, void *context, struct error *error)
{
	const struct others *others = context;
	return protect_part(others->work, others->first + item, error);
}

/* Large parts after each other, each on two threads, and then the others, each on one. */
static int protect_parts(struct work *work, size_t chosen, struct error *error)
{
	size_t large = 0;
	for (; large < chosen && engine_pairs(rows_of(work, work->number[large])); large++)
		if (protect_part(work, large, error) != 0)
			return -1;
	return parallel_each(chosen - large, protect_other, &(struct others){ work, large }, error);
}

/* The witnesses of all parts. */
static int prove(const struct work *work, size_t chosen, struct proof *proof, struct error *error)
{
	if (proof == NULL)
		return -1;
	for (size_t at = 0; at < chosen; at++)
		for (size_t i = 0; i < work->account[at].tables; i++)
			if (proof_add(proof, &work->kept[at].table[i], work->parts->atom + work->parts->first_atom[work->number[at]], error) != 0)
				return -1;
	return 0;
}

int together_protect(struct tables *tables, int64_t minimum, struct together_account *account, struct error *error)
{
	struct facts *facts = facts_new(tables, minimum, error);
	struct work work = { .system = facts == NULL ? NULL : facts->system };
	size_t chosen;
	*account = (struct together_account){ 0 };
	if (facts == NULL || choose_parts(&work, &chosen, error) != 0)
		return -1;
	if (tables->found != NULL && ((work.start = seeds_new(tables->found, facts, tables, work.parts, error)) == NULL ||
		(work.grids = grids_new(facts, tables, error)) == NULL))
		return -1;
	int result = protect_parts(&work, chosen, error);
	struct proof *proof = result != 0 ? NULL : proof_new(facts, tables, error);
	if (result == 0)
		result = prove(&work, chosen, proof, error);
	if (result == 0 && tables->complete != NULL)
		result = proof_found(proof, tables->complete, error);
	account->proof = proof;
	account->targets = tables->complete != NULL ? tables->complete->needs : 0;
	account->before = (tables->found != NULL ? tables->found->programs : 0) + (tables->complete != NULL ? tables->complete->programs : 0);
	account->exposed = tables->complete != NULL ? tables->complete->exposed : 0;
	for (size_t i = 0; i < chosen; i++) {
		arena_free(work.kept[i].arena);
		account->targets += work.account[i].targets;
		account->programs += work.account[i].solved;
		account->stuck += work.account[i].stuck;
		account->exposed += work.account[i].exposed;
	}
	return result != 0 ? -1 : facts_write(facts, tables, error);
}
