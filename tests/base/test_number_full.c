/* Tests of number_read_full: it reads back every double that number_write_full writes, and nothing else. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/number.h"

static void reads_back(double value)
{
	char text[NUMBER_TEXT];
	double back = -1;
	number_write_full(value, text);
	assert_true(number_read_full(text, strlen(text), &back));
	assert_true(back <= value && back >= value);
}

static void known_values(void **state)
{
	(void)state;
	static const double values[] = { 0, 1, -1, 0.1, 1e-5, -2.5e-7, 1.0 / 3, 16.15, 9007199254740991.0, 9007199254740992.0,
		1e16, 1e300, -1.7976931348623157e308, 2.2250738585072014e-308, 4.9406564584124654e-324 };
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		reads_back(values[i]);
}

/* Doubles of random bits (splitmix64, S. Vigna, public domain), all exponents. */
static void random_values(void **state)
{
	(void)state;
	uint64_t bits = 20180831;
	for (int i = 0; i < 100000; i++) {
		uint64_t z = bits += UINT64_C(0x9e3779b97f4a7c15);
		z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
		z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
		z ^= z >> 31;
		double value;
		memcpy(&value, &z, sizeof value);
		if (isfinite(value))
			reads_back(value);
	}
}

static void refuses(void **state)
{
	(void)state;
	static const char *const texts[] = { "", "-", "+1", " 1", "1 ", "1,5", ".5", "5.", "1e5", "1e+5", "1e+", "e+10", "1e+1000",
		"1e-0001", "1E+10", "1e+1x", "1e+10e+10", "1e+999", "-1e+309", "inf", "nan", "0x10", "1.2.3", "--1",
		"12345678901234567890123456789012345678901" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		double value = 7;
		assert_false(number_read_full(texts[i], strlen(texts[i]), &value));
		assert_true(value > 6 && value < 8);
	}
	double value = 7;
	assert_false(number_read_full("1\0e+10", 6, &value));
	assert_true(number_read_full("12345", 2, &value)); /* no more than `length` bytes */
	assert_true(value > 11 && value < 13);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_values),
		cmocka_unit_test(random_values),
		cmocka_unit_test(refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
