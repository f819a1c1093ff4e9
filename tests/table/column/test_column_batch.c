/* Rows in memory when memory is out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/text.h"
#include "pipeline/table/column/column_batch.h"

/* A sanitizer has allocation functions of its own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAN_FAIL 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CAN_FAIL 0
#endif
#endif
#ifndef CAN_FAIL
#define CAN_FAIL 1
#endif

static int left = -1; /* calls of calloc until one fails; below 0: none does */

#if CAN_FAIL
extern void *__libc_calloc(size_t number, size_t size);

/* In the place of libc's: every block of an arena comes from here. */
void *calloc(size_t number, size_t size)
{
	return left >= 0 && left-- == 0 ? NULL : __libc_calloc(number, size);
}
#endif

static const struct column columns[] = { { "code", COLUMN_TEXT }, { "amount", COLUMN_I64 } };

/* Each allocation of the beginning fails once: it says so, and the same batch begins anew as if nothing had been. */
static void a_beginning_that_fails(void **unused)
{
	(void)unused;
	if (!CAN_FAIL)
		skip();
	for (int at = 0; at < 100; at++) {
		struct column_batch batch = { .rows = 0 };
		struct error error = { 0 };
		left = at;
		int result = column_batch_begin(&batch, columns, 2, 10, &error);
		left = -1;
		if (result == 0) {
			assert_true(at >= 4); /* the arena, a block of it, the two columns */
			column_batch_free(&batch);
			return;
		}
		assert_int_equal(error.code, EXIT_IO);
		error = (struct error){ 0 };
		assert_int_equal(column_batch_begin(&batch, columns, 2, 10, &error), 0);
		for (uint32_t wanted = 1, index; wanted < 4; wanted++) {
			char text[8] = { (char)('a' + wanted), '\0' };
			assert_int_equal(column_batch_text(&batch, text, 1, &index, &error), 0);
			assert_int_equal(index, wanted);
			assert_int_equal(column_batch_text(&batch, text, 1, &index, &error), 0);
			assert_int_equal(index, wanted);
		}
		column_batch_free(&batch);
	}
	fail_msg("it never began");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_beginning_that_fails) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
