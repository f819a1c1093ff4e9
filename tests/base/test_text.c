/* Tests of text: growing, HTML, UTF-8 against the whole of Unicode, windows-1252, trimming and the nearest name. */
#include "pipeline/base/text.h"
#include "tests/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void bytes_grow(void **state)
{
	(void)state;
	struct text text = { .arena = arena };
	assert_int_equal(text_add(&text, "", 0, &error), 0);
	assert_string_equal(text.bytes, "");
	for (size_t i = 0; i < 10000; i++) {
		assert_int_equal(text_add(&text, "ab\0c", 4, &error), 0);
		assert_int_equal(text.length, 4 * (i + 1));
		assert_true(text.bytes[text.length] == '\0');
	}
	for (size_t i = 0; i < 10000; i++)
		assert_memory_equal(text.bytes + 4 * i, "ab\0c", 4);
}

static void pieces_are_joined(void **state)
{
	(void)state;
	struct text text = { .arena = arena };
	assert_int_equal(text_add_string(&text, "rad ", &error), 0);
	assert_int_equal(text_add_format(&text, &error, "%d av %s", 3, "tio"), 0);
	assert_int_equal(text_add_format(&text, &error, "%s", ""), 0);
	assert_string_equal(text.bytes, "rad 3 av tio");
	assert_int_equal(text_add(&text, text.bytes, text.length, &error), 0); /* its own bytes */
	assert_string_equal(text.bytes, "rad 3 av tiorad 3 av tio");
	assert_int_equal(text_add_format(&text, &error, "%70000d", 1), 0);
	assert_int_equal(text.length, 24 + 70000);
	assert_int_equal(strlen(text.bytes), text.length);
}

static void html_is_escaped(void **state)
{
	(void)state;
	static const char *const known[][2] = {
		{ "", "" },
		{ "Kommun", "Kommun" },
		{ "<script>", "&lt;script&gt;" },
		{ "a & b", "a &amp; b" },
		{ "&amp;", "&amp;amp;" },
		{ "\"'", "&quot;&#39;" },
		{ "\xC3\xA5<\xC3\xA4", "\xC3\xA5&lt;\xC3\xA4" },
		{ "<>&<>&", "&lt;&gt;&amp;&lt;&gt;&amp;" },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		struct text text = { .arena = arena };
		assert_int_equal(text_add_html(&text, known[i][0], &error), 0);
		assert_non_null(text.bytes);
		assert_string_equal(text.bytes, known[i][1]);
	}
}

/* Ill-formed sequences and where the first of them stands, at every place of the eight-byte scan. */
static void ill_formed_utf8(void **state)
{
	(void)state;
	/* Unicode 15.0, section 3.9: table 3-7 and its counterexamples */
	static const struct {
		const char *bytes;
		size_t bad; /* offset in `bytes` */
	} known[] = {
		{ "\x80", 0 },             /* a continuation alone */
		{ "\xBF", 0 },
		{ "\xC0\x80", 0 },         /* overlong NUL */
		{ "\xC0\xAF", 0 },         /* overlong / */
		{ "\xC1\xBF", 0 },
		{ "\xE0\x80\xAF", 0 },     /* overlong in three */
		{ "\xE0\x9F\xBF", 0 },
		{ "\xF0\x80\x80\xAF", 0 }, /* overlong in four */
		{ "\xF0\x8F\xBF\xBF", 0 },
		{ "\xED\xA0\x80", 0 },     /* surrogates */
		{ "\xED\xAF\xBF", 0 },
		{ "\xED\xBF\xBF", 0 },
		{ "\xF4\x90\x80\x80", 0 }, /* above U+10FFFF */
		{ "\xF5\x80\x80\x80", 0 },
		{ "\xF8\x88\x80\x80\x80", 0 },
		{ "\xFC\x84\x80\x80\x80\x80", 0 },
		{ "\xFE", 0 },
		{ "\xFF", 0 },
		{ "\xC3", 0 },             /* cut short */
		{ "\xE2\x82", 0 },
		{ "\xF0\x9F\x98", 0 },
		{ "\xC3 ", 0 },
		{ "\xE2\x82 ", 0 },
		{ "\xF0\x9F\x98 ", 0 },
		{ "\xC3\xA5\xA5", 2 },     /* one continuation too many */
		{ "\xC3\xA5\xE5", 2 },     /* latin-1 after UTF-8 */
		{ "\xEF\xBB\xBF\xFF", 3 }, /* behind a byte order mark */
		{ "\xFF\xFE" "a", 0 },     /* UTF-16 */
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		size_t length = strlen(known[i].bytes);
		for (size_t lead = 0; lead < 20; lead++) {
			char text[64];
			memset(text, 'x', sizeof text);
			memcpy(text + lead, known[i].bytes, length);
			assert_int_equal(text_bad_utf8(text, lead + length), lead + known[i].bad);
			assert_int_equal(text_bad_utf8(text, sizeof text), lead + known[i].bad);
			assert_int_equal(text_bad_utf8(text, lead), lead);
		}
	}
	assert_int_equal(text_bad_utf8("", 0), 0);
	assert_int_equal(text_bad_utf8("a\0b", 3), 3);
}

/* U+0000–U+10FFFF but the surrogates. Returns the length. */
static size_t encode(uint32_t point, unsigned char bytes[4])
{
	if (point < 0x80) {
		bytes[0] = (unsigned char)point;
		return 1;
	}
	size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	for (size_t i = length - 1; i > 0; i--, point >>= 6)
		bytes[i] = (unsigned char)(0x80 | (point & 0x3F));
	bytes[0] = (unsigned char)((length == 2 ? 0xC0 : length == 3 ? 0xE0 : 0xF0) | point);
	return length;
}

static void every_character_is_well_formed(void **state)
{
	(void)state;
	for (uint32_t point = 0; point <= 0x10FFFF; point++) {
		unsigned char bytes[4];
		size_t length = encode(point, bytes);
		bool surrogate = point >= 0xD800 && point <= 0xDFFF;
		assert_int_equal(text_bad_utf8((const char *)bytes, length), surrogate ? 0 : length);
		if (length > 1)
			assert_int_equal(text_bad_utf8((const char *)bytes, length - 1), 0);
	}
}

/* As many byte sequences are well-formed as there are ways to write characters, so nothing else is. */
static void nothing_else_is_well_formed(void **state)
{
	(void)state;
	size_t two = 0, three = 0, four = 0;
	for (unsigned a = 0; a < 256; a++)
		for (unsigned b = 0; b < 256; b++) {
			two += text_bad_utf8((const char[]){ (char)a, (char)b }, 2) == 2;
			for (unsigned c = 0; c < 256; c++)
				three += text_bad_utf8((const char[]){ (char)a, (char)b, (char)c }, 3) == 3;
			if (a < 0xF0)
				continue;
			for (unsigned c = 0; c < 256; c += 0x10) /* a sixteenth of the last two bytes each */
				for (unsigned d = 0xF; d < 256; d += 0x10)
					four += text_bad_utf8((const char[]){ (char)a, (char)b, (char)c, (char)d }, 4) == 4;
		}
	size_t of_one = 128, of_two = 0x800 - 0x80, of_three = 0x10000 - 0x800 - 0x800, of_four = 0x100000;
	assert_int_equal(two, of_one * of_one + of_two);
	assert_int_equal(three, of_one * of_one * of_one + 2 * of_one * of_two + of_three);
	assert_int_equal(four, of_four / 256);
}

static void windows_1252_is_read(void **state)
{
	(void)state;
	/* https://encoding.spec.whatwg.org/index-windows-1252.txt; 0: undefined in Microsoft's code page */
	static const uint32_t upper[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
		0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
		0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178 };
	for (unsigned byte = 0; byte < 256; byte++) {
		uint32_t point = byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80] : byte;
		char source[3] = { 'a', (char)byte, 'b' };
		size_t length = 77;
		memset(&error, 0, sizeof error);
		char *utf8 = text_from_windows_1252(arena, source, 3, &length, &error);
		if (byte >= 0x80 && point == 0) {
			assert_null(utf8);
			assert_int_equal(error.code, EXIT_DATA);
			continue;
		}
		unsigned char expected[6] = { 'a' };
		size_t bytes = encode(point, expected + 1);
		expected[1 + bytes] = 'b';
		assert_non_null(utf8);
		assert_int_equal(length, bytes + 2);
		assert_memory_equal(utf8, expected, length);
		assert_true(utf8[length] == '\0');
		char *back = text_to_windows_1252(arena, utf8, &error);
		assert_non_null(back);
		assert_memory_equal(back, source, byte == 0 ? 2 : 3);
	}
	assert_string_equal(text_to_windows_1252(arena, "\342\210\2225 \342\211\245 \360\237\230\200\302\201.", &error), "-5 ? ??.");
	assert_string_equal(text_to_windows_1252(arena, "", &error), "");
}

static void windows_1252_by_hand(void **state)
{
	(void)state;
	size_t length = 77;
	char *utf8 = text_from_windows_1252(arena, "Sm\xE5land \x80 \x96 \xC5\xC4\xD6", 15, &length, &error);
	assert_non_null(utf8);
	assert_string_equal(utf8, "Sm\303\245land \342\202\254 \342\200\223 \303\205\303\204\303\226");
	assert_int_equal(length, strlen(utf8));
	utf8 = text_from_windows_1252(arena, "", 0, &length, &error);
	assert_non_null(utf8);
	assert_int_equal(length, 0);
	assert_string_equal(utf8, "");
	assert_null(text_from_windows_1252(arena, "a\x81", 2, &length, &error));
	assert_non_null(strstr(error.message[0], "0x81"));
}

static void spaces_are_trimmed(void **state)
{
	(void)state;
	static const char *const known[][2] = {
		{ "", "" },
		{ " ", "" },
		{ " \t \t", "" },
		{ "a", "a" },
		{ "  a b\t", "a b" },
		{ "\ta", "a" },
		{ "a\n ", "a\n" },
		{ "\302\240a", "\302\240a" }, /* a no-break space is not a space */
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		const char *text = known[i][0];
		size_t length = strlen(text);
		text_trim(&text, &length);
		assert_int_equal(length, strlen(known[i][1]));
		assert_memory_equal(text, known[i][1], length);
		assert_true(text_equal(text, length, known[i][1]));
	}
}

static void texts_are_compared(void **state)
{
	(void)state;
	assert_true(text_equal("abc", 2, "ab"));
	assert_false(text_equal("abc", 3, "ab"));
	assert_false(text_equal("ab", 2, "abc"));
	assert_false(text_equal("a\0c", 3, "a"));
	assert_true(text_equal("", 0, ""));
	assert_true(text_starts("extrakt/fk.json", "extrakt/"));
	assert_true(text_starts("a", ""));
	assert_false(text_starts("ext", "extrakt"));
	assert_true(text_ends("fk.csv.gz", ".gz"));
	assert_true(text_ends("a", ""));
	assert_false(text_ends("gz", ".gz"));
	assert_false(text_ends("fk.gz.csv", ".gz"));
}

static const char *nearest(const char *word, const char *const *candidates, size_t count)
{
	return text_nearest(word, strlen(word), candidates, count);
}

static void the_nearest_name_is_found(void **state)
{
	(void)state;
	static const char *const names[] = { "fran", "till", "kommun", "kon", "belopp", "insats" };
	static const size_t count = sizeof names / sizeof names[0];
	assert_ptr_equal(nearest("fran", names, count), names[0]);
	assert_ptr_equal(nearest("FRAN", names, count), names[0]);
	assert_ptr_equal(nearest("komun", names, count), names[2]);
	assert_ptr_equal(nearest("kommnu", names, count), names[2]);
	assert_ptr_equal(nearest("beloopp", names, count), names[4]);
	assert_ptr_equal(nearest("fr\303\245n", names, count), names[0]); /* two bytes for one */
	assert_null(nearest("xyz", names, count));
	assert_null(nearest("", names, count));
	assert_null(nearest("fran", names, 0));
	assert_null(nearest("fran", NULL, 0));
}

static void the_nearest_name_by_the_rule(void **state)
{
	(void)state;
	static const char *const equals[] = { "abcx", "abcy", "abc" };
	assert_ptr_equal(nearest("abcz", equals, 3), equals[0]); /* the first of equals */
	static const char *const half[] = { "abcd" };
	assert_ptr_equal(nearest("abxy", half, 1), half[0]); /* half of the longer is near enough */
	assert_null(nearest("axyz", half, 1));
	static const char *const other[] = { "sitting" };
	assert_ptr_equal(nearest("kitten", other, 1), other[0]); /* 3 of 7 */
	static const char *const empty[] = { "" };
	assert_ptr_equal(nearest("", empty, 1), empty[0]);
	assert_ptr_equal(text_nearest("abcdefgh", 4, half, 1), half[0]); /* `length` bytes only */
	char longer[200];
	memset(longer, 'a', sizeof longer);
	longer[199] = '\0';
	const char *const lengthy[] = { longer };
	assert_ptr_equal(text_nearest(longer, 190, lengthy, 1), longer);
}

static void json_is_well_formed_whatever_the_bytes(void **state)
{
	(void)state;
	struct text text = { .arena = arena };
	assert_int_equal(text_add_json(&text, "a\xff\xc3\xb6\n\"\xc3", &error), 0);
	assert_string_equal(text.bytes, "\"a\\ufffd\xc3\xb6\\u000a\\\"\\ufffd\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(bytes_grow, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(pieces_are_joined, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(html_is_escaped, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(json_is_well_formed_whatever_the_bytes, arena_begin, arena_end),
		cmocka_unit_test(ill_formed_utf8),
		cmocka_unit_test(every_character_is_well_formed),
		cmocka_unit_test(nothing_else_is_well_formed),
		cmocka_unit_test_setup_teardown(windows_1252_is_read, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(windows_1252_by_hand, arena_begin, arena_end),
		cmocka_unit_test(spaces_are_trimmed),
		cmocka_unit_test(texts_are_compared),
		cmocka_unit_test(the_nearest_name_is_found),
		cmocka_unit_test(the_nearest_name_by_the_rule),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
