/* Hashes: see hash.h. */
#include "pipeline/base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

int hash_file(const char *path, char text[HASH_TEXT], struct error *error)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		return error_system(error, errno, "%s: cannot be opened", path);
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	unsigned char buffer[1 << 16];
	size_t got;
	while ((got = fread(buffer, 1, sizeof buffer, file)) > 0)
		crypto_hash_sha256_update(&state, buffer, got);
	int result = ferror(file) ? error_system(error, errno, "%s: cannot be read", path) : 0;
	finish(&state, text);
	(void)fclose(file);
	return result;
}

/* ---- content by pieces ---- */

#define PIECE_BYTES ((size_t)1 << 20)
enum { DIGEST_BYTES = 32, MOST_THREADS = 64 };

struct content {
	int file;
	size_t bytes, pieces;
	unsigned char *digest; /* DIGEST_BYTES a piece */
	atomic_size_t next;    /* piece that nobody has taken */
	atomic_int failed;     /* errno of a read that failed */
};

/* Reads exactly `length` bytes; 0, or the error's number: EIO when the file ends before. */
static int read_piece(int file, unsigned char *buffer, size_t length, size_t at)
{
	for (size_t got = 0; got < length;) {
		ssize_t count = pread(file, buffer + got, length - got, (off_t)(at + got));
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return count < 0 ? errno : EIO;
		got += (size_t)count;
	}
	return 0;
}

static void *hash_pieces(void *context)
{
	struct content *content = context;
	unsigned char *buffer = malloc(PIECE_BYTES);
	if (buffer == NULL)
		atomic_store(&content->failed, ENOMEM);
	for (size_t piece; atomic_load(&content->failed) == 0 && (piece = atomic_fetch_add(&content->next, 1)) < content->pieces;) {
		size_t at = piece * PIECE_BYTES, left = content->bytes - at, length = left < PIECE_BYTES ? left : PIECE_BYTES;
		int number = read_piece(content->file, buffer, length, at);
		if (number != 0)
			atomic_store(&content->failed, number);
		else
			(void)crypto_generichash(content->digest + piece * DIGEST_BYTES, DIGEST_BYTES, buffer, length, NULL, 0);
	}
	free(buffer);
	return NULL;
}

/* On the calling thread and, where there is work for them, others, all gone again when it returns. */
static void hash_on_threads(struct content *content, int threads)
{
	pthread_t thread[MOST_THREADS];
	size_t started = 0;
	while (started + 1 < (size_t)(threads < MOST_THREADS ? threads : MOST_THREADS) && 4 * (started + 1) < content->pieces &&
		pthread_create(&thread[started], NULL, hash_pieces, content) == 0)
		started++;
	(void)hash_pieces(content);
	while (started > 0)
		(void)pthread_join(thread[--started], NULL);
}

int hash_content(const char *path, int threads, char text[HASH_TEXT], struct error *error)
{
	unsigned char digest[DIGEST_BYTES];
	struct content content = { .file = open(path, O_RDONLY | O_CLOEXEC) };
	struct stat state;
	int result = -1;
	if (content.file < 0 || fstat(content.file, &state) != 0) {
		(void)error_system(error, errno, "%s: cannot be opened", path);
		goto done;
	}
	content.bytes = (size_t)state.st_size;
	content.pieces = content.bytes / PIECE_BYTES + (content.bytes % PIECE_BYTES != 0);
	content.digest = malloc((content.pieces + 1) * DIGEST_BYTES);
	if (content.digest == NULL || sodium_init() < 0) { /* which chooses the fastest code for this processor */
		(void)error_set(error, EXIT_IO, "%s: no memory to read it", path);
		goto done;
	}
	hash_on_threads(&content, threads);
	if (atomic_load(&content.failed) != 0) {
		(void)error_system(error, atomic_load(&content.failed), "%s: cannot be read", path);
		goto done;
	}
	(void)crypto_generichash(digest, sizeof digest, content.digest, content.pieces * DIGEST_BYTES, NULL, 0);
	(void)sodium_bin2hex(text, HASH_TEXT, digest, sizeof digest);
	result = 0;
done:
	free(content.digest);
	if (content.file >= 0)
		(void)close(content.file);
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

struct key hash_key(const char *text, size_t length)
{
	static const unsigned char fixed[17] = HASH_KEY_FIXED;
	uint64_t key[2], word;
	memcpy(key, fixed, sizeof key);
	struct sip sip = { key[0] ^ UINT64_C(0x736f6d6570736575), key[1] ^ UINT64_C(0x646f72616e646f6d) ^ 0xee,
		key[0] ^ UINT64_C(0x6c7967656e657261), key[1] ^ UINT64_C(0x7465646279746573) };
	size_t at = 0;
	for (; length - at >= sizeof word; at += sizeof word) {
		memcpy(&word, text + at, sizeof word);
		sip_word(&sip, word);
	}
	word = (uint64_t)length << 56;
	for (size_t i = 0; i < length - at; i++)
		word |= (uint64_t)(unsigned char)text[at + i] << 8 * i;
	sip_word(&sip, word);
	sip.c ^= 0xee;
	struct key result;
	result.high = sip_end(&sip);
	sip.b ^= 0xdd;
	result.low = sip_end(&sip);
	return result;
}

int hash_key_compare(const struct key *a, const struct key *b)
{
	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	return a->low == b->low ? 0 : a->low < b->low ? -1 : 1;
}
