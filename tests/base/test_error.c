/* Tests of error messages: the first code stays, the first hundred are kept, none is cut inside a character. */
#include "pipeline/base/error.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/text.h"

static struct error error;

static int clear(void **state)
{
	(void)state;
	memset(&error, 0, sizeof error);
	return 0;
}

static void zero_is_no_error(void **state)
{
	(void)state;
	assert_int_equal(error.code, EXIT_DONE);
	assert_int_equal(error_kept(&error), 0);
}

static void keeps_the_first_code(void **state)
{
	(void)state;
	assert_int_equal(error_set(&error, EXIT_DATA, "%s:%d: no date", "fk.csv", 7), -1);
	assert_int_equal(error_set(&error, EXIT_BUG, "later"), -1);
	assert_int_equal(error.code, EXIT_DATA);
	assert_int_equal(error.count, 2);
	assert_int_equal(error_kept(&error), 2);
	assert_string_equal(error.message[0], "fk.csv:7: no date");
	assert_string_equal(error.message[1], "later");
}

static void says_why_a_call_failed(void **state)
{
	(void)state;
	assert_int_equal(error_system(&error, ENOENT, "%s: cannot be opened", "fk.csv"), -1);
	assert_int_equal(error.code, EXIT_IO);
	assert_int_equal(strncmp(error.message[0], "fk.csv: cannot be opened: ", 26), 0);
	assert_string_equal(error.message[0] + 26, strerror(ENOENT));
}

static void counts_what_it_does_not_keep(void **state)
{
	(void)state;
	for (int i = 0; i < ERROR_KEPT + 50; i++) {
		if (i % 2 == 0)
			(void)error_set(&error, EXIT_DATA, "message %d", i);
		else
			(void)error_system(&error, EIO, "message %d", i);
	}
	assert_int_equal(error.count, ERROR_KEPT + 50);
	assert_int_equal(error_kept(&error), ERROR_KEPT);
	assert_string_equal(error.message[0], "message 0");
	assert_string_equal(error.message[ERROR_KEPT - 2], "message 98");
}

/* `lead` letters and then one character again and again: wherever the cut falls, whole characters remain. */
static void cut_after(size_t lead, const char *character)
{
	char text[2 * ERROR_LENGTH] = "";
	size_t bytes = strlen(character), used = lead;
	memset(text, 'x', lead);
	for (; used + bytes < sizeof text; used += bytes)
		memcpy(text + used, character, bytes);
	text[used] = '\0';
	memset(&error, 0, sizeof error);
	(void)error_set(&error, EXIT_DATA, "%s", text);
	(void)error_system(&error, EIO, "%s", text);
	for (size_t i = 0; i < 2; i++) {
		size_t length = strlen(error.message[i]);
		assert_int_equal(text_bad_utf8(error.message[i], length), length);
		assert_true(length < ERROR_LENGTH && length + bytes >= ERROR_LENGTH);
		assert_memory_equal(error.message[i], text, length);
	}
}

static void cuts_between_characters(void **state)
{
	(void)state;
	for (size_t lead = 0; lead < 8; lead++) {
		cut_after(lead, "x");
		cut_after(lead, "\xC3\xA5");         /* å */
		cut_after(lead, "\xE2\x82\xAC");     /* euro sign */
		cut_after(lead, "\xF0\x9F\x98\x80"); /* U+1F600 */
	}
}

static void keeps_whole_what_fits(void **state)
{
	(void)state;
	char text[ERROR_LENGTH];
	memset(text, 'x', sizeof text);
	memcpy(text + ERROR_LENGTH - 3, "\xC3\xA5", 3);
	(void)error_set(&error, EXIT_DATA, "%s", text);
	assert_string_equal(error.message[0], text);
	(void)error_set(&error, EXIT_DATA, "%s", "");
	assert_string_equal(error.message[1], "");
}

static void is_a_plain_value(void **state)
{
	(void)state;
	(void)error_set(&error, EXIT_LOCKED, "locked");
	struct error copy = error;
	memset(&error, 0, sizeof error);
	assert_int_equal(copy.code, EXIT_LOCKED);
	assert_string_equal(copy.message[0], "locked");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(zero_is_no_error, clear),
		cmocka_unit_test_setup(keeps_the_first_code, clear),
		cmocka_unit_test_setup(says_why_a_call_failed, clear),
		cmocka_unit_test_setup(counts_what_it_does_not_keep, clear),
		cmocka_unit_test_setup(cuts_between_characters, clear),
		cmocka_unit_test_setup(keeps_whole_what_fits, clear),
		cmocka_unit_test_setup(is_a_plain_value, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
