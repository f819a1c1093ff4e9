/* Text on a terminal of so many columns. */
#ifndef FINSAMSTAT_COMMANDS_SHOW_WRAPPED_H
#define FINSAMSTAT_COMMANDS_SHOW_WRAPPED_H

#include <stddef.h>
#include <stdio.h>

#define SHOW_WIDTH 80 /* columns of a terminal */

/* Columns that a UTF-8 text of `length` bytes takes: every character one. */
size_t show_columns(const char *text, size_t length);

/* Prints the text from column `at` on, broken at spaces where a line would be wider than `width` (a longer word stands on a
   line of its own and is not cut); the lines after the first begin at column `indent`. Returns the columns of the last
   line. */
size_t show_wrapped(FILE *out, const char *text, size_t length, size_t at, size_t indent, size_t width);

#endif
