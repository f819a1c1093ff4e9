/* Tables read and judged: see judging.h. */
#include "stages/audit/judging.h"

#include <stdatomic.h>
#include <string.h>

#include "pipeline/base/file.h"
#include "pipeline/maths/parallel.h"
#include "stages/audit/audit_amounts.h"
#include "stages/audit/relations/ages.h"
#include "stages/audit/relations/crossed.h"
#include "stages/audit/relations/exits.h"
#include "stages/audit/relations/groups.h"
#include "stages/audit/relations/inhabitants.h"
#include "stages/audit/relations/months.h"
#include "stages/audit/relations/parts.h"
#include "stages/audit/relations/periods.h"
#include "stages/audit/relations/reconciled.h"
#include "stages/audit/relations/relations.h"
#include "stages/audit/relations/staying.h"
#include "stages/audit/relations/times.h"
#include "stages/audit/relations/unchanged.h"

/* ---- data/ ---- */

/* The files of a table: as published, and as it was before protection. */
static int find_table(const struct audit_place *place, const char *name, struct reading pair[2], struct arena *arena, struct error *error)
{
	const char *file = arena_print(arena, error, "data/%s.csv", name), *before = NULL;
	const char *path = file == NULL ? NULL : place->published(place->context, file, arena, error);
	bool there, known = false;
	if (path == NULL || file_is_there(path, &there, error) != 0)
		return -1;
	if (!there)
		return 0; /* not among --tables */
	if (place->before != NULL && (before = place->before(place->context, name, arena, error)) == NULL)
		return -1;
	const struct table *table = schema_table(name, arena, error);
	if (table == NULL)
		return -1;
	if (before != NULL && file_is_there(before, &known, error) != 0)
		return -1;
	pair[0] = (struct reading){ .table = table, .path = path };
	pair[1] = (struct reading){ .table = table, .path = known ? before : NULL };
	return 0;
}

int judging_read(const struct audit_place *place, struct published *published, bool told, struct readings *readings, struct error *error)
{
	size_t count = 0;
	const char *const *names = schema_table_names(&count, published->arena, error);
	readings->file = names == NULL ? NULL : arena_take(published->arena, 2 * count, sizeof *readings->file, error);
	if (readings->file == NULL)
		return -1;
	readings->count = 2 * count;
	for (size_t i = 0; i < count; i++)
		if (find_table(place, names[i], &readings->file[2 * i], published->arena, error) != 0)
			return -1;
	if (readings_read(readings, error) != 0)
		return -1;
	for (size_t i = 0; i < readings->count; i += 2)
		if (readings->file[i].cube != NULL &&
			((told && earlier_hide(&place->earlier, readings->file[i].cube, published->rounded, error) != 0) ||
				published_add(published, readings->file[i].cube, readings->file[i + 1].cube, error) != 0))
			return -1;
	return periods_add(published, &place->earlier, error) != 0 ? -1 : standing_find(&place->earlier, published, error);
}

/* What an approved run withheld of a count whose days show earlier figures: then the tables before protection tell of another. */
static int find_then(const struct audit_place *place, const struct published *published, const struct published_table *table, size_t cell, bool *withheld,
	struct error *error)
{
	size_t row = cell / table->cube->table->measures, measure = cell % table->cube->table->measures;
	bool beside, stands;
	*withheld = false;
	standing_row(&place->earlier, published, table->cube, row, &stands, &beside);
	if (!stands)
		return 0;
	if (standing_count(&place->earlier, table->cube, row, measure, table->count[cell], withheld, &table->then[cell], error) != 0)
		return -1;
	if (*withheld)
		table->count[cell] = PUBLISHED_UNTOLD;
	return 0;
}

/* The withheld counts; of those among earlier figures what stood in the tables before protection is another count, and forgotten. */
static int find_counts(const struct audit_place *place, const struct published *published, struct counts *counts, struct error *error)
{
	size_t variables = published->knowledge->variables;
	counts->target = arena_take(published->arena, variables, sizeof *counts->target, error);
	counts->position = arena_take(published->arena, variables, sizeof *counts->position, error);
	if (counts->target == NULL || counts->position == NULL)
		return -1;
	for (size_t t = 0; t < published->tables; t++) {
		const struct published_table *table = &published->table[t];
		size_t measures = table->cube->table->measures;
		for (size_t i = 0; i < table->cube->rows * measures; i++) {
			if (table->variable[i] == KNOWLEDGE_NONE)
				continue;
			bool withheld;
			if (find_then(place, published, table, i, &withheld, error) != 0)
				return -1;
			int64_t count = withheld ? table->then[i] : table->count[i];
			bool multiple = !withheld && published->rounded; /* whatever gives it gives a rounded count */
			bool large = multiple || (withheld && count == PUBLISHED_UNTOLD) || (count != PUBLISHED_UNTOLD && (count < 1 || count >= published->minimum));
			counts->target[counts->count] = (struct target){ .variable = table->variable[i], .large = large,
				.small = !large && (withheld || table->truth != NULL) };
			counts->position[counts->count++] = (struct position){ .table = t, .row = i / measures, .measure = i % measures };
		}
	}
	return 0;
}

/* Small differences of a whole and its part, behind the counts. */
static int find_differences(const struct published *published, struct counts *counts, struct error *error)
{
	size_t room = counts->count;
	struct target *target = arena_grow(published->arena, counts->target, counts->count, counts->count + published->differences, &room,
		sizeof *target, error);
	room = counts->count;
	struct position *position = arena_grow(published->arena, counts->position, counts->count, counts->count + published->differences, &room,
		sizeof *position, error);
	if (target == NULL || position == NULL)
		return -1;
	counts->target = target;
	counts->position = position;
	for (size_t i = 0; i < published->differences; i++) {
		const struct published_difference *difference = &published->difference[i];
		target[counts->count] = (struct target){ .variable = difference->variable, .difference = true, .small = true };
		position[counts->count++] = (struct position){ difference->table, difference->row, difference->measure, difference->number + 1 };
	}
	return 0;
}

bool judging_asks(const struct counts *counts, const struct target *target)
{
	return target->finding != FINDING_NONE && !target->large &&
		(counts->asked == NULL || (target->finding == FINDING_UNWITNESSED) == counts->unwitnessed);
}

void judging_ask(struct counts *counts)
{
	const struct counts *asked = counts->asked;
	size_t next = 0;
	for (size_t i = 0; i < counts->count; i++) {
		bool same = next < asked->count && memcmp(&counts->position[i], &asked->position[next], sizeof *counts->position) == 0;
		counts->target[i].large = counts->target[i].large || !same || !judging_asks(counts, &asked->target[next]);
		next += same;
	}
}

/* ---- what a reader knows ---- */

#define LARGEST_PART 6000 /* unknown counts that hang together and are still ranged by linear programs: seconds a part */
#define LARGEST_ASKED 60000 /* where few of them are asked for */

static int know_inhabitants(const struct audit_place *place, struct published *published, struct error *error)
{
	if (audit_amounts_support(place, "befolkning_celler", &published->inhabitants, published->arena, error) != 0)
		return -1;
	published->inhabited = inhabitants_state(published);
	return 0;
}

static int know_classes(const struct audit_place *place, struct published *published, struct error *error)
{
	return published->months ? audit_amounts_support(place, "manad_atomer", &published->classes, published->arena, error) : 0;
}

/* One thread states what a reader knows, and the others meanwhile do what can be done beside. */
struct stating {
	const struct audit_place *place;
	struct published *published;
	struct counts *counts;
	const struct ranges_beside *beside;
	atomic_bool done;
	struct error *error;
};

static int state_all(const struct stating *stating)
{
	const struct audit_place *place = stating->place;
	struct published *published = stating->published;
	struct counts *counts = stating->counts;
	struct error *error = stating->error;
	return find_counts(place, published, counts, error) != 0 || know_inhabitants(place, published, error) != 0 ||
			relations_state(published, error) != 0 || exits_state_longer(published, place->earlier.settings, error) != 0 || periods_state(published, &place->earlier, error) != 0 || parts_state(published, &place->earlier, error) != 0 ||
			staying_state(published, &place->earlier, error) != 0 ||
			(published->together && groups_state(published, place->earlier.settings, error) != 0) ||
			know_classes(place, published, error) != 0 || crossed_state(published, &place->earlier, error) != 0 ||
			months_state(published, place->earlier.settings, error) != 0 || times_state(published, error) != 0 ||
			ages_state(published, &place->earlier, place->earlier.settings, error) != 0 || unchanged_state(published, &place->earlier, error) != 0 ||
			find_differences(published, counts, error) != 0 ||
			(!published->rounded && reconciled_state(published, &place->earlier, error) != 0) ? -1 : 0;
}

static int state_beside(size_t block, size_t from, size_t to, void *context)
{
	struct stating *stating = context;
	int result = 0;
	(void)block;
	for (size_t i = from; i < to; i++) {
		while (i > 0 && !atomic_load(&stating->done) && stating->beside->work(stating->beside->context))
			continue;
		if (i > 0)
			continue;
		result = state_all(stating);
		atomic_store(&stating->done, true);
	}
	return result;
}

/* What a reader knows, and what that leaves of every withheld count; `hearing` NULL: nobody is heard. 1 when the figures contradict one another. */
int judging_judge(const struct audit_place *place, struct published *published, struct counts *counts, const struct ranges_beside *beside,
	struct hearing *hearing, struct error *error)
{
	struct stating stating = { place, published, counts, beside, false, error };
	const struct parallel_job job = { .count = beside == NULL ? 1 : parallel_threads(), .block = 1, .work = state_beside, .context = &stating };
	if (parallel_run(&job, NULL) != 0 || (hearing != NULL && hearing_end(hearing, counts->target, counts->count, error) != 0))
		return -1;
	if (counts->asked != NULL)
		judging_ask(counts);
	return ranges_judge(published->knowledge, counts->target, counts->count, published->minimum, counts->asked != NULL ? LARGEST_ASKED : LARGEST_PART,
		beside, error);
}
