/* A checksum of bytes that pass by: XXH64 (Y. Collet), seed 0. It tells any change by chance, at the speed at which memory is read,
   but not one made by somebody who means it to be unnoticed. */
#ifndef FINSAMSTAT_BASE_CHECKSUM_H
#define FINSAMSTAT_BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#define XXH_STATIC_LINKING_ONLY /* the state's size, so that it needs no memory of its own */
#include <xxhash.h>

struct checksum {
	XXH64_state_t state;
};

void checksum_begin(struct checksum *checksum);

/* bytes may be NULL when length is 0. */
void checksum_add(struct checksum *checksum, const void *bytes, size_t length);

/* The checksum of what has been added so far; more may follow. */
uint64_t checksum_value(const struct checksum *checksum);

#endif
