/* The audit of a publication: what data/ gives away, and whether the other formats show more. See audit_publication.h. */
#include "stages/audit/audit_publication.h"

#include <string.h>

#include "pipeline/maths/parallel.h"
#include "stages/audit/audit_figures.h"
#include "stages/audit/exempt.h"
#include "stages/audit/findings.h"
#include "stages/audit/format_files.h"
#include "stages/audit/formats/formats.h"
#include "stages/audit/relations/least.h"

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
	struct audit_account *account, struct arena *arena, struct error *error)
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
	return witnesses->count == 0 ? 0 : witnesses_alone(published, witnesses, counts->target, counts->count, &account->narrowed, arena, error);
}

/* What is left when the counts are judged: their witnesses, and beside them the amounts. */
struct rest {
	const struct audit_place *place;
	const struct published *published;
	const struct counts *counts;
	const struct witnesses *witnesses;
	struct amounts_found *amounts; /* the only ones that take memory of the publication's arena */
	struct audit_account *account;
};

static int judge_rest(size_t item, void *context, struct error *error)
{
	const struct rest *rest = context;
	if (item == 1)
		return audit_amounts_judge(rest->place, rest->published, rest->amounts, &rest->account->amounts, error);
	struct arena *arena = arena_new(error);
	int result = arena == NULL ? -1 : miss_witnesses(rest->published, rest->counts, rest->witnesses, rest->account, arena, error);
	arena_free(arena);
	return result;
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
	int judged = judging_judge(place, published, &counts, &beside, hearing, error);
	if (judged == 1)
		return error_set(error, EXIT_DISCLOSURE, "the printed figures contradict one another: they cannot be audited");
	struct amounts_found amounts;
	struct rest rest = { place, published, &counts, &hearing->witnesses, &amounts, account };
	if (judged == 0)
		judged = parallel_each(2, judge_rest, &rest, error);
	if (judged == 1)
		return error_set(error, EXIT_DISCLOSURE, "the printed amounts contradict one another: they cannot be audited");
	if (judged != 0 || exempt_all(place, published, &counts, &amounts, &account->exempt, error) != 0)
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
		judging_read(place, &published, false, &readings, error) != 0 || audit_all(place, &published, &hearing, account, rows, error) != 0 ? -1 : 0;
	account->rounded = published.rounded;
	hearing_free(&hearing);
	readings_free(&readings);
	return result;
}
