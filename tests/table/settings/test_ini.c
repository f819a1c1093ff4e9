/* Tests of the settings file's lines: sections, keys, values, comments, encodings, and what is no such line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/table/settings/ini.h"
#include "tests/arena.h"

static struct ini ini;

static int parse(const char *text)
{
	memset(&error, 0, sizeof error);
	return ini_parse(&ini, "x.ini", text, strlen(text), "many", arena, &error);
}

/* The text has this one fault. */
static void fault(const char *text, const char *message)
{
	assert_int_equal(parse(text), -1);
	assert_int_equal(error.count, 1);
	assert_int_equal(error.code, EXIT_SETTINGS);
	assert_string_equal(error.message[0], message);
}

static void entry_is(size_t section, size_t entry, const char *key, const char *value, int line)
{
	assert_true(section < ini.count && entry < ini.section[section].count);
	assert_string_equal(ini.section[section].entry[entry].key, key);
	assert_string_equal(ini.section[section].entry[entry].value, value);
	assert_int_equal(ini.section[section].entry[entry].line, line);
}

static void sections_and_keys(void **state)
{
	(void)state;
	assert_int_equal(parse("# first\n[a]\nk = v\n\n  [ b  c ]  # why\n\tlong  key=a = b\nempty =\nmany = 1\nmany = 2"), 0);
	assert_int_equal(ini.count, 2);
	assert_string_equal(ini.section[0].name, "a");
	assert_int_equal(ini.section[0].line, 2);
	assert_int_equal(ini.section[0].count, 1);
	entry_is(0, 0, "k", "v", 3);
	assert_string_equal(ini.section[1].name, "b c");
	assert_int_equal(ini.section[1].line, 5);
	assert_int_equal(ini.section[1].count, 4);
	entry_is(1, 0, "long key", "a = b", 6);
	entry_is(1, 1, "empty", "", 7);
	entry_is(1, 3, "many", "2", 9);
	assert_ptr_equal(ini_find(&ini.section[1], "many"), &ini.section[1].entry[2]);
	assert_null(ini_find(&ini.section[1], "none"));
	assert_ptr_equal(ini_section(&ini, "b c"), &ini.section[1]);
	assert_null(ini_section(&ini, "b"));
}

static void nothing_at_all(void **state)
{
	(void)state;
	assert_int_equal(parse(""), 0);
	assert_int_equal(ini.count, 0);
	assert_int_equal(parse("\xEF\xBB\xBF"), 0);
	assert_int_equal(parse("\n \n#\n"), 0);
	assert_int_equal(ini.count, 0);
}

static void line_ends_and_white_space(void **state)
{
	(void)state;
	assert_int_equal(parse("\xEF\xBB\xBF[s]\r\nk = v\r\n"), 0);
	entry_is(0, 0, "k", "v", 2);
	assert_int_equal(parse("[s]\nk\xC2\xA0k =\t25\xE2\x80\xAF" "000 \xE2\x80\x89\xE2\x80\x87 kr\xC2\xA0\n"), 0);
	entry_is(0, 0, "k k", "25 000 kr", 2);
}

static void comments(void **state)
{
	(void)state;
	assert_int_equal(parse("[s]\na = b#c\nd = e # f\ng = h\xC2\xA0# i\nj = # k\n"), 0);
	entry_is(0, 0, "a", "b#c", 2);
	entry_is(0, 1, "d", "e", 3);
	entry_is(0, 2, "g", "h", 4);
	entry_is(0, 3, "j", "", 5);
}

static void faults(void **state)
{
	(void)state;
	fault("[s]\nword\n", "x.ini:2: neither [section], key = value nor # comment");
	fault("[s]\n = v\n", "x.ini:2: no key before '='");
	fault("k = v\n[s]\n", "x.ini:1: key 'k' stands before the first [section]");
	fault("[s\nk = v\nk = v\n", "x.ini:1: a section header must end with ']': [name]");
	fault("[s] x\n", "x.ini:1: a section header must end with ']': [name]");
	fault("[]\n", "x.ini:1: a section header without a name");
	fault("[\n", "x.ini:1: a section header must end with ']': [name]");
	fault("[ ]\n", "x.ini:1: a section header without a name");
	fault("[s]\n[t]\n[ s ]\n", "x.ini:3: section [s] stands already on line 1; join them");
	fault("[s]\nk = 1\nmany = 1\nk = 2\n", "x.ini:4: key 'k' in [s] stands already on line 2");
	fault("[s]\nk = a\rb\n", "x.ini:2: a control character in the line; is this a text file?");
	fault("[s]\nk = \x7F\n", "x.ini:2: a control character in the line; is this a text file?");
}

static void all_faults_at_once(void **state)
{
	(void)state;
	assert_int_equal(parse("a = b\n[s\n[t]\nword\n= c\nk = 1\n"), -1);
	assert_int_equal(error.count, 4);
	assert_string_equal(error.message[3], "x.ini:5: no key before '='");
	assert_int_equal(ini.count, 2);
	assert_null(ini.section[0].name);
	entry_is(1, 0, "k", "1", 6);
}

static void encodings(void **state)
{
	(void)state;
	fault("[s]\n# \xE5\xE4\xF6\nk = v\n", "x.ini:2: not UTF-8; save the file as UTF-8");
	assert_int_equal(ini.count, 0);
	fault("\xFF\xFE[", "x.ini:1: the file is UTF-16; save it as UTF-8");
	memset(&error, 0, sizeof error);
	assert_int_equal(ini_parse(&ini, "x.ini", "[s]\nk = \0v\n", 11, NULL, arena, &error), -1);
	assert_string_equal(error.message[0], "x.ini:2: a control character in the line; is this a text file?");
}

static void many_entries(void **state)
{
	(void)state;
	char text[8192] = "[s]\n";
	for (int i = 0; i < 300; i++)
		(void)strcat(text, "many = 12345\n");
	(void)strcat(text, "[t]\nlast = 1");
	assert_int_equal(parse(text), 0);
	assert_int_equal(ini.section[0].count, 300);
	entry_is(0, 299, "many", "12345", 301);
	entry_is(1, 0, "last", "1", 303);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sections_and_keys, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(nothing_at_all, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(line_ends_and_white_space, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(comments, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(faults, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(all_faults_at_once, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(encodings, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(many_entries, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
