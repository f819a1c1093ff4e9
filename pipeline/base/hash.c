/* Hashes: see hash.h. */
#define OPENSSL_SUPPRESS_DEPRECATED /* SHA256_CTX: the calls in its place hide the hash value, which hash_pair.c works on, and take memory */
#include "pipeline/base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/hash_pair.h"
#include "pipeline/base/processor.h"

#define PIECE_BYTES ((size_t)1 << 18)

static void finish(crypto_hash_sha256_state *state, char text[HASH_TEXT])
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_final(state, digest);
	(void)sodium_bin2hex(text, HASH_TEXT, digest, sizeof digest);
}

void hash_bytes(const void *bytes, size_t length, char text[HASH_TEXT])
{
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, bytes, length);
	finish(&state, text);
}

/* OpenSSL takes the processor's own instructions where it has them: five times as fast as libsodium's portable code, which
   is good enough for what lies in memory. */
struct hash_stream {
	SHA256_CTX sha256;
	bool sound; /* it has taken all bytes; not ended */
};

struct hash_stream *hash_stream_new(void)
{
	struct hash_stream *stream = calloc(1, sizeof *stream);
	if (stream != NULL)
		stream->sound = SHA256_Init(&stream->sha256) == 1;
	return stream;
}

void hash_stream_add(struct hash_stream *stream, const void *bytes, size_t length)
{
	stream->sound = stream->sound && SHA256_Update(&stream->sha256, bytes, length) == 1;
}

/* Adds what the stream needs to stand between two blocks, as far as there is as much. */
static void fill_block(struct hash_stream *stream, const unsigned char **bytes, size_t *length)
{
	size_t missing = stream->sha256.num == 0 ? 0 : HASH_BLOCK - stream->sha256.num, count = missing < *length ? missing : *length;
	hash_stream_add(stream, *bytes, count);
	*bytes += count;
	*length -= count;
}

/* Counts bytes that were added to the hash value itself: as bits, in two words. */
static void count_bytes(SHA256_CTX *sha256, size_t length)
{
	uint64_t bits = ((uint64_t)sha256->Nh << 32 | sha256->Nl) + 8 * (uint64_t)length;
	sha256->Nl = (SHA_LONG)bits;
	sha256->Nh = (SHA_LONG)(bits >> 32);
}

void hash_streams_add(struct hash_stream *one, const void *one_bytes, size_t one_length, struct hash_stream *other, const void *other_bytes,
	size_t other_length)
{
	const unsigned char *left = one_bytes, *right = other_bytes;
	fill_block(one, &left, &one_length);
	fill_block(other, &right, &other_length);
	size_t blocks = (one_length < other_length ? one_length : other_length) / HASH_BLOCK, both = blocks * HASH_BLOCK;
	if (blocks > 0 && hash_pair_able()) { /* then neither is within a block */
		hash_pair_add(one->sha256.h, left, other->sha256.h, right, blocks);
		count_bytes(&one->sha256, both);
		count_bytes(&other->sha256, both);
		left += both;
		right += both;
		one_length -= both;
		other_length -= both;
	}
	hash_stream_add(one, left, one_length);
	hash_stream_add(other, right, other_length);
}

bool hash_stream_text(struct hash_stream *stream, char text[HASH_TEXT])
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	bool whole = stream->sound && SHA256_Final(digest, &stream->sha256) == 1;
	stream->sound = false; /* it has ended */
	if (whole)
		(void)sodium_bin2hex(text, HASH_TEXT, digest, sizeof digest);
	return whole;
}

void hash_stream_free(struct hash_stream *stream)
{
	free(stream);
}

/* Gives the file's bytes to the stream; without memory (NULL) none. */
static int digest_file(const char *path, struct hash_stream *stream, char text[HASH_TEXT], struct error *error)
{
	unsigned char *buffer = malloc(PIECE_BYTES);
	int file = open(path, O_RDONLY | O_CLOEXEC), number = errno;
	ssize_t got = 1;
	bool able = stream != NULL && buffer != NULL;
	while (able && file >= 0 && got != 0) {
		got = read(file, buffer, PIECE_BYTES);
		number = got < 0 ? errno : 0;
		if (got < 0 && number != EINTR)
			break;
		if (got > 0)
			hash_stream_add(stream, buffer, (size_t)got);
	}
	free(buffer);
	if (file < 0)
		return error_system(error, number, "%s: cannot be opened", path);
	(void)close(file);
	if (got < 0)
		return error_system(error, number, "%s: cannot be read", path);
	return able && hash_stream_text(stream, text) ? 0 : error_set(error, EXIT_IO, "%s: no memory to read it", path);
}

int hash_file(const char *path, char text[HASH_TEXT], struct error *error)
{
	struct hash_stream *stream = hash_stream_new();
	int result = digest_file(path, stream, text, error);
	hash_stream_free(stream);
	return result;
}

/* ---- keys ---- */

/* SipHash (Aumasson and Bernstein 2012), two rounds a word and four at the end, 128 bits. Written out here because the
   library's takes five times as long for a pid; tests/base/test_hash.c holds it against the library's. */
struct sip {
	uint64_t a, b, c, d;
};

static inline uint64_t rotated(uint64_t word, unsigned bits)
{
	return word << bits | word >> (64 - bits);
}

static inline void sip_round(struct sip *sip)
{
	sip->a += sip->b;
	sip->c += sip->d;
	sip->b = rotated(sip->b, 13) ^ sip->a;
	sip->d = rotated(sip->d, 16) ^ sip->c;
	sip->a = rotated(sip->a, 32) + sip->d;
	sip->c += sip->b;
	sip->d = rotated(sip->d, 21) ^ sip->a;
	sip->b = rotated(sip->b, 17) ^ sip->c;
	sip->c = rotated(sip->c, 32);
}

static inline void sip_word(struct sip *sip, uint64_t word)
{
	sip->d ^= word;
	sip_round(sip);
	sip_round(sip);
	sip->a ^= word;
}

static inline uint64_t sip_end(struct sip *sip)
{
	for (int i = 0; i < 4; i++)
		sip_round(sip);
	return sip->a ^ sip->b ^ sip->c ^ sip->d;
}

void hash_keyed(const unsigned char key[HASH_KEY_BYTES], const void *bytes, size_t length, char text[HASH_TEXT])
{
	unsigned char digest[32];
	(void)crypto_generichash(digest, sizeof digest, bytes, length, key, HASH_KEY_BYTES);
	(void)sodium_bin2hex(text, HASH_TEXT, digest, sizeof digest);
}

void hash_new_key(unsigned char key[HASH_KEY_BYTES])
{
	randombytes_buf(key, HASH_KEY_BYTES);
}

/* The state before the first word. */
static void sip_start(struct sip *sip)
{
	static const unsigned char fixed[17] = HASH_KEY_FIXED;
	uint64_t key[2];
	memcpy(key, fixed, sizeof key);
	*sip = (struct sip){ key[0] ^ UINT64_C(0x736f6d6570736575), key[1] ^ UINT64_C(0x646f72616e646f6d) ^ 0xee,
		key[0] ^ UINT64_C(0x6c7967656e657261), key[1] ^ UINT64_C(0x7465646279746573) };
}

/* The last word: what is left of the text, and its length. */
static uint64_t last_word(const char *text, size_t length)
{
	uint64_t word = (uint64_t)length << 56;
	size_t at = length / sizeof word * sizeof word;
	for (size_t i = 0; i < length - at; i++)
		word |= (uint64_t)(unsigned char)text[at + i] << 8 * i;
	return word;
}

struct key hash_key(const char *text, size_t length)
{
	struct sip sip;
	uint64_t word;
	sip_start(&sip);
	for (size_t at = 0; length - at >= sizeof word; at += sizeof word) {
		memcpy(&word, text + at, sizeof word);
		sip_word(&sip, word);
	}
	sip_word(&sip, last_word(text, length));
	sip.c ^= 0xee;
	struct key result;
	result.high = sip_end(&sip);
	sip.b ^= 0xdd;
	result.low = sip_end(&sip);
	return result;
}

/* ---- keys of several texts: the same steps on a vector of words, a lane a text ---- */

#if PROCESSOR_CHOICE
struct words {
	uint64_t of __attribute__((vector_size(HASH_LANES * sizeof(uint64_t))));
};

struct sips {
	struct words a, b, c, d;
};

PROCESSOR_ANY void rotate(struct words *words, int bits)
{
	words->of = words->of << bits | words->of >> (64 - bits);
}

PROCESSOR_ANY void sips_round(struct sips *sips)
{
	sips->a.of += sips->b.of;
	sips->c.of += sips->d.of;
	rotate(&sips->b, 13);
	rotate(&sips->d, 16);
	sips->b.of ^= sips->a.of;
	sips->d.of ^= sips->c.of;
	rotate(&sips->a, 32);
	sips->a.of += sips->d.of;
	sips->c.of += sips->b.of;
	rotate(&sips->d, 21);
	rotate(&sips->b, 17);
	sips->d.of ^= sips->a.of;
	sips->b.of ^= sips->c.of;
	rotate(&sips->c, 32);
}

PROCESSOR_ANY void sips_word(struct sips *sips, const struct words *words)
{
	sips->d.of ^= words->of;
	sips_round(sips);
	sips_round(sips);
	sips->a.of ^= words->of;
}

PROCESSOR_ANY void sips_end(struct sips *sips, struct words *end)
{
	for (int i = 0; i < 4; i++)
		sips_round(sips);
	end->of = sips->a.of ^ sips->b.of ^ sips->c.of ^ sips->d.of;
}

PROCESSOR_ANY void hash_lanes(const char *const text[HASH_LANES], size_t length, struct key key[HASH_LANES])
{
	struct sip start;
	struct sips sips;
	struct words words, high, low;
	sip_start(&start);
	for (int i = 0; i < HASH_LANES; i++) {
		sips.a.of[i] = start.a;
		sips.b.of[i] = start.b;
		sips.c.of[i] = start.c;
		sips.d.of[i] = start.d;
	}
	for (size_t at = 0; length - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
		for (int i = 0; i < HASH_LANES; i++) {
			uint64_t word;
			memcpy(&word, text[i] + at, sizeof word);
			words.of[i] = word;
		}
		sips_word(&sips, &words);
	}
	for (int i = 0; i < HASH_LANES; i++)
		words.of[i] = last_word(text[i], length);
	sips_word(&sips, &words);
	sips.c.of ^= 0xee;
	sips_end(&sips, &high);
	sips.b.of ^= 0xdd;
	sips_end(&sips, &low);
	for (int i = 0; i < HASH_LANES; i++)
		key[i] = (struct key){ high.of[i], low.of[i] };
}

PROCESSOR_AVX2 static void hash_lanes_avx2(const char *const text[HASH_LANES], size_t length, struct key key[HASH_LANES])
{
	hash_lanes(text, length, key);
}

PROCESSOR_AVX512 static void hash_lanes_avx512(const char *const text[HASH_LANES], size_t length, struct key key[HASH_LANES])
{
	hash_lanes(text, length, key);
}
#endif

void hash_keys(const char *const text[HASH_LANES], size_t length, struct key key[HASH_LANES])
{
#if PROCESSOR_CHOICE
	if (processor_has_avx512()) {
		hash_lanes_avx512(text, length, key);
		return;
	}
	if (processor_has_avx2()) {
		hash_lanes_avx2(text, length, key);
		return;
	}
#endif
	for (size_t i = 0; i < HASH_LANES; i++)
		key[i] = hash_key(text[i], length);
}
