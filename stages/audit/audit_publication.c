/* The audit of a publication: what data/ gives away, and whether the other formats show more. See audit_publication.h. */
#include "stages/audit/audit_publication.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/maths/parallel.h"
#include "pipeline/maths/readings.h"
#include "stages/audit/audit_amounts.h"
#include "stages/audit/audit_figures.h"
#include "stages/audit/findings.h"
#include "stages/audit/format_files.h"
#include "stages/audit/formats/formats.h"
#include "stages/audit/ranges/ranges.h"
#include "stages/audit/relations/crossed.h"
#include "stages/audit/relations/groups.h"
#include "stages/audit/relations/inhabitants.h"
#include "stages/audit/relations/least.h"
#include "stages/audit/relations/months.h"
#include "stages/audit/relations/periods.h"
#include "stages/audit/relations/reconciled.h"
#include "stages/audit/relations/relations.h"
#include "stages/audit/witnesses/hearing.h"

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

/* The caller frees the readings, when it is done with the tables. `told`: only what approved runs have told. */
static int read_tables(const struct audit_place *place, struct published *published, bool told, struct readings *readings,
	struct error *error)
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

/* The withheld counts of all tables and small differences as targets, and where each stands. */
struct counts {
	size_t count;
	struct target *target;
	struct position {
		size_t table, row, measure;
		size_t difference; /* 0: the count itself; else the number of the pair of which it is the part */
	} *position;
};

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

/* ---- what is found ---- */

/* The withheld counts of all tables: a row a breach, a message a table. */
static int tell_counts(const struct published *published, const struct counts *counts, struct audit_account *account, struct text *rows,
	struct error *error)
{
	static const char *const names[2][5] = { { "", "determined", "narrow", "undecided", "unwitnessed" },
		{ "", "difference determined", "difference narrow", "difference undecided", "difference unwitnessed" } };
	size_t found[PUBLISHED_TABLES] = { 0 }, unwitnessed[PUBLISHED_TABLES] = { 0 };
	int result = 0;
	for (size_t i = 0; i < counts->count; i++) {
		const struct target *target = &counts->target[i];
		const struct position *at = &counts->position[i];
		account->withheld += !target->difference;
		account->small += !target->large && !target->difference;
		account->differences += target->difference;
		account->unranged += !target->large && target->unranged;
		if (target->finding == FINDING_NONE || target->large)
			continue;
		(target->finding == FINDING_UNWITNESSED ? unwitnessed : found)[at->table]++;
		if (findings_tell(rows, published->table[at->table].cube, at->row, at->measure, names[target->difference][target->finding], error) != 0)
			return -1;
	}
	for (size_t t = 0; t < published->tables; t++) {
		const char *name = published->table[t].cube->table->name;
		if (found[t] > 0)
			result = error_set(error, EXIT_DISCLOSURE, "table %s gives %zu small count%s away", name, found[t], found[t] == 1 ? "" : "s");
		if (unwitnessed[t] > 0)
			result = error_set(error, EXIT_DISCLOSURE, "table %s has %zu small count%s that no witness shows to be safe", name, unwitnessed[t],
				unwitnessed[t] == 1 ? "" : "s");
	}
	return result;
}

/* Witnesses that do not stand, likewise. */
static int tell_witnesses(const struct published *published, const struct witnesses *witnesses, struct text *rows, struct error *error)
{
	size_t found[PUBLISHED_TABLES] = { 0 };
	int result = 0;
	for (size_t i = 0; i < witnesses->findings; i++) {
		const struct witness_finding *finding = &witnesses->finding[i];
		const struct cube *cube = published->table[finding->table].cube;
		found[finding->table]++;
		if (finding->row != CUBE_NO_ROW && findings_tell(rows, cube, finding->row, finding->measure, "false witness", error) != 0)
			return -1;
	}
	for (size_t t = 0; t < published->tables; t++)
		if (found[t] > 0)
			result = error_set(error, EXIT_DISCLOSURE, "%zu witness%s of table %s do%s not agree with what is printed and known", found[t],
				found[t] == 1 ? "" : "es", published->table[t].cube->table->name, found[t] == 1 ? "es" : "");
	return result;
}

/* ---- judging ---- */

#define LARGEST_PART 6000 /* unknown counts that hang together and are still ranged by linear programs: seconds a part */

/* Finds the files of the witnesses, where there are any. */
static int begin_hearing(const struct audit_place *place, struct published *published, struct hearing *hearing, struct error *error)
{
	if (!published->together || published->rounded)
		return 0; /* the rules protected, or there is nothing small */
	const char *cells = place->record(place->context, "vittnen_celler.csv", published->arena, error);
	const char *lines = cells == NULL ? NULL : place->record(place->context, "vittnen.csv", published->arena, error);
	return lines == NULL ? -1 : hearing_begin(hearing, published, cells, lines, error);
}

/* Small counts of which no witness shows that they are safe, where there should be one. */
static int miss_witnesses(const struct published *published, const struct counts *counts, const struct witnesses *witnesses,
	struct audit_account *account, struct error *error)
{
	account->witnesses = witnesses->standing;
	for (size_t i = 0; i < counts->count; i++) {
		struct target *target = &counts->target[i];
		bool told = witnesses->count > 0 && witnesses->base[target->variable] != PUBLISHED_UNTOLD && !witnesses->idle_at[target->variable];
		if (target->large || target->shown)
			continue;
		account->ranged += !told;
		if (told && target->finding == FINDING_NONE)
			target->finding = FINDING_UNWITNESSED;
	}
	return witnesses->count == 0 ? 0 : witnesses_alone(published, witnesses, counts->target, counts->count, &account->narrowed, error);
}

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
			relations_state(published, error) != 0 || periods_state(published, &place->earlier, error) != 0 ||
			(published->together && groups_state(published, place->earlier.settings, error) != 0) ||
			know_classes(place, published, error) != 0 || crossed_state(published, &place->earlier, error) != 0 || months_state(published, place->earlier.settings, error) != 0 ||
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
static int judge(const struct audit_place *place, struct published *published, struct counts *counts, const struct ranges_beside *beside,
	struct hearing *hearing, struct error *error)
{
	struct stating stating = { place, published, counts, beside, false, error };
	const struct parallel_job job = { .count = beside == NULL ? 1 : parallel_threads(), .block = 1, .work = state_beside, .context = &stating };
	if (parallel_run(&job, NULL) != 0 || (hearing != NULL && hearing_end(hearing, counts->target, counts->count, error) != 0))
		return -1;
	return ranges_judge(published->knowledge, counts->target, counts->count, published->minimum, LARGEST_PART, beside, error);
}

static size_t count_found(const struct counts *counts, const struct amounts_found *amounts)
{
	size_t found = audit_amounts_count(amounts);
	for (size_t i = 0; i < counts->count; i++)
		found += counts->target[i].finding != FINDING_NONE && !counts->target[i].large;
	return found;
}

/* Exempts of the findings those of which the tables that were known before tell the same. */
static void exempt_counts(struct counts *counts, const struct counts *known, bool unwitnessed, size_t *exempted)
{
	size_t at = 0;
	for (size_t i = 0; i < counts->count; i++) { /* both lists go by table, row and measure; the second has more */
		const struct position *own = &counts->position[i];
		struct target *target = &counts->target[i];
		while (memcmp(&known->position[at], own, sizeof *own) != 0)
			at++;
		if (target->finding == FINDING_NONE || target->large || known->target[at].finding == FINDING_NONE ||
			(unwitnessed && target->finding != FINDING_UNWITNESSED))
			continue;
		target->finding = FINDING_NONE;
		++*exempted;
	}
}

/* With what everybody knew before, helårsekvivalenter within `share`. `amounts`: NULL: of counts that no witness shows to be safe alone. */
static int exempt_within(const struct audit_place *place, const struct published *published, struct counts *counts, struct amounts_found *amounts,
	double share, size_t *exempted, struct error *error)
{
	struct published before = { .arena = published->arena, .minimum = published->minimum, .rounded = published->rounded, .together = published->together,
		.months = published->months };
	struct counts known = { 0 };
	struct readings readings = { 0 };
	before.knowledge = knowledge_new(before.arena, error);
	int judged = before.knowledge == NULL || read_tables(place, &before, true, &readings, error) != 0 ||
			(!published->rounded && least_state(&before, &place->earlier, share, true, error) != 0) ? -1
		: judge(place, &before, &known, NULL, NULL, error);
	if (judged == 0)
		exempt_counts(counts, &known, amounts == NULL, exempted);
	if (judged == 0 && amounts != NULL && audit_amounts_exempt(place, &before, amounts, exempted, error) != 0)
		judged = -1;
	readings_free(&readings);
	return judged < 0 ? -1 : 0;
}

static bool any_unwitnessed(const struct counts *counts)
{
	size_t i = 0;
	while (i < counts->count && (counts->target[i].finding != FINDING_UNWITNESSED || counts->target[i].large))
		i++;
	return i < counts->count;
}

/* Small counts that are given away by what everybody knew before: figures that are the same now and that approved runs printed, when
   less was asked of them, or that were published outside the program; the inhabitants. Withholding cannot help them. Witnesses have as many persons as
   helårsekvivalenter need to the day, so that a count which is open has none where what was known leaves none of these. */
static int exempt(const struct audit_place *place, struct published *published, struct counts *counts, struct amounts_found *amounts,
	size_t *exempted, struct error *error)
{
	size_t found = count_found(counts, amounts);
	bool any = false;
	if (found > 0 && reconciled_any(published, &any, error) != 0)
		return -1;
	if (found == 0 || (!any && !published->inhabited && (place->earlier.ledger == NULL || ledger_cells(place->earlier.ledger) == 0)))
		return 0;
	if (exempt_within(place, published, counts, amounts, place->dominans, exempted, error) != 0)
		return -1;
	return any_unwitnessed(counts) ? exempt_within(place, published, counts, NULL, 0, exempted, error) : 0;
}

/* What threads do that have nothing to state. */
struct others {
	struct hearing *hearing;
	struct format_files *files;
};

static bool do_another(void *context)
{
	const struct others *others = context;
	return hearing_read(others->hearing) || format_files_check(others->files);
}

/* The tables, and beside them the witnesses and the other formats. */
static int audit_all(const struct audit_place *place, struct published *published, struct hearing *hearing, struct audit_account *account,
	struct text *rows, struct error *error)
{
	struct counts counts = { 0 };
	struct format_files files = { 0 };
	struct others others = { hearing, &files };
	struct ranges_beside beside = { .work = do_another, .context = &others };
	if (audit_figures_tell(place, published, rows, error) != 0) /* a figure in the wrong place may contradict the others */
		return -1;
	struct error unlisted = { 0 }; /* told last */
	beside.count = format_files_find(place, published, &files, &unlisted) == 0 ? files.count : 0;
	if ((!published->rounded && least_state(published, &place->earlier, place->dominans, false, error) != 0) ||
		begin_hearing(place, published, hearing, error) != 0)
		return -1;
	int judged = judge(place, published, &counts, &beside, hearing, error);
	if (judged == 0 && miss_witnesses(published, &counts, &hearing->witnesses, account, error) != 0)
		return -1;
	if (judged == 1)
		return error_set(error, EXIT_DISCLOSURE, "the printed figures contradict one another: they cannot be audited");
	struct amounts_found amounts;
	if (judged == 0)
		judged = audit_amounts_judge(place, published, &amounts, &account->amounts, error);
	if (judged == 1)
		return error_set(error, EXIT_DISCLOSURE, "the printed amounts contradict one another: they cannot be audited");
	if (judged != 0 || exempt(place, published, &counts, &amounts, &account->exempt, error) != 0)
		return -1;
	int told = tell_counts(published, &counts, account, rows, error);
	if (tell_witnesses(published, &hearing->witnesses, rows, error) != 0)
		told = -1;
	if (audit_amounts_tell(published, &amounts, rows, error) != 0 || told != 0)
		return -1;
	if (unlisted.count == 0)
		return format_files_tell(&files, &account->figures, error);
	*error = unlisted;
	return -1;
}

/* Whether the publication says that its counts are rounded, whether there are witnesses, and whether they reckon with months and their year. */
static int read_mode(const struct audit_place *place, struct published *published, struct error *error)
{
	struct formats package = { .arena = published->arena, .shown = "datapackage.json" };
	const char *path = place->published(place->context, package.shown, published->arena, error);
	if (path == NULL || formats_read(&package, path, error) != 0)
		return -1;
	published->rounded = strstr(package.bytes, "\"skydd\": \"avrundning\"") != NULL;
	if (place->record == NULL)
		return 0;
	const char *lines = place->record(place->context, "vittnen.csv", published->arena, error);
	const char *knowledge = lines == NULL ? NULL : place->record(place->context, "vetande.csv", published->arena, error);
	return knowledge == NULL || witness_file_any(lines, "vittnen.csv", &published->together, error) != 0 ||
		witness_file_any(knowledge, "vetande.csv", &published->months, error) != 0 ? -1 : 0;
}

int audit_publication(const struct audit_place *place, int64_t minimum, struct audit_account *account, struct text *rows,
	struct arena *arena, struct error *error)
{
	struct published published = { .arena = arena, .minimum = minimum };
	struct readings readings = { 0 };
	struct hearing hearing = { .turn = HEARING_UNREAD };
	*account = (struct audit_account){ 0 };
	published.knowledge = knowledge_new(arena, error);
	int result = published.knowledge == NULL || read_mode(place, &published, error) != 0 ||
		read_tables(place, &published, false, &readings, error) != 0 || audit_all(place, &published, &hearing, account, rows, error) != 0 ? -1 : 0;
	account->rounded = published.rounded;
	hearing_free(&hearing);
	readings_free(&readings);
	return result;
}
