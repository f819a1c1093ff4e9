/* Hashes: see hash.h. */
#include "pipeline/base/hash.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

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

struct key hash_key(const char *text, size_t length)
{
	static const unsigned char fixed[crypto_shorthash_siphashx24_KEYBYTES + 1] = "finsamstat pid 1";
	unsigned char out[crypto_shorthash_siphashx24_BYTES];
	struct key key;
	(void)crypto_shorthash_siphashx24(out, (const unsigned char *)text, length, fixed);
	memcpy(&key.high, out, sizeof key.high);
	memcpy(&key.low, out + sizeof key.high, sizeof key.low);
	return key;
}

int hash_key_compare(const struct key *a, const struct key *b)
{
	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	return a->low == b->low ? 0 : a->low < b->low ? -1 : 1;
}
