/* The scan of one record: see csv_scan.h. A state machine over bytes, run where the quick way does not do: records with
   quotes, faults, bare CR, the end of a block. */
#include "pipeline/table/csv/csv_scan.h"

#include <string.h>

#include "pipeline/base/text.h"

enum state {
	FIELD_START,
	UNQUOTED,
	QUOTED,
	QUOTE_IN_QUOTED /* the closing quote, or the first of two */
};

struct scanner {
	const struct csv_span *span;
	struct csv_extent *extent;
	size_t at, start, field_start;
	uint64_t first_line, line, quote_line;
	enum state state;
};

static enum csv_scanned fault(struct scanner *scanner, enum csv_code code, uint64_t line)
{
	scanner->extent->code = code;
	scanner->extent->fault_line = line;
	scanner->extent->fault_field = scanner->extent->fields;
	return CSV_SCANNED_FAULT;
}

static enum csv_scanned record(struct scanner *scanner, size_t line_end, enum csv_ending ending)
{
	struct csv_extent *extent = scanner->extent;
	extent->end = scanner->at;
	extent->next = scanner->at + line_end;
	extent->lines = scanner->line - scanner->first_line + 1;
	extent->ending = ending;
	return CSV_SCANNED_RECORD;
}

static enum csv_scanned at_end(struct scanner *scanner)
{
	if (!scanner->span->complete)
		return CSV_SCANNED_MORE;
	if (scanner->state == QUOTED)
		return fault(scanner, CSV_CODE_UNTERMINATED_QUOTE, scanner->quote_line);
	return record(scanner, 0, CSV_ENDING_NONE);
}

/* The limits hold for the byte about to be taken into the record. */
static enum csv_scanned too_long(struct scanner *scanner)
{
	const struct csv_span *span = scanner->span;
	char c = span->bytes[scanner->at];
	bool quoted = scanner->state == QUOTED, separates = c == span->delimiter && !quoted;
	if (scanner->at - scanner->field_start >= span->field_bytes && !separates)
		return fault(scanner, CSV_CODE_FIELD_TOO_LONG, quoted ? scanner->quote_line : scanner->line);
	if (scanner->at - scanner->start >= span->record_bytes)
		return fault(scanner, CSV_CODE_RECORD_TOO_LONG, quoted ? scanner->quote_line : scanner->first_line);
	return CSV_SCANNED_ON;
}

static enum csv_scanned break_in_quotes(struct scanner *scanner, size_t length)
{
	if (scanner->span->one_line)
		return fault(scanner, CSV_CODE_NEWLINE_IN_QUOTES, scanner->line);
	if (too_long(scanner) == CSV_SCANNED_FAULT)
		return CSV_SCANNED_FAULT;
	scanner->at += length;
	scanner->line++;
	return CSV_SCANNED_ON;
}

static enum csv_scanned line_break(struct scanner *scanner)
{
	const struct csv_span *span = scanner->span;
	bool carriage_return = span->bytes[scanner->at] == '\r', last = scanner->at + 1 == span->length;
	if (carriage_return && last && !span->complete)
		return CSV_SCANNED_MORE; /* is there an LF behind it? */
	bool line_feed = !carriage_return || (!last && span->bytes[scanner->at + 1] == '\n');
	size_t length = carriage_return && line_feed ? 2 : 1;
	if (scanner->state == QUOTED)
		return break_in_quotes(scanner, length);
	if (!line_feed && span->one_line)
		return fault(scanner, CSV_CODE_BARE_CR, scanner->line);
	return record(scanner, length,
		!line_feed ? CSV_ENDING_CR : carriage_return ? CSV_ENDING_CRLF : CSV_ENDING_LF);
}

static enum csv_scanned quote(struct scanner *scanner)
{
	if (scanner->state == UNQUOTED)
		return fault(scanner, CSV_CODE_QUOTE_IN_UNQUOTED, scanner->line);
	if (scanner->state == FIELD_START)
		scanner->quote_line = scanner->line;
	scanner->state = scanner->state == QUOTED ? QUOTE_IN_QUOTED : QUOTED;
	scanner->extent->quoted = true;
	scanner->at++;
	return CSV_SCANNED_ON;
}

static enum csv_scanned take(struct scanner *scanner)
{
	const struct csv_span *span = scanner->span;
	char c = span->bytes[scanner->at];
	if (scanner->at >= span->bad)
		return fault(scanner, c == '\0' ? CSV_CODE_NUL_BYTE : CSV_CODE_BAD_UTF8, scanner->line);
	if (c == '\n' || c == '\r')
		return line_break(scanner);
	if (too_long(scanner) == CSV_SCANNED_FAULT)
		return CSV_SCANNED_FAULT;
	if (c == '"')
		return quote(scanner);
	scanner->at++;
	if (scanner->state == QUOTED)
		return CSV_SCANNED_ON;
	if (c == span->delimiter) {
		scanner->extent->fields++;
		scanner->field_start = scanner->at;
		scanner->state = FIELD_START;
		return CSV_SCANNED_ON;
	}
	if (scanner->state == QUOTE_IN_QUOTED)
		return fault(scanner, CSV_CODE_TEXT_AFTER_QUOTE, scanner->line);
	scanner->state = UNQUOTED;
	return CSV_SCANNED_ON;
}

/* Bytes up to here need no look at `bad` and the limits. */
static size_t safe_end(const struct scanner *scanner)
{
	const struct csv_span *span = scanner->span;
	size_t end = span->length < span->bad ? span->length : span->bad;
	size_t field_end = scanner->field_start + span->field_bytes, record_end = scanner->start + span->record_bytes;
	end = field_end < end ? field_end : end;
	return record_end < end ? record_end : end;
}

/* Passes the bytes that change nothing: for speed only, take() would do the same one by one. */
static void pass_ordinary(struct scanner *scanner)
{
	const char *bytes = scanner->span->bytes;
	char delimiter = scanner->span->delimiter;
	size_t at = scanner->at, end = safe_end(scanner);
	while (at < end && bytes[at] != delimiter && bytes[at] != '"' && bytes[at] != '\n' && bytes[at] != '\r')
		at++;
	if (at > scanner->at && scanner->state == FIELD_START)
		scanner->state = UNQUOTED;
	scanner->at = at;
}

enum csv_scanned csv_scan_record(const struct csv_span *span, size_t start, uint64_t line, struct csv_extent *extent)
{
	*extent = (struct csv_extent){.fields = 1};
	struct scanner scanner = {.span = span, .extent = extent, .at = start, .start = start, .field_start = start,
		.first_line = line, .line = line, .quote_line = line, .state = FIELD_START};
	enum csv_scanned scanned = CSV_SCANNED_ON;
	while (scanned == CSV_SCANNED_ON) {
		if (scanner.state != QUOTE_IN_QUOTED)
			pass_ordinary(&scanner);
		scanned = scanner.at < span->length ? take(&scanner) : at_end(&scanner);
	}
	return scanned;
}

size_t csv_scan_bad(const char *bytes, size_t length)
{
	const char *nul = length > 0 ? memchr(bytes, '\0', length) : NULL;
	size_t bad = text_bad_utf8(bytes, length);
	return nul != NULL && (size_t)(nul - bytes) < bad ? (size_t)(nul - bytes) : bad;
}

size_t csv_scan_whole(const char *bytes, size_t length)
{
	for (size_t back = 1; back <= 3 && back <= length; back++) {
		unsigned char byte = (unsigned char)bytes[length - back];
		if (byte < 0x80)
			return length;
		size_t needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
		if (byte >= 0xC0)
			return needed > back ? length - back : length;
	}
	return length;
}
