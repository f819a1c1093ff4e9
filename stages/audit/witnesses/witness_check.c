/* What each witness changes, and whether that may be: see witness_check.h. */
#include "stages/audit/witnesses/witness_check.h"

#include <string.h>

#include "pipeline/maths/parallel.h"

#define BLOCK 1024 /* witnesses that a thread checks at a time */

/* A thread's own: changes are 0 outside of a witness. */
struct scratch {
	struct arena *arena;     /* of what it found, too */
	int64_t *moved, *change; /* of each variable and sum in the witness at hand */
	bool *listed;            /* of each sum: it is among the touched */
	size_t *touched, sums;   /* those in which a count changes */
	int64_t *least, *most;   /* of each variable, in the witnesses that the thread has checked */
};

/* What came of a block of witnesses. */
struct heard {
	size_t standing, idle, moves, move_room, findings, finding_room, idles, idle_room;
	struct witness_move *move; /* by the block's own numbers */
	struct witness_finding *finding;
	size_t *idle_at; /* variables that an idle witness changes */
	struct error error;
};

struct check {
	const struct published *published;
	const struct knowledge *knowledge;
	struct witnesses *witnesses;
	size_t *first, count;    /* of each witness its first line; count of them, and the last one's end */
	struct scratch *scratch; /* of each thread */
	struct heard *heard;     /* of each block */
	struct error *error;
};

/* A witness being checked. */
struct hearing_of {
	const struct check *check;
	struct scratch *scratch;
	struct heard *heard;
};

bool witness_earlier(const struct published *published, const char *name)
{
	return published->stands[name[0] == 'm'];
}

static int add_finding(const struct hearing_of *of, enum witness_fault fault, size_t line)
{
	const struct witness_file *file = of->check->witnesses->file;
	const struct witness_cell *cell = &file->cell[file->line[line].cell];
	struct heard *heard = of->heard;
	struct witness_finding *grown = arena_grow(of->scratch->arena, heard->finding, heard->findings, heard->findings + 1, &heard->finding_room,
		sizeof *grown, &heard->error);
	if (grown == NULL)
		return -1;
	heard->finding = grown;
	grown[heard->findings++] = (struct witness_finding){ fault, cell->table, cell->row, cell->measure };
	return 0;
}

static int add_idle(const struct hearing_of *of, size_t variable)
{
	struct heard *heard = of->heard;
	size_t *grown = arena_grow(of->scratch->arena, heard->idle_at, heard->idles, heard->idles + 1, &heard->idle_room, sizeof *grown, &heard->error);
	if (grown == NULL)
		return -1;
	heard->idle_at = grown;
	grown[heard->idles++] = variable;
	return 0;
}

/* Sets the count of a line, and what it does to the sums that it stands in. */
static enum witness_fault set_count(const struct hearing_of *of, const struct witness_line *line)
{
	const struct witnesses *witnesses = of->check->witnesses;
	const struct witness_cell *cell = &witnesses->file->cell[line->cell];
	struct scratch *scratch = of->scratch;
	size_t v = cell->variable;
	if (cell->table == PUBLISHED_TABLES)
		return WITNESS_IDLE; /* a table that this publication lacks */
	if (v == KNOWLEDGE_NONE)
		return line->value == cell->printed ? WITNESS_STANDS : WITNESS_PRINTED;
	if (witnesses->base[v] == PUBLISHED_UNTOLD)
		return WITNESS_IDLE;
	if (!witness_possible(of->check->knowledge, v, line->value))
		return WITNESS_BOUND;
	int64_t change = line->value - witnesses->base[v] - scratch->moved[v];
	scratch->moved[v] += change;
	for (size_t i = witnesses->from[v]; i < witnesses->from[v + 1]; i++) {
		const struct witness_place *place = &witnesses->at[i];
		if (!scratch->listed[place->sum])
			scratch->touched[scratch->sums++] = place->sum;
		scratch->listed[place->sum] = true;
		scratch->change[place->sum] += place->coefficient * change;
	}
	return WITNESS_STANDS;
}

/* Whether the sums that change still hold. */
static enum witness_fault judge_sums(const struct hearing_of *of)
{
	const struct witnesses *witnesses = of->check->witnesses;
	const struct scratch *scratch = of->scratch;
	enum witness_fault fault = WITNESS_STANDS;
	for (size_t i = 0; i < scratch->sums && fault == WITNESS_STANDS; i++) {
		size_t sum = scratch->touched[i], difference = witnesses->difference[sum];
		if (scratch->change[sum] == 0)
			continue;
		if (witnesses->unknown[sum])
			fault = WITNESS_IDLE;
		else if (difference != NO_DIFFERENCE) /* whole − part − difference = 0: it changes as they do, and is not below 0 */
			fault = witnesses->base[difference] + scratch->change[sum] < 0 ? WITNESS_RELATION : WITNESS_STANDS;
		else if (!witness_within(of->check->knowledge, sum, witnesses->value[sum] + scratch->change[sum]))
			fault = WITNESS_RELATION;
	}
	return fault;
}

static int see(const struct hearing_of *of, size_t variable, int64_t value)
{
	struct heard *heard = of->heard;
	struct scratch *scratch = of->scratch;
	struct witness_move *move = arena_grow(scratch->arena, heard->move, heard->moves, heard->moves + 1, &heard->move_room, sizeof *move, &heard->error);
	if (move == NULL)
		return -1;
	heard->move = move;
	move[heard->moves++] = (struct witness_move){ (uint32_t)variable, (uint32_t)heard->standing, value };
	scratch->least[variable] = value < scratch->least[variable] ? value : scratch->least[variable];
	scratch->most[variable] = value > scratch->most[variable] ? value : scratch->most[variable];
	return 0;
}

/* Takes back what the lines changed; of a witness that stands, or is idle, notes it first. */
static int end_witness(const struct hearing_of *of, size_t from, size_t to, enum witness_fault fault)
{
	const struct witnesses *witnesses = of->check->witnesses;
	struct scratch *scratch = of->scratch;
	bool stands = fault == WITNESS_STANDS, idle = fault == WITNESS_IDLE;
	int result = 0;
	for (size_t i = 0; i < scratch->sums; i++) {
		size_t sum = scratch->touched[i], difference = witnesses->difference[sum];
		if (stands && difference != NO_DIFFERENCE && scratch->change[sum] != 0 && result == 0)
			result = see(of, difference, witnesses->base[difference] + scratch->change[sum]);
		if (idle && difference != NO_DIFFERENCE && result == 0)
			result = add_idle(of, difference);
		scratch->change[sum] = 0;
		scratch->listed[sum] = false;
	}
	scratch->sums = 0;
	for (size_t i = from; i < to; i++) {
		size_t v = witnesses->file->cell[witnesses->file->line[i].cell].variable;
		if (v == KNOWLEDGE_NONE)
			continue;
		if (stands && scratch->moved[v] != 0 && result == 0)
			result = see(of, v, witnesses->base[v] + scratch->moved[v]);
		if (idle && result == 0)
			result = add_idle(of, v);
		scratch->moved[v] = 0;
	}
	return result;
}

/* The table of a line, which is one of the publication. */
static const char *table_at(const struct check *check, size_t line)
{
	const struct witness_file *file = check->witnesses->file;
	return check->published->table[file->cell[file->line[line].cell].table].cube->table->name;
}

static int check_witness(const struct hearing_of *of, size_t from, size_t to)
{
	const struct check *check = of->check;
	enum witness_fault fault = WITNESS_STANDS;
	size_t line = from;
	for (size_t i = from; i < to; i++) {
		enum witness_fault own = set_count(of, &check->witnesses->file->line[i]);
		if (own > fault) {
			fault = own;
			line = i;
		}
	}
	if (fault == WITNESS_STANDS)
		fault = judge_sums(of);
	if (fault > WITNESS_IDLE && witness_earlier(check->published, table_at(check, line)))
		fault = WITNESS_IDLE;
	if (end_witness(of, from, to, fault) != 0)
		return -1;
	of->heard->standing += fault == WITNESS_STANDS;
	of->heard->idle += fault == WITNESS_IDLE;
	return fault <= WITNESS_IDLE ? 0 : add_finding(of, fault, line);
}

/* The first time that a thread checks. */
static int begin_scratch(const struct check *check, struct scratch *scratch, struct error *error)
{
	const struct knowledge *knowledge = check->knowledge;
	scratch->arena = arena_new(error);
	if (scratch->arena == NULL)
		return -1;
	scratch->change = arena_take(scratch->arena, knowledge->sums, sizeof *scratch->change, error);
	scratch->listed = arena_take(scratch->arena, knowledge->sums, sizeof *scratch->listed, error);
	scratch->touched = arena_take(scratch->arena, knowledge->sums, sizeof *scratch->touched, error);
	scratch->moved = arena_take(scratch->arena, knowledge->variables, sizeof *scratch->moved, error);
	scratch->least = arena_take(scratch->arena, knowledge->variables, sizeof *scratch->least, error);
	scratch->most = arena_take(scratch->arena, knowledge->variables, sizeof *scratch->most, error);
	if (scratch->change == NULL || scratch->listed == NULL || scratch->touched == NULL || scratch->moved == NULL || scratch->least == NULL ||
		scratch->most == NULL)
		return -1;
	memcpy(scratch->least, check->witnesses->base, knowledge->variables * sizeof *scratch->least);
	memcpy(scratch->most, check->witnesses->base, knowledge->variables * sizeof *scratch->most);
	return 0;
}

static int check_block(size_t block, size_t from, size_t to, void *context)
{
	const struct check *check = context;
	struct scratch *scratch = &check->scratch[parallel_worker()];
	const struct hearing_of of = { check, scratch, &check->heard[block] };
	if (scratch->arena == NULL && begin_scratch(check, scratch, &of.heard->error) != 0)
		return -1;
	of.heard->move = arena_grow(scratch->arena, NULL, 0, check->first[to] - check->first[from], &of.heard->move_room, sizeof *of.heard->move,
		&of.heard->error); /* most lines move a count */
	if (of.heard->move == NULL)
		return -1;
	for (size_t w = from; w < to; w++)
		if (check_witness(&of, check->first[w], check->first[w + 1]) != 0)
			return -1;
	return 0;
}

/* Room for what came of all blocks. */
static int make_lists(struct check *check)
{
	struct witnesses *witnesses = check->witnesses;
	size_t moves = 0, findings = 0;
	for (size_t block = 0; block < parallel_blocks(check->count, BLOCK); block++) {
		moves += check->heard[block].moves;
		findings += check->heard[block].findings;
	}
	witnesses->move = arena_take(check->published->arena, moves, sizeof *witnesses->move, check->error);
	witnesses->finding = arena_take(check->published->arena, findings, sizeof *witnesses->finding, check->error);
	return witnesses->move == NULL || witnesses->finding == NULL ? -1 : 0;
}

/* Behind what came of the blocks before. */
static int join_block(size_t block, void *context)
{
	struct check *check = context;
	const struct heard *heard = &check->heard[block];
	struct witnesses *witnesses = check->witnesses;
	if (block == 0 && make_lists(check) != 0)
		return -1;
	for (size_t i = 0; i < heard->moves; i++) {
		witnesses->move[witnesses->moves] = heard->move[i];
		witnesses->move[witnesses->moves++].witness += (uint32_t)witnesses->standing;
	}
	for (size_t i = 0; i < heard->findings; i++)
		witnesses->finding[witnesses->findings++] = heard->finding[i];
	for (size_t i = 0; i < heard->idles; i++)
		witnesses->idle_at[heard->idle_at[i]] = true;
	witnesses->standing += heard->standing;
	witnesses->idle += heard->idle;
	return 0;
}

/* Where the lines of each witness but 0 begin. */
static int find_witnesses(struct check *check, struct arena *arena)
{
	const struct witness_file *file = check->witnesses->file;
	check->first = arena_take(arena, file->lines + 1, sizeof *check->first, check->error);
	for (size_t i = 0; i < file->lines && check->first != NULL; i++)
		if (file->line[i].witness > 0 && (i == 0 || file->line[i].witness != file->line[i - 1].witness))
			check->first[check->count++] = i;
	if (check->first == NULL)
		return -1;
	check->first[check->count] = file->lines;
	check->witnesses->count = check->count;
	return 0;
}

static int run(struct check *check, struct arena *arena)
{
	size_t failed;
	const struct parallel_job job = { .count = check->count, .block = BLOCK, .work = check_block, .join = join_block, .context = check };
	check->scratch = arena_take(arena, parallel_threads(), sizeof *check->scratch, check->error);
	check->heard = arena_take(arena, parallel_blocks(check->count, BLOCK), sizeof *check->heard, check->error);
	if (check->scratch == NULL || check->heard == NULL)
		return -1;
	int result = parallel_run(&job, &failed);
	if (result != 0 && check->error->count == 0)
		*check->error = check->heard[failed].error;
	for (size_t t = 0; t < parallel_threads(); t++) {
		const struct scratch *scratch = &check->scratch[t];
		for (size_t v = 0; v < check->knowledge->variables && result == 0 && scratch->arena != NULL; v++) {
			int64_t *least = &check->witnesses->least[v], *most = &check->witnesses->most[v];
			*least = scratch->least[v] < *least ? scratch->least[v] : *least;
			*most = scratch->most[v] > *most ? scratch->most[v] : *most;
		}
		arena_free(scratch->arena);
	}
	return result;
}

int witness_check_all(const struct published *published, struct witnesses *witnesses, struct error *error)
{
	struct check check = { .published = published, .knowledge = published->knowledge, .witnesses = witnesses, .error = error };
	struct arena *arena = arena_new(error);
	int result = arena == NULL || find_witnesses(&check, arena) != 0 ? -1 : run(&check, arena);
	arena_free(arena);
	return result;
}
