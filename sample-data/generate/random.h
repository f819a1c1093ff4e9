// random.h: the generator's own random numbers (splitmix64), the same on every machine.
#ifndef SAMPLE_RANDOM_H
#define SAMPLE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

// Starts the stream numbered `stream` of `seed`. Streams do not depend on each other: one subject may
// draw more numbers without moving the figures of another.
void random_seed(struct random *random, uint64_t seed, uint64_t stream);

uint64_t random_next(struct random *random);

// Mixes two numbers into one; the same input always gives the same output.
uint64_t random_hash(uint64_t a, uint64_t b);

// A whole number in [0, count); count at least 1.
int random_below(struct random *random, int count);

// A whole number in [low, high]; gives low when high is below it.
int random_between(struct random *random, int low, int high);

// True in `permille` of 1000 cases.
bool random_chance(struct random *random, int permille);

// `length` lower-case hexadecimal digits and a NUL.
void random_hex(struct random *random, char *out, int length);

#endif
