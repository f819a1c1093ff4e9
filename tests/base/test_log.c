/* The account of a run: one line of well-formed JSON an event, whatever the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pipeline/base/log.h"
#include "pipeline/base/text.h"

/* The last line that log_event writes of the text, from the member `text` on. */
static const char *told(const char *text)
{
	static char line[4096];
	char path[] = "/tmp/test_log_XXXXXX";
	struct error error = { 0 };
	struct log *log;
	int file = mkstemp(path);
	assert_true(file >= 0);
	assert_int_equal(close(file), 0);
	assert_int_equal(log_open(&log, path, LOG_SILENT, &error), 0);
	log_event(log, LOG_NOTE, "link", text);
	log_close(log);
	FILE *lines = fopen(path, "r");
	assert_non_null(lines);
	assert_non_null(fgets(line, sizeof line, lines));
	assert_int_equal(fgetc(lines), EOF); /* one line an event */
	assert_int_equal(fclose(lines), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(text_bad_utf8(line, strlen(line)), strlen(line));
	const char *start = strstr(line, "\"text\":");
	assert_non_null(start);
	return start;
}

static void control_characters_are_escaped(void **unused)
{
	(void)unused;
	assert_string_equal(told("a\nb\tc\x1b[31m \"q\" \\"), "\"text\":\"a\\u000ab\\u0009c\\u001b[31m \\\"q\\\" \\\\\"}\n");
	assert_string_equal(told("\x7f"), "\"text\":\"\\u007f\"}\n");
	assert_string_equal(told("\xc2\x9b" "2J \xc2\xa0"), "\"text\":\"\\u009b2J \xc2\xa0\"}\n"); /* C1: CSI; a hard space is none */
}

static void what_is_no_utf8_does_not_break_the_line(void **unused)
{
	(void)unused;
	assert_string_equal(told("f\xff\xc3\xb6r"), "\"text\":\"f?\xc3\xb6r\"}\n");
	assert_string_equal(told("\xc3"), "\"text\":\"?\"}\n");
}

/* `count` times the text. */
static char *repeated(const char *text, size_t count)
{
	size_t length = strlen(text);
	char *all = malloc(count * length + 1);
	assert_non_null(all);
	for (size_t i = 0; i < count; i++)
		memcpy(all + i * length, text, length);
	all[count * length] = '\0';
	return all;
}

static void a_long_text_is_cut_between_characters(void **unused)
{
	(void)unused;
	char *letters = repeated("\xc3\xa5", 2000), *shifted = repeated("\xc3\xa5", 2000), *breaks = repeated("\n", 3000);
	shifted[0] = ' ';
	shifted[1] = ' ';
	for (size_t skip = 0; skip < 2; skip++) { /* so that the cut falls on each byte of a character */
		const char *said = told(letters + 2 * skip);
		assert_null(strchr(said, '?'));
		assert_true(strlen(said) > 1000);
		said = told(shifted + 1 + skip);
		assert_null(strchr(said, '?'));
	}
	assert_non_null(strstr(told(breaks), "\\u000a\"}\n"));
	free(letters);
	free(shifted);
	free(breaks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(control_characters_are_escaped),
		cmocka_unit_test(what_is_no_utf8_does_not_break_the_line),
		cmocka_unit_test(a_long_text_is_cut_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
