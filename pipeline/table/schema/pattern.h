/* The `pattern` of a schema: a small, safe part of XML Schema's regular expressions, matched without memory of its own. */
#ifndef FINSAMSTAT_TABLE_PATTERN_H
#define FINSAMSTAT_TABLE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/table/csv/csv_lines.h"

/* A pattern is ^…$ around: characters; \c for a character that has a meaning; [abc0-9] of ASCII characters; (…|…); and behind
   a character, class or group ?, *, +, {n} or {n,m} (a group: ? only, so that matching cannot take exponential time). */
bool pattern_is_valid(const char *pattern);

/* Whether the whole text matches a valid pattern. Bytes; any thread. */
bool pattern_matches(const char *pattern, const char *text, size_t length);

/* A pattern that is one class repeated, ^[…]{n,m}$, as a table: a glance at each byte. */
struct pattern_class {
	bool allowed[256];
	unsigned char ascii[16]; /* by the low half of a byte: bit h is set when the byte of that high half is allowed */
	size_t least, most;
};

/* Whether the pattern is of that kind; fills `class`. */
bool pattern_class_of(const char *pattern, struct pattern_class *class);
bool pattern_class_matches(const struct pattern_class *class, const char *text, size_t length);

/* The same for a column of lines: wrong[row] becomes 1 where it does not match, and stays what it is elsewhere. A class that allows a byte
   outside ASCII may call a text that holds one wrong. */
void pattern_class_column(const struct pattern_class *class, const struct csv_lines *lines, size_t column, uint8_t *wrong);

#endif
