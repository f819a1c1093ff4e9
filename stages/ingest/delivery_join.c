/* Parcels joined to their source, and files judged: see delivery_parts.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/table/column/column.h"
#include "stages/ingest/delivery_parts.h"

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
		error_copy(error, from, i);
	}
	error->count += from->count - kept - (parcel->told - named); /* for the others there was no room */
	for (size_t i = named; i < parcel->told; i++)
		error->count += file->told++ < PARCEL_PERSONNUMMER;
	file->faults += error->count - before;
}

static const struct column rejected_columns[] = { { "fil", COLUMN_TEXT }, { "rad", COLUMN_U64 }, { "post", COLUMN_U64 },
	{ "kolumn", COLUMN_TEXT }, { "kod", COLUMN_TEXT }, { "orsak", COLUMN_TEXT } };
enum { REJECTED_COLUMNS = sizeof rejected_columns / sizeof *rejected_columns };

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
	struct wrong_row row = { .line = rejection->line, .record = rejection->number, .code = reason_codes[rejection->reason] };
	row.column = arena_print(lane->delivered->arena, error, "column '%s'", lane->reading.extract->field[rejection->field].name);
	row.reason = arena_print(lane->delivered->arena, error, "%s%s%s%s%s", rejection->rule, absent ? " (no such column)" : "",
		nearest == NULL ? "" : "; the nearest is '", nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'");
	return row.column == NULL || row.reason == NULL ? -1
		: account_keep_row(account, &row, lane->delivered->arena, error);
}

static int join_rejections(const struct reader *reader, struct lane *lane, struct file_reading *file,
	const struct parcel *parcel)
{
	struct error *error = &lane->delivered->error;
	for (size_t i = 0; i < parcel->account.rejected; i++) {
		const struct rejection *rejection = &parcel->rejection[i];
		if (lane->rejected == NULL) {
			const char *path = delivery_rejected(reader->run, lane->extract, lane->delivered->arena, error);
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
	const struct limits limits = delivery_limits(reader->settings, lane->extract);
	file->ended = true;
	atomic_store(&file->stopped, true);
	const struct error_place persons = { .file = account->shown, .code = "PERSONNUMMER" };
	if (account->personnummer > PARCEL_PERSONNUMMER)
		(void)error_at(error, &persons, "%" PRIu64 " further fields hold one", account->personnummer - PARCEL_PERSONNUMMER);
	account_judge(account, &limits, error);
	account->faulty = file->faults > 0;
}

int delivery_commit(size_t number, size_t slot, void *context)
{
	struct reader *reader = context;
	if (number >= EXTRACTS)
		return 0;
	struct lane *lane = &reader->lane[number];
	const struct parcel *parcel = &reader->parcel[slot];
	struct file_reading *file = &lane->file[parcel->file];
	int result = 0;
	hashing_finish(&reader->hashing, number, parcel);
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
	if (parcel->last)
		delivery_close(file);
	return result;
}

int delivery_write_rejected(const struct reader *reader, const struct lane *lane, struct csv_writer *rejected,
	struct arena *arena, struct error *error)
{
	struct column_file *file = NULL;
	const char *path = delivery_rejected(reader->run, lane->extract, arena, error);
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
