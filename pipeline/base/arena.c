/* Arena of malloced blocks: see arena.h. Small pieces share a block, large ones get a block of their own. */
#include "pipeline/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ARENA_BLOCK: a size of one's own. 64 makes every piece an allocation by itself, for those who look for the one that nobody checks
   or that is written beyond. */
#ifndef ARENA_BLOCK
#define ARENA_BLOCK 1 << 16
#endif
#define BLOCK_BYTES ((size_t)(ARENA_BLOCK))

struct block {
	struct block *next;
	size_t used, room;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks; /* the first is the one small pieces are cut from */
};

struct arena *arena_new(struct error *error)
{
	struct arena *arena = calloc(1, sizeof *arena);
	if (arena == NULL)
		(void)error_set(error, EXIT_IO, "out of memory");
	return arena;
}

static struct block *block_new(size_t room)
{
	if (room > SIZE_MAX - sizeof(struct block))
		return NULL;
	struct block *block = calloc(1, sizeof *block + room);
	if (block != NULL)
		block->room = room;
	return block;
}

/* A piece of at least a quarter block is put behind the current block, which stays open for small pieces. */
static void *take_large(struct arena *arena, size_t bytes)
{
	struct block *block = block_new(bytes);
	if (block == NULL)
		return NULL;
	block->used = bytes;
	if (arena->blocks == NULL) {
		arena->blocks = block;
	} else {
		block->next = arena->blocks->next;
		arena->blocks->next = block;
	}
	return block->bytes;
}

static void *take_small(struct arena *arena, size_t bytes)
{
	struct block *block = arena->blocks;
	if (block == NULL || block->room - block->used < bytes) {
		block = block_new(BLOCK_BYTES);
		if (block == NULL)
			return NULL;
		block->next = arena->blocks;
		arena->blocks = block;
	}
	void *piece = block->bytes + block->used;
	block->used += bytes;
	return piece;
}

void *arena_take(struct arena *arena, size_t count, size_t size, struct error *error)
{
	size_t bytes;
	void *piece = NULL;
	if (!__builtin_mul_overflow(count, size, &bytes) && bytes <= SIZE_MAX - alignof(max_align_t)) {
		bytes = (bytes + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
		if (bytes == 0)
			bytes = alignof(max_align_t);
		piece = bytes >= BLOCK_BYTES / 4 ? take_large(arena, bytes) : take_small(arena, bytes);
	}
	if (piece == NULL)
		(void)error_set(error, EXIT_IO, "out of memory (%zu × %zu bytes)", count, size);
	return piece;
}

char *arena_text(struct arena *arena, const char *text, size_t length, struct error *error)
{
	char *copy = arena_take(arena, length < SIZE_MAX ? length + 1 : length, 1, error); /* SIZE_MAX is refused there */
	if (copy != NULL && length > 0)
		memcpy(copy, text, length);
	return copy;
}

char *arena_print(struct arena *arena, struct error *error, const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	char *text = length < 0 ? NULL : arena_take(arena, (size_t)length + 1, 1, error);
	if (text != NULL)
		(void)vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	va_end(arguments);
	return text;
}

void *arena_grow(struct arena *arena, void *items, size_t used, size_t needed, size_t *capacity, size_t size,
	struct error *error)
{
	if (needed <= *capacity && items != NULL)
		return items;
	size_t room = *capacity < 8 ? 16 : *capacity * 2;
	if (room < needed)
		room = needed;
	void *larger = arena_take(arena, room, size, error);
	if (larger == NULL)
		return NULL;
	if (used > 0)
		memcpy(larger, items, used * size);
	*capacity = room;
	return larger;
}

void arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	for (struct block *block = arena->blocks, *next; block != NULL; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}
