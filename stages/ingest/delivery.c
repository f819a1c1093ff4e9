/* The files of the delivery: see delivery.h. A source is a lane (pipeline/maths/lanes.h): what `take` changes of it and what
   `commit` changes stand apart, for the two run beside each other. */
#include "stages/ingest/delivery.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "pipeline/maths/lanes.h"
#include "pipeline/table/column.h"
#include "stages/ingest/parcel.h"
#include "stages/ingest/personnummer.h"

#define PIECE_BYTES ((size_t)1 << 20)
#define SERIAL_ROWS 4096 /* rows of a parcel of a file that cannot be cut */

/* A file of a source. */
struct file_reading {
	struct parcel_reading how;
	struct layout layout;
	struct csv *csv;
	char delimiter;
	bool opened;
	uint64_t read;          /* bytes told as read */
	atomic_bool stopped;    /* a fault has ended it: what is still taken is for nothing */
	/* commit's */
	struct account account;
	bool named;             /* it has an account: not so when its name may not be told */
	bool ended;
	size_t told;            /* messages that name a personnummer */
	size_t faults;          /* of any kind */
};

struct lane {
	size_t extract;
	uint64_t bytes;            /* of all files: the largest source is taken first */
	const struct kalla *kalla; /* NULL without a section of the settings */
	bool own_table;            /* the analyst's own: prislista, befolkning, publicerat */
	struct reading reading;
	struct column column[LAYOUT_FIELDS];
	size_t count;
	const struct extract_file *path;
	struct file_reading *file;
	/* take's */
	struct arena *take_arena;
	size_t at;                 /* the file being taken from */
	/* commit's */
	struct column_writer *writer, *rejected; /* rejected: made with the first wrong row */
	struct delivered *delivered;
};

struct reader {
	const struct run *run;
	const struct settings *settings;
	size_t piece;
	struct lane lane[EXTRACTS];
	struct parcel *parcel;     /* by slot */
};

/* ---- taking ---- */

static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == NULL ? path : slash + 1;
}

/* Opens the lane's next file and reads its header. What is wrong stands in the parcel, which then ends the file. */
static void open_file(const struct reader *reader, struct lane *lane, struct file_reading *file, struct parcel *parcel)
{
	const struct extract_file *path = &lane->path[lane->at];
	const char *name = file_name(path->shown);
	struct csv_record header;
	file->opened = true;
	file->how = (struct parcel_reading){ .shown = path->shown, .reading = &lane->reading, .layout = &file->layout,
		.columns = lane->column };
	parcel->broken = true;
	if (personnummer_within(name, strlen(name))) { /* a name that no message may repeat */
		(void)error_set(&parcel->error, EXIT_DATA,
			"%s: PERSONNUMMER: the name of its file %zu of %zu holds a personnummer; rename it",
			extract_names[lane->extract], lane->at + 1, lane->count);
		return;
	}
	file->named = true;
	const struct csv_options options = { .one_line = !lane->own_table,
		.windows_1252 = lane->kalla != NULL && lane->kalla->windows_1252 };
	if (csv_open_sized(&file->csv, path->path, path->shown, &options, reader->piece, &parcel->error) != 0)
		return;
	int more = csv_next(file->csv, &header, &parcel->error);
	if (more == 0)
		(void)error_set(&parcel->error, EXIT_DATA, "%s:1: the file is empty; its first line must be the header",
			path->shown);
	if (more != 1)
		return;
	file->delimiter = csv_delimiter(file->csv);
	file->how.usable = layout_make(&file->layout, &lane->reading, &header,
		lane->kalla == NULL ? NULL : &lane->kalla->ignorera, path->shown, lane->take_arena, &parcel->error) == 0;
	parcel->broken = file->layout.name == NULL;
}

/* Takes the next piece of a file that may be cut; its bytes are read later. */
static void take_piece(const struct file_reading *file, struct parcel *parcel)
{
	int got = csv_take(file->csv, &parcel->part, &parcel->behind);
	size_t lines = (size_t)parcel->part.feeds + 1, most = parcel->part.length / file->layout.columns + 1;
	parcel->last = got <= 0;
	parcel->unread = true;
	if (parcel_begin(parcel, &file->how, lines < most ? lines : most) != 0)
		parcel->broken = true;
}

/* Reads the next rows of a file that may have line ends in quotes. */
static void take_rows(const struct file_reading *file, struct parcel *parcel)
{
	struct csv_record record;
	parcel->broken = parcel_begin(parcel, &file->how, SERIAL_ROWS) != 0;
	for (size_t rows = 0; rows < SERIAL_ROWS && !parcel->broken && !parcel->last; rows++) {
		int got = csv_next(file->csv, &record, &parcel->error);
		parcel->last = got == 0;
		if (got < 0)
			parcel->broken = !csv_go_on(file->csv);
		else if (got == 1)
			parcel->broken = parcel_add(parcel, &file->how, &record, true) != 0;
	}
}

/* Tells what the lane has read of its files: the bytes that are on disk, so that packed files count as what they are. */
static void tell_read(const struct reader *reader, struct file_reading *file)
{
	uint64_t read = file->csv == NULL ? 0 : csv_consumed(file->csv);
	run_advance(reader->run, read - file->read);
	file->read = read;
}

static int take(size_t number, size_t slot, void *context)
{
	struct reader *reader = context;
	struct lane *lane = &reader->lane[number];
	struct parcel *parcel = &reader->parcel[slot];
	if (lane->at == lane->count)
		return 0;
	struct file_reading *file = &lane->file[lane->at];
	parcel_clear(parcel);
	parcel->file = lane->at;
	if (!file->opened)
		open_file(reader, lane, file, parcel);
	if (atomic_load(&file->stopped))
		parcel->last = true;
	else if (!parcel->broken && lane->own_table)
		take_rows(file, parcel);
	else if (!parcel->broken)
		take_piece(file, parcel);
	parcel->last = parcel->last || parcel->broken;
	lane->at += parcel->last;
	tell_read(reader, file);
	return 1;
}

static int read_parcel(size_t number, size_t slot, void *context)
{
	struct reader *reader = context;
	struct parcel *parcel = &reader->parcel[slot];
	const struct file_reading *file = &reader->lane[number].file[parcel->file];
	if (parcel->unread && !parcel->broken && !atomic_load(&file->stopped))
		parcel_read(parcel, &file->how, file->csv);
	return 0;
}

/* ---- joining ---- */

/* The parcel's faults, but of those that name a personnummer no more than a file may have. */
static void join_faults(struct lane *lane, struct file_reading *file, const struct parcel *parcel)
{
	struct error *error = &lane->delivered->error;
	const struct error *from = &parcel->error;
	size_t before = error->count, kept = error_kept(from), named = 0;
	for (size_t i = 0; i < kept; i++) {
		named += parcel->is_personnummer[i];
		if (parcel->is_personnummer[i] && file->told++ >= PARCEL_PERSONNUMMER)
			continue;
		(void)error_set(error, from->code, "%s", from->message[i]);
	}
	error->count += from->count - kept - (parcel->told - named); /* for the others there was no room */
	for (size_t i = named; i < parcel->told; i++)
		error->count += file->told++ < PARCEL_PERSONNUMMER;
	file->faults += error->count - before;
}

static const struct column rejected_columns[] = { { "fil", COLUMN_TEXT }, { "rad", COLUMN_U64 }, { "post", COLUMN_U64 },
	{ "kolumn", COLUMN_TEXT }, { "kod", COLUMN_TEXT }, { "orsak", COLUMN_TEXT } };
enum { REJECTED_COLUMNS = sizeof rejected_columns / sizeof *rejected_columns };

static const char *rejected_path(const struct reader *reader, const struct lane *lane, struct arena *arena,
	struct error *error)
{
	const char *name = arena_print(arena, error, "avvisade_%s", extract_names[lane->extract]);
	return name == NULL ? NULL : run_output(reader->run, FILE_PERSONS, name, arena, error);
}

static int put_text(struct lane *lane, size_t column, const char *text)
{
	return column_put_text(lane->rejected, column, text, strlen(text), &lane->delivered->error);
}

/* Keeps the message of a wrong row, for when the file is judged. */
static int keep_message(struct lane *lane, struct file_reading *file, const struct rejection *rejection)
{
	struct account *account = &file->account;
	struct error *error = &lane->delivered->error;
	if (account->messages == ACCOUNT_KEPT)
		return 0;
	bool absent = file->layout.column[rejection->field] == LAYOUT_ABSENT;
	const char *nearest = rejection->nearest;
	const char *message = arena_print(lane->delivered->arena, error, "%s:%" PRIu64 ": column '%s': %s: %s%s%s%s%s",
		account->shown, rejection->line, lane->reading.extract->field[rejection->field].name,
		reason_codes[rejection->reason], rejection->rule, absent ? " (no such column)" : "",
		nearest == NULL ? "" : "; the nearest is '", nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'");
	const char **messages = message == NULL ? NULL : arena_grow(lane->delivered->arena, account->message, account->messages,
		account->messages + 1, &account->message_room, sizeof *messages, error);
	if (messages == NULL)
		return -1;
	account->message = messages;
	account->message[account->messages++] = message;
	return 0;
}

static int join_rejections(const struct reader *reader, struct lane *lane, struct file_reading *file,
	const struct parcel *parcel)
{
	struct error *error = &lane->delivered->error;
	for (size_t i = 0; i < parcel->account.rejected; i++) {
		const struct rejection *rejection = &parcel->rejection[i];
		if (lane->rejected == NULL) {
			const char *path = rejected_path(reader, lane, lane->delivered->arena, error);
			if (path == NULL || column_create(&lane->rejected, path, rejected_columns, REJECTED_COLUMNS, error) != 0)
				return -1;
		}
		column_put_u64(lane->rejected, 1, rejection->line);
		column_put_u64(lane->rejected, 2, rejection->number);
		if (put_text(lane, 0, file->account.shown) != 0 ||
			put_text(lane, 3, lane->reading.extract->field[rejection->field].name) != 0 ||
			put_text(lane, 4, reason_codes[rejection->reason]) != 0 || put_text(lane, 5, rejection->rule) != 0 ||
			column_end_row(lane->rejected, error) != 0 || keep_message(lane, file, rejection) != 0)
			return -1;
	}
	return 0;
}

/* Says what the whole file was like, where that refuses the delivery. */
static void end_file(const struct reader *reader, struct lane *lane, struct file_reading *file)
{
	struct account *account = &file->account;
	struct error *error = &lane->delivered->error;
	double allowed = lane->own_table ? 0 : reader->settings->avvisade;
	int few = lane->own_table ? 0 : reader->settings->avvisade_rader;
	file->ended = true;
	atomic_store(&file->stopped, true);
	if (account->personnummer > PARCEL_PERSONNUMMER)
		(void)error_set(error, EXIT_DATA, "%s: %" PRIu64 " further fields hold a personnummer", account->shown,
			account->personnummer - PARCEL_PERSONNUMMER);
	if (account->refusing > 0) {
		(void)error_set(error, EXIT_DATA, "%s: %" PRIu64 " of %" PRIu64 " rows are wrong in a way that refuses the delivery "
			"however few they are", account->shown, account->refusing, account->read);
		account->refused = true;
	} else if (account_refuses(account, allowed, few)) {
		(void)error_set(error, EXIT_DATA,
			"%s: %" PRIu64 " of %" PRIu64 " rows are wrong (%.2f %%), more than the %.2f %% allowed%s",
			account->shown, account->rejected, account->read, account_share(account), 100 * allowed,
			lane->own_table ? "" : " by [gränser] avvisade");
		account->refused = true;
	}
	account->faulty = file->faults > 0;
}

static int commit(size_t number, size_t slot, void *context)
{
	struct reader *reader = context;
	struct lane *lane = &reader->lane[number];
	const struct parcel *parcel = &reader->parcel[slot];
	struct file_reading *file = &lane->file[parcel->file];
	int result = 0;
	if (!file->ended) {
		file->account.extract = lane->extract;
		file->account.schema = lane->reading.extract;
		if (file->account.absent == NULL && file->layout.absent != NULL) /* what take owns ends with the lane */
			file->account.absent = arena_text(lane->delivered->arena, file->layout.absent, strlen(file->layout.absent),
				&lane->delivered->error);
		file->account.shown = file->how.shown;
		file->account.delimiter = file->delimiter;
		join_faults(lane, file, parcel);
		account_join(&file->account, &parcel->account);
		if (join_rejections(reader, lane, file, parcel) != 0 ||
			(parcel->rows.rows > 0 && column_append(lane->writer, &parcel->rows, &lane->delivered->error) != 0))
			result = -1;
		if (parcel->broken || parcel->last)
			end_file(reader, lane, file);
	}
	if (parcel->last) {
		csv_close(file->csv);
		file->csv = NULL;
	}
	return result;
}

/* ---- all of it ---- */

/* The surveys' file goes by another name: `enkat` is what link makes of it. */
const char *delivery_path(const struct run *run, const struct extract *extract, struct arena *arena, struct error *error)
{
	const char *name = strcmp(extract->name, extract_names[EXTRACT_ENKAT]) == 0 ? "enkat_svar" : extract->name;
	return run_output(run, FILE_PERSONS, name, arena, error);
}

static uint64_t size_of(const struct extract_file *files, size_t count)
{
	uint64_t bytes = 0;
	struct stat state;
	for (size_t i = 0; i < count; i++)
		if (stat(files[i].path, &state) == 0)
			bytes += (uint64_t)state.st_size;
	return bytes;
}

static int open_lane(const struct reader *reader, struct lane *lane, struct arena *arena, struct error *error)
{
	const char *name = extract_names[lane->extract];
	lane->own_table = lane->extract >= EXTRACT_PRISLISTA;
	lane->path = run_extracts(reader->run, name, &lane->count);
	lane->bytes = size_of(lane->path, lane->count);
	for (size_t i = 0; i < reader->settings->kalla_count; i++)
		if (strcasecmp(reader->settings->kalla[i].name, name) == 0)
			lane->kalla = &reader->settings->kalla[i];
	const struct extract *extract = schema_extract(name, arena, error);
	lane->take_arena = arena_new(error);
	lane->delivered->arena = arena_new(error);
	lane->file = arena_take(arena, lane->count, sizeof *lane->file, error);
	if (extract == NULL || lane->take_arena == NULL || lane->delivered->arena == NULL || lane->file == NULL ||
		reading_make(&lane->reading, extract, reader->settings, arena, error) != 0)
		return -1;
	for (size_t i = 0; i < extract->fields; i++)
		lane->column[i] = (struct column){ extract->field[i].name, schema_column_type(extract->field[i].kind) };
	const char *path = delivery_path(reader->run, extract, arena, error);
	return path == NULL ? -1 : column_create(&lane->writer, path, lane->column, extract->fields, error);
}

/* The wrong rows of a source, from its column file into rejected.csv. */
static int write_rejected(const struct reader *reader, const struct lane *lane, struct csv_writer *rejected,
	struct arena *arena, struct error *error)
{
	struct column_file *file = NULL;
	const char *path = rejected_path(reader, lane, arena, error);
	size_t column[REJECTED_COLUMNS];
	int result = path == NULL || column_open(&file, path, error) != 0 ? -1 : 0;
	for (size_t i = 0; i < REJECTED_COLUMNS && result == 0; i++)
		result = column_find(file, rejected_columns[i].name, rejected_columns[i].type, &column[i], error);
	for (size_t block = 0; result == 0 && block < column_blocks(file); block++)
		for (size_t row = 0; row < column_block_rows(file, block); row++) {
			for (size_t i = 0; i < REJECTED_COLUMNS; i++) {
				char number[24];
				const void *values = column_values(file, column[i], block);
				(void)snprintf(number, sizeof number, "%" PRIu64,
					rejected_columns[i].type == COLUMN_U64 ? ((const uint64_t *)values)[row] : 0);
				csv_string(rejected, rejected_columns[i].type == COLUMN_U64
						? number : column_text(file, ((const uint32_t *)values)[row]));
			}
			csv_end(rejected);
		}
	column_close(file);
	return result;
}

/* Closes what the lane holds and hands its accounts over. */
static int close_lane(const struct reader *reader, struct lane *lane, struct csv_writer *rejected, struct arena *arena,
	struct error *error)
{
	bool any = lane->rejected != NULL;
	struct delivered *delivered = lane->delivered;
	int result = column_finish(lane->writer, error);
	if (column_finish(lane->rejected, error) != 0)
		result = -1;
	if (any && result == 0)
		result = write_rejected(reader, lane, rejected, arena, error);
	delivered->account = arena_take(arena, lane->count, sizeof *delivered->account, error);
	for (size_t i = 0; lane->file != NULL && i < lane->count; i++) {
		struct file_reading *file = &lane->file[i];
		csv_close(file->csv);
		if (file->account.absent == NULL)
			file->account.absent = "";
		if (file->named && delivered->account != NULL)
			delivered->account[delivered->count++] = file->account;
	}
	arena_free(lane->take_arena);
	return delivered->account == NULL ? -1 : result;
}

static int compare_lanes(const void *a, const void *b)
{
	const struct lane *left = a, *right = b;
	if (left->bytes != right->bytes)
		return left->bytes > right->bytes ? -1 : 1;
	return left->extract < right->extract ? -1 : 1;
}

static int compare_extracts(const void *a, const void *b)
{
	const struct lane *left = a, *right = b;
	return left->extract < right->extract ? -1 : 1;
}

static void expect_bytes(const struct reader *reader)
{
	uint64_t bytes = 0;
	for (size_t i = 0; i < EXTRACTS; i++)
		bytes += reader->lane[i].bytes;
	run_expect(reader->run, PROGRESS_BYTES, bytes);
}

void delivery_free(struct delivered delivered[EXTRACTS])
{
	for (size_t i = 0; i < EXTRACTS; i++)
		arena_free(delivered[i].arena);
}

int delivery_read(const struct run *run, size_t piece, struct delivered delivered[EXTRACTS], struct csv_writer *rejected,
	struct arena *arena, struct error *error)
{
	size_t slots = lanes_slots();
	struct reader reader = { .run = run, .settings = run_settings(run), .piece = piece == 0 ? PIECE_BYTES : piece };
	reader.parcel = calloc(slots, sizeof *reader.parcel);
	int result = reader.parcel == NULL ? error_set(error, EXIT_IO, "out of memory to read the delivery") : 0;
	for (size_t i = 0; i < EXTRACTS && result == 0; i++) {
		reader.lane[i].extract = i;
		reader.lane[i].delivered = &delivered[i];
		result = open_lane(&reader, &reader.lane[i], arena, error);
	}
	if (result == 0) {
		expect_bytes(&reader);
		qsort(reader.lane, EXTRACTS, sizeof *reader.lane, compare_lanes);
		const struct lanes_job job = { .lanes = EXTRACTS, .slots = slots, .take = take, .work = read_parcel,
			.commit = commit, .context = &reader };
		result = lanes_run(&job);
		qsort(reader.lane, EXTRACTS, sizeof *reader.lane, compare_extracts);
	}
	for (size_t i = 0; i < EXTRACTS; i++)
		if (reader.lane[i].delivered != NULL && close_lane(&reader, &reader.lane[i], rejected, arena, error) != 0)
			result = -1;
	for (size_t i = 0; reader.parcel != NULL && i < slots; i++)
		parcel_free(&reader.parcel[i]);
	free(reader.parcel);
	return result;
}
