/* Frequency tables with small counts rounded: see frequency.h. */
#include <stdlib.h>
#include <string.h>

#include "stages/protect/frequency/frequency.h"
#include "stages/protect/frequency/frequency_past.h"
#include "stages/protect/rounding/derivable.h"
#include "stages/protect/rounding/rounding.h"

/* What is being rounded: the persons as they are, and which classes are rounded so far. */
struct work {
	const struct frequency *frequency;
	const struct frequency_past *past; /* NULL: nothing was published before */
	int64_t base;
	struct system *truth;
	struct frequency_table *tables;
	bool *rounded;
	int64_t *count; /* by class, as rounded so far */
	bool more;      /* a class joined those that are rounded */
};

static bool is_small(int64_t count, int64_t base)
{
	return count >= 1 && count < base;
}

/* A class with a small count of its own, not rounded yet: it is from now on. */
static void join(struct work *work, size_t class)
{
	if (!work->rounded[class] && is_small(work->count[class], work->base))
		work->rounded[class] = work->more = true;
}

/* The small counts of printed cells, and of what is left between two of which one holds the other, give their classes. Where
   there is none, those that the printed cells determine. */
static int find_small(struct work *work, const struct system *system, struct error *error)
{
	work->more = false;
	for (size_t r = 0; r < system->rows; r++)
		for (size_t t = system->first[r]; t < system->first[r + 1] && is_small(system->row[r].value, work->base); t++)
			join(work, system->term[t].index);
	if (work->more)
		return 0;
	bool *derivable = calloc(system->atoms + 1, sizeof *derivable);
	int result = derivable == NULL ? error_set(error, EXIT_IO, "memory is out") : derivable_find(system, derivable, error);
	for (size_t a = 0; a < system->atoms && result == 0; a++)
		if (derivable[a])
			join(work, a);
	free(derivable);
	return result;
}

static int64_t distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

static void account_for(const struct work *work, const struct frequency_table *tables, const struct system *system,
	struct frequency_account *account)
{
	int64_t all = 0;
	*account = (struct frequency_account){ 0 };
	for (size_t t = 0; t < work->frequency->request->tables; t++)
		for (size_t cell = 0; cell < tables[t].cells; cell++) {
			int64_t true_count = work->truth->row[work->tables[t].first_row + cell].value;
			int64_t moved = distance(true_count, system->row[tables[t].first_row + cell].value);
			account->cells++;
			account->small += is_small(true_count, work->base);
			account->changed += moved > 0;
			account->furthest = moved > account->furthest ? moved : account->furthest;
			all += moved;
		}
	account->mean = account->cells == 0 ? 0 : (double)all / (double)account->cells;
}

/* Whether the classes as rounded give every figure published before that must stand. */
static bool is_held(const struct work *work, const struct system *system)
{
	size_t row = system->rows - (work->past == NULL ? 0 : work->past->bounds);
	for (size_t cell = 0; row < system->rows; cell++)
		if (work->past->bound[cell] && system->row[row++].value != work->past->value[cell])
			return false;
	return true;
}

/* The tables of the classes as rounded so far, in an arena of their own; written when nothing small is left in them and what must stand
   does: *done. */
static int look(struct work *work, const char *path, struct frequency_account *account, bool *done, struct error *error)
{
	struct arena *arena = arena_new(error);
	struct frequency now = *work->frequency;
	now.arena = arena;
	now.count = work->count;
	struct frequency_table *tables = arena == NULL ? NULL : arena_take(arena, now.request->tables, sizeof *tables, error);
	struct system *system = tables == NULL ? NULL : frequency_system(&now, work->base, work->past, tables, error);
	int result = system == NULL ? -1 : find_small(work, system, error);
	*done = result == 0 && !work->more && is_held(work, system);
	if (*done) {
		account_for(work, tables, system, account);
		result = frequency_write(&now, tables, system, path, error);
	}
	arena_free(arena);
	return result;
}

int frequency_round(const struct frequency_files *files, int64_t threshold, struct frequency_account *account, struct arena *arena,
	struct error *error)
{
	struct request request;
	struct frequency frequency;
	struct frequency_past past;
	if (request_read(&request, files->tables, arena, error) != 0 ||
		frequency_read(&frequency, &request, files->persons, files->groups, arena, error) != 0 ||
		(files->ledger != NULL && (frequency_past_read(&past, &frequency, files->ledger, threshold, error) != 0 ||
			frequency_past_bind(&past, threshold, error) != 0)))
		return -1;
	if (files->ledger != NULL && past.stands)
		return frequency_stand(&past, files->out, account, error);
	struct work work = { .frequency = &frequency, .past = files->ledger == NULL ? NULL : &past, .base = threshold, .count = frequency.count };
	work.tables = arena_take(arena, request.tables, sizeof *work.tables, error);
	work.rounded = arena_take(arena, frequency.classes, sizeof *work.rounded, error);
	work.truth = work.tables == NULL ? NULL : frequency_system(&frequency, threshold, work.past, work.tables, error);
	if (work.rounded == NULL || work.truth == NULL)
		return -1;
	for (size_t r = 0; r < work.truth->rows; r++)
		work.truth->row[r].cost = work.truth->row[r].kind == ROW_CELL && work.truth->row[r].same == r;
	bool done = false;
	do {
		struct rounding rounding = { .system = work.truth, .base = threshold, .rounded = work.rounded };
		if (rounding_solve(&rounding, error) != 0)
			return -1;
		work.count = rounding.value;
		if (look(&work, files->out, account, &done, error) != 0)
			return -1;
	} while (work.more);
	return done ? 0 : frequency_stand(&past, files->out, account, error);
}
