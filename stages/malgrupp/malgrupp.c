/* The stage malgrupp: opens the files, lets every person be counted, writes the tables. */
#include "stages/malgrupp/malgrupp.h"

#include <stdint.h>

#include "pipeline/maths/parallel.h"
#include "pipeline/table/cube/cube.h"
#include "stages/malgrupp/account.h"
#include "stages/malgrupp/counters.h"
#include "stages/malgrupp/person_files.h"
#include "stages/malgrupp/population.h"
#include "stages/malgrupp/rates.h"

#define PERSONS 4096                      /* a block of parallel work */
#define CELLS_BYTES ((size_t)512 << 20)   /* for the month cells of all threads: rather fewer threads than more memory */
#define ATOMS "manad_atomer"
#define DOMINANS "dominans_forman"
#define INHABITANTS "befolkning_celler"
#define ACCOUNT "malgrupper.csv"

static const char *const file_names[PERSON_FILES] = { [PERSON_FILE_PERSON] = "person",
	[PERSON_FILE_YEAR] = "person_ar", [PERSON_FILE_PANEL] = "panel", [PERSON_FILE_FK] = "spell_fk",
	[PERSON_FILE_AF] = "spell_af", [PERSON_FILE_BISTAND] = "bistand", [PERSON_FILE_KONTAKT] = "kontakt" };

static const char *const table_names[MALGRUPP_TABLES] = { [M01] = "m01_forsorjningsmatt", [M02] = "m02_malgrupp",
	[M03] = "m03_samtidighet", [M04] = "m04_rundgang", [M05] = "m05_tid_i_forsorjning", [M06] = "m06_manad",
	[M07] = "m07_floden" };

/* One thread's part. */
struct worker {
	struct arena *arena;
	struct person_cursor cursor;
	struct counters counters;
	struct error error;
};

struct work {
	const struct run *run;
	struct arena *arena;
	const struct settings *settings;
	const struct codelist *kommun;
	struct measured measured;
	struct measured ruled; /* the same, with the further groups of the account where it is made */
	struct membership membership;
	struct forsorjning_lists lists;
	struct population population;
	struct counting counting;
	bool wanted[MALGRUPP_TABLES];  /* to be written */
	bool account;                  /* so is the account of the rules */
	struct column_file *file[PERSON_FILES];
	struct person_files files;
	size_t workers;
	struct worker *worker;
};

/* Tables that follow a person from party to party. */
static bool needs_common_key(int table)
{
	return table == M03 || table == M04 || table == M05 || table == M07;
}

/* ---- opening ---- */

static int open_files(struct work *work, struct error *error)
{
	for (size_t f = 0; f < PERSON_FILES; f++) {
		const char *path = run_input(work->run, FILE_PERSONS, file_names[f], work->arena, error);
		if (path == NULL || column_open(&work->file[f], path, error) != 0)
			return -1;
	}
	return person_files_init(&work->files, work->file, &work->measured, work->arena, error);
}

static int texts_of(const struct column_file *file, struct membership_texts *texts, struct arena *arena, struct error *error)
{
	size_t count = column_texts(file);
	const char **text = arena_take(arena, count, sizeof *text, error);
	if (text == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		text[i] = column_text(file, (uint32_t)i);
	*texts = (struct membership_texts){ count, text };
	return 0;
}

static int make_membership(struct work *work, const struct codelist *kon, struct error *error)
{
	struct arena *arena = work->arena;
	struct membership_texts fk, region;
	const struct membership_lists lists = { .fk_forman = codelist_load("fk_forman", arena, error),
		.ersattning = codelist_load("ersattning", arena, error), .hinder = codelist_load("forsorjningshinder", arena, error),
		.vardform = codelist_load("vardform", arena, error), .kon = kon };
	if (lists.fk_forman == NULL || lists.ersattning == NULL || lists.hinder == NULL || lists.vardform == NULL ||
		forsorjning_lists(&work->lists, lists.fk_forman, lists.ersattning, error) != 0 ||
		texts_of(work->file[PERSON_FILE_FK], &fk, arena, error) != 0 ||
		texts_of(work->file[PERSON_FILE_KONTAKT], &region, arena, error) != 0)
		return -1;
	const struct settings *ruled = work->account ? account_settings(work->settings, arena, error) : work->settings;
	if (ruled == NULL)
		return -1;
	work->ruled = work->measured;
	work->ruled.settings = ruled;
	return membership_init(&work->membership, &work->ruled, &lists, &fk, &region, arena, error);
}

/* befolkning.csv as it was read. */
static int read_bands(const struct column_file *file, struct band **bands, struct arena *arena, struct error *error)
{
	size_t rows = column_rows(file);
	const uint16_t *kommun = column_load(file, "kommun", COLUMN_U16, arena, error);
	const uint16_t *kon = column_load(file, "kon", COLUMN_U16, arena, error);
	const int32_t *ar = column_load(file, "ar", COLUMN_I32, arena, error);
	const int32_t *from = column_load(file, "alder_fran", COLUMN_I32, arena, error);
	const int32_t *to = column_load(file, "alder_till", COLUMN_I32, arena, error);
	const int32_t *count = column_load(file, "antal", COLUMN_I32, arena, error);
	*bands = arena_take(arena, rows, sizeof **bands, error);
	if (kommun == NULL || kon == NULL || ar == NULL || from == NULL || to == NULL || count == NULL || *bands == NULL)
		return -1;
	for (size_t i = 0; i < rows; i++)
		(*bands)[i] = (struct band){ .kommun = kommun[i], .kon = kon[i], .ar = ar[i], .from = from[i], .to = to[i],
			.count = count[i] };
	return 0;
}

static int warn_of_gaps(const struct work *work, struct error *error)
{
	const struct population *population = &work->population;
	const char *gaps = population->unfilled == 0 ? "" : population_gaps(population, work->kommun, work->arena, error);
	if (gaps != NULL && population->unfilled > 0 && (work->wanted[M01] || work->wanted[M02]))
		run_warn(work->run, "befolkning.csv does not cover the ages 16–64%s exactly for %zu of %zu pairs of kommun and year: %s; "
			"rates there are saknas", work->wanted[M02] ? " and their groups" : "", population->unfilled, population->asked, gaps);
	return gaps == NULL ? -1 : 0;
}

static int read_population(struct work *work, struct error *error)
{
	struct column_file *file = NULL;
	struct band *bands;
	int result = -1;
	const char *path = run_input(work->run, FILE_PERSONS, "befolkning", work->arena, error);
	if (path == NULL || column_open(&file, path, error) != 0 || read_bands(file, &bands, work->arena, error) != 0 ||
		population_init(&work->population, &work->measured, work->kommun, bands, column_rows(file), work->wanted[M02],
			work->arena, error) != 0)
		goto out;
	result = warn_of_gaps(work, error);
out:
	column_close(file);
	return result;
}

/* The account asks about each condition several times: only complete runs make it, no run for some tables waits for it. */
static int choose_account(struct work *work, struct error *error)
{
	size_t count;
	const char *const *names = schema_table_names(&count, work->arena, error);
	work->account = names != NULL;
	for (size_t i = 0; work->account && i < count; i++)
		work->account = run_wants(work->run, names[i]);
	return names == NULL ? -1 : 0;
}

static int choose_tables(struct work *work, struct error *error)
{
	bool linked = work->settings->gemensam_nyckel, left_out = false;
	for (int table = 0; table < MALGRUPP_TABLES; table++) {
		work->wanted[table] = run_wants(work->run, table_names[table]);
		work->counting.wanted[table] = work->wanted[table] && (linked || !needs_common_key(table));
		left_out = left_out || work->wanted[table] != work->counting.wanted[table];
		work->counting.table[table] = schema_table(table_names[table], work->arena, error);
		if (work->counting.table[table] == NULL)
			return -1;
	}
	if (left_out)
		run_note(work->run, "m03, m04, m05 and m07 are saknas: with gemensam nyckel = nej nobody can be followed from one "
			"source to another");
	work->counting.months = work->wanted[M03] || work->wanted[M06];
	work->counting.measured = &work->measured;
	work->counting.membership = &work->membership;
	work->counting.lists = &work->lists;
	return choose_account(work, error);
}

static int prepare(struct work *work, struct error *error)
{
	const struct codelist *kon = codelist_load("kon", work->arena, error);
	work->kommun = codelist_load("kommun", work->arena, error);
	if (kon == NULL || work->kommun == NULL || choose_tables(work, error) != 0 ||
		measured_init(&work->measured, work->settings, work->kommun, kon, work->arena, error) != 0 ||
		open_files(work, error) != 0 || make_membership(work, kon, error) != 0)
		return -1;
	return read_population(work, error);
}

/* ---- counting ---- */

static int count_block(size_t block, size_t from, size_t to, void *context)
{
	(void)block;
	struct work *work = context;
	struct worker *worker = &work->worker[parallel_worker()];
	unsigned records = (work->counting.wanted[M01] ? PERSON_FK | PERSON_AF | PERSON_BISTAND : 0U) |
		(work->counting.wanted[M02] ? membership_records(&work->membership) : 0U);
	person_cursor_seek(&worker->cursor, from, records);
	for (size_t number = from; number < to; number++)
		if (person_cursor_read(&worker->cursor, number, records, &worker->error) != 0 ||
			counters_add(&worker->counters, &worker->cursor.person, &worker->error) != 0)
			return -1;
	counters_settle(&worker->counters);
	run_advance(work->run, to - from);
	return 0;
}

static int make_workers(struct work *work, struct error *error)
{
	size_t bytes = work->counting.months ? month_cells_bytes(&work->measured) : 0, threads = parallel_threads();
	while (threads > 1 && threads * bytes > CELLS_BYTES)
		threads--;
	parallel_set_threads((int)threads);
	work->worker = arena_take(work->arena, threads, sizeof *work->worker, error);
	if (work->worker == NULL)
		return -1;
	for (; work->workers < threads; work->workers++) {
		struct worker *worker = &work->worker[work->workers];
		worker->arena = arena_new(error);
		if (worker->arena == NULL)
			return -1;
		worker->cursor = (struct person_cursor){ .files = &work->files, .arena = worker->arena };
		if (counters_init(&worker->counters, &work->counting, worker->arena, error) != 0) {
			work->workers++; /* its arena is to be freed too */
			return -1;
		}
	}
	return 0;
}

static int count_persons(struct work *work, struct error *error)
{
	const struct parallel_job job = { .count = work->files.persons, .block = PERSONS, .work = count_block, .context = work };
	if (make_workers(work, error) != 0)
		return -1;
	run_expect(work->run, PROGRESS_PERSONS, work->files.persons);
	if (parallel_run(&job, NULL) != 0) {
		for (size_t w = 0; w < work->workers; w++)
			if (work->worker[w].error.count > 0)
				return error_set(error, work->worker[w].error.code, "%s", work->worker[w].error.message[0]);
		return error_set(error, EXIT_BUG, "persons could not be counted");
	}
	for (size_t w = 1; w < work->workers; w++) {
		counters_join(&work->worker[0].counters, &work->worker[w].counters);
		arena_free(work->worker[w].arena);
		work->worker[w].arena = NULL;
	}
	counters_finish(&work->worker[0].counters);
	return 0;
}

/* ---- writing ---- */

/* What is written, each on some thread: what a thread changes of the counters belongs to its output alone. Those that take longest
   come first. */
enum { OUTPUT_ATOMS = MALGRUPP_TABLES, OUTPUT_DOMINANS, OUTPUT_INHABITANTS, OUTPUT_ACCOUNT, OUTPUTS };

struct output {
	int which; /* a table, or one of the others */
	const char *path;
	const struct table *table;
};

struct outputs {
	struct work *work;
	size_t count;
	struct output output[OUTPUTS];
};

/* Tables of months are summed when their turn comes: each takes much memory. */
static bool is_monthly(enum malgrupp_table table)
{
	return table == M03 || table == M06;
}

/* Totals of what else was counted, before outputs that read the same numbers are made beside each other. */
static void make_totals(struct work *work)
{
	struct counters *counters = &work->worker[0].counters;
	for (int table = 0; table < MALGRUPP_TABLES; table++)
		if (work->counting.wanted[table] && !is_monthly((enum malgrupp_table)table))
			tally_total(&counters->tally[table]);
	if (work->counting.wanted[M01])
		dominans_total(&counters->dominans);
}

/* The cube of a table; NULL with the error set. */
static struct cube *make_table(struct work *work, enum malgrupp_table table, struct arena *arena, struct error *error)
{
	struct counters *counters = &work->worker[0].counters;
	struct tally *tally = &counters->tally[table], nothing;
	struct tally_codes codes[TABLE_DIMENSIONS];
	tally_fill *fill = table == M01 ? rates_forsorjning : table == M02 ? rates_malgrupp : tally_fill_numbers;
	if (!work->counting.wanted[table]) {
		fill = tally_fill_missing;
		tally = &nothing;
		if (counters_codes(&work->measured, table, codes, arena, error) != 0 ||
			tally_init(tally, work->counting.table[table], codes, 1, arena, error) != 0)
			return NULL;
	} else if (is_monthly(table)) {
		if (counters_sum_months(counters, table, arena, error) != 0)
			return NULL;
		tally_total(tally);
	}
	return tally_cube(tally, fill, &work->population, arena, error);
}

static struct cube *make_cube(struct work *work, const struct output *output, struct arena *arena, struct error *error)
{
	struct counters *counters = &work->worker[0].counters;
	if (output->which == OUTPUT_ATOMS)
		return month_cells_cube(&counters->cells, &work->measured, output->table, arena, error);
	if (output->which == OUTPUT_INHABITANTS)
		return population_cube(&work->population, output->table, arena, error);
	if (output->which != OUTPUT_DOMINANS)
		return make_table(work, (enum malgrupp_table)output->which, arena, error);
	return dominans_cube(&counters->dominans, output->table, arena, error);
}

static int write_output(size_t item, void *context, struct error *error)
{
	struct outputs *outputs = context;
	struct output *output = &outputs->output[item];
	struct work *work = outputs->work;
	struct arena *arena = arena_new(error);
	int result = -1;
	if (arena != NULL && output->which == OUTPUT_ACCOUNT) {
		result = account_write(work->settings, work->worker[0].counters.met, output->path, arena, error);
	} else if (arena != NULL) {
		struct cube *cube = make_cube(work, output, arena, error);
		result = cube == NULL ? -1 : cube_write(cube, output->path, error);
	}
	arena_free(arena);
	return result;
}

static int add_output(struct outputs *outputs, int which, enum file_class class, const char *name, const struct table *table,
	struct error *error)
{
	struct work *work = outputs->work;
	struct output *output = &outputs->output[outputs->count++];
	*output = (struct output){ .which = which, .path = run_output(work->run, class, name, work->arena, error) };
	output->table = table != NULL || class == FILE_RECORD ? table : schema_table(name, work->arena, error);
	return output->path == NULL || (output->table == NULL && class != FILE_RECORD) ? -1 : 0;
}

static int write_tables(struct work *work, struct error *error)
{
	static const int order[MALGRUPP_TABLES] = { M06, M03, M01, M02, M04, M05, M07 };
	struct outputs outputs = { .work = work };
	if (work->counting.months && add_output(&outputs, OUTPUT_ATOMS, FILE_SUPPORT, ATOMS, NULL, error) != 0)
		return -1;
	for (size_t i = 0; i < MALGRUPP_TABLES; i++)
		if (work->wanted[order[i]] && add_output(&outputs, order[i], FILE_AGGREGATE, table_names[order[i]],
				work->counting.table[order[i]], error) != 0)
			return -1;
	if ((work->counting.wanted[M01] && add_output(&outputs, OUTPUT_DOMINANS, FILE_SUPPORT, DOMINANS, NULL, error) != 0) ||
		add_output(&outputs, OUTPUT_INHABITANTS, FILE_SUPPORT, INHABITANTS, NULL, error) != 0 ||
		(work->account && add_output(&outputs, OUTPUT_ACCOUNT, FILE_RECORD, ACCOUNT, NULL, error) != 0))
		return -1;
	make_totals(work);
	return parallel_each(outputs.count, write_output, &outputs, error);
}

static int malgrupp_work(const struct run *run, struct arena *arena, struct error *error)
{
	struct work work = { .run = run, .arena = arena, .settings = run_settings(run) };
	int result = -1;
	bool any = false;
	for (int table = 0; table < MALGRUPP_TABLES; table++)
		any = any || run_wants(run, table_names[table]);
	if (!any)
		return 0;
	parallel_set_threads(run_jobs(run));
	if (prepare(&work, error) == 0 && count_persons(&work, error) == 0)
		result = write_tables(&work, error);
	for (size_t w = 0; w < work.workers; w++)
		arena_free(work.worker[w].arena);
	for (size_t f = 0; f < PERSON_FILES; f++)
		column_close(work.file[f]);
	return result;
}

static const struct file_use reads[] = {
	{ FILE_PERSONS, "person" }, { FILE_PERSONS, "person_ar" }, { FILE_PERSONS, "panel" }, { FILE_PERSONS, "spell_fk" },
	{ FILE_PERSONS, "spell_af" }, { FILE_PERSONS, "bistand" }, { FILE_PERSONS, "kontakt" }, { FILE_PERSONS, "befolkning" },
	{ 0 },
};

static const struct file_use writes[] = {
	{ FILE_AGGREGATE, "m01_forsorjningsmatt" }, { FILE_AGGREGATE, "m02_malgrupp" }, { FILE_AGGREGATE, "m03_samtidighet" },
	{ FILE_AGGREGATE, "m04_rundgang" }, { FILE_AGGREGATE, "m05_tid_i_forsorjning" }, { FILE_AGGREGATE, "m06_manad" },
	{ FILE_AGGREGATE, "m07_floden" }, { FILE_SUPPORT, ATOMS }, { FILE_SUPPORT, DOMINANS }, { FILE_SUPPORT, INHABITANTS },
	{ FILE_RECORD, ACCOUNT }, { 0 },
};

const struct stage stage_malgrupp = {
	.name = "malgrupp",
	.summary = "target groups: sizes, overlaps between the parties and moves, m01–m07",
	.reads = reads,
	.writes = writes,
	.settings = SETTINGS(KOMMUNER) | SETTINGS(PERIOD) | SETTINGS(ALDERSGRUPPER) | SETTINGS(MALGRUPP),
	.work = malgrupp_work,
};
