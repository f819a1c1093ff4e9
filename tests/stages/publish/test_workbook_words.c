/* Tests of what a library says on standard error: it becomes a fault, it cannot make the program wait, and standard error is given
   back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "stages/publish/workbook/workbook_words.h"

static ino_t standard_error(void)
{
	struct stat state = { 0 };
	assert_int_equal(fstat(STDERR_FILENO, &state), 0);
	return state.st_ino;
}

static void silence_is_no_fault(void **state)
{
	(void)state;
	struct error error = { 0 };
	ino_t before = standard_error();
	assert_int_equal(workbook_words_begin(&error), 0);
	assert_int_not_equal(standard_error(), before);
	assert_int_equal(workbook_words_end(&error), 0);
	assert_int_equal(standard_error(), before);
	assert_int_equal(error.count, 0);
}

static void what_is_said_is_a_fault(void **state)
{
	(void)state;
	struct error error = { 0 };
	ino_t before = standard_error();
	assert_int_equal(workbook_words_begin(&error), 0);
	(void)fprintf(stderr, "[ERROR][./src/format.c:%d]: Memory allocation failed.\nand more\n", 147);
	assert_int_equal(workbook_words_end(&error), -1);
	assert_int_equal(standard_error(), before);
	assert_int_equal(error.code, EXIT_IO);
	assert_string_equal(error.message[0],
		"tabeller.xlsx: libxlsxwriter says: [ERROR][./src/format.c:147]: Memory allocation failed.");
	assert_int_equal(workbook_words_begin(&error), 0); /* nothing is left over for the next one */
	assert_int_equal(workbook_words_end(&error), 0);
}

static void nobody_waits(void **state)
{
	(void)state;
	struct error error = { 0 };
	assert_int_equal(workbook_words_begin(&error), 0);
	for (int i = 0; i < 20000; i++)
		(void)fprintf(stderr, "[WARNING]: %d ----------------------------------------\n", i);
	assert_int_equal(workbook_words_end(&error), -1);
	assert_non_null(strstr(error.message[0], "[WARNING]: 0 ---"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(silence_is_no_fault),
		cmocka_unit_test(what_is_said_is_a_fault),
		cmocka_unit_test(nobody_waits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
