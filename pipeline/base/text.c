/* Text: see text.h. */
#include "pipeline/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/processor.h"

#if PROCESSOR_CHOICE
#include <immintrin.h>
#endif

int text_add(struct text *text, const char *bytes, size_t length, struct error *error)
{
	char *grown = arena_grow(text->arena, text->bytes, text->length, text->length + length + 1, &text->capacity, 1,
		error);
	if (grown == NULL)
		return -1;
	text->bytes = grown;
	if (length > 0)
		memcpy(grown + text->length, bytes, length);
	text->length += length;
	grown[text->length] = '\0';
	return 0;
}

int text_add_string(struct text *text, const char *string, struct error *error)
{
	return text_add(text, string, strlen(string), error);
}

int text_add_format(struct text *text, struct error *error, const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	char *grown = length < 0 ? NULL
				 : arena_grow(text->arena, text->bytes, text->length,
					   text->length + (size_t)length + 1, &text->capacity, 1, error);
	if (grown != NULL) {
		(void)vsnprintf(grown + text->length, (size_t)length + 1, format, again);
		text->bytes = grown;
		text->length += (size_t)length;
	}
	va_end(again);
	va_end(arguments);
	return grown == NULL ? -1 : 0;
}

int text_add_html(struct text *text, const char *string, struct error *error)
{
	for (;;) {
		size_t plain = strcspn(string, "&<>\"'");
		if (text_add(text, string, plain, error) != 0)
			return -1;
		string += plain;
		if (*string == '\0')
			return 0;
		const char *reference = *string == '&' ? "&amp;"
			: *string == '<'	       ? "&lt;"
			: *string == '>'	       ? "&gt;"
			: *string == '"'	       ? "&quot;"
						       : "&#39;";
		if (text_add_string(text, reference, error) != 0)
			return -1;
		string++;
	}
}

int text_add_json(struct text *text, const char *string, struct error *error)
{
	const char *bad = string + text_bad_utf8(string, strlen(string));
	if (text_add(text, "\"", 1, error) != 0)
		return -1;
	for (; *string != '\0'; string++) {
		unsigned char c = (unsigned char)*string;
		int result = c == '"' || c == '\\' ? text_add_format(text, error, "\\%c", c)
			: c < 0x20 || c == 0x7F     ? text_add_format(text, error, "\\u%04x", c)
			: string == bad             ? text_add_string(text, "\\ufffd", error)
						    : text_add(text, string, 1, error);
		if (string == bad) /* a path may hold any bytes */
			bad = string + 1 + text_bad_utf8(string + 1, strlen(string + 1));
		if (result != 0)
			return -1;
	}
	return text_add(text, "\"", 1, error);
}

int text_save(const struct text *text, const char *path, struct error *error)
{
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (file < 0)
		return error_system(error, errno, "%s: cannot be created", path);
	int fault = fchmod(file, S_IRUSR | S_IWUSR) != 0 ? errno : 0;
	for (size_t at = 0; at < text->length && fault == 0;) {
		ssize_t wrote = write(file, text->bytes + at, text->length - at);
		if (wrote >= 0)
			at += (size_t)wrote;
		else if (errno != EINTR)
			fault = errno;
	}
	if (close(file) != 0 && fault == 0)
		fault = errno;
	return fault == 0 ? 0 : error_system(error, fault, "%s: cannot be written", path);
}

static bool continues(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

/* Length of the well-formed character at the start of the bytes, 0 if there is none (Unicode 15, table 3-7). */
static size_t character(const unsigned char *b, size_t length)
{
	if (b[0] < 0x80)
		return 1;
	if (b[0] >= 0xC2 && b[0] <= 0xDF)
		return length >= 2 && continues(b[1]) ? 2 : 0;
	if (b[0] >= 0xE0 && b[0] <= 0xEF) {
		if (length < 3 || !continues(b[1]) || !continues(b[2]))
			return 0;
		bool overlong = b[0] == 0xE0 && b[1] < 0xA0, surrogate = b[0] == 0xED && b[1] > 0x9F;
		return overlong || surrogate ? 0 : 3;
	}
	if (b[0] >= 0xF0 && b[0] <= 0xF4) {
		if (length < 4 || !continues(b[1]) || !continues(b[2]) || !continues(b[3]))
			return 0;
		bool overlong = b[0] == 0xF0 && b[1] < 0x90, beyond = b[0] == 0xF4 && b[1] > 0x8F;
		return overlong || beyond ? 0 : 4;
	}
	return 0;
}

size_t text_bad_utf8(const char *bytes, size_t length)
{
	size_t at = 0;
	while (at < length) {
		uint64_t eight;
		if (length - at >= sizeof eight) { /* eight ASCII bytes at a time */
			memcpy(&eight, bytes + at, sizeof eight);
			if ((eight & UINT64_C(0x8080808080808080)) == 0) {
				at += sizeof eight;
				continue;
			}
		}
		size_t step = character((const unsigned char *)bytes + at, length - at);
		if (step == 0)
			return at;
		at += step;
	}
	return length;
}

/* Code points of the bytes 0x80–0x9F (WHATWG index windows-1252); 0 where it is undefined in the code page. */
static const uint16_t windows_1252[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030,
	0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
	0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178 };

char *text_from_windows_1252(struct arena *arena, const char *bytes, size_t length, size_t *utf8_length,
	struct error *error)
{
	char *utf8 = arena_take(arena, length + 1, 3, error);
	if (utf8 == NULL)
		return NULL;
	size_t used = 0;
	for (size_t i = 0; i < length; i++) {
		unsigned byte = (unsigned char)bytes[i];
		unsigned point = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
		if (point == 0 && byte != 0) {
			(void)error_set(error, EXIT_DATA, "byte 0x%02X is not a character of windows-1252", byte);
			return NULL;
		}
		if (point < 0x80) {
			utf8[used++] = (char)point;
		} else if (point < 0x800) {
			utf8[used++] = (char)(0xC0 | point >> 6);
			utf8[used++] = (char)(0x80 | (point & 0x3F));
		} else {
			utf8[used++] = (char)(0xE0 | point >> 12);
			utf8[used++] = (char)(0x80 | (point >> 6 & 0x3F));
			utf8[used++] = (char)(0x80 | (point & 0x3F));
		}
	}
	utf8[used] = '\0';
	*utf8_length = used;
	return utf8;
}

/* The next character of well-formed UTF-8. */
static uint32_t next_point(const char **at)
{
	unsigned first = (unsigned char)*(*at)++;
	int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
	uint32_t point = more == 0 ? first : first & (0x3FU >> more);
	for (; more > 0 && **at != '\0'; more--)
		point = point << 6 | ((unsigned char)*(*at)++ & 0x3FU);
	return point;
}

char *text_to_windows_1252(struct arena *arena, const char *utf8, struct error *error)
{
	char *bytes = arena_take(arena, strlen(utf8) + 1, 1, error);
	size_t used = 0;
	while (bytes != NULL && *utf8 != '\0') {
		uint32_t point = next_point(&utf8);
		unsigned byte = point < 0x80 || (point >= 0xA0 && point < 0x100) ? (unsigned)point : point == 0x2212 ? '-' : 0;
		for (unsigned i = 0; i < 32 && byte == 0; i++)
			if (windows_1252[i] == point)
				byte = 0x80 + i;
		bytes[used++] = (char)(byte == 0 ? '?' : byte);
	}
	if (bytes != NULL)
		bytes[used] = '\0';
	return bytes;
}

bool text_equal(const char *a, size_t a_length, const char *b)
{
	return strlen(b) == a_length && memcmp(a, b, a_length) == 0;
}

bool text_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_ends(const char *text, const char *suffix)
{
	size_t length = strlen(text), tail = strlen(suffix);
	return length >= tail && memcmp(text + length - tail, suffix, tail) == 0;
}

static char folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#define LONGEST_NAME 63

/* Levenshtein distance; names longer than LONGEST_NAME are compared by their beginnings. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t row[LONGEST_NAME + 1];
	if (a_length > LONGEST_NAME)
		a_length = LONGEST_NAME;
	if (b_length > LONGEST_NAME)
		b_length = LONGEST_NAME;
	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t above = row[j];
			size_t best = diagonal + (folded(a[i - 1]) != folded(b[j - 1]));
			if (above + 1 < best)
				best = above + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
			diagonal = above;
		}
	}
	return row[b_length];
}

const char *text_nearest(const char *word, size_t length, const char *const *candidates, size_t count)
{
	const char *nearest = NULL;
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		size_t candidate_length = strlen(candidates[i]);
		size_t steps = distance(word, length, candidates[i], candidate_length);
		size_t longer = length > candidate_length ? length : candidate_length;
		if (steps < best && 2 * steps <= longer) {
			best = steps;
			nearest = candidates[i];
		}
	}
	return nearest;
}

#if PROCESSOR_CHOICE
PROCESSOR_AVX2 static size_t line_feeds_avx2(const char *bytes, size_t length, size_t *at)
{
	const __m256i feed = _mm256_set1_epi8('\n');
	size_t count = 0;
	for (; length - *at >= sizeof feed; *at += sizeof feed) {
		__m256i text = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + *at));
		count += (size_t)__builtin_popcount((unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, feed)));
	}
	return count;
}
#endif

size_t text_line_feeds(const char *bytes, size_t length)
{
	size_t count = 0, at = 0;
#if PROCESSOR_CHOICE
	if (processor_has_avx2())
		count = line_feeds_avx2(bytes, length, &at);
#endif
	for (const char *end = bytes + length, *next = bytes + at;
		next < end && (next = memchr(next, '\n', (size_t)(end - next))) != NULL; next++)
		count++;
	return count;
}
