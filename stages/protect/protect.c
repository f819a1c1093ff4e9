/* Protects all tables of a run together: reads them unprotected, writes them with the cells to be withheld marked. */
#include "stages/protect/protect.h"

#include <string.h>

#include "pipeline/base/file.h"
#include "pipeline/maths/parallel.h"
#include "pipeline/maths/readings.h"
#include "pipeline/table/cube/cube.h"
#include "stages/protect/facts/together.h"
#include "stages/protect/figures/absent.h"
#include "stages/protect/figures/actors.h"
#include "stages/protect/figures/group.h"
#include "stages/protect/figures/volume.h"
#include "stages/protect/outputs.h"
#include "stages/protect/past/known.h"
#include "stages/protect/past/past.h"
#include "stages/protect/past/published.h"
#include "stages/protect/rounding/rounded.h"
#include "stages/protect/rules/across.h"
#include "stages/protect/rules/by_rules.h"
#include "stages/protect/rules/dominance.h"
#include "stages/protect/rules/follow.h"
#include "stages/protect/rules/found.h"
#include "stages/protect/rules/months_of_support.h"

/* Tables of one kind hang together, of two nothing does: those of target groups are of who lives where, all others of insatser. q01 tells of
   both, and of what everybody knows. */
enum kind { KIND_MALGRUPP, KIND_INSATS, KIND_AVSTAMNING, KINDS };

static enum kind kind_of(const struct table *table)
{
	return strcmp(table->chapter, "malgrupp") == 0 ? KIND_MALGRUPP : strcmp(table->chapter, "avstamning") == 0 ? KIND_AVSTAMNING : KIND_INSATS;
}

/* The kinds of which the run prints a table (--tables). All tables of such a kind that were computed are protected, also those that are
   not printed: who has another run's tables beside these gets the same pattern in both. */
static int find_kinds(const struct run *run, bool needed[KINDS], struct arena *arena, struct error *error)
{
	for (const struct file_use *file = stage_protect.reads; file->name != NULL; file++) {
		const struct table *table = file->class != FILE_AGGREGATE || !run_wants(run, file->name) ? NULL : schema_table(file->name, arena, error);
		if (table != NULL)
			needed[kind_of(table)] = true;
	}
	needed[KIND_MALGRUPP] = needed[KIND_MALGRUPP] || needed[KIND_AVSTAMNING];
	needed[KIND_INSATS] = needed[KIND_INSATS] || needed[KIND_AVSTAMNING];
	needed[KIND_AVSTAMNING] = true;
	return error->count > 0 ? -1 : 0;
}

/* Those that were computed in this run and that what it prints hangs together with. */
static int list_files(const struct run *run, struct readings *readings, struct arena *arena, struct error *error)
{
	size_t count = 0;
	bool needed[KINDS] = { false };
	for (const struct file_use *file = stage_protect.reads; file->name != NULL; file++)
		count++;
	readings->file = arena_take(arena, count, sizeof *readings->file, error);
	if (readings->file == NULL || find_kinds(run, needed, arena, error) != 0)
		return -1;
	for (const struct file_use *file = stage_protect.reads; file->name != NULL; file++) {
		const char *path = file->class == FILE_LEDGER ? "" : run_input(run, file->class, file->name, arena, error);
		bool there = false;
		if (path == NULL || (file->class != FILE_LEDGER && file_is_there(path, &there, error) != 0))
			return -1;
		if (!there)
			continue;
		const struct table *table = schema_table(file->name, arena, error);
		if (table == NULL)
			return -1;
		if (!needed[kind_of(table)])
			continue;
		readings->file[readings->count++] = (struct reading){ .table = table, .path = path };
	}
	return 0;
}

static int read_tables(const struct run *run, struct tables *tables, struct readings *readings, struct error *error)
{
	if (list_files(run, readings, tables->arena, error) != 0 || readings_read(readings, error) != 0)
		return -1;
	for (size_t i = 0; i < readings->count; i++)
		if (tables_add(tables, readings->file[i].cube, error) != 0)
			return -1;
	return 0;
}

/* What the rules need to know of other tables. */
static int count_parts(struct tables *tables, int minimum, struct error *error)
{
	if (tables_count_parts(tables, "i01_deltagare", "deltaganden", "i02_bakgrund", "deltaganden", "variabel", error) != 0 ||
		tables_count_parts(tables, "i01_deltagare", "deltaganden", "i08_remittent", "deltaganden", NULL, error) != 0 ||
		tables_count_parts(tables, "i01_deltagare", "avslutade", "i07_tid_i_insats", "avslutade", NULL, error) != 0)
		return -1;
	return across_count_parts(tables, minimum, error);
}

/* What became of the protection. */
struct outcome {
	struct past_account past;
	struct rounded_account rounded;
	struct together_account engine;
};

/* What the rules find, table by table: patterns and tables for the engine to begin with. What they demand of each other is their way to keep tables
   together, which is the engine's here: it is forgotten. */
static int find_by_rules(struct tables *tables, int64_t minimum, struct error *error)
{
	bool *demanded[TABLES_MOST];
	for (size_t t = 0; t < tables->count; t++) {
		size_t cells = tables->cube[t]->rows * tables->cube[t]->table->measures;
		demanded[t] = tables->demanded[t];
		tables->demanded[t] = arena_take(tables->arena, cells, sizeof(bool), error);
		if (tables->demanded[t] == NULL)
			return -1;
		memcpy(tables->demanded[t], demanded[t], cells * sizeof(bool));
	}
	int result = by_rules_protect(tables, BY_RULES_COUNTS, minimum, error);
	memcpy(tables->demanded, demanded, tables->count * sizeof *demanded);
	return result;
}

static int protect_counts(struct tables *tables, const struct settings *settings, struct outcome *outcome, struct error *error)
{
	int64_t minimum = settings->minsta_antal;
	struct found found = { .arena = tables->arena }, complete = { .arena = tables->arena };
	if (!settings->avrundning && !together_by_itself(tables, minimum)) {
		tables->found = &found;
		tables->complete = &complete;
		if (find_by_rules(tables, minimum, error) != 0)
			return -1;
	}
	if (!settings->avrundning) {
		volume_protect(tables, settings->minsta_antal);
		if (together_protect(tables, minimum, &outcome->engine, error) != 0)
			return -1;
	}
	tables->found = tables->complete = NULL;
	if (!settings->avrundning)
		months_of_support_demand(tables);
	if (by_rules_protect(tables, settings->avrundning ? BY_RULES_ALL : BY_RULES_ALONE, minimum, error) != 0)
		return -1;
	volume_protect(tables, settings->minsta_antal);
	return 0;
}

static int protect_all(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct outcome *outcome,
	struct error *error)
{
	known_least(tables, settings);
	if (count_parts(tables, settings->minsta_antal, error) != 0 ||
		(!settings->avrundning && known_begin(tables, settings->minsta_antal, error) != 0))
		return -1;
	struct past *past = settings->avrundning ? NULL : past_begin(tables, ledger, settings, error);
	if (past == NULL && !settings->avrundning)
		return -1;
	dominance_demand(tables);
	if (group_demand(tables, error) != 0 || protect_counts(tables, settings, outcome, error) != 0 ||
		actors_protect(tables, settings, error) != 0 || follow_all(tables, settings, error) != 0)
		return -1;
	if (settings->avrundning && (rounded_apply(tables, ledger, settings, &outcome->rounded, error) != 0 ||
		(past = past_begin(tables, ledger, settings, error)) == NULL))
		return -1;
	if (past_end(past, &outcome->past, error) != 0)
		return -1;
	absent_withhold(tables);
	return published_protect(tables, error);
}

/* What the log says of the engine's work. */
static void tell_engine(const struct run *run, const struct tables *tables, const struct outcome *outcome)
{
	const struct together_account *engine = &outcome->engine;
	if (run_settings(run)->avrundning)
		return;
	run_note(run, "%zu small sets and differences protected together, %zu linear programs", engine->targets, engine->programs + engine->before);
	if (engine->stuck > 0)
		run_note(run, "for %zu of them no other table was found beside what is known; of a small count the audit must find that it follows from that", engine->stuck);
	if (run_settings(run)->malgrupp_count > 0 && engine->targets > 0 && !tables->months)
		run_note(run, "what months and their year, combinations by kön and age, and years by age say of each other is not reckoned with: too many kommuner or small counts");
	if (engine->exposed > 0)
		run_note(run, "%zu of them might be narrowed by a person who forms another set alone", engine->exposed);
	if (engine->bound > 0)
		run_note(run, "%zu of them are narrow to a person who forms another set alone, whatever is withheld: they cannot be larger where she stays", engine->bound);
}

/* Protects the tables and tells what became of them. */
static int protect_run(const struct run *run, struct tables *tables, struct error *error)
{
	struct arena *arena = tables->arena;
	struct outcome outcome = { .rounded = { .counts = 0 } };
	struct outputs outputs = { .run = run, .tables = tables };
	tables->dominans = run_settings(run)->dominans;
	tables->settings = run_settings(run);
	const char *entries = run_input(run, FILE_LEDGER, "huvudbok.csv", arena, error);
	const char *key = run_input(run, FILE_LEDGER, "huvudbok.nyckel", arena, error);
	const struct ledger *ledger = entries == NULL || key == NULL ? NULL : ledger_open(entries, key, arena, error);
	if (ledger == NULL || protect_all(tables, ledger, run_settings(run), &outcome, error) != 0)
		return -1;
	outputs.past = &outcome.past;
	outputs.proof = outcome.engine.proof;
	if (outputs_write(&outputs, error) != 0)
		return -1;
	if (outputs.crowds > 0)
		run_warn(run, "%zu table%s more than 10 %% small counts: with fewer dimensions %s not (%s). A setting can leave out aldersgrupp alone "
			      "(one åldersgrupp, or wider ones); skydd = avrundning rounds all counts instead of withholding any",
			outputs.crowds, outputs.crowds == 1 ? " has" : "s have", outputs.crowds == 1 ? "it would" : "they would", outputs.crowded);
	if (outcome.rounded.counts > 0)
		run_note(run, "%zu counts rounded to a multiple of %d, by at most %lld and %.2f in the mean", outcome.rounded.counts,
			run_settings(run)->minsta_antal, (long long)outcome.rounded.furthest, outcome.rounded.mean);
	if (outcome.past.known > 0)
		run_note(run, "%zu cells that are small or would be withheld were printed with the same value by an approved run: they are printed again",
			outcome.past.known);
	if (outcome.past.earlier > 0)
		run_note(run, "%zu cells show the figure of an approved run (status tidigare): the changes since then may not be told",
			outcome.past.earlier);
	if (outcome.past.left_out > 0)
		run_warn(run, "%zu rounded figures are withheld: beside those of approved periods within their days or around them some would give few "
			"persons away", outcome.past.left_out);
	if (outputs.exempt > 0)
		run_note(run, "%zu withheld cells follow from what is known: they are exempt from the guarantee and listed in undantag.csv", outputs.exempt);
	tell_engine(run, tables, &outcome);
	run_note(run, "%zu of %zu cells withheld", outputs.withheld, outputs.cells);
	return 0;
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct readings readings = { 0 };
	struct tables *tables = arena_take(arena, 1, sizeof *tables, error);
	if (tables == NULL)
		return -1;
	tables->arena = arena;
	parallel_set_threads(run_jobs(run));
	int result = read_tables(run, tables, &readings, error) != 0 ? -1 : protect_run(run, tables, error);
	readings_free(&readings);
	return result;
}

#define TABLES(class) \
	{ class, "e01_ekonomi" }, { class, "e02_aterbetalning" }, { class, "e03_kassaflode" }, { class, "e04_kanslighet" }, \
	{ class, "e05_potential" }, { class, "e06_jamforelse" }, { class, "e07_band" }, { class, "e08_utjamning" }, \
	{ class, "e09_priser" }, { class, "g01_mal" }, \
	{ class, "i01_deltagare" }, { class, "i02_bakgrund" }, { class, "i03_forsorjning" }, { class, "i04_sysselsattning" }, \
	{ class, "i05_avslut" }, { class, "i06_resultat" }, { class, "i07_tid_i_insats" }, { class, "i08_remittent" }, \
	{ class, "i09_ko" }, { class, "i10_volym" }, { class, "i11_matris" }, { class, "i12_enkat" }, \
	{ class, "i13_overlevnad" }, { class, "i14_konsskillnad" }, { class, "m01_forsorjningsmatt" }, \
	{ class, "m02_malgrupp" }, { class, "m03_samtidighet" }, { class, "m04_rundgang" }, { class, "m05_tid_i_forsorjning" }, \
	{ class, "m06_manad" }, { class, "m07_floden" }, { class, "q01_avstamning" }

static const struct file_use reads[] = { TABLES(FILE_AGGREGATE), { FILE_SUPPORT, "deltagande_atomer" },
	{ FILE_SUPPORT, "utfall_atomer" }, { FILE_SUPPORT, "manad_atomer" }, { FILE_SUPPORT, "befolkning_celler" }, { FILE_SUPPORT, "ekonomi_underlag" },
	{ FILE_SUPPORT, "kohort_underlag" }, { FILE_SUPPORT, "dominans_forman" },
	{ FILE_SUPPORT, "dominans_aktor" }, { FILE_SUPPORT, "dominans_poster" },
	{ FILE_SUPPORT, "avstamning_celler" }, { FILE_LEDGER, "huvudbok.csv" }, { FILE_LEDGER, "huvudbok.nyckel" }, { 0, NULL } };
static const struct file_use writes[] = { TABLES(FILE_PROTECTED), { FILE_RECORD, "protection.csv" },
	{ FILE_RECORD, "undantag.csv" }, { FILE_RECORD, "vittnen_celler.csv" }, { FILE_RECORD, "vittnen.csv" },
	{ FILE_RECORD, "vetande.csv" }, { 0, NULL } };

const struct stage stage_protect = { .name = "protect", .summary = "withhold small numbers and what would give them away",
	.reads = reads, .writes = writes,
	.settings = SETTINGS(PERIOD) | SETTINGS(ALDERSGRUPPER) | SETTINGS(KONFIDENSGRAD) | SETTINGS(REDOVISNING) | SETTINGS(KALKYL) | SETTINGS(MATT) |
		SETTINGS(MALGRUPP) | SETTINGS(INSATSER) | SETTINGS(MAL), .work = work };
