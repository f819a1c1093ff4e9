/* The block reader: see csv_block.h. A line without quote and bare CR is cut by searching for the delimiter; any other
   record is scanned byte by byte for its end and its first fault, and cut by libcsv when it holds a quote. */
#include "pipeline/table/csv/csv_block.h"

#include <stdio.h>
#include <string.h>

struct csv_rules csv_block_rules(const char *shown, const struct csv_options *options)
{
	return (struct csv_rules){.shown = shown, .kalla = options->kalla, .delimiter = options->delimiter, .one_line = options->one_line,
		.windows_1252 = options->windows_1252,
		.field_bytes = options->one_line ? CSV_FIELD_BYTES : CSV_LONGEST_BYTES,
		.record_bytes = options->one_line ? CSV_RECORD_BYTES : CSV_LONGEST_BYTES};
}

void csv_block_open(struct csv_block *block, const struct csv_rules *rules)
{
	*block = (struct csv_block){.rules = *rules};
}

/* Offset of the next `byte` at or behind `from`; the length when there is none. */
static size_t next_of(const struct csv_span *span, size_t from, char byte)
{
	const char *found = from < span->length ? memchr(span->bytes + from, byte, span->length - from) : NULL;
	return found == NULL ? span->length : (size_t)(found - span->bytes);
}

/* Looks again only for what was passed, so that no byte is looked at twice. */
void csv_block_look_ahead(struct csv_block *block)
{
	struct csv_span *span = &block->span;
	size_t at = block->at;
	if (!block->looked) {
		span->bad = at + csv_scan_bad(span->bytes + at, span->length - at);
		block->feed = next_of(span, at, '\n');
		block->quote = next_of(span, at, '"');
		block->cr = next_of(span, at, '\r');
		block->looked = true;
	}
	if (block->feed < at)
		block->feed = next_of(span, at, '\n');
	if (block->quote < at)
		block->quote = next_of(span, at, '"');
	if (block->cr < at)
		block->cr = next_of(span, at, '\r');
}

void csv_block_begin(struct csv_block *block, const char *bytes, size_t length, bool complete, uint64_t line,
	uint64_t number)
{
	if (!complete)
		length = csv_scan_whole(bytes, length);
	const struct csv_rules *rules = &block->rules;
	block->span = (struct csv_span){.bytes = bytes, .length = length, .field_bytes = rules->field_bytes, .record_bytes = rules->record_bytes, .delimiter = rules->delimiter,
		.one_line = rules->one_line, .complete = complete};
	block->at = 0;
	block->looked = false;
	block->line = line;
	block->number = number;
}

/* `record`: the number of the one at fault. */
static int fault(const struct csv_rules *rules, const struct csv_extent *extent, uint64_t record, struct error *error)
{
	static const struct {
		const char *code, *reason;
	} text[] = {
		[CSV_CODE_BAD_UTF8] = {"BAD_UTF8", "not UTF-8; save the file as UTF-8"},
		[CSV_CODE_NUL_BYTE] = {"NUL_BYTE", "a NUL byte; the file is damaged or not text"},
		[CSV_CODE_QUOTE_IN_UNQUOTED] = {"QUOTE_IN_UNQUOTED",
			"a quote inside a field that does not begin with one; quote the field and double its quotes"},
		[CSV_CODE_TEXT_AFTER_QUOTE] = {"TEXT_AFTER_QUOTE",
			"text behind the closing quote; double a quote that belongs to the value"},
		[CSV_CODE_UNTERMINATED_QUOTE] = {"UNTERMINATED_QUOTE", "the quote opened here is never closed"},
		[CSV_CODE_NEWLINE_IN_QUOTES] = {"NEWLINE_IN_QUOTES",
			"a line break inside quotes; close the quote, or write the value on one line"},
		[CSV_CODE_BARE_CR] = {"BARE_CR", "a carriage return without line feed; end lines in LF or CRLF"},
		[CSV_CODE_FIELD_TOO_LONG] = {"FIELD_TOO_LONG", "longer than any field may be; is a quote left open?"},
		[CSV_CODE_RECORD_TOO_LONG] = {"RECORD_TOO_LONG",
			"the record is longer than any may be; is a quote left open?"},
	};
	bool renamed = extent->code == CSV_CODE_BAD_UTF8 && rules->windows_1252;
	char number[32];
	(void)snprintf(number, sizeof number, "field %zu", extent->fault_field);
	bool named = rules->name != NULL && extent->fault_field >= 1 && extent->fault_field <= rules->width;
	const struct error_place place = { .file = rules->shown, .line = extent->fault_line, .record = record,
		.column = named ? rules->name[extent->fault_field - 1] : number,
		.code = renamed ? "BAD_WINDOWS_1252" : text[extent->code].code, .code_first = true };
	if (extent->code == CSV_CODE_BAD_UTF8 && !renamed && rules->kalla != NULL)
		return error_at(error, &place, "%s, or write in forbund.ini, on two lines, '[källa %s]' and 'teckenkodning = windows-1252'",
			text[extent->code].reason, rules->kalla);
	return error_at(error, &place, "%s", renamed ? "a byte that windows-1252 does not define; is the file UTF-8?" : text[extent->code].reason);
}

int csv_block_bare_cr(const struct csv_rules *rules, uint64_t line, struct error *error)
{
	const struct error_place place = { .file = rules->shown, .line = line, .code = "BARE_CR" };
	return error_at(error, &place, "a carriage return without line feed ends a line; end lines in LF or CRLF");
}

static int ragged(const struct csv_block *block, bool blank, struct error *error)
{
	const struct csv_rules *rules = &block->rules;
	size_t fields = block->fields.count;
	const struct error_place place = { .file = rules->shown, .line = block->line, .record = block->number + 1,
		.code = blank ? "BLANK_LINE" : fields < rules->width ? "RAGGED_SHORT" : "RAGGED_LONG" };
	if (blank)
		return error_at(error, &place, "an empty line where the first record has %zu fields; delete it", rules->width);
	return error_at(error, &place, "%zu field%s where the first record has %zu", fields, fields == 1 ? "" : "s", rules->width);
}

static int mixed(const struct csv_block *block, enum csv_ending ending, struct error *error)
{
	const struct error_place place = { .file = block->rules.shown, .line = block->line, .record = block->number + 1,
		.code = "MIXED_EOL" };
	return error_at(error, &place, "the record ends in %s, the first one in %s; end all in the same way", ending == CSV_ENDING_CRLF ? "CRLF" : "LF",
		ending == CSV_ENDING_CRLF ? "LF" : "CRLF");
}

/* Holds the record that was cut against the first one, gives it out, and moves behind it. */
static int give(struct csv_block *block, const struct csv_extent *extent, struct csv_record *record,
	struct error *error)
{
	struct csv_rules *rules = &block->rules;
	if (rules->width == 0) {
		rules->width = block->fields.count;
		rules->ending = extent->ending;
		block->fields.limit = rules->width;
	}
	if (block->fields.count != rules->width) {
		block->ragged_next = extent->next;
		block->ragged_lines = extent->lines;
		return ragged(block, extent->end == block->at, error);
	}
	if (rules->one_line && extent->ending != rules->ending && extent->ending != CSV_ENDING_NONE)
		return mixed(block, extent->ending, error);
	if (extent->ending == CSV_ENDING_CR && block->cr_line == 0)
		block->cr_line = block->line + extent->lines - 1;
	*record = (struct csv_record){.line = block->line, .number = ++block->number, .fields = rules->width,
		.field = block->fields.field};
	block->at = extent->next;
	block->line += extent->lines;
	return 1;
}

/* The quick way: a line without quote, fault or CR but one before its LF. False when the record is not one. */
static bool is_plain(struct csv_block *block, struct csv_extent *extent)
{
	csv_block_look_ahead(block);
	size_t at = block->at, feed = block->feed;
	bool crlf = feed > at && block->cr == feed - 1;
	if (feed == block->span.length || block->quote < feed || block->span.bad < feed ||
		(block->cr < feed && !crlf) || feed - at > block->span.field_bytes)
		return false;
	*extent = (struct csv_extent){.end = crlf ? feed - 1 : feed, .next = feed + 1, .lines = 1,
		.ending = crlf ? CSV_ENDING_CRLF : CSV_ENDING_LF};
	return true;
}

int csv_block_next(struct csv_block *block, struct csv_record *record, struct error *error)
{
	const struct csv_span *span = &block->span;
	struct csv_extent extent;
	if (block->at == span->length)
		return 0;
	if (!is_plain(block, &extent)) {
		enum csv_scanned scanned = csv_scan_record(span, block->at, block->line, &extent);
		if (scanned == CSV_SCANNED_MORE)
			return 0;
		if (scanned == CSV_SCANNED_FAULT)
			return fault(&block->rules, &extent, block->number + 1, error);
	}
	const char *bytes = span->bytes + block->at;
	size_t length = extent.end - block->at;
	int cut = extent.quoted
		? csv_fields_cut_quoted(&block->fields, bytes, length, span->delimiter, extent.fields, error)
		: csv_fields_cut(&block->fields, bytes, length, span->length - block->at, span->delimiter, error);
	return cut != 0 ? -1 : give(block, &extent, record, error);
}

bool csv_block_pass(struct csv_block *block)
{
	if (block->ragged_next == 0)
		return false;
	block->at = block->ragged_next;
	block->line += block->ragged_lines;
	block->number++;
	block->ragged_next = 0;
	return true;
}

void csv_block_close(struct csv_block *block)
{
	csv_fields_free(&block->fields);
}
