/* What may be written to a stream for the sake of a person who watches it. */
#ifndef FINSAMSTAT_BASE_TERMINAL_H
#define FINSAMSTAT_BASE_TERMINAL_H

#include <stdbool.h>

/* Whether the open file is a terminal that understands escape sequences: not when TERM is unset, empty or "dumb". */
bool terminal_is(int file);

/* Whether colours may be used there: a terminal, and NO_COLOR is unset or empty (no-color.org). */
bool terminal_has_colours(int file);

/* Its columns, from 20; 80 when it does not tell. */
int terminal_columns(int file);

/* Goes to the beginning of the line and empties it. */
#define TERMINAL_CLEAR "\r\033[K"

#endif
