/* Different texts, each with a number: what text columns hold. */
#ifndef FINSAMSTAT_TABLE_COLUMN_TEXTS_H
#define FINSAMSTAT_TABLE_COLUMN_TEXTS_H

#include <stdint.h>

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

/* A place in the hash table of texts. */
struct column_texts_slot {
	uint64_t brief; /* the text as a number where it is of a few bytes; 0: it is longer */
	uint32_t index; /* of the text; 0: free, for "" is never looked up */
};

/* Distinct texts in the order of their first use; text 0 is "". */
struct column_texts {
	struct text bytes;         /* each text with its NUL */
	uint64_t *start;           /* where each text starts in `bytes` */
	size_t count, capacity;
	struct column_texts_slot *slot;
	size_t slots;              /* a power of two, at least twice `count` */
};

/* Texts that hold "" alone and grow in the arena. -1 with the error set when memory is out. */
int column_texts_begin(struct column_texts *texts, struct arena *arena, struct error *error);

/* Number of the text, new or known. -1 with the error set when memory is out or there are 2^32. */
int column_texts_index(struct column_texts *texts, const char *text, size_t length, uint32_t *index, struct error *error);

/* Bytes of a text without its NUL; it begins at texts->bytes.bytes + texts->start[index]. */
size_t column_texts_length(const struct column_texts *texts, size_t index);

/* Forgets all but "", keeping the memory. */
void column_texts_clear(struct column_texts *texts);

#endif
