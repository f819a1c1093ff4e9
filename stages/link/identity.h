/* Keys numbered: each different key gets a dense number, and in the end its place among the sorted keys. */
#ifndef FINSAMSTAT_STAGES_LINK_IDENTITY_H
#define FINSAMSTAT_STAGES_LINK_IDENTITY_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/base/hash.h"

struct identity;

/* An empty set of keys. NULL with the error set when memory is out. Keys must be well spread (those of hash_key are). */
struct identity *identity_new(struct error *error);

/* The key's number: that of its first sight, from 0. -1 with the error set when memory is out or there are 2^32 − 2. */
int identity_add(struct identity *identity, struct key key, uint32_t *number, struct error *error);

size_t identity_count(const struct identity *identity);

/* The place of each key in the order of hash_key_compare, by number; in the arena. NULL with the error set when memory
   is out. */
uint32_t *identity_ranks(const struct identity *identity, struct arena *arena, struct error *error);

/* identity_free(NULL) is harmless. */
void identity_free(struct identity *identity);

#endif
