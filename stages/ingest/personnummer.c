/* Personnummer in text: see personnummer.h. Most fields hold no six digits in a row and are left after a few looks. */
#include "stages/ingest/personnummer.h"

#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "pipeline/base/date.h"

enum { SHORTEST = 10, BIRTH_DIGITS = 6, CENTURY_DIGITS = 2, NUMBER_DIGITS = 4, DAY_OF_SAMORDNINGSNUMMER = 60 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_ascii_alphanumeric(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Whether two bytes are a letter from À to ɏ: all the Swedish ones and their neighbours. */
static bool is_latin_letter(const char *text)
{
	unsigned char lead = (unsigned char)text[0], second = (unsigned char)text[1];
	bool sign = lead == 0xC3 && (second == 0x97 || second == 0xB7); /* × and ÷ */
	return lead >= 0xC3 && lead <= 0xC9 && second >= 0x80 && second <= 0xBF && !sign;
}

static bool ends_before(const char *text, size_t at)
{
	if (at == 0)
		return true;
	return !is_ascii_alphanumeric(text[at - 1]) && !(at >= 2 && is_latin_letter(text + at - 2));
}

static bool begins_after(const char *text, size_t length, size_t at)
{
	if (at == length)
		return true;
	return !is_ascii_alphanumeric(text[at]) && !(length - at >= 2 && is_latin_letter(text + at));
}

static int two_digits(const char *digits)
{
	return 10 * (digits[0] - '0') + (digits[1] - '0');
}

/* Whether the date exists: `digits` is MMDD behind the year. */
static bool is_date(int year, const char *digits)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int month = two_digits(digits), day = two_digits(digits + 2);
	if (day > DAY_OF_SAMORDNINGSNUMMER)
		day -= DAY_OF_SAMORDNINGSNUMMER;
	if (month < 1 || month > 12 || day < 1)
		return false;
	int leap = month == 2 && date_days_in_year(year) == 366 ? 1 : 0;
	return day <= days[month - 1] + leap;
}

/* Whether ten digits, in two parts of six and four, end in their check digit. */
static bool has_check_digit(const char *birth, const char *number)
{
	int sum = 0;
	for (int i = 0; i < BIRTH_DIGITS + NUMBER_DIGITS; i++) {
		int digit = (i < BIRTH_DIGITS ? birth[i] : number[i - BIRTH_DIGITS]) - '0';
		int weighted = i % 2 == 0 ? 2 * digit : digit;
		sum += weighted > 9 ? weighted - 9 : weighted;
	}
	return sum % 10 == 0;
}

/* `birth` is YYMMDD, or YYYYMMDD when `century` is set. */
static bool is_valid(const char *birth, bool century, const char *number)
{
	int year = two_digits(birth);
	if (century) {
		year = 100 * year + two_digits(birth + CENTURY_DIGITS);
		if (year < 1800 || year > 2099)
			return false;
		birth += CENTURY_DIGITS;
	} else {
		year += 2000; /* 29 February exists in the year 00 of some century */
	}
	return is_date(year, birth + 2) && has_check_digit(birth, number);
}

static size_t digits_from(const char *text, size_t length, size_t at)
{
	size_t end = at;
	while (end < length && is_digit(text[end]))
		end++;
	return end - at;
}

/* Whether the token that begins at `at` with `digits` ≥ 6 digits is such a number. */
static bool token_is_valid(const char *text, size_t length, size_t at, size_t digits)
{
	size_t birth = digits, number = at + digits;
	if (digits == BIRTH_DIGITS + NUMBER_DIGITS || digits == CENTURY_DIGITS + BIRTH_DIGITS + NUMBER_DIGITS) {
		birth = digits - NUMBER_DIGITS;
		number = at + birth;
	} else if (digits == BIRTH_DIGITS || digits == CENTURY_DIGITS + BIRTH_DIGITS) {
		if (number == length || (text[number] != '-' && text[number] != '+') ||
			digits_from(text, length, number + 1) != NUMBER_DIGITS)
			return false;
		number++;
	} else {
		return false;
	}
	return begins_after(text, length, number + NUMBER_DIGITS) &&
		is_valid(text + at, birth > BIRTH_DIGITS, text + number);
}

bool personnummer_within(const char *text, size_t length)
{
	for (size_t at = 0; length >= SHORTEST && at <= length - SHORTEST;) {
		size_t last = at + BIRTH_DIGITS; /* the last character of the six that is no digit rules all before it out */
		while (last > at && is_digit(text[last - 1]))
			last--;
		if (last > at) {
			at = last;
			continue;
		}
		size_t digits = digits_from(text, length, at);
		if (ends_before(text, at) && token_is_valid(text, length, at, digits))
			return true;
		at += digits;
	}
	return false;
}

/* Six digits from `at` on, none of them behind `length`. */
static bool six_digits(const char *bytes, size_t at, size_t length)
{
	size_t digits = 0;
	while (digits < BIRTH_DIGITS && at + digits < length && is_digit(bytes[at + digits]))
		digits++;
	return digits == BIRTH_DIGITS;
}

#ifdef __SSE2__
enum { WIDE = 64 };

/* Bit i of *digits and *alphanumerics: byte i is one. */
static void classify(const char *bytes, uint64_t *digits, uint64_t *alphanumerics)
{
	const __m128i zero = _mm_set1_epi8('0'), nine = _mm_set1_epi8(9), small = _mm_set1_epi8(0x20);
	const __m128i a = _mm_set1_epi8('a'), last = _mm_set1_epi8('z' - 'a');
	*digits = *alphanumerics = 0;
	for (unsigned i = 0; i < WIDE; i += 16) {
		__m128i text = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
		__m128i digit = _mm_sub_epi8(text, zero), letter = _mm_sub_epi8(_mm_or_si128(text, small), a);
		digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, nine), digit);
		letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, last), letter);
		*digits |= (uint64_t)(unsigned)_mm_movemask_epi8(digit) << i;
		*alphanumerics |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(digit, letter)) << i;
	}
}

/* The same for `WIDE` bytes at a time; *at stops where fewer are left. True when a candidate stands at *at. */
static bool pass_wide(const char *bytes, size_t *at, size_t length, bool *inside)
{
	for (; length - *at >= WIDE; *at += WIDE) {
		uint64_t digits, alphanumerics;
		classify(bytes + *at, &digits, &alphanumerics);
		uint64_t begins = digits & ~(alphanumerics << 1 | (uint64_t)*inside);
		for (unsigned i = 1; i < BIRTH_DIGITS; i++) /* what is behind these bytes may be digits */
			begins &= digits >> i | UINT64_MAX << (WIDE - i);
		for (; begins != 0; begins &= begins - 1) {
			size_t place = *at + (size_t)__builtin_ctzll(begins);
			if (six_digits(bytes, place, length)) {
				*at = place;
				return true;
			}
		}
		*inside = alphanumerics >> (WIDE - 1) != 0;
	}
	return false;
}
#endif

size_t personnummer_candidate(const char *bytes, size_t from, size_t length)
{
	size_t at = from;
	bool inside = false; /* the byte before `at` is a letter or digit */
#ifdef __SSE2__
	if (pass_wide(bytes, &at, length, &inside))
		return at;
#endif
	for (; at < length; at++) {
		if (!inside && six_digits(bytes, at, length))
			return at;
		inside = is_ascii_alphanumeric(bytes[at]);
	}
	return length;
}
