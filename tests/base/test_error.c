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

static void assert_word(size_t message, size_t at, size_t bytes, const char *word)
{
	assert_int_equal(bytes, strlen(word));
	assert_memory_equal(error.message[message] + at, word, bytes);
}

static void says_where_a_fault_stands(void **state)
{
	(void)state;
	const struct error_place row = { .file = "fk.csv", .line = 7, .record = 7, .column = "column 'fran'", .code = "DATE_INVALID" };
	const struct error_place form = { .file = "a: b.csv", .line = 7, .record = 5, .column = "field 12", .code = "NUL_BYTE", .code_first = true };
	const struct error_place record = { .file = "prislista.csv", .record = 3, .code = "NOT_UNIQUE" }, whole = { .file = "fk", .code = "DRIFT" };
	assert_int_equal(error_at(&error, &row, "not a %s", "date"), -1);
	(void)error_at(&error, &form, "damaged");
	(void)error_at(&error, &record, "twice");
	(void)error_at(&error, &whole, "rows: %d", 5);
	assert_int_equal(error.code, EXIT_DATA);
	assert_string_equal(error.message[0], "fk.csv:7: column 'fran': DATE_INVALID: not a date");
	assert_string_equal(error.message[1], "a: b.csv:7: NUL_BYTE: field 12: damaged (record 5)");
	assert_string_equal(error.message[2], "prislista.csv: record 3: NOT_UNIQUE: twice");
	assert_string_equal(error.message[3], "fk: DRIFT: rows: 5");
	struct error joined = { 0 };
	error_join(&joined, &error);
	for (size_t i = 0; i < 2; i++) {
		const struct error_place *place = i == 0 ? &row : &form;
		const struct error_spot *spot = &joined.spot[i];
		assert_int_equal(spot->line, place->line);
		assert_int_equal(spot->record, place->record);
		assert_word(i, 0, spot->file, place->file);
		assert_word(i, spot->column, spot->column_bytes, i == 0 ? "fran" : "12");
		assert_word(i, spot->code, spot->code_bytes, place->code);
	}
	assert_int_equal(joined.spot[3].column_bytes, 0);
	assert_string_equal(joined.message[1] + joined.spot[1].reason, "damaged (record 5)");
	/* no word reaches beyond a message that is cut */
	char longest[2 * ERROR_LENGTH];
	memset(longest, 'x', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	for (size_t cut = 0; cut < 60; cut++) {
		memset(&error, 0, sizeof error);
		const struct error_place place = { .file = longest + sizeof longest - 1 - ERROR_LENGTH + cut, .line = 7, .column = "column 'å'",
			.code = "CODE" };
		(void)error_at(&error, &place, "reason");
		const struct error_spot *spot = &error.spot[0];
		if (spot->column_bytes > 0)
			assert_word(0, spot->column, spot->column_bytes, "å");
		if (spot->code_bytes > 0)
			assert_word(0, spot->code, spot->code_bytes, "CODE");
	}
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
		cmocka_unit_test_setup(says_where_a_fault_stands, clear),
		cmocka_unit_test_setup(counts_what_it_does_not_keep, clear),
		cmocka_unit_test_setup(cuts_between_characters, clear),
		cmocka_unit_test_setup(keeps_whole_what_fits, clear),
		cmocka_unit_test_setup(is_a_plain_value, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
