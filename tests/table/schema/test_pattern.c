/* Tests of patterns: each form of an element, what is malformed, and the quick way against the slow one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/table/schema/pattern.h"

static void test_matching(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *text;
		bool matches;
	} cases[] = { { "^$", "", true }, { "^$", "a", false }, { "^a$", "a", true }, { "^a$", "aa", false }, { "^a*$", "", true },
		{ "^a*$", "aaa", true }, { "^a*$", "ab", false }, { "^a+b$", "b", false }, { "^a+b$", "aab", true },
		{ "^a?b$", "ab", true }, { "^a?b$", "aab", false }, { "^a{2}$", "aa", true }, { "^a{2}$", "aaa", false },
		{ "^a{1,3}$", "aaa", true }, { "^a{1,3}$", "aaaa", false }, { "^[a-c_]+$", "ab_c", true }, { "^[a-c]+$", "abd", false },
		{ "^[a-]+$", "a-a", true }, { "^a\\+$", "a+", true }, { "^a\\+$", "aa", false }, { "^(ab|c)$", "ab", true },
		{ "^(ab|c)$", "c", true }, { "^(ab|c)$", "abc", false }, { "^(ab|a)b$", "ab", true }, { "^x(a|b)?y$", "xy", true },
		{ "^x(a|b)?y$", "xby", true }, { "^x(a|b)?y$", "xaby", false }, { "^a|b$", "b", true }, { "^(a(b|c)|d)e$", "ace", true },
		{ "^[0-9]{1,3}(-|\xe2\x80\x93)[0-9]{1,3}$", "16\xe2\x80\x93" "19", true },
		{ "^[0-9]{1,3}(-|\xe2\x80\x93)[0-9]{1,3}$", "16\xe2\x80" "19", false }, { "^a*a*a*b$", "aaaaaaaaaaaaaaaaaaaa", false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(pattern_is_valid(cases[i].pattern));
		if (pattern_matches(cases[i].pattern, cases[i].text, strlen(cases[i].text)) != cases[i].matches)
			fail_msg("%s on '%s'", cases[i].pattern, cases[i].text);
	}
}

static void test_malformed(void **state)
{
	(void)state;
	static const char *const patterns[] = { "", "^", "$", "a", "^a", "a$", "^[$", "^[]$", "^(a$", "^a)$", "^a{$", "^a{}$", "^a{,2}$",
		"^a{2,1}$", "^a{999999}$", "^*$", "^a**$", "^(a)*$", "^(a){2}$", "^\\$", "^{2}$", "^a{2$" };
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		if (pattern_is_valid(patterns[i]))
			fail_msg("%s", patterns[i]);
}

static void test_class(void **state)
{
	(void)state;
	static const char pid[] = "^[0-9A-Za-z_-]{8,64}$";
	struct pattern_class class;
	assert_true(pattern_class_of(pid, &class));
	char text[66];
	for (int c = 0; c < 256; c++) {
		memset(text, 'a', sizeof text);
		text[3] = (char)c;
		assert_int_equal(pattern_class_matches(&class, text, 8), pattern_matches(pid, text, 8));
	}
	memset(text, 'a', sizeof text);
	for (size_t length = 0; length <= sizeof text; length++)
		assert_int_equal(pattern_class_matches(&class, text, length), length >= 8 && length <= 64);
	assert_false(pattern_class_of("^[0-9]{2}a$", &class));
	assert_false(pattern_class_of("^a{2}$", &class));
	assert_true(pattern_class_of("^[a]$", &class));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matching),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_class),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
