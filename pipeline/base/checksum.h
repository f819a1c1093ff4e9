/* A checksum of bytes that pass by: XXH64 (Y. Collet), seed 0. It tells any change by chance, at the speed at which memory is read,
   but not one made by somebody who means it to be unnoticed. */
#ifndef FINSAMSTAT_BASE_CHECKSUM_H
#define FINSAMSTAT_BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#define CHECKSUM_STRIPE 32 /* bytes that are taken together */

struct checksum {
	uint64_t lane[CHECKSUM_STRIPE / 8];
	uint64_t length;                      /* bytes so far */
	unsigned char rest[CHECKSUM_STRIPE];  /* of the stripe that is not whole */
};

void checksum_begin(struct checksum *checksum);
void checksum_add(struct checksum *checksum, const void *bytes, size_t length);

/* The checksum of what has been added so far; more may follow. */
uint64_t checksum_value(const struct checksum *checksum);

#endif
