/* Memory that lives as long as its owner: taken piece by piece, given back all at once. */
#ifndef FINSAMSTAT_BASE_ARENA_H
#define FINSAMSTAT_BASE_ARENA_H

#include <stddef.h>

#include "pipeline/base/error.h"

struct arena;

/* A new empty arena. NULL when memory is out (error set, EXIT_IO). One arena belongs to one thread at a time. */
struct arena *arena_new(struct error *error);

/* Zeroed memory for `count` items of `size` bytes, aligned for any type; count·size may be 0 (a valid pointer
   is returned). NULL with the error set when memory is out or the product overflows. Freed by arena_free. */
void *arena_take(struct arena *arena, size_t count, size_t size, struct error *error);

/* A copy of `length` bytes of `text` with a NUL behind. NULL with the error set when memory is out. */
char *arena_text(struct arena *arena, const char *text, size_t length, struct error *error);

/* Formatted text. NULL with the error set when memory is out. */
char *arena_print(struct arena *arena, struct error *error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Makes room for at least `needed` items in a growing array: returns `items` while *capacity ≥ needed, else a
   copy of its first `used` items in at least twice the room (new room is zeroed) and sets *capacity.
   NULL with the error set when memory is out; the old array stays valid. */
void *arena_grow(struct arena *arena, void *items, size_t used, size_t needed, size_t *capacity, size_t size,
	struct error *error);

/* Frees everything taken from the arena. arena_free(NULL) is harmless. */
void arena_free(struct arena *arena);

#endif
