/* The stage that reads, checks and types the delivery: every file of every source, all faults in one go. */
#include "stages/ingest/ingest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "pipeline/base/text.h"
#include "pipeline/table/column.h"
#include "pipeline/table/csv.h"
#include "pipeline/table/csv_write.h"
#include "pipeline/table/schema.h"
#include "stages/ingest/account.h"
#include "stages/ingest/layout.h"
#include "stages/ingest/need.h"
#include "stages/ingest/personnummer.h"
#include "stages/ingest/row.h"

enum { PERSONNUMMER_SHOWN = 5 }; /* fields of a file that are named; the rest is counted */

/* The work in hand. Faults of the delivery are added to `error` and the work goes on; what returns -1 ends it. */
struct ingest {
	const struct run *run;
	const struct settings *settings;
	struct arena *arena;
	struct error *error;
	struct csv_writer *rejected;
	struct account *account;
	size_t accounts, capacity;
};

/* One source being read. */
struct source_reading {
	struct reading reading;
	const struct kalla *kalla; /* NULL without a section of the settings */
	bool own_table;            /* the analyst's own: prislista, befolkning, publicerat */
	struct column_writer *writer;
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
				i < EXTRACT_PRISLISTA ? "%s: no file begins with '%s' and ends in .csv or .csv.gz; %s needs it"
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

/* ---- one row ---- */

/* Puts a rejected row on record: where and why, never a value. */
static int reject(struct ingest *ingest, struct account *account, const struct source_reading *source,
	const struct layout *layout, const struct csv_record *record, const struct row *row)
{
	const char *name = source->reading.extract->field[row->field].name;
	char line[24], number[24];
	(void)snprintf(line, sizeof line, "%" PRIu64, record->line);
	(void)snprintf(number, sizeof number, "%" PRIu64, record->number);
	const char *const fields[] = { account->shown, line, number, name, reason_codes[row->reason], row->rule };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		csv_string(ingest->rejected, fields[i]);
	csv_end(ingest->rejected);
	if (account->messages == ACCOUNT_KEPT)
		return 0;
	bool absent = layout->column[row->field] == LAYOUT_ABSENT;
	const char *message = arena_print(ingest->arena, ingest->error, "%s:%" PRIu64 ": column '%s': %s: %s%s%s%s%s",
		account->shown, record->line, name, reason_codes[row->reason], row->rule, absent ? " (no such column)" : "",
		row->nearest == NULL ? "" : "; the nearest is '", row->nearest == NULL ? "" : row->nearest,
		row->nearest == NULL ? "" : "'");
	const char **messages = message == NULL ? NULL : arena_grow(ingest->arena, account->message, account->messages,
		account->messages + 1, &account->message_room, sizeof *messages, ingest->error);
	if (messages == NULL)
		return -1;
	account->message = messages;
	account->message[account->messages++] = message;
	return 0;
}

static int keep(struct column_writer *writer, const struct extract *extract, const struct row *row,
	struct error *error)
{
	for (size_t i = 0; i < extract->fields; i++) {
		const union value *value = &row->value[i];
		switch (schema_column_type(extract->field[i].kind)) {
		case COLUMN_KEY:
			column_put_key(writer, i, value->key);
			break;
		case COLUMN_U16:
			column_put_u16(writer, i, value->code);
			break;
		case COLUMN_I32:
			column_put_i32(writer, i, value->number);
			break;
		case COLUMN_I64:
			column_put_i64(writer, i, value->ore);
			break;
		case COLUMN_F64:
			column_put_f64(writer, i, value->decimal);
			break;
		case COLUMN_TEXT:
			if (column_put_text(writer, i, value->text.text, value->text.length, error) != 0)
				return -1;
			break;
		case COLUMN_U8:
		case COLUMN_U32:
		case COLUMN_U64:
			return error_set(error, EXIT_BUG, "extract %s: a field of no type that ingest writes", extract->name);
		}
	}
	return column_end_row(writer, error);
}

static void scan_personnummer(struct ingest *ingest, struct account *account, const struct layout *layout,
	const struct csv_record *record)
{
	for (size_t i = 0; i < record->fields; i++) {
		if (!personnummer_within(record->field[i].text, record->field[i].length))
			continue;
		if (account->personnummer++ < PERSONNUMMER_SHOWN)
			(void)error_set(ingest->error, EXIT_DATA,
				"%s:%" PRIu64 ": %s: PERSONNUMMER: holds a personnummer or samordningsnummer; the delivery must be "
				"pseudonymised", account->shown, record->line, layout->name[i]);
	}
}

/* ---- one file ---- */

/* Reads the rows; with a header that is refused (`usable` false) only for personnummer. 0 also when the file breaks off
   with a fault. */
static int read_rows(struct ingest *ingest, struct account *account, struct source_reading *source,
	const struct layout *layout, bool usable, struct csv *csv)
{
	struct csv_record record;
	struct row row;
	int got;
	while ((got = csv_next(csv, &record, ingest->error)) == 1 || (got < 0 && csv_go_on(csv))) {
		if (got < 0)
			continue;
		scan_personnummer(ingest, account, layout, &record);
		if (!usable)
			continue;
		row_read(&row, &source->reading, layout, &record);
		account_row(account, &row);
		int result = row.reason == REASON_NONE ? keep(source->writer, source->reading.extract, &row, ingest->error)
						       : reject(ingest, account, source, layout, &record, &row);
		if (result != 0)
			return -1;
	}
	if (account->personnummer > PERSONNUMMER_SHOWN)
		(void)error_set(ingest->error, EXIT_DATA, "%s: %" PRIu64 " further fields hold a personnummer",
			account->shown, account->personnummer - PERSONNUMMER_SHOWN);
	return 0;
}

static int read_file(struct ingest *ingest, struct account *account, struct source_reading *source, const char *path)
{
	struct csv *csv = NULL;
	struct csv_record header;
	struct layout layout;
	int result = 0;
	const struct csv_options options = { .one_line = !source->own_table,
		.windows_1252 = source->kalla != NULL && source->kalla->windows_1252 };
	if (csv_open(&csv, path, account->shown, &options, ingest->error) != 0)
		goto done; /* the fault is recorded; the other files are still checked */
	int more = csv_next(csv, &header, ingest->error);
	if (more == 0)
		(void)error_set(ingest->error, EXIT_DATA, "%s:1: the file is empty; its first line must be the header",
			account->shown);
	if (more != 1)
		goto done;
	account->delimiter = csv_delimiter(csv);
	bool usable = layout_make(&layout, &source->reading, &header, source->kalla == NULL ? NULL : &source->kalla->ignorera,
		account->shown, ingest->arena, ingest->error) == 0;
	result = layout.name == NULL ? -1 : read_rows(ingest, account, source, &layout, usable, csv);
done:
	csv_close(csv);
	return result;
}

/* Says what the file's rows were like: refuses the delivery, or, of a file without another fault, warns. */
static void judge_file(struct ingest *ingest, struct account *account, bool own_table, bool faulty)
{
	double allowed = own_table ? 0 : ingest->settings->avvisade;
	int few = own_table ? 0 : ingest->settings->avvisade_rader;
	double share = account->read == 0 ? 0 : 100 * (double)account->rejected / (double)account->read;
	if (account_refuses(account, allowed, few)) {
		(void)error_set(ingest->error, EXIT_DATA,
			"%s: %" PRIu64 " of %" PRIu64 " rows are wrong (%.2f %%), more than the %.2f %% allowed%s",
			account->shown, account->rejected, account->read, share, 100 * allowed,
			own_table ? "" : " by [gränser] avvisade");
		account->refused = true;
		return;
	}
	if (faulty)
		return;
	for (size_t i = 0; i < account->messages && i < ACCOUNT_SHOWN; i++)
		run_note(ingest->run, "%s", account->message[i]);
	if (account->rejected > 0)
		run_warn(ingest->run, "%s: %" PRIu64 " of %" PRIu64 " rows rejected (%.2f %%); rejected.csv lists them",
			account->shown, account->rejected, account->read, share);
	if (account->read == 0)
		run_warn(ingest->run, "%s: no rows, only a header", account->shown);
	if (account->unknown_sokandekategori > 0)
		run_warn(ingest->run, "%s: %" PRIu64 " rows with a sokandekategori that is not in the code list",
			account->shown, account->unknown_sokandekategori);
	if (account->exits_without_occupation > 0)
		run_warn(ingest->run, "%s: %" PRIu64 " exited participations without sysselsattning_slut", account->shown,
			account->exits_without_occupation);
}

/* The wrong rows of the refused files, behind all faults of whole files. What there is no room for is counted. */
static void tell_rows(struct ingest *ingest)
{
	for (size_t i = 0; i < ingest->accounts; i++) {
		const struct account *account = &ingest->account[i];
		for (size_t k = 0; account->refused && k < account->messages; k++)
			(void)error_set(ingest->error, EXIT_DATA, "%s", account->message[k]);
		if (account->refused)
			ingest->error->count += account->rejected - account->messages;
	}
}

/* The next account; NULL with the error set when memory is out. */
static struct account *new_account(struct ingest *ingest, size_t extract, const char *shown)
{
	struct account *accounts = arena_grow(ingest->arena, ingest->account, ingest->accounts, ingest->accounts + 1,
		&ingest->capacity, sizeof *accounts, ingest->error);
	if (accounts == NULL)
		return NULL;
	ingest->account = accounts;
	struct account *account = &accounts[ingest->accounts++];
	*account = (struct account){ .extract = extract, .shown = shown };
	return account;
}

/* Part of a path behind the last slash. */
static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == NULL ? path : slash + 1;
}

static int read_files(struct ingest *ingest, struct source_reading *source, size_t extract)
{
	size_t count;
	const struct extract_file *files = run_extracts(ingest->run, extract_names[extract], &count);
	for (size_t i = 0; i < count; i++) {
		const char *name = file_name(files[i].shown);
		if (personnummer_within(name, strlen(name))) { /* a name that no message may repeat */
			(void)error_set(ingest->error, EXIT_DATA,
				"%s: PERSONNUMMER: the name of its file %zu of %zu holds a personnummer; rename it",
				extract_names[extract], i + 1, count);
			continue;
		}
		size_t faults = ingest->error->count;
		struct account *account = new_account(ingest, extract, files[i].shown);
		if (account == NULL || read_file(ingest, account, source, files[i].path) != 0)
			return -1;
		judge_file(ingest, account, source->own_table, ingest->error->count > faults);
	}
	return 0;
}

/* ---- one source ---- */

/* The surveys' file goes by another name: `enkat` is what link makes of it. */
static const char *output_name(const char *extract)
{
	return strcmp(extract, extract_names[EXTRACT_ENKAT]) == 0 ? "enkat_svar" : extract;
}

static int create_columns(struct ingest *ingest, struct source_reading *source)
{
	const struct extract *extract = source->reading.extract;
	struct column column[LAYOUT_FIELDS];
	for (size_t i = 0; i < extract->fields; i++)
		column[i] = (struct column){ extract->field[i].name, schema_column_type(extract->field[i].kind) };
	const char *path = run_output(ingest->run, FILE_PERSONS, output_name(extract->name), ingest->arena, ingest->error);
	return path == NULL ? -1 : column_create(&source->writer, path, column, extract->fields, ingest->error);
}

static int read_source(struct ingest *ingest, size_t extract)
{
	struct source_reading source = { .own_table = extract >= EXTRACT_PRISLISTA };
	for (size_t i = 0; i < ingest->settings->kalla_count; i++)
		if (strcasecmp(ingest->settings->kalla[i].name, extract_names[extract]) == 0)
			source.kalla = &ingest->settings->kalla[i];
	const struct extract *schema = schema_extract(extract_names[extract], ingest->arena, ingest->error);
	if (schema == NULL ||
		reading_make(&source.reading, schema, ingest->settings, ingest->arena, ingest->error) != 0 ||
		create_columns(ingest, &source) != 0)
		return -1;
	int result = read_files(ingest, &source, extract);
	if (column_finish(source.writer, ingest->error) != 0)
		result = -1;
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

/* The same as a column file, for link's validation report. */
static int write_columns(struct ingest *ingest)
{
	static const struct column columns[] = { { "kalla", COLUMN_U8 }, { "fil", COLUMN_TEXT }, { "lasta", COLUMN_I64 },
		{ "behallna", COLUMN_I64 }, { "avvisade", COLUMN_I64 }, { "orsaker", COLUMN_TEXT } };
	struct column_writer *writer;
	struct error *error = ingest->error;
	const char *path = run_output(ingest->run, FILE_PERSONS, "leverans", ingest->arena, error);
	if (path == NULL || column_create(&writer, path, columns, sizeof columns / sizeof *columns, error) != 0)
		return -1;
	int result = 0;
	for (size_t i = 0; i < ingest->accounts && result == 0; i++) {
		const struct account *account = &ingest->account[i];
		const char *reasons = account_reasons(account, ingest->arena, error);
		column_put_u8(writer, 0, (uint8_t)account->extract);
		column_put_i64(writer, 2, (int64_t)account->read);
		column_put_i64(writer, 3, (int64_t)account->kept);
		column_put_i64(writer, 4, (int64_t)account->rejected);
		if (reasons == NULL || column_put_text(writer, 1, account->shown, strlen(account->shown), error) != 0 ||
			column_put_text(writer, 5, reasons, strlen(reasons), error) != 0 ||
			column_end_row(writer, error) != 0)
			result = -1;
	}
	return column_finish(writer, error) == 0 ? result : -1;
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
	}
	run_note(ingest->run, "%zu files, %" PRIu64 " rows read, %" PRIu64 " rejected", ingest->accounts, read, rejected);
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct ingest ingest = { .run = run, .settings = run_settings(run), .arena = arena, .error = error };
	int result = open_rejected(&ingest);
	warn_of_missing(&ingest);
	for (size_t i = 0; i < EXTRACTS && result == 0; i++)
		result = read_source(&ingest, i);
	tell_rows(&ingest);
	if (csv_finish(ingest.rejected, error) != 0 || result != 0 || write_json(&ingest) != 0 ||
		write_columns(&ingest) != 0)
		return -1;
	note_rows(&ingest);
	return error->count == 0 ? 0 : -1;
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
	{ FILE_PERSONS, "publicerat" }, { FILE_PERSONS, "leverans" }, { FILE_RECORD, "rejected.csv" },
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
