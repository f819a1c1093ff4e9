/* Text: bytes that grow, UTF-8, trimming, and the nearest of some names. */
#ifndef FINSAMSTAT_BASE_TEXT_H
#define FINSAMSTAT_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"

/* Bytes that grow in an arena; always NUL-terminated once something was added. {0} plus an arena is an empty one. */
struct text {
	struct arena *arena;
	char *bytes;
	size_t length, capacity;
};

/* Each returns 0, or -1 with the error set when memory is out. */
int text_add(struct text *text, const char *bytes, size_t length, struct error *error);
int text_add_string(struct text *text, const char *string, struct error *error);
int text_add_format(struct text *text, struct error *error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds `string` with &, <, >, " and ' as character references: safe in HTML and XML text and attributes. */
int text_add_html(struct text *text, const char *string, struct error *error);

/* Adds `string` as a JSON string with its quotes (RFC 8259); a byte that is no UTF-8 becomes U+FFFD. */
int text_add_json(struct text *text, const char *string, struct error *error);

/* Writes the bytes to a new file, which must not exist (O_EXCL, O_NOFOLLOW, mode 0600 whatever the umask). -1 with the
   error set (EXIT_IO) when any part of it fails. */
int text_save(const struct text *text, const char *path, struct error *error);

/* Offset of the first byte that is not well-formed UTF-8 (no overlong forms, surrogates or > U+10FFFF); `length` if
   all is well. */
size_t text_bad_utf8(const char *bytes, size_t length);

/* Line feeds among the bytes. */
size_t text_line_feeds(const char *bytes, size_t length);

/* windows-1252 as UTF-8, in the arena; *utf8_length gets its length. The five bytes that windows-1252 leaves undefined
   give NULL with the error set (EXIT_DATA). */
char *text_from_windows_1252(struct arena *arena, const char *bytes, size_t length, size_t *utf8_length,
	struct error *error);

/* The well-formed UTF-8 as windows-1252, in the arena, NUL-terminated; U+2212 becomes '-', any other character that the code
   page lacks '?'. NULL with the error set when memory is out. */
char *text_to_windows_1252(struct arena *arena, const char *utf8, struct error *error);

/* Moves *text and *length inside spaces and tabs. */
static inline void text_trim(const char **text, size_t *length)
{
	while (*length > 0 && (**text == ' ' || **text == '\t')) {
		(*text)++;
		(*length)--;
	}
	while (*length > 0 && ((*text)[*length - 1] == ' ' || (*text)[*length - 1] == '\t'))
		(*length)--;
}

bool text_equal(const char *a, size_t a_length, const char *b); /* b NUL-terminated */
bool text_starts(const char *text, const char *prefix);
bool text_ends(const char *text, const char *suffix);

/* The candidate (of `count` NUL-terminated strings) with the smallest edit distance to `word`, the first of equals;
   NULL when count is 0 or the distance exceeds half of the longer length. Bytes, ASCII case ignored. */
const char *text_nearest(const char *word, size_t length, const char *const *candidates, size_t count);

#endif
