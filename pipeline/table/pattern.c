/* Patterns of schemas: see pattern.h. A recursive matcher over the pattern as written; what is to follow stands in a chain
   on the stack. */
#include "pipeline/table/pattern.h"

#include <string.h>

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
	for (int c = 0; c < 256; c++)
		class->allowed[c] = holds(&item, (char)c);
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
