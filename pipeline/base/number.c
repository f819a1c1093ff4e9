/* Strict number reading and exact rounding: see number.h. */
#include "pipeline/base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE_DIGITS 15 /* whole numbers of so many digits are doubles */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits of a whole number that a double holds exactly; false for any other text. Most figures are such. */
static bool read_whole(const char *text, size_t length, double *value)
{
	size_t start = length > 0 && text[0] == '-';
	int64_t sum = 0;
	if (length == start || length - start > WHOLE_DIGITS)
		return false;
	for (size_t i = start; i < length; i++) {
		if (!is_digit(text[i]))
			return false;
		sum = sum * 10 + (text[i] - '0');
	}
	*value = start > 0 ? -(double)sum : (double)sum; /* -0 stays so */
	return true;
}

/* Writes a whole number below 2^63 in size; returns its length. */
static size_t write_whole(double value, char *text)
{
	char digit[20];
	size_t count = 0, used = 0;
	uint64_t size = (uint64_t)fabs(value);
	do
		digit[count++] = (char)('0' + size % 10);
	while ((size /= 10) > 0);
	if (value < 0)
		text[used++] = '-';
	while (count > 0)
		text[used++] = digit[--count];
	text[used] = '\0';
	return used;
}

bool number_read_integer(const char *text, size_t length, int64_t *value)
{
	size_t start = length > 0 && text[0] == '-';
	if (length - start < 1 || length - start > 18)
		return false;
	int64_t sum = 0;
	for (size_t i = start; i < length; i++) {
		if (!is_digit(text[i]))
			return false;
		sum = sum * 10 + (text[i] - '0');
	}
	*value = start > 0 ? -sum : sum;
	return true;
}

/* Where the decimal mark stands in [-]digits[mark digits], or `length` without one; SIZE_MAX if the form is wrong. */
static size_t decimal_mark(const char *text, size_t length)
{
	size_t start = length > 0 && text[0] == '-', i = start, mark = length;
	for (; i < length; i++) {
		if ((text[i] == '.' || text[i] == ',') && mark == length && i > start)
			mark = i;
		else if (!is_digit(text[i]))
			return SIZE_MAX;
	}
	if (length == start || mark + 1 == length)
		return SIZE_MAX;
	return mark;
}

bool number_read_ore(const char *text, size_t length, int64_t *ore)
{
	size_t mark = decimal_mark(text, length);
	size_t start = length > 0 && text[0] == '-';
	if (mark == SIZE_MAX || mark - start > 15)
		return false;
	size_t decimals = mark == length ? 0 : length - mark - 1;
	if (decimals > 2)
		return false;
	int64_t sum = 0;
	for (size_t i = start; i < length; i++)
		if (i != mark)
			sum = sum * 10 + (text[i] - '0');
	for (size_t i = decimals; i < 2; i++)
		sum *= 10;
	*ore = start > 0 ? -sum : sum;
	return true;
}

bool number_read_decimal(const char *text, size_t length, double *value)
{
	if (read_whole(text, length, value))
		return true;
	size_t mark = decimal_mark(text, length);
	char copy[41];
	if (mark == SIZE_MAX || length >= sizeof copy)
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	if (mark < length)
		copy[mark] = '.'; /* the program never leaves the C locale (tests/rules), so strtod reads a point */
	*value = strtod(copy, NULL);
	return true;
}

/* Whether text[0..length) is e, a sign and two or three digits, as printf writes an exponent. */
static bool is_exponent(const char *text, size_t length)
{
	if (length < 4 || length > 5 || text[0] != 'e' || (text[1] != '+' && text[1] != '-'))
		return false;
	for (size_t i = 2; i < length; i++)
		if (!is_digit(text[i]))
			return false;
	return true;
}

bool number_read_full(const char *text, size_t length, double *value)
{
	if (read_whole(text, length, value))
		return true;
	char copy[41];
	if (length >= sizeof copy)
		return false;
	size_t digits = 0;
	while (digits < length && text[digits] != 'e')
		digits++;
	size_t mark = decimal_mark(text, digits);
	if (mark == SIZE_MAX || (mark < digits && text[mark] != '.') ||
		(digits < length && !is_exponent(text + digits, length - digits)))
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	double number = strtod(copy, NULL); /* in the C locale, as above */
	if (!isfinite(number))
		return false;
	*value = number;
	return true;
}

void number_write_full(double value, char text[NUMBER_TEXT])
{
	if (fabs(value) < 9007199254740992.0 && value == floor(value))
		(void)write_whole(value, text);
	else
		(void)snprintf(text, NUMBER_TEXT, "%.17g", value);
}

void number_write_shortest(double value, char text[NUMBER_TEXT])
{
	for (int digits = 15; digits <= 17; digits++) {
		(void)snprintf(text, NUMBER_TEXT, "%.*g", digits, value);
		double same = strtod(text, NULL);
		if (same >= value && same <= value)
			return;
	}
}

/* Most figures are small, and far from the middle between two roundings: fifteen digits do not decide them. False for any other. */
static bool write_clear(double value, int decimals, char text[NUMBER_TEXT])
{
	static const double power[] = { 1, 10, 100, 1000, 10000 };
	if (decimals < 0 || decimals >= (int)(sizeof power / sizeof *power) || !(fabs(value) < 1e5))
		return false;
	double scaled = fabs(value) * power[decimals], whole = floor(scaled), rest = scaled - whole;
	if (fabs(rest - 0.5) < 1e-4) /* fifteen digits of a number below 10^9 are off by less than 10^-5, and so is the product */
		return false;
	uint64_t number = (uint64_t)whole + (rest > 0.5);
	char digit[20];
	int count = 0;
	bool negative = value < 0 && number > 0;
	for (; number > 0 || count <= decimals; number /= 10)
		digit[count++] = (char)('0' + number % 10);
	size_t used = 0;
	if (negative)
		text[used++] = '-';
	while (count > 0) {
		if (count == decimals)
			text[used++] = '.';
		text[used++] = digit[--count];
	}
	text[used] = '\0';
	return true;
}

void number_write_rounded(double value, int decimals, char text[NUMBER_TEXT])
{
	if (value == floor(value) && fabs(value) < 1e15 && decimals >= 0 && decimals <= WHOLE_DIGITS) { /* nothing is rounded */
		size_t length = write_whole(value, text);
		for (int i = decimals; i > 0; i--) {
			if (i == decimals)
				text[length++] = '.';
			text[length++] = '0';
		}
		text[length] = '\0';
		return;
	}
	if (write_clear(value, decimals, text))
		return;
	/* |value| = 0.d1d2…d15 · 10^exponent; digit[0] stays 0 as room for a carry */
	char scientific[32], digit[16] = { 0 };
	(void)snprintf(scientific, sizeof scientific, "%.14e", fabs(value));
	digit[1] = (char)(scientific[0] - '0');
	for (int i = 0; i < 14; i++)
		digit[2 + i] = (char)(scientific[2 + i] - '0');
	int exponent = (int)strtol(strchr(scientific, 'e') + 1, NULL, 10) + 1;
	int kept = exponent + decimals; /* digits that stand before the rounding point */
	if (kept < 0)
		memset(digit, 0, sizeof digit);
	else if (kept < 15) {
		bool up = digit[kept + 1] >= 5;
		memset(digit + kept + 1, 0, (size_t)(15 - kept));
		for (int i = kept; up; i--) {
			up = digit[i] == 9;
			digit[i] = up ? 0 : (char)(digit[i] + 1);
		}
	}
	size_t used = 0;
	bool zero = true;
	for (size_t i = 0; i < sizeof digit; i++)
		zero = zero && digit[i] == 0;
	if (value < 0 && !zero)
		text[used++] = '-';
	for (int place = exponent > 0 ? exponent : 0; place >= -decimals; place--) { /* place p stands for 10^p */
		int i = exponent - place; /* digit[exponent − p] holds it */
		char c = (char)('0' + (i >= 0 && i < 16 ? digit[i] : 0));
		if (place == -1)
			text[used++] = '.';
		bool leading = place > 0 && c == '0' && (used == 0 || text[used - 1] == '-');
		if (!leading && used < NUMBER_TEXT - 1)
			text[used++] = c;
	}
	text[used] = '\0';
}

int64_t number_share(int64_t a, int64_t b, int64_t c)
{
	int64_t whole = a / c, rest = a % c; /* a·b/c = whole·b + rest·b/c, and rest·b stays small */
	int64_t twice = 2 * rest * b + c, quotient = twice / (2 * c);
	if (twice % (2 * c) < 0)
		quotient--; /* the floor, also for negative amounts */
	return whole * b + quotient;
}
