/* Fuzzes the CSV reader: bytes read whole and in small blocks give the same records and the same fault; no record is as long as
   its bytes are not. The first byte chooses the options. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/table/csv_block.h"

/* Every record and the fault, folded into one number; a reader that goes on for ever is the fuzzer's to find. */
static uint64_t read_all(const struct csv_options *options, const char *bytes, size_t length, size_t step)
{
	static struct error error;
	struct csv_rules rules = csv_block_rules("f.csv", options);
	struct csv_block block;
	struct csv_record record;
	uint64_t sum = 0;
	size_t at = 0, end = length < step ? length : step;
	int got = 1;
	error.count = 0;
	if (rules.delimiter == '\0')
		rules.delimiter = ',';
	csv_block_open(&block, &rules);
	csv_block_begin(&block, bytes, end, end == length, 1, 0);
	for (;;) {
		got = csv_block_next(&block, &record, &error);
		if (got == 1) {
			sum = sum * 31 + record.line + record.fields;
			for (size_t i = 0; i < record.fields; i++)
				for (size_t k = 0; k < record.field[i].length; k++)
					sum = sum * 131 + (unsigned char)record.field[i].text[k];
			continue;
		}
		if (got < 0 || end == length)
			break;
		at += block.at; /* the unread bytes and as many more */
		uint64_t line = block.line, number = block.number;
		end = length - end < step ? length : end + step;
		csv_block_begin(&block, bytes + at, end - at, end == length, line, number);
	}
	if (got < 0) {
		unsigned long line = 0;
		(void)sscanf(error.message[0], "f.csv:%lu", &line);
		sum = sum * 31 + 7 + line;
	}
	csv_block_close(&block);
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char delimiters[] = ",;\t|";
	if (size == 0)
		return 0;
	const struct csv_options options = { .delimiter = delimiters[data[0] & 3], .one_line = (data[0] & 4) != 0 };
	char *copy = malloc(size); /* of its own size: a read behind it is seen */
	if (copy == NULL)
		return 0;
	memcpy(copy, data + 1, size - 1);
	uint64_t whole = read_all(&options, copy, size - 1, size);
	if (size < 4096 && read_all(&options, copy, size - 1, 1 + (data[0] >> 3)) != whole)
		abort();
	free(copy);
	return 0;
}
