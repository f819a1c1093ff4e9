/* Facts, their parts, and the engine on each of them: see together.h. */
#include "stages/protect/together.h"

#include <string.h>

#include "pipeline/maths/parallel.h"
#include "stages/protect/engine.h"
#include "stages/protect/facts.h"
#include "stages/protect/parts.h"

/* Small cells that a run may have. A linear program takes some thousandths of a second, and every other cell needs one. */
#define MOST 16000

bool together_can(const struct tables *tables, int64_t minimum)
{
	size_t small = 0;
	for (size_t t = 0; t < tables->count; t++) {
		const struct cube *cube = tables->cube[t];
		for (size_t i = 0; i < cube->rows * cube->table->measures && !cube->table->support; i++)
			small += cube->table->measure[i % cube->table->measures].kind == MEASURE_COUNT && cube->cell[i].status != CELL_MISSING &&
				tables_small(cube->cell[i].number, (double)minimum);
	}
	return small <= MOST;
}

/* The parts with any target, and what came of each. */
struct parts {
	struct system *system;
	size_t *part;   /* of each atom */
	size_t count;
	size_t *number; /* those to be worked */
	size_t *rows;   /* of each part */
	bool *wanted;   /* of each part: it has targets */
	struct engine_account *account; /* of each to be worked */
	struct kept {                   /* likewise: the tables that were found, which live on in an arena of their own */
		struct arena *arena;
		struct engine_table *table;
	} *kept;
	struct error *failure;          /* likewise */
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

/* One part on a thread: it reads of the whole what no other part writes. */
static int protect_part(struct parts *parts, size_t at)
{
	struct error *error = &parts->failure[at];
	struct arena *arena = arena_new(error);
	struct system *whole = parts->system, *system = NULL;
	uint32_t *row = arena == NULL ? NULL : arena_take(arena, whole->rows, sizeof *row, error);
	if (row != NULL)
		system = parts_take(whole, parts->part, parts->number[at], row, arena, error);
	int result = system == NULL ? -1 : engine_protect(system, engine_pairs(system->rows), &parts->account[at], error);
	for (size_t r = 0; result == 0 && r < system->rows; r++) {
		whole->row[row[r]].withheld = system->row[r].withheld;
		whole->row[row[r]].raised = system->row[r].raised;
		whole->row[row[r]].lowered = system->row[r].lowered;
	}
	if (result == 0)
		result = keep_tables(&parts->kept[at], &parts->account[at], error);
	arena_free(arena);
	return result;
}

/* Those that are left. */
struct others {
	struct parts *parts;
	size_t first;
};

static int work(size_t block, size_t from, size_t to, void *context)
{
	const struct others *others = context;
	(void)block;
	int result = 0;
	for (size_t at = from; at < to && result == 0; at++)
		result = protect_part(others->parts, others->first + at);
	return result;
}

/* The parts with targets, those with most rows first: a long one that begins last would keep all threads waiting. */
static int choose_parts(struct parts *parts, size_t *chosen, struct error *error)
{
	struct system *system = parts->system;
	parts->part = arena_take(system->arena, system->atoms, sizeof *parts->part, error);
	parts->count = parts->part == NULL ? SYSTEM_NONE : parts_find(system, parts->part, error);
	if (parts->count == SYSTEM_NONE)
		return -1;
	parts->rows = arena_take(system->arena, parts->count, sizeof *parts->rows, error);
	parts->wanted = arena_take(system->arena, parts->count, sizeof *parts->wanted, error);
	parts->number = arena_take(system->arena, parts->count, sizeof *parts->number, error);
	if (parts->rows == NULL || parts->wanted == NULL || parts->number == NULL)
		return -1;
	for (size_t r = 0; r < system->rows; r++)
		if (system->row[r].same == r && system->first[r] < system->first[r + 1]) {
			size_t part = parts->part[system->term[system->first[r]].index];
			parts->rows[part]++;
			parts->wanted[part] = parts->wanted[part] || system->row[r].up > 0;
		}
	*chosen = 0;
	for (size_t p = 0; p < parts->count; p++) {
		if (!parts->wanted[p])
			continue;
		size_t at = (*chosen)++;
		for (; at > 0 && parts->rows[parts->number[at - 1]] < parts->rows[p]; at--)
			parts->number[at] = parts->number[at - 1];
		parts->number[at] = p;
	}
	parts->account = arena_take(system->arena, *chosen, sizeof *parts->account, error);
	parts->failure = arena_take(system->arena, *chosen, sizeof *parts->failure, error);
	parts->kept = arena_take(system->arena, *chosen, sizeof *parts->kept, error);
	return parts->account == NULL || parts->failure == NULL || parts->kept == NULL ? -1 : 0;
}

/* Large parts after each other, each on two threads, and then the others, each on one. */
static int protect_parts(struct parts *parts, size_t chosen, size_t *failed)
{
	size_t large = 0;
	for (; large < chosen && engine_pairs(parts->rows[parts->number[large]]); large++)
		if (protect_part(parts, *failed = large) != 0)
			return -1;
	struct parallel_job job = { .count = chosen - large, .block = 1, .work = work, .context = &(struct others){ parts, large } };
	int result = parallel_run(&job, failed);
	*failed += result != 0 ? large : 0;
	return result;
}

/* The witnesses of all parts; the atoms of a part are the system's in their order. */
static int prove(const struct parts *parts, size_t chosen, const struct facts *facts, const struct tables *tables, struct proof *proof,
	struct error *error)
{
	const struct system *system = parts->system;
	size_t *atom = arena_take(system->arena, system->atoms, sizeof *atom, error);
	if (proof == NULL || atom == NULL)
		return -1;
	for (size_t at = 0; at < chosen; at++) {
		size_t atoms = 0;
		for (size_t a = 0; a < system->atoms; a++)
			if (parts->part[a] == parts->number[at])
				atom[atoms++] = a;
		for (size_t i = 0; i < parts->account[at].tables; i++)
			if (proof_add(proof, facts, tables, &parts->kept[at].table[i], atom, error) != 0)
				return -1;
	}
	return 0;
}

int together_protect(struct tables *tables, int64_t minimum, struct together_account *account, struct error *error)
{
	struct facts *facts = facts_new(tables, minimum, error);
	struct parts parts = { .system = facts == NULL ? NULL : facts->system };
	size_t chosen, failed = 0;
	*account = (struct together_account){ 0 };
	if (facts == NULL || choose_parts(&parts, &chosen, error) != 0)
		return -1;
	int result = protect_parts(&parts, chosen, &failed);
	if (result != 0)
		*error = parts.failure[failed];
	struct proof *proof = result != 0 ? NULL : proof_new(facts, tables, error);
	if (result == 0)
		result = prove(&parts, chosen, facts, tables, proof, error);
	account->proof = proof;
	for (size_t i = 0; i < chosen; i++) {
		arena_free(parts.kept[i].arena);
		account->targets += parts.account[i].targets;
		account->programs += parts.account[i].solved;
		account->stuck += parts.account[i].stuck;
		account->exposed += parts.account[i].exposed;
	}
	return result != 0 ? -1 : facts_write(facts, tables, error);
}
