/* The last stage: reads the publication as a reader would, and refuses it when a small count can be worked out from it. */
#include "stages/audit/audit.h"

#include <string.h>
#include <unistd.h>

#include "pipeline/base/text.h"
#include "pipeline/table/csv_write.h"
#include "stages/audit/published.h"
#include "stages/audit/ranges.h"
#include "stages/audit/relations.h"

static int read_table(const struct run *run, struct published *published, const char *name, struct error *error)
{
	struct arena *arena = published->arena;
	const char *file = arena_print(arena, error, "data/%s.csv", name);
	const char *path = file == NULL ? NULL : run_input(run, FILE_PUBLICATION, file, arena, error);
	const char *before = path == NULL ? NULL : run_input(run, FILE_AGGREGATE, name, arena, error);
	if (before == NULL)
		return -1;
	if (access(path, F_OK) != 0)
		return 0; /* not among --tables */
	const struct table *table = schema_table(name, arena, error);
	struct cube *cube = table == NULL ? NULL : cube_read(table, path, arena, error), *truth = NULL;
	if (cube == NULL)
		return -1;
	if (access(before, F_OK) == 0 && (truth = cube_read(table, before, arena, error)) == NULL)
		return -1;
	return published_add(published, cube, truth, error);
}

static int read_tables(const struct run *run, struct published *published, struct error *error)
{
	for (const struct file_use *file = stage_audit.reads; file->name != NULL; file++)
		if (file->class == FILE_AGGREGATE && read_table(run, published, file->name, error) != 0)
			return -1;
	return 0;
}

/* The withheld counts of all tables as targets, in the order of their variables, and where each stands. */
struct counts {
	size_t count;
	struct target *target;
	struct place {
		size_t table, row, measure;
	} *place;
};

/* Whether the count was no small one before protection. */
static bool is_large(const struct published *published, const struct published_table *table, size_t row, size_t measure)
{
	const char *key[TABLE_DIMENSIONS];
	if (table->truth == NULL)
		return false;
	for (size_t d = 0; d < table->cube->table->dimensions; d++)
		key[d] = cube_code_of(table->cube, row, d);
	size_t at = cube_find_named(table->truth, key);
	double value = at == CUBE_NO_ROW ? 0 : cube_cell(table->truth, at, measure)->number;
	return value < 1 || value >= (double)published->minimum;
}

static int find_counts(const struct published *published, struct counts *counts, struct error *error)
{
	size_t variables = published->knowledge->variables;
	counts->target = arena_take(published->arena, variables, sizeof *counts->target, error);
	counts->place = arena_take(published->arena, variables, sizeof *counts->place, error);
	if (counts->target == NULL || counts->place == NULL)
		return -1;
	for (size_t t = 0; t < published->tables; t++) {
		const struct published_table *table = &published->table[t];
		size_t measures = table->cube->table->measures;
		for (size_t i = 0; i < table->cube->rows * measures; i++) {
			if (table->variable[i] == KNOWLEDGE_NONE)
				continue;
			counts->target[counts->count].variable = table->variable[i];
			counts->target[counts->count].large = is_large(published, table, i / measures, i % measures);
			counts->place[counts->count++] = (struct place){ t, i / measures, i % measures };
		}
	}
	return 0;
}

/* Persons or participations, not the difference of two such counts. */
static bool is_count(const struct measure *measure)
{
	return measure->kind == MEASURE_COUNT && strcmp(measure->name, "forandring") != 0;
}

/* How many small counts of the table are printed. */
static size_t printed_small(const struct published *published, const struct published_table *table)
{
	size_t found = 0, measures = table->cube->table->measures;
	for (size_t i = 0; i < table->cube->rows * measures; i++) {
		const struct cell *cell = cube_cell(table->cube, i / measures, i % measures);
		found += is_count(&table->cube->table->measure[i % measures]) && cell->status == CELL_PUBLISHED &&
			cell->number >= 1 && cell->number < (double)published->minimum;
	}
	return found;
}

/* What was found, row by row, for the analyst alone. */
static int write_findings(const struct run *run, const struct published *published, const struct counts *counts,
	struct error *error)
{
	static const char *const names[] = { "", "determined", "narrow", "undecided" };
	const char *path = run_output(run, FILE_RECORD, "audit.csv", published->arena, error);
	struct csv_writer *writer;
	if (path == NULL || csv_create(&writer, path, &csv_style_machine, error) != 0)
		return -1;
	static const char *const header[] = { "tabell", "nyckel", "matt", "fynd", "litet" };
	for (size_t i = 0; i < sizeof header / sizeof *header; i++)
		csv_string(writer, header[i]);
	csv_end(writer);
	for (size_t i = 0; i < counts->count; i++) {
		const struct place *place = &counts->place[i];
		const struct cube *cube = published->table[place->table].cube;
		struct text key = { .arena = published->arena };
		if (counts->target[i].finding == FINDING_NONE)
			continue;
		for (size_t d = 0; d < cube->table->dimensions; d++)
			if (text_add_string(&key, d == 0 ? "" : "|", error) != 0 ||
				text_add_string(&key, cube_code_of(cube, place->row, d), error) != 0)
				break;
		csv_string(writer, cube->table->name);
		csv_string(writer, key.bytes == NULL ? "" : key.bytes);
		csv_string(writer, cube->table->measure[place->measure].name);
		csv_string(writer, names[counts->target[i].finding]);
		csv_string(writer, counts->target[i].large ? "" : "ja");
		csv_end(writer);
	}
	return csv_finish(writer, error);
}

/* One message a table that gives small counts away. 0 when there is none. */
static int refuse(const struct run *run, const struct published *published, const struct counts *counts, struct error *error)
{
	size_t found[PUBLISHED_TABLES] = { 0 }, withheld = 0, small = 0;
	for (size_t i = 0; i < counts->count; i++) {
		bool breach = counts->target[i].finding != FINDING_NONE && !counts->target[i].large;
		found[counts->place[i].table] += breach;
		withheld++;
		small += !counts->target[i].large;
	}
	int result = 0;
	for (size_t t = 0; t < published->tables; t++) {
		const struct published_table *table = &published->table[t];
		found[t] += printed_small(published, table);
		if (found[t] > 0)
			result = error_set(error, EXIT_DISCLOSURE,
				"table %s gives %zu small count%s away; nothing is published; internal/%s lists the cells", table->cube->table->name,
				found[t], found[t] == 1 ? "" : "s", "latest/audit.csv");
	}
	if (result == 0)
		run_note(run, "%zu withheld counts, %zu of them small: none can be worked out", withheld, small);
	return result;
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct published published = { .arena = arena, .minimum = run_settings(run)->minsta_antal };
	struct counts counts = { 0 };
	published.knowledge = knowledge_new(arena, error);
	if (published.knowledge == NULL || read_tables(run, &published, error) != 0 || relations_state(&published, error) != 0 ||
		find_counts(&published, &counts, error) != 0)
		return -1;
	int judged = ranges_judge(published.knowledge, counts.target, counts.count, published.minimum, error);
	if (judged == 1)
		return error_set(error, EXIT_BUG, "the printed figures contradict one another");
	if (judged != 0 || write_findings(run, &published, &counts, error) != 0)
		return -1;
	return refuse(run, &published, &counts, error);
}

static const struct file_use reads[] = { { FILE_PUBLICATION, "data/" }, { FILE_AGGREGATE, "g01_mal" },
	{ FILE_AGGREGATE, "i01_deltagare" }, { FILE_AGGREGATE, "i02_bakgrund" }, { FILE_AGGREGATE, "i03_forsorjning" },
	{ FILE_AGGREGATE, "i04_sysselsattning" }, { FILE_AGGREGATE, "i05_avslut" }, { FILE_AGGREGATE, "i06_resultat" },
	{ FILE_AGGREGATE, "i07_tid_i_insats" }, { FILE_AGGREGATE, "i08_remittent" }, { FILE_AGGREGATE, "i09_ko" },
	{ FILE_AGGREGATE, "i10_volym" }, { FILE_AGGREGATE, "i11_matris" }, { FILE_AGGREGATE, "i12_enkat" },
	{ FILE_AGGREGATE, "i13_overlevnad" }, { FILE_AGGREGATE, "i14_konsskillnad" }, { FILE_AGGREGATE, "m01_forsorjningsmatt" },
	{ FILE_AGGREGATE, "m02_malgrupp" }, { FILE_AGGREGATE, "m03_samtidighet" }, { FILE_AGGREGATE, "m04_rundgang" },
	{ FILE_AGGREGATE, "m05_tid_i_forsorjning" }, { FILE_AGGREGATE, "m06_manad" }, { FILE_AGGREGATE, "m07_floden" },
	{ FILE_AGGREGATE, "e01_ekonomi" }, { FILE_AGGREGATE, "e02_aterbetalning" }, { FILE_AGGREGATE, "e03_kassaflode" },
	{ FILE_AGGREGATE, "e04_kanslighet" }, { FILE_AGGREGATE, "e05_potential" }, { FILE_AGGREGATE, "e06_jamforelse" },
	{ FILE_AGGREGATE, "e07_band" }, { FILE_AGGREGATE, "e08_utjamning" }, { FILE_AGGREGATE, "e09_priser" },
	{ FILE_AGGREGATE, "q01_avstamning" }, { 0, NULL } };
static const struct file_use writes[] = { { FILE_RECORD, "audit.csv" }, { 0, NULL } };

const struct stage stage_audit = { .name = "audit", .summary = "tries to work small counts out of the publication; finding one, it stops it",
	.reads = reads, .writes = writes, .settings = SETTINGS(REDOVISNING), .work = work };
