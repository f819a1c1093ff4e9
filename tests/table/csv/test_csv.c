/* Tests of csv with known answers: every code with its line, under every size of block, and the limits. */
#include "pipeline/table/csv/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/table/csv_dump.h"
#include "tests/table/files.h"

static const struct csv_options comma = {.delimiter = ','};
static struct error dump_error;
static const struct csv_options extract = {.delimiter = ',', .one_line = true};

/* Reads the file in blocks of many sizes: the answer must be the same. */
static void expect_file(const char *path, const struct csv_options *options, const char *expected)
{
	static struct csv_dump dump;
	for (size_t bytes = 0; bytes < 64; bytes = bytes == 0 ? 16 : bytes + 1) {
		csv_dump_file(&dump, path, options, bytes);
		assert_string_equal(dump.text, expected);
	}
}

static void expect_bytes(const void *bytes, size_t length, const struct csv_options *options, const char *expected)
{
	expect_file(files_write("f.csv", bytes, length), options, expected);
}

static void expect(const char *text, const struct csv_options *options, const char *expected)
{
	expect_bytes(text, strlen(text), options, expected);
}

/* Text with a NUL in it. */
#define BYTES(literal) (literal), sizeof(literal) - 1

struct row {
	const char *text, *expected;
};

static void expect_rows(const struct row *rows, size_t count, const struct csv_options *options)
{
	for (size_t i = 0; i < count; i++)
		expect(rows[i].text, options, rows[i].expected);
}

static void well_formed_files(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"", ""},
		{"\n", "1[]"},
		{"\r\n", "1[]"},
		{"\n\n\n", "1[]2[]3[]"},
		{"a", "1[a]"},
		{"a\n", "1[a]"},
		{",", "1[|]"},
		{",\n,", "1[|]2[|]"},
		{"a,b\nc,d\n", "1[a|b]2[c|d]"},
		{"a,b\r\nc,d\r\n", "1[a|b]2[c|d]"},
		{"a,b\r\nc,d", "1[a|b]2[c|d]"},
		{"a\n\nb\n", "1[a]2[]3[b]"},
		{"a\n\n", "1[a]2[]"},
		{" a , b \n\t,  \n", "1[ a | b ]2[\t|  ]"},
		{"\"a\",\"b\"\n", "1[a|b]"},
		{"\"\"\n", "1[]"},
		{"\"\"", "1[]"},
		{"\"\",\"\"\n,\n", "1[|]2[|]"},
		{"\"a,b\",c\n", "1[a,b|c]"},
		{"\"a\"\"b\",c\n", "1[a\"b|c]"},
		{"\"\"\"\"\n", "1[\"]"},
		{"\"\"\"a\"\"\"\n", "1[\"a\"]"},
		{"\"\"\"\"\"\"\n", "1[\"\"]"},
		{"\" a \",b\n", "1[ a |b]"},
		{"a,\"b\"", "1[a|b]"},
		{"a,\"b\"\r\n\"c\",d\r\n", "1[a|b]2[c|d]"},
		{"a,b\n\"c\",d\ne,f\n", "1[a|b]2[c|d]3[e|f]"},
		{"#a,b\n#c,d\n", "1[#a|b]2[#c|d]"},
		{"a;b\tc\n", "1[a;b\tc]"},
		{"kön,ålder\nK,ö\n", "1[kön|ålder]2[K|ö]"},
		{"\"kön\",\"€😀\"\n", "1[kön|€😀]"},
		{"\xEF\xBB\xBF" "a,b\n", "1[a|b]"},
		{"\xEF\xBB\xBF\"a\",b\n", "1[a|b]"},
		{"\xEF\xBB\xBF", ""},
		{"\xEF\xBB\xBF\xEF\xBB\xBF" "a\n", "1[\xEF\xBB\xBF" "a]"},
		{"=1+1,@x,-2\n", "1[=1+1|@x|-2]"},
		{"a\\,b\n", "1[a\\|b]"},
		{"'a,b'\n", "1['a|b']"},
	};
	expect_rows(rows, sizeof rows / sizeof rows[0], &comma);
	expect_rows(rows, sizeof rows / sizeof rows[0], &extract);
}

static void line_breaks_inside_quotes(void **state)
{
	(void)state;
	static const struct row data[] = {
		{"\"a\nb\",c\nd,e\n", "1[a\nb|c]3[d|e]"},
		{"\"a\r\nb\",c\r\nd,e\r\n", "1[a\r\nb|c]3[d|e]"},
		{"\"a\rb\",c\nd,e\n", "1[a\rb|c]3[d|e]"},
		{"\"a\n\n\n\",c\nd,\"\n\"\ne,f\n", "1[a\n\n\n|c]5[d|\n]7[e|f]"},
		{"\"\n\",b", "1[\n|b]"},
		{"\"a\n\",b\nc\n", "1[a\n|b]!RAGGED_SHORT 3"},
	};
	static const struct row fault[] = {
		{"a,b\n\"a\nb\",c\nd,e\n", "1[a|b]!NEWLINE_IN_QUOTES 2"},
		{"a,b\r\n\"a\r\nb\",c\r\n", "1[a|b]!NEWLINE_IN_QUOTES 2"},
		{"a,b\n\"a\rb\",c\n", "1[a|b]!NEWLINE_IN_QUOTES 2"},
		{"a,b\nc,\"d\ne,f\n", "1[a|b]!NEWLINE_IN_QUOTES 2"},
		{"a,\"b\n", "!NEWLINE_IN_QUOTES 1"},
	};
	expect_rows(data, sizeof data / sizeof data[0], &comma);
	expect_rows(fault, sizeof fault / sizeof fault[0], &extract);
}

static void faults_of_quotes(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"a,b\nc\"d,e\n", "1[a|b]!QUOTE_IN_UNQUOTED 2"},
		{"a,b\nc,d\"\n", "1[a|b]!QUOTE_IN_UNQUOTED 2"},
		{"a, \"b\"\n", "!QUOTE_IN_UNQUOTED 1"},
		{"a\"\"\n", "!QUOTE_IN_UNQUOTED 1"},
		{"\"a\"b,c\n", "!TEXT_AFTER_QUOTE 1"},
		{"\"a\" ,c\n", "!TEXT_AFTER_QUOTE 1"},
		{"\"a\"\"\"b\n", "!TEXT_AFTER_QUOTE 1"},
		{"a,b\nc,d\n\"\"e,f\n", "1[a|b]2[c|d]!TEXT_AFTER_QUOTE 3"},
		{"a,b\nc,\"d", "1[a|b]!UNTERMINATED_QUOTE 2"},
		{"\"", "!UNTERMINATED_QUOTE 1"},
		{"\"\"\"", "!UNTERMINATED_QUOTE 1"},
		{"a\n\"", "1[a]!UNTERMINATED_QUOTE 2"},
	};
	static const struct row many_lines[] = {
		{"\"a\nb\"c,d\n", "!TEXT_AFTER_QUOTE 2"},
		{"\"a\n\nb\",c\"\n", "!QUOTE_IN_UNQUOTED 3"},
		{"a,b\n\"c\n\",\"d\n\n\n", "1[a|b]!UNTERMINATED_QUOTE 3"},
		{"a,\"b\nc,d\n", "!UNTERMINATED_QUOTE 1"},
		{"\"\r\r\"x", "!TEXT_AFTER_QUOTE 3"},
	};
	expect_rows(rows, sizeof rows / sizeof rows[0], &comma);
	expect_rows(rows, sizeof rows / sizeof rows[0], &extract);
	expect_rows(many_lines, sizeof many_lines / sizeof many_lines[0], &comma);
}

static void faults_of_width(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"a,b\nc\n", "1[a|b]!RAGGED_SHORT 2"},
		{"a,b\nc", "1[a|b]!RAGGED_SHORT 2"},
		{"a,b\nc,d,e\n", "1[a|b]!RAGGED_LONG 2"},
		{"a,b\nc,d,\n", "1[a|b]!RAGGED_LONG 2"},
		{"a\nb,c\n", "1[a]!RAGGED_LONG 2"},
		{"a,b\n\nc,d\n", "1[a|b]!BLANK_LINE 2"},
		{"a,b\n\n", "1[a|b]!BLANK_LINE 2"},
		{"a,b\r\n\r\nc,d\r\n", "1[a|b]!BLANK_LINE 2"},
		{"a,b\n \n", "1[a|b]!RAGGED_SHORT 2"},
		{"a,b\n\"\"\n", "1[a|b]!RAGGED_SHORT 2"},
		{"\na,b\n", "1[]!RAGGED_LONG 2"},
		{"a,b\nc,d\n\"e\",\"f\",\"g\"\n", "1[a|b]2[c|d]!RAGGED_LONG 3"},
		{"a,b\n\"c,d\"\n", "1[a|b]!RAGGED_SHORT 2"},
	};
	expect_rows(rows, sizeof rows / sizeof rows[0], &comma);
	expect_rows(rows, sizeof rows / sizeof rows[0], &extract);
}

static void line_ends(void **state)
{
	(void)state;
	static const struct row any[] = {
		{"a\nb\r\nc\n", "1[a]2[b]3[c]"},
		{"a\rb\n", "1[a]2[b]!BARE_CR 1"},
		{"a\n\r\r\n", "1[a]2[]3[]!BARE_CR 2"},
		{"a\r", "1[a]!BARE_CR 1"},
		{"\r", "1[]!BARE_CR 1"},
		{"a,b\rc,d\re,f", "1[a|b]2[c|d]3[e|f]!BARE_CR 1"},
		{"a,b\r\nc,d\r\n\r", "1[a|b]2[c|d]!BLANK_LINE 3"},
		{"a,b\rc\r", "1[a|b]!RAGGED_SHORT 2"},
		{"a,b\r\"c\"x\r", "1[a|b]!TEXT_AFTER_QUOTE 2"},
		{"\"a\"\r\"b\"\r\n", "1[a]2[b]!BARE_CR 1"},
		{"\"a\r\"\r\"b\"\r\n", "1[a\r]3[b]!BARE_CR 2"},
	};
	static const struct row one[] = {
		{"a\nb\r\nc\n", "1[a]!MIXED_EOL 2"},
		{"a\r\nb\r\nc\n", "1[a]2[b]!MIXED_EOL 3"},
		{"a\r\n\"b\"\n", "1[a]!MIXED_EOL 2"},
		{"a\r\nb", "1[a]2[b]"},
		{"a\rb\n", "!BARE_CR 1"},
		{"a\nb\r", "1[a]!BARE_CR 2"},
		{"a\nb\r\r\n", "1[a]!BARE_CR 2"},
		{"a\n\"b\"\rc\n", "1[a]!BARE_CR 2"},
		{"\r", "!BARE_CR 1"},
		{"a\n\rb\n", "1[a]!BARE_CR 2"},
	};
	expect_rows(any, sizeof any / sizeof any[0], &comma);
	expect_rows(one, sizeof one / sizeof one[0], &extract);
}

static void bytes_that_are_not_text(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"a,b\nc,\xE5\n", "1[a|b]!BAD_UTF8 2"},
		{"a,b\n\"c\",\"\xE5\"\n", "1[a|b]!BAD_UTF8 2"},
		{"a\n\xC3\n", "1[a]!BAD_UTF8 2"},
		{"a\n\xC3", "1[a]!BAD_UTF8 2"},
		{"a\n\xE2\x82", "1[a]!BAD_UTF8 2"},
		{"a\n\xF0\x9F\x98", "1[a]!BAD_UTF8 2"},
		{"a\n\x80\n", "1[a]!BAD_UTF8 2"},
		{"a\n\xC0\x80\n", "1[a]!BAD_UTF8 2"},
		{"a\n\xED\xA0\x80\n", "1[a]!BAD_UTF8 2"},
		{"a,b\nc\xFF\n", "1[a|b]!BAD_UTF8 2"},     /* before the record's end, where it is too short */
		{"a,b\nc\nd,\xFF\n", "1[a|b]!RAGGED_SHORT 2"},
		{"a,b\"\xFF\n", "!QUOTE_IN_UNQUOTED 1"},
		{"a,\xFF\"b\n", "!BAD_UTF8 1"},
		{"\xFF\xFE" "a", "!NOT_UTF8_UTF16LE 1"},
		{"\xFF\xFE", "!NOT_UTF8_UTF16LE 1"},
		{"\xFE\xFF", "!NOT_UTF8_UTF16BE 1"},
		{"\xFF", "!BAD_UTF8 1"},
		{"\xEF\xBB", "!BAD_UTF8 1"},
	};
	expect_rows(rows, sizeof rows / sizeof rows[0], &comma);
	expect_rows(rows, sizeof rows / sizeof rows[0], &extract);
	expect_bytes(BYTES("a\0b\n"), &comma, "!NUL_BYTE 1");
	expect_bytes(BYTES("\0"), &comma, "!NUL_BYTE 1");
	expect_bytes(BYTES("a\nb\n\"c\0\"\n"), &extract, "1[a]2[b]!NUL_BYTE 3");
	expect_bytes(BYTES("a\n\"b\n\0"), &comma, "1[a]!NUL_BYTE 3");
	expect_bytes(BYTES("a\n\xE5\0"), &comma, "1[a]!BAD_UTF8 2");
	expect_bytes(BYTES("\xFE\xFF\0a\0,"), &comma, "!NOT_UTF8_UTF16BE 1");
	expect_bytes(BYTES("a\0,\0b\0\n\0"), &comma, "!NUL_BYTE 1"); /* UTF-16 without its mark */
}

static void other_delimiters(void **state)
{
	(void)state;
	static const struct csv_options semicolon = {.delimiter = ';'}, tab = {.delimiter = '\t'},
					pipe = {.delimiter = '|'}, space = {.delimiter = ' '};
	expect("a;b,c\n\"d;\";e\n", &semicolon, "1[a|b,c]2[d;|e]");
	expect("a\tb\n\" \"\t \n\t\n", &tab, "1[a|b]2[ | ]3[|]");
	expect("a|b\n\"|\"|\n", &pipe, "1[a|b]2[||]");
	expect("a b\n\"c d\" \n", &space, "1[a|b]2[c d|]");
}

static void the_delimiter_is_found(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		char delimiter;
	} rows[] = {
		{"a,b\n1;2;3;4,5\n", ','}, {"a;b\n1;2\n", ';'}, {"a\tb\n1\t2\n", '\t'}, {"a\n1\n", ','}, {"", ','},
		{"a;b;c,d\n", ';'}, {"\"a,b,c\";d\n", ';'}, {"\"a\"\",,,\";d\n", ';'}, {"a,b;c\n", ','},
		{"a;b\tc\n", ';'}, {"a,b\tc\td\r\n", '\t'}, {"\xEF\xBB\xBF" "a;b", ';'}, {"\"a", ','},
		{"manad;belopp;kommun;kon;fodelsear;forsorjningshinder\n1,2,3,4,5,6,7,8;9\n", ';'},
	};
	for (int one_line = 0; one_line <= 1; one_line++)
		for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
			static struct error error;
			const struct csv_options options = {.one_line = one_line};
			struct csv_record record;
			struct csv *csv = NULL;
			const char *path = files_write("f.csv", rows[i].text, strlen(rows[i].text));
			assert_int_equal(csv_open_sized(&csv, path, "f", &options, 16, &error), 0);
			assert_int_equal(csv_delimiter(csv), 0);
			(void)csv_next(csv, &record, &error);
			assert_int_equal(csv_delimiter(csv), rows[i].delimiter);
			csv_close(csv);
		}
}

static void impossible_delimiters(void **state)
{
	(void)state;
	static const char bad[] = {'"', '\n', '\r', '\x80', '\xE5'};
	static struct error error;
	const char *path = files_write("f.csv", "a\n", 2);
	for (size_t i = 0; i < sizeof bad; i++) {
		struct csv *csv = NULL;
		const struct csv_options options = {.delimiter = bad[i]};
		error.count = 0;
		assert_int_equal(csv_open(&csv, path, "f", &options, &error), -1);
		assert_int_equal(error.code, EXIT_USAGE);
		assert_null(csv);
	}
}

static void windows_1252_becomes_utf8(void **state)
{
	(void)state;
	static const struct csv_options options = {.delimiter = ';', .windows_1252 = true, .one_line = true};
	expect("k\xF6n;\xE5lder\n\x80;\"\xC5\xC4\xD6 \x9C\"\n", &options, "1[kön|ålder]2[€|ÅÄÖ œ]");
	expect("a;b\nc;\x81\n", &options, "1[a|b]!BAD_WINDOWS_1252 2");
	expect("a;b\n\"\x9D\";c\n", &options, "1[a|b]!BAD_WINDOWS_1252 2");
	expect("a;b\nc\x8F", &options, "1[a|b]!BAD_WINDOWS_1252 2");
	expect("\xEF\xBB\xBF" "a;b\n", &options, "!BAD_WINDOWS_1252 1");
	expect("\xFF\xFE" "a", &options, "!NOT_UTF8_UTF16LE 1");
	expect("\xFE\xFF", &options, "!NOT_UTF8_UTF16BE 1");
	expect("\xFF", &options, "1[ÿ]");
	expect("", &options, "");
	expect_bytes(BYTES("a;\0\n"), &options, "!NUL_BYTE 1");
}

/* Long runs of characters that take three bytes: the rewriting in place must not overtake the reading. */
static void windows_1252_fills_the_buffer(void **state)
{
	(void)state;
	static const struct csv_options options = {.delimiter = ';', .windows_1252 = true};
	char raw[301], expected[1000] = "1[";
	memset(raw, 0x80, 300);
	for (size_t i = 0; i < 300; i++)
		memcpy(expected + 2 + 3 * i, "€", 3);
	memcpy(expected + 902, "]", 2);
	expect_bytes(raw, 300, &options, expected);
}

static void compressed_files(void **state)
{
	(void)state;
	static const char text[] = "a,b\r\n\"c\",d\r\ne,f";
	size_t length = 0;
	expect_file(files_write_gzip("f.csv.gz", text, sizeof text - 1), &comma, "1[a|b]2[c|d]3[e|f]");
	expect_file(files_write_gzip("f.csv.gz", "", 0), &comma, "");
	expect_file(files_write_gzip("f.csv.gz", "a\n\xE5\n", 4), &comma, "1[a]!BAD_UTF8 2");
	unsigned char *gzip = files_gzip(text, sizeof text - 1, &length);
	const char *path = files_write("f.csv.gz", gzip, length - 1);
	expect_file(path, &comma, "1[a|b]2[c|d]!GZIP_TRUNCATED 3");
	free(gzip);
}

static void source_faults_pass_through(void **state)
{
	(void)state;
	static const struct csv_options by_content = {.delimiter = ',', .by_content = true};
	expect("<html>\n", &comma, "!IS_HTML 1");
	expect("<html>\n", &by_content, "1[<html>]");
	expect_file(files_write_gzip("f.csv", "a\n", 2), &by_content, "1[a]");
	expect_file(files_write_gzip("f.csv", "a\n", 2), &comma, "!IS_GZIP 1");
	expect_file(files_path("none.csv"), &comma, "!f: cannot be opened: No such file or directory");
}

/* `first`, then `count` times 'x', then `last`. */
static void expect_long(const char *first, size_t count, const char *last, const struct csv_options *options,
	const char *fault)
{
	static const size_t sizes[] = {0, 16, 1000, CSV_FIELD_BYTES, CSV_RECORD_BYTES};
	static struct csv_dump dump;
	size_t head = strlen(first), tail = strlen(last);
	char *bytes = malloc(head + count + tail);
	assert_non_null(bytes);
	memcpy(bytes, first, head);
	memset(bytes + head, 'x', count);
	memcpy(bytes + head + count, last, tail);
	const char *path = files_write("f.csv", bytes, head + count + tail);
	free(bytes);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		csv_dump_file(&dump, path, options, sizes[i]);
		const char *found = strchr(dump.text, '!');
		assert_string_equal(found == NULL ? "" : found, fault);
	}
}

static void fields_have_a_limit(void **state)
{
	(void)state;
	size_t limit = CSV_FIELD_BYTES;
	expect_long("a,b\n", limit, ",c\n", &extract, "");
	expect_long("a,b\nc,", limit, "", &extract, "");
	expect_long("a,b\nc,", limit, "\r\n", &extract, "!MIXED_EOL 2");
	expect_long("a,b\n", limit + 1, ",c\n", &extract, "!FIELD_TOO_LONG 2");
	expect_long("a,b\nc,", limit + 1, "\n", &extract, "!FIELD_TOO_LONG 2");
	expect_long("a,b\nc,", limit + 1, "", &extract, "!FIELD_TOO_LONG 2");
	expect_long("a,b\n\"", limit - 2, "\",c\n", &extract, "");
	expect_long("a,b\n\"", limit - 1, "\",c\n", &extract, "!FIELD_TOO_LONG 2");
	expect_long("a,b\n\"", 3 * limit, "", &extract, "!FIELD_TOO_LONG 2");
	expect_long("a,b\n", 3 * limit, ",c\n", &comma, "");
}

/* A record of `length` commas and nothing else. */
static void expect_wide(size_t length, const char *end, const struct csv_options *options, const char *fault)
{
	static const size_t sizes[] = {0, 16, 4096};
	static struct error error;
	char *bytes = malloc(length + 8);
	assert_non_null(bytes);
	memset(bytes, ',', length);
	memcpy(bytes + length, end, strlen(end));
	const char *path = files_write("f.csv", bytes, length + strlen(end));
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		static struct csv_dump dump;
		struct csv *csv = NULL;
		struct csv_record record;
		error.count = 0;
		dump.used = 0;
		dump.text[0] = '\0';
		size_t block_bytes = sizes[i] == 0 ? (size_t)1 << 18 : sizes[i];
		assert_int_equal(csv_open_sized(&csv, path, "f", options, block_bytes, &error), 0);
		int result = csv_next(csv, &record, &error);
		if (result < 0)
			csv_dump_fault(&dump, &error);
		else
			assert_int_equal(record.fields, length + 1);
		assert_string_equal(dump.text, fault);
		csv_close(csv);
	}
	free(bytes);
}

static void records_have_a_limit(void **state)
{
	(void)state;
	expect_wide(CSV_RECORD_BYTES, "\n", &extract, "");
	expect_wide(CSV_RECORD_BYTES, "\r\n", &extract, "");
	expect_wide(CSV_RECORD_BYTES, "", &extract, "");
	expect_wide(CSV_RECORD_BYTES + 1, "\n", &extract, "!RECORD_TOO_LONG 1");
	expect_wide(CSV_RECORD_BYTES + 1, "", &extract, "!RECORD_TOO_LONG 1");
	expect_wide(CSV_RECORD_BYTES + 1, "\n", &comma, "");
}

/* One stray quote in a large file must not take the file into memory. */
static void a_stray_quote_has_a_limit(void **state)
{
	(void)state;
	static struct csv_dump dump;
	size_t length = CSV_LONGEST_BYTES + ((size_t)1 << 20);
	char *bytes = malloc(length);
	assert_non_null(bytes);
	for (size_t i = 0; i < length; i++)
		bytes[i] = i % 8 == 7 ? '\n' : 'x';
	bytes[16] = '"';
	csv_dump_file(&dump, files_write("f.csv", bytes, length), &comma, 0);
	assert_string_equal(dump.text, "1[xxxxxxx]2[xxxxxxx]!FIELD_TOO_LONG 3");
	csv_dump_file(&dump, files_write("f.csv", bytes, length), &extract, 0);
	assert_string_equal(dump.text, "1[xxxxxxx]2[xxxxxxx]!NEWLINE_IN_QUOTES 3");
	free(bytes);
}

static void messages_say_where_and_what(void **state)
{
	(void)state;
	static struct error error;
	struct csv *csv = NULL;
	struct csv_record record;
	const char *path = files_write("f.csv", "a,b\n1,2,3\n", 10);
	assert_int_equal(csv_open(&csv, path, "extrakt/fk.csv", &extract, &error), 0);
	assert_int_equal(csv_next(csv, &record, &error), 1);
	assert_int_equal(csv_next(csv, &record, &error), -1);
	assert_string_equal(error.message[0],
		"extrakt/fk.csv:2: RAGGED_LONG: 3 fields where the first record has 2");
	assert_int_equal(error.code, EXIT_DATA);
	csv_close(csv);
	csv_close(NULL);
}

/* Every record of the wrong width is told with its line; the others are given as if it were not there. */
static void goes_on_behind_ragged_records(void **state)
{
	(void)state;
	const char *path = files_write("ragged.csv", BYTES("a,b\n1\n2,x\n\n3,y,z\n\"4\",y\n\"5\"\n6,\"y\"q\n7,y\n"));
	for (size_t bytes = 16; bytes < 64; bytes++) {
		struct error error = { 0 };
		struct csv_record record;
		struct csv *csv;
		char given[64] = "";
		int got;
		assert_int_equal(csv_open_sized(&csv, path, "f", &extract, bytes, &error), 0);
		while ((got = csv_next(csv, &record, &error)) == 1 || (got < 0 && csv_go_on(csv)))
			if (got == 1)
				(void)snprintf(given + strlen(given), sizeof given - strlen(given), "%d:%d%c ", (int)record.line,
					(int)record.number, record.field[0].text[0]);
		assert_false(csv_go_on(csv));
		csv_close(csv);
		assert_string_equal(given, "1:1a 3:32 6:64 ");
		assert_int_equal(error.count, 5);
		assert_non_null(strstr(error.message[0], "f:2: RAGGED_SHORT"));
		assert_non_null(strstr(error.message[1], "f:4: BLANK_LINE"));
		assert_non_null(strstr(error.message[2], "f:5: RAGGED_LONG"));
		assert_non_null(strstr(error.message[3], "f:7: RAGGED_SHORT"));
		assert_non_null(strstr(error.message[4], "f:8: TEXT_AFTER_QUOTE"));
	}
}

/* Takes all parts of two files in turn. Each is hashed with the other file's or, where that has ended, alone; with `left_out` the last of the
   first file is not. */
static void take_both(struct csv *csv[2], bool left_out)
{
	struct csv_part part[2] = { { 0 }, { 0 } };
	bool more[2] = { true, true };
	while (more[0] || more[1]) {
		for (size_t i = 0; i < 2; i++)
			more[i] = more[i] && csv_take(csv[i], &part[i], &dump_error) == 1;
		const struct csv_hashing one = { csv[0], &part[0] }, other = { csv[1], &part[1] };
		if (left_out && part[0].unhashed > 0 && part[0].number > 15000)
			part[0].unhashed = 0;
		else if (part[0].unhashed > 0)
			csv_part_hash(&one, part[1].unhashed > 0 ? &other : NULL);
		if (part[1].unhashed > 0)
			csv_part_hash(&other, NULL);
	}
	csv_part_free(&part[0]);
	csv_part_free(&part[1]);
}

/* As the file's own bytes, whatever the block's size and its character set; and no hash where a part was left out. */
static void parts_are_hashed_as_their_files(void **state)
{
	(void)state;
	enum { LINES = 20000 }; /* more than is read ahead to tell what a file is */
	static char bytes[2][LINES * 24];
	char hash[HASH_TEXT], whole[HASH_TEXT];
	for (size_t i = 0; i < 2; i++) {
		size_t length = (size_t)snprintf(bytes[i], sizeof bytes[i], i == 0 ? "\xEF\xBB\xBF" "a,b\n" : "a,b\n");
		for (unsigned line = 0; line < LINES - 3000 * i; line++)
			length += (size_t)snprintf(bytes[i] + length, 24, line % 3 == 0 ? "%u,\"x\"\"y\"\n" : "%u,\xC3\xA5\n", line * line);
		(void)files_write(i == 0 ? "one.csv" : "other.csv", bytes[i], length);
	}
	for (size_t turn = 0; turn < 24; turn++) {
		struct csv *csv[2] = { NULL, NULL };
		struct csv_record record;
		for (size_t i = 0; i < 2; i++) {
			const struct csv_options options = { .delimiter = ',', .one_line = true, .hashed = true, .windows_1252 = i == 1 && turn % 4 == 3 };
			assert_int_equal(csv_open_sized(&csv[i], files_path(i == 0 ? "one.csv" : "other.csv"), "f", &options, turn % 2 == 0 ? 16 + turn : 997 + turn,
				&dump_error), 0);
			assert_int_equal(csv_next(csv[i], &record, &dump_error), 1);
		}
		take_both(csv, turn >= 20);
		for (size_t i = 0; i < 2; i++) {
			bool hashed = csv_hash(csv[i], hash);
			assert_int_equal(hashed, i == 1 || turn < 20);
			assert_int_equal(hash_file(files_path(i == 0 ? "one.csv" : "other.csv"), whole, &dump_error), 0);
			assert_true(!hashed || strcmp(hash, whole) == 0);
			csv_close(csv[i]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(well_formed_files),
		cmocka_unit_test(line_breaks_inside_quotes),
		cmocka_unit_test(faults_of_quotes),
		cmocka_unit_test(faults_of_width),
		cmocka_unit_test(line_ends),
		cmocka_unit_test(bytes_that_are_not_text),
		cmocka_unit_test(other_delimiters),
		cmocka_unit_test(the_delimiter_is_found),
		cmocka_unit_test(impossible_delimiters),
		cmocka_unit_test(windows_1252_becomes_utf8),
		cmocka_unit_test(windows_1252_fills_the_buffer),
		cmocka_unit_test(compressed_files),
		cmocka_unit_test(source_faults_pass_through),
		cmocka_unit_test(fields_have_a_limit),
		cmocka_unit_test(records_have_a_limit),
		cmocka_unit_test(a_stray_quote_has_a_limit),
		cmocka_unit_test(messages_say_where_and_what),
		cmocka_unit_test(goes_on_behind_ragged_records),
		cmocka_unit_test(parts_are_hashed_as_their_files),
	};
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
