/* Tests of the search for personnummer. Valid numbers are made here by their check digit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/processor.h"

#include "stages/ingest/personnummer.h"

/* The check digit that makes nine digits ten. */
static int check_digit(const char *nine)
{
	int sum = 0;
	for (int i = 0; i < 9; i++) {
		int weighted = (nine[i] - '0') * (i % 2 == 0 ? 2 : 1);
		sum += weighted / 10 + weighted % 10;
	}
	return (10 - sum % 10) % 10;
}

static bool found(const char *text)
{
	/* a copy without a final NUL, so that a sanitizer sees a read behind the end */
	char copy[200];
	size_t length = strlen(text);
	assert_true(length <= sizeof copy);
	memcpy(copy + sizeof copy - length, text, length);
	return personnummer_within(copy + sizeof copy - length, length);
}

/* `form` with %s for the number's parts: century, birth, sign, the four last digits moved by `off`. */
static bool found_in(const char *before, const char *century, const char *birth, const char *sign, int off,
	const char *after)
{
	char nine[10], text[160];
	(void)snprintf(nine, sizeof nine, "%s%s", birth, "012");
	(void)snprintf(text, sizeof text, "%s%s%s%s012%d%s", before, century, birth, sign, (check_digit(nine) + off) % 10,
		after);
	return found(text);
}

static void test_forms(void **state)
{
	(void)state;
	static const char *const centuries[] = { "", "18", "19", "20" }, *const signs[] = { "", "-", "+", "\u2010", "\u2013", "\u2015", "\u2212" };
	for (size_t c = 0; c < 4; c++)
		for (size_t s = 0; s < sizeof signs / sizeof *signs; s++) {
			assert_true(found_in("", centuries[c], "850716", signs[s], 0, ""));
			assert_true(found_in("", centuries[c], "850776", signs[s], 0, "")); /* samordningsnummer */
			for (int off = 1; off < 10; off++)
				assert_false(found_in("", centuries[c], "850716", signs[s], off, ""));
		}
	assert_false(found_in("", "17", "850716", "", 0, ""));
	assert_false(found_in("", "21", "050716", "", 0, ""));
	assert_false(found_in("", "", "850716", "--", 0, ""));
	assert_false(found_in("", "", "850716", " ", 0, ""));
	assert_false(found_in("", "", "850716", "\u2016", 0, ""));
	assert_false(found_in("", "", "850716", "\u2013-", 0, ""));
	assert_false(found("850716\xE2\x80"));
	assert_false(found_in("", "", "850716", "/", 0, ""));
	assert_false(found_in("", "1", "850716", "", 0, ""));
}

static void test_dates(void **state)
{
	(void)state;
	static const char *const wrong[] = { "850700", "850732", "851301", "850016", "850230", "850431", "850760", "850792",
		"850290", "850491" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_false(found_in("", "", wrong[i], "", 0, ""));
		assert_false(found_in("", "19", wrong[i], "-", 0, ""));
	}
	assert_true(found_in("", "", "840229", "", 0, ""));
	assert_true(found_in("", "", "840289", "", 0, ""));
	assert_false(found_in("", "", "850229", "", 0, ""));
	assert_true(found_in("", "", "000229", "", 0, ""));
	assert_true(found_in("", "20", "000229", "", 0, ""));
	assert_false(found_in("", "19", "000229", "", 0, ""));
	assert_true(found_in("", "", "850761", "", 0, ""));
	assert_true(found_in("", "", "850791", "", 0, ""));
}

static void test_tokens(void **state)
{
	(void)state;
	static const char *const boundary[] = { "", " ", "-", "+", "_", ".", "(", "\t", "|", "/", "\xC2\xA0", "\xE2\x80\x93",
		"\xC3\x97", "pid:", "a b-" };
	static const char *const inside[] = { "a", "Z", "0", "9", "\xC3\xA5", "\xC3\x96", "x1" };
	for (size_t i = 0; i < sizeof boundary / sizeof *boundary; i++) {
		assert_true(found_in(boundary[i], "", "850716", "", 0, ""));
		assert_true(found_in(boundary[i], "19", "850716", "-", 0, " och mer text"));
	}
	for (size_t i = 0; i < 11; i++)
		assert_true(found_in("", "", "850716", "", 0, boundary[i]));
	for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
		assert_false(found_in(inside[i], "", "850716", "", 0, ""));
		assert_false(found_in("", "", "850716", "-", 0, inside[i]));
		assert_false(found_in("", "19", "850716", "", 0, inside[i]));
	}
	assert_true(found_in("1234567 850716 123456-12 ", "", "850716", "", 0, ""));
	assert_true(found_in("abc123456789def-", "", "850716", "", 0, "-x"));
	assert_true(found_in("20180101-", "", "850716", "-", 0, ""));
}

static void test_other_text(void **state)
{
	(void)state;
	assert_false(found(""));
	assert_false(found("2018-01-01"));
	assert_false(found("123456"));
	assert_false(found("0123456789abcdef0123456789abcdef"));
	assert_false(found("1234567890123"));
	assert_false(found("12345678901234567890"));
	assert_false(found("850716-"));
	assert_false(found("19850716-012"));
	assert_false(found("000000-0000"));
	assert_false(found("0000000000"));
}

/* The fast search against a plain one: every position tried. */
static bool found_plainly(const char *text)
{
	size_t length = strlen(text);
	for (size_t start = 0; start < length; start++)
		for (size_t end = start + 10; end <= length && end <= start + 13; end++) {
			bool left = start == 0 || strchr("-+_ ", text[start - 1]) != NULL;
			bool right = end == length || strchr("-+_ ", text[end]) != NULL;
			bool letters = strcspn(text + start, "x_ ") >= end - start;
			if (left && right && letters && personnummer_within(text + start, end - start))
				return true;
		}
	return false;
}

static void test_against_plain_search(void **state)
{
	(void)state;
	static const char letters[] = "0123456789012-+_x ";
	uint32_t random = 20180831;
	size_t hits = 0;
	for (int round = 0; round < 200000; round++) {
		char text[40];
		size_t length = 8 + (size_t)round % 24;
		for (size_t i = 0; i < length; i++) {
			random = random * 1664525 + 1013904223;
			text[i] = letters[(random >> 16) % (sizeof letters - 1)];
		}
		text[length] = '\0';
		if (length > 14) { /* a right date somewhere */
			memcpy(text + 2, "_850716", 7);
			memcpy(text + 9, round % 3 == 0 ? "-" : "0", 1);
		}
		hits += found(text);
		assert_int_equal(found(text), found_plainly(text));
	}
	assert_true(hits > 100);
}

static void check_candidates(void)
{
	static const char letters[] = "012345678901234567890123456789,;--+a\"\n\xC3";
	static char text[400];
	uint32_t random = 4711;
	size_t candidates = 0;
	for (int round = 0; round < 20000; round++) {
		size_t length = (size_t)round % sizeof text, from = length == 0 ? 0 : (size_t)round / 7 % length;
		for (size_t i = 0; i < length; i++) {
			random = random * 1664525 + 1013904223;
			text[i] = letters[(random >> 16) % (sizeof letters - 1)];
		}
		size_t plain = from;
		for (; plain < length; plain++) {
			size_t digits = 0;
			while (plain + digits < length && text[plain + digits] >= '0' && text[plain + digits] <= '9')
				digits++;
			bool inside = plain > from && ((text[plain - 1] >= '0' && text[plain - 1] <= '9') || text[plain - 1] == 'a');
			char behind = plain + digits < length ? text[plain + digits] : '\0';
			if (!inside && (digits >= 10 || ((digits == 6 || digits == 8) && (behind == '-' || behind == '+'))))
				break;
		}
		candidates += plain < length;
		assert_int_equal(personnummer_candidate(text, from, length), plain);
		if (personnummer_within(text + from, length - from))
			assert_true(plain < length);
	}
	assert_true(candidates > 1000);
	for (size_t at = 1; at < 150; at++) { /* a dash of three bytes, across the 64 that are looked at together */
		memset(text, ' ', sizeof text);
		memcpy(text + at, "811218\u20139876", 13);
		assert_int_equal(personnummer_candidate(text, 0, 200), at);
		assert_true(personnummer_within(text, 200));
	}
}

/* The quick look over all bytes: it stops at every place where a personnummer can begin, whatever the processor. */
static void test_candidates(void **state)
{
	(void)state;
	for (processor_at_most = PROCESSOR_PLAIN; processor_at_most < PROCESSOR_BEST; processor_at_most++)
		check_candidates();
	check_candidates();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_other_text),
		cmocka_unit_test(test_against_plain_search),
		cmocka_unit_test(test_candidates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
