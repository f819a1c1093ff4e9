/* Numbered texts: see column_texts.h. */
#include "pipeline/table/column/column_texts.h"

#include <string.h>

/* Appends a text that is not there yet. */
static int append(struct column_texts *texts, const char *text, size_t length, struct error *error)
{
	if (texts->count > UINT32_MAX)
		return error_set(error, EXIT_DATA, "more than 2^32 different texts in one table");
	size_t at = texts->bytes.length;
	uint64_t *start = arena_grow(texts->bytes.arena, texts->start, texts->count, texts->count + 1, &texts->capacity,
		sizeof *start, error);
	if (start == NULL)
		return -1;
	texts->start = start;
	if (text_add(&texts->bytes, text, length, error) != 0 || text_add(&texts->bytes, "", 1, error) != 0)
		return -1;
	start[texts->count++] = at;
	return 0;
}

size_t column_texts_length(const struct column_texts *texts, size_t index)
{
	size_t end = index + 1 < texts->count ? texts->start[index + 1] : texts->bytes.length;
	return end - texts->start[index] - 1;
}

/* The slot that holds the text, or the free one where it belongs. FNV-1a, its high half folded into the low one. */
static size_t slot_of(const struct column_texts *texts, const char *text, size_t length)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	size_t at = (size_t)(hash ^ hash >> 32) & (texts->slots - 1);
	for (; texts->slot[at] != 0; at = (at + 1) & (texts->slots - 1)) {
		uint32_t index = texts->slot[at];
		if (column_texts_length(texts, index) == length &&
			memcmp(texts->bytes.bytes + texts->start[index], text, length) == 0)
			break;
	}
	return at;
}

static int widen(struct column_texts *texts, size_t slots, struct error *error)
{
	uint32_t *slot = arena_take(texts->bytes.arena, slots, sizeof *slot, error);
	if (slot == NULL)
		return -1;
	texts->slot = slot;
	texts->slots = slots;
	for (size_t i = 1; i < texts->count; i++)
		slot[slot_of(texts, texts->bytes.bytes + texts->start[i], column_texts_length(texts, i))] = (uint32_t)i;
	return 0;
}

int column_texts_begin(struct column_texts *texts, struct arena *arena, struct error *error)
{
	texts->bytes.arena = arena;
	return append(texts, "", 0, error) != 0 ? -1 : widen(texts, 256, error);
}

int column_texts_index(struct column_texts *texts, const char *text, size_t length, uint32_t *index, struct error *error)
{
	if (length == 0) {
		*index = 0;
		return 0;
	}
	size_t at = slot_of(texts, text, length);
	if (texts->slot[at] == 0) {
		if (2 * texts->count >= texts->slots) {
			if (widen(texts, 2 * texts->slots, error) != 0)
				return -1;
			at = slot_of(texts, text, length);
		}
		if (append(texts, text, length, error) != 0)
			return -1;
		texts->slot[at] = (uint32_t)(texts->count - 1);
	}
	*index = texts->slot[at];
	return 0;
}

void column_texts_clear(struct column_texts *texts)
{
	if (texts->count > 1)
		memset(texts->slot, 0, texts->slots * sizeof *texts->slot);
	texts->count = 1;
	texts->bytes.length = 1;
}
