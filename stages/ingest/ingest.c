/* The stage that reads, checks and types the delivery: every file of every source, all faults in one go. */
#include "stages/ingest/ingest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/maths/parallel.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/csv/csv_write.h"
#include "pipeline/table/schema/schema.h"
#include "stages/ingest/account.h"
#include "stages/ingest/delivery.h"
#include "stages/ingest/need.h"
#include "stages/ingest/refusal.h"
#include "stages/ingest/unique.h"

/* The work in hand. Faults of the delivery are added to `error` and the work goes on; what returns -1 ends it. */
struct ingest {
	const struct run *run;
	const struct settings *settings;
	struct arena *arena;
	struct error *error;
	struct csv_writer *rejected;
	struct delivered delivered[EXTRACTS];
	struct account *account; /* of all files */
	size_t accounts;
};

/* ---- what must be there ---- */

static int ready(const struct run *run, struct arena *arena, struct error *error)
{
	(void)arena;
	int result = 0;
	for (size_t i = 0; i < EXTRACTS; i++) {
		char why[NEED_TEXT];
		size_t count;
		(void)run_extracts(run, extract_names[i], &count);
		if (count == 0 && need_extract(run_settings(run), i, why))
			result = error_set(error, EXIT_NO_EXTRACT,
				i < EXTRACT_PRISLISTA ? "%s: no file of the delivery begins with '%s' and ends in .csv or .csv.gz; %s needs it"
						      : "%s: there is no %s.csv beside forbund.ini; %s needs it",
				extract_names[i], extract_names[i], why);
	}
	return result;
}

static void warn_of_missing(const struct ingest *ingest)
{
	char missing[64] = "";
	for (size_t i = 0; i <= EXTRACT_REGION; i++) {
		size_t count;
		(void)run_extracts(ingest->run, extract_names[i], &count);
		if (count == 0)
			(void)snprintf(missing + strlen(missing), sizeof missing - strlen(missing), " %s", extract_names[i]);
	}
	if (missing[0] != '\0')
		run_warn(ingest->run, "the delivery has no file of:%s; figures of those parts are empty", missing);
}

/* ---- what the files were like ---- */

/* The rules that rows break and are kept all the same. */
static void tell_warnings(const struct ingest *ingest, const struct account *account)
{
	for (size_t i = 0; i < LAYOUT_FIELDS; i++)
		for (size_t k = 0; k < REASONS; k++)
			if (account->found[i][k][1].rows > 0)
				run_warn(ingest->run, "%s: %" PRIu64 " rows kept, but column '%s': %s: %s", account->shown,
					account->found[i][k][1].rows, account->schema->field[i].name, reason_codes[k],
					account->found[i][k][1].rule);
}

/* Warns of a file without fault. */
static void tell_file(const struct ingest *ingest, const struct account *account)
{
	if (account->refused || account->faulty)
		return;
	for (size_t i = 0; i < account->messages && i < ACCOUNT_SHOWN; i++)
		run_note(ingest->run, "%s:%" PRIu64 ": %s: %s: %s", account->shown, account->wrong[i].line, account->wrong[i].column,
			account->wrong[i].code, account->wrong[i].reason);
	if (account->absent[0] != '\0')
		run_note(ingest->run, "%s: without %s: empty in every row", account->shown, account->absent);
	if (account->rejected > 0)
		run_warn(ingest->run, "%s: %" PRIu64 " of %" PRIu64 " rows rejected (%.2f %%); rejected.csv lists them",
			account->shown, account->rejected, account->read, account_share(account));
	if (account->read == 0)
		run_warn(ingest->run, "%s: no rows, only a header", account->shown);
	tell_warnings(ingest, account);
}

/* The wrong rows of the refused files, behind all faults of whole files. What there is no room for is counted. */
static void tell_rows(struct ingest *ingest)
{
	for (size_t i = 0; i < ingest->accounts; i++) {
		const struct account *account = &ingest->account[i];
		for (size_t k = 0; account->refused && k < account->messages; k++)
			account_refuse_row(account, k, ingest->error);
		if (account->refused)
			ingest->error->count += account->rejected - account->messages;
	}
}

/* The rules over all rows of a source. */
static int check_unique(struct ingest *ingest, const struct delivered *delivered)
{
	if (delivered->count == 0)
		return 0;
	const struct account *first = &delivered->account[0];
	struct unique_source source = { .extract = first->schema, .account = delivered->account, .accounts = delivered->count,
		.lines = first->extract < EXTRACT_PRISLISTA, .limits = delivery_limits(ingest->settings, first->extract) };
	source.path = delivery_path(ingest->run, first->schema, ingest->arena, ingest->error);
	source.rejected = delivery_rejected(ingest->run, first->extract, ingest->arena, ingest->error);
	return source.path == NULL || source.rejected == NULL ? -1 : unique_check(&source, ingest->rejected, ingest->arena, ingest->error);
}

/* Reads the delivery and gathers the accounts and faults of its sources in their order. */
static int read_delivery(struct ingest *ingest)
{
	int result = delivery_read(ingest->run, 0, ingest->delivered, ingest->rejected, ingest->arena, ingest->error);
	size_t files = 0;
	for (size_t i = 0; i < EXTRACTS; i++) {
		error_join(ingest->error, &ingest->delivered[i].error);
		if (result == 0)
			result = check_unique(ingest, &ingest->delivered[i]);
		files += ingest->delivered[i].count;
	}
	ingest->account = arena_take(ingest->arena, files, sizeof *ingest->account, ingest->error);
	if (ingest->account == NULL)
		return -1;
	for (size_t i = 0; i < EXTRACTS; i++)
		for (size_t k = 0; k < ingest->delivered[i].count; k++)
			ingest->account[ingest->accounts++] = ingest->delivered[i].account[k];
	for (size_t i = 0; i < ingest->accounts; i++)
		tell_file(ingest, &ingest->account[i]);
	return result;
}

/* ---- the account of the delivery ---- */

static int write_json(struct ingest *ingest)
{
	struct text text = { .arena = ingest->arena };
	const char *path = run_output(ingest->run, FILE_RECORD, "delivery.json", ingest->arena, ingest->error);
	if (path == NULL || account_json(ingest->account, ingest->accounts, &text, ingest->error) != 0)
		return -1;
	return text_save(&text, path, ingest->error);
}

/* The same as a column file, for the validation report. */
static int write_columns(struct ingest *ingest)
{
	static const struct column columns[] = { { "kalla", COLUMN_U8 }, { "fil", COLUMN_TEXT }, { "lasta", COLUMN_I64 },
		{ "behallna", COLUMN_I64 }, { "avvisade", COLUMN_I64 }, { "saknade", COLUMN_TEXT } };
	struct column_writer *writer;
	struct error *error = ingest->error;
	const char *path = run_output(ingest->run, FILE_PERSONS, "leverans", ingest->arena, error);
	if (path == NULL || column_create(&writer, path, columns, sizeof columns / sizeof *columns, error) != 0)
		return -1;
	int result = 0;
	for (size_t i = 0; i < ingest->accounts && result == 0; i++) {
		const struct account *account = &ingest->account[i];
		column_put_u8(writer, 0, (uint8_t)account->extract);
		column_put_i64(writer, 2, (int64_t)account->read);
		column_put_i64(writer, 3, (int64_t)account->kept);
		column_put_i64(writer, 4, (int64_t)account->rejected);
		if (column_put_text(writer, 1, account->shown, strlen(account->shown), error) != 0 ||
			column_put_text(writer, 5, account->absent, strlen(account->absent), error) != 0 ||
			column_end_row(writer, error) != 0)
			result = -1;
	}
	return column_finish(writer, error) == 0 ? result : -1;
}

/* The rules that rows break, by file and column: a row each. */
static int write_findings(struct ingest *ingest)
{
	static const struct column columns[] = { { "kalla", COLUMN_U8 }, { "fil", COLUMN_TEXT }, { "kolumn", COLUMN_TEXT },
		{ "kod", COLUMN_TEXT }, { "regel", COLUMN_TEXT }, { "allvar", COLUMN_U8 }, { "rader", COLUMN_I64 } };
	struct column_writer *writer;
	const char *path = run_output(ingest->run, FILE_PERSONS, "regelbrott", ingest->arena, ingest->error);
	if (path == NULL || column_create(&writer, path, columns, sizeof columns / sizeof *columns, ingest->error) != 0)
		return -1;
	int result = 0;
	for (size_t i = 0; i < ingest->accounts && result == 0; i++)
		result = account_findings(&ingest->account[i], writer, ingest->error);
	return column_finish(writer, ingest->error) == 0 ? result : -1;
}

static int open_rejected(struct ingest *ingest)
{
	static const char *const header[] = { "fil", "rad", "post", "kolumn", "kod", "orsak" };
	const char *path = run_output(ingest->run, FILE_RECORD, "rejected.csv", ingest->arena, ingest->error);
	if (path == NULL || csv_create(&ingest->rejected, path, &csv_style_machine, ingest->error) != 0)
		return -1;
	for (size_t i = 0; i < sizeof header / sizeof *header; i++)
		csv_string(ingest->rejected, header[i]);
	csv_end(ingest->rejected);
	return 0;
}

static void note_rows(const struct ingest *ingest)
{
	uint64_t read = 0, rejected = 0;
	for (size_t i = 0; i < ingest->accounts; i++) {
		read += ingest->account[i].read;
		rejected += ingest->account[i].rejected;
		run_rows(ingest->run, ingest->account[i].shown, ingest->account[i].read);
	}
	run_note(ingest->run, "%zu file%s, %" PRIu64 " rows read, %" PRIu64 " rejected", ingest->accounts, ingest->accounts == 1 ? "" : "s",
		read, rejected);
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct ingest *ingest = arena_take(arena, 1, sizeof *ingest, error);
	if (ingest == NULL)
		return -1;
	*ingest = (struct ingest){ .run = run, .settings = run_settings(run), .arena = arena, .error = error };
	parallel_set_threads(run_jobs(run));
	int result = open_rejected(ingest);
	warn_of_missing(ingest);
	if (result == 0)
		result = read_delivery(ingest);
	tell_rows(ingest);
	if (csv_finish(ingest->rejected, error) != 0 || result != 0 || write_json(ingest) != 0 || write_columns(ingest) != 0 ||
		write_findings(ingest) != 0)
		result = -1;
	else
		note_rows(ingest);
	if (error->count > 0)
		refusal_write(run, ingest->account, ingest->accounts, arena, error);
	delivery_free(ingest->delivered);
	return error->count == 0 ? result : -1;
}

static const struct file_use reads[] = {
	{ FILE_EXTRACT, "fk" }, { FILE_EXTRACT, "af" }, { FILE_EXTRACT, "kommun" }, { FILE_EXTRACT, "region" },
	{ FILE_EXTRACT, "sus" }, { FILE_EXTRACT, "volym" }, { FILE_EXTRACT, "enkat" }, { FILE_EXTRACT, "intresse" },
	{ FILE_EXTRACT, "ekonomi" }, { FILE_EXTRACT, "prislista" }, { FILE_EXTRACT, "befolkning" },
	{ FILE_EXTRACT, "publicerat" }, { FILE_EXTRACT, NULL },
};

static const struct file_use writes[] = {
	{ FILE_PERSONS, "fk" }, { FILE_PERSONS, "af" }, { FILE_PERSONS, "kommun" }, { FILE_PERSONS, "region" },
	{ FILE_PERSONS, "sus" }, { FILE_PERSONS, "volym" }, { FILE_PERSONS, "enkat_svar" }, { FILE_PERSONS, "intresse" },
	{ FILE_PERSONS, "ekonomi" }, { FILE_PERSONS, "prislista" }, { FILE_PERSONS, "befolkning" },
	{ FILE_PERSONS, "publicerat" }, { FILE_PERSONS, "leverans" }, { FILE_PERSONS, "regelbrott" }, { FILE_RECORD, "rejected.csv" },
	{ FILE_PERSONS, "avvisade_fk" }, { FILE_PERSONS, "avvisade_af" }, { FILE_PERSONS, "avvisade_kommun" },
	{ FILE_PERSONS, "avvisade_region" }, { FILE_PERSONS, "avvisade_sus" }, { FILE_PERSONS, "avvisade_volym" },
	{ FILE_PERSONS, "avvisade_enkat" }, { FILE_PERSONS, "avvisade_intresse" }, { FILE_PERSONS, "avvisade_ekonomi" },
	{ FILE_PERSONS, "avvisade_prislista" }, { FILE_PERSONS, "avvisade_befolkning" },
	{ FILE_PERSONS, "avvisade_publicerat" }, { FILE_PERSONS, "uppackat" },
	{ FILE_RECORD, "delivery.json" }, { FILE_RECORD, NULL },
};

const struct stage stage_ingest = {
	.name = "ingest",
	.summary = "reads, checks and types the delivery; refuses it or lists the rows that are wrong",
	.reads = reads,
	.writes = writes,
	.settings = SETTINGS(INSATSER) | SETTINGS(KALLA) | SETTINGS(GRANSER),
	.ready = ready,
	.work = work,
};
