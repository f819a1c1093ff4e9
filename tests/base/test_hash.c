/* Tests of hashes: SHA-256 of published messages, files, and the keys of pids. */
#include "pipeline/base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "pipeline/base/processor.h"

static struct error error;
static char folder[256], path[300];

static int begin(void **state)
{
	(void)state;
	const char *parent = getenv("TMPDIR");
	memset(&error, 0, sizeof error);
	(void)snprintf(folder, sizeof folder, "%s/test_hash.XXXXXX", parent != NULL ? parent : "/tmp");
	if (mkdtemp(folder) == NULL)
		return -1;
	(void)snprintf(path, sizeof path, "%s/file", folder);
	return 0;
}

static int end(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(folder);
}

static void write_file(const char *bytes, size_t length)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static void known_digests(void **state)
{
	(void)state;
	/* FIPS 180-4, the examples that NIST publishes with it (SHA256.pdf: one block, two blocks), as in FIPS 180-2,
	   appendix B.1 and B.2; the empty message: NIST CAVP, SHA256ShortMsg.rsp, Len = 0 */
	static const char *const known[][2] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};
	char text[HASH_TEXT];
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		hash_bytes(known[i][0], strlen(known[i][0]), text);
		assert_string_equal(text, known[i][1]);
		write_file(known[i][0], strlen(known[i][0]));
		assert_int_equal(hash_file(path, text, &error), 0);
		assert_string_equal(text, known[i][1]);
	}
}

static void a_long_message(void **state)
{
	(void)state;
	/* FIPS 180-2, appendix B.3: a million times the letter a */
	enum { LENGTH = 1000000 };
	static const char known[] = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
	char text[HASH_TEXT], *bytes = malloc(LENGTH);
	assert_non_null(bytes);
	memset(bytes, 'a', LENGTH);
	hash_bytes(bytes, LENGTH, text);
	assert_string_equal(text, known);
	write_file(bytes, LENGTH);
	assert_int_equal(hash_file(path, text, &error), 0);
	assert_string_equal(text, known);
	free(bytes);
}

/* OpenSSL's hash of a file against libsodium's of the same bytes, around the length that is read at a time. */
static void files_and_bytes_agree(void **state)
{
	(void)state;
	enum { PIECE = 1 << 18, MOST = 3 * PIECE + 3 };
	static const size_t lengths[] = { 0, 1, PIECE - 1, PIECE, PIECE + 1, MOST };
	char *bytes = malloc(MOST);
	assert_non_null(bytes);
	for (size_t i = 0; i < MOST; i++)
		bytes[i] = (char)(i * 2654435761u >> 13);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		char expected[HASH_TEXT], text[HASH_TEXT];
		hash_bytes(bytes, lengths[i], expected);
		write_file(bytes, lengths[i]);
		assert_int_equal(hash_file(path, text, &error), 0);
		assert_string_equal(text, expected);
	}
	free(bytes);
}

/* Files of many lengths, the empty one among them, in every order of three: whichever ends first. */
static void many_files(void **state)
{
	(void)state;
	enum { PIECE = 1 << 18, FILES = 7, MOST = 2 * PIECE + 77 };
	static const size_t lengths[FILES] = { 0, 1, 63, 64, PIECE, PIECE + 1, MOST };
	char *bytes = malloc(MOST), name[FILES][sizeof path + 2], expected[FILES][HASH_TEXT], text[3][HASH_TEXT];
	assert_non_null(bytes);
	for (size_t i = 0; i < MOST; i++)
		bytes[i] = (char)(i * 2654435761u >> 11);
	for (size_t i = 0; i < FILES; i++) {
		write_file(bytes + i, lengths[i] < MOST ? lengths[i] : MOST - i);
		assert_int_equal(hash_file(path, expected[i], &error), 0);
		(void)snprintf(name[i], sizeof name[i], "%s.%zu", path, i);
		assert_int_equal(rename(path, name[i]), 0);
	}
	for (size_t i = 0; i < FILES * FILES * FILES; i++) {
		const size_t which[] = { i % FILES, i / FILES % FILES, i / FILES / FILES };
		const char *const some[] = { name[which[0]], name[which[1]], name[which[2]] };
		for (size_t count = i == 0 ? 0 : 2; count <= 3; count++) {
			memset(text, 0, sizeof text);
			assert_int_equal(hash_files(some, count, text, &error), 0);
			for (size_t k = 0; k < 3; k++)
				assert_string_equal(text[k], k < count ? expected[which[k]] : "");
		}
	}
	const char *const gone[] = { name[6], path, name[0] }, *const none[] = { name[0], name[1], folder };
	assert_int_equal(hash_files(gone, 3, text, &error), -1);
	assert_int_equal(error.code, EXIT_IO);
	assert_non_null(strstr(error.message[0], path));
	assert_int_equal(hash_files(none, 3, text, &error), -1);
	assert_int_equal(error.count, 2);
	for (size_t i = 0; i < FILES; i++)
		assert_int_equal(unlink(name[i]), 0);
	free(bytes);
}

static void files_that_cannot_be_read(void **state)
{
	(void)state;
	char text[HASH_TEXT];
	assert_int_equal(hash_file(path, text, &error), -1);
	assert_int_equal(error.code, EXIT_IO);
	assert_non_null(strstr(error.message[0], path));
	assert_int_equal(hash_file(folder, text, &error), -1);
	assert_int_equal(error.count, 2);
}

static void known_keys(void **state)
{
	(void)state;
	/* SipHash-2-4-128 in Python, a version that gives the reference vectors of J.-P. Aumasson's vectors.h; key
	   "finsamstat pid 1". A change here would make old and new files disagree. */
	static const struct {
		const char *text;
		struct key key;
	} known[] = {
		{ "", { UINT64_C(0x37523e1b3d999ae5), UINT64_C(0x867d22442f1d88b1) } },
		{ "a", { UINT64_C(0xa3f0b95888ddcd32), UINT64_C(0x102d4ce48e75d683) } },
		{ "0123456789abcdef0123456789abcdef", { UINT64_C(0x14a00567042412ca), UINT64_C(0x69e571f97d071f27) } },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		struct key key = hash_key(known[i].text, strlen(known[i].text));
		assert_int_equal(hash_key_compare(&key, &known[i].key), 0);
		assert_true(key.high == known[i].key.high && key.low == known[i].key.low);
	}
}

/* libsodium's, for every length of a pid and every byte. */
static void keys_are_siphash(void **state)
{
	(void)state;
	unsigned char text[80], out[crypto_shorthash_siphashx24_BYTES];
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (unsigned char)(i * 151 + 100);
	for (size_t length = 0; length <= 72; length++)
		for (size_t from = 0; from < 8; from++) {
			struct key key = hash_key((const char *)text + from, length), known;
			(void)crypto_shorthash_siphashx24(out, text + from, length, (const unsigned char *)HASH_KEY_FIXED);
			memcpy(&known.high, out, 8);
			memcpy(&known.low, out + 8, 8);
			assert_int_equal(hash_key_compare(&key, &known), 0);
		}
}

/* Keys made together are those made one by one, at every length, whatever stands behind the texts. */
static void check_lanes(void)
{
	enum { MOST = 70 };
	static char bytes[HASH_LANES][MOST + 8];
	const char *text[HASH_LANES];
	for (size_t i = 0; i < HASH_LANES; i++)
		for (size_t k = 0; k < sizeof bytes[i]; k++)
			bytes[i][k] = (char)((i * 977 + k * 131) * 2654435761u >> 11);
	for (size_t length = 0; length <= MOST; length++) {
		struct key key[HASH_LANES];
		for (size_t i = 0; i < HASH_LANES; i++)
			text[i] = bytes[(i + length) % HASH_LANES] + i;
		hash_keys(text, length, key);
		for (size_t i = 0; i < HASH_LANES; i++) {
			struct key one = hash_key(text[i], length);
			assert_int_equal(hash_key_compare(&key[i], &one), 0);
		}
	}
}

static void keys_of_lanes(void **state)
{
	(void)state;
	for (processor_at_most = PROCESSOR_PLAIN; processor_at_most < PROCESSOR_BEST; processor_at_most++)
		check_lanes();
	check_lanes();
}

static void equal_pids_have_equal_keys(void **state)
{
	(void)state;
	const char line[] = "p1;2024;p1;p10";
	struct key first = hash_key(line, 2), second = hash_key(line + 8, 2), other = hash_key(line + 11, 3);
	assert_int_equal(hash_key_compare(&first, &second), 0);
	assert_int_not_equal(hash_key_compare(&first, &other), 0);
	struct key empty = hash_key("", 0), nul = hash_key("\0", 1);
	assert_int_not_equal(hash_key_compare(&empty, &nul), 0);
}

static void keys_have_an_order(void **state)
{
	(void)state;
	static const struct key rising[] = { { 0, 0 }, { 0, 1 }, { 0, UINT64_MAX }, { 1, 0 }, { 1, 2 },
		{ UINT64_C(1) << 63, 0 }, { UINT64_MAX, 0 }, { UINT64_MAX, UINT64_MAX } };
	static const int count = sizeof rising / sizeof rising[0];
	for (int i = 0; i < count; i++)
		for (int k = 0; k < count; k++)
			assert_int_equal(hash_key_compare(&rising[i], &rising[k]), (i > k) - (i < k));
}

static int by_key(const void *a, const void *b)
{
	return hash_key_compare(a, b);
}

static void different_pids_have_different_keys(void **state)
{
	(void)state;
	enum { COUNT = 200000 };
	struct key *key = malloc(COUNT * sizeof *key);
	assert_non_null(key);
	for (size_t i = 0; i < COUNT; i++) {
		char pid[16];
		int length = snprintf(pid, sizeof pid, "p%zu", i);
		key[i] = hash_key(pid, (size_t)length);
	}
	qsort(key, COUNT, sizeof *key, by_key);
	for (size_t i = 1; i < COUNT; i++)
		assert_int_equal(hash_key_compare(&key[i - 1], &key[i]), -1);
	free(key);
}

/* BLAKE2b-256 keyed: Python's hashlib.blake2b(b"abc", key=bytes(range(32)), digest_size=32).hexdigest() */
static void keyed(void **unused)
{
	(void)unused;
	unsigned char key[HASH_KEY_BYTES], other[HASH_KEY_BYTES];
	char text[HASH_TEXT];
	for (unsigned char i = 0; i < HASH_KEY_BYTES; i++)
		key[i] = i;
	hash_keyed(key, "abc", 3, text);
	assert_string_equal(text, "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
	hash_new_key(key);
	hash_new_key(other);
	assert_memory_not_equal(key, other, sizeof key);
}

/* In pieces of any size as at once. */
static void streams(void **unused)
{
	(void)unused;
	static const char message[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	char text[HASH_TEXT], whole[HASH_TEXT];
	hash_bytes(message, strlen(message), whole);
	for (size_t piece = 1; piece <= sizeof message; piece++) {
		struct hash_stream *stream = hash_stream_new();
		assert_non_null(stream);
		for (size_t at = 0; at < strlen(message); at += piece)
			hash_stream_add(stream, message + at, strlen(message) - at < piece ? strlen(message) - at : piece);
		assert_true(hash_stream_text(stream, text));
		assert_string_equal(text, whole);
		assert_false(hash_stream_text(stream, text)); /* it has ended */
		hash_stream_free(stream);
	}
	hash_stream_free(NULL);
}

/* The two streams, begun with `before` bytes each, get bytes at once, once more, and one of them some by itself. */
static void add_both(const unsigned char *bytes, const size_t before[2], const size_t length[2])
{
	char text[HASH_TEXT], whole[HASH_TEXT];
	struct hash_stream *stream[2];
	const unsigned char *at[2];
	for (size_t i = 0; i < 2; i++) {
		assert_non_null(stream[i] = hash_stream_new());
		hash_stream_add(stream[i], bytes + 7 * i, before[i]);
		at[i] = bytes + 7 * i + before[i];
	}
	hash_streams_add(stream[0], at[0], length[0], stream[1], at[1], length[1]);
	hash_streams_add(stream[1], at[1] + length[1], 100, stream[0], at[0] + length[0], 200);
	hash_stream_add(stream[1], at[1] + length[1] + 100, 5);
	for (size_t i = 0; i < 2; i++) {
		hash_bytes(bytes + 7 * i, before[i] + length[i] + (i == 0 ? 200 : 105), whole);
		assert_true(hash_stream_text(stream[i], text));
		assert_string_equal(text, whole);
		hash_stream_free(stream[i]);
	}
}

/* As libsodium hashes each by itself: of any lengths, within blocks and between them, with the processor's instructions and without. */
static void two_streams_at_once(void **unused)
{
	(void)unused;
	enum { LENGTH = 2000 };
	static const size_t lengths[] = { 0, 1, 55, 56, 63, 64, 65, 127, 128, 129, 640, 1000 };
	enum { LENGTHS = sizeof lengths / sizeof *lengths };
	unsigned char bytes[LENGTH];
	for (size_t i = 0; i < LENGTH; i++)
		bytes[i] = (unsigned char)(i * i / 7 + 3 * i);
	for (enum processor processor = PROCESSOR_PLAIN; processor <= PROCESSOR_BEST; processor++) {
		processor_at_most = processor;
		for (size_t a = 0; a < LENGTHS; a++)
			for (size_t b = 0; b < LENGTHS; b++)
				for (size_t before = 0; before < 4; before++)
					add_both(bytes, (const size_t[]){ before % 2 * 37, before / 2 * 64 + before % 2 }, (const size_t[]){ lengths[a], lengths[b] });
	}
	processor_at_most = PROCESSOR_BEST;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(known_digests, begin, end),
		cmocka_unit_test_setup_teardown(a_long_message, begin, end),
		cmocka_unit_test_setup_teardown(files_and_bytes_agree, begin, end),
		cmocka_unit_test_setup_teardown(many_files, begin, end),
		cmocka_unit_test_setup_teardown(files_that_cannot_be_read, begin, end),
		cmocka_unit_test(keyed), cmocka_unit_test(streams), cmocka_unit_test(two_streams_at_once), cmocka_unit_test(known_keys),
		cmocka_unit_test(keys_are_siphash),
		cmocka_unit_test(keys_of_lanes),
		cmocka_unit_test(equal_pids_have_equal_keys),
		cmocka_unit_test(keys_have_an_order),
		cmocka_unit_test(different_pids_have_different_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
