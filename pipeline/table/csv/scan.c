/* Words, numbers and dates from the front of a text: see scan.h. */
#include "pipeline/table/csv/scan.h"

#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"

#define DIGITS 18

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *after_spaces(const char *at)
{
	return at + strspn(at, " ");
}

static size_t digits_at(const char *at)
{
	return strspn(at, "0123456789");
}

/* Copies a whole number without its spaces; the count of its digits, 0 when there is none or it is too long. */
static size_t take_digits(const char **at, char digits[DIGITS])
{
	const char *p = after_spaces(*at);
	size_t used = digits_at(p);
	if (used == 0 || used > DIGITS)
		return 0;
	memcpy(digits, p, used);
	p += used;
	if (used <= 3) {
		while (*p == ' ' && digits_at(p + 1) == 3) {
			if (used + 3 > DIGITS)
				return 0;
			memcpy(digits + used, p + 1, 3);
			used += 3;
			p += 4;
		}
	}
	*at = p;
	return used;
}

bool scan_whole(const char **at, int64_t *value)
{
	const char *p = *at;
	char digits[DIGITS];
	size_t length = take_digits(&p, digits);
	if (length == 0 || !number_read_integer(digits, length, value))
		return false;
	*at = p;
	return true;
}

bool scan_number(const char **at, double *value)
{
	const char *p = *at;
	char number[2 * DIGITS + 1];
	size_t length = take_digits(&p, number);
	if (length == 0)
		return false;
	size_t decimals = *p == ',' || *p == '.' ? digits_at(p + 1) : 0;
	bool zero = length == 1 && number[0] == '0';
	if (decimals > DIGITS || (decimals == 3 && !zero))
		return false;
	if (decimals > 0) {
		memcpy(number + length, p, decimals + 1);
		length += decimals + 1;
		p += decimals + 1;
	}
	if (!number_read_decimal(number, length, value))
		return false;
	*at = p;
	return true;
}

bool scan_sign(const char **at, const char *sign)
{
	const char *p = after_spaces(*at);
	size_t length = strlen(sign);
	if (strncmp(p, sign, length) != 0)
		return false;
	*at = p + length;
	return true;
}

/* A letter, a digit, or a byte of a character outside ASCII that is no dash or plus-minus sign. */
static bool goes_on(const char *at)
{
	if (strncmp(at, "–", strlen("–")) == 0 || strncmp(at, "±", strlen("±")) == 0)
		return false;
	unsigned char c = (unsigned char)*at;
	return is_digit(*at) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

bool scan_word(const char **at, const char *word)
{
	const char *p = *at;
	if (!scan_sign(&p, word) || goes_on(p))
		return false;
	*at = p;
	return true;
}

bool scan_months(const char **at)
{
	return scan_word(at, "månader") || scan_word(at, "månad");
}

bool scan_dash(const char **at)
{
	return scan_sign(at, "–") || scan_sign(at, "-");
}

bool scan_plus_minus(const char **at)
{
	return scan_sign(at, "±") || scan_sign(at, "+-") || scan_sign(at, "+/-");
}

bool scan_date(const char **at, int32_t *day)
{
	const char *p = after_spaces(*at);
	size_t length = strlen("YYYY-MM-DD");
	if (strnlen(p, length) < length || is_digit(p[length]) || !date_read(p, length, day))
		return false;
	*at = p + length;
	return true;
}

bool scan_month(const char **at, int32_t *month)
{
	const char *p = after_spaces(*at);
	size_t length = strlen("YYYY-MM");
	if (strnlen(p, length) < length || is_digit(p[length]) || !date_read_month(p, length, month))
		return false;
	*at = p + length;
	return true;
}

bool scan_end(const char *at)
{
	return *after_spaces(at) == '\0';
}
