/* Two SHA-256 at a time. The processor's instructions for it wait for one another within a message: of two messages the one's fill the
   other's waits, and both take little longer than one. */
#ifndef FINSAMSTAT_BASE_HASH_PAIR_H
#define FINSAMSTAT_BASE_HASH_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HASH_BLOCK ((size_t)64) /* bytes */

/* Whether the processor has such instructions. */
bool hash_pair_able(void);

/* Adds `blocks` blocks of each message to its hash value H (FIPS 180-4, 6.2.2). Only where the processor is able. */
void hash_pair_add(uint32_t one[8], const unsigned char *one_bytes, uint32_t other[8], const unsigned char *other_bytes, size_t blocks);

#endif
