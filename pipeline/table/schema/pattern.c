/* Patterns of schemas: see pattern.h. A recursive matcher over the pattern as written; what is to follow stands in a chain
   on the stack. */
#include "pipeline/table/schema/pattern.h"

#include <string.h>

#include "pipeline/base/processor.h"

#if PROCESSOR_CHOICE
#include <immintrin.h>
#endif

#define MOST 65536 /* of * and + */

/* One element of a pattern and how often it may come. */
struct item {
	const char *from, *to; /* the character, \c, class or group itself */
	const char *next;      /* behind its quantifier */
	size_t least, most;
};

/* What must match behind an alternative. */
struct after {
	const char *from, *to;
	const struct after *after;
};

/* ---- the form ---- */

/* Behind the element that begins at `at`; NULL when it is malformed. */
static const char *element_end(const char *at, const char *end)
{
	if (*at == '\\')
		return end - at >= 2 ? at + 2 : NULL;
	if (*at == '[') {
		const char *close = memchr(at + 1, ']', (size_t)(end - at - 1));
		return close == NULL || close == at + 1 ? NULL : close + 1;
	}
	if (*at != '(')
		return strchr(")]{}?*+|", *at) == NULL ? at + 1 : NULL;
	int depth = 0;
	for (bool class = false; at < end; at++) {
		if (*at == '\\')
			at++;
		else if (class || *at == '[')
			class = *at != ']';
		else if (*at == '(')
			depth++;
		else if (*at == ')' && --depth == 0)
			return at + 1;
	}
	return NULL;
}

/* Reads {n}, {n,m}; behind it, or NULL. */
static const char *read_bounds(const char *at, const char *end, struct item *item)
{
	size_t bound[2] = { 0, 0 }, which = 0, digits = 0;
	for (at++; at < end && *at != '}'; at++) {
		if (*at == ',' && which == 0 && digits > 0) {
			which = 1;
			digits = 0;
		} else if (*at >= '0' && *at <= '9' && digits++ < 5) {
			bound[which] = 10 * bound[which] + (size_t)(*at - '0');
		} else {
			return NULL;
		}
	}
	item->least = bound[0];
	item->most = which == 0 ? bound[0] : bound[1];
	return at < end && digits > 0 && item->least <= item->most ? at + 1 : NULL;
}

/* Reads the element at `at` < end; false when it is malformed. */
static bool read_item(const char *at, const char *end, struct item *item)
{
	*item = (struct item){ .from = at, .to = element_end(at, end), .least = 1, .most = 1 };
	if (item->to == NULL)
		return false;
	item->next = item->to;
	char sign = item->to < end ? *item->to : '\0';
	if (sign == '?' || sign == '*' || sign == '+') {
		item->least = sign == '+';
		item->most = sign == '?' ? 1 : MOST;
		item->next++;
	} else if (sign == '{') {
		item->next = read_bounds(item->to, end, item);
	}
	return item->next != NULL && (*at != '(' || item->most == 1);
}

static bool is_valid_part(const char *at, const char *end)
{
	struct item item;
	while (at < end) {
		if (*at == '|') {
			at++;
			continue;
		}
		if (!read_item(at, end, &item) || (*at == '(' && !is_valid_part(at + 1, item.to - 1)))
			return false;
		at = item.next;
	}
	return true;
}

bool pattern_is_valid(const char *pattern)
{
	size_t length = strlen(pattern);
	return length >= 2 && pattern[0] == '^' && pattern[length - 1] == '$' &&
		is_valid_part(pattern + 1, pattern + length - 1);
}

/* ---- matching ---- */

static bool class_holds(const char *from, const char *to, char c)
{
	for (const char *at = from; at < to; at++) {
		if (at + 2 < to && at[1] == '-') {
			if ((unsigned char)c >= (unsigned char)at[0] && (unsigned char)c <= (unsigned char)at[2])
				return true;
			at += 2;
		} else if (*at == c) {
			return true;
		}
	}
	return false;
}

static bool holds(const struct item *item, char c)
{
	if (*item->from == '[')
		return class_holds(item->from + 1, item->to - 1, c);
	return *item->from == '\\' ? item->from[1] == c : *item->from == c;
}

/* Behind the alternative that begins at `at`. */
static const char *alternative_end(const char *at, const char *end)
{
	struct item item;
	while (at < end && *at != '|' && read_item(at, end, &item))
		at = item.next;
	return at;
}

static bool match(const char *at, const char *end, const char *text, const char *text_end, const struct after *after);

/* Any of the alternatives, then what follows. */
static bool match_any(const char *at, const char *end, const char *text, const char *text_end, const struct after *after)
{
	for (;;) {
		const char *stop = alternative_end(at, end);
		if (match(at, stop, text, text_end, after))
			return true;
		if (stop == end)
			return false;
		at = stop + 1;
	}
}

/* One alternative, without a | of its own, then what follows. */
static bool match(const char *at, const char *end, const char *text, const char *text_end, const struct after *after)
{
	struct item item;
	if (at == end)
		return after == NULL ? text == text_end : match(after->from, after->to, text, text_end, after->after);
	if (!read_item(at, end, &item))
		return false;
	if (*item.from == '(') {
		const struct after rest = { item.next, end, after };
		return match_any(item.from + 1, item.to - 1, text, text_end, &rest) ||
			(item.least == 0 && match(item.next, end, text, text_end, after));
	}
	size_t most = 0, room = (size_t)(text_end - text);
	while (most < item.most && most < room && holds(&item, text[most]))
		most++;
	for (size_t count = most + 1; count-- > item.least;)
		if (match(item.next, end, text + count, text_end, after))
			return true;
	return false;
}

bool pattern_matches(const char *pattern, const char *text, size_t length)
{
	return match_any(pattern + 1, pattern + strlen(pattern) - 1, text, text + length, NULL);
}

bool pattern_class_of(const char *pattern, struct pattern_class *class)
{
	struct item item;
	const char *end = pattern + strlen(pattern) - 1;
	if (!pattern_is_valid(pattern) || pattern[1] != '[' || !read_item(pattern + 1, end, &item) || item.next != end)
		return false;
	memset(class->ascii, 0, sizeof class->ascii);
	for (int c = 0; c < 256; c++) {
		class->allowed[c] = holds(&item, (char)c);
		if (c < 0x80 && class->allowed[c])
			class->ascii[c & 15] |= (unsigned char)(1 << (c >> 4));
	}
	class->least = item.least;
	class->most = item.most;
	return true;
}

bool pattern_class_matches(const struct pattern_class *class, const char *text, size_t length)
{
	bool right = length >= class->least && length <= class->most;
	for (size_t i = 0; i < length && right; i++)
		right = class->allowed[(unsigned char)text[i]];
	return right;
}

#if PROCESSOR_CHOICE
/* What lies behind a text is looked at and left out; a line has that much behind it (CSV_LINES_BEHIND). */
PROCESSOR_AVX2 static void class_column_avx2(const struct pattern_class *class, const struct csv_lines *lines, size_t column, uint8_t *wrong)
{
	const __m128i halves = _mm_loadu_si128((const __m128i *)(const void *)class->ascii);
	const __m256i allowed = _mm256_broadcastsi128_si256(halves), nibble = _mm256_set1_epi8(15);
	const __m256i bits = _mm256_broadcastsi128_si256(_mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0));
	for (size_t row = 0; row < lines->rows; row++) {
		struct csv_field field = csv_lines_field(lines, row, column);
		unsigned outside = field.length < class->least || field.length > class->most;
		for (size_t at = 0; at < field.length; at += sizeof bits) {
			__m256i text = _mm256_loadu_si256((const __m256i *)(const void *)(field.text + at));
			__m256i bit = _mm256_shuffle_epi8(bits, _mm256_and_si256(_mm256_srli_epi16(text, 4), nibble));
			__m256i held = _mm256_and_si256(bit, _mm256_shuffle_epi8(allowed, _mm256_and_si256(text, nibble)));
			unsigned bad = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(held, _mm256_setzero_si256()));
			size_t left = field.length - at;
			outside |= left < sizeof bits ? bad & ((1U << left) - 1) : bad;
		}
		wrong[row] |= outside != 0;
	}
}
#endif

void pattern_class_column(const struct pattern_class *class, const struct csv_lines *lines, size_t column, uint8_t *wrong)
{
#if PROCESSOR_CHOICE
	if (processor_has_avx2()) {
		class_column_avx2(class, lines, column, wrong);
		return;
	}
#endif
	for (size_t row = 0; row < lines->rows; row++) {
		struct csv_field field = csv_lines_field(lines, row, column);
		wrong[row] |= !pattern_class_matches(class, field.text, field.length);
	}
}
