// large.h: a delivery of any size for benchmarks.
#ifndef SAMPLE_LARGE_H
#define SAMPLE_LARGE_H

#include <stdint.h>

struct large {
	uint64_t persons;      // 1 to 10^9; about twelve rows each
	uint64_t seed;
	int kommuner;          // 5 to 290
	int years;             // 1 to 20, the last of them 2020, which is the period
	int insatser;          // 0 to 50
};

// Writes a whole förbund folder: settings, reference files, the four extracts and, with insatser, sus and
// ekonomi. Returns 0, or -1 when a file could not be written.
int large_write(const struct large *large, const char *dir);

#endif
