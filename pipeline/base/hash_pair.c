/* Two SHA-256 at a time: see hash_pair.h. The steps are those of FIPS 180-4, 6.2.2, as Intel's instructions divide them: a step of ours is
   four rounds; the eight words of the hash value stand in two vectors, ABEF and CDGH. */
#include "pipeline/base/hash_pair.h"

#include "pipeline/base/processor.h"

#if PROCESSOR_CHOICE
#include <immintrin.h>

#define SHA __attribute__((target("sha,sse4.1,ssse3")))
enum { STEPS = 16, PAIR = 2 };

/* The constants K of the rounds (4.2.2). */
static const uint32_t constants[4 * STEPS] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2 };

/* A message: its hash value, and the four vectors of the schedule W that the next step needs. */
struct message {
	__m128i abef, cdgh, w[4];
};

SHA static inline __m128i load(const void *bytes)
{
	return _mm_loadu_si128(bytes);
}

SHA static inline void take_value(struct message *message, const uint32_t value[8])
{
	__m128i badc = _mm_shuffle_epi32(load(value), 0xB1), hgfe = _mm_shuffle_epi32(load(value + 4), 0x1B);
	message->abef = _mm_alignr_epi8(badc, hgfe, 8);
	message->cdgh = _mm_blend_epi16(hgfe, badc, 0xF0);
}

SHA static inline void give_value(const struct message *message, uint32_t value[8])
{
	__m128i feba = _mm_shuffle_epi32(message->abef, 0x1B), dchg = _mm_shuffle_epi32(message->cdgh, 0xB1);
	_mm_storeu_si128((__m128i *)(void *)value, _mm_blend_epi16(feba, dchg, 0xF0));
	_mm_storeu_si128((__m128i *)(void *)(value + 4), _mm_alignr_epi8(dchg, feba, 8));
}

/* The block's words, which are written with the high byte first. */
SHA static inline void take_block(struct message *message, const unsigned char *block)
{
	const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	for (int i = 0; i < 4; i++)
		message->w[i] = _mm_shuffle_epi8(load(block + 16 * i), swap);
}

/* Four rounds, and the four words of the schedule that take the place of those that they have used. */
SHA static inline void make_step(struct message *message, int step)
{
	__m128i *used = &message->w[step % 4], last = message->w[(step + 3) % 4], sum = _mm_add_epi32(*used, load(constants + 4 * step));
	message->cdgh = _mm_sha256rnds2_epu32(message->cdgh, message->abef, sum);
	message->abef = _mm_sha256rnds2_epu32(message->abef, message->cdgh, _mm_shuffle_epi32(sum, 0x0E));
	if (step >= STEPS - 4)
		return; /* there are words for all that are left */
	__m128i next = _mm_sha256msg1_epu32(*used, message->w[(step + 1) % 4]);
	next = _mm_add_epi32(next, _mm_alignr_epi8(last, message->w[(step + 2) % 4], 4));
	*used = _mm_sha256msg2_epu32(next, last);
}

SHA static void add_blocks(uint32_t *const value[PAIR], const unsigned char *const bytes[PAIR], size_t blocks)
{
	struct message message[PAIR];
	for (int i = 0; i < PAIR; i++)
		take_value(&message[i], value[i]);
	for (size_t block = 0; block < blocks; block++) {
		const __m128i before[PAIR][2] = { { message[0].abef, message[0].cdgh }, { message[1].abef, message[1].cdgh } };
		for (int i = 0; i < PAIR; i++)
			take_block(&message[i], bytes[i] + block * HASH_BLOCK);
#pragma GCC unroll 16
		for (int step = 0; step < STEPS; step++) {
			make_step(&message[0], step);
			make_step(&message[1], step);
		}
		for (int i = 0; i < PAIR; i++) {
			message[i].abef = _mm_add_epi32(message[i].abef, before[i][0]);
			message[i].cdgh = _mm_add_epi32(message[i].cdgh, before[i][1]);
		}
	}
	for (int i = 0; i < PAIR; i++)
		give_value(&message[i], value[i]);
}
#endif

bool hash_pair_able(void)
{
	return processor_has_sha();
}

void hash_pair_add(uint32_t one[8], const unsigned char *one_bytes, uint32_t other[8], const unsigned char *other_bytes, size_t blocks)
{
#if PROCESSOR_CHOICE
	add_blocks((uint32_t *const[]){ one, other }, (const unsigned char *const[]){ one_bytes, other_bytes }, blocks);
#else
	(void)one, (void)one_bytes, (void)other, (void)other_bytes, (void)blocks;
#endif
}
