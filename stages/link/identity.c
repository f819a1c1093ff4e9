/* Hash table of keys: see identity.h. Slots hold a number and 32 bits of the key, so that probing seldom touches keys; the
   keys stand in chunks that never move. */
#include "stages/link/identity.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_KEYS ((size_t)1 << 15)
#define FIRST_SLOTS ((size_t)1 << 12)
#define FREE UINT32_MAX

struct slot {
	uint32_t tag, number; /* number FREE: a free slot */
};

struct identity {
	size_t count, slots;  /* slots: a power of two, at least 4/3 of count */
	struct slot *slot;
	struct key **chunk;   /* of CHUNK_KEYS keys each */
	size_t chunks, chunk_room;
};

static struct slot *slots_new(size_t slots)
{
	struct slot *slot = slots > SIZE_MAX / sizeof *slot ? NULL : malloc(slots * sizeof *slot);
	if (slot != NULL)
		memset(slot, 0xFF, slots * sizeof *slot);
	return slot;
}

struct identity *identity_new(struct error *error)
{
	struct identity *identity = calloc(1, sizeof *identity);
	if (identity != NULL) {
		identity->slots = FIRST_SLOTS;
		identity->slot = slots_new(FIRST_SLOTS);
	}
	if (identity == NULL || identity->slot == NULL) {
		(void)error_set(error, EXIT_IO, "out of memory for the keys of persons");
		identity_free(identity);
		return NULL;
	}
	return identity;
}

static const struct key *key_of(const struct identity *identity, size_t number)
{
	return &identity->chunk[number / CHUNK_KEYS][number % CHUNK_KEYS];
}

/* The slot that holds the key, or the free one where it belongs. */
static struct slot *place(const struct identity *identity, const struct key *key)
{
	uint32_t tag = (uint32_t)key->low;
	size_t mask = identity->slots - 1, at = (size_t)key->high & mask;
	for (;; at = (at + 1) & mask) {
		struct slot *slot = &identity->slot[at];
		if (slot->number == FREE || (slot->tag == tag && hash_key_compare(key_of(identity, slot->number), key) == 0))
			return slot;
	}
}

static int widen(struct identity *identity)
{
	struct slot *narrow = identity->slot, *slot = slots_new(2 * identity->slots);
	if (slot == NULL)
		return -1;
	identity->slot = slot;
	identity->slots *= 2;
	size_t mask = identity->slots - 1;
	for (size_t number = 0; number < identity->count; number++) {
		const struct key *key = key_of(identity, number);
		size_t at = (size_t)key->high & mask;
		while (slot[at].number != FREE)
			at = (at + 1) & mask;
		slot[at] = (struct slot){ .tag = (uint32_t)key->low, .number = (uint32_t)number };
	}
	free(narrow);
	return 0;
}

/* Makes room for one more key. */
static int add_chunk(struct identity *identity)
{
	if (identity->chunks == identity->chunk_room) {
		size_t room = identity->chunk_room == 0 ? 64 : 2 * identity->chunk_room;
		struct key **chunk = realloc(identity->chunk, room * sizeof *chunk);
		if (chunk == NULL)
			return -1;
		identity->chunk = chunk;
		identity->chunk_room = room;
	}
	struct key *keys = malloc(CHUNK_KEYS * sizeof *keys);
	if (keys == NULL)
		return -1;
	identity->chunk[identity->chunks++] = keys;
	return 0;
}

int identity_add(struct identity *identity, struct key key, uint32_t *number, struct error *error)
{
	struct slot *slot = place(identity, &key);
	if (slot->number == FREE) {
		if (identity->count >= FREE - 1)
			return error_set(error, EXIT_DATA, "more than 2^32 - 2 persons");
		bool full = 4 * (identity->count + 1) > 3 * identity->slots;
		if ((identity->count == identity->chunks * CHUNK_KEYS && add_chunk(identity) != 0) ||
			(full && widen(identity) != 0))
			return error_set(error, EXIT_IO, "out of memory for the keys of persons");
		if (full)
			slot = place(identity, &key);
		identity->chunk[identity->count / CHUNK_KEYS][identity->count % CHUNK_KEYS] = key;
		*slot = (struct slot){ .tag = (uint32_t)key.low, .number = (uint32_t)identity->count };
		identity->count++;
	}
	*number = slot->number;
	return 0;
}

size_t identity_count(const struct identity *identity)
{
	return identity->count;
}

/* Sorts the few numbers of one bucket by their keys. */
static void sort_bucket(const struct identity *identity, uint32_t *order, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		uint32_t moving = order[i];
		size_t at = i;
		for (; at > 0 && hash_key_compare(key_of(identity, order[at - 1]), key_of(identity, moving)) > 0; at--)
			order[at] = order[at - 1];
		order[at] = moving;
	}
}

uint32_t *identity_ranks(const struct identity *identity, struct arena *arena, struct error *error)
{
	unsigned bits = 1; /* keys are well spread: buckets by their first bits hold about two */
	while (bits < 31 && (size_t)1 << bits < identity->count / 2)
		bits++;
	size_t buckets = (size_t)1 << bits;
	uint32_t *rank = arena_take(arena, identity->count, sizeof *rank, error);
	uint32_t *start = calloc(buckets + 1, sizeof *start);
	uint32_t *order = malloc((identity->count + 1) * sizeof *order);
	if (rank == NULL || start == NULL || order == NULL) {
		if (rank != NULL)
			(void)error_set(error, EXIT_IO, "out of memory for the order of persons");
		rank = NULL;
		goto done;
	}
	for (size_t i = 0; i < identity->count; i++)
		start[(key_of(identity, i)->high >> (64 - bits)) + 1]++;
	for (size_t i = 0; i < buckets; i++)
		start[i + 1] += start[i];
	for (size_t i = 0; i < identity->count; i++)
		order[start[key_of(identity, i)->high >> (64 - bits)]++] = (uint32_t)i;
	for (size_t i = 0, from = 0; i < buckets; from = start[i++]) /* start[i] is now the bucket's end */
		sort_bucket(identity, order + from, start[i] - from);
	for (size_t i = 0; i < identity->count; i++)
		rank[order[i]] = (uint32_t)i;
done:
	free(start);
	free(order);
	return rank;
}

void identity_free(struct identity *identity)
{
	if (identity == NULL)
		return;
	for (size_t i = 0; i < identity->chunks; i++)
		free(identity->chunk[i]);
	free(identity->chunk);
	free(identity->slot);
	free(identity);
}
