/* Where a CSV record ends and what is wrong in it: the scan that runs before any bytes become fields. */
#ifndef FINSAMSTAT_TABLE_CSV_SCAN_H
#define FINSAMSTAT_TABLE_CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum csv_code {
	CSV_CODE_NONE,
	CSV_CODE_BAD_UTF8, /* also BAD_WINDOWS_1252 */
	CSV_CODE_NUL_BYTE,
	CSV_CODE_QUOTE_IN_UNQUOTED,
	CSV_CODE_TEXT_AFTER_QUOTE,
	CSV_CODE_UNTERMINATED_QUOTE,
	CSV_CODE_NEWLINE_IN_QUOTES,
	CSV_CODE_BARE_CR,
	CSV_CODE_FIELD_TOO_LONG,
	CSV_CODE_RECORD_TOO_LONG
};

enum csv_ending { CSV_ENDING_NONE, CSV_ENDING_LF, CSV_ENDING_CRLF, CSV_ENDING_CR };

/* The bytes to scan and the rules that decide. */
struct csv_span {
	const char *bytes;
	size_t length;
	size_t bad;         /* offset of the first NUL or byte that is not UTF-8; `length` or more when there is none */
	size_t field_bytes; /* longest field, as written */
	size_t record_bytes; /* longest record, without its end */
	char delimiter;
	bool one_line; /* a line break inside quotes and a bare CR are faults; otherwise a bare CR ends a record */
	bool complete; /* nothing follows these bytes */
};

/* One record. */
struct csv_extent {
	size_t end;    /* offset behind its last byte */
	size_t next;   /* offset behind its line end */
	size_t fields; /* ≥ 1 */
	uint64_t lines; /* physical lines: LF, CRLF and bare CR end one, inside quotes too */
	bool quoted;   /* holds a quote */
	enum csv_ending ending;
	/* Of a fault: what, on which line, in which field (from 1). */
	enum csv_code code;
	uint64_t fault_line;
	size_t fault_field;
};

enum csv_scanned {
	CSV_SCANNED_ON, /* not yet: only inside the scan */
	CSV_SCANNED_RECORD,
	CSV_SCANNED_MORE,
	CSV_SCANNED_FAULT
};

/* Scans the record that begins at `start` < length on physical line `line`. CSV_SCANNED_MORE: the record does not end
   in these bytes and they are not complete. The fault is the first by position. */
enum csv_scanned csv_scan_record(const struct csv_span *span, size_t start, uint64_t line, struct csv_extent *extent);

/* Offset of the first NUL or byte that is not well-formed UTF-8; `length` if all is well. */
size_t csv_scan_bad(const char *bytes, size_t length);

/* `length` without a character that has begun at the end and not ended. */
size_t csv_scan_whole(const char *bytes, size_t length);

#endif
