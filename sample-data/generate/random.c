// random.c: splitmix64 (Steele, Lea and Flood 2014): one addition and a mix, period 2^64.
#include "sample-data/generate/random.h"

static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

uint64_t random_hash(uint64_t a, uint64_t b)
{
	return mix(mix(a + UINT64_C(0x9e3779b97f4a7c15)) ^ b);
}

void random_seed(struct random *random, uint64_t seed, uint64_t stream)
{
	random->state = random_hash(seed, stream);
}

uint64_t random_next(struct random *random)
{
	random->state += UINT64_C(0x9e3779b97f4a7c15);
	return mix(random->state);
}

int random_below(struct random *random, int count)
{
	uint64_t high = random_next(random) >> 32;

	return (int)((high * (uint64_t)count) >> 32);
}

int random_between(struct random *random, int low, int high)
{
	return high <= low ? low : low + random_below(random, high - low + 1);
}

bool random_chance(struct random *random, int permille)
{
	return random_below(random, 1000) < permille;
}

void random_hex(struct random *random, char *out, int length)
{
	uint64_t bits = 0;

	for (int i = 0; i < length; i++) {
		if (i % 16 == 0)
			bits = random_next(random);
		out[i] = "0123456789abcdef"[bits & 15];
		bits >>= 4;
	}
	out[length] = '\0';
}
