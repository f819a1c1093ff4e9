/* Reproducible random numbers: a stream for each replicate, fixed by the seed and the replicate's number alone. */
#ifndef FINSAMSTAT_MATHS_RANDOM_H
#define FINSAMSTAT_MATHS_RANDOM_H

#include <stdint.h>

/* Philox4x32-10, a counter-based generator: block number i of stream k of a seed is a fixed function of (seed, k, i),
   so that any replicate can be drawn on any thread, in any order, alone. The key is the seed, the upper half of the
   counter the replicate and the lower half the block, low word first; a stream has 2^66 words of 32 bits.
   Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011); checked against the
   known answers that its authors publish with Random123. Not for cryptography.

   Every draw takes its words in order, and functions that return a double take exactly one uniform, whatever their
   parameters: a fixed parameter does not shift the draws after it. The bytes are the same on every machine up to and
   including random_uniform and random_below; beyond, as far as the machine's exp and log are. */
struct random_stream {
	uint32_t key[2];
	uint32_t counter[4];
	uint32_t words[4]; /* the block drawn last */
	unsigned left;     /* words of it not yet used */
};

/* One block: out[0 … 3] = Philox4x32-10 of the counter under the key. */
void random_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* Puts the stream at the beginning of replicate `replicate` of `seed`. Any values are good. */
void random_start(struct random_stream *stream, uint64_t seed, uint64_t replicate);

/* The next 32 bits; the next 64 bits (two words, low first). */
uint32_t random_bits32(struct random_stream *stream);
uint64_t random_bits64(struct random_stream *stream);

/* Uniform in the open interval (0, 1): (k + 1/2)·2⁻⁵² with k of 52 bits; symmetric, never 0 and never 1. */
double random_uniform(struct random_stream *stream);

/* A whole number from 0 to n − 1, each equally likely (draws that would favour some are rejected). n = 0: 0, and
   nothing is drawn. n = 1: 0. Lemire, ACM Trans. Model. Comput. Simul. 29 (2019) 3, for n below 2^32. */
uint64_t random_below(struct random_stream *stream, uint64_t n);

/* Standard normal, by the inverse of its distribution function; lies within ±8.3. */
double random_normal(struct random_stream *stream);

/* Lognormal: median·exp(sigma·Z). median ≥ 0 in any unit, sigma ≥ 0 the standard deviation of the logarithm, both
   finite, otherwise NAN. sigma = 0 gives the median. */
double random_lognormal(struct random_stream *stream, double median, double sigma);

/* PERT with λ = 4: min + (max − min)·B with B from beta(1 + 4(mode − min)/(max − min), 1 + 4(max − mode)/(max − min)),
   by the inverse of its distribution function. Its mean is (min + 4·mode + max)/6. Finite min ≤ mode ≤ max, otherwise
   NAN. min = max gives that value. Malcolm, Roseboom, Clark and Fazar, Operations Research 7 (1959) 646–669. */
double random_pert(struct random_stream *stream, double min, double mode, double max);

#endif
