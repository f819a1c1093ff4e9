/* Personnummer in text: see personnummer.h. Most fields hold no six digits in a row and are left after a few looks. */
#include "stages/ingest/personnummer.h"

#include <stdint.h>

#include "pipeline/base/date.h"
#include "pipeline/base/processor.h"

#if PROCESSOR_CHOICE
#include <immintrin.h>
#endif

enum { SHORTEST = 10, BIRTH_DIGITS = 6, CENTURY_DIGITS = 2, NUMBER_DIGITS = 4, DAY_OF_SAMORDNINGSNUMMER = 60,
	DASH_BYTES = 3, DASH_LEAD = 0xE2 };

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

/* Bytes of the sign that may part the number: '-', '+', or a dash that a word processor makes of the first (U+2010 … U+2015, the minus
   U+2212). 0 for none. */
static size_t sign_at(const char *text, size_t length, size_t at)
{
	if (at == length || text[at] == '-' || text[at] == '+')
		return at < length;
	const unsigned char *bytes = (const unsigned char *)text + at;
	if (length - at < DASH_BYTES || bytes[0] != DASH_LEAD)
		return 0;
	return (bytes[1] == 0x80 && bytes[2] >= 0x90 && bytes[2] <= 0x95) || (bytes[1] == 0x88 && bytes[2] == 0x92) ? DASH_BYTES : 0;
}

/* Whether the token that begins at `at` with `digits` ≥ 6 digits is such a number. */
static bool token_is_valid(const char *text, size_t length, size_t at, size_t digits)
{
	size_t birth = digits, number = at + digits;
	if (digits == BIRTH_DIGITS + NUMBER_DIGITS || digits == CENTURY_DIGITS + BIRTH_DIGITS + NUMBER_DIGITS) {
		birth = digits - NUMBER_DIGITS;
		number = at + birth;
	} else if (digits == BIRTH_DIGITS || digits == CENTURY_DIGITS + BIRTH_DIGITS) {
		size_t sign = sign_at(text, length, number);
		if (sign == 0 || digits_from(text, length, number + sign) != NUMBER_DIGITS)
			return false;
		number += sign;
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

/* ---- where one may begin ---- */

/* Whether one may begin at `at`, behind no letter or digit: six digits and four more, or, behind these or two more, a sign. */
static bool may_begin(const char *bytes, size_t at, size_t length)
{
	size_t digits = 0;
	while (digits < SHORTEST && at + digits < length && is_digit(bytes[at + digits]))
		digits++;
	if (digits == SHORTEST)
		return true;
	bool born = digits == BIRTH_DIGITS || digits == CENTURY_DIGITS + BIRTH_DIGITS;
	return born && sign_at(bytes, length, at + digits) > 0;
}

enum { WIDE = 64 };

/* Bit i: byte i is one. */
struct classes {
	uint64_t digits, letters, signs; /* signs: or the first byte of a dash */
};

static struct classes classify(const char *bytes)
{
	struct classes classes = { 0, 0, 0 };
	for (unsigned i = 0; i < WIDE; i++) {
		char c = bytes[i];
		classes.digits |= (uint64_t)is_digit(c) << i;
		classes.letters |= (uint64_t)(is_ascii_alphanumeric(c) && !is_digit(c)) << i;
		classes.signs |= (uint64_t)(c == '-' || c == '+' || (unsigned char)c == DASH_LEAD) << i;
	}
	return classes;
}

#if PROCESSOR_CHOICE
PROCESSOR_AVX2 static inline struct classes classify_avx2(const char *bytes)
{
	struct classes classes = { 0, 0, 0 };
	const __m256i zero = _mm256_set1_epi8('0'), nine = _mm256_set1_epi8(9), small = _mm256_set1_epi8(0x20);
	const __m256i a = _mm256_set1_epi8('a'), last = _mm256_set1_epi8('z' - 'a');
	const __m256i minus = _mm256_set1_epi8('-'), plus = _mm256_set1_epi8('+'), dash = _mm256_set1_epi8((char)DASH_LEAD);
	for (unsigned i = 0; i < WIDE; i += 32) {
		__m256i text = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + i));
		__m256i digit = _mm256_sub_epi8(text, zero), letter = _mm256_sub_epi8(_mm256_or_si256(text, small), a);
		__m256i sign = _mm256_or_si256(_mm256_cmpeq_epi8(text, minus), _mm256_cmpeq_epi8(text, plus));
		sign = _mm256_or_si256(sign, _mm256_cmpeq_epi8(text, dash));
		digit = _mm256_cmpeq_epi8(_mm256_min_epu8(digit, nine), digit);
		letter = _mm256_cmpeq_epi8(_mm256_min_epu8(letter, last), letter);
		classes.digits |= (uint64_t)(unsigned)_mm256_movemask_epi8(digit) << i;
		classes.letters |= (uint64_t)(unsigned)_mm256_movemask_epi8(letter) << i;
		classes.signs |= (uint64_t)(unsigned)_mm256_movemask_epi8(sign) << i;
	}
	return classes;
}

PROCESSOR_AVX512_BYTES static inline struct classes classify_avx512(const char *bytes)
{
	const __m512i text = _mm512_loadu_si512(bytes);
	__m512i digit = _mm512_sub_epi8(text, _mm512_set1_epi8('0'));
	__m512i letter = _mm512_sub_epi8(_mm512_or_si512(text, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
	return (struct classes){ _mm512_cmple_epu8_mask(digit, _mm512_set1_epi8(9)), _mm512_cmple_epu8_mask(letter, _mm512_set1_epi8('z' - 'a')),
		_mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('-')) | _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('+')) |
			_mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8((char)DASH_LEAD)) };
}
#endif

/* The bits of 64 bytes, `places` further on, given those of the next 64. */
static inline uint64_t ahead(uint64_t bits, uint64_t next, unsigned places)
{
	return bits >> places | next << (WIDE - places);
}

/* Looks at WIDE bytes at a time, and at the next as many; *at stops where fewer are left. True when one may begin at *at. What is behind
   the last of them is taken for a digit and a sign. */
PROCESSOR_ANY bool pass_with(const char *bytes, size_t *at, size_t length, bool *inside, struct classes (*look)(const char *bytes))
{
	const struct classes behind = { .digits = UINT64_MAX, .signs = UINT64_MAX };
	struct classes next = length - *at >= WIDE ? look(bytes + *at) : behind;
	for (; length - *at >= WIDE; *at += WIDE) {
		const struct classes here = next;
		next = length - *at >= 2 * (size_t)WIDE ? look(bytes + *at + WIDE) : behind;
		uint64_t digits = here.digits, alphanumerics = digits | here.letters;
		uint64_t begins = digits & ~(alphanumerics << 1 | (uint64_t)*inside);
		/* pairs of digits, here and in the next bytes as far as they are asked for */
		uint64_t two = digits & ahead(digits, next.digits, 1), two_next = next.digits & (next.digits >> 1);
		uint64_t six = two & ahead(two, two_next, 2) & ahead(two, two_next, 4);
		begins &= six & (ahead(here.signs, next.signs, 6) |
			(ahead(two, two_next, 6) & (ahead(here.signs, next.signs, 8) | ahead(two, two_next, 8))));
		for (; begins != 0; begins &= begins - 1) {
			size_t place = *at + (size_t)__builtin_ctzll(begins);
			if (may_begin(bytes, place, length)) {
				*at = place;
				return true;
			}
		}
		*inside = alphanumerics >> (WIDE - 1) != 0;
	}
	return false;
}

#if PROCESSOR_CHOICE
PROCESSOR_AVX2 static bool pass_avx2(const char *bytes, size_t *at, size_t length, bool *inside)
{
	return pass_with(bytes, at, length, inside, classify_avx2);
}

PROCESSOR_AVX512_BYTES static bool pass_avx512(const char *bytes, size_t *at, size_t length, bool *inside)
{
	return pass_with(bytes, at, length, inside, classify_avx512);
}
#endif

static bool pass(const char *bytes, size_t *at, size_t length, bool *inside)
{
#if PROCESSOR_CHOICE
	if (processor_has_avx512_bytes())
		return pass_avx512(bytes, at, length, inside);
	if (processor_has_avx2())
		return pass_avx2(bytes, at, length, inside);
#endif
	return pass_with(bytes, at, length, inside, classify);
}

size_t personnummer_candidate(const char *bytes, size_t from, size_t length)
{
	size_t at = from;
	bool inside = false; /* the byte before `at` is a letter or digit */
	if (pass(bytes, &at, length, &inside))
		return at;
	for (; at < length; at++) {
		if (!inside && may_begin(bytes, at, length))
			return at;
		inside = is_ascii_alphanumeric(bytes[at]);
	}
	return length;
}
