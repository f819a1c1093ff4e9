/* Tests of lint: counts of well-formed files, and one fault of each kind with its line. */
#include "pipeline/table/csv/lint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline/table/csv/csv.h"
#include "tests/table/files.h"

static struct error error;
static uint64_t records, fields;

static int lint(const char *path, char delimiter)
{
	error.count = 0;
	error.code = EXIT_DONE;
	records = fields = 99;
	return lint_file(path, delimiter, false, &records, &fields, &error);
}

static void expect_well(const char *text, char delimiter, uint64_t many, uint64_t wide)
{
	assert_int_equal(lint(files_write("f.csv", text, strlen(text)), delimiter), 0);
	assert_int_equal(records, many);
	assert_int_equal(fields, wide);
	assert_int_equal(error.count, 0);
}

/* The message is the path, then `expected` and the reason. */
static void expect_fault_in(const char *path, enum exit_code code, const char *expected)
{
	char message[ERROR_LENGTH];
	assert_int_equal(lint(path, '\0'), -1);
	assert_int_equal(error.code, code);
	assert_int_equal(error.count, 1);
	assert_int_equal(strncmp(error.message[0], path, strlen(path)), 0);
	(void)snprintf(message, sizeof message, "%.*s", (int)strlen(expected), error.message[0] + strlen(path));
	assert_string_equal(message, expected);
	assert_true(strlen(error.message[0]) > strlen(path) + strlen(expected));
}

static void expect_fault(const void *bytes, size_t length, const char *expected)
{
	expect_fault_in(files_write("f.csv", bytes, length), EXIT_DATA, expected);
}

#define BYTES(literal) (literal), sizeof(literal) - 1

static void well_formed_files_are_counted(void **state)
{
	(void)state;
	expect_well("", 0, 0, 0);
	expect_well("\xEF\xBB\xBF", 0, 0, 0);
	expect_well("a", 0, 1, 1);
	expect_well("\n", 0, 1, 1);
	expect_well("a,b\n1,2\n3,4\n", 0, 3, 2);
	expect_well("a,b\r\n1,2\r\n3,4", 0, 3, 2);
	expect_well("a;b\n1;2\n", 0, 2, 1); /* the delimiter is a comma unless given */
	expect_well("a;b\n1;2\n", ';', 2, 2);
	expect_well("a\tb\tc\n", '\t', 1, 3);
	expect_well("a|b\n", '|', 1, 2);
	expect_well("a\n\n\n", 0, 3, 1);
}

static void a_likely_delimiter_is_known(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		char likely;
	} cases[] = { { "a,b\n1;2;3;4\n", ',' }, { "a;b\n1,5;2\n", ';' }, { "a\tb\tc,d\n", '\t' }, { "a\n", ',' }, { "", ',' },
		{ "\"a;b;c\",d\n", ',' }, { "\xFF\xFE;", ',' } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(lint_likely_delimiter(files_write("f.csv", cases[i].text, strlen(cases[i].text))), cases[i].likely);
	assert_int_equal(lint_likely_delimiter(files_path("none.csv")), ',');
}

static void extracts_alone_are_held_to_more(void **state)
{
	(void)state;
	expect_well("a,\"b\nc\"\n1,\"\r\n\"\n", 0, 2, 2);
	expect_well("a,b\r\n1,2\n", 0, 2, 2);
}

static void faults_are_named(void **state)
{
	(void)state;
	expect_fault(BYTES("a\n\xE5\n"), ":2: BAD_UTF8: ");
	expect_fault(BYTES("\xFF\xFE" "a\0"), ":1: NOT_UTF8_UTF16LE: ");
	expect_fault(BYTES("\xFE\xFF\0a"), ":1: NOT_UTF8_UTF16BE: ");
	expect_fault(BYTES("a\nb\0\n"), ":2: NUL_BYTE: ");
	expect_fault(BYTES("a\nb\"c\"\n"), ":2: QUOTE_IN_UNQUOTED: ");
	expect_fault(BYTES("a\n\"b\nb\"c\n"), ":3: TEXT_AFTER_QUOTE: ");
	expect_fault(BYTES("a\n\"b\nb\n"), ":2: UNTERMINATED_QUOTE: ");
	expect_fault(BYTES("a,b\n\"1\n\",2\n3\n"), ":4: RAGGED_SHORT: ");
	expect_fault(BYTES("a,b\n1,2,3\n"), ":2: RAGGED_LONG: ");
	expect_fault(BYTES("a,b\n\n1,2\n"), ":2: BLANK_LINE: ");
	expect_fault(BYTES("a\nb\rc\n"), ":2: BARE_CR: ");
	expect_fault(BYTES("a,b\rc,d\r"), ":1: BARE_CR: ");
	expect_fault(BYTES("a\rb\n\xE5"), ":3: BAD_UTF8: "); /* another fault comes before a bare CR */
}

static void long_records_are_read_up_to_a_limit(void **state)
{
	(void)state;
	size_t length = CSV_LONGEST_BYTES + 1;
	char *bytes = malloc(length);
	assert_non_null(bytes);
	memset(bytes, 'x', length);
	assert_int_equal(lint(files_write("f.csv", bytes, length - 1), 0), 0);
	assert_int_equal(records, 1);
	expect_fault(bytes, length, ":1: FIELD_TOO_LONG: ");
	for (size_t i = 0; i < length; i += 2)
		bytes[i] = ',';
	assert_int_equal(lint(files_write("f.csv", bytes, length - 1), 0), 0);
	assert_int_equal(fields, CSV_LONGEST_BYTES / 2 + 1);
	bytes[length - 1] = 'x';
	expect_fault(bytes, length, ":1: RECORD_TOO_LONG: ");
	free(bytes);
}

static void compressed_files_are_read(void **state)
{
	(void)state;
	size_t length = 0;
	unsigned char *gzip = files_gzip("a,b\n1,2\n", 8, &length);
	assert_int_equal(lint(files_write("f.csv.gz", gzip, length), 0), 0);
	assert_int_equal(records, 2);
	assert_int_equal(fields, 2);
	assert_int_equal(lint(files_write("f.csv", gzip, length), 0), 0); /* whatever its name */
	assert_int_equal(records, 2);
	assert_int_equal(lint(files_write_gzip("e.csv.gz", "", 0), 0), 0);
	assert_int_equal(records, 0);
	expect_fault_in(files_write("f.csv.gz", gzip, length - 1), EXIT_DATA, ":3: GZIP_TRUNCATED: ");
	gzip[length - 1] ^= 1;
	expect_fault_in(files_write("f.csv.gz", gzip, length), EXIT_DATA, ":3: GZIP_CORRUPT: ");
	gzip[length - 1] ^= 1;
	gzip = realloc(gzip, length + 1);
	assert_non_null(gzip);
	gzip[length] = '\n';
	expect_fault_in(files_write("f.csv.gz", gzip, length + 1), EXIT_DATA, ":3: GZIP_TRAILING: ");
	expect_fault_in(files_write("f.csv.gz", "a,b\n", 4), EXIT_DATA, ":1: NOT_GZIP: ");
	expect_fault_in(files_write("f.csv.gz", "", 0), EXIT_DATA, ":1: GZIP_TRUNCATED: ");
	free(gzip);
}

static void other_things_than_files(void **state)
{
	(void)state;
	const char *pipe = files_path("pipe.csv");
	assert_int_equal(mkfifo(pipe, 0600), 0);
	(void)alarm(20);
	expect_fault_in(pipe, EXIT_DATA, ":1: NOT_A_FILE: ");
	expect_fault_in(files_folder, EXIT_DATA, ":1: NOT_A_FILE: ");
	(void)alarm(0);
	expect_fault_in(files_path("none.csv"), EXIT_IO, ": cannot be opened: ");
	assert_int_equal(lint(files_write("f.csv", "a", 1), '"'), -1);
	assert_int_equal(error.code, EXIT_USAGE);
}

/* The same bytes as windows-1252; of a byte that has no character there the fault has a name of its own. */
static void a_file_may_be_windows_1252(void **state)
{
	(void)state;
	const char *path = files_write("f.csv", BYTES("namn,ort\n\xC5sa,G\xF6teborg\n"));
	expect_fault_in(path, EXIT_DATA, ":2: BAD_UTF8: ");
	error.count = 0;
	assert_int_equal(lint_file(path, '\0', true, &records, &fields, &error), 0);
	assert_int_equal(records, 2);
	assert_int_equal(fields, 2);
	path = files_write("f.csv", BYTES("namn,ort\n\x81,b\n"));
	assert_int_equal(lint_file(path, '\0', true, &records, &fields, &error), -1);
	assert_non_null(strstr(error.message[0], ":2: BAD_WINDOWS_1252: "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(well_formed_files_are_counted),
		cmocka_unit_test(a_likely_delimiter_is_known),
		cmocka_unit_test(extracts_alone_are_held_to_more),
		cmocka_unit_test(faults_are_named),
		cmocka_unit_test(long_records_are_read_up_to_a_limit),
		cmocka_unit_test(compressed_files_are_read),
		cmocka_unit_test(other_things_than_files),
		cmocka_unit_test(a_file_may_be_windows_1252),
	};
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
