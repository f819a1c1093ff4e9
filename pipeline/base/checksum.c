/* XXH64: see checksum.h. The numbers are the algorithm's. */
#include "pipeline/base/checksum.h"

#include <string.h>

#define PRIME_1 UINT64_C(0x9E3779B185EBCA87)
#define PRIME_2 UINT64_C(0xC2B2AE3D27D4EB4F)
#define PRIME_3 UINT64_C(0x165667B19E3779F9)
#define PRIME_4 UINT64_C(0x85EBCA77C2B2AE63)
#define PRIME_5 UINT64_C(0x27D4EB2F165667C5)

enum { LANES = CHECKSUM_STRIPE / 8 };

static inline uint64_t rotated(uint64_t word, unsigned bits)
{
	return word << bits | word >> (64 - bits);
}

/* Little-endian, as the algorithm has it. */
static inline uint64_t eight(const unsigned char *bytes)
{
	uint64_t word;
	memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

static inline uint64_t four(const unsigned char *bytes)
{
	return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24;
}

static inline uint64_t mixed(uint64_t lane, uint64_t word)
{
	return rotated(lane + word * PRIME_2, 31) * PRIME_1;
}

static inline uint64_t joined(uint64_t value, uint64_t lane)
{
	return (value ^ mixed(0, lane)) * PRIME_1 + PRIME_4;
}

void checksum_begin(struct checksum *checksum)
{
	*checksum = (struct checksum){ .lane = { PRIME_1 + PRIME_2, PRIME_2, 0, 0 - PRIME_1 } };
}

static void add_stripes(uint64_t lane[LANES], const unsigned char *bytes, size_t stripes)
{
	uint64_t a = lane[0], b = lane[1], c = lane[2], d = lane[3];
	for (; stripes > 0; stripes--, bytes += CHECKSUM_STRIPE) {
		a = mixed(a, eight(bytes));
		b = mixed(b, eight(bytes + 8));
		c = mixed(c, eight(bytes + 16));
		d = mixed(d, eight(bytes + 24));
	}
	lane[0] = a;
	lane[1] = b;
	lane[2] = c;
	lane[3] = d;
}

void checksum_add(struct checksum *checksum, const void *bytes, size_t length)
{
	const unsigned char *next = bytes;
	size_t held = (size_t)(checksum->length % CHECKSUM_STRIPE);
	checksum->length += length;
	if (held > 0 && held + length >= CHECKSUM_STRIPE) {
		memcpy(checksum->rest + held, next, CHECKSUM_STRIPE - held);
		add_stripes(checksum->lane, checksum->rest, 1);
		next += CHECKSUM_STRIPE - held;
		length -= CHECKSUM_STRIPE - held;
		held = 0;
	}
	if (held == 0) {
		add_stripes(checksum->lane, next, length / CHECKSUM_STRIPE);
		next += length / CHECKSUM_STRIPE * CHECKSUM_STRIPE;
		length %= CHECKSUM_STRIPE;
	}
	if (length > 0)
		memcpy(checksum->rest + held, next, length);
}

uint64_t checksum_value(const struct checksum *checksum)
{
	const unsigned char *next = checksum->rest;
	size_t left = (size_t)(checksum->length % CHECKSUM_STRIPE);
	const uint64_t *lane = checksum->lane;
	uint64_t value = PRIME_5;
	if (checksum->length >= CHECKSUM_STRIPE) {
		value = rotated(lane[0], 1) + rotated(lane[1], 7) + rotated(lane[2], 12) + rotated(lane[3], 18);
		for (size_t i = 0; i < LANES; i++)
			value = joined(value, lane[i]);
	}
	value += checksum->length;
	for (; left >= 8; left -= 8, next += 8)
		value = rotated(value ^ mixed(0, eight(next)), 27) * PRIME_1 + PRIME_4;
	if (left >= 4) {
		value = rotated(value ^ four(next) * PRIME_1, 23) * PRIME_2 + PRIME_3;
		left -= 4;
		next += 4;
	}
	for (; left > 0; left--, next++)
		value = rotated(value ^ *next * PRIME_5, 11) * PRIME_1;
	value = (value ^ value >> 33) * PRIME_2;
	value = (value ^ value >> 29) * PRIME_3;
	return value ^ value >> 32;
}
