/* The files of the delivery: see delivery.h. */
#include "stages/ingest/delivery.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "pipeline/maths/lanes.h"
#include "pipeline/maths/parallel.h"
#include "pipeline/table/column/column.h"
#include "stages/ingest/delivery_parts.h"

#define PIECE_BYTES ((size_t)1 << 20)

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
	lane->own_table = delivery_own_table(lane->extract);
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
	for (size_t i = 0; i < lane->count; i++)
		lane->file[i].spool = -1;
	for (size_t i = 0; i < extract->fields; i++)
		lane->column[i] = (struct column){ extract->field[i].name, schema_column_type(extract->field[i].kind) };
	const char *path = delivery_path(reader->run, extract, arena, error);
	return path == NULL ? -1 : column_create(&lane->writer, path, lane->column, extract->fields, error);
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
		result = delivery_write_rejected(reader, lane, rejected, arena, error);
	delivered->account = arena_take(arena, lane->count, sizeof *delivered->account, error);
	for (size_t i = 0; lane->file != NULL && i < lane->count; i++) {
		struct file_reading *file = &lane->file[i];
		delivery_close(file);
		if (file->hash[0] != '\0')
			run_hash(reader->run, &lane->path[i], file->hash);
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

static int read_lanes(struct reader *reader, size_t slots, struct arena *arena, struct error *error)
{
	if (hashing_begin(&reader->hashing, EXTRACTS, arena, error) != 0)
		return -1;
	int result = aheads_begin(reader, arena, error);
	size_t lanes = EXTRACTS + reader->aheads.count;
	uint64_t *length = result != 0 ? NULL : arena_take(arena, lanes, sizeof *length, error);
	for (size_t i = 0; i < EXTRACTS && length != NULL; i++)
		length[i] = reader->lane[i].bytes >> 10;
	const struct lanes_job job = { .lanes = lanes, .slots = slots, .take = delivery_take, .work = delivery_work,
		.commit = delivery_commit, .context = reader, .length = length };
	if (result == 0) {
		result = length == NULL ? -1 : lanes_run(&job, error);
		aheads_end(reader, error);
	}
	hashing_end(&reader->hashing);
	return result;
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
		result = read_lanes(&reader, slots, arena, error);
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
