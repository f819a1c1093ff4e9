/* Random small files, from a fixed seed: csv against a plain model of the same rules, any size of block, any cut into
   blocks of whole lines, and the plain cut of a line against libcsv's. */
#include "pipeline/table/csv/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv_block.h"
#include "pipeline/table/csv/csv_fields.h"
#include "tests/table/csv_dump.h"
#include "tests/table/files.h"

#define INPUTS 20000
#define LONGEST 120

/* xorshift64* (Vigna 2014). */
static uint64_t random_state;
static uint32_t random_below(uint32_t bound)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (uint32_t)((random_state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % bound;
}

static void add(char *bytes, size_t *length, const char *more, size_t more_length)
{
	if (*length + more_length <= LONGEST) {
		memcpy(bytes + *length, more, more_length);
		*length += more_length;
	}
}

/* Half of the inputs are noise; the others are tables with now and then a fault. */
static size_t make_noise(char *bytes)
{
	static const char *const piece[] = {"a", ",", ",", "\"", "\"", "\n", "\n", "\r\n", "\r", " ", "å", "€", "\"\"", ";",
		"bc", "\xE5", "\xC3"};
	size_t length = 0, pieces = random_below(24);
	uint32_t kinds = random_below(2) == 0 ? 15 : 17; /* with or without bytes that are not UTF-8 */
	for (size_t i = 0; i < pieces; i++) {
		uint32_t kind = random_below(kinds);
		add(bytes, &length, piece[kind], strlen(piece[kind]));
	}
	if (random_below(40) == 0)
		add(bytes, &length, "\0x", 2);
	return length;
}

static size_t make_table(char *bytes)
{
	static const char *const field[] = {"", "a", "1440", "k\xC3\xB6n", "\"\"", "\"x\"", "\"a,b\"", "\"a\"\"b\"", " ",
		"2018-01", "\"a\nb\"", "a\"b", "\"a\"b", "\xFF"};
	uint32_t kinds = random_below(3) == 0 ? 14 : random_below(2) == 0 ? 11 : 10;
	size_t length = 0, rows = 1 + random_below(6), width = 1 + random_below(4);
	const char *end = random_below(2) == 0 ? "\n" : "\r\n";
	if (random_below(8) == 0)
		add(bytes, &length, "\xEF\xBB\xBF", 3);
	for (size_t row = 0; row < rows; row++) {
		size_t fields = random_below(40) == 0 ? width + 1 : width;
		for (size_t i = 0; i < fields; i++) {
			const char *text = field[random_below(kinds)];
			add(bytes, &length, i == 0 ? "" : ",", i == 0 ? 0 : 1);
			add(bytes, &length, text, strlen(text));
		}
		if (row + 1 < rows || random_below(2) == 0)
			add(bytes, &length, random_below(40) == 0 ? "\r" : end, strlen(end));
	}
	return length;
}

static size_t make_input(char *bytes)
{
	return random_below(2) == 0 ? make_noise(bytes) : make_table(bytes);
}

/* The model: one byte after the other, over the whole file. */
struct model {
	const char *bytes;
	size_t length, at, fields, width;
	bool one_line;
	uint64_t line, start_line, bare_cr;
	size_t first_end; /* bytes of the first record's line end */
	struct csv_dump *dump, record; /* what is read; the record being read */
};

static void model_fault(struct model *model, const char *code, uint64_t line)
{
	char text[64];
	(void)snprintf(text, sizeof text, "!%s %" PRIu64, code, line);
	csv_dump_add(model->dump, text, strlen(text));
}

/* Bytes of the line break here: 0 is none. */
static size_t break_here(const struct model *model)
{
	const char *b = model->bytes + model->at;
	if (model->at == model->length || (*b != '\n' && *b != '\r'))
		return 0;
	return *b == '\r' && model->at + 1 < model->length && b[1] == '\n' ? 2 : 1;
}

static bool bad_here(struct model *model)
{
	size_t rest = model->length - model->at;
	bool nul = rest > 0 && model->bytes[model->at] == '\0';
	bool bad = nul || (rest > 0 && text_bad_utf8(model->bytes + model->at, rest < 4 ? rest : 4) == 0);
	if (bad)
		model_fault(model, nul ? "NUL_BYTE" : "BAD_UTF8", model->line);
	return bad;
}

/* Takes one character: in UTF-8 whole, so that none begins inside another. */
static void model_take(struct model *model)
{
	do
		csv_dump_add(&model->record, model->bytes + model->at++, 1);
	while (model->at < model->length && ((unsigned char)model->bytes[model->at] & 0xC0) == 0x80 &&
		text_bad_utf8(model->bytes + model->at - 1, 1) == 0);
}

static bool model_quoted(struct model *model)
{
	uint64_t opened = model->line;
	for (model->at++;;) {
		if (model->at == model->length) {
			model_fault(model, "UNTERMINATED_QUOTE", opened);
			return false;
		}
		if (bad_here(model))
			return false;
		size_t length = break_here(model);
		if (length > 0 && model->one_line) {
			model_fault(model, "NEWLINE_IN_QUOTES", model->line);
			return false;
		}
		if (length > 0) {
			csv_dump_add(&model->record, model->bytes + model->at, length);
			model->at += length;
			model->line++;
		} else if (model->bytes[model->at] != '"') {
			model_take(model);
		} else if (model->at + 1 < model->length && model->bytes[model->at + 1] == '"') {
			csv_dump_add(&model->record, "\"", 1);
			model->at += 2;
		} else {
			break;
		}
	}
	model->at++;
	if (bad_here(model))
		return false;
	if (model->at < model->length && break_here(model) == 0 && model->bytes[model->at] != ',') {
		model_fault(model, "TEXT_AFTER_QUOTE", model->line);
		return false;
	}
	return true;
}

static bool model_field(struct model *model)
{
	if (model->at < model->length && model->bytes[model->at] == '"')
		return model_quoted(model);
	while (model->at < model->length && break_here(model) == 0 && model->bytes[model->at] != ',') {
		if (bad_here(model))
			return false;
		if (model->bytes[model->at] == '"') {
			model_fault(model, "QUOTE_IN_UNQUOTED", model->line);
			return false;
		}
		model_take(model);
	}
	return true;
}

/* The record's end: its line break, its width, its kind of line end. */
static bool model_end(struct model *model, bool blank)
{
	size_t length = break_here(model);
	bool bare = length == 1 && model->bytes[model->at] == '\r';
	if (bare && model->one_line) {
		model_fault(model, "BARE_CR", model->line);
		return false;
	}
	bool first = model->width == 0;
	model->width = first ? model->fields : model->width;
	model->first_end = first ? length : model->first_end;
	if (model->fields != model->width) {
		model_fault(model, blank ? "BLANK_LINE" : model->fields < model->width ? "RAGGED_SHORT" : "RAGGED_LONG",
			model->start_line);
		return false;
	}
	if (model->one_line && length > 0 && length != model->first_end) {
		model_fault(model, "MIXED_EOL", model->start_line);
		return false;
	}
	if (bare && model->bare_cr == 0)
		model->bare_cr = model->line;
	model->at += length;
	model->line += length > 0;
	csv_dump_add(&model->record, "]", 1);
	csv_dump_add(model->dump, model->record.text, model->record.used);
	return true;
}

static bool model_record(struct model *model)
{
	char number[32];
	(void)snprintf(number, sizeof number, "%" PRIu64 "[", model->line);
	model->record.used = 0;
	csv_dump_add(&model->record, number, strlen(number));
	model->start_line = model->line;
	model->fields = 1;
	bool blank = break_here(model) > 0;
	while (model_field(model)) {
		if (model->at == model->length || model->bytes[model->at] != ',')
			return model_end(model, blank);
		csv_dump_add(&model->record, "|", 1);
		model->at++;
		model->fields++;
	}
	return false;
}

static void model_file(struct csv_dump *dump, const char *bytes, size_t length, bool one_line)
{
	static struct model model;
	memset(&model, 0, offsetof(struct model, record));
	model.bytes = bytes;
	model.length = length;
	model.one_line = one_line;
	model.line = 1;
	model.dump = dump;
	model.at = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	dump->used = 0;
	dump->text[0] = '\0';
	while (model.at < length)
		if (!model_record(&model))
			return;
	if (model.bare_cr > 0)
		model_fault(&model, "BARE_CR", model.bare_cr);
}

static void the_model_agrees_at_any_block_size(void **state)
{
	(void)state;
	static struct csv_dump expected, found;
	char bytes[LONGEST];
	unsigned faults = 0;
	random_state = 20180831;
	for (int i = 0; i < INPUTS; i++) {
		const struct csv_options options = {.delimiter = ',', .one_line = i % 2 == 0};
		size_t length = make_input(bytes);
		const char *path = files_write("f.csv", bytes, length);
		model_file(&expected, bytes, length, options.one_line);
		csv_dump_file(&found, path, &options, 0);
		assert_string_equal(found.text, expected.text);
		csv_dump_file(&found, path, &options, 16 + random_below(40));
		assert_string_equal(found.text, expected.text);
		faults += strchr(expected.text, '!') != NULL;
	}
	assert_in_range(faults, INPUTS / 4, 3 * INPUTS / 4); /* the inputs are neither all well nor all bad */
}

/* Reads a block into the dump; -1 at a fault. */
static int read_block(struct csv_block *block, struct csv_dump *dump)
{
	static struct error error;
	struct csv_record record;
	int result;
	error.count = 0;
	while ((result = csv_block_next(block, &record, &error)) == 1)
		csv_dump_record(dump, &record);
	if (result < 0)
		csv_dump_fault(dump, &error);
	return result;
}

/* The bytes in pieces cut behind line feeds, each by a reader of its own that is given the first record's rules. */
static void read_in_pieces(struct csv_dump *dump, const char *bytes, size_t length, const struct csv_options *options)
{
	struct csv_rules rules = csv_block_rules("f", options);
	uint64_t line = 1, number = 0;
	int result = 0;
	dump->used = 0;
	dump->text[0] = '\0';
	for (size_t from = 0, to; from < length && result == 0; from = to) {
		struct csv_block block;
		uint64_t feeds = 0;
		for (to = from; to < length && (to == from || bytes[to - 1] != '\n' || random_below(3) > 0); to++)
			feeds += bytes[to] == '\n';
		csv_block_open(&block, &rules);
		csv_block_begin(&block, bytes + from, to - from, true, line, number);
		result = read_block(&block, dump);
		rules = block.rules;
		line += feeds;
		number = block.number;
		csv_block_close(&block);
	}
}

static void an_extract_may_be_cut_at_any_line_feed(void **state)
{
	(void)state;
	static struct csv_dump expected, found;
	static const struct csv_options options = {.delimiter = ',', .one_line = true};
	char bytes[LONGEST];
	random_state = 19991231;
	for (int i = 0; i < INPUTS; i++) {
		size_t length = make_input(bytes);
		if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
			continue;
		model_file(&expected, bytes, length, true);
		read_in_pieces(&found, bytes, length, &options);
		assert_string_equal(found.text, expected.text);
	}
}

/* A file by csv_take: the header by csv_next, then parts, each read by a reader of its own. */
static void read_in_parts(struct csv_dump *dump, const char *path, const struct csv_options *options, size_t bytes)
{
	static struct error error, behind;
	struct csv *csv = NULL;
	struct csv_part part = {0};
	struct csv_record record;
	memset(&error, 0, sizeof error);
	memset(&behind, 0, sizeof behind);
	dump->used = 0;
	dump->text[0] = '\0';
	int result = csv_open_sized(&csv, path, "f", options, bytes, &error), taken = 0;
	if (result == 0 && (result = csv_next(csv, &record, &error)) == 1) {
		csv_dump_record(dump, &record);
		do {
			struct csv_block block;
			taken = csv_take(csv, &part, &behind);
			assert_true(taken != 1 || part.length > 0);
			csv_part_begin(csv, &part, &block);
			while ((result = csv_block_next(&block, &record, &error)) == 1)
				csv_dump_record(dump, &record);
			if (result == 0 && taken == 1)
				assert_int_equal(block.at, part.length);
			csv_block_close(&block);
		} while (taken == 1 && result == 0);
	}
	if (result < 0)
		csv_dump_fault(dump, &error);
	else if (taken < 0)
		csv_dump_fault(dump, &behind);
	csv_part_free(&part);
	csv_close(csv);
}

static void parts_of_any_size_are_the_whole(void **state)
{
	(void)state;
	static struct csv_dump expected, found;
	char bytes[LONGEST];
	random_state = 19530401;
	for (int i = 0; i < INPUTS / 8; i++) {
		const struct csv_options options = {.delimiter = ',', .one_line = true, .windows_1252 = i % 8 == 7};
		size_t length = make_input(bytes);
		const char *path = files_write("f.csv", bytes, length);
		csv_dump_file(&expected, path, &options, 0);
		read_in_parts(&found, path, &options, 1 + random_below(70));
		assert_string_equal(found.text, expected.text);
	}
}

static void the_plain_cut_is_libcsvs(void **state)
{
	(void)state;
	static const char letter[] = "ab,,; \t\xC3\xA5'#\\0\x01\x7F";
	static struct error error;
	struct csv_fields plain = {0}, quoted = {0};
	char line[LONGEST];
	random_state = 7;
	for (int i = 0; i < INPUTS; i++) {
		size_t length = 1 + random_below(40);
		for (size_t k = 0; k < length; k++)
			line[k] = letter[random_below(sizeof letter - 1)];
		assert_int_equal(csv_fields_cut(&plain, line, length, i % 2 == 0 ? length : sizeof line, ',', &error), 0);
		assert_int_equal(csv_fields_cut_quoted(&quoted, line, length, ',', plain.count, &error), 0);
		for (size_t k = 0; k < plain.count; k++) {
			assert_int_equal(plain.field[k].length, quoted.field[k].length);
			assert_memory_equal(plain.field[k].text, quoted.field[k].text, plain.field[k].length);
		}
	}
	csv_fields_free(&plain);
	csv_fields_free(&quoted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_model_agrees_at_any_block_size),
		cmocka_unit_test(an_extract_may_be_cut_at_any_line_feed),
		cmocka_unit_test(parts_of_any_size_are_the_whole),
		cmocka_unit_test(the_plain_cut_is_libcsvs),
	};
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
