/* Reproducible random numbers: a stream for each replicate, fixed by the seed and the replicate's number alone. */
#include "pipeline/maths/random.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "pipeline/maths/beta.h"
#include "pipeline/maths/maths.h"

/* The multipliers and the key's Weyl increments of the paper's table 2 and section 3.3. */
#define MULTIPLIER_0 UINT32_C(0xD2511F53)
#define MULTIPLIER_1 UINT32_C(0xCD9E8D57)
#define INCREMENT_0 UINT32_C(0x9E3779B9) /* the golden ratio */
#define INCREMENT_1 UINT32_C(0xBB67AE85) /* √3 − 1 */

enum { ROUNDS = 10 };

static uint32_t low_word(uint64_t x)
{
	return (uint32_t)(x & UINT32_MAX);
}

static uint32_t high_word(uint64_t x)
{
	return (uint32_t)(x >> 32);
}

void random_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
	uint32_t c0 = counter[0];
	uint32_t c1 = counter[1];
	uint32_t c2 = counter[2];
	uint32_t c3 = counter[3];
	uint32_t k0 = key[0];
	uint32_t k1 = key[1];
	for (int round = 0; round < ROUNDS; round++) {
		uint64_t first = (uint64_t)c0 * MULTIPLIER_0;
		uint64_t second = (uint64_t)c2 * MULTIPLIER_1;
		c0 = high_word(second) ^ c1 ^ k0;
		c1 = low_word(second);
		c2 = high_word(first) ^ c3 ^ k1;
		c3 = low_word(first);
		k0 += INCREMENT_0;
		k1 += INCREMENT_1;
	}
	out[0] = c0;
	out[1] = c1;
	out[2] = c2;
	out[3] = c3;
}

void random_start(struct random_stream *stream, uint64_t seed, uint64_t replicate)
{
	*stream = (struct random_stream){
		.key = {low_word(seed), high_word(seed)},
		.counter = {0, 0, low_word(replicate), high_word(replicate)},
	};
}

uint32_t random_bits32(struct random_stream *stream)
{
	if (stream->left == 0) {
		random_philox(stream->counter, stream->key, stream->words);
		stream->left = 4;
		stream->counter[0]++;
		stream->counter[1] += stream->counter[0] == 0;
	}
	return stream->words[4 - stream->left--];
}

uint64_t random_bits64(struct random_stream *stream)
{
	uint64_t low = random_bits32(stream);
	return low | (uint64_t)random_bits32(stream) << 32;
}

double random_uniform(struct random_stream *stream)
{
	return ((double)(random_bits64(stream) >> 12) + 0.5) * 0x1p-52;
}

/* The upper word of bits·n is the number; the few lowest lower words would make some numbers likelier. */
static uint64_t below_32(struct random_stream *stream, uint32_t n)
{
	uint64_t product = (uint64_t)random_bits32(stream) * n;
	if (low_word(product) < n) {
		uint32_t excess = (UINT32_MAX - n + 1) % n; /* 2^32 mod n */
		while (low_word(product) < excess) {
			product = (uint64_t)random_bits32(stream) * n;
		}
	}
	return product >> 32;
}

uint64_t random_below(struct random_stream *stream, uint64_t n)
{
	if (n == 0) {
		return 0;
	}
	if (n <= UINT32_MAX) {
		return below_32(stream, (uint32_t)n);
	}
	uint64_t excess = (UINT64_MAX - n + 1) % n; /* 2^64 mod n */
	uint64_t bits = random_bits64(stream);
	while (bits < excess) {
		bits = random_bits64(stream);
	}
	return bits % n;
}

double random_normal(struct random_stream *stream)
{
	return gsl_cdf_ugaussian_Pinv(random_uniform(stream));
}

double random_lognormal(struct random_stream *stream, double median, double sigma)
{
	double z = random_normal(stream);
	if (!(median >= 0) || !(sigma >= 0) || !isfinite(median) || !isfinite(sigma)) {
		return MATHS_NAN;
	}
	return median * exp(sigma * z);
}

double random_pert(struct random_stream *stream, double min, double mode, double max)
{
	double u = random_uniform(stream);
	if (!isfinite(min) || !isfinite(max) || !(min <= mode && mode <= max)) {
		return MATHS_NAN;
	}
	double width = max - min;
	if (width == 0) {
		return min;
	}
	return min + width * beta_quantile(u, 1 + 4 * (mode - min) / width, 1 + 4 * (max - mode) / width);
}
