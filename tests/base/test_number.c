/* Tests of numbers: forms that are read and refused, rounding against integer arithmetic, shares that add up. */
#include "pipeline/base/number.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* splitmix64 (S. Vigna, public domain): the same numbers in every run. */
static uint64_t random_bits(void)
{
	static uint64_t state = 20180131;
	uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static int64_t random_up_to(int64_t largest)
{
	return (int64_t)(random_bits() % ((uint64_t)largest + 1));
}

static void reads_integers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t value;
	} known[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "007", 7 },
		{ "-12", -12 },
		{ "999999999999999999", INT64_C(999999999999999999) },
		{ "-999999999999999999", INT64_C(-999999999999999999) },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		int64_t value = 77;
		assert_true(number_read_integer(known[i].text, strlen(known[i].text), &value));
		assert_true(value == known[i].value);
	}
	int64_t value = 77;
	assert_true(number_read_integer("1234", 2, &value)); /* reads `length` bytes, not to the NUL */
	assert_true(value == 12);
}

static void refuses_other_integers(void **state)
{
	(void)state;
	static const char *const wrong[] = { "", "-", "+1", "--1", "1-", " 1", "1 ", "1.0", "1,0", "1e3", "0x10", "1_000",
		"1 000", "1\302\240000", "inf", "nan", "1000000000000000000", "-1000000000000000000",
		"0000000000000000001", "\xEF\xBC\x91", "12a", "a12" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		int64_t value = 77;
		assert_false(number_read_integer(wrong[i], strlen(wrong[i]), &value));
		assert_true(value == 77);
	}
	int64_t value = 77;
	assert_false(number_read_integer("1\0", 2, &value));
	assert_true(value == 77);
}

static void reads_amounts(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t ore;
	} known[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "1", 100 },
		{ "1.5", 150 },
		{ "1,5", 150 },
		{ "1.05", 105 },
		{ "-1,05", -105 },
		{ "-0.01", -1 },
		{ "007.10", 710 },
		{ "999999999999999", INT64_C(99999999999999900) },
		{ "-999999999999999.99", INT64_C(-99999999999999999) },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		int64_t ore = 77;
		assert_true(number_read_ore(known[i].text, strlen(known[i].text), &ore));
		assert_true(ore == known[i].ore);
	}
}

static void reads_every_amount_that_is_written(void **state)
{
	(void)state;
	for (int64_t expected = -2500; expected <= 2500; expected++) {
		char text[32];
		int64_t ore = INT64_MIN, size = expected < 0 ? -expected : expected;
		int length = snprintf(text, sizeof text, "%s%d%c%02d", expected < 0 ? "-" : "", (int)(size / 100),
			expected % 2 == 0 ? '.' : ',', (int)(size % 100));
		assert_true(number_read_ore(text, (size_t)length, &ore));
		assert_true(ore == expected);
	}
}

static void refuses_other_amounts(void **state)
{
	(void)state;
	static const char *const wrong[] = { "", "-", ".", ",", "-.", ".5", "-,5", "5.", "5,", "-5.", "1.234", "1,234",
		"1.2.3", "1,2,3", "1.2,3", "1..2", "1 000", "1\302\240000", "1'000", " 1", "1 ", "+1", "1-", "--1", "1.-5",
		"1e3", "1.5e1", "0x10", "inf", "nan", "-inf", "kr 5", "5 kr", "5:-", "1000000000000000", "0000000000000001",
		"-1000000000000000.00", "\342\210\2225" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		int64_t ore = 77;
		assert_false(number_read_ore(wrong[i], strlen(wrong[i]), &ore));
		assert_true(ore == 77);
	}
}

static void reads_decimals(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		double value;
	} known[] = {
		{ "0", 0 },
		{ "1.5", 1.5 },
		{ "1,5", 1.5 },
		{ "-12.0625", -12.0625 },
		{ "0.1", 0.1 },
		{ "9007199254740993", 9007199254740992.0 }, /* the nearest double, ties to even */
		{ "1234567890123456789012345678901234567890", 1234567890123456789012345678901234567890.0 },
		{ "0.00000000000000000000000000000000000001", 1e-38 },
		{ "16.15", 16.15 },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		double value = 77;
		assert_true(number_read_decimal(known[i].text, strlen(known[i].text), &value));
		assert_memory_equal(&value, &known[i].value, sizeof value);
	}
	double value = 77;
	assert_true(number_read_decimal("1.25e9", 4, &value));
	assert_true(value == 1.25);
}

static void refuses_other_decimals(void **state)
{
	(void)state;
	static const char *const wrong[] = { "", "-", ".", ".5", "5.", "-.5", "1.2.3", "1,000.5", "1e3", "1E3", "1e", "0x1p3",
		"0x10", "inf", "Infinity", "-inf", "nan", "NAN", " 1", "1 ", "\t1", "+1", "--1", "1-", "1 000",
		"12345678901234567890123456789012345678901", "0.000000000000000000000000000000000000001" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		double value = 77;
		assert_false(number_read_decimal(wrong[i], strlen(wrong[i]), &value));
		assert_true(value == 77);
	}
}

static void rounds_half_away_by_hand(void **state)
{
	(void)state;
	static const struct {
		double value;
		int decimals;
		const char *text;
	} known[] = {
		{ 0, 0, "0" },
		{ -0.0, 1, "0.0" },
		{ 0.05, 1, "0.1" },
		{ -0.05, 1, "-0.1" },
		{ 0.04, 1, "0.0" },
		{ -0.04, 1, "0.0" },
		{ -0.0004, 1, "0.0" },
		{ 1e-300, 1, "0.0" },
		{ 0.5, 0, "1" },
		{ -0.5, 0, "-1" },
		{ 0.49999999999999994, 0, "1" }, /* 0.5 in 15 digits */
		{ 0.499999999999999, 0, "0" },
		{ 1.5, 0, "2" },
		{ 2.5, 0, "3" },
		{ 16.15, 1, "16.2" },
		{ -16.15, 1, "-16.2" },
		{ 1.005, 2, "1.01" },
		{ 999.95, 1, "1000.0" },
		{ 999.94, 1, "999.9" },
		{ 9.99, 1, "10.0" },
		{ 0.999, 2, "1.00" },
		{ 1e14, 1, "100000000000000.0" },
		{ -1e14, 0, "-100000000000000" },
		{ 99999999999999.5, 0, "100000000000000" },
		{ 999999999999999, 2, "999999999999999.00" },
		{ 100, 0, "100" },
		{ 1.0 / 3, 9, "0.333333333" },
		{ 2.0 / 3, 9, "0.666666667" },
		{ 0.1 + 0.2, 9, "0.300000000" },
		{ 123456.789, 3, "123456.789" },
		{ 5e-324, 9, "0.000000000" },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		char text[NUMBER_TEXT];
		number_write_rounded(known[i].value, known[i].decimals, text);
		assert_string_equal(text, known[i].text);
	}
}

/* A random decimal number of up to 15 digits, rounded by integers: the double nearest to it must print the same. */
static void rounds_like_integers(void **state)
{
	(void)state;
	static const int64_t power[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };
	for (int round = 0; round < 200000; round++) {
		int64_t digits = random_up_to(INT64_C(999999999999999));
		for (uint64_t less = random_bits() % 15; less > 0; less--)
			digits /= 10;
		int places = (int)(random_bits() % 10), decimals = (int)(random_bits() % (unsigned)(places + 1));
		bool negative = random_bits() % 2 == 0;
		int64_t unit = power[places - decimals], rounded = digits / unit + (digits % unit * 2 >= unit);
		if (unit == 1)
			rounded = digits;

		char expected[NUMBER_TEXT], text[NUMBER_TEXT];
		const char *sign = negative && rounded > 0 ? "-" : "";
		if (decimals == 0)
			(void)snprintf(expected, sizeof expected, "%s%lld", sign, (long long)rounded);
		else
			(void)snprintf(expected, sizeof expected, "%s%lld.%0*lld", sign,
				(long long)(rounded / power[decimals]), decimals, (long long)(rounded % power[decimals]));
		double value = (double)digits / (double)power[places];
		number_write_rounded(negative ? -value : value, decimals, text);
		assert_string_equal(text, expected);
	}
}

static void writes_full_numbers(void **state)
{
	(void)state;
	static const struct {
		double value;
		const char *text;
	} known[] = {
		{ 0, "0" },
		{ -0.0, "0" },
		{ 1, "1" },
		{ -12, "-12" },
		{ 9007199254740991.0, "9007199254740991" },
		{ -9007199254740991.0, "-9007199254740991" },
		{ 0.5, "0.5" },
		{ 0.1, "0.10000000000000001" },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		char text[NUMBER_TEXT];
		number_write_full(known[i].value, text);
		assert_string_equal(text, known[i].text);
	}
}

static void check_full(double value)
{
	char text[NUMBER_TEXT];
	number_write_full(value, text);
	assert_true(strlen(text) < NUMBER_TEXT);
	double back = strtod(text, NULL);
	assert_memory_equal(&back, &value, sizeof value);
	double read = 0;
	if (number_read_decimal(text, strlen(text), &read)) /* all but those with an exponent */
		assert_memory_equal(&read, &value, sizeof value);
	else
		assert_non_null(strchr(text, 'e'));
}

static void full_numbers_read_back(void **state)
{
	(void)state;
	for (int round = 0; round < 200000; round++) {
		uint64_t bits = random_bits();
		double value;
		memcpy(&value, &bits, sizeof value);
		if (isfinite(value))
			check_full(value);
		check_full((double)(int64_t)random_bits() / 1048576.0);
		check_full((double)(random_up_to(1000000) - 500000) / 1000);
	}
	check_full(5e-324);
	check_full(-1.7976931348623157e308);
	check_full(9007199254740992.0);
	check_full(9007199254740994.0);
}

/* floor((2ab + c) / 2c) in 128 bits. */
static int64_t exact_share(int64_t a, int64_t b, int64_t c)
{
	__extension__ __int128 twice = 2 * (__extension__ (__int128)a) * b + c, unit = 2 * (__extension__ (__int128)c);
	__extension__ __int128 quotient = twice / unit;
	return (int64_t)(quotient - (twice % unit < 0));
}

static void shares_by_hand(void **state)
{
	(void)state;
	static const struct {
		int64_t a, b, c, share;
	} known[] = {
		{ 0, 1, 3, 0 },
		{ 100, 1, 3, 33 },
		{ 100, 2, 3, 67 },
		{ 100, 3, 3, 100 },
		{ 100, 0, 3, 0 },
		{ 1, 1, 2, 1 },   /* a half goes up */
		{ -1, 1, 2, 0 },  /* towards plus infinity */
		{ -3, 1, 2, -1 },
		{ -100, 1, 3, -33 },
		{ -100, 2, 3, -67 },
		{ INT64_MAX, 1, 1, INT64_MAX },
		{ INT64_MIN, 1, 1, INT64_MIN },
		{ INT64_MAX, 1 << 30, 1 << 30, INT64_MAX },
		{ INT64_MIN, 1 << 30, 1 << 30, INT64_MIN },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		assert_true(number_share(known[i].a, known[i].b, known[i].c) == known[i].share);
}

static void shares_are_exact(void **state)
{
	(void)state;
	for (int round = 0; round < 300000; round++) {
		int64_t a = (int64_t)random_bits() >> random_bits() % 63;
		int64_t c = 1 + random_up_to((INT64_C(1) << (random_bits() % 31)) - 1), b = random_up_to(c);
		assert_true(number_share(a, b, c) == exact_share(a, b, c));
	}
}

/* What falls on the days of a spell, as differences of cumulative shares, adds up to the amount; no day gets less than
   nothing of a positive amount, nor more of a negative one. */
static void shares_of_a_spell_add_up(void **state)
{
	(void)state;
	for (int round = 0; round < 2000; round++) {
		int64_t amount = random_up_to(200000000) - 100000000, days = 1 + random_up_to(400), sum = 0, before = 0;
		for (int64_t day = 0, next; day < days; day = next) {
			next = day + 1 + random_up_to(days - day - 1);
			int64_t share = number_share(amount, next, days);
			assert_true(amount >= 0 ? share >= before : share <= before);
			sum += share - before;
			before = share;
		}
		assert_true(sum == amount);
	}
}

/* Whole numbers go another way than the others, with the same result: printf's and strtod's. */
static void whole_numbers_are_as_others(void **state)
{
	(void)state;
	for (int round = 0; round < 200000; round++) {
		int64_t size = random_up_to(INT64_MAX) >> (10 + random_up_to(53)), whole = random_up_to(1) > 0 ? -size : size;
		char expected[32], text[NUMBER_TEXT];
		double back = 77, value = (double)whole;
		int length = snprintf(expected, sizeof expected, "%lld", (long long)whole);
		number_write_full(value, text);
		assert_string_equal(text, expected);
		assert_true(number_read_full(text, (size_t)length, &back));
		assert_memory_equal(&back, &value, sizeof back);
		assert_true(number_read_decimal(text, (size_t)length, &back));
		assert_memory_equal(&back, &value, sizeof back);
		number_write_rounded(value, 0, text);
		if (length <= 15) {
			assert_string_equal(text, expected);
			number_write_rounded(value, 2, text);
			assert_memory_equal(text, expected, (size_t)length);
			assert_string_equal(text + length, ".00");
		}
	}
	double negative = 77, zero = -0.0;
	assert_true(number_read_full("-0", 2, &negative));
	assert_memory_equal(&negative, &zero, sizeof zero);
	char text[NUMBER_TEXT];
	number_write_rounded(zero, 1, text);
	assert_string_equal(text, "0.0");
	number_write_full(zero, text);
	assert_string_equal(text, "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_integers),
		cmocka_unit_test(refuses_other_integers),
		cmocka_unit_test(reads_amounts),
		cmocka_unit_test(reads_every_amount_that_is_written),
		cmocka_unit_test(refuses_other_amounts),
		cmocka_unit_test(reads_decimals),
		cmocka_unit_test(refuses_other_decimals),
		cmocka_unit_test(rounds_half_away_by_hand),
		cmocka_unit_test(rounds_like_integers),
		cmocka_unit_test(writes_full_numbers),
		cmocka_unit_test(full_numbers_read_back),
		cmocka_unit_test(whole_numbers_are_as_others),
		cmocka_unit_test(shares_by_hand),
		cmocka_unit_test(shares_are_exact),
		cmocka_unit_test(shares_of_a_spell_add_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
