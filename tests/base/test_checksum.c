/* Tests of checksums: xxhsum 0.8.1 of the same bytes, whatever the pieces they come in. */
#include "pipeline/base/checksum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST = 1000003 };

static unsigned char *bytes_by_rule(void)
{
	unsigned char *bytes = malloc(MOST);
	assert_non_null(bytes);
	for (uint32_t i = 0; i < MOST; i++)
		bytes[i] = (unsigned char)(i * UINT32_C(2654435761) >> 13);
	return bytes;
}

/* In Python: bytes((i * 2654435761 & 0xffffffff) >> 13 & 255 for i in range(n)), then `xxhsum -H64`. */
static const struct {
	size_t length;
	uint64_t value;
} known[] = {
	{ 0, UINT64_C(0xef46db3751d8e999) }, { 1, UINT64_C(0xe934a84adb052768) }, { 3, UINT64_C(0x28823e205e353f69) },
	{ 4, UINT64_C(0x91b65bbe720c34cf) }, { 8, UINT64_C(0x521fd2878ea69d17) }, { 31, UINT64_C(0xb74baa9042b94dee) },
	{ 32, UINT64_C(0x4e13111ced6f735d) }, { 33, UINT64_C(0xf7b9faf20b3bce63) }, { 63, UINT64_C(0x35f935e6044a08ad) },
	{ 64, UINT64_C(0xcd91daec2c21766f) }, { 100, UINT64_C(0xd61ea92c5ae13676) }, { MOST, UINT64_C(0x001bc6e58375d471) },
};
#define KNOWN (sizeof known / sizeof *known)

static void as_xxhsum(void **state)
{
	(void)state;
	unsigned char *bytes = bytes_by_rule();
	for (size_t i = 0; i < KNOWN; i++) {
		struct checksum checksum;
		checksum_begin(&checksum);
		checksum_add(&checksum, bytes, known[i].length);
		assert_true(checksum_value(&checksum) == known[i].value);
	}
	free(bytes);
}

static void in_any_pieces(void **state)
{
	(void)state;
	unsigned char *bytes = bytes_by_rule();
	for (size_t i = 0; i < KNOWN - 1; i++)
		for (size_t piece = 1; piece <= 70; piece++) {
			struct checksum checksum;
			checksum_begin(&checksum);
			for (size_t at = 0, more; at < known[i].length; at += more) {
				more = known[i].length - at < piece ? known[i].length - at : piece;
				checksum_add(&checksum, bytes + at, more);
				(void)checksum_value(&checksum); /* changes nothing */
			}
			assert_true(checksum_value(&checksum) == known[i].value);
		}
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_xxhsum),
		cmocka_unit_test(in_any_pieces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
