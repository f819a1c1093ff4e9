/* The pieces of the files taken and read: see delivery_parts.h. */
#include <stdio.h>
#include <string.h>

#include "stages/ingest/delivery_parts.h"
#include "stages/ingest/personnummer.h"

#define SERIAL_ROWS 4096 /* rows of a parcel of a file that cannot be cut */

/* Opens the lane's next file and reads its header. What is wrong stands in the parcel, which then ends the file. */
static void open_file(const struct reader *reader, struct lane *lane, struct file_reading *file, struct parcel *parcel)
{
	const struct extract_file *path = &lane->path[lane->at];
	struct csv_record header;
	file->opened = true;
	file->how = (struct parcel_reading){ .shown = path->shown, .reading = &lane->reading, .layout = &file->layout,
		.columns = lane->column };
	parcel->broken = true;
	if (!delivery_may_name(path)) {
		const struct error_place place = { .file = extract_names[lane->extract], .code = "PERSONNUMMER" };
		(void)error_at(&parcel->error, &place, "the name of its file %zu of %zu holds a personnummer; rename it",
			lane->at + 1, lane->count);
		return;
	}
	file->named = true;
	if (file->csv == NULL && delivery_open(reader, lane, lane->at, &parcel->error) != 0)
		return;
	int more = csv_next(file->csv, &header, &parcel->error);
	const struct error_place first = { .file = path->shown, .line = 1, .code = "EMPTY_FILE" };
	if (more == 0)
		(void)error_at(&parcel->error, &first, "the file is empty; its first line must be the header");
	if (more != 1)
		return;
	file->delimiter = csv_delimiter(file->csv);
	file->how.usable = layout_make(&file->layout, &lane->reading, &header,
		lane->kalla == NULL ? NULL : &lane->kalla->ignorera, path->shown, lane->take_arena, &parcel->error) == 0;
	parcel->broken = file->layout.name == NULL;
	if (!parcel->broken)
		csv_name_fields(file->csv, file->layout.name);
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

int delivery_take(size_t number, size_t slot, void *context)
{
	struct reader *reader = context;
	if (number >= EXTRACTS)
		return ahead_take(reader, &reader->aheads.ahead[number - EXTRACTS]);
	struct lane *lane = &reader->lane[number];
	struct parcel *parcel = &reader->parcel[slot];
	if (lane->at == lane->count)
		return 0;
	struct file_reading *file = &lane->file[lane->at];
	parcel_clear(parcel);
	parcel->file = lane->at;
	if (!file->opened) {
		aheads_give_up(reader, file);
		open_file(reader, lane, file, parcel);
	}
	if (atomic_load(&file->stopped))
		parcel->last = true;
	else if (!parcel->broken && lane->own_table)
		take_rows(file, parcel);
	else if (!parcel->broken)
		take_piece(file, parcel);
	if (file->csv != NULL)
		hashing_add(&reader->hashing, number, parcel, file->csv);
	parcel->last = parcel->last || parcel->broken;
	lane->at += parcel->last;
	tell_read(reader, file);
	return 1;
}

int delivery_work(size_t number, size_t slot, void *context)
{
	struct reader *reader = context;
	if (number >= EXTRACTS)
		return 0;
	struct parcel *parcel = &reader->parcel[slot];
	const struct file_reading *file = &reader->lane[number].file[parcel->file];
	hashing_pairs(&reader->hashing);
	if (parcel->unread && !parcel->broken && !atomic_load(&file->stopped))
		parcel_read(parcel, &file->how, file->csv);
	return 0;
}
