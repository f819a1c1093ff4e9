/* Fuzzes the CSV reader. The bytes read whole, and in blocks cut wherever the input says, give the same records and the same fault;
   the records written again with every field in quotes (libcsv cuts those, a plain search the others) are the same records. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/table/csv/csv_block.h"

static void must(bool truth)
{
	if (!truth)
		abort();
}

struct bytes {
	char *at;
	size_t used, room;
};

static void add(struct bytes *bytes, const char *more, size_t length)
{
	if (bytes->room - bytes->used < length) {
		bytes->room = 2 * (bytes->used + length);
		bytes->at = realloc(bytes->at, bytes->room);
		must(bytes->at != NULL);
	}
	if (length > 0)
		memcpy(bytes->at + bytes->used, more, length);
	bytes->used += length;
}

/* What was read: every field between signs that stand in no UTF-8, and every record's line when `lines` is set. */
static void add_record(struct bytes *read, const struct csv_record *record, bool lines)
{
	for (size_t i = 0; i < record->fields; i++) {
		add(read, "\xFF", 1);
		add(read, record->field[i].text, record->field[i].length);
	}
	add(read, "\xFE", 1);
	if (lines)
		add(read, (const char *)&record->line, sizeof record->line);
}

static void add_quoted(struct bytes *quoted, const struct csv_record *record, char delimiter)
{
	for (size_t i = 0; i < record->fields; i++) {
		if (i > 0)
			add(quoted, &delimiter, 1);
		add(quoted, "\"", 1);
		for (size_t k = 0; k < record->field[i].length; k++)
			add(quoted, record->field[i].text[k] == '"' ? "\"\"" : record->field[i].text + k, 1 + (record->field[i].text[k] == '"'));
		add(quoted, "\"", 1);
	}
	add(quoted, "\n", 1);
}

/* Reads all, in blocks whose sizes come from `cuts` (none: in one). The fault is added behind the records. */
static bool read_all(const struct csv_rules *rules, const char *bytes, size_t length, const uint8_t *cuts, size_t cut_count,
	struct bytes *read, struct bytes *quoted, bool lines)
{
	static struct error error;
	struct csv_block block;
	struct csv_record record;
	size_t at = 0, cut = 0, end = 0;
	int got = 0;
	error = (struct error){ .count = 0 };
	csv_block_open(&block, rules);
	for (uint64_t line = 1, number = 0; got == 0 && end < length;) {
		size_t step = cut_count == 0 ? length : 1U + cuts[cut++ % cut_count];
		end = length - end < step ? length : end + step;
		char *own = malloc(end - at); /* of its own size: a read behind it is seen */
		must(own != NULL);
		memcpy(own, bytes + at, end - at);
		csv_block_begin(&block, own, end - at, end == length, line, number);
		while ((got = csv_block_next(&block, &record, &error)) == 1) {
			must(record.fields >= 1 && record.number > number);
			add_record(read, &record, lines);
			if (quoted != NULL)
				add_quoted(quoted, &record, rules->delimiter);
		}
		at += block.at;
		line = block.line;
		number = block.number;
		free(own);
	}
	if (got < 0)
		add(read, error.message[0], strlen(error.message[0]));
	csv_block_close(&block);
	return got == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char delimiters[] = ",;\t|";
	enum { CUTS = 4 };
	if (size < 1 + CUTS)
		return 0;
	const struct csv_options options = { .delimiter = delimiters[data[0] & 3], .one_line = (data[0] & 4) != 0 };
	struct csv_rules rules = csv_block_rules("f.csv", &options);
	struct bytes whole = { 0 }, parts = { 0 }, quoted = { 0 }, again = { 0 };
	const char *bytes = (const char *)data + 1 + CUTS;
	size_t length = size - 1 - CUTS;
	bool good = read_all(&rules, bytes, length, NULL, 0, &whole, &quoted, true);
	must(read_all(&rules, bytes, length, data + 1, CUTS, &parts, NULL, true) == good);
	must(whole.used == parts.used && (whole.used == 0 || memcmp(whole.at, parts.at, whole.used) == 0));
	if (good) {
		parts.used = 0;
		(void)read_all(&rules, bytes, length, NULL, 0, &parts, NULL, false);
		must(read_all(&rules, quoted.at, quoted.used, NULL, 0, &again, NULL, false));
		must(again.used == parts.used && (again.used == 0 || memcmp(again.at, parts.at, again.used) == 0));
	}
	free(whole.at);
	free(parts.at);
	free(quoted.at);
	free(again.at);
	return 0;
}
