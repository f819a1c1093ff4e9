/* Content hashes and 128-bit keys (libsodium, OpenSSL). */
#ifndef FINSAMSTAT_BASE_HASH_H
#define FINSAMSTAT_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/error.h"

#define HASH_TEXT 65 /* 64 hexadecimal digits and NUL */

/* SHA-256 (FIPS 180-4) of some bytes, of a file, as lower-case hexadecimal. hash_file returns -1 with the error set
   when the file cannot be read. */
void hash_bytes(const void *bytes, size_t length, char text[HASH_TEXT]);
int hash_file(const char *path, char text[HASH_TEXT], struct error *error);

/* hash_file of `count` files, text[i] of path[i], two of them read at a time (hash_streams_add). -1 with the error of a file that cannot
   be read; the texts are then not to be used. */
int hash_files(const char *const *path, size_t count, char (*text)[HASH_TEXT], struct error *error);

/* SHA-256 of bytes that come one after the other. NULL when memory is out; hash_stream_text ends the stream, and is false when it has
   ended before. hash_streams_add adds to two streams at once, which on many processors takes a third less than one after the other where
   there is about as much for both. hash_stream_free(NULL) is harmless. */
struct hash_stream;
struct hash_stream *hash_stream_new(void);
void hash_stream_add(struct hash_stream *stream, const void *bytes, size_t length);
void hash_streams_add(struct hash_stream *one, const void *one_bytes, size_t one_length, struct hash_stream *other, const void *other_bytes,
	size_t other_length);
bool hash_stream_text(struct hash_stream *stream, char text[HASH_TEXT]);
void hash_stream_free(struct hash_stream *stream);

/* A keyed hash (BLAKE2b-256) of some bytes, as hash_bytes writes it: without the key nobody can try values. hash_new_key draws
   such a key from the system's randomness. */
#define HASH_KEY_BYTES 32
void hash_keyed(const unsigned char key[HASH_KEY_BYTES], const void *bytes, size_t length, char text[HASH_TEXT]);
void hash_new_key(unsigned char key[HASH_KEY_BYTES]);

/* A 128-bit key of a pid: SipHash-2-4-128 with a fixed key, so that a key is the same in every file and run. Equal pids
   give equal keys; among n pids two different ones share a key with probability below n²/2^129. */
struct key {
	uint64_t high, low;
};
#define HASH_KEY_FIXED "finsamstat pid 1" /* the 16 bytes of the fixed key */
struct key hash_key(const char *text, size_t length);

/* hash_key of HASH_LANES texts of one length at once. */
#define HASH_LANES 8
void hash_keys(const char *const text[HASH_LANES], size_t length, struct key key[HASH_LANES]);

/* −1, 0, 1: the order of keys as 128-bit numbers. */
static inline int hash_key_compare(const struct key *a, const struct key *b)
{
	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	return a->low == b->low ? 0 : a->low < b->low ? -1 : 1;
}

#endif
