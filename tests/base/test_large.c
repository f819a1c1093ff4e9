/* Tests of large arrays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/large.h"

static void every_byte_can_be_used(void **state)
{
	(void)state;
	static const size_t counts[] = { 0, 1, 4095, (size_t)1 << 20, ((size_t)1 << 20) + 1, 3333333 };
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		unsigned char *memory = large_take(counts[i], 2);
		assert_non_null(memory);
		memset(memory, 0xA5, 2 * counts[i]);
		for (size_t at = 0; at < 2 * counts[i]; at += 4093)
			assert_int_equal(memory[at], 0xA5);
		large_prepare(memory, LARGE_SLICE);
		for (size_t at = 0; at < 2 * counts[i]; at += 4093)
			assert_int_equal(memory[at], 0xA5);
		large_release(memory, LARGE_SLICE); /* what is left of it can be used as before */
		memset(memory, 0x5A, 2 * counts[i]);
		for (size_t at = 0; at < 2 * counts[i]; at += 4093)
			assert_int_equal(memory[at], 0x5A);
		free(memory);
	}
}

static void what_is_too_much(void **state)
{
	(void)state;
	assert_null(large_take(SIZE_MAX, 1));
	assert_null(large_take(SIZE_MAX / 2, 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_can_be_used),
		cmocka_unit_test(what_is_too_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
