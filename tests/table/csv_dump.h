/* What a CSV file reads as, in one line of text: `1[pid|kon]2[a|K]!RAGGED_SHORT 3`, the number before a record being the
   line on which it begins. */
#ifndef FINSAMSTAT_TESTS_TABLE_CSV_DUMP_H
#define FINSAMSTAT_TESTS_TABLE_CSV_DUMP_H

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/table/csv/csv.h"

#define CSV_DUMP_ROOM 4096

struct csv_dump {
	size_t used;
	char text[CSV_DUMP_ROOM];
};

static inline void csv_dump_add(struct csv_dump *dump, const char *bytes, size_t length)
{
	size_t room = CSV_DUMP_ROOM - 1 - dump->used, part = length < room ? length : room;
	memcpy(dump->text + dump->used, bytes, part);
	dump->used += part;
	dump->text[dump->used] = '\0';
}

static inline void csv_dump_record(struct csv_dump *dump, const struct csv_record *record)
{
	char line[32];
	(void)snprintf(line, sizeof line, "%" PRIu64, record->line);
	csv_dump_add(dump, line, strlen(line));
	for (size_t i = 0; i < record->fields; i++) {
		csv_dump_add(dump, i == 0 ? "[" : "|", 1);
		csv_dump_add(dump, record->field[i].text, record->field[i].length);
	}
	csv_dump_add(dump, "]", 1);
}

/* The code and line of a message `f:LINE: CODE: …`; the whole message when it is another one. */
static inline void csv_dump_fault(struct csv_dump *dump, const struct error *error)
{
	char code[64], fault[ERROR_LENGTH + 1];
	uint64_t line = 0;
	if (error->count == 1 && sscanf(error->message[0], "f:%" SCNu64 ": %63[A-Z0-9_]: ", &line, code) == 2)
		(void)snprintf(fault, sizeof fault, "!%s %" PRIu64, code, line);
	else
		(void)snprintf(fault, sizeof fault, "!%s", error->message[0]);
	csv_dump_add(dump, fault, strlen(fault));
}

/* Reads the file with blocks of so many bytes (0: as the program does). */
static inline void csv_dump_file(struct csv_dump *dump, const char *path, const struct csv_options *options,
	size_t block_bytes)
{
	static struct error error;
	struct csv *csv = NULL;
	struct csv_record record;
	uint64_t number = 0;
	error.count = 0;
	error.code = EXIT_DONE;
	dump->used = 0;
	dump->text[0] = '\0';
	int result = block_bytes == 0 ? csv_open(&csv, path, "f", options, &error)
				      : csv_open_sized(&csv, path, "f", options, block_bytes, &error);
	if (result == 0)
		while ((result = csv_next(csv, &record, &error)) == 1) {
			csv_dump_record(dump, &record);
			if (record.number != ++number)
				csv_dump_add(dump, "?", 1);
		}
	if (result != 0)
		csv_dump_fault(dump, &error);
	csv_close(csv);
}

#endif
