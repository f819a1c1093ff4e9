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

/* A text of 1 … 7 bytes as a number, its length the highest byte; 0 for a longer one. One of up to three bytes, as most are, is its first,
   middle and last: no branch depends on its length. */
static inline uint64_t brief_of(const char *text, size_t length)
{
	enum { FEW = 3, MOST = 7 };
	const unsigned char *bytes = (const unsigned char *)text;
	uint64_t number = (uint64_t)length << 8 * MOST;
	if (length > MOST)
		return 0;
	if (length <= FEW)
		return number | (uint64_t)bytes[0] | (uint64_t)bytes[length / 2] << 8 * (length / 2) | (uint64_t)bytes[length - 1] << 8 * (length - 1);
	for (size_t i = 0; i < length; i++)
		number |= (uint64_t)bytes[i] << 8 * i;
	return number;
}

/* The slot that holds the text, or the free one where it belongs: a brief one is told by its number, another by FNV-1a, its high half
   folded into the low one, and its bytes. */
static size_t slot_of(const struct column_texts *texts, const char *text, size_t length)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325), brief = brief_of(text, length);
	if (brief != 0) {
		size_t at = (size_t)(brief * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (texts->slots - 1);
		while (texts->slot[at].index != 0 && texts->slot[at].brief != brief)
			at = (at + 1) & (texts->slots - 1);
		return at;
	}
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	size_t at = (size_t)(hash ^ hash >> 32) & (texts->slots - 1);
	for (; texts->slot[at].index != 0; at = (at + 1) & (texts->slots - 1)) {
		uint32_t index = texts->slot[at].index;
		if (column_texts_length(texts, index) == length &&
			memcmp(texts->bytes.bytes + texts->start[index], text, length) == 0)
			break;
	}
	return at;
}

/* Puts a text into its slot, which is free. */
static void put(struct column_texts *texts, size_t at, const char *text, size_t length, size_t index)
{
	texts->slot[at] = (struct column_texts_slot){ brief_of(text, length), (uint32_t)index };
}

static int widen(struct column_texts *texts, size_t slots, struct error *error)
{
	struct column_texts_slot *slot = arena_take(texts->bytes.arena, slots, sizeof *slot, error);
	if (slot == NULL)
		return -1;
	texts->slot = slot;
	texts->slots = slots;
	for (size_t i = 1; i < texts->count; i++) {
		const char *text = texts->bytes.bytes + texts->start[i];
		size_t length = column_texts_length(texts, i);
		put(texts, slot_of(texts, text, length), text, length, i);
	}
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
	if (texts->slot[at].index == 0) {
		if (2 * texts->count >= texts->slots) {
			if (widen(texts, 2 * texts->slots, error) != 0)
				return -1;
			at = slot_of(texts, text, length);
		}
		if (append(texts, text, length, error) != 0)
			return -1;
		put(texts, at, text, length, texts->count - 1);
	}
	*index = texts->slot[at].index;
	return 0;
}

void column_texts_clear(struct column_texts *texts)
{
	if (texts->count > 1)
		memset(texts->slot, 0, texts->slots * sizeof *texts->slot);
	texts->count = 1;
	texts->bytes.length = 1;
}
